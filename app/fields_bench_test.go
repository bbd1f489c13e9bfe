package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/app/record"
	"kontor/storage"
)

// BenchmarkOwnFields: fields of the user's own over 200,000 companies: how long
// adding one holds the writer up, and the first page of lists that are filtered
// and sorted by two of them.
func BenchmarkOwnFields(b *testing.B) {
	a := create(b)
	const count = 200_000
	fill(b, a, count)
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defined := []map[string]any{
		{"label": "Channel", "type": "text"},
		{"label": "Size", "type": "choice", "options": []any{"small", "large", "huge"}},
		{"label": "Machines", "type": "number"},
		{"label": "Budget", "type": "money"},
		{"label": "Until", "type": "date"},
		{"label": "Newsletter", "type": "yesno"},
		{"label": "Lines", "type": "choices", "options": []any{"wood", "steel", "paint"}},
	}
	var longest, used time.Duration
	for _, values := range defined {
		values["kind"] = "company"
		began, was := time.Now(), cpu(b)
		err := a.DB.Write(ctx, func(tx *storage.Tx) error {
			_, err := a.Fields.Save(ctx, tx, record.Draft{Values: values})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		longest, used = max(longest, time.Since(began)), max(used, cpu(b)-was)
		b.Logf("add %s: %v, CPU %v", values["label"], time.Since(began), cpu(b)-was)
	}
	k := a.Contacts.Company
	column := func(key string) string { return k.Field(key).Column }
	err = a.DB.Write(ctx, func(tx *storage.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE contacts_company SET %[1]s = 'way ' || abs(id %% 997), %[1]s_key = 'way ' || abs(id %% 997),
			%[2]s = CASE abs(id %% 5) WHEN 0 THEN 'small' WHEN 1 THEN 'large' WHEN 2 THEN 'huge' ELSE '' END, %[3]s = CASE WHEN id %% 7 THEN abs(id %% 1009) END,
			%[4]s = CASE WHEN id %% 3 THEN abs(id %% 100003) * 100 END, %[4]s_currency = CASE WHEN id %% 3 THEN 'EUR' ELSE '' END,
			%[5]s = date('2026-01-01', '+' || abs(id %% 1500) || ' days'), %[6]s = id %% 2`,
			column("_channel"), column("_size"), column("_machines"), column("_budget"), column("_until"), column("_newsletter")))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	keys := []string{"_channel", "_size", "_machines", "_budget", "_until"}
	filters := []string{`_channel = "way 17"`, `_channel ^ "way 1"`, `_channel ~ "99"`, `_size = "huge"`, `_size is empty`, `_machines > 1000`, `_machines < 500`, `_budget >= 99000`, `_until < 2026-02-01`, `_until >= 2027-01-01`, `_newsletter = true`, `_machines is empty`}
	type pair struct {
		name   string
		median time.Duration
	}
	var pairs []pair
	for b.Loop() {
		pairs = nil
		for _, filter := range filters {
			where, err := record.ParseFilter(filter)
			if err != nil {
				b.Fatal(err)
			}
			for _, key := range keys {
				for _, sort := range []string{key, "-" + key} {
					var times []time.Duration
					for range 9 {
						began := time.Now()
						if _, err := a.Records.List(ctx, a.DB.Reader(), k, record.Query{Where: where, Sort: []string{sort}}); err != nil {
							b.Fatal(err)
						}
						times = append(times, time.Since(began))
					}
					slices.Sort(times)
					pairs = append(pairs, pair{filter + " by " + sort, times[len(times)/2]})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return int(y.median - x.median) })
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ms(longest), "add-ms")
	b.ReportMetric(ms(used), "add-cpu-ms")
	b.ReportMetric(ms(pairs[0].median), "worst-ms")
	b.ReportMetric(ms(pairs[len(pairs)/2].median), "median-ms")
	for _, p := range pairs[:8] {
		b.Logf("%.1f ms %s", ms(p.median), p.name)
	}
}
