//go:build unix

package serve

import (
	"io/fs"
	"os"
	"syscall"
)

// ownedByUs sees to it that nobody else made the folder for us.
func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
