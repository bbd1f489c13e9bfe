package record_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// labels are the values of a thing's list, and its mirror in front.
func labels(rec *record.Record) string {
	texts := []string{rec.Values.String("label") + ":"}
	for _, row := range rec.Values.Rows("labels") {
		texts = append(texts, strings.TrimSuffix(row.String("value")+"/"+row.String("type"), "/"))
	}
	return strings.Join(texts, " ")
}

func TestMirrorsAndLists(t *testing.T) {
	w := openThings(t)
	thing := w.save(v{"title": "Thing", "label": "one"})
	for _, step := range []struct {
		set  v
		want string
	}{
		{v{}, "one: one"},
		{v{"labels": []any{v{"value": "one", "type": "work"}, "two", "three"}}, "one: one/work two three"},
		{v{"label": "uno"}, "uno: uno/work two three"},
		{v{"label": ""}, "two: two three"},
		{v{"label": nil}, "three: three"},
		{v{"label": nil}, ":"},
		{v{"label": nil}, ":"},
		{v{"labels": []any{"a", "b", "c"}}, "a: a b c"},
		{v{"labels": []any{"c", "a", "b"}}, "c: c a b"},
		{v{"labels": []any{"x", "y"}, "label": "z"}, "z: z y"},
		{v{"labels": "only"}, "only: only"},
		{v{"labels": []any{"", v{"type": "home"}}}, ":"},
		{v{"label": " back "}, "back: back"},
		{v{"labels": nil}, ":"},
	} {
		thing = w.set(thing.ID, step.set)
		if got := labels(thing); got != step.want {
			t.Errorf("after %v: %q, want %q", step.set, got, step.want)
		}
		if label := thing.Values.String("label"); len(w.find(fmt.Sprintf("label = %q", label))) != 1 {
			t.Errorf("after %v: not found by %q", step.set, label)
		}
	}
	_, err := w.try(record.Draft{ID: thing.ID, Values: v{"labels": []any{v{"type": "work", "value": nil}, v{"type": "home", "value": "kept"}}}})
	if err != nil {
		t.Fatal("a row that says nothing is left out:", err)
	}
	var many []any
	for i := range 500 {
		many = append(many, fmt.Sprintf("label %03d", i))
	}
	thing = w.set(thing.ID, v{"labels": many})
	if rows := thing.Values.Rows("labels"); len(rows) != 500 || rows[499].String("value") != "label 499" {
		t.Errorf("%d labels", len(rows))
	}
}

func TestMoney(t *testing.T) {
	w := openThings(t)
	shown := func(rec *record.Record) string {
		m := asJSON(t, rec)
		return fmt.Sprint(m["price"], " ", m["priceCurrency"])
	}
	thing := w.save(v{"title": "Thing", "price": "1234.50"})
	for _, step := range []struct {
		set   v
		want  string
		fault string
	}{
		{v{}, "1234.50 EUR", ""},
		{v{"priceCurrency": "JPY"}, "1234.50 EUR", "money.tooManyDigits"}, // half a yen
		{v{"price": "1234", "priceCurrency": "jpy"}, "1234 JPY", ""},
		{v{"priceCurrency": "KWD"}, "1234.000 KWD", ""},
		{v{"price": "1.125"}, "1.125 KWD", ""},
		{v{"priceCurrency": "EUR"}, "1.125 KWD", "money.tooManyDigits"},
		{v{"price": "1.12", "priceCurrency": "EUR"}, "1.12 EUR", ""},
		{v{"price": nil}, "<nil> <nil>", ""},
		{v{"priceCurrency": "USD"}, "<nil> <nil>", ""},
		{v{"price": "0", "priceCurrency": "USD"}, "0.00 USD", ""},
		{v{"priceCurrency": nil}, "0.00 EUR", ""}, // the workspace's own
		{v{"price": "92233720368547758.07"}, "92233720368547758.07 EUR", ""},
		{v{"priceCurrency": "KWD"}, "92233720368547758.07 EUR", "money.tooLarge"},
	} {
		rec, err := w.try(record.Draft{ID: thing.ID, Values: step.set})
		if step.fault != "" {
			wantFault(t, err, fault.CodeInvalid, step.fault, "price")
		} else if err != nil {
			t.Fatalf("%v: %v", step.set, err)
		} else {
			thing = rec
		}
		if got := shown(thing); got != step.want {
			t.Errorf("after %v: %s, want %s", step.set, got, step.want)
		}
	}
}

