package timeline_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/app/transfer"
)

// TestMain lets the test binary be the child that reads spreadsheets.
func TestMain(m *testing.M) {
	if sheet.Worker(os.Args[1:]) {
		return
	}
	os.Exit(m.Run())
}

// stands checks which notes stand on whose timeline.
func stands(h *apptest.House, what string, want map[*record.Change]string) {
	h.Helper()
	for subject, want := range want {
		if got := notes(h, *subject); got != want {
			h.Errorf("%s: on %s stand %q, want %q", what, subject.Record.Title(), got, want)
		}
	}
}

// batch is the one that a change was made in.
func batch(c record.Change) record.ID { return c.Act.Batch }

func TestRoleAddedLater(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	osprey := h.Make(h.Contacts.Company, v{"name": "Osprey"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace"})
	bob := h.Make(h.Contacts.Person, v{"name": "Bob", "company": falcon.Record.ID})
	old := h.Make(h.Activities.Note, v{"text": "old", "about": ada.Record.ID, "at": "2024-12-31T22:59:00Z"}) // 23:59 in Berlin
	h.Make(h.Activities.Note, v{"text": "new", "about": ada.Record.ID, "at": "2025-01-01T00:00:00+01:00"})
	h.Make(h.Activities.Note, v{"text": "last", "about": ada.Record.ID, "at": "2025-06-30T23:59:00+02:00"})
	h.Make(h.Activities.Note, v{"text": "after", "about": ada.Record.ID, "at": "2025-07-01T00:00:00+02:00"})
	h.Make(h.Activities.Note, v{"text": "bob", "about": bob.Record.ID, "at": "2023-01-01"})
	h.Make(h.Activities.Note, v{"text": "own", "about": falcon.Record.ID, "at": "2022-01-01"})
	roles := func(list ...any) record.Change { return h.Set(ada, v{"roles": list}) }
	always, half := v{"company": falcon.Record.ID}, v{"company": osprey.Record.ID, "since": "2025-01-01", "until": "2025-06-30"}

	stands(h, "without a role", map[*record.Change]string{&falcon: "bob own", &osprey: "", &ada: "after last new old"})
	added := roles(always)
	stands(h, "with one", map[*record.Change]string{&falcon: "after last new old bob own", &osprey: ""})
	roles(always, half)
	stands(h, "with one of half a year", map[*record.Change]string{&osprey: "last new", &falcon: "after last new old bob own"})
	roles(half)
	stands(h, "with the first one taken out", map[*record.Change]string{&falcon: "after last new old bob own"})
	h.Set(old, v{"text": "ancient"})
	h.Set(old, v{"at": "2024-12-30"})
	stands(h, "after an edit", map[*record.Change]string{&falcon: "after last new ancient bob own", &ada: "after last new ancient"})
	h.Set(old, v{"about": osprey.Record.ID})
	stands(h, "about somebody else", map[*record.Change]string{&falcon: "after last new bob own", &osprey: "last new ancient"})
	if _, err := h.History.Undo(h.Ctx, added.ID, false); err != nil {
		t.Fatal(err)
	}
	stands(h, "after an undo that came too late", map[*record.Change]string{&falcon: "after last new bob own"})
}

func TestUndoOfARole(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "roles": []any{v{"company": falcon.Record.ID, "since": "2026-01-01"}}})
	h.Make(h.Activities.Note, v{"text": "old", "about": ada.Record.ID, "at": "2025-01-01"})
	h.Make(h.Activities.Note, v{"text": "new", "about": ada.Record.ID, "at": "2026-01-01T12:00:00Z"})
	undo := func(id record.ID) record.ID {
		t.Helper()
		undone, err := h.History.Undo(h.Ctx, id, false)
		if err != nil || undone.Undone != 1 {
			t.Fatalf("%+v %v", undone, err)
		}
		return undone.Batch
	}
	stands(h, "at first", map[*record.Change]string{&falcon: "new"})
	longer := h.Set(ada, v{"roles": []any{v{"company": falcon.Record.ID}}})
	stands(h, "with a longer role", map[*record.Change]string{&falcon: "new old"})
	undone := undo(batch(longer))
	stands(h, "after the undo", map[*record.Change]string{&falcon: "new", &ada: "new old"})
	undo(undone)
	stands(h, "after the undo of the undo", map[*record.Change]string{&falcon: "new old"})
}

// TestRoleFromASpreadsheet: an import gives roles to people of whom notes are
// kept, and its undo takes them back.
func TestRoleFromASpreadsheet(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon", "number": "F-1"})
	var rows string
	for i := range 60 {
		person := h.Make(h.Contacts.Person, v{"name": fmt.Sprint("Person ", i), "email": fmt.Sprintf("p%d@x.example", i)})
		h.Make(h.Activities.Note, v{"text": fmt.Sprint("note ", i), "about": person.Record.ID})
		rows += fmt.Sprintf("p%d@x.example,Falcon\n", i)
	}
	in := transfer.New(h.DB, h.Records)
	s, err := in.Open(h.Ctx, "roles.csv", []byte("E-mail,Company\n"+rows), transfer.Options{Kind: "person"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(h.Ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(h.Ctx); err != nil {
		t.Fatal(err)
	}
	state, err := s.State("en")
	if err != nil {
		t.Fatal(err)
	}
	result := state.Job.Result
	if n := len(read(h, falcon, "note")); result.Updated != 60 || n != 60 {
		t.Fatalf("%d notes on the timeline after %+v", n, result)
	}
	if _, err := h.History.Undo(h.Ctx, result.Batch, false); err != nil {
		t.Fatal(err)
	}
	if got := notes(h, falcon); got != "" {
		t.Errorf("after the undo stand %q", got)
	}
}

// TestRoleOfManyNotes: ten thousand entries come in the transaction of the role.
func TestRoleOfManyNotes(t *testing.T) {
	const count = 10_000
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace"})
	drafts := make([]record.Draft, count)
	for i := range drafts {
		drafts[i].Values = v{"text": "note", "about": ada.Record.ID, "at": time.UnixMilli(int64(i) * 60_000).UTC().Format(time.RFC3339)}
	}
	h.Do(h.Records.Save, h.Activities.Note, drafts...)
	stood := func() (n int) {
		t.Helper()
		if err := h.DB.Reader().QueryRowxContext(h.Ctx, "SELECT count(*) FROM timeline_entry WHERE subject_id = $1", int64(falcon.Record.ID)).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	start := time.Now()
	change := h.Set(ada, v{"company": falcon.Record.ID})
	t.Logf("the role: %v", time.Since(start))
	if n := stood(); n != count {
		t.Errorf("%d entries", n)
	}
	start = time.Now()
	if _, err := h.History.Undo(h.Ctx, batch(change), false); err != nil {
		t.Fatal(err)
	}
	t.Logf("its undo: %v", time.Since(start))
	if n := stood(); n != 0 {
		t.Errorf("%d entries after the undo", n)
	}
}
