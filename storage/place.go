package storage

import (
	"path/filepath"
	"strings"

	"kontor/app/kit/fault"
)

// clouds are folders whose owner copies files behind our back: a database in
// them is torn sooner or later.
var clouds = []string{"onedrive", "dropbox", "icloud drive", "com~apple~clouddocs", "google drive", "googledrive", "my drive"}

// checkPlace refuses a workspace on a network share (SQLite's WAL needs memory
// shared by all its users, https://www.sqlite.org/wal.html) or in a synchronised
// folder.
func checkPlace(dir string) error {
	for part := range strings.SplitSeq(filepath.ToSlash(dir), "/") {
		part = strings.ToLower(part)
		for _, cloud := range clouds {
			if part == cloud || strings.HasPrefix(part, cloud+" - ") {
				return fault.New(fault.CodeConflict, "storage.cloud", fault.Params{"dir": dir, "service": part})
			}
		}
	}
	if strings.HasPrefix(dir, `\\`) || networkFileSystem(dir) {
		return fault.New(fault.CodeConflict, "storage.network", fault.Params{"dir": dir})
	}
	return nil
}
