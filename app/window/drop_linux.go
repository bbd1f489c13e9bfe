//go:build desktop

package window

// WebKitGTK tells a page that files are dragged over it and dropped, and where,
// but does not hand them over (2.50: DataTransfer.files is empty). The desktop
// tells this program their paths.

/*
#include <stddef.h>
*/
import "C"

import "unsafe"

//export filesDragged
func filesDragged(paths **C.char, count C.int) {
	var all []string
	if count > 0 {
		for _, path := range unsafe.Slice(paths, int(count)) {
			all = append(all, C.GoString(path))
		}
	}
	dragged(all)
}

//export filesLetGo
func filesLetGo() { letGo() }
