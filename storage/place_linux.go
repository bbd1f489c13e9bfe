package storage

import (
	"bufio"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
)

var networks = []string{
	"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.davfs",
	"fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.glusterfs",
}

// networkFileSystem looks the mount of a path without links up in the kernel's
// table.
func networkFileSystem(path string) bool {
	f, err := os.Open("/proc/self/mounts")
	if err != nil {
		return false
	}
	defer f.Close()
	return slices.Contains(networks, fileSystem(f, path))
}

// unescape undoes what the kernel does to blanks in the names of folders
// (proc_pid_mounts(5), getmntent(3)).
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

// fileSystem gives the type of the innermost mount that holds a path; of two on
// the same folder the later one hides the other.
func fileSystem(table io.Reader, path string) string {
	best, kind := "", ""
	for scan := bufio.NewScanner(table); scan.Scan(); {
		fields := strings.Fields(scan.Text())
		if len(fields) < 3 {
			continue
		}
		point := unescape.Replace(fields[1])
		if (path == point || strings.HasPrefix(path, strings.TrimSuffix(point, "/")+"/")) && len(point) >= len(best) {
			best, kind = point, fields[2]
		}
	}
	return kind
}

// freeSpace is how many bytes a folder's disk still takes.
func freeSpace(dir string) (int64, bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * s.Bsize, true
}
