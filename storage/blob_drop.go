package storage

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"

	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// DropBlob takes kept bytes away, unless a row still refers to them. The file of
// a large one goes after the commit.
func (tx *Tx) DropBlob(ctx context.Context, hash string) error {
	if _, err := tx.Exec(ctx, "DELETE FROM storage_blob WHERE hash = $1", hash); err != nil {
		var e *sqlite.Error
		if errors.As(err, &e) && e.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY { // only this statement is taken back
			return nil
		}
		return err
	}
	db := tx.db
	tx.AfterCommit(func() {
		if err := db.dropFile(context.WithoutCancel(ctx), hash); err != nil {
			slog.Error("remove a file that nobody needs", "err", err)
		}
	})
	return nil
}

// dropFile removes the file of a blob that is not kept any more. It holds the turn
// to write, so that nobody keeps the same bytes again meanwhile.
func (db *DB) dropFile(ctx context.Context, hash string) error {
	return db.Write(ctx, func(tx *Tx) error {
		var kept int
		if err := sqlx.GetContext(ctx, tx, &kept, "SELECT count(*) FROM storage_blob WHERE hash = $1", hash); err != nil || kept > 0 {
			return err
		}
		if err := os.Remove(db.blobFile(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}
