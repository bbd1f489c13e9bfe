package record_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// TestGroups: whatever the field and the filter, each group's own filter finds as
// many records as the group counts, with the same sums, and together they are all.
func TestGroups(t *testing.T) {
	w := openThings(t)
	records := scattered(w, 400, rand.New(rand.NewPCG(3, 4)))
	w.write(func(tx *storage.Tx) error {
		var drafts []record.Draft
		for i, rec := range records {
			values := v{"labels": []any{}}
			if i%3 == 0 {
				values["labels"] = []any{v{"type": "work", "value": "Öl"}, v{"type": "home", "value": "öl"}, v{"value": fmt.Sprint("Tag ", i%4)}}
			}
			if i%2 == 0 {
				values["parent"] = records[i%7].ID
			}
			drafts = append(drafts, record.Draft{ID: rec.ID, Values: values})
		}
		_, err := w.r.Save(w.ctx, tx, w.kind, drafts...)
		return err
	})
	q := w.db.Reader()
	for _, by := range []string{"title", "mail", "site", "size", "land", "tongue", "priceCurrency", "done", "parent", "labels", "day:month", "day:year", "at:month", "at:year", "createdAt:month", "updatedAt:year"} {
		for _, text := range []string{"", `size = "small"`, `title ~ "z" or done = true`, `labels = "öl" and not day is empty`, `size = "medium"`} {
			for _, sort := range []string{"", "-value", "count", "-count"} {
				where, err := record.ParseFilter(text)
				if err != nil {
					t.Fatal(err)
				}
				query := record.Query{Where: where}
				got, err := w.r.Groups(w.ctx, q, w.kind, query, by, sort, []string{"count", "price"})
				if err != nil {
					t.Fatalf("%s of %q by %s: %v", by, text, sort, err)
				}
				all, err := w.r.Count(w.ctx, q, w.kind, query, 1000)
				if err != nil {
					t.Fatal(err)
				}
				total := 0
				for _, g := range got.Groups {
					total += g.Count
					part, err := record.ParseFilter(g.Where)
					if err != nil {
						t.Fatalf("%s: %v", g.Where, err)
					}
					own := record.Query{Where: record.And{part}}
					if where != nil {
						own.Where = record.And{where, part}
					}
					n, err := w.r.Count(w.ctx, q, w.kind, own, 1000)
					if err != nil || n != g.Count {
						t.Errorf("%s of %q: group %q (%s) counts %d, its filter finds %d, %v", by, text, g.Value, g.Where, g.Count, n, err)
					}
					sums, err := w.r.Sums(w.ctx, q, w.kind, own, []string{"count", "price"})
					if err != nil || len(sums)+len(g.Sums) > 0 && !reflect.DeepEqual(sums, g.Sums) {
						t.Errorf("%s of %q: group %q sums up to %v, its filter to %v, %v", by, text, g.Value, g.Sums, sums, err)
					}
				}
				if total != all && !got.Overlap || total < all {
					t.Errorf("%s of %q: groups have %d records, the list %d", by, text, total, all)
				}
				inOrderOfGroups(t, w.kind.Field(strings.Split(by, ":")[0]), by, sort, got.Groups)
			}
		}
	}
}

// inOrderOfGroups checks the order by count, and that what has no value is last.
func inOrderOfGroups(t *testing.T, f *record.Field, by, sort string, groups []record.Group) {
	t.Helper()
	for i, g := range groups {
		if g.Value == "" && i < len(groups)-1 && f != nil && f.Type != record.YesNo {
			t.Errorf("%s %s: those without a value stand at %d of %d", by, sort, i, len(groups))
		}
	}
	if n := len(groups); n > 0 && groups[n-1].Value == "" {
		groups = groups[:n-1]
	}
	counts := func(a, b record.Group) int { return a.Count - b.Count }
	switch {
	case sort == "count" && !slices.IsSortedFunc(groups, counts), sort == "-count" && !slices.IsSortedFunc(groups, func(a, b record.Group) int { return counts(b, a) }):
		t.Errorf("%s %s: %v", by, sort, groups)
	}
}

// TestGroupsOfManyValues tells the first thousand and how many there are beside.
func TestGroupsOfManyValues(t *testing.T) {
	w := openThings(t)
	w.write(func(tx *storage.Tx) error {
		var drafts []record.Draft
		for i := range 2500 {
			drafts = append(drafts, record.Draft{Values: v{"title": fmt.Sprintf("Thing %04d", i/2)}})
		}
		_, err := w.r.Save(w.ctx, tx, w.kind, drafts...)
		return err
	})
	got, err := w.r.Groups(w.ctx, w.db.Reader(), w.kind, record.Query{}, "title", "", nil)
	if err != nil || len(got.Groups) != record.MaxGroups || got.More != 250 || got.MoreRecords != 500 || got.Groups[1].Value != "Thing 0001" {
		t.Errorf("%d groups, %d more with %d, %v", len(got.Groups), got.More, got.MoreRecords, err)
	}
	choices, err := w.r.Groups(w.ctx, w.db.Reader(), w.kind, record.Query{}, "size", "value", nil)
	if err != nil || len(choices.Groups) != 1 || choices.Groups[0].Where != "size is empty" {
		t.Errorf("choices: %v, %v", choices, err)
	}
}

func TestGroupsRefused(t *testing.T) {
	w := openThings(t)
	for _, by := range []string{"", "nothing", "note", "count", "price", "day", "day:week", "at", "title:month", "tel", "parts", "id"} {
		_, err := w.r.Groups(w.ctx, w.db.Reader(), w.kind, record.Query{}, by, "", nil)
		if e := fault.Of(err); by != "parts" && (e == nil || e.Key != "record.noGroup") {
			t.Errorf("by %q: %v", by, err)
		}
	}
	if _, err := w.r.Groups(w.ctx, w.db.Reader(), w.kind, record.Query{}, "size", "colour", nil); fault.Of(err) == nil {
		t.Errorf("by another order: %v", err)
	}
	if _, err := w.r.Groups(w.ctx, w.db.Reader(), w.kind, record.Query{}, "size", "", []string{"title"}); fault.Of(err) == nil || fault.Of(err).Key != "record.noSum" {
		t.Errorf("sum of a text: %v", err)
	}
}
