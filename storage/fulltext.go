package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
)

// FullText is a full-text index with one column of terms. Rows are dense
// numbers of the caller's own: time-sorted 64-bit ids would double its size.
type FullText string

// A posting is what a transaction does to one row of a full-text index.
type posting struct {
	index  FullText
	number int64
	query  string
	args   []any
}

// Put writes a row that the index does not have yet. Texts are given as terms.
//
// Put, Replace and Delete take effect at the commit: FTS5 writes out what it has
// gathered, and merges it with what is there, before each statement of several
// rows, to whichever table, and before each row of a lower number than the last.
// A search within the transaction does not know of them.
func (f FullText) Put(tx *Tx, number int64, terms string) {
	f.post(tx, number, "INSERT INTO "+string(f)+" (rowid, terms) VALUES ($1, $2)", terms)
}

// Replace gives a row that the index has other terms.
func (f FullText) Replace(tx *Tx, number int64, terms string) {
	f.post(tx, number, "REPLACE INTO "+string(f)+" (rowid, terms) VALUES ($1, $2)", terms)
}

// Delete takes a row out of the index, if it is there.
func (f FullText) Delete(tx *Tx, number int64) {
	f.post(tx, number, "DELETE FROM "+string(f)+" WHERE rowid = $1")
}

func (f FullText) post(tx *Tx, number int64, query string, terms ...any) {
	tx.postings = append(tx.postings, posting{f, number, query, append([]any{number}, terms...)})
}

// post writes the postings in the order of their numbers.
func (tx *Tx) post(ctx context.Context) error {
	slices.SortStableFunc(tx.postings, func(a, b posting) int { return cmp.Compare(a.number, b.number) })
	for _, p := range tx.postings {
		if _, err := tx.Exec(ctx, p.query, p.args...); err != nil {
			return fmt.Errorf("words of row %d in %s: %w", p.number, p.index, err)
		}
	}
	return nil
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
