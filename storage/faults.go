package storage

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kontor/app/kit/fault"
)

// Fault turns an error of a query on the reader pool into a fault with a
// sentence, as Write does by itself.
func (db *DB) Fault(err error) error { return db.classify(err) }

// classify turns what the database says into a fault with a sentence. Faults
// and foreign errors pass unchanged. Codes: https://www.sqlite.org/rescode.html
func (db *DB) classify(err error) error {
	var f *fault.Error
	if err == nil || errors.As(err, &f) {
		return err
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return placeFault(err, db.Dir)
	}
	params := fault.Params{"dir": db.Dir, "file": db.file()}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fault.Unavailable("storage.diskFull", params, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fault.Unavailable("storage.readOnly", params, err)
	case sqlite3.SQLITE_NOTADB:
		return fault.New(fault.CodeConflict, "storage.foreign", params).Because(err)
	case sqlite3.SQLITE_CORRUPT:
		return fault.New(fault.CodeConflict, "storage.damaged", params).Because(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Unavailable("storage.busy", params, err)
	case sqlite3.SQLITE_IOERR:
		return fault.Unavailable("storage.io", params, err)
	case sqlite3.SQLITE_INTERRUPT:
		return fault.Unavailable("fault.interrupted", nil, err)
	}
	return err
}

// placeFault says what is wrong with a folder or file of the workspace.
func placeFault(err error, dir string) error {
	params := fault.Params{"dir": dir}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Unavailable("storage.diskFull", params, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fault.Unavailable("storage.readOnly", params, err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Unavailable("fault.interrupted", nil, err)
	}
	return err
}

// Unique reports whether an error is a broken UNIQUE rule of a table.
func Unique(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
