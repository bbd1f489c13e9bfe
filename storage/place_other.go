//go:build !linux

package storage

// Other systems tell a share by its path alone, and a full disk when it is.
func networkFileSystem(string) bool { return false }

func freeSpace(string) (int64, bool) { return 0, false }