func TestStaleSaveCarriesWhatIsStored(t *testing.T) {
	w := openThings(t)
	first := w.save(v{"title": "First"})
	second := w.set(first.ID, v{"title": "Second"})
	_, err := w.try(record.Draft{ID: first.ID, Version: first.Version, Values: v{"title": "Mine"}})
	now, _ := wantFault(t, err, fault.CodeStale, "record.stale", "").Detail.(*record.Record)
	if now == nil || now.Title() != "Second" || now.Version != second.Version {
		t.Errorf("the fault carries %+v", now)
	}
	for name, mark := range map[string]func(context.Context, *storage.Tx, *record.Kind, ...record.Draft) ([]record.Change, error){"delete": w.r.Delete, "restore": w.r.Restore} {
		err = w.db.Write(w.ctx, func(tx *storage.Tx) error {
			_, err := mark(w.ctx, tx, w.kind, record.Draft{ID: first.ID, Version: first.Version})
			return err
		})
		if f := wantFault(t, err, fault.CodeStale, "record.stale", ""); f.Detail.(*record.Record).Title() != "Second" {
			t.Errorf("%s: the fault carries %+v", name, f.Detail)
		}
	}
}

// TestVersionGuard: a plan made outside the transaction, as imports make it,
// does not overwrite what came between.
func TestVersionGuard(t *testing.T) {
	w := openThings(t)
	thing := w.save(v{"title": "First"})
	plan, err := w.r.Plan(w.ctx, w.db.Reader(), w.kind, record.Draft{ID: thing.ID, Values: v{"title": "Planned"}})
	if err != nil || plan[0].Err != nil {
		t.Fatal(err, plan[0].Err)
	}
	w.set(thing.ID, v{"title": "Between"})
	err = w.db.Write(w.ctx, func(tx *storage.Tx) error {
		_, err := w.r.Apply(w.ctx, tx, w.kind, plan)
		return err
	})
	if f := wantFault(t, err, fault.CodeStale, "record.stale", ""); f.Detail.(*record.Record).Title() != "Between" {
		t.Errorf("the fault carries %+v", f.Detail)
	}
	// Nor does the second of two drafts of one record in one save.
	err = w.db.Write(w.ctx, func(tx *storage.Tx) error {
		_, err := w.r.Save(w.ctx, tx, w.kind, record.Draft{ID: thing.ID, Values: v{"title": "A"}}, record.Draft{ID: thing.ID, Values: v{"title": "B"}})
		return err
	})
	wantFault(t, err, fault.CodeStale, "record.stale", "")
	if got := w.find(""); !reflect.DeepEqual(got, []string{"Between"}) {
		t.Errorf("stored: %v", got)
	}
}

func TestSaveWithoutChangeWritesNothing(t *testing.T) {
	w := openThings(t)
	heard := 0
	w.r.Feed.Listen(func(_ context.Context, _ *storage.Tx, changes []record.Change) error {
		heard += len(changes)
		return nil
	})
	thing := w.save(v{"title": "Thing", "labels": []any{"a", "b"}, "price": "5"})
	again := w.set(thing.ID, v{"title": " Thing ", "labels": []any{"a", "b"}, "label": "a", "price": "5.00", "priceCurrency": "EUR"})
	if again.Version != thing.Version || heard != 1 {
		t.Errorf("version %d after %d, %d changes heard", again.Version, thing.Version, heard)
	}
}

