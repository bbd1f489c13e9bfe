package search

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"kontor/app/record"
	"kontor/storage"
)

// revise brings what is kept of edited records up to date. Most edits touch none
// of it.
func (s *Search) revise(ctx context.Context, tx *storage.Tx, env record.Env, edited []record.Change) error {
	var ids []record.ID
	var reworded []*record.Record
	others := map[record.ID]reword{}
	subtitles := map[record.ID]string{}
	for i := range edited {
		c := &edited[i]
		now, words := subtitle(c.Record), rewords(c)
		switch {
		case words != reword{}:
			reworded, others[c.Record.ID] = append(reworded, c.Record), words
		case now != subtitle(c.Old):
		default:
			continue
		}
		ids, subtitles[c.Record.ID] = append(ids, c.Record.ID), now
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := entries(ctx, tx, ids)
	if err != nil {
		return err
	}
	docs, err := docsOf(ctx, tx, env, reworded)
	if err != nil {
		return err
	}
	byID := make(map[record.ID]*doc, len(docs))
	for i := range docs {
		byID[docs[i].rec.ID] = &docs[i]
	}
	called := map[string][]int64{} // numbers by their new subtitle
	for _, e := range found {
		d := byID[e.record]
		if d != nil {
			delete(byID, e.record)
			if err := replace(ctx, tx, e, d, others[e.record]); err != nil {
				return err
			}
		}
		if now := subtitles[e.record]; now != e.subtitle {
			called[now] = append(called[now], e.number)
		}
	}
	for text, numbers := range called {
		for part := range slices.Chunk(numbers, storage.MaxIn) {
			in, args := storage.In([]any{text}, part)
			if _, err := tx.Exec(ctx, "UPDATE search_doc SET subtitle = ? WHERE number"+in, args...); err != nil {
				return err
			}
		}
	}
	// Those that the index should have had.
	return learn(ctx, tx, slices.DeleteFunc(docs, func(d doc) bool { return byID[d.rec.ID] == nil }))
}

// replace gives a record other words under its old number.
func replace(ctx context.Context, tx *storage.Tx, e entry, d *doc, other reword) error {
	if other.names {
		put(tx, names, e.number, d.names, true)
	}
	if other.texts {
		put(tx, texts, e.number, d.texts, e.hasText)
	}
	if d.title == e.title && (d.texts != "") == e.hasText && (d.names != "") == e.hasNames {
		return nil
	}
	_, err := tx.Exec(ctx, "UPDATE search_doc SET title = $1, title_key = $2, has_text = $3 WHERE number = $4", d.title, d.titleKey(), d.hasText(), e.number)
	return err
}

// put makes these the terms of a row that the index may have.
func put(tx *storage.Tx, index storage.FullText, number int64, terms string, has bool) {
	switch {
	case terms != "" && has:
		index.Replace(tx, number, terms)
	case terms != "":
		index.Put(tx, number, terms)
	case has:
		index.Delete(tx, number)
	}
}

// reword says in which of the indexes a record has other words than before.
type reword struct{ names, texts bool }

func (w *reword) in(f record.Find) {
	w.names = w.names || f == record.InName
	w.texts = w.texts || f == record.InText
}

// rewords finds what an edit changes of the words that can be found. A title
// alone, which stands in neither index, counts for the names.
func rewords(c *record.Change) reword {
	words := reword{names: c.Record.Title() != c.Old.Title()}
	for key := range c.After {
		f := c.Kind.Field(key)
		if f == nil {
			continue
		}
		words.in(f.Find)
		was, is := c.Old.Values.Rows(key), c.Record.Values.Rows(key)
		for i := range f.Fields {
			part := &f.Fields[i]
			if part.Find != record.NotFound && !slices.EqualFunc(was, is, func(a, b record.Values) bool { return a[part.Key] == b[part.Key] }) {
				words.in(part.Find)
			}
		}
	}
	return words
}

// dial is a telephone number as it is written in a field.
type dial struct {
	field *record.Field
	text  string
}

// dialsOf reads how the telephone numbers of records are dialled: to find that
// out from what people write costs more than all else about a record.
func dialsOf(ctx context.Context, tx *storage.Tx, records []*record.Record) (map[dial]string, error) {
	dials := map[dial]string{}
	byKind := map[*record.Kind][]record.ID{}
	for _, r := range records {
		byKind[r.Kind] = append(byKind[r.Kind], r.ID)
	}
	for k, ids := range byKind {
		for _, list := range k.All() {
			for i := range list.Fields {
				f := &list.Fields[i]
				if f.Type != record.Phone || f.Fold == nil || f.Index != record.Indexed || f.Find == record.NotFound {
					continue
				}
				in, args := storage.In(nil, ids)
				rows, err := tx.Select(ctx, fmt.Sprintf("SELECT %[1]s, %[1]s_key FROM %[2]s WHERE owner_id%[3]s", f.Column, list.Table, in), args...)
				if err != nil {
					return nil, err
				}
				for rows.Next() {
					var text, number string
					if err := rows.Scan(&text, &number); err != nil {
						return nil, errors.Join(err, rows.Close())
					}
					dials[dial{f, text}] = number
				}
				if err := errors.Join(rows.Err(), rows.Close()); err != nil {
					return nil, err
				}
			}
		}
	}
	return dials, nil
}
