package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"kontor/app/kit/fault"
)

// The lock and what its holder says of itself stand in two files, since Windows
// lets nobody read a locked one.
const (
	lockName = "kontor.lock"
	doorName = "kontor.door"
)

// Door is what the process that holds a workspace tells others about itself.
type Door struct {
	PID    int    `json:"pid"`
	Socket string `json:"socket"` // Unix socket on which it answers; empty while it works alone
}

// Lock keeps a workspace to one process.
type Lock struct {
	flock   *flock.Flock
	dir     string
	unclean bool
	// keepDoor leaves the mark of a killed program for the next one to find.
	keepDoor bool
}

// takeLock takes the workspace or says who holds it.
func takeLock(dir string) (*Lock, error) {
	f := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	taken, err := f.TryLock()
	if err != nil {
		return nil, placeFault(fmt.Errorf("lock %s: %w", dir, err), dir)
	}
	if !taken {
		door, _ := ReadDoor(dir)
		return nil, &fault.Error{Code: fault.CodeConflict, Key: "storage.inUse", Params: fault.Params{"dir": dir}, Detail: door}
	}
	l := &Lock{flock: f, dir: dir}
	if _, err := os.Stat(l.door()); err == nil {
		l.unclean = true // who was here last did not say goodbye
	}
	if err := l.write(Door{PID: os.Getpid()}); err != nil {
		return nil, errors.Join(placeFault(err, dir), f.Unlock())
	}
	return l, nil
}

func (l *Lock) door() string { return filepath.Join(l.dir, doorName) }

func (l *Lock) write(d Door) error {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return WriteFile(l.door(), data)
}

func (l *Lock) release() error {
	if l == nil {
		return nil
	}
	var err error
	if !l.keepDoor {
		err = os.Remove(l.door())
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, l.flock.Unlock())
}

// Announce tells other processes the socket on which this one answers.
func (db *DB) Announce(socket string) error {
	return db.lock.write(Door{PID: os.Getpid(), Socket: socket})
}

// ReadDoor reads what the holder of a workspace says of itself. It may be gone
// by now: only the lock is proof.
func ReadDoor(dir string) (Door, bool) {
	var d Door
	data, err := os.ReadFile(filepath.Join(dir, doorName))
	return d, err == nil && json.Unmarshal(data, &d) == nil
}

// WriteFile writes a file so that after a crash it is the old one or the new
// one: temporary file, fsync, rename, fsync of the folder.
func WriteFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // not every file system can; the rename itself is atomic
	return d.Close()
}
