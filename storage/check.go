package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/jmoiron/sqlx"
)

// Check looks for damage: pages, foreign keys, and every kept blob by its hash.
// It answers a line for each problem.
func (db *DB) Check(ctx context.Context) ([]string, error) {
	problems, err := checkPages(ctx, db.read)
	if err != nil {
		return nil, db.classify(err)
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
		problems = append(problems, fmt.Sprintf("%s row %d refers to a row of %s that is gone", b.Table, b.Row.Int64, b.Parent))
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
