// Package timeline shows what happened around a record, newest first: notes,
// mails and whatever else a module lets stand there, and the changes of the
// record itself.
//
// timeline_entry only says what stands where and when; what is shown is read
// from the records and from the history, so nothing is told twice.
//
// Table: timeline_entry. It listens to the feed.
package timeline

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
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
	at, err := parseCursor(before)
	if err != nil {
		return nil, "", err
	}
	var changes []Entry
	if wants(kinds, kindChange) {
		if changes, err = t.changes(ctx, q, subject, at, limit+1); err != nil {
			return nil, "", err
		}
	}
	records, err := t.records(ctx, q, subject, kinds, at, limit+1)
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

func wants(kinds []string, kind string) bool { return len(kinds) == 0 || slices.Contains(kinds, kind) }

func parseCursor(text string) (cursor, error) {
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(text)
	if text != "" && (err != nil || json.Unmarshal(data, &c) != nil) {
		return c, fault.Invalid("before", "record.cursor", nil)
	}
	return c, nil
}

func (t *Timeline) changes(ctx context.Context, q storage.Queryer, subject record.ID, from cursor, limit int) ([]Entry, error) {
	changes, err := t.history.List(ctx, q, history.Filter{Record: subject, Before: from.Change, Limit: limit})
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(changes))
	for i := range changes {
		c := &changes[i]
		entries[i] = Entry{ID: c.ID, At: c.At, Kind: kindChange, Actor: c.Actor, Title: c.Title, Change: c, millis: c.Millis()}
	}
	return entries, nil
}

func (t *Timeline) records(ctx context.Context, q storage.Queryer, subject record.ID, kinds []string, from cursor, limit int) ([]Entry, error) {
	args := []any{int64(subject)}
	where := "subject_id = $1"
	if from.Ref != 0 {
		args = append(args, from.At, int64(from.Ref))
		where += " AND at <= $2 AND (at < $2 OR ref_id < $3)"
	}
	if len(kinds) > 0 {
		where += " AND kind IN (" + storage.Marks(len(args)+1, len(kinds)) + ")"
		for _, kind := range kinds {
			args = append(args, kind)
		}
	}
	var rows []struct {
		At   int64     `db:"at"`
		Ref  record.ID `db:"ref_id"`
		Kind string    `db:"kind"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf("SELECT at, ref_id, kind FROM timeline_entry WHERE %s ORDER BY at DESC, ref_id DESC LIMIT %d", where, limit), args...)
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
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
