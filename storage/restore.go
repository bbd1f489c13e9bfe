package storage

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kontor/app/kit/fault"
)

// verify reads a backup whole and compares each file with the manifest.
func verify(ctx context.Context, file string) (Manifest, error) {
	var m Manifest
	z, err := zip.OpenReader(file)
	if errors.Is(err, fs.ErrNotExist) {
		return m, fault.NotFound("storage.noBackup", fault.Params{"file": file}).Because(err)
	}
	if err != nil {
		return m, notBackup(file, err)
	}
	defer z.Close()
	text, err := fs.ReadFile(z, manifestName)
	if err != nil {
		return m, notBackup(file, err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, notBackup(file, err)
	}
	for name, want := range m.Hashes {
		if !part(name) {
			return m, notBackup(file, fmt.Errorf("entry %q is no part of a workspace", name))
		}
		sum := sha256.New()
		err := readEntry(ctx, &z.Reader, name, sum)
		if err == nil && hex.EncodeToString(sum.Sum(nil)) != want {
			err = errors.New("hash differs")
		}
		if ctx.Err() != nil {
			return m, placeFault(ctx.Err(), file)
		}
		if err != nil {
			return m, backupDamaged(file, name, err)
		}
	}
	if m.Hashes[fileName] == "" {
		return m, notBackup(file, errors.New("no database"))
	}
	return m, nil
}

func notBackup(file string, err error) error {
	return fault.New(fault.CodeInvalid, "storage.notBackup", fault.Params{"file": file}).Because(err)
}

func backupDamaged(file, part string, err error) error {
	return fault.New(fault.CodeConflict, "storage.backupDamaged", fault.Params{"file": file, "part": part}).Because(err)
}

// part reports whether a backup may bring a file of this name: the database and
// large blobs, so nothing that leaves the folder and no log for the database.
func part(name string) bool {
	hash, blob := strings.CutPrefix(name, filesDir+"/")
	sum, err := hex.DecodeString(hash)
	return name == fileName || blob && err == nil && len(sum) == sha256.Size
}

func readEntry(ctx context.Context, z *zip.Reader, name string, w io.Writer) error {
	in, err := z.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(w, &contextReader{ctx, in})
	return err
}

// Restore puts a backup in the place of the workspace in dir. The backup is
// proven before anything is touched, and what was there is kept under
// backups/. It needs the workspace to itself.
func Restore(ctx context.Context, file, dir string, now time.Time) (Backup, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Backup{}, err
	}
	m, err := verify(ctx, file)
	if err != nil {
		return Backup{}, err
	}
	if m.Schema > Schema() {
		return Backup{}, fault.New(fault.CodeConflict, "storage.newer", fault.Params{"version": m.Version, "dir": file})
	}
	if err := checkPlace(dir); err != nil {
		return Backup{}, err
	}
	if err := os.MkdirAll(filepath.Join(dir, backupsDir), 0o700); err != nil {
		return Backup{}, placeFault(err, dir)
	}
	lock, err := takeLock(dir)
	if err != nil {
		return Backup{}, err
	}
	b, err := restore(ctx, file, dir, m, now)
	return b, errors.Join((&DB{Dir: dir}).classify(err), lock.release())
}

func restore(ctx context.Context, file, dir string, m Manifest, now time.Time) (Backup, error) {
	fresh, err := os.MkdirTemp(dir, tempPrefix+"restore-*")
	if err != nil {
		return Backup{}, err
	}
	defer os.RemoveAll(fresh)
	if err := unpack(ctx, file, fresh, m); err != nil {
		return Backup{}, err
	}
	rows, schema, err := prove(ctx, filepath.Join(fresh, fileName))
	if err = (&DB{Dir: fresh}).classify(err); err != nil {
		switch fault.Of(err).Key {
		case "storage.foreign":
			err = notBackup(file, err)
		case "storage.damaged":
			err = backupDamaged(file, fileName, err)
		}
		return Backup{}, err
	}
	if schema > Schema() {
		return Backup{}, fault.New(fault.CodeConflict, "storage.newer", fault.Params{"version": m.Version, "dir": file})
	}
	var done moves
	if err := done.replace(dir, fresh, now); err != nil {
		done.undo()
		return Backup{}, err
	}
	return Backup{File: file, Rows: rows}, errors.Join(syncDir(filepath.Join(dir, filesDir)), syncDir(dir))
}

// moves are renames that can be taken back: new name by old name, in order.
type moves [][2]string

// replace puts the parts of a workspace away under backups/ and fresh ones in
// their place. A stale -wal beside another database corrupts it, and a database
// without its -wal has lost its last saves: the database goes first, so that
// a crash in between leaves none, and its -wal follows.
func (m *moves) replace(dir, fresh string, now time.Time) error {
	var old string
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", filesDir} {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if old == "" {
			var err error
			if old, err = replacedDir(dir, now); err != nil {
				return err
			}
		}
		if err := m.rename(filepath.Join(dir, name), filepath.Join(old, name)); err != nil {
			return err
		}
	}
	for _, name := range []string{filesDir, fileName} {
		if err := m.rename(filepath.Join(fresh, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// replacedDir makes the folder for what a restore replaces, a new one each time.
func replacedDir(dir string, now time.Time) (string, error) {
	base := filepath.Join(dir, backupsDir, "replaced-"+now.UTC().Format("20060102-150405"))
	name := base
	for n := 2; ; n++ {
		err := os.Mkdir(name, 0o700)
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
		name = fmt.Sprintf("%s-%d", base, n)
	}
}

func (m *moves) rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	*m = append(*m, [2]string{from, to})
	return nil
}

func (m *moves) undo() {
	for _, names := range slices.Backward(*m) {
		_ = os.Rename(names[1], names[0])
	}
}

func unpack(ctx context.Context, file, into string, m Manifest) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return notBackup(file, err)
	}
	defer z.Close()
	if err := os.Mkdir(filepath.Join(into, filesDir), 0o700); err != nil {
		return err
	}
	for name := range m.Hashes {
		out, err := os.OpenFile(filepath.Join(into, filepath.FromSlash(name)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		err = readEntry(ctx, &z.Reader, name, out)
		if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
			return err
		}
	}
	return nil
}
