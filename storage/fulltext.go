package storage

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
)

// FullText is a full-text index with one column of terms. Rows are dense
// numbers of the caller's own: time-sorted 64-bit ids would double its size.
type FullText string

// Put writes rows that the index does not have yet: number, text, number, text….
// Texts are given as terms. One row a statement: before one of several rows FTS5
// writes out what it has gathered.
func (f FullText) Put(ctx context.Context, tx *Tx, rows []any) error {
	insert := "INSERT INTO " + string(f) + " (rowid, terms) VALUES ($1, $2)"
	for ; len(rows) > 0; rows = rows[2:] {
		if _, err := tx.Exec(ctx, insert, rows[:2]...); err != nil {
			return fmt.Errorf("insert into %s: %w", string(f), err)
		}
	}
	return nil
}

// Delete takes rows out of the index.
func (f FullText) Delete(ctx context.Context, tx *Tx, number int64) error {
	_, err := tx.Exec(ctx, "DELETE FROM "+string(f)+" WHERE rowid = $1", number)
	return err
}

// Find gives the numbers of the newest rows that hold all terms, the last one
// as the beginning of a word: from two characters on, or one of those that
// Terms keeps in pairs.
func (f FullText) Find(ctx context.Context, q Queryer, terms []string, limit int) ([]int64, error) {
	match := matchQuery(terms)
	if match == "" {
		return nil, nil
	}
	var numbers []int64
	err := sqlx.SelectContext(ctx, q, &numbers,
		fmt.Sprintf("SELECT rowid FROM %[1]s WHERE %[1]s MATCH $1 ORDER BY rowid DESC LIMIT $2", string(f)), match, limit)
	return numbers, err
}

var quote = strings.NewReplacer(`"`, `""`, "\x00", "")

// matchQuery quotes each term: user text never reaches FTS5's own language.
func matchQuery(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(`"` + quote.Replace(t) + `"`)
		first, size := utf8.DecodeRuneInString(t)
		if i == len(terms)-1 && (size < len(t) || ideograph(first)) {
			b.WriteByte('*')
		}
	}
	return b.String()
}
