package search

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"kontor/app/record"
	"kontor/storage"
)

// Within is a condition of SQL for lists of another concern: the record whose id
// the expression gives holds all words, each in a name or in a body, the last one
// as a beginning. The arguments are counted from first on. Text without a word
// in it is no condition.
func Within(id, text string, first int) (condition string, args []any) {
	terms := storage.Terms(text)
	if len(terms) == 0 {
		return "", nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "EXISTS (SELECT 1 FROM search_doc d WHERE d.record_id = %s", id)
	for i, term := range terms {
		match := `"` + term + `"` // terms are letters and digits only
		if i == len(terms)-1 && (utf8.RuneCountInString(term) > 1 || unspaced(term)) {
			match += "*"
		}
		args = append(args, match)
		// The record is looked up by its id, and its number in what the index found:
		// the other way round, a common word costs its whole list for every row.
		fmt.Fprintf(&b, " AND %[4]s IN (SELECT rowid FROM %[1]s WHERE %[1]s MATCH $%[3]d UNION ALL SELECT rowid FROM %[2]s WHERE %[2]s MATCH $%[3]d)",
			names, texts, first+i, storage.NoIndex("d.number"))
	}
	b.WriteByte(')')
	return b.String(), args
}

// Place cuts the place out of a record where words were found, as a hit shows
// it; empty where its title alone has them.
func Place(r *record.Record, text string) string { return snippet(r, storage.Terms(text)) }
