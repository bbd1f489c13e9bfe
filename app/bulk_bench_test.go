package app_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
)

// BenchmarkBulkEdit: one change of 50,000 companies with rules, history, timeline
// and search, and its undo, beside bare prepared updates of the same columns and
// indexes, row by row, and of the row of the list that a column mirrors. The
// language is known to no list and no search; the city stands in a list and in
// both; the name is another one for each.
func BenchmarkBulkEdit(b *testing.B) {
	const n = 50_000
	for range b.N {
		a := create(b)
		fill(b, a, n)
		ctx, _, err := a.AsOwner(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		ids, err := a.Records.EachID(ctx, a.DB.Reader(), a.Contacts.Company, record.Query{}, n)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			field, floor string
			edit         record.Edit
			bare         []string
		}{
			{"language", "nl", record.Edit{Set: map[string]any{"language": "fr"}}, []string{
				"UPDATE contacts_company SET version = version + 1, updated_at = $1, language = $2 WHERE id = $3",
			}},
			{"city", "Delft", record.Edit{Set: map[string]any{"city": "Rotterdam"}}, []string{
				"UPDATE contacts_company SET version = version + 1, updated_at = $1, city = $2, city_key = lower($2) WHERE id = $3",
				"UPDATE contacts_address SET city = $2 WHERE pos = 0 AND $1 > 0 AND owner_id = $3",
			}},
			{"name", " Ltd", record.Edit{Change: func(old *record.Record) map[string]any {
				return map[string]any{"name": old.Values.String("name") + " Group"}
			}}, []string{
				"UPDATE contacts_company SET version = version + 1, updated_at = $1, name = name || $2, name_key = lower(name || $2) WHERE id = $3",
			}},
		} {
			floor := bareUpdate(b, a, ids, c.floor, c.bare)
			start, wall := cpu(b), time.Now()
			done, err := a.Records.EditMany(ctx, a.DB, a.Contacts.Company, ids, c.edit, func(int) {})
			if err != nil || done.Changed != n {
				b.Fatal(done, err)
			}
			edit := cpu(b) - start
			fmt.Printf("%-10s bare %6.2f s   edit %6.2f s (wall %6.2f s)", c.field, floor.Seconds(), edit.Seconds(), time.Since(wall).Seconds())
			start = cpu(b)
			undone, err := a.History.Undo(ctx, done.Batch, false)
			if err != nil || undone.Undone != n {
				b.Fatal(undone.Undone, err)
			}
			undo := cpu(b) - start
			fmt.Printf("   undo %6.2f s   edit/bare %.2f   undo/edit %.2f\n", undo.Seconds(), edit.Seconds()/floor.Seconds(), undo.Seconds()/edit.Seconds())
			b.ReportMetric(edit.Seconds()/floor.Seconds(), c.field+"-ratio")
			b.ReportMetric(undo.Seconds()/edit.Seconds(), c.field+"-undo-ratio")
		}
	}
}

// bareUpdate runs the statements for each id.
func bareUpdate(b *testing.B, a *app.App, ids []record.ID, value string, statements []string) time.Duration {
	start := cpu(b)
	const chunk = 1000
	for from := 0; from < len(ids); from += chunk {
		err := a.DB.Write(context.Background(), func(tx *storage.Tx) error {
			for _, id := range ids[from:min(from+chunk, len(ids))] {
				for _, s := range statements {
					if _, err := tx.Exec(context.Background(), s, tx.Now, value, int64(id)); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return cpu(b) - start
}
