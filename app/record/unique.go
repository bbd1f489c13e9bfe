package record

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// Unique is the rule that the value of an indexed text field belongs to one
// record. The bin does not count: coming out of it is checked again. Taken makes
// the fault, given the title of the record that has the value.
func Unique(k *Kind, key string, taken func(p *Pending, by string) error) func(context.Context, storage.Queryer, []*Pending) error {
	return func(ctx context.Context, q storage.Queryer, pending []*Pending) error {
		byKey := map[string]*Pending{}
		var keys []any
		for _, p := range pending {
			folded := storage.Fold(p.Values.String(key))
			if p.Err != nil || folded == "" || !p.New() && p.Old.Deleted == 0 && storage.Fold(p.Old.Values.String(key)) == folded {
				continue
			}
			if other := byKey[folded]; other != nil {
				p.Refuse(taken(p, k.Title(other.Values)))
				continue
			}
			byKey[folded] = p
			keys = append(keys, folded)
		}
		column := k.Field(key).Column + "_key"
		for start := 0; start < len(keys); start += loadChunk {
			part := keys[start:min(start+loadChunk, len(keys))]
			var holders []struct {
				ID    ID     `db:"id"`
				Key   string `db:"folded"`
				Title string `db:"title"`
			}
			err := sqlx.SelectContext(ctx, q, &holders, fmt.Sprintf("SELECT id, %[1]s AS folded, %[2]s AS title FROM %[3]s WHERE deleted_at IS NULL AND %[1]s IN (%[4]s)",
				column, k.Field(k.TitleKey).Column, k.Table, storage.Marks(1, len(part))), part...)
			if err != nil {
				return fmt.Errorf("unique %s: %w", key, err)
			}
			for _, h := range holders {
				if p := byKey[h.Key]; p != nil && p.ID != h.ID {
					p.Refuse(taken(p, Shorten(h.Title, titleLength)))
				}
			}
		}
		return nil
	}
}