func TestDeleteAndRestore(t *testing.T) {
	w := openThings(t)
	thing := w.save(v{"title": "Thing"})
	other := w.save(v{"title": "Other", "parent": thing.ID})
	mark := func(do func(context.Context, *storage.Tx, *record.Kind, ...record.Draft) ([]record.Change, error), ids ...record.ID) (n int, err error) {
		err = w.db.Write(w.ctx, func(tx *storage.Tx) error {
			var drafts []record.Draft
			for _, id := range ids {
				drafts = append(drafts, record.Draft{ID: id})
			}
			changes, err := do(w.ctx, tx, w.kind, drafts...)
			n = len(changes)
			return err
		})
		return n, err
	}
	if n, err := mark(w.r.Delete, thing.ID, thing.ID); n != 1 || err != nil {
		t.Fatalf("%d deleted: %v", n, err)
	}
	if n, err := mark(w.r.Delete, thing.ID); n != 0 || err != nil {
		t.Errorf("%d deleted again: %v", n, err)
	}
	if got := w.find(""); !reflect.DeepEqual(got, []string{"Other"}) {
		t.Errorf("left: %v", got)
	}
	bin, err := w.r.List(w.ctx, w.db.Reader(), w.kind, record.Query{Bin: true})
	if err != nil || len(bin.Records) != 1 || bin.Records[0].Deleted == 0 {
		t.Errorf("bin: %v, %v", bin.Records, err)
	}
	_, err = w.try(record.Draft{ID: thing.ID, Values: v{"title": "No"}})
	wantFault(t, err, fault.CodeConflict, "record.inBin", "")
	links, err := w.r.Links(w.ctx, w.db.Reader(), other)
	if err != nil || !links[thing.ID].Deleted || links[thing.ID].Title != "Thing" {
		t.Errorf("the link to the deleted one: %+v, %v", links, err)
	}
	if _, err := w.try(record.Draft{Values: v{"title": "By title", "parent": "Thing"}}); fault.Of(err).Key != "record.noLink" {
		t.Errorf("a deleted record is linked by title: %v", err)
	}
	if n, err := mark(w.r.Restore, thing.ID, thing.ID); n != 1 || err != nil {
		t.Errorf("%d restored: %v", n, err)
	}
	if got := w.find("parent.title = \"thing\""); !reflect.DeepEqual(got, []string{"Other"}) {
		t.Errorf("after restoring: %v", got)
	}
	if _, err := mark(w.r.Delete, 99); !fault.Is(err, fault.CodeNotFound) {
		t.Errorf("delete of nothing: %v", err)
	}
}

func TestCirclesOfLinks(t *testing.T) {
	w := openThings(t)
	a := w.save(v{"title": "A"})
	b := w.save(v{"title": "B", "parent": a.ID})
	w.set(a.ID, v{"parent": b.ID})
	self := w.save(v{"title": "Self"})
	w.set(self.ID, v{"parent": self.ID, "parts": []any{v{"thing": "Self"}}})
	for where, want := range map[string][]string{
		`parent.parent.title = "A"`:            {"A"},
		`parent.parent.parent.title = "self"`:  {"Self"},
		`parts.thing.parts.thing.title ^ "se"`: {"Self"},
		`parent = "B"`:                         {"A"},
	} {
		if got := w.find(where); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", where, got, want)
		}
	}
}

func TestFeed(t *testing.T) {
	w := openThings(t)
	ctx, stop := context.WithCancel(w.ctx)
	events := w.r.Feed.Subscribe(ctx)
	thing := w.save(v{"title": "Thing"})
	e := <-events
	if len(e.Changes) != 1 || e.Changes[0].ID != thing.ID || e.Changes[0].Op != record.Create || e.Batch == 0 {
		t.Errorf("event %+v", e)
	}
	// What is rolled back is told to nobody, and a listener's fault rolls back.
	broken := true
	w.r.Feed.Listen(func(context.Context, *storage.Tx, []record.Change) error {
		if broken {
			return fault.Invalid("", "test.broken", nil)
		}
		return nil
	})
	if _, err := w.try(record.Draft{Values: v{"title": "Never"}}); err == nil {
		t.Error("a listener's fault was ignored")
	}
	broken = false
	var drafts []record.Draft
	for i := range 201 {
		drafts = append(drafts, record.Draft{Values: v{"title": fmt.Sprint(i)}})
	}
	w.write(func(tx *storage.Tx) error {
		_, err := w.r.Save(w.ctx, tx, w.kind, drafts...)
		return err
	})
	if e = <-events; len(e.Changes) != 1 || e.Changes[0].ID != 0 || e.Changes[0].Kind != "thing" {
		t.Errorf("a bulk change tells %d entries", len(e.Changes))
	}
	if len(w.find(`title = "never"`)) > 0 {
		t.Error("what a listener refused is stored")
	}
	stop()
}
