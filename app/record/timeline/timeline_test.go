package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/timeline"
)

func (h *house) read(subject record.Change, kinds ...string) []timeline.Entry {
	h.t.Helper()
	entries, next, err := h.Timeline.Read(h.ctx, h.DB.Reader(), subject.Record.ID, kinds, "", 1000)
	if err != nil || next != "" {
		h.t.Fatal(next, err)
	}
	return entries
}

// notes are the texts of the notes on a timeline, newest first.
func (h *house) notes(subject record.Change) string {
	h.t.Helper()
	var texts []string
	for _, e := range h.read(subject, "note") {
		texts = append(texts, e.Title)
	}
	return strings.Join(texts, " ")
}

func TestNotesStandWhereTheyBelong(t *testing.T) {
	h := open(t)
	falcon := h.make(h.Contacts.Company, v{"name": "Falcon"})
	osprey := h.make(h.Contacts.Company, v{"name": "Osprey"})
	past := h.make(h.Contacts.Company, v{"name": "Past"})
	ada := h.make(h.Contacts.Person, v{"name": "Ada Lovelace", "roles": []any{v{"company": falcon.Record.ID, "role": "CEO"}, v{"company": past.Record.ID, "until": "2020-12-31"}}})
	one := h.make(h.Activities.Note, v{"text": "one", "about": ada.Record.ID, "at": "2026-01-01"})
	h.make(h.Activities.Note, v{"text": "two", "about": falcon.Record.ID, "at": "2026-01-02"})
	h.make(h.Activities.Note, v{"text": "then", "about": ada.Record.ID, "at": "2020-12-31"})
	h.make(h.Activities.Note, v{"text": "nobody"})
	want := func(what string, texts map[*record.Change]string) {
		t.Helper()
		for subject, want := range texts {
			if got := h.notes(*subject); got != want {
				t.Errorf("%s: on %s stand %q, want %q", what, subject.Record.Title(), got, want)
			}
		}
	}
	want("at first", map[*record.Change]string{&ada: "one then", &falcon: "two one then", &past: "then", &osprey: ""})
	h.set(one, v{"text": "uno"})
	want("after a new text", map[*record.Change]string{&ada: "uno then", &falcon: "two uno then"})
	h.set(one, v{"at": "2026-01-03"})
	want("after another day", map[*record.Change]string{&ada: "uno then", &falcon: "uno two then"})
	h.set(one, v{"about": osprey.Record.ID})
	want("after another subject", map[*record.Change]string{&ada: "then", &falcon: "two then", &osprey: "uno"})
	h.do(h.Records.Delete, one.Kind, record.Draft{ID: one.Record.ID})
	want("after delete", map[*record.Change]string{&osprey: ""})
	h.do(h.Records.Restore, one.Kind, record.Draft{ID: one.Record.ID})
	want("after restore", map[*record.Change]string{&osprey: "uno"})
	h.set(one, v{"about": nil})
	want("about nothing", map[*record.Change]string{&osprey: ""})

	entries := h.read(falcon)
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		if e.Actor.Name != "Ines Okafor" || (e.Record == nil) == (e.Change == nil) || e.At == "" || e.Title == "" {
			t.Errorf("entry %+v", e)
		}
	}
	if got := h.read(falcon, "change"); len(got) != 1 || got[0].Change.Op != record.Create {
		t.Errorf("changes: %+v", got)
	}
}

// TestPaging: pages give the whole timeline in order, nothing lost or doubled,
// also where many entries have one time.
func TestPaging(t *testing.T) {
	h := open(t)
	company := h.make(h.Contacts.Company, v{"name": "Falcon"})
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
		h.do(h.Records.Save, h.Activities.Note, drafts...)
		h.set(company, v{"city": fmt.Sprint("City ", i)})
	}
	for _, kinds := range [][]string{nil, {"note"}, {"change"}, {"note", "change"}, {"file"}} {
		var all []timeline.Entry
		for i, e := range h.read(company, kinds...) {
			if all = append(all, e); i > 0 && e.At > all[i-1].At {
				t.Fatalf("%v: %s after %s", kinds, e.At, all[i-1].At)
			}
		}
		for _, limit := range []int{1, 2, 3, 7, 50} {
			var got []record.ID
			before := ""
			for {
				entries, next, err := h.Timeline.Read(h.ctx, h.DB.Reader(), company.Record.ID, kinds, before, limit)
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
	_, _, err := h.Timeline.Read(h.ctx, h.DB.Reader(), company.Record.ID, nil, "nonsense!", 10)
	if f := fault.Of(err); f == nil || f.Key != "record.cursor" {
		t.Errorf("a cursor of nonsense: %v", err)
	}
}
