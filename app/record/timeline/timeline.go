// Package timeline shows what happened around a record, newest first: notes,
// mails and whatever else a module lets stand there, and the changes of the
// record itself.
//
// timeline_entry only says what stands where and when; what is shown is read
// from the records and from the history, so nothing is told twice.
//
// Tables: timeline_entry, timeline_look, timeline_pin. It listens to the feed.
package timeline

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/record/search"
	"kontor/storage"
)

// Timeline keeps and reads timelines.
type Timeline struct {
	r       *record.Registry
	history *history.History
}

// New makes the timelines of a workspace and lets them listen.
func New(r *record.Registry, h *history.History) *Timeline {
	t := &Timeline{r, h}
	r.Feed.Listen(t.keep)
	r.Feed.OnPurge(record.Purger{Gone: t.purge})
	return t
}

func (t *Timeline) keep(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	env := t.r.Env(ctx)
	byKind := map[*record.Kind][]record.Change{}
	for _, c := range changes {
		if c.Kind.Subjects != nil {
			byKind[c.Kind] = append(byKind[c.Kind], c)
		}
	}
	for k, changes := range byKind {
		if err := place(ctx, tx, k, changes); err != nil {
			return err
		}
	}
	for _, k := range t.r.All() {
		if k.Moves == nil {
			continue
		}
		for _, c := range changes {
			for _, m := range k.Moves(env, c) {
				if err := move(ctx, tx, k, m); err != nil {
					return fmt.Errorf("move %s: %w", k.Name, err)
				}
			}
		}
	}
	return nil
}

// Entry is one thing on a timeline: a record that stands there, or a change.
type Entry struct {
	ID     record.ID       `json:"id"`
	At     string          `json:"at"`
	Kind   string          `json:"kind" doc:"the record's kind, or change"`
	Actor  history.Actor   `json:"actor"`
	Title  string          `json:"title"`
	Record *record.Record  `json:"record,omitempty"`
	Change *history.Change `json:"change,omitempty"`
	Found  string          `json:"found,omitempty" doc:"where in its text the words that were looked for stand, between U+0002 and U+0003"`
	millis int64
}

// kindChange is the kind of entries that are changes of the record itself.
const kindChange = "change"

// cursor says how far the two streams of a timeline have been read, each in its
// own order: so nothing is lost or doubled among equal times, nor where the
// clock was set back between two changes.
type cursor struct {
	Change record.ID `json:"c,omitempty"` // the last one; 0 at the start
	At     int64     `json:"a,omitempty"` // the last record's place
	Ref    record.ID `json:"r,omitempty"`
}

// Read gives one stretch of a record's timeline. Kinds picks kinds of entries,
// all when empty. The second answer is the cursor of what comes next.
func (t *Timeline) Read(ctx context.Context, q storage.Queryer, subject record.ID, kinds []string, before string, limit int) ([]Entry, string, error) {
	return t.Find(ctx, q, subject, Filter{Kinds: kinds}, before, limit)
}

// Newest gives the newest records of some kinds on a timeline.
func (t *Timeline) Newest(ctx context.Context, q storage.Queryer, subject record.ID, kinds []string, limit int) ([]*record.Record, error) {
	entries, _, err := t.Read(ctx, q, subject, kinds, "", limit)
	var records []*record.Record
	for _, e := range entries {
		if e.Record != nil {
			records = append(records, e.Record)
		}
	}
	return records, err
}

// Find is Read of the entries that a filter lets through.
func (t *Timeline) Find(ctx context.Context, q storage.Queryer, subject record.ID, f Filter, before string, limit int) ([]Entry, string, error) {
	at, err := parseCursor(before)
	if err != nil {
		return nil, "", err
	}
	var changes []Entry
	if f.wants(kindChange) {
		if changes, err = t.changes(ctx, q, subject, f, at, limit+1); err != nil {
			return nil, "", err
		}
	}
	records, err := t.records(ctx, q, subject, f, at, limit+1)
	if err != nil {
		return nil, "", err
	}
	entries := make([]Entry, 0, limit)
	for len(entries) < limit && len(changes)+len(records) > 0 {
		if len(records) == 0 || len(changes) > 0 && changes[0].millis > records[0].millis {
			at.Change = changes[0].ID
			entries, changes = append(entries, changes[0]), changes[1:]
			continue
		}
		at.At, at.Ref = records[0].millis, records[0].ID
		if records[0].Record != nil { // else its module is gone
			entries = append(entries, records[0])
		}
		records = records[1:]
	}
	if len(changes)+len(records) == 0 {
		return entries, "", nil
	}
	next, err := json.Marshal(at)
	return entries, base64.RawURLEncoding.EncodeToString(next), err
}

