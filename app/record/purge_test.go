package record_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/storage"
)

type values = map[string]any

// binned puts records into the bin and names them.
func binned(h *apptest.House, changes ...record.Change) []record.Ref {
	h.Helper()
	var refs []record.Ref
	for _, c := range changes {
		h.Do(h.Records.Delete, c.Kind, record.Draft{ID: c.Record.ID})
		refs = append(refs, record.Ref{Kind: c.Kind.Name, ID: c.Record.ID})
	}
	return refs
}

func purge(h *apptest.House, refs ...record.Ref) record.Edited {
	h.Helper()
	tried, err := h.Records.TryPurge(h.Ctx, h.DB.Reader(), refs, func(int) {})
	if err != nil {
		h.Fatal(err)
	}
	done, err := h.Records.PurgeMany(h.Ctx, h.DB, refs, func(int) {})
	if err != nil {
		h.Fatal(err)
	}
	if tried.Changed != done.Changed || tried.Unchanged != done.Unchanged || len(tried.Failed) != len(done.Failed) {
		h.Errorf("foretold %+v, done %+v", tried, done)
	}
	return done
}

// rows counts what a query finds.
func rows(h *apptest.House, query string, args ...any) (n int) {
	h.Helper()
	if err := sqlx.GetContext(h.Ctx, h.DB.Reader(), &n, query, args...); err != nil {
		h.Fatal(query, err)
	}
	return n
}

// TestPurgeLeavesNothingButANote: row, lists, timelines, words and values of the
// history are gone; who did what when stays.
func TestPurgeLeavesNothingButANote(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, values{"name": "Falcon"})
	person := h.Make(h.Contacts.Person, values{"name": "Ada Lovelace", "emails": []any{"ada@falcon.example"}, "company": company.Record.ID})
	h.Set(person, values{"name": "Ada King"})
	note := h.Make(h.Activities.Note, values{"text": "Prefers the telephone", "about": person.Record.ID})
	done := purge(h, binned(h, note, person)...)
	if done.Changed != 2 || len(done.Failed) > 0 {
		t.Fatalf("%+v", done)
	}
	id := int64(person.Record.ID)
	for query, want := range map[string]int{
		"SELECT count(*) FROM contacts_person WHERE id = $1":                                                                                       0,
		"SELECT count(*) FROM contacts_email WHERE owner_id = $1":                                                                                  0,
		"SELECT count(*) FROM contacts_role WHERE owner_id = $1":                                                                                   0,
		"SELECT count(*) FROM timeline_entry WHERE subject_id = $1 OR ref_id = $1":                                                                 0,
		"SELECT count(*) FROM search_doc WHERE record_id = $1":                                                                                     0,
		"SELECT count(*) FROM history_change WHERE record_id = $1":                                                                                 4,
		"SELECT count(*) FROM history_change WHERE record_id = $1 AND (title <> '' OR before IS NOT NULL OR after IS NOT NULL OR because IS NULL)": 0,
	} {
		if n := rows(h, query, id); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	changes, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: person.Record.ID, Limit: 10})
	if err != nil || changes[0].Op != record.Purge || changes[0].Actor.ID != h.Owner || changes[0].Reversible || changes[0].Batch != done.Batch {
		t.Errorf("%+v, %v", changes, err)
	}
	u, err := h.History.Undo(h.Ctx, person.Act.Batch, false)
	if err != nil || u.Undone != 0 || len(u.Conflicts) != 1 || u.Conflicts[0].Reason != "rule.purged" {
		t.Errorf("undo %+v, %v", u, err)
	}
	if again := purge(h, record.Ref{Kind: "person", ID: person.Record.ID}, record.Ref{Kind: "company", ID: company.Record.ID}); again.Changed != 0 || again.Unchanged != 2 {
		t.Errorf("again %+v", again) // gone already; not in the bin
	}
}

