package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/timeline"
)

type v = map[string]any

func read(h *apptest.House, subject record.Change, kinds ...string) []timeline.Entry {
	h.Helper()
	entries, next, err := h.Timeline.Read(h.Ctx, h.DB.Reader(), subject.Record.ID, kinds, "", 1000)
	if err != nil || next != "" {
		h.Fatal(next, err)
	}
	return entries
}

// notes are the texts of the notes on a timeline, newest first.
func notes(h *apptest.House, subject record.Change) string {
	h.Helper()
	var texts []string
	for _, e := range read(h, subject, "note") {
		texts = append(texts, e.Title)
	}
	return strings.Join(texts, " ")
}

func TestNotesStandWhereTheyBelong(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	osprey := h.Make(h.Contacts.Company, v{"name": "Osprey"})
	past := h.Make(h.Contacts.Company, v{"name": "Past"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "roles": []any{v{"company": falcon.Record.ID, "role": "CEO"}, v{"company": past.Record.ID, "until": "2020-12-31"}}})
	one := h.Make(h.Activities.Note, v{"text": "one", "about": ada.Record.ID, "at": "2026-01-01"})
	h.Make(h.Activities.Note, v{"text": "two", "about": falcon.Record.ID, "at": "2026-01-02"})
	h.Make(h.Activities.Note, v{"text": "then", "about": ada.Record.ID, "at": "2020-12-31"})
	h.Make(h.Activities.Note, v{"text": "nobody"})
	want := func(what string, texts map[*record.Change]string) {
		t.Helper()
		for subject, want := range texts {
			if got := notes(h, *subject); got != want {
				t.Errorf("%s: on %s stand %q, want %q", what, subject.Record.Title(), got, want)
			}
		}
	}
	want("at first", map[*record.Change]string{&ada: "one then", &falcon: "two one then", &past: "then", &osprey: ""})
	h.Set(one, v{"text": "uno"})
	want("after a new text", map[*record.Change]string{&ada: "uno then", &falcon: "two uno then"})
	h.Set(one, v{"at": "2026-01-03"})
	want("after another day", map[*record.Change]string{&ada: "uno then", &falcon: "uno two then"})
	h.Set(one, v{"about": osprey.Record.ID})
	want("after another subject", map[*record.Change]string{&ada: "then", &falcon: "two then", &osprey: "uno"})
	h.Do(h.Records.Delete, one.Kind, record.Draft{ID: one.Record.ID})
	want("after delete", map[*record.Change]string{&osprey: ""})
	h.Do(h.Records.Restore, one.Kind, record.Draft{ID: one.Record.ID})
	want("after restore", map[*record.Change]string{&osprey: "uno"})
	h.Set(one, v{"about": nil})
	want("about nothing", map[*record.Change]string{&osprey: ""})

	entries := read(h, falcon)
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		if e.Actor.Name != "Ines Okafor" || (e.Record == nil) == (e.Change == nil) || e.At == "" || e.Title == "" {
			t.Errorf("entry %+v", e)
		}
	}
	if got := read(h, falcon, "change"); len(got) != 1 || got[0].Change.Op != record.Create {
		t.Errorf("changes: %+v", got)
	}
}

// TestPaging: pages give the whole timeline in order, nothing lost or doubled,
// also where many entries have one time.
func TestPaging(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	random := rand.New(rand.NewPCG(7, 7))
	for i := range 60 {
		var drafts []record.Draft
		for n := range random.IntN(4) {
			draft := record.Draft{Values: v{"text": fmt.Sprint("note ", i, ".", n), "about": company.Record.ID}}
			if random.IntN(2) == 0 {
				draft.Values["at"] = fmt.Sprintf("2026-03-04T09:30:00.%03dZ", random.IntN(3)*100)
			}
			drafts = append(drafts, draft)
		}
		h.Do(h.Records.Save, h.Activities.Note, drafts...)
		h.Set(company, v{"city": fmt.Sprint("City ", i)})
	}
	for _, kinds := range [][]string{nil, {"note"}, {"change"}, {"note", "change"}, {"file"}} {
		var all []timeline.Entry
		for i, e := range read(h, company, kinds...) {
			if all = append(all, e); i > 0 && e.At > all[i-1].At {
				t.Fatalf("%v: %s after %s", kinds, e.At, all[i-1].At)
			}
		}
		for _, limit := range []int{1, 2, 3, 7, 50} {
			var got []record.ID
			before := ""
			for {
				entries, next, err := h.Timeline.Read(h.Ctx, h.DB.Reader(), company.Record.ID, kinds, before, limit)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range entries {
					got = append(got, e.ID)
				}
				if before = next; next == "" {
					break
				}
				if len(entries) != limit {
					t.Fatalf("%v: a page of %d of %d", kinds, len(entries), limit)
				}
			}
			var want []record.ID
			for _, e := range all {
				want = append(want, e.ID)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%v, limit %d: %d entries, want %d", kinds, limit, len(got), len(want))
			}
		}
	}
	_, _, err := h.Timeline.Read(h.Ctx, h.DB.Reader(), company.Record.ID, nil, "nonsense!", 10)
	if f := fault.Of(err); f == nil || f.Key != "record.cursor" {
		t.Errorf("a cursor of nonsense: %v", err)
	}
}
