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

// tempPrefix begins the name of all that is not finished yet.
const tempPrefix = ".kontor-"

// applicationID marks kontor.db as ours in SQLite's header ("Kntr").
const applicationID = 0x4b6e7472

const (
	commonPragmas = "_pragma=busy_timeout(5000)&_pragma=temp_store(2)"
	// The writer's cache holds the upper pages of all indexes of a large
	// workspace, and the log grows to 16 MB before it is written back: a bulk job
	// touches the same index pages in every transaction.
	writerPragmas = "&_pragma=cache_size(-65536)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)&_txlock=immediate"
	readerPragmas = "&_pragma=cache_size(-32000)&_pragma=query_only(1)"
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
	watch   *watch
	writer  *sqlx.DB
	conn    *sqlx.Conn
	turn    chan struct{} // one token: who holds it writes, others wait in order
	waiting atomic.Int32  // how many wait for it
	closed  chan struct{} // says that nobody gets a turn any more
	closing sync.Once
	made    bool // by this program, just now
	discard bool // take the database away when it is closed
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
	if err := vacant(dir); err != nil {
		return nil, err
	}
	if err := checkPlace(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, placeFault(err, dir)
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	db := prepare(dir, lock, o)
	db.Unclean = false // what was killed before had no workspace yet
	err = vacant(dir)  // another process may have been quicker
	if err == nil {
		err = db.build(ctx)
	}
	return db.start(ctx, err)
}

// vacant makes sure that there is no workspace yet.
func vacant(dir string) error {
	_, err := os.Stat(filepath.Join(dir, fileName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return placeFault(err, dir)
	}
	return fault.Conflict("", "storage.exists", fault.Params{"dir": dir})
}

// build makes an empty database beside its place and moves it there whole: who
// is killed meanwhile leaves no workspace, never half of one.
func (db *DB) build(ctx context.Context) error {
	work, err := os.MkdirTemp(db.Dir, tempPrefix+"new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	file := filepath.Join(work, fileName)
	if err := os.WriteFile(file, nil, 0o600); err != nil { // SQLite would let others read it
		return err
	}
	pool, err := connect(file, writerPragmas)
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	err = db.upgrade(ctx, pool)
	if err = errors.Join(err, pool.Close()); err != nil {
		return err
	}
	if err := db.remove(); err != nil { // what another database left of its log
		return err
	}
	if err := os.Rename(file, db.file()); err != nil {
		return err
	}
	db.made = true
	return syncDir(db.Dir)
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
	case info.Size() == 0, !info.Mode().IsRegular():
		return nil, fault.New(fault.CodeConflict, "storage.foreign", fault.Params{"file": filepath.Join(dir, fileName)})
	}
	if err := checkPlace(dir); err != nil {
		return nil, err
	}
	lock, err := takeLock(dir)
	if err != nil {
		return nil, err
	}
	db := prepare(dir, lock, o)
	return db.start(ctx, nil)
}

func prepare(dir string, lock *Lock, o Options) *DB {
	registerFunctions()
	if o.Now == nil {
		o.Now = time.Now
	}
	return &DB{
		Dir: dir, Unclean: lock.unclean, now: o.Now, version: o.Version, lock: lock,
		turn: make(chan struct{}, 1), closed: make(chan struct{}), stmts: map[string]*sql.Stmt{},
	}
}

// start opens what err does not already stand against.
func (db *DB) start(ctx context.Context, err error) (*DB, error) {
	if err == nil {
		err = db.open(ctx)
	}
	if err != nil {
		db.lock.keepDoor = db.lock.unclean // nobody has looked at the workspace yet
		db.discard = db.made
		return nil, errors.Join(db.classify(err), db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) error {
	if err := db.identify(ctx); err != nil {
		return err
	}
	if err := db.tidy(); err != nil {
		return err
	}
	var err error
	if db.writer, err = connect(db.file(), writerPragmas); err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if db.conn, err = db.writer.Connx(ctx); err != nil {
		return err
	}
	// A file that may only be read opens all the same: try to change no row of it.
	if _, err := db.conn.ExecContext(ctx, "DELETE FROM storage_meta WHERE key IS NULL"); err != nil {
		return err
	}
	if db.read, err = connect(db.file(), readerPragmas); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers + 1)
	db.read.SetMaxIdleConns(readers)
	db.turn <- struct{}{}
	watching, err := db.read.Connx(ctx)
	if err != nil {
		return err
	}
	db.watch = &watch{conn: watching}
	return db.read.PingContext(ctx)
}

// tidy makes sure that all folders are there and takes away what a killed
// program left unfinished in them.
func (db *DB) tidy() error {
	for _, d := range []string{filesDir, backupsDir, logsDir} {
		if err := os.MkdirAll(filepath.Join(db.Dir, d), 0o700); err != nil {
			return err
		}
	}
	patterns := []string{tempPrefix + "*", backupsDir + "/" + tempPrefix + "*"}
	if db.lock.unclean { // the folder of a large workspace takes long to read
		patterns = append(patterns, filesDir+"/.blob-*")
	}
	for _, pattern := range patterns {
		left, err := fs.Glob(os.DirFS(db.Dir), pattern)
		if err != nil {
			return err
		}
		for _, name := range left {
			if err := os.RemoveAll(filepath.Join(db.Dir, filepath.FromSlash(name))); err != nil {
				return err
			}
		}
	}
	return nil
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
// and frees the workspace. Who waits for a turn to write is turned away.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		close(db.closed)
		err = db.close()
	})
	return err
}

func (db *DB) close() error {
	var errs []error
	if db.watch != nil {
		errs = append(errs, db.watch.conn.Close())
	}
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
	if db.discard {
		errs = append(errs, db.remove())
	}
	errs = append(errs, db.lock.release())
	return errors.Join(errs...)
}

// Now is the injected clock.
func (db *DB) Now() time.Time { return db.now() }

// Discard closes a workspace that was just made and takes its database away
// again, since making it failed half-way.
func (db *DB) Discard() error {
	db.discard = true
	return db.Close()
}

// remove takes away a closed database with its log, which beside another
// database would corrupt that.
func (db *DB) remove() error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(db.file() + suffix); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
