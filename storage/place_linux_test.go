package storage_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"kontor/app/kit/fault"
	"kontor/storage"
	"kontor/storage/storagetest"
)

const mounts = `sysfs /sys sysfs rw,nosuid 0 0
/dev/sda2 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /srv/team nfs4 rw,vers=4.2,addr=10.0.0.1 0 0
/dev/sdb1 /srv/team/local ext4 rw 0 0
//nas/two /mnt/two\134names cifs rw 0 0
systemd-1 /auto autofs rw 0 0
server:/auto /auto nfs rw 0 0
server:/hidden /over nfs rw 0 0
tmpfs /over tmpfs rw 0 0
ada@host: /home/ada/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdc1 /media/usb fuseblk rw 0 0
C:\134 /mnt/c 9p rw,dirsync 0 0
broken line
`

func TestFileSystem(t *testing.T) {
	for _, c := range []struct {
		path, kind string
		network    bool
	}{
		{"/home/ada/kontor", "ext4", false},
		{"/", "ext4", false},
		{"/tmp/x", "tmpfs", false},
		{"/tmpfile", "ext4", false},
		{"/srv/team", "nfs4", true},
		{"/srv/team/kontor", "nfs4", true},
		{"/srv/teamwork", "ext4", false},
		{"/srv/team/local/kontor", "ext4", false},
		{"/mnt/two\\names/kontor", "cifs", true},
		{"/auto/kontor", "nfs", true},
		{"/over/kontor", "tmpfs", false},
		{"/home/ada/remote/kontor", "fuse.sshfs", true},
		{"/run/user/1000/gvfs/smb", "fuse.gvfsd-fuse", true},
		{"/media/usb/kontor", "fuseblk", false},
		{"/mnt/c/Users/ada", "9p", true},
	} {
		kind := storage.FileSystem(strings.NewReader(mounts), c.path)
		if kind != c.kind || slices.Contains(storage.Networks, kind) != c.network {
			t.Errorf("%s is %s, want %s", c.path, kind, c.kind)
		}
	}
	if kind := storage.FileSystem(strings.NewReader(`//nas/x /mnt/My\040Files cifs rw 0 0`), "/mnt/My Files/kontor"); kind != "cifs" {
		t.Errorf("a blank in the name: %q", kind)
	}
}

// mount mounts something for the time of a test, or skips it.
func mount(t *testing.T, source, dir, kind string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount(source, dir, kind, flags, options); err != nil {
		t.Skip("needs the right to mount: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	db := storagetest.Open(t)
	backup, err := db.Backup(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	mount(t, dir, dir, "", syscall.MS_BIND, "")
	if err := syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("needs the right to mount: ", err)
	}
	_, err = storage.Open(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.readOnly")
	_, err = storage.Create(t.Context(), filepath.Join(dir, "new"), storage.Options{})
	wantFault(t, err, "storage.readOnly")
	_, err = storage.Restore(t.Context(), backup.File, dir, storagetest.Day)
	wantFault(t, err, "storage.readOnly")
	_, err = db.Backup(t.Context(), filepath.Join(dir, "backups", "b.zip"))
	wantFault(t, err, "storage.readOnly")
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %v, was %v", after, before)
	}
}

// TestReadOnly_file has a folder that may be written and a database that may
// not.
func TestReadOnly_file(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	file := filepath.Join(dir, "kontor.db")
	mount(t, file, file, "", syscall.MS_BIND, "")
	if err := syscall.Mount("", file, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("needs the right to mount: ", err)
	}
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err == nil {
		err = errors.Join(errors.New("opened"), db.Close())
	}
	wantFault(t, err, "storage.readOnly")
}

// TestDiskFull fills a small disk in every way: what was acknowledged stays,
// nothing else does, and with room again all goes on.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	mount(t, "none", disk, "tmpfs", 0, "size=6m")
	dir := filepath.Join(disk, "w")
	newWorkspace(t, dir)
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	putBlob(t, db, noise("first", 300_000))

	ballast := filepath.Join(disk, "ballast")
	leave := func(free int64) {
		t.Helper()
		var s syscall.Statfs_t
		if err := os.RemoveAll(ballast); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Statfs(disk, &s); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(ballast, noise("ballast", int(int64(s.Bavail)*s.Bsize-free)), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	leave(1 << 20)
	saved := 0
	for ; err == nil; saved++ {
		err = db.Write(t.Context(), func(tx *storage.Tx) error {
			var values []any
			for i := range 50 {
				values = append(values, fmt.Sprintf("row-%03d-%02d", saved, i), string(noise("text", 400)))
			}
			return tx.Insert(t.Context(), "storage_meta", []string{"key", "value"}, values)
		})
	}
	saved--
	wantFault(t, err, "storage.diskFull")
	wantRows := func() {
		t.Helper()
		if n := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE key LIKE 'row-%'"); n != saved*50 || saved == 0 {
			t.Fatalf("%d rows, %d batches were acknowledged", n, saved)
		}
	}
	wantRows()

	leave(100 << 10)
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		_, _, err := tx.PutBlob(t.Context(), bytes.NewReader(noise("second", 500_000)))
		return err
	})
	wantFault(t, err, "storage.diskFull")
	if files := blobFiles(t, db); len(files) != 1 {
		t.Errorf("files %v", files)
	}
	_, err = db.Backup(t.Context(), "")
	wantFault(t, err, "storage.noRoomForBackup")

	// With nothing left at all, reading goes on.
	leave(0)
	wantRows()
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		return insertMeta(t.Context(), tx, "big", string(noise("big", 200_000)))
	})
	wantFault(t, err, "storage.diskFull")
	wantRows()

	// A second workspace on the full disk says so and leaves nothing behind.
	_, err = storage.Create(t.Context(), filepath.Join(disk, "other"), storage.Options{})
	wantFault(t, err, "storage.diskFull")
	if found := contents(t, filepath.Join(disk, "other")); len(found) > 0 {
		t.Errorf("left behind: %v", found)
	}

	leave(1 << 20)
	putMeta(t, db, "small", "works")
	wantRows()
	wantNoProblem(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	leave(0)
	_, err = storage.Open(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.diskFull")
	leave(1 << 20)
	db, err = storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantRows()
	wantNoProblem(t, db)
	if got := meta(t, db.Reader(), "small"); got != "works" {
		t.Errorf("got %q", got)
	}
}

// TestDiskFull_elsewhere backs up and restores to a disk that is full in the
// middle of it.
func TestDiskFull_elsewhere(t *testing.T) {
	db := storagetest.Open(t)
	for i := range 8 {
		putBlob(t, db, noise(fmt.Sprint(i), 300_000))
	}
	backup, err := db.Backup(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	disk := t.TempDir()
	mount(t, "none", disk, "tmpfs", 0, "size=3m")
	dir := filepath.Join(disk, "w")
	newWorkspace(t, dir)
	before := contents(t, dir)
	_, err = storage.Restore(t.Context(), backup.File, dir, storagetest.Day)
	wantFault(t, err, "storage.diskFull")
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %v, was %v", after, before)
	}
	_, err = db.Backup(t.Context(), filepath.Join(disk, "b.zip"))
	wantFault(t, err, "storage.noRoomForBackup")
	if params := fault.Of(err).Params; params["free"] != "3 MB" {
		t.Errorf("params %v", params)
	}
}
