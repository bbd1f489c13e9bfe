package files

import (
	"context"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// naming are the read-only fields in which kinds name a blob by its hash.
var naming = []string{"hash", "snapshot"}

// purge takes the bytes of purged files away, unless something else needs the
// same ones.
func (f *Files) purge(ctx context.Context, tx *storage.Tx, g record.Gone) error {
	if g.Kind != f.Kind {
		return nil
	}
	for _, rec := range g.Records {
		hash := rec.Values.String("hash")
		needed, err := f.needed(ctx, tx, hash)
		if err != nil {
			return err
		}
		if hash == "" || needed {
			continue
		}
		if err := tx.DropBlob(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}

// needed reports whether a record names a blob, also in the bin.
func (f *Files) needed(ctx context.Context, q storage.Queryer, hash string) (bool, error) {
	for _, k := range f.r.All() {
		for _, field := range k.All() {
			if field.Type != record.Text || !field.ReadOnly || !slices.Contains(naming, field.Key) {
				continue
			}
			var some []record.ID
			if err := sqlx.SelectContext(ctx, q, &some, "SELECT id FROM "+k.Table+" WHERE "+field.Column+" = $1 LIMIT 1", hash); err != nil || len(some) > 0 {
				return true, err
			}
		}
	}
	return false, nil
}
