package record_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// guess is a filter, and the same in Go.
type guess struct {
	where string
	keep  func(r *record.Record) bool
}

// guesses are conditions on all kinds of fields, with an index and without.
var guesses = func() []guess {
	text := func(key string, fits func(folded string) bool) func(*record.Record) bool {
		return func(r *record.Record) bool { return fits(storage.Fold(r.Values.String(key))) }
	}
	number := func(key string, fits func(n int64) bool) func(*record.Record) bool {
		return func(r *record.Record) bool { return r.Values[key] != nil && fits(r.Values.Int(key)) }
	}
	none := func(key string) func(*record.Record) bool {
		return func(r *record.Record) bool { return r.Values[key] == nil }
	}
	return []guess{
		{`title ~ "a"`, text("title", func(s string) bool { return strings.Contains(s, "a") })},
		{`title < "b"`, text("title", func(s string) bool { return s < "b" })},
		{`title ^ "z"`, text("title", func(s string) bool { return strings.HasPrefix(s, "z") })},
		{`mail is empty`, none("mail")},
		{`mail = "A@x.example"`, text("mail", func(s string) bool { return s == "a@x.example" })},
		{`count > 0`, number("count", func(n int64) bool { return n > 0 })},
		{`count in (0.5, 1)`, number("count", func(n int64) bool { return n == 50 || n == 100 })},
		{`count is empty`, none("count")},
		{`price >= 2`, number("price", func(n int64) bool { return n >= 200 })},
		{`day >= 2026-01-01`, text("day", func(s string) bool { return s >= "2026-01-01" })},
		{`at is empty`, none("at")},
		{`done = true`, func(r *record.Record) bool { return r.Values["done"] == true }},
		{`done = false`, func(r *record.Record) bool { return r.Values["done"] != true }},
		{`size in ("small", "large")`, func(r *record.Record) bool { return r.Values["size"] != nil }},
		{`size is empty`, none("size")},
		{`land = "DE"`, func(r *record.Record) bool { return r.Values["land"] == "DE" }},
		{`site ~ "B.ex"`, text("site", func(s string) bool { return strings.Contains(s, "b.ex") })},
		{`label ~ "p"`, text("label", func(s string) bool { return strings.Contains(s, "p") })},
		{`labels ^ "up"`, text("label", func(s string) bool { return strings.HasPrefix(s, "up") })},
		{`labels is empty`, none("label")},
	}
}()

// someFilter joins one to three of them.
func someFilter(random *rand.Rand) guess {
	f := guesses[random.IntN(len(guesses))]
	if random.IntN(5) == 0 {
		is := f.keep
		f = guess{"not (" + f.where + ")", func(r *record.Record) bool { return !is(r) }}
	}
	for range random.IntN(3) {
		one, other := f, guesses[random.IntN(len(guesses))]
		if random.IntN(3) == 0 {
			f = guess{"(" + one.where + " or " + other.where + ")", func(r *record.Record) bool { return one.keep(r) || other.keep(r) }}
			continue
		}
		f = guess{one.where + " and " + other.where, func(r *record.Record) bool { return one.keep(r) && other.keep(r) }}
	}
	return f
}

// TestJumps: any filter, any sort and any place in the list, while records are
// changed between the questions by this program and by another.
func TestJumps(t *testing.T) {
	for name, b := range ways {
		t.Run(name, func(t *testing.T) {
			defer record.SetBounds(b)()
			jumps(t, rand.New(rand.NewPCG(uint64(len(name)), 11)))
		})
	}
}

