package timeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/storage"
)

// Look is what others and the world did around a record since somebody last
// looked at it.
type Look struct {
	Since  string         `json:"since" doc:"the last look of the visit before this one; empty if there was none"`
	Counts map[string]int `json:"counts" doc:"how many records of which kind came"`
	Fields []string       `json:"fields" doc:"fields of the record that others changed"`
	More   bool           `json:"more" doc:"there is more than is counted"`
}

// visit is how long after a look another one belongs to the same visit: leafing
// through customers must not make what is new disappear.
const visit = 30 * time.Minute

// looked bounds how much of a timeline is counted.
const looked = 200

// Look notes that somebody looks at a record now and tells what is new to them.
// What they did themselves is not.
func (t *Timeline) Look(ctx context.Context, tx *storage.Tx, subject, user record.ID) (Look, error) {
	l := Look{Counts: map[string]int{}, Fields: []string{}}
	var since int64
	err := sqlx.GetContext(ctx, tx, &since, `INSERT INTO timeline_look (user_id, record_id, at, since) VALUES ($1, $2, $3, 0)
		ON CONFLICT (user_id, record_id) DO UPDATE SET since = CASE WHEN excluded.at - timeline_look.at > $4 THEN timeline_look.at ELSE timeline_look.since END, at = excluded.at
		RETURNING since`, int64(user), int64(subject), tx.Now, visit.Milliseconds())
	if err != nil {
		return l, fmt.Errorf("note a look: %w", err)
	}
	if since == 0 {
		return l, nil
	}
	l.Since = record.InstantText(since)
	// Ids tell when something came to us; a mail's own date may be older.
	first := record.FirstID(time.UnixMilli(since))
	if err := t.arrived(ctx, tx, &l, subject, user, first); err != nil {
		return l, err
	}
	changes, err := t.history.List(ctx, tx, history.Filter{Record: subject, Limit: looked})
	for _, c := range changes {
		if c.ID < first || c.Actor.ID == user || c.Op != record.Update {
			continue
		}
		for _, f := range c.Fields {
			if !slices.Contains(l.Fields, f.Key) {
				l.Fields = append(l.Fields, f.Key)
			}
		}
	}
	return l, err
}

func (t *Timeline) arrived(ctx context.Context, q storage.Queryer, l *Look, subject, user, first record.ID) error {
	var rows []struct {
		Ref   record.ID `db:"ref_id"`
		Kind  string    `db:"kind"`
		Actor record.ID `db:"actor"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf(`SELECT e.ref_id, e.kind, coalesce(c.actor, 0) AS actor FROM timeline_entry e
		LEFT JOIN history_change c ON c.record_id = e.ref_id AND c.op = 'create' WHERE e.subject_id = $1 AND e.ref_id >= $2 ORDER BY e.at DESC LIMIT %d`, looked+1), int64(subject), int64(first))
	if err != nil {
		return fmt.Errorf("read what came: %w", err)
	}
	if l.More = len(rows) > looked; l.More {
		rows = rows[:looked]
	}
	for _, row := range rows {
		k, err := t.r.Kind(row.Kind)
		if err != nil || row.Actor == user && !k.Outside {
			continue // its module is gone, or they wrote it
		}
		l.Counts[row.Kind]++
	}
	return nil
}
