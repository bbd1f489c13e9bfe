package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

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

// migrate brings the file to this program's schema, forward only, each step in
// a transaction. An older workspace is backed up, and the backup proven, first.
func (db *DB) migrate(ctx context.Context, fresh bool) error {
	var have int64
	if err := db.writer.GetContext(ctx, &have, "PRAGMA user_version"); err != nil {
		return err
	}
	if have == Schema() {
		return nil
	}
	if !fresh {
		name := fmt.Sprintf("before-upgrade-%d-%s.zip", have, db.now().UTC().Format("20060102-150405"))
		if _, err := db.Backup(ctx, filepath.Join(db.Dir, backupsDir, name)); err != nil {
			return fmt.Errorf("back up before the upgrade: %w", err)
		}
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.writer.DB, steps)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fault.New(fault.CodeInternal, "storage.upgradeFailed", fault.Params{"dir": db.Dir}).Because(err)
	}
	for _, pragma := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", Schema()),
	} {
		if _, err := db.writer.ExecContext(ctx, pragma); err != nil {
			return err
		}
	}
	_, err = db.writer.ExecContext(ctx,
		"INSERT INTO storage_meta (key, value) VALUES ('made_by', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", db.version)
	return err
}