func jumps(t *testing.T, random *rand.Rand) {
	w := openThings(t)
	scattered(w, 120, random)
	other, err := sqlx.Open("sqlite", "file:"+filepath.Join(w.db.Dir, "kontor.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	sorts := []string{"title", "mail", "count", "price", "day", "at", "done", "size", "land", "tel", "site", "label", "createdAt", "updatedAt", "id"}
	var alive, bin []*record.Record
	load := func() {
		var ids []record.ID
		if err := sqlx.SelectContext(w.ctx, w.db.Reader(), &ids, "SELECT id FROM thing"); err != nil {
			t.Fatal(err)
		}
		all, err := w.kind.Load(w.ctx, w.db.Reader(), ids...)
		if err != nil {
			t.Fatal(err)
		}
		alive, bin = nil, nil
		for _, r := range all {
			if r.Deleted != 0 {
				bin = append(bin, r)
				continue
			}
			alive = append(alive, r)
		}
	}
	load()
	for round := range 25 {
		filter := someFilter(random)
		if random.IntN(8) == 0 {
			filter = guess{"", func(*record.Record) bool { return true }}
		}
		sort := []string{sorts[random.IntN(len(sorts))]}
		if random.IntN(3) == 0 {
			if second := sorts[random.IntN(len(sorts))]; second != sort[0] {
				sort = append(sort, second)
			}
		}
		for i := range sort {
			sort[i] = []string{"", "-"}[random.IntN(2)] + sort[i]
		}
		where, err := record.ParseFilter(filter.where)
		if err != nil {
			t.Fatal(err)
		}
		query := record.Query{Where: where, Sort: sort, Limit: 1 + random.IntN(30), Bin: random.IntN(10) == 0}
		for range 3 {
			from := alive
			if query.Bin {
				from = bin
			}
			var kept []*record.Record
			for _, r := range from {
				if filter.keep(r) {
					kept = append(kept, r)
				}
			}
			jump(t, w, query, fmt.Sprintf("round %d, %s by %s", round, filter.where, sort), inOrder(kept, sort), random)
			some := alive[random.IntN(len(alive))]
			switch random.IntN(5) {
			case 0:
				w.set(some.ID, v{"title": []string{"a", "b", "zz"}[random.IntN(3)], "count": fmt.Sprint(random.IntN(3)), "mail": "b@x.example"})
			case 1:
				w.write(func(tx *storage.Tx) error {
					_, err := w.r.Delete(w.ctx, tx, w.kind, record.Draft{ID: some.ID})
					return err
				})
			case 2:
				w.save(v{"title": "a", "size": "small"})
			case 3: // another process
				if _, err := other.ExecContext(w.ctx, "UPDATE thing SET count = 100, size = '', done = 1 WHERE id = $1", int64(some.ID)); err != nil {
					t.Fatal(err)
				}
			default:
				continue
			}
			load()
		}
	}
}

// jump asks for a stretch, for those beside it, and how many there are.
func jump(t *testing.T, w *things, query record.Query, name string, want []record.ID, random *rand.Rand) {
	t.Helper()
	ctx, q := w.ctx, w.db.Reader()
	list := func(query record.Query, from int) record.Page {
		t.Helper()
		page, err := w.r.List(ctx, q, w.kind, query)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		from = min(from, len(want))
		if got, want := idsOf(page.Records), want[from:min(from+query.Limit, len(want))]; !slices.Equal(got, want) {
			t.Fatalf("%s: from %d on, limit %d\n%v\nwant\n%v", name, from, query.Limit, got, want)
		}
		return page
	}
	query.Offset = random.IntN(len(want) + 5)
	page := list(query, query.Offset)
	if (page.Next != "") != (query.Offset+query.Limit < len(want)) {
		t.Fatalf("%s: from %d on, next is %q of %d", name, query.Offset, page.Next, len(want))
	}
	if page.Next != "" {
		next := query
		next.After = page.Next
		list(next, query.Offset+query.Limit)
	}
	if page.Previous != "" && query.Offset > query.Limit {
		before := query
		before.Before = page.Previous
		list(before, query.Offset-query.Limit)
	}
	if n, err := w.r.Count(ctx, q, w.kind, query, 1000); err != nil || n != len(want) {
		t.Fatalf("%s: %d, want %d, %v", name, n, len(want), err)
	}
	ids, err := w.r.EachID(ctx, q, w.kind, query, 1000)
	if slices.Sort(ids); err != nil || !slices.Equal(ids, slices.Sorted(slices.Values(want))) {
		t.Fatalf("%s: each of %v, want %v, %v", name, ids, want, err)
	}
}

// TestJumpInTransaction: who writes sees what they have written, and nothing of
// it is held.
func TestJumpInTransaction(t *testing.T) {
	w := openThings(t)
	for i := range 9 {
		w.save(v{"title": fmt.Sprintf("t%d", i), "size": "small"})
	}
	where, err := record.ParseFilter(`done = false`)
	if err != nil {
		t.Fatal(err)
	}
	titles := func(q storage.Queryer) string {
		t.Helper()
		page, err := w.r.List(w.ctx, q, w.kind, record.Query{Where: where, Sort: []string{"-title"}, Limit: 3, Offset: 1})
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, r := range page.Records {
			titles = append(titles, r.Title())
		}
		return strings.Join(titles, " ")
	}
	if got := titles(w.db.Reader()); got != "t7 t6 t5" {
		t.Error(got)
	}
	err = w.db.Write(w.ctx, func(tx *storage.Tx) error {
		if _, err := w.r.Save(w.ctx, tx, w.kind, record.Draft{Values: v{"title": "u"}}); err != nil {
			return err
		}
		if got := titles(tx); got != "t8 t7 t6" {
			t.Error("inside:", got)
		}
		if got := titles(w.db.Reader()); got != "t7 t6 t5" {
			t.Error("outside:", got)
		}
		return context.Canceled
	})
	if got := titles(w.db.Reader()); err == nil || got != "t7 t6 t5" {
		t.Error("taken back:", got, err)
	}
}
