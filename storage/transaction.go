package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
)

// Queryer reads: the reader pool, or a transaction that sees its own writes.
type Queryer = sqlx.QueryerContext

// Reader is the pool that cannot write.
func (db *DB) Reader() Queryer { return reader{db.read, db.watch} }

// Tx is a running write transaction.
type Tx struct {
	*sqlx.Tx
	Now   int64 // milliseconds since 1970, asked once a transaction
	db    *DB
	held  []func()
	after []func()
	undo  []func()

	postings []posting // what the full-text indexes get at the commit
}

// maxStatements bounds the cache of prepared statements on the writer.
const maxStatements = 512

// Write runs fn in the one write transaction: all of it is saved, or nothing.
// When it returns nil the data is on disk. Writers wait for one another in
// order, so a bulk job that works in short transactions lets others through.
// A context that ends before the commit takes everything back.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if err := db.take(ctx); err != nil {
		return db.classify(err)
	}
	tx := &Tx{db: db, Now: db.now().UnixMilli()}
	if err := db.run(ctx, tx, fn); err != nil {
		return db.classify(err)
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}

// take waits for the turn to write.
func (db *DB) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	db.waiting.Add(1)
	defer db.waiting.Add(-1)
	select {
	case <-db.turn:
		return nil
	case <-db.closed:
		return fault.Unavailable("fault.interrupted", nil, sql.ErrConnDone)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run does one transaction and gives the turn back, whatever fn does: return,
// panic, or end its goroutine.
func (db *DB) run(ctx context.Context, tx *Tx, fn func(tx *Tx) error) (err error) {
	committed := false
	defer func() {
		if !committed {
			tx.abandon()
		}
		db.turn <- struct{}{}
	}()
	// With a context that can end, database/sql would roll back in a goroutine of
	// its own, and then hit the transaction of whoever has the turn by that time.
	if tx.Tx, err = db.conn.BeginTxx(context.WithoutCancel(ctx), nil); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.post(ctx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	committed = true
	for _, f := range tx.held {
		f()
	}
	return nil
}

// abandon rolls back. After a failed COMMIT SQLite has already done so.
func (tx *Tx) abandon() {
	if tx.Tx != nil {
		_ = tx.Rollback()
	}
	for _, f := range tx.undo {
		f()
	}
}

// Wanted reports whether somebody else waits to write: time for a bulk job to
// commit.
func (tx *Tx) Wanted() bool { return tx.db.waiting.Load() > 0 }

// OnCommit runs f once the transaction is on disk and before anybody else may
// write; f must not write itself.
func (tx *Tx) OnCommit(f func()) { tx.held = append(tx.held, f) }

// AfterCommit runs f once the transaction is on disk, and never if it fails.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Exec runs a statement that is prepared once for the life of the writer.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := tx.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// Select runs a query that is prepared once for the life of the writer. Its rows
// are read to the end before the same query runs again.
func (tx *Tx) Select(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := tx.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (tx *Tx) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := tx.db.stmts[query]; stmt != nil {
		return stmt, nil
	}
	if len(tx.db.stmts) >= maxStatements {
		for _, stmt := range tx.db.stmts {
			_ = stmt.Close()
		}
		clear(tx.db.stmts)
	}
	stmt, err := tx.db.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60s: %w", query, err)
	}
	tx.db.stmts[query] = stmt
	return stmt, nil
}

// bulkRows is how many rows one INSERT carries: with 100 a row costs about half
// of what it does alone, more gains nothing.
const bulkRows = 100

// maxValues is how many values SQLite takes in one statement
// (https://www.sqlite.org/limits.html, section 9).
const maxValues = 32766

// Insert writes many rows of one table. rows holds the values of one row after
// another, len(columns) each.
func (tx *Tx) Insert(ctx context.Context, table string, columns []string, rows []any) error {
	return tx.insert(ctx, table, nil, nil, columns, rows)
}

// InsertAlike is Insert for rows that have much in common, always in the same
// columns: what is the same in all of them is handed over once.
func (tx *Tx) InsertAlike(ctx context.Context, table string, columns []string, rows []any) error {
	width := len(columns)
	if width == 0 || len(rows)%width != 0 || len(rows) < 2*width {
		return tx.Insert(ctx, table, columns, rows)
	}
	var same, differing []string
	var shared []any
	var places []int
	for i, column := range columns {
		alike := true
		for at := i; at < len(rows) && alike; at += width {
			alike = rows[at] == rows[i]
		}
		if alike && len(places)+width-i > 1 { // one column at least stays a row's own
			same, shared = append(same, column), append(shared, rows[i])
		} else {
			differing, places = append(differing, column), append(places, i)
		}
	}
	own := make([]any, 0, len(rows)/width*len(places))
	for row := range slices.Chunk(rows, width) {
		for _, i := range places {
			own = append(own, row[i])
		}
	}
	return tx.insert(ctx, table, same, shared, differing, own)
}

func (tx *Tx) insert(ctx context.Context, table string, same []string, shared []any, columns []string, rows []any) error {
	width := len(columns)
	if width == 0 || len(rows)%width != 0 {
		return fmt.Errorf("insert into %s: %d values do not fill rows of %d", table, len(rows), width)
	}
	args := slices.Clone(shared)
	for len(rows) > 0 {
		n := min(bulkRows, (maxValues-len(shared))/width)
		if left := len(rows) / width; left < n { // the rest goes in powers of two, so that few statements are prepared
			n = 1 << (bits.Len(uint(left)) - 1)
		}
		args = append(args[:len(shared)], rows[:n*width]...)
		if _, err := tx.Exec(ctx, insertSQL(table, same, columns, n), args...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
		rows = rows[n*width:]
	}
	return nil
}

// insertSQL leaves the marks of what differs without numbers: SQLite looks a
// numbered one up by walking through all of them, which costs a third of a wide
// insert.
func insertSQL(table string, same, columns []string, rows int) string {
	var row strings.Builder
	for i := range same {
		fmt.Fprintf(&row, ", ?%d", i+1)
	}
	row.WriteString(strings.Repeat(", ?", len(columns)))
	marks := "(" + row.String()[2:] + ")"
	return "INSERT INTO " + table + " (" + strings.Join(slices.Concat(same, columns), ", ") + ") VALUES " + marks + strings.Repeat(", "+marks, rows-1)
}

// Marks gives "$first, $first+1, …", n of them, for an IN list.
func Marks(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", first+i)
	}
	return b.String()
}

// MaxIn is how many values one list of In carries.
const MaxIn = 512

// In gives " IN (?, …)" and its values, which come after the others of the
// statement. The last one is repeated up to a power of two, so that few
// statements are prepared.
func In[T ~int64](args []any, values []T) (string, []any) {
	size := bits.Len(uint(len(values) - 1))
	args = slices.Grow(args, 1<<size)
	for i := range 1 << size {
		args = append(args, int64(values[min(i, len(values)-1)]))
	}
	return inMarks[size], args
}

var inMarks = func() (marks [10]string) {
	for i := range marks {
		marks[i] = " IN (?" + strings.Repeat(", ?", 1<<i-1) + ")"
	}
	return marks
}()

// NoRows reports whether a query found nothing.
func NoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
