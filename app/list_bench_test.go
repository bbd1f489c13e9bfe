package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
)

// The benchmarks of reading: lists, search while somebody types, timelines.
// They print the median and the 99th percentile of wall times, and the CPU time
// of one run, which a busy machine does not blur; none judges.

// measured runs fn some times, prints what it took, and gives median and 99th
// percentile.
func measured(b *testing.B, name string, runs int, fn func() error) (time.Duration, time.Duration) {
	b.Helper()
	times := make([]time.Duration, 0, runs)
	used := cpu(b)
	for range runs {
		start := time.Now()
		if err := fn(); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	used = cpu(b) - used
	median, slow := spread(times)
	// Not b.Logf, which cuts long output off.
	fmt.Printf("%-60s median %7.2f ms   p99 %7.2f ms   cpu %7.2f ms\n", name, ms(median), ms(slow), ms(used)/float64(runs))
	return median, slow
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// listFilters are what people ask of 200,000 companies.
var listFilters = []struct{ name, where string }{
	{"no filter", ""},
	{"equality, one row", `email = "info@123456.example"`},
	{"equality, every tenth row", `city = "Malmö"`},
	{"range, every tenth row", `customerSince >= 2023-06-01`},
	{"range, one in a thousand", `revenue < 1000`},
	{"range of numbers, all of them new", `number >= "C-190000"`},
	{"prefix, every sixteenth row", `name ^ "fal"`},
	{"prefix, one in two hundred", `name ^ "lumen robotics 1"`},
	{"choice, every tenth row", `country = "GB"`},
	{"empty, none", `vat is empty`},
	{"two conditions", `city = "Leeds" and customerSince >= 2020-01-01`},
	{"list", `emails ^ "info@1234"`},
	{"prefix of a list, every row", `phone ^ "+49"`},
	{"range of times, none", `updatedAt < 2020-01-01`},
	{"range of times, every row", `createdAt >= 2020-01-01`},
}

// BenchmarkList: the first page of 50 rows of 200,000 companies for each sort
// that is shipped, with each of the filters.
func BenchmarkList(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	k := a.Contacts.Company
	sorts := []string{"createdAt", "updatedAt"}
	for i := range k.Fields {
		if k.Fields[i].Index == record.Indexed {
			sorts = append(sorts, k.Fields[i].Key)
		}
	}
	b.ResetTimer()
	for range b.N {
		var worstMedian, worst time.Duration
		for _, f := range listFilters {
			where, err := record.ParseFilter(f.where)
			if err != nil {
				b.Fatal(err)
			}
			for _, sort := range sorts {
				for _, sort := range []string{sort, "-" + sort} {
					median, slow := measured(b, f.name+" by "+sort, 20, func() error {
						_, err := a.Records.List(context.Background(), a.DB.Reader(), k, record.Query{Where: where, Sort: []string{sort}})
						return err
					})
					worstMedian, worst = max(worstMedian, median), max(worst, slow)
				}
			}
		}
		b.ReportMetric(ms(worstMedian), "worst-median-ms")
		b.ReportMetric(ms(worst), "worst-p99-ms")
	}
}

// BenchmarkListDeep: pages far down, by cursor and by a jump of the scroll bar.
func BenchmarkListDeep(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	ctx, q, k := context.Background(), a.DB.Reader(), a.Contacts.Company
	b.ResetTimer()
	for range b.N {
		for _, sort := range []string{"name", "-name", "revenue", "-revenue", "-customerSince", "updatedAt", "createdAt"} {
			query := record.Query{Sort: []string{sort}, Offset: 150_000}
			measured(b, "row 150,000 by "+sort, 20, func() error {
				_, err := a.Records.List(ctx, q, k, query)
				return err
			})
			page, err := a.Records.List(ctx, q, k, query)
			if err != nil {
				b.Fatal(err)
			}
			measured(b, "behind row 150,000 by "+sort, 20, func() error {
				_, err := a.Records.List(ctx, q, k, record.Query{Sort: query.Sort, After: page.Next})
				return err
			})
			measured(b, "before row 150,000 by "+sort, 20, func() error {
				_, err := a.Records.List(ctx, q, k, record.Query{Sort: query.Sort, Before: page.Previous})
				return err
			})
		}
		measured(b, "count", 20, func() error {
			_, err := a.Records.Count(ctx, q, k, record.Query{}, 1_000_000)
			return err
		})
	}
}

// notes saves n notes about one record.
func notes(b *testing.B, a *app.App, about record.ID, n int, text func(int) string) {
	b.Helper()
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	err = record.InChunks(ctx, a.DB, n, func(tx *storage.Tx, from, to int) error {
		drafts := make([]record.Draft, 0, to-from)
		for i := from; i < to; i++ {
			drafts = append(drafts, record.Draft{Values: map[string]any{"text": text(i), "about": about}})
		}
		_, err := a.Records.Save(ctx, tx, a.Activities.Note, drafts...)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// firstCompany is the oldest one.
func firstCompany(b *testing.B, a *app.App) *record.Record {
	b.Helper()
	page, err := a.Records.List(context.Background(), a.DB.Reader(), a.Contacts.Company, record.Query{Sort: []string{"createdAt"}, Limit: 1})
	if err != nil || len(page.Records) == 0 {
		b.Fatal("no company", err)
	}
	return page.Records[0]
}

// BenchmarkSearch: 200,000 companies and 100,000 notes with one common word,
// while somebody types.
func BenchmarkSearch(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	notes(b, a, firstCompany(b, a).ID, 100_000, func(i int) string {
		return fmt.Sprintf("Quarterly meeting with %s about the order, delivery %d agreed on the phone.", firsts[i%len(firsts)], i)
	})
	b.ResetTimer()
	for range b.N {
		var times []time.Duration
		for _, typed := range []string{"meeting", "falcon ceramics", "quarterly meeting falcon", "lumen robotics 199997", "+49 40 0123456", "info@123456.example", "malmö", "C-123456", "the order", "zzzz"} {
			for n := range []rune(typed) {
				part := string([]rune(typed)[:n+1])
				if strings.HasSuffix(part, " ") {
					continue
				}
				for _, kind := range []string{"", "note", "company", "person"} {
					median, _ := measured(b, fmt.Sprintf("%q in %q", part, kind), 5, func() error {
						_, err := a.Search.Find(context.Background(), a.DB.Reader(), part, kind, 30)
						return err
					})
					times = append(times, median)
				}
			}
		}
		median, slow := spread(times)
		b.ReportMetric(ms(median), "median-ms")
		b.ReportMetric(ms(slow), "p99-ms")
	}
}

// BenchmarkTimeline: the first and a later page of a company with 5,000 entries.
func BenchmarkTimeline(b *testing.B) {
	a := create(b)
	fill(b, a, 1000)
	company := firstCompany(b, a).ID
	notes(b, a, company, 5000, func(i int) string { return fmt.Sprint("Note ", i) })
	b.ResetTimer()
	for range b.N {
		for _, pages := range []int{1, 50} {
			var before string
			for range pages - 1 {
				_, next, err := a.Timeline.Read(context.Background(), a.DB.Reader(), company, nil, before, 50)
				if err != nil {
					b.Fatal(err)
				}
				before = next
			}
			median, slow := measured(b, fmt.Sprintf("page %d of 5,000 entries", pages), 100, func() error {
				_, _, err := a.Timeline.Read(context.Background(), a.DB.Reader(), company, nil, before, 50)
				return err
			})
			b.ReportMetric(ms(median), fmt.Sprintf("median-ms-page-%d", pages))
			b.ReportMetric(ms(slow), fmt.Sprintf("p99-ms-page-%d", pages))
		}
	}
}