func parseCursor(text string) (cursor, error) {
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(text)
	if text != "" && (err != nil || json.Unmarshal(data, &c) != nil) {
		return c, fault.Invalid("before", "record.cursor", nil)
	}
	return c, nil
}

func (t *Timeline) records(ctx context.Context, q storage.Queryer, subject record.ID, f Filter, from cursor, limit int) ([]Entry, error) {
	c := condition{text: "e.subject_id = $1", args: []any{int64(subject)}}
	if from.Ref != 0 {
		c.and("e.at <= $%[1]d AND (e.at < $%[1]d OR e.ref_id < $%[2]d)", from.At, int64(from.Ref))
	}
	f.records(&c, t.r)
	rows, err := t.places(ctx, q, c, limit)
	if err != nil {
		return nil, err
	}
	entries, err := t.entries(ctx, q, rows)
	if f.Words != "" {
		for i := range entries {
			if rec := entries[i].Record; rec != nil {
				entries[i].Found = search.Place(rec, f.Words)
			}
		}
	}
	return entries, err
}

// placed is one row of a timeline.
type placed struct {
	At   int64     `db:"at"`
	Ref  record.ID `db:"ref_id"`
	Kind string    `db:"kind"`
}

func (t *Timeline) places(ctx context.Context, q storage.Queryer, c condition, limit int) ([]placed, error) {
	var rows []placed
	err := sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf("SELECT e.at, e.ref_id, e.kind FROM timeline_entry e WHERE %s ORDER BY e.at DESC, e.ref_id DESC LIMIT %d", c.text, limit), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	return rows, nil
}

// entries reads the records that stand in rows.
func (t *Timeline) entries(ctx context.Context, q storage.Queryer, rows []placed) ([]Entry, error) {
	ids := map[string][]record.ID{}
	for _, row := range rows {
		ids[row.Kind] = append(ids[row.Kind], row.Ref)
	}
	found := map[record.ID]*record.Record{}
	for kind, list := range ids {
		k, err := t.r.Kind(kind)
		if err != nil {
			continue // its module is gone
		}
		records, err := k.Load(ctx, q, list...)
		if err != nil {
			return nil, err
		}
		for _, rec := range records {
			found[rec.ID] = rec
		}
	}
	actors, err := t.makers(ctx, q, found)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		entries[i] = Entry{ID: row.Ref, At: record.InstantText(row.At), Kind: row.Kind, Actor: actors[row.Ref], Record: found[row.Ref], millis: row.At}
		if rec := found[row.Ref]; rec != nil {
			entries[i].Title = rec.Title()
		}
	}
	return entries, nil
}

// makers tells who made records.
func (t *Timeline) makers(ctx context.Context, q storage.Queryer, records map[record.ID]*record.Record) (map[record.ID]history.Actor, error) {
	makers := map[record.ID]history.Actor{}
	if len(records) == 0 {
		return makers, nil
	}
	var args []any
	for id := range records {
		args = append(args, int64(id))
	}
	var rows []struct {
		Record record.ID `db:"record_id"`
		Actor  record.ID `db:"actor"`
		Name   *string   `db:"name"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT c.record_id, c.actor, u.name FROM history_change c LEFT JOIN access_user u ON u.id = c.actor
		WHERE c.op = 'create' AND c.record_id IN (`+storage.Marks(1, len(args))+")", args...)
	if err != nil {
		return nil, fmt.Errorf("read makers: %w", err)
	}
	for _, row := range rows {
		a := history.Actor{ID: row.Actor}
		if row.Name != nil {
			a.Name = strings.TrimSpace(*row.Name)
		}
		makers[row.Record] = a
	}
	return makers, nil
}
