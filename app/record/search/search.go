// Package search finds records of every kind by the words in them, while the
// user types.
//
// There are two full-text indexes. The first holds names, numbers, e-mails and
// telephones and is asked first, so that an old customer is found among a
// hundred thousand mails that mention it. The second holds bodies. Words are
// folded (storage.Terms), so Łoś is found as los; the last word is a beginning.
//
// Tables: search_doc and the indexes search_name, search_text. It listens to
// the feed.
package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

const (
	names storage.FullText = "search_name"
	texts storage.FullText = "search_text"
)

// Search keeps the index.
type Search struct{ r *record.Registry }

// New makes the search of a workspace and lets it listen.
func New(r *record.Registry) *Search {
	s := &Search{r}
	r.Feed.Listen(s.keep)
	return s
}

// doc is what is kept of one record.
type doc struct {
	number          int64
	rec             *record.Record
	title, subtitle string
	names, texts    string
}

func (s *Search) keep(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	env := s.r.Env(ctx)
	var told []record.Change
	var stale []record.ID
	for _, c := range changes {
		if c.Kind.Hidden || c.Op == record.Update && !touches(c) {
			continue
		}
		told = append(told, c)
		if c.Op != record.Create {
			stale = append(stale, c.Record.ID)
		}
	}
	numbers, err := forget(ctx, tx, stale)
	if err != nil {
		return fmt.Errorf("forget words: %w", err)
	}
	var fresh []doc
	for _, c := range told {
		if c.Op != record.Delete {
			d := words(env, c.Record)
			d.number = numbers[c.Record.ID]
			fresh = append(fresh, d)
		}
	}
	return learn(ctx, tx, fresh)
}

// touches reports whether a change is of a field that search knows.
func touches(c record.Change) bool {
	for key := range c.After {
		f := c.Kind.Field(key)
		if key == c.Kind.TitleKey || key == c.Kind.Subtitle || f.Find != record.NotFound || f.Type == record.List {
			return true
		}
	}
	return false
}

// forgetRows is how many records are looked up by one statement.
const forgetRows = 200

// forget takes records out and gives back their numbers.
func forget(ctx context.Context, tx *storage.Tx, ids []record.ID) (map[record.ID]int64, error) {
	numbers := make(map[record.ID]int64, len(ids))
	for part := range slices.Chunk(ids, forgetRows) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = int64(id)
		}
		var rows []struct {
			Number  int64     `db:"number"`
			Record  record.ID `db:"record_id"`
			HasText bool      `db:"has_text"`
		}
		if err := sqlx.SelectContext(ctx, tx, &rows, "SELECT number, record_id, has_text FROM search_doc WHERE record_id IN (?"+strings.Repeat(", ?", len(part)-1)+") ORDER BY number", args...); err != nil {
			return nil, err
		}
		for _, row := range rows { // in the order of their numbers, see learn
			numbers[row.Record] = row.Number
			if _, err := tx.Exec(ctx, "DELETE FROM search_doc WHERE number = $1", row.Number); err != nil {
				return nil, err
			}
			if err := names.Delete(ctx, tx, row.Number); err != nil {
				return nil, err
			}
			if !row.HasText {
				continue
			}
			if err := texts.Delete(ctx, tx, row.Number); err != nil {
				return nil, err
			}
		}
	}
	return numbers, nil
}

// learn writes records that the index does not have, those without a number
// under the next free ones.
func learn(ctx context.Context, tx *storage.Tx, docs []doc) error {
	if len(docs) == 0 {
		return nil
	}
	var last int64
	if err := sqlx.GetContext(ctx, tx, &last, "SELECT coalesce(max(number), 0) FROM search_doc"); err != nil {
		return fmt.Errorf("learn words: %w", err)
	}
	for _, d := range docs {
		last = max(last, d.number)
	}
	// FTS5 writes out what it has gathered whenever a number is lower than the one
	// before: they rise, and new ones come last.
	slices.SortStableFunc(docs, func(a, b doc) int { return cmp.Compare(uint64(a.number)-1, uint64(b.number)-1) })
	var rows, nameRows, textRows []any
	for _, d := range docs {
		if d.number == 0 {
			last++
			d.number = last
		}
		hasText := int64(0)
		if d.texts != "" {
			hasText = 1
			textRows = append(textRows, d.number, d.texts)
		}
		titleKey := ""
		if d.names != "" {
			titleKey = storage.Fold(d.title)
			nameRows = append(nameRows, d.number, d.names)
		}
		rows = append(rows, d.number, int64(d.rec.ID), d.rec.Kind.Name, d.title, titleKey, d.subtitle, hasText)
	}
	if err := tx.Insert(ctx, "search_doc", []string{"number", "record_id", "kind", "title", "title_key", "subtitle", "has_text"}, rows); err != nil {
		return err
	}
	if err := names.Put(ctx, tx, nameRows); err != nil {
		return err
	}
	return texts.Put(ctx, tx, textRows)
}

// words collects the words of a record from the fields that its kind names.
func words(env record.Env, r *record.Record) doc {
	d := doc{rec: r, title: r.Title(), subtitle: record.Shorten(r.Values.String(r.Kind.Subtitle), 80)}
	var name, text strings.Builder
	add := func(f *record.Field, v record.Values) {
		value, ok := v[f.Key].(string)
		if !ok || f.Find == record.NotFound || f.Mirror != "" {
			return
		}
		into := &name
		if f.Find == record.InText {
			into = &text
		}
		for _, term := range storage.Terms(value) {
			into.WriteString(term)
			into.WriteByte(' ')
		}
		if f.Type == record.Phone {
			numbers := dialled(value)
			if f.Fold != nil { // 040 1234 is found as +49 40 1234, too
				numbers = append(numbers, f.Fold(env, value))
			}
			for _, number := range numbers {
				into.WriteString(number)
				into.WriteByte(' ')
			}
		}
	}
	for i := range r.Kind.Fields {
		f := &r.Kind.Fields[i]
		add(f, r.Values)
		for _, row := range r.Values.Rows(f.Key) {
			for j := range f.Fields {
				add(&f.Fields[j], row)
			}
		}
	}
	d.names, d.texts = name.String(), text.String()
	return d
}

// minDigits is from when on digits may be a telephone number.
const minDigits = 5

// dialled gives the ways in which a telephone number is typed in one run:
// whole, and without country and trunk prefix. The (0) that is not dialled from
// abroad is left out.
func dialled(text string) []string {
	text = strings.TrimSpace(text)
	abroad := strings.HasPrefix(text, "+") || strings.HasPrefix(text, "00")
	if abroad {
		text = strings.Replace(text, "(0)", "", 1)
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if len(digits) < minDigits {
		return nil
	}
	whole := strings.TrimLeft(digits, "0")
	numbers := []string{whole}
	if abroad {
		for n := 1; n <= 3 && n+minDigits <= len(whole); n++ { // country codes have one to three digits
			numbers = append(numbers, strings.TrimLeft(whole[n:], "0"))
		}
	}
	return numbers
}
