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
	"time"

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
	if _, err := os.Stat(filepath.Dir(file)); errors.Is(err, fs.ErrNotExist) {
		return Backup{}, fault.NotFound("storage.noFolder", fault.Params{"dir": filepath.Dir(file)}).Because(err)
	}
	size, err := db.size()
	if err != nil {
		return Backup{}, err
	}
	if free, ok := freeSpace(filepath.Dir(file)); ok && free < 2*size {
		return Backup{}, fault.Unavailable("storage.noRoomForBackup", fault.Params{"dir": filepath.Dir(file), "needed": megabytes(2 * size), "free": megabytes(free)}, nil)
	}
	work, err := os.MkdirTemp(filepath.Dir(file), tempPrefix+"backup-*")
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
		if errors.Is(err, fs.ErrNotExist) { // temporary files come and go
			return nil
		}
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
	blobs, err := largeBlobs(ctx, copied)
	if err != nil {
		return err
	}
	for _, hash := range blobs {
		// A lost file is what Check tells; the rest is worth saving all the more.
		if err := add(filesDir+"/"+hash, db.blobFile(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
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

// largeBlobs lists the files that a copied database refers to. The folder may
// hold more: those of transactions that run or are just taken back.
func largeBlobs(ctx context.Context, file string) ([]string, error) {
	db, err := connect(file, readerPragmas)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var hashes []string
	err = db.SelectContext(ctx, &hashes, "SELECT hash FROM storage_blob WHERE data IS NULL ORDER BY hash")
	return hashes, err
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
