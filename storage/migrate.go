package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"

	"kontor/app/kit/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is the number of the newest migration in this program.
func Schema() int64 {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		panic("storage: no migrations embedded")
	}
	number, _, _ := strings.Cut(filepath.Base(names[len(names)-1]), "_")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		panic("storage: migration without a number: " + number)
	}
	return n
}

// migrate brings an older workspace to this program's schema. It is backed up,
// and the backup proven, first.
func (db *DB) migrate(ctx context.Context) error {
	var have int64
	if err := db.writer.GetContext(ctx, &have, "PRAGMA user_version"); err != nil {
		return err
	}
	if have == Schema() {
		return nil
	}
	name := fmt.Sprintf("before-upgrade-%d-%s.zip", have, db.now().UTC().Format("20060102-150405"))
	if _, err := db.Backup(ctx, filepath.Join(db.Dir, backupsDir, name)); err != nil {
		return fmt.Errorf("back up before the upgrade: %w", err)
	}
	err := db.classify(db.upgrade(ctx, db.writer))
	var f *fault.Error
	if err != nil && !errors.As(err, &f) {
		return fault.New(fault.CodeInternal, "storage.upgradeFailed", fault.Params{"dir": db.Dir}).Because(err)
	}
	return err
}

// upgrade runs the steps that a database lacks, forward only, each in a
// transaction.
func (db *DB) upgrade(ctx context.Context, pool *sqlx.DB) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool.DB, steps)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return err
	}
	for _, pragma := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", Schema()),
	} {
		if _, err := pool.ExecContext(ctx, pragma); err != nil {
			return err
		}
	}
	_, err = pool.ExecContext(ctx,
		"INSERT INTO storage_meta (key, value) VALUES ('made_by', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", db.version)
	return err
}
