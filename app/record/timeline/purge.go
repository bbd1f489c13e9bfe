package timeline

import (
	"context"

	"kontor/app/record"
	"kontor/storage"
)

// purge takes records that go for good off all timelines, and their own away.
func (t *Timeline) purge(ctx context.Context, tx *storage.Tx, g record.Gone) error {
	for _, rec := range g.Records {
		for _, query := range []string{
			"DELETE FROM timeline_entry WHERE ref_id = $1",
			"DELETE FROM timeline_entry WHERE subject_id = $1",
			"DELETE FROM timeline_pin WHERE ref_id = $1",
			"DELETE FROM timeline_pin WHERE subject_id = $1",
		} {
			if _, err := tx.Exec(ctx, query, int64(rec.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}
