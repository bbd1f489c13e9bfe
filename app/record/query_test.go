package record_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// scattered saves things with many equal and many empty values.
func scattered(w *things, n int, random *rand.Rand) []*record.Record {
	pick := func(values ...any) any { return values[random.IntN(len(values))] }
	var drafts []record.Draft
	for range n {
		values := v{
			"title": pick("a", "A", "b", "Ä", "ß", "z", "zz"), "mail": pick(nil, "a@x.example", "b@x.example"), "count": pick(nil, "-1", "0", "0.5", "1", "99999999"),
			"price": pick(nil, "1", "2", "-3"), "day": pick(nil, "2026-01-01", "2026-03-04", "1999-12-31"), "at": pick(nil, "2026-01-01", "1960-01-01"),
			"done": pick(nil, true, false), "size": pick(nil, "small", "large"), "land": pick(nil, "DE", "AT"), "tongue": pick(nil, "de", "en"),
			"tel": pick(nil, "+49 40 1", "040 1", "x"), "site": pick(nil, "a.example", "B.example"), "label": pick(nil, "Up", "up", "down"),
		}
		drafts = append(drafts, record.Draft{Values: values})
	}
	var records []*record.Record
	w.write(func(tx *storage.Tx) error {
		changes, err := w.r.Save(w.ctx, tx, w.kind, drafts...)
		for _, c := range changes {
			records = append(records, c.Record)
		}
		return err
	})
	return records
}

