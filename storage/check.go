package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
)

// Check looks for damage: pages, foreign keys, and every kept blob by its hash.
// It answers a fault for each problem.
func (db *DB) Check(ctx context.Context) ([]*fault.Error, error) {
	var problems []*fault.Error
	found := func(key string, params fault.Params, cause error) {
		problems = append(problems, fault.New(fault.CodeConflict, "storage.check."+key, params).Because(cause))
	}
	// On a connection of its own: one that has searched before holds on to the old
	// structure of the full-text index, and quick_check then takes segments that
	// were merged since for lost ones.
	look, err := connect(db.file(), readerPragmas)
	if err != nil {
		return nil, db.classify(err)
	}
	lines, err := checkPages(ctx, look)
	if err = errors.Join(err, look.Close()); err != nil {
		return nil, db.classify(err)
	}
	for _, line := range lines {
		found("page", fault.Params{"detail": line}, nil)
	}
	var broken []struct {
		Table  string        `db:"table"`
		Row    sql.NullInt64 `db:"rowid"` // none in a table WITHOUT ROWID
		Parent string        `db:"parent"`
		Key    int64         `db:"fkid"`
	}
	if err := db.read.SelectContext(ctx, &broken, "PRAGMA foreign_key_check"); err != nil {
		return nil, db.classify(err)
	}
	for _, b := range broken {
		key := "reference"
		if !b.Row.Valid {
			key = "referenceUnnumbered"
		}
		found(key, fault.Params{"table": b.Table, "row": b.Row.Int64, "parent": b.Parent}, nil)
	}
	var hashes []string
	if err := db.read.SelectContext(ctx, &hashes, "SELECT hash FROM storage_blob ORDER BY hash"); err != nil {
		return nil, db.classify(err)
	}
	for _, hash := range hashes {
		err := db.checkBlob(ctx, hash)
		key := "blobUnreadable"
		switch {
		case err == nil:
			continue
		case ctx.Err() != nil: // that somebody broke off says nothing about the blob
			return nil, db.classify(ctx.Err())
		case errors.Is(err, errChanged):
			key = "blobChanged"
		case fault.Is(err, fault.CodeNotFound):
			key = "blobLost"
		}
		found(key, fault.Params{"hash": hash}, err)
	}
	return problems, nil
}

var errChanged = errors.New("the content has changed")

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
		return errChanged
	}
	return nil
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
