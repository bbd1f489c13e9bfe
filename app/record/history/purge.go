package history

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// reasonPurged is why nothing of a purged record can be undone.
const reasonPurged = "rule.purged"

// worked keeps whoever has changed something: the history names them.
func (h *History) worked(ctx context.Context, q storage.Queryer, r *record.Record) error {
	var some []record.ID
	if err := sqlx.SelectContext(ctx, q, &some, "SELECT id FROM history_change WHERE actor = $1 LIMIT 1", int64(r.ID)); err != nil {
		return fmt.Errorf("find changes: %w", err)
	}
	if len(some) > 0 {
		return fault.Conflict("", "rule.purgeActor", fault.Params{"name": r.Title()})
	}
	return nil
}

// purge forgets what the changes of purged records say and keeps that they were:
// who did what when. The purge itself is the last of them.
func (h *History) purge(ctx context.Context, tx *storage.Tx, g record.Gone) error {
	if _, err := tx.Exec(ctx, "INSERT INTO history_batch (id, at, actor, label, undoes) VALUES ($1, $2, $3, $4, NULL) ON CONFLICT (id) DO NOTHING",
		int64(g.Act.Batch), g.At, g.Act.Actor, g.Act.Label); err != nil {
		return fmt.Errorf("keep batch: %w", err)
	}
	now := h.r.Clock()
	var rows []any
	for _, rec := range g.Records {
		if _, err := tx.Exec(ctx, "UPDATE history_change SET title = '', before = NULL, after = NULL, because = $1 WHERE record_id = $2", reasonPurged, int64(rec.ID)); err != nil {
			return fmt.Errorf("forget changes: %w", err)
		}
		rows = append(rows, int64(record.NewID(now)), int64(g.Act.Batch), g.At, g.Act.Actor, g.Kind.Name, int64(rec.ID), string(record.Purge), rec.Version, "", reasonPurged)
	}
	return tx.Insert(ctx, "history_change", []string{"id", "batch_id", "at", "actor", "kind", "record_id", "op", "version", "title", "because"}, rows)
}
