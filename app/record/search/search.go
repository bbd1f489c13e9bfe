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
	"errors"
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
	r.Feed.OnPurge(record.Purger{Gone: s.purge})
	return s
}

// doc is what is kept of one record.
type doc struct {
	rec             *record.Record
	title, subtitle string
	names, texts    string
}

func (s *Search) keep(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	env := s.r.Env(ctx)
	var fresh []*record.Record
	var gone []record.ID
	var edited []record.Change
	for _, c := range changes {
		switch {
		case c.Kind.Hidden:
		case c.Op == record.Update:
			edited = append(edited, c)
		case c.Op == record.Delete:
			gone = append(gone, c.Record.ID)
		case c.Op == record.Create:
			fresh = append(fresh, c.Record)
		default: // out of the bin: what an older program left is replaced
			gone, fresh = append(gone, c.Record.ID), append(fresh, c.Record)
		}
	}
	if err := forget(ctx, tx, gone); err != nil {
		return fmt.Errorf("forget words: %w", err)
	}
	if err := s.revise(ctx, tx, env, edited); err != nil {
		return fmt.Errorf("change words: %w", err)
	}
	docs, err := docsOf(ctx, tx, env, fresh)
	if err != nil {
		return fmt.Errorf("learn words: %w", err)
	}
	return learn(ctx, tx, docs)
}

// entry is the row of search_doc that a record has.
type entry struct {
	number          int64
	record          record.ID
	title, subtitle string
	hasNames        bool
	hasText         bool
}

// entries reads the rows of records, in the order of their numbers: FTS5 writes
// out what it has gathered whenever a number is lower than the one before.
func entries(ctx context.Context, tx *storage.Tx, ids []record.ID) ([]entry, error) {
	found := make([]entry, 0, len(ids))
	for part := range slices.Chunk(ids, storage.MaxIn) {
		in, args := storage.In(nil, part)
		rows, err := tx.Select(ctx, "SELECT number, record_id, title, subtitle, title_key > '', has_text FROM search_doc WHERE record_id"+in, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var e entry
			if err := rows.Scan(&e.number, &e.record, &e.title, &e.subtitle, &e.hasNames, &e.hasText); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			found = append(found, e)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b entry) int { return cmp.Compare(a.number, b.number) })
	return found, nil
}

// forget takes records out.
func forget(ctx context.Context, tx *storage.Tx, ids []record.ID) error {
	found, err := entries(ctx, tx, ids)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(found, storage.MaxIn) {
		numbers := make([]int64, len(part))
		for i, e := range part {
			numbers[i] = e.number
		}
		in, args := storage.In(nil, numbers)
		if _, err := tx.Exec(ctx, "DELETE FROM search_doc WHERE number"+in, args...); err != nil {
			return err
		}
	}
	for _, e := range found {
		names.Delete(tx, e.number)
		if e.hasText {
			texts.Delete(tx, e.number)
		}
	}
	return nil
}

// learn writes records that the index does not have under the next free numbers.
func learn(ctx context.Context, tx *storage.Tx, docs []doc) error {
	if len(docs) == 0 {
		return nil
	}
	var last int64
	if err := sqlx.GetContext(ctx, tx, &last, "SELECT coalesce(max(number), 0) FROM search_doc"); err != nil {
		return fmt.Errorf("learn words: %w", err)
	}
	var rows []any
	for _, d := range docs {
		last++
		put(tx, names, last, d.names, false)
		put(tx, texts, last, d.texts, false)
		rows = append(rows, last, int64(d.rec.ID), d.rec.Kind.Name, d.title, d.titleKey(), d.subtitle, d.hasText())
	}
	return tx.Insert(ctx, "search_doc", []string{"number", "record_id", "kind", "title", "title_key", "subtitle", "has_text"}, rows)
}

// titleKey is the title as it is compared, of records that have names.
func (d *doc) titleKey() string {
	if d.names == "" {
		return ""
	}
	return storage.Fold(d.title)
}

func (d *doc) hasText() int64 {
	if d.texts != "" {
		return 1
	}
	return 0
}

// docsOf makes what is kept of records.
func docsOf(ctx context.Context, tx *storage.Tx, env record.Env, records []*record.Record) ([]doc, error) {
	if err := record.Complete(ctx, tx, records); err != nil {
		return nil, err
	}
	docs := make([]doc, 0, len(records))
	for part := range slices.Chunk(records, storage.MaxIn) {
		dials, err := dialsOf(ctx, tx, part)
		if err != nil {
			return nil, err
		}
		for _, r := range part {
			docs = append(docs, words(env, r, dials))
		}
	}
	return docs, nil
}

// subtitle is what stands beside a title.
func subtitle(r *record.Record) string {
	return record.Shorten(r.Values.String(r.Kind.Subtitle), 80)
}

// words collects the words of a record from the fields that its kind names.
func words(env record.Env, r *record.Record, dials map[dial]string) doc {
	d := doc{rec: r, title: r.Title(), subtitle: subtitle(r)}
	var name, text strings.Builder
	add := func(f *record.Field, v record.Values) {
		value, ok := v[f.Key].(string)
		if f.Own { // a word is the same whatever the type of the field is now
			value, ok = f.Text(env, v), true
		}
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
				number, known := dials[dial{f, value}]
				if !known {
					number = f.Fold(env, value)
				}
				numbers = append(numbers, number)
			}
			for _, number := range numbers {
				into.WriteString(number)
				into.WriteByte(' ')
			}
		}
	}
	for _, f := range r.Kind.All() {
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
