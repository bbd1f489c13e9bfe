package storage

import (
	"archive/zip"
	"compress/flate"
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
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	kflate "github.com/klauspost/compress/flate"

	"kontor/app/kit/fault"
)

const manifestName = "manifest.json"

// Manifest stands in every backup and says what must be in it.
type Manifest struct {
	Made    time.Time         `json:"made"`
	Version string            `json:"version"`
	Schema  int64             `json:"schema"`
	Rows    map[string]int64  `json:"rows"`   // by table
	Hashes  map[string]string `json:"hashes"` // SHA-256 by file name
}

// Backup is a finished, proven copy of a workspace.
type Backup struct {
	File  string           `json:"file"`
	Bytes int64            `json:"bytes"`
	Rows  map[string]int64 `json:"rows"`
}

// Backup copies the workspace into one zip file (kontor.db, files/, manifest)
// and proves it: the copied database passes quick_check and is counted, every
// file of the zip is read again and compared with its hash. Saving goes on
// meanwhile; the copy shows one moment. An empty name makes one in backups/.
func (db *DB) Backup(ctx context.Context, file string) (Backup, error) {
	b, err := db.backup(ctx, file)
	return b, db.classify(err)
}

func (db *DB) backup(ctx context.Context, file string) (Backup, error) {
	if file == "" {
		file = filepath.Join(db.Dir, backupsDir, "kontor-"+db.now().Format("2006-01-02-150405")+".zip")
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return Backup{}, err
	}
	if _, err := os.Stat(file); err == nil {
		return Backup{}, fault.Conflict("", "storage.backupExists", fault.Params{"file": file})
	}
	size, err := db.size()
	if err != nil {
		return Backup{}, err
	}
	if free, ok := freeSpace(filepath.Dir(file)); ok && free < 2*size {
		return Backup{}, fault.Unavailable("storage.noRoomForBackup", fault.Params{"dir": filepath.Dir(file), "needed": megabytes(2 * size), "free": megabytes(free)}, nil)
	}
	work, err := os.MkdirTemp(filepath.Dir(file), ".kontor-backup-*")
	if err != nil {
		return Backup{}, placeFault(err, filepath.Dir(file))
	}
	defer os.RemoveAll(work)

	copied := filepath.Join(work, fileName)
	source, err := connect(db.file(), "")
	if err != nil {
		return Backup{}, err
	}
	_, err = source.ExecContext(ctx, "VACUUM INTO $1", copied)
	if err = errors.Join(err, source.Close()); err != nil {
		return Backup{}, err
	}
	m := Manifest{Made: db.now().UTC(), Version: db.version, Hashes: map[string]string{}}
	if m.Rows, m.Schema, err = prove(ctx, copied); err != nil {
		return Backup{}, err
	}
	packed := filepath.Join(work, "backup.zip")
	if err := db.pack(ctx, packed, copied, m); err != nil {
		return Backup{}, err
	}
	if _, err := verify(ctx, packed); err != nil {
		return Backup{}, err
	}
	info, err := os.Stat(packed)
	if err != nil {
		return Backup{}, err
	}
	if err := os.Rename(packed, file); err != nil {
		return Backup{}, err
	}
	return Backup{File: file, Bytes: info.Size(), Rows: m.Rows}, syncDir(filepath.Dir(file))
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+1<<20-1)>>20) }

// size is what the database and the large blobs take on disk.
func (db *DB) size() (int64, error) {
	var total int64
	err := filepath.WalkDir(db.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == backupsDir || d.Name() == logsDir) {
			return filepath.SkipDir
		}
		if info, err := d.Info(); err == nil && d.Type().IsRegular() {
			total += info.Size()
		}
		return nil
	})
	return total, err
}

