package serve

import "io/fs"

// ownedByUs: Windows keeps the user's temporary folder to the user.
func ownedByUs(fs.FileInfo) bool { return true }