// inOrder sorts as List promises: rows whose first sort field is empty last in
// either direction, blanks of the others as the smallest, equals by age in the
// direction of the first.
func inOrder(records []*record.Record, sorts []string) []record.ID {
	key := func(r *record.Record, sort string) (value any, blank bool) {
		switch sort {
		case "id", "createdAt":
			return int64(r.ID), false
		case "updatedAt":
			return r.Updated, false
		}
		switch value := r.Values[sort].(type) {
		case nil:
			return nil, true
		case string:
			if r.Kind.Field(sort).Type == record.Choice || r.Kind.Field(sort).Type == record.Country || r.Kind.Field(sort).Type == record.Language {
				return value, false
			}
			return storage.Fold(value), false
		case bool:
			if value {
				return int64(1), false
			}
			return int64(0), false
		default:
			return value, false
		}
	}
	compare := func(a, b any) int {
		if s, ok := a.(string); ok {
			return cmp.Compare(s, b.(string))
		}
		return cmp.Compare(a.(int64), b.(int64))
	}
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, func(a, b *record.Record) int {
		for i, sort := range sorts {
			sort, down := strings.CutPrefix(sort, "-")
			va, blankA := key(a, sort)
			vb, blankB := key(b, sort)
			order := 0
			switch {
			case blankA && blankB:
			case blankA:
				order = -1
			case blankB:
				order = 1
			default:
				order = compare(va, vb)
			}
			if i == 0 && blankA != blankB {
				return -order
			}
			if down {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		if strings.HasPrefix(sorts[0], "-") {
			return cmp.Compare(b.ID, a.ID)
		}
		return cmp.Compare(a.ID, b.ID)
	})
	var ids []record.ID
	for _, r := range sorted {
		ids = append(ids, r.ID)
	}
	return ids
}

func idsOf(records []*record.Record) []record.ID {
	var ids []record.ID
	for _, r := range records {
		ids = append(ids, r.ID)
	}
	return ids
}

// ways are bounds that make a list of 150 rows take each of its ways.
var ways = func() map[string]record.Bounds {
	const all = 1 << 30
	return map[string]record.Bounds{
		"by the sort's index":           {First: all, Walk: all, Far: all},
		"by the filter's":               {Few: all},
		"by the filter's after a while": {First: 1, Walk: 1, Many: all, Set: all},
		"by a set of ids":               {First: all, Walk: 20, Far: 20, Set: all},
		"by reading all":                {First: 1, Walk: 1, Far: 1},
		"by either":                     {Few: 3, First: 5, Walk: 20, Far: 40, Many: 20, Set: 60},
	}
}()

// TestPaging: forward by cursor, backward by cursor, and by offset, pages give
// the order of a sort in memory, each row once.
func TestPaging(t *testing.T) {
	for name, b := range ways {
		t.Run(name, func(t *testing.T) {
			defer record.SetBounds(b)()
			paging(t)
		})
	}
}

func paging(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	w := openThings(t)
	records := scattered(w, 150, random)
	fields := []string{"title", "mail", "count", "price", "day", "at", "done", "size", "land", "tongue", "tel", "site", "label", "createdAt", "updatedAt", "id"}
	var sorts [][]string
	for i, a := range fields {
		sorts = append(sorts, []string{a}, []string{"-" + a})
		for _, b := range []string{fields[(i+1)%len(fields)], fields[(i+5)%len(fields)]} {
			sorts = append(sorts, []string{a, b}, []string{"-" + a, b}, []string{a, "-" + b}, []string{"-" + a, "-" + b})
		}
	}
	sorts = append(sorts, []string{"size", "-done", "count", "-title"})
	filters := []struct {
		where string
		keep  func(r *record.Record) bool
	}{
		{"", func(*record.Record) bool { return true }},
		{`size = "small"`, func(r *record.Record) bool { return r.Values.String("size") == "small" }},
		{`count > 0 and title < "z"`, func(r *record.Record) bool {
			return r.Values.Int("count") > 0 && storage.Fold(r.Values.String("title")) < "z"
		}},
		{`mail is empty`, func(r *record.Record) bool { return r.Values.String("mail") == "" }},
	}
	for n, sort := range sorts {
		filter := filters[n%len(filters)]
		where, err := record.ParseFilter(filter.where)
		if err != nil {
			t.Fatal(err)
		}
		var kept []*record.Record
		for _, r := range records {
			if filter.keep(r) {
				kept = append(kept, r)
			}
		}
		want := inOrder(kept, sort)
		check(t, w, record.Query{Where: where, Sort: sort, Limit: []int{3, 7, 50}[n%3]}, fmt.Sprint(filter.where, " by ", sort), want)
	}
}

func check(t *testing.T, w *things, query record.Query, name string, want []record.ID) {
	t.Helper()
	list := func(q record.Query) record.Page {
		t.Helper()
		page, err := w.r.List(w.ctx, w.db.Reader(), w.kind, q)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return page
	}
	var forward []record.ID
	page := list(query)
	if page.Previous != "" {
		t.Errorf("%s: something lies before the first page", name)
	}
	for {
		forward = append(forward, idsOf(page.Records)...)
		if page.Next == "" || len(forward) > len(want) {
			break
		}
		next := query
		next.After = page.Next
		page = list(next)
	}
	if !slices.Equal(forward, want) {
		t.Fatalf("%s, limit %d: forward\n%v\nwant\n%v", name, query.Limit, forward, want)
	}
	if len(want) == 0 {
		return
	}
	// Backwards from the last page: the pages before it, and then nothing.
	backward := idsOf(page.Records)
	for page.Previous != "" && len(backward) <= len(want) {
		before := query
		before.Before = page.Previous
		page = list(before)
		if page.Next == "" {
			t.Errorf("%s: nothing lies behind an earlier page", name)
		}
		backward = append(idsOf(page.Records), backward...)
	}
	if !slices.Equal(backward, want) {
		t.Fatalf("%s, limit %d: backward\n%v\nwant\n%v", name, query.Limit, backward, want)
	}
	for from := 0; from < len(want)+query.Limit; from += max(query.Limit, 13) {
		jump := query
		jump.Offset = from
		page := list(jump)
		to := min(len(want), from+query.Limit)
		if got := idsOf(page.Records); !slices.Equal(got, want[min(from, len(want)):to]) {
			t.Fatalf("%s: from %d on\n%v\nwant\n%v", name, from, got, want[min(from, len(want)):to])
		}
		if (page.Next != "") != (to < len(want)) {
			t.Errorf("%s: from %d on, next is %q of %d", name, from, page.Next, len(want))
		}
	}
}

// TestPagingWhileRowsChange: a cursor stays good when its row moves or goes.
func TestPagingWhileRowsChange(t *testing.T) {
	w := openThings(t)
	var records []*record.Record
	for i := range 9 {
		records = append(records, w.save(v{"title": fmt.Sprintf("t%d", i)}))
	}
	query := record.Query{Sort: []string{"title"}, Limit: 3}
	page, err := w.r.List(w.ctx, w.db.Reader(), w.kind, query)
	if err != nil {
		t.Fatal(err)
	}
	w.set(records[2].ID, v{"title": "zz"})
	w.write(func(tx *storage.Tx) error {
		_, err := w.r.Delete(w.ctx, tx, w.kind, record.Draft{ID: records[3].ID})
		return err
	})
	query.After = page.Next
	page, err = w.r.List(w.ctx, w.db.Reader(), w.kind, query)
	if err != nil || !slices.Equal(idsOf(page.Records), []record.ID{records[4].ID, records[5].ID, records[6].ID}) {
		t.Errorf("%v, %v", idsOf(page.Records), err)
	}
}

func TestBin(t *testing.T) {
	w := openThings(t)
	records := scattered(w, 40, rand.New(rand.NewPCG(1, 1)))
	var drafts []record.Draft
	for _, r := range records[:25] {
		drafts = append(drafts, record.Draft{ID: r.ID})
	}
	w.write(func(tx *storage.Tx) error {
		_, err := w.r.Delete(w.ctx, tx, w.kind, drafts...)
		return err
	})
	check(t, w, record.Query{Bin: true, Sort: []string{"title"}, Limit: 4}, "bin by title", inOrder(records[:25], []string{"title"}))
	check(t, w, record.Query{Bin: true, Sort: []string{"-deletedAt"}, Limit: 4}, "bin by time", inOrder(records[:25], []string{"-id"}))
	check(t, w, record.Query{Sort: []string{"deletedAt"}, Limit: 4}, "not in the bin by time", inOrder(records[25:], []string{"id"}))
}

func TestQueryMistakes(t *testing.T) {
	w := openThings(t)
	for _, c := range []struct {
		query record.Query
		key   string
		field string
	}{
		{record.Query{Limit: -1}, "record.limit", "limit"},
		{record.Query{Limit: 1001}, "record.limit", "limit"},
		{record.Query{Offset: -1}, "record.offset", "offset"},
		{record.Query{Sort: []string{"nothing"}}, "record.noSort", "sort"},
		{record.Query{Sort: []string{"labels"}}, "record.noSort", "sort"},
		{record.Query{Sort: []string{"note"}}, "record.noSort", "sort"},
		{record.Query{Sort: []string{"--title"}}, "record.noSort", "sort"},
		{record.Query{Sort: []string{"title; DROP TABLE thing"}}, "record.noSort", "sort"},
		{record.Query{Sort: []string{"title", "mail", "count", "day", "size"}}, "record.tooManySorts", "sort"},
		{record.Query{After: "nonsense!"}, "record.cursor", "after"},
		{record.Query{After: "e30"}, "record.cursor", "after"},
		{record.Query{Sort: []string{"title", "day"}, After: "eyJ2IjpbImEiXSwiaSI6IjAwMDAwMDAwMDAwMDEifQ"}, "record.cursor", "after"},
	} {
		_, err := w.r.List(w.ctx, w.db.Reader(), w.kind, c.query)
		wantFault(t, err, fault.CodeInvalid, c.key, c.field)
	}
	_, err := w.r.Kind(strings.Repeat("x", 100))
	wantFault(t, err, fault.CodeNotFound, "record.noKind", "")
}
