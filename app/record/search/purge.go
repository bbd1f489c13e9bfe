package search

import (
	"context"

	"kontor/app/record"
	"kontor/storage"
)

// purge forgets the words of records that go for good. In the bin they have none;
// this is for what an older program may have left.
func (s *Search) purge(ctx context.Context, tx *storage.Tx, g record.Gone) error {
	ids := make([]record.ID, len(g.Records))
	for i, rec := range g.Records {
		ids[i] = rec.ID
	}
	return forget(ctx, tx, ids)
}
