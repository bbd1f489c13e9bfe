package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
)

// The files of a workspace.
const (
	fileName   = "kontor.db"
	filesDir   = "files"
	backupsDir = "backups"
	logsDir    = "logs"
)

// applicationID marks kontor.db as ours in SQLite's header ("Kntr").
const applicationID = 0x4b6e7472

const (
	commonPragmas = "_pragma=busy_timeout(5000)&_pragma=temp_store(2)"
	// The writer's cache holds the upper pages of all indexes of a large
	// workspace, and the log grows to 16 MB before it is written back: a bulk job
	// touches the same index pages in every transaction.
	writerPragmas = "&_pragma=cache_size(-65536)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)&_txlock=immediate"
	readerPragmas = "&_pragma=cache_size(-16000)&_pragma=query_only(1)"
)

// readers is how many connections read side by side; each has its own cache.
const readers = 4

// Options are what a caller may decide when a workspace opens.
type Options struct {
	Version string           // of the program, written into what it migrates
	Now     func() time.Time // the clock; time.Now when nil
}

// DB is an open workspace.
type DB struct {
	Dir     string
	Unclean bool // the program was killed the last time: worth a check

	now     func() time.Time
	read    *sqlx.DB
	writer  *sqlx.DB
	conn    *sqlx.Conn
	turn    chan struct{} // one token: who holds it writes, others wait in order
	waiting atomic.Int32  // how many wait for it
	stmts   map[string]*sql.Stmt
	lock    *Lock
	version string
}

// Create makes a new workspace in dir and opens it.
func Create(ctx context.Context, dir string, o Options) (*DB, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("workspace %s: %w", dir, err)
	}
	if _, err := os.Stat(filepath.Join(dir, fileName)); err == nil {
		return nil, fault.Conflict("", "storage.exists", fault.Params{"dir": dir})
	}
	if err := checkPlace(dir); err != nil {
		return nil, err
	}
	for _, d := range []string{dir, filepath.Join(dir, filesDir), filepath.Join(dir, backupsDir), filepath.Join(dir, logsDir)} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, placeFault(err, dir)
		}
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	return start(ctx, dir, lock, o, true)
}

// Open opens the workspace in dir. Its faults say in one sentence each what is
// wrong: no workspace, in use, read-only, newer, foreign, damaged, full.
func Open(ctx context.Context, dir string, o Options) (*DB, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("workspace %s: %w", dir, err)
	}
	info, err := os.Stat(filepath.Join(dir, fileName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.NotFound("storage.noWorkspace", fault.Params{"dir": dir})
	case err != nil:
		return nil, placeFault(err, dir)
	case info.Size() == 0:
		return nil, fault.New(fault.CodeConflict, "storage.foreign", fault.Params{"file": filepath.Join(dir, fileName)})
	}
	if err := checkPlace(dir); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	return start(ctx, dir, lock, o, false)
}

func start(ctx context.Context, dir string, lock *Lock, o Options, fresh bool) (*DB, error) {
	registerFunctions()
	if o.Now == nil {
		o.Now = time.Now
	}
	db := &DB{Dir: dir, Unclean: lock.unclean && !fresh, now: o.Now, version: o.Version, lock: lock, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}
	if err := db.open(ctx, fresh); err != nil {
		return nil, errors.Join(db.classify(err), db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context, fresh bool) error {
	var err error
	if !fresh {
		if err := db.identify(ctx); err != nil {
			return err
		}
	}
	if db.writer, err = connect(db.file(), writerPragmas); err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	if err := db.migrate(ctx, fresh); err != nil {
		return err
	}
	if db.conn, err = db.writer.Connx(ctx); err != nil {
		return err
	}
	if db.read, err = connect(db.file(), readerPragmas); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.turn <- struct{}{}
	return db.read.PingContext(ctx)
}

// identify asks the file, through SQLite only and without changing it, whether
// it is a workspace that this program may open.
func (db *DB) identify(ctx context.Context) error {
	look, err := connect(db.file(), readerPragmas)
	if err != nil {
		return err
	}
	defer look.Close()
	var id, schema int64
	if err := look.GetContext(ctx, &id, "PRAGMA application_id"); err != nil {
		return err
	}
	if id != applicationID {
		return fault.New(fault.CodeConflict, "storage.foreign", fault.Params{"file": db.file()})
	}
	if err := look.GetContext(ctx, &schema, "PRAGMA user_version"); err != nil {
		return err
	}
	if schema > Schema() {
		var by string
		_ = look.GetContext(ctx, &by, "SELECT value FROM storage_meta WHERE key = 'made_by'")
		return fault.New(fault.CodeConflict, "storage.newer", fault.Params{"version": by, "dir": db.Dir})
	}
	return nil
}

func (db *DB) file() string { return filepath.Join(db.Dir, fileName) }

// connect opens a pool. The path is escaped: without that a "?" in a folder's
// name would end it and the pragmas would be lost.
func connect(path, pragmas string) (*sqlx.DB, error) {
	registerFunctions()
	name := (&url.URL{Scheme: "file", Opaque: escapePath(path)}).String()
	return sqlx.Open("sqlite", name+"?"+commonPragmas+pragmas)
}

func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
}

var registerOnce sync.Once

// Close waits for the running transaction, writes the log back into the file
// and frees the workspace.
func (db *DB) Close() error {
	var errs []error
	if db.read != nil {
		errs = append(errs, db.read.Close())
	}
	if db.conn != nil {
		if db.read != nil {
			<-db.turn
		}
		if _, err := db.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			slog.Warn("checkpoint at close", "err", err)
		}
		for _, stmt := range db.stmts {
			errs = append(errs, stmt.Close())
		}
		errs = append(errs, db.conn.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	errs = append(errs, db.lock.release())
	return errors.Join(errs...)
}

// Now is the injected clock.
func (db *DB) Now() time.Time { return db.now() }

// Discard closes a workspace that was just made and takes its database away
// again, since making it failed half-way.
func (db *DB) Discard() error {
	err := db.Close()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if e := os.Remove(db.file() + suffix); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}