// prove opens a copied database, checks its pages and counts its rows.
func prove(ctx context.Context, file string) (map[string]int64, int64, error) {
	db, err := connect(file, readerPragmas)
	if err != nil {
		return nil, 0, err
	}
	defer db.Close()
	var id, schema int64
	if err := errors.Join(db.GetContext(ctx, &id, "PRAGMA application_id"), db.GetContext(ctx, &schema, "PRAGMA user_version")); err != nil {
		return nil, 0, err
	}
	if id != applicationID {
		return nil, 0, fault.New(fault.CodeConflict, "storage.foreign", fault.Params{"file": file})
	}
	problems, err := checkPages(ctx, db)
	if err != nil {
		return nil, 0, err
	}
	if len(problems) > 0 {
		return nil, 0, fault.New(fault.CodeConflict, "storage.damaged", fault.Params{"file": file, "dir": filepath.Dir(file)}).Because(errors.New(problems[0]))
	}
	var tables []string
	err = db.SelectContext(ctx, &tables, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
	if err != nil {
		return nil, 0, err
	}
	rows := map[string]int64{}
	for _, table := range tables {
		var n int64
		if err := db.GetContext(ctx, &n, `SELECT count(*) FROM "`+table+`"`); err != nil {
			return nil, 0, err
		}
		rows[table] = n
	}
	return rows, schema, nil
}

func checkPages(ctx context.Context, q Queryer) ([]string, error) {
	var lines []string
	if err := sqlx.SelectContext(ctx, q, &lines, "PRAGMA quick_check(20)"); err != nil {
		return nil, err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil, nil
	}
	return lines, nil
}

func (db *DB) pack(ctx context.Context, target, copied string, m Manifest) (err error) {
	out, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return kflate.NewWriter(w, flate.BestSpeed) })
	add := func(name, path string) error {
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		sum := sha256.New()
		if _, err := io.Copy(io.MultiWriter(w, sum), &contextReader{ctx, in}); err != nil {
			return err
		}
		m.Hashes[name] = hex.EncodeToString(sum.Sum(nil))
		return nil
	}
	if err := add(fileName, copied); err != nil {
		return err
	}
	blobs, err := os.ReadDir(filepath.Join(db.Dir, filesDir))
	if err != nil {
		return err
	}
	for _, blob := range blobs {
		if strings.HasPrefix(blob.Name(), ".") {
			continue
		}
		if err := add(filesDir+"/"+blob.Name(), db.blobFile(blob.Name())); err != nil {
			return err
		}
	}
	w, err := z.Create(manifestName)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	return errors.Join(z.Close(), out.Sync())
}

// contextReader ends a long copy when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

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
		sum := sha256.New()
		err := readEntry(ctx, &z.Reader, name, sum)
		if err == nil && hex.EncodeToString(sum.Sum(nil)) != want {
			err = errors.New("hash differs")
		}
		if err != nil {
			return m, fault.New(fault.CodeConflict, "storage.backupDamaged", fault.Params{"file": file, "part": name}).Because(err)
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
	return b, errors.Join(err, lock.release())
}

func restore(ctx context.Context, file, dir string, m Manifest, now time.Time) (Backup, error) {
	fresh, err := os.MkdirTemp(dir, ".kontor-restore-*")
	if err != nil {
		return Backup{}, placeFault(err, dir)
	}
	defer os.RemoveAll(fresh)
	if err := unpack(ctx, file, fresh, m); err != nil {
		return Backup{}, placeFault(err, dir)
	}
	rows, _, err := prove(ctx, filepath.Join(fresh, fileName))
	if err != nil {
		return Backup{}, err
	}
	old := filepath.Join(dir, backupsDir, "replaced-"+now.UTC().Format("20060102-150405"))
	// A stale -wal beside another database corrupts it: all parts move together.
	for _, name := range []string{fileName + "-wal", fileName + "-shm", fileName, filesDir} {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.MkdirAll(old, 0o700); err != nil {
			return Backup{}, err
		}
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(old, name)); err != nil {
			return Backup{}, err
		}
	}
	for _, name := range []string{filesDir, fileName} {
		if err := os.Rename(filepath.Join(fresh, name), filepath.Join(dir, name)); err != nil {
			return Backup{}, err
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, logsDir), 0o700); err != nil {
		return Backup{}, err
	}
	return Backup{File: file, Rows: rows}, syncDir(dir)
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
		if !filepath.IsLocal(name) {
			return notBackup(file, fmt.Errorf("entry %q leaves the folder", name))
		}
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

// Check looks for damage: pages, foreign keys, and every kept blob by its hash.
// It answers a line for each problem.
func (db *DB) Check(ctx context.Context) ([]string, error) {
	problems, err := checkPages(ctx, db.read)
	if err != nil {
		return nil, db.classify(err)
	}
	var broken []struct {
		Table  string `db:"table"`
		Row    int64  `db:"rowid"`
		Parent string `db:"parent"`
		Key    int64  `db:"fkid"`
	}
	if err := db.read.SelectContext(ctx, &broken, "PRAGMA foreign_key_check"); err != nil {
		return nil, db.classify(err)
	}
	for _, b := range broken {
		problems = append(problems, fmt.Sprintf("%s row %d refers to a row of %s that is gone", b.Table, b.Row, b.Parent))
	}
	var hashes []string
	if err := db.read.SelectContext(ctx, &hashes, "SELECT hash FROM storage_blob ORDER BY hash"); err != nil {
		return nil, db.classify(err)
	}
	for _, hash := range hashes {
		if err := db.checkBlob(ctx, hash); err != nil {
			problems = append(problems, fmt.Sprintf("file %s: %v", hash, err))
		}
	}
	return problems, nil
}

func (db *DB) checkBlob(ctx context.Context, hash string) error {
	r, err := db.Blob(ctx, db.read, hash)
	if err != nil {
		return err
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, &contextReader{ctx, r}); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return errors.New("its content has changed")
	}
	return nil
}
