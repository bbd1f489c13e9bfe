package storage

import (
	"context"
	"fmt"
	"regexp"
)

// What a program adds to the schema while it runs: columns and tables for fields
// that a user makes. Their names come from ids, never from what somebody typed.

// Column is a column as CREATE TABLE has it.
type Column struct{ Name, Type string }

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

func checkNames(names ...string) error {
	for _, name := range names {
		if !plainName.MatchString(name) {
			return fmt.Errorf("%q is no name for a column or table", name)
		}
	}
	return nil
}

// AddColumn adds a column to a table. Its type allows NULL or has a constant
// default, so no row is written; the table is not STRICT, since SQLite then reads
// all of it (https://www.sqlite.org/lang_altertable.html, section 4).
func (tx *Tx) AddColumn(ctx context.Context, table string, c Column) error {
	if err := checkNames(table, c.Name); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", table, c.Name, c.Type)); err != nil {
		return fmt.Errorf("add column %s.%s: %w", table, c.Name, err)
	}
	return nil
}

// AddIndex adds an index on a column; over the rows that are not in the bin, if
// the table has one.
func (tx *Tx) AddIndex(ctx context.Context, table, column string, bin bool) error {
	if err := checkNames(table, column); err != nil {
		return err
	}
	query := fmt.Sprintf("CREATE INDEX %s_%s ON %s (%s)", table, column, table, column)
	if bin {
		query += " WHERE deleted_at IS NULL"
	}
	if _, err := tx.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("add index on %s.%s: %w", table, column, err)
	}
	return nil
}

// AddRows adds a table whose rows belong to records of another one.
func (tx *Tx) AddRows(ctx context.Context, table string, columns ...Column) error {
	query := "CREATE TABLE " + table + " (owner_id INTEGER NOT NULL, pos INTEGER NOT NULL, "
	names := []string{table}
	for _, c := range columns {
		query += c.Name + " " + c.Type + ", "
		names = append(names, c.Name)
	}
	if err := checkNames(names...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, query+"PRIMARY KEY (owner_id, pos)) STRICT, WITHOUT ROWID"); err != nil {
		return fmt.Errorf("add table %s: %w", table, err)
	}
	return nil
}
