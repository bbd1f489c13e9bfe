package history_test

import (
	"fmt"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/storage"
)

// million fills a history with a million changes: an import of 600,000, a bulk
// edit of 100,000, and single saves, among which a few of a rare kind.
func million(b *testing.B) (h *apptest.House, rare, imported record.ID) {
	h = apptest.OpenAt(b, nil)
	clock := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	var batches, changes []any
	next := func() record.ID {
		clock = clock.Add(20 * time.Second)
		return record.FirstID(clock) + 7
	}
	put := func(batch record.ID, kind string, of record.ID, op record.Op) {
		after := fmt.Sprintf(`{"name":"Company %s","number":"C-%s","emails":[{"type":"work","value":"info@%s.example"}]}`, of, of, of)
		if op == record.Update {
			after = `{"city":"Leeds"}`
		}
		changes = append(changes, int64(next()), int64(batch), clock.UnixMilli(), int64(h.Owner), kind, int64(of), string(op), 1, "Company", nil, after, nil, nil)
	}
	flush := func() {
		err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
			if err := tx.Insert(h.Ctx, "history_batch", []string{"id", "at", "actor", "label", "undoes"}, batches); err != nil {
				return err
			}
			return tx.Insert(h.Ctx, "history_change", []string{"id", "batch_id", "at", "actor", "kind", "record_id", "op", "version", "title", "before", "after", "line", "because"}, changes)
		})
		if err != nil {
			b.Fatal(err)
		}
		batches, changes = nil, nil
	}
	batch := func() record.ID {
		id := next()
		batches = append(batches, int64(id), clock.UnixMilli(), int64(h.Owner), "", nil)
		return id
	}
	many := func(n int, kind string, op record.Op) record.ID {
		id := batch()
		for i := range n {
			put(id, kind, record.ID(1e15+int64(i)), op)
			if len(changes) > 100_000 {
				flush()
			}
		}
		return id
	}
	for i := range 300_000 {
		if i == 100_000 {
			imported = many(600_000, "company", record.Create)
		}
		if i == 200_000 {
			many(100_000, "company", record.Update)
		}
		kind, op := "person", record.Update
		if i%50_000 == 10 {
			kind, op = "relation", record.Delete
		}
		put(batch(), kind, record.ID(2e15+int64(i)), op)
		if len(changes) > 100_000 {
			flush()
		}
		if i == 150_010 {
			rare = record.ID(2e15 + int64(i))
		}
	}
	flush()
	return h, rare, imported
}

// BenchmarkHistory reads one stretch of a history of a million changes.
func BenchmarkHistory(b *testing.B) {
	h, rare, imported := million(b)
	day := time.Date(2025, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		filter history.Filter
	}{
		{"all", history.Filter{}},
		{"record", history.Filter{Record: rare}},
		{"who", history.Filter{Actor: h.Owner}},
		{"day", history.Filter{Since: day, Until: day.AddDate(0, 0, 1)}},
		{"kind", history.Filter{Kind: "company"}},
		{"rareKind", history.Filter{Kind: "relation"}},
		{"op", history.Filter{Op: record.Delete}},
		{"kindOpWho", history.Filter{Kind: "person", Op: record.Update, Actor: h.Owner}},
		{"field", history.Filter{Kind: "person", Field: "city"}},
		{"noField", history.Filter{Kind: "person", Field: "vat"}},
		{"nobody", history.Filter{Actor: 5}},
		{"nobodysKind", history.Filter{Actor: 5, Kind: "person"}},
	} {
		c.filter.Limit = 30
		b.Run("batches/"+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := h.History.Batches(h.Ctx, h.DB.Reader(), c.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
		c.filter.Limit = 50
		b.Run("changes/"+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.History.List(h.Ctx, h.DB.Reader(), c.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("changes/ofTheImport", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Batch: imported, Limit: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("batches/theImport", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := h.History.Batches(h.Ctx, h.DB.Reader(), history.Filter{Batch: imported, Limit: 1}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