// TestPurgeKeepsWhatOthersNeed: what is final, what somebody refers to, whoever
// the history names.
func TestPurgeKeepsWhatOthersNeed(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, values{"name": "Falcon"})
	person := h.Make(h.Contacts.Person, values{"name": "Ada Lovelace", "company": company.Record.ID})
	note := h.Make(h.Activities.Note, values{"text": "Hello", "about": company.Record.ID})
	refs := binned(h, company)
	why := func(want string, refs ...record.Ref) {
		t.Helper()
		done := purge(h, refs...)
		if len(done.Failed) != 1 || fault.Of(done.Failed[0].Err).Key != want || done.Changed > 0 {
			t.Errorf("%+v, want %s", done, want)
		}
	}
	why("rule.purgeLinkedMore", refs...) // a person and a note
	binned(h, note)
	why("rule.purgeLinked", refs...)
	binned(h, person)
	why("rule.purgeHeldInBin", refs...)

	// All together they go, whatever the order in which they are named.
	refs = append(refs, record.Ref{Kind: "person", ID: person.Record.ID}, record.Ref{Kind: "note", ID: note.Record.ID})
	if done := purge(h, refs...); done.Changed != 3 {
		t.Errorf("together %+v", done)
	}

	anne := h.Make(h.Access.Kind, values{"name": "Anne", "role": "member"})
	plain := h.Ctx
	h.Ctx = record.WithAct(plain, record.Act{Actor: anne.Record.ID})
	h.Make(h.Contacts.Company, values{"name": "Osprey"})
	h.Ctx = plain
	why("rule.purgeActor", binned(h, anne)...)
}

// TestReferring: what lies in the bin and holds a company there, by what it is.
func TestReferring(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, values{"name": "Falcon"})
	person := h.Make(h.Contacts.Person, values{"name": "Ada Lovelace", "company": company.Record.ID})
	note := h.Make(h.Activities.Note, values{"text": "Hello", "about": company.Record.ID})
	other := h.Make(h.Activities.Note, values{"text": "To her", "about": person.Record.ID})
	kept := h.Make(h.Activities.Note, values{"text": "Not deleted", "about": company.Record.ID})
	falcon := binned(h, company)[0]
	want := func(n int, kinds ...string) []record.Ref {
		t.Helper()
		found, err := h.Records.Referring(h.Ctx, h.DB.Reader(), []record.Ref{falcon}, kinds...)
		if err != nil || len(found) != n {
			t.Errorf("%v: %v, want %d (%v)", kinds, found, n, err)
		}
		return found
	}
	want(0)
	binned(h, note, person, other)
	want(3)
	want(1, "note") // the other one is about the person
	want(3, "note", "call", "person")
	if done := purge(h, append(want(3), falcon)...); done.Changed != 3 || len(done.Failed) != 1 || fault.Of(done.Failed[0].Err).Key != "rule.purgeLinked" {
		t.Errorf("with a note that is not deleted: %+v", done)
	}
	binned(h, kept)
	if done := purge(h, append(want(1), falcon)...); done.Changed != 2 {
		t.Errorf("at last: %+v", done)
	}
}

// TestPurgeInACircle: two that refer to each other go together.
func TestPurgeInACircle(t *testing.T) {
	h := apptest.Open(t)
	ada := h.Make(h.Contacts.Person, values{"name": "Ada Lovelace"})
	bob := h.Make(h.Contacts.Person, values{"name": "Bob Babbage"})
	tie := h.Make(h.Contacts.Relation, values{"from": ada.Record.ID, "type": "friend", "to": bob.Record.ID})
	refs := binned(h, ada, bob, tie)
	if done := purge(h, refs[0]); len(done.Failed) != 1 {
		t.Errorf("alone %+v", done)
	}
	if done := purge(h, refs...); done.Changed != 3 {
		t.Errorf("together %+v", done)
	}
}

