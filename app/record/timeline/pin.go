package timeline

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// maxPins bounds what is pinned to one timeline: more would hide the rest of it.
const maxPins = 50

// Pin keeps an entry on top of a record's timeline, or lets it go. Who pins what
// is pinned already changes nothing.
func (t *Timeline) Pin(ctx context.Context, tx *storage.Tx, subject, ref record.ID, pinned bool) error {
	if !pinned {
		_, err := tx.Exec(ctx, "DELETE FROM timeline_pin WHERE subject_id = $1 AND ref_id = $2", int64(subject), int64(ref))
		return err
	}
	var stands, count int
	if err := sqlx.GetContext(ctx, tx, &stands, "SELECT count(*) FROM timeline_entry WHERE subject_id = $1 AND ref_id = $2", int64(subject), int64(ref)); err != nil {
		return fmt.Errorf("pin: %w", err)
	}
	if stands == 0 {
		return fault.NotFound("record.noEntry", nil)
	}
	err := sqlx.GetContext(ctx, tx, &count, "SELECT count(*) FROM timeline_pin p WHERE p.subject_id = $1 AND p.ref_id <> $2 AND EXISTS (SELECT 1 FROM timeline_entry e WHERE e.ref_id = p.ref_id AND e.subject_id = p.subject_id)", int64(subject), int64(ref))
	if err != nil {
		return fmt.Errorf("pin: %w", err)
	}
	if count >= maxPins {
		return fault.Conflict("", "record.manyPins", fault.Params{"max": maxPins})
	}
	_, err = tx.Exec(ctx, "INSERT INTO timeline_pin (subject_id, ref_id, user_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT (subject_id, ref_id) DO NOTHING",
		int64(subject), int64(ref), int64(record.ActOf(ctx).Actor), tx.Now)
	return err
}

// Pinned gives what is pinned to a record's timeline, newest first. What lies in
// the bin, or stands there no more, is left out and comes back with its record.
func (t *Timeline) Pinned(ctx context.Context, q storage.Queryer, subject record.ID) ([]Entry, error) {
	c := condition{
		text: "e.subject_id = $1 AND (e.at, e.ref_id) IN (SELECT s.at, s.ref_id FROM timeline_pin p JOIN timeline_entry s ON s.ref_id = p.ref_id WHERE p.subject_id = $1 AND s.subject_id = $1)",
		args: []any{int64(subject)},
	}
	rows, err := t.places(ctx, q, c, maxPins)
	if err != nil || len(rows) == 0 {
		return []Entry{}, err
	}
	all, err := t.entries(ctx, q, rows)
	entries := make([]Entry, 0, len(all))
	for _, e := range all {
		if e.Record != nil { // else its module is gone
			entries = append(entries, e)
		}
	}
	return entries, err
}
