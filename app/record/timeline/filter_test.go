package timeline_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/record/timeline"
	"kontor/storage"
)

// found are the titles of the entries that a filter lets through, newest first,
// read in stretches of two.
func found(h *apptest.House, subject record.Change, f timeline.Filter) string {
	h.Helper()
	var titles []string
	for before := ""; ; {
		entries, next, err := h.Timeline.Find(h.Ctx, h.DB.Reader(), subject.Record.ID, f, before, 2)
		if err != nil {
			h.Fatal(err)
		}
		for _, e := range entries {
			titles = append(titles, e.Kind+":"+strings.SplitN(e.Title, " ", 2)[0])
		}
		if before = next; next == "" {
			return strings.Join(titles, " ")
		}
	}
}

// TestWords: words are found in every kind of entry, however far below, folded
// and as beginnings; and in the values that changes changed.
func TestWords(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon", "city": "Köln"})
	other := h.Make(h.Contacts.Company, v{"name": "Osprey"})
	h.Make(h.Activities.Note, v{"text": "old words with Jürgen Müller about the Straße", "about": falcon.Record.ID, "at": "2001-01-01"})
	for i := range 300 {
		h.Make(h.Activities.Note, v{"text": fmt.Sprint("filler ", i), "about": falcon.Record.ID})
	}
	h.Make(h.Activities.Task, v{"text": "send papers", "details": "to Mr Muller by post", "about": falcon.Record.ID})
	h.Make(h.Activities.Call, v{"text": "rang twice, no Muellers", "about": falcon.Record.ID})
	h.Make(h.Activities.Meeting, v{"text": "visit of the Müllers", "from": "2026-05-05 10:00", "about": []any{v{"record": falcon.Record.ID}}})
	h.Make(h.Activities.Note, v{"text": "Müller of somebody else", "about": other.Record.ID})
	h.Set(falcon, v{"city": "Müllheim"})
	for words, want := range map[string]string{
		"Muller":         "meeting:visit task:send note:old",
		"müller":         "meeting:visit task:send note:old",
		"Müller post":    "task:send",
		"papers mull":    "task:send", // one word in the title, one in the body
		"mull":           "change:Falcon meeting:visit task:send note:old",
		"strasse":        "note:old",
		"MUELLER":        "call:rang",
		"koln":           "change:Falcon change:Falcon",
		"müller straße":  "note:old",
		"muller nothing": "",
		`"*" OR`:         "",
	} {
		if got := found(h, falcon, timeline.Filter{Words: words}); !sameSet(got, want) {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	if n := len(strings.Fields(found(h, falcon, timeline.Filter{Words: "%"}))); n != 306 {
		t.Errorf("no word to look for: %d entries", n)
	}
	if got := found(h, falcon, timeline.Filter{Words: "muller", Kinds: []string{"task", "change"}}); got != "task:send" {
		t.Errorf("only of kinds: %q", got)
	}
	entries, _, err := h.Timeline.Find(h.Ctx, h.DB.Reader(), falcon.Record.ID, timeline.Filter{Words: "muller", Kinds: []string{"task"}}, "", 5)
	if err != nil || len(entries) != 1 || !strings.Contains(entries[0].Found, "\x02Muller\x03") {
		t.Errorf("the place: %+v, %v", entries, err)
	}
}

// sameSet reports whether two lists of words hold the same ones.
func sameSet(a, b string) bool {
	count := map[string]int{}
	for _, w := range strings.Fields(a) {
		count[w]++
	}
	for _, w := range strings.Fields(b) {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

// TestWho: by a user, who wrote or changed it; by a person, whom it is about.
func TestWho(t *testing.T) {
	h := apptest.Open(t)
	ben := h.Make(h.Access.Kind, v{"name": "Ben Otieno", "role": "member"}).Record.ID
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "company": falcon.Record.ID})
	h.Make(h.Activities.Note, v{"text": "mine", "about": ada.Record.ID})
	h.Make(h.Activities.Note, v{"text": "house", "about": falcon.Record.ID})
	edited := h.Make(h.Activities.Note, v{"text": "edited", "about": falcon.Record.ID})
	owner := h.Ctx
	h.Ctx = record.WithAct(h.Ctx, record.Act{Actor: ben})
	h.Make(h.Activities.Note, v{"text": "his", "about": ada.Record.ID})
	h.Set(edited, v{"text": "edited by Ben"})
	h.Set(falcon, v{"city": "Leeds"})
	h.Ctx = owner
	for who, want := range map[record.ID]string{
		ben:           "change:Falcon note:his note:edited",
		h.Owner:       "note:edited note:house note:mine change:Falcon",
		ada.Record.ID: "note:his note:mine",
	} {
		if got := found(h, falcon, timeline.Filter{Who: who}); !sameSet(got, want) {
			t.Errorf("by %s: %q, want %q", who, got, want)
		}
	}
	if got := found(h, falcon, timeline.Filter{Who: ada.Record.ID, Words: "his"}); got != "note:his" {
		t.Errorf("his words about Ada: %q", got)
	}
	people, err := h.Timeline.People(h.Ctx, h.DB.Reader(), falcon.Record.ID)
	var texts []string
	for _, p := range people {
		texts = append(texts, fmt.Sprint(p.Kind, " ", p.Title, " ", p.Count))
	}
	if got := strings.Join(texts, ", "); err != nil || got != "user Ines Okafor 4, user Ben Otieno 3, person Ada Lovelace 2" {
		t.Errorf("people: %s, %v", got, err)
	}
}

// TestPins: what is pinned stays through an edit, goes with its record into the
// bin and comes back with it.
func TestPins(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "company": falcon.Record.ID})
	old := h.Make(h.Activities.Note, v{"text": "old", "about": ada.Record.ID, "at": "2001-01-01"})
	h.Make(h.Activities.Note, v{"text": "new", "about": falcon.Record.ID})
	pin := func(subject, ref record.Change, pinned bool) error {
		return h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
			return h.Timeline.Pin(h.Ctx, tx, subject.Record.ID, ref.Record.ID, pinned)
		})
	}
	want := func(what, want string) {
		t.Helper()
		entries, err := h.Timeline.Pinned(h.Ctx, h.DB.Reader(), falcon.Record.ID)
		var titles []string
		for _, e := range entries {
			titles = append(titles, e.Title)
		}
		if got := strings.Join(titles, " "); err != nil || got != want {
			t.Errorf("%s: pinned are %q, want %q (%v)", what, got, want, err)
		}
	}
	want("at first", "")
	for range 2 { // twice is once
		if err := pin(falcon, old, true); err != nil {
			t.Fatal(err)
		}
	}
	want("pinned", "old")
	h.Set(old, v{"text": "older", "at": "2002-02-02"})
	want("after an edit", "older")
	h.Do(h.Records.Delete, old.Kind, record.Draft{ID: old.Record.ID})
	want("in the bin", "")
	h.Do(h.Records.Restore, old.Kind, record.Draft{ID: old.Record.ID})
	want("restored", "older")
	if got, err := h.Timeline.Pinned(h.Ctx, h.DB.Reader(), ada.Record.ID); err != nil || len(got) != 0 {
		t.Errorf("pinned to another timeline, too: %v, %v", got, err)
	}
	if err := pin(falcon, old, false); err != nil {
		t.Fatal(err)
	}
	want("let go", "")
	if err := pin(falcon, ada, true); err == nil {
		t.Error("what does not stand there was pinned")
	}
}