// TestPurgedFilesGiveTheirBytesBack, unless another file has the same ones.
func TestPurgedFilesGiveTheirBytesBack(t *testing.T) {
	h := apptest.Open(t)
	large := make([]byte, 2<<20)
	for i := range large {
		large[i] = byte(i * i >> 7 * 31)
	}
	add := func(name string, content []byte) (c record.Change) {
		err := h.DB.Write(h.Ctx, func(tx *storage.Tx) (err error) {
			c, err = h.Files.Add(h.Ctx, tx, name, 0, bytes.NewReader(content))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	one, same, small := add("one.bin", large), add("same.bin", large), add("small.txt", []byte("hello"))
	hash := one.Record.Values.String("hash")
	left := func() int { return rows(h, "SELECT count(*) FROM storage_blob") }
	purge(h, binned(h, one)...)
	if left() != 2 {
		t.Error("bytes went that another file needs")
	}
	purge(h, binned(h, same, small)...)
	if _, err := os.Stat(filepath.Join(h.DB.Dir, "files", hash)); left() != 0 || !os.IsNotExist(err) {
		t.Errorf("%d blobs left, %v", left(), err)
	}
}

// TestTheBinIsClearedByTheClock: after the days that the settings say, not before,
// never when they say so; Kontor does it, not a person.
func TestTheBinIsClearedByTheClock(t *testing.T) {
	day := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	h := apptest.OpenAt(t, func() time.Time { return day })
	company := h.Make(h.Contacts.Company, values{"name": "Falcon"})
	held := h.Make(h.Contacts.Company, values{"name": "Osprey"})
	h.Make(h.Contacts.Person, values{"name": "Ada Lovelace", "company": held.Record.ID})
	binned(h, company, held)
	check := func(want, kept int) {
		t.Helper()
		done, err := h.Settings.ClearBin(context.WithoutCancel(h.Ctx))
		if err != nil || done.Changed != want || len(done.Failed) != kept {
			t.Errorf("on %s: %+v, %v", day, done, err)
		}
	}
	set := func(days string) {
		h.Do(h.Records.Save, h.Settings.Kind, record.Draft{ID: 1, Values: values{"bin": days}})
	}
	if h.Settings.Text("bin") != "90" {
		t.Errorf("a new workspace keeps for %q", h.Settings.Text("bin"))
	}
	day = day.AddDate(0, 0, 89)
	check(0, 0)
	day = day.AddDate(0, 0, 2)
	set("never")
	check(0, 0)
	set("180")
	check(0, 0)
	set("90")
	check(1, 1)
	check(0, 1)
	last := changesOf(h, company.Record.ID)
	if last.Op != record.Purge || last.Actor.ID != 0 {
		t.Errorf("%+v", last)
	}
}

func changesOf(h *apptest.House, id record.ID) history.Change {
	h.Helper()
	changes, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: id, Limit: 1})
	if err != nil || len(changes) == 0 {
		h.Fatal(changes, err)
	}
	return changes[0]
}

// TestRestoreMany brings back what the rules allow and says why not the rest.
func TestRestoreMany(t *testing.T) {
	h := apptest.Open(t)
	var made []record.Change
	for i := range 120 {
		made = append(made, h.Make(h.Contacts.Company, values{"name": fmt.Sprint("Company ", i), "number": fmt.Sprint("C-", i)}))
	}
	refs := binned(h, made...)
	h.Make(h.Contacts.Company, values{"name": "Taken", "number": "C-7"})
	done, err := h.Records.RestoreMany(h.Ctx, h.DB, refs, func(int) {})
	if err != nil || done.Changed != 119 || len(done.Failed) != 1 || fault.Of(done.Failed[0].Err).Key != "rule.numberTaken" || done.Failed[0].Title != "Company 7" {
		t.Fatalf("%+v, %v", done, err)
	}
	u, err := h.History.Undo(h.Ctx, done.Batch, false)
	if err != nil || u.Undone != 119 {
		t.Errorf("%d, %v", u.Undone, err)
	}
}
