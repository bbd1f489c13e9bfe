package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

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

// BenchmarkListDeep: pages far down, by a jump of the scroll bar and by cursor
// from there, beside a walk along an index and beside reading 50 records. The
// first jump puts the list in order, as the pages have it done when one opens it;
// a change lets it do so again.
func BenchmarkListDeep(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	ctx, q, k := context.Background(), a.DB.Reader(), a.Contacts.Company
	some := firstCompany(b, a)
	touch := func() {
		err := a.DB.Write(ctx, func(tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE contacts_company SET updated_at = updated_at + 1 WHERE id = $1", int64(some.ID))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for range b.N {
		measured(b, "floor: OFFSET 150000 along the index of the name", 10, func() error {
			var ids []record.ID
			return sqlx.SelectContext(ctx, q, &ids, "SELECT id FROM contacts_company WHERE deleted_at IS NULL ORDER BY name_key, id LIMIT 50 OFFSET 150000")
		})
		measured(b, "floor: 50 rows from the start", 10, func() error {
			_, err := a.Records.List(ctx, q, k, record.Query{})
			return err
		})
		var worstFirst, worst time.Duration
		for _, c := range []struct{ where, sort string }{
			{"", "name"},
			{"", "-revenue"},
			{"", "createdAt"},
			{"", "country,-name"},
			{"", "region"},
			{`country in ("DE", "SE")`, "name"},
			{`country in ("DE", "SE") and not email is empty`, "-name"},
			{`not email is empty`, "-city"},
			{`city = "Malmö"`, "name"},
			{`city = "Malmö" and not email is empty`, "number"},
			{`name ~ "falc"`, "name"},
			{`street ~ "7"`, "name"},
			{`emails ~ "7"`, "city,name"},
			{`revenue > 1000`, "revenue"},
			{`customerSince >= 2020-01-01 or language = "fr"`, "-updatedAt"},
		} {
			where, err := record.ParseFilter(c.where)
			if err != nil {
				b.Fatal(err)
			}
			query := record.Query{Where: where, Sort: strings.Split(c.sort, ",")}
			n, err := a.Records.Count(ctx, q, k, query, 1_000_000)
			if err != nil {
				b.Fatal(err)
			}
			query.Offset = n * 3 / 4
			name := fmt.Sprintf("row %d, %s by %s", query.Offset, c.where, c.sort)
			list := func(query record.Query) (page record.Page) {
				if page, err = a.Records.List(ctx, q, k, query); err != nil {
					b.Fatal(err)
				}
				return page
			}
			first, _ := measured(b, "first: "+name, 5, func() error { touch(); list(query); return nil })
			median, _ := measured(b, name, 20, func() error { list(query); return nil })
			page := list(query)
			query.Offset, query.After = 0, page.Next
			after, _ := measured(b, "behind "+name, 20, func() error { list(query); return nil })
			query.After, query.Before = "", page.Previous
			before, _ := measured(b, "before "+name, 20, func() error { list(query); return nil })
			worstFirst, worst = max(worstFirst, first), max(worst, median, after, before)
		}
		b.ReportMetric(ms(worstFirst), "worst-first-ms")
		b.ReportMetric(ms(worst), "worst-median-ms")
	}
}

// BenchmarkListScan: what no index finds or puts in order, page and count, over
// 200,000 companies with a long text of about 190 characters, beside reading
// every row once.
func BenchmarkListScan(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	ctx, q, k := context.Background(), a.DB.Reader(), a.Contacts.Company
	owner, _, err := a.AsOwner(ctx)
	if err != nil {
		b.Fatal(err)
	}
	err = a.DB.Write(owner, func(tx *storage.Tx) error {
		for _, values := range []map[string]any{{"label": "Remark", "type": "longtext"}, {"label": "Channel", "type": "text"}, {"label": "Newsletter", "type": "yesno"}} {
			values["kind"] = "company"
			if _, err := a.Fields.Save(owner, tx, record.Draft{Values: values}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = a.DB.Write(ctx, func(tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE contacts_company SET how_met = CASE WHEN id %% 2 THEN 'Fair ' || abs(id %% 31) || ', hall ' || abs(id %% 7) ELSE '' END,
				%[1]s = 'Met ' || name || ' at the fair in ' || city || '. They asked for prices and delivery, and whether we come by; wants a call in week ' || abs(id %% 53) || ' and a sample of article ' || abs(id %% 9973) || '. Größe und Maß prüfen.',
				%[2]s = 'way ' || abs(id %% 997), %[2]s_key = 'way ' || abs(id %% 997), %[3]s = id %% 2`,
				k.Field("_remark").Column, k.Field("_channel").Column, k.Field("_newsletter").Column))
			return err
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		measured(b, "floor: SELECT count(*) of all rows as they lie", 10, func() error {
			var n int
			return sqlx.GetContext(ctx, q, &n, "SELECT count(*) FROM contacts_company WHERE +deleted_at IS NULL")
		})
		var worst time.Duration
		for _, c := range []struct{ where, sort string }{
			{`name ~ "falc"`, "name"},
			{`name ~ "99 gm"`, "-createdAt"},
			{`name ~ "zzzz"`, "city"},
			{`_remark ~ "article 17"`, "name"},
			{`_remark ~ "zzzz"`, "name"},
			{`not _remark ~ "grosse"`, "-revenue"},
			{`_channel ~ "99"`, "name"},
			{`_channel ~ "zzzz"`, "city"},
			{`howMet ~ "fair 30"`, "name"},
			{`howMet = "Fair 3, hall 1"`, "name"},
			{`street ~ "strasse 17"`, "number"},
			{`emails ~ "1234"`, "name"},
			{`emails ~ "zzzz"`, "name"},
			{`addresses.street ~ "zzzz"`, "name"},
			{`language = "fr"`, "name"},
			{`_newsletter = true`, "name"},
			{"", "howMet"},
			{"", "-howMet"},
			{"", "region,name"},
			{"", "_newsletter"},
			{"", "-language"},
			{`_remark ~ "zzzz"`, "howMet"},
			{`_remark ~ "article"`, "-howMet"},
			{`name ~ "falc" or _remark ~ "zzzz"`, "language"},
			{`country = "DE" and howMet ~ "fair 3"`, "region"},
		} {
			where, err := record.ParseFilter(c.where)
			if err != nil {
				b.Fatal(err)
			}
			query := record.Query{Where: where, Sort: strings.Split(c.sort, ","), Limit: 100}
			page, _ := measured(b, "page of "+c.where+" by "+c.sort, 5, func() error {
				_, err := a.Records.List(ctx, q, k, query)
				return err
			})
			count, _ := measured(b, "count of "+c.where, 5, func() error {
				_, err := a.Records.Count(ctx, q, k, query, 1_000_000)
				return err
			})
			worst = max(worst, page, count)
		}
		b.ReportMetric(ms(worst), "worst-median-ms")
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
