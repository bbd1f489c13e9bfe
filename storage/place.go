package storage

import (
	"path/filepath"
	"strings"

	"kontor/app/kit/fault"
)

// clouds are folders whose owner copies files behind our back: a database in
// them is torn sooner or later. Company accounts add a name: "OneDrive - Firma",
// "Dropbox (Firma)".
var clouds = []string{
	"onedrive", "dropbox", "icloud drive", "iclouddrive", "com~apple~clouddocs", "cloudstorage",
	"google drive", "googledrive", "my drive", "meine ablage", "nextcloud", "owncloud",
}

// checkPlace refuses a workspace on a network share (SQLite's WAL needs memory
// shared by all its users, https://www.sqlite.org/wal.html) or in a synchronised
// folder.
func checkPlace(dir string) error {
	real := realPath(dir)
	for part := range strings.SplitSeq(filepath.ToSlash(dir+"/"+real), "/") {
		name := strings.ToLower(part)
		for _, cloud := range clouds {
			if name == cloud || strings.HasPrefix(name, cloud+" - ") || strings.HasPrefix(name, cloud+" (") {
				return fault.New(fault.CodeConflict, "storage.cloud", fault.Params{"dir": dir, "service": part})
			}
		}
	}
	if strings.HasPrefix(real, `\\`) || networkFileSystem(real) {
		return fault.New(fault.CodeConflict, "storage.network", fault.Params{"dir": dir})
	}
	return nil
}

// realPath follows the links in a path. Of what is not made yet, the parents
// decide.
func realPath(dir string) string {
	for existing := dir; ; existing = filepath.Dir(existing) {
		if real, err := filepath.EvalSymlinks(existing); err == nil {
			return filepath.Join(real, strings.TrimPrefix(dir, existing))
		}
		if existing == filepath.Dir(existing) {
			return dir
		}
	}
}
