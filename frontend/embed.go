// Package frontend carries the built pages inside the program.
//
// npm run build fills dist; without it the folder holds only .gitkeep, so that
// the program still compiles and its doors can say that the pages are missing.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist gives the built pages, index.html at the root.
func Dist() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // only a malformed path fails here, and ours is fixed
	}
	return dist
}
