package history_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/storage"
)

type v = map[string]any

func TestHistoryOfEachOperation(t *testing.T) {
	h := apptest.Open(t)
	batch := record.NewID(h.DB.Now())
	plain := h.Ctx
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch, Label: "customers.xlsx"})
	made := h.Do(h.Records.Save, h.Contacts.Company, record.Draft{Row: 7, Values: v{"name": "Falcon", "revenue": "12.5", "email": "info@falcon.example"}})[0]
	h.Ctx = plain
	h.Set(made, v{"name": "Falcon Ltd", "email": "hello@falcon.example"})
	h.Do(h.Records.Delete, made.Kind, record.Draft{ID: made.Record.ID})
	h.Do(h.Records.Restore, made.Kind, record.Draft{ID: made.Record.ID})

	changes := changesOf(h, made)
	var ops []record.Op
	for i, c := range changes {
		ops = append(ops, c.Op)
		if c.Actor.ID != h.Owner || c.Actor.Name != "Ines Okafor" || c.Kind != "company" || !c.Reversible || c.Undone || c.Record != made.Record.ID {
			t.Errorf("change %+v", c)
		}
		if i > 0 && (c.ID >= changes[i-1].ID || c.Millis() > changes[i-1].Millis()) {
			t.Error("changes are not newest first")
		}
	}
	if !slices.Equal(ops, []record.Op{record.Restore, record.Delete, record.Update, record.Create}) {
		t.Fatalf("operations %v", ops)
	}
	created, updated := changes[3], changes[2]
	if created.Batch != batch || created.Source != "customers.xlsx" || created.Row != 7 || created.Title != "Falcon" {
		t.Errorf("created: %+v", created)
	}
	fields := map[string]string{}
	for _, f := range slices.Concat(created.Fields, updated.Fields) {
		fields[f.Key] += string(f.Before) + " → " + string(f.After) + "; "
	}
	for key, want := range map[string]string{
		"name":            `null → "Falcon"; "Falcon" → "Falcon Ltd"; `,
		"emails":          `null → [{"type":null,"value":"info@falcon.example"}]; [{"type":null,"value":"info@falcon.example"}] → [{"type":null,"value":"hello@falcon.example"}]; `,
		"revenue":         `null → "12.50"; `,
		"revenueCurrency": `null → "EUR"; `,
	} {
		if fields[key] != want {
			t.Errorf("%s: %s, want %s", key, fields[key], want)
		}
	}
	if len(fields) != 4 { // what mirrors a list is told once, by the list
		t.Errorf("fields %v", fields)
	}
	if updated.Batch == batch || updated.Row != 0 || updated.Source != "" {
		t.Errorf("updated: %+v", updated)
	}
}

func TestHistoryFilters(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "company": company.Record.ID})
	note := h.Make(h.Activities.Note, v{"text": "Hello", "about": company.Record.ID})
	noon := h.DB.Now()
	today := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		filter history.Filter
		want   int
	}{
		"record":          {history.Filter{Record: note.Record.ID}, 1},
		"kind":            {history.Filter{Kind: "person"}, 1},
		"actor":           {history.Filter{Actor: h.Owner, Kind: "note"}, 1},
		"another actor":   {history.Filter{Actor: 5}, 0},
		"batch":           {history.Filter{Batch: note.Act.Batch}, 1},
		"today":           {history.Filter{Since: today, Until: today.AddDate(0, 0, 1), Kind: "company"}, 1},
		"yesterday":       {history.Filter{Since: today.AddDate(0, 0, -1), Until: today}, 0},
		"operation":       {history.Filter{Op: record.Create, Kind: "note"}, 1},
		"no operation":    {history.Filter{Op: record.Delete}, 0},
		"field":           {history.Filter{Kind: "person", Field: "lastName"}, 1},
		"part of a list":  {history.Filter{Kind: "person", Field: "since"}, 0},
		"before the note": {history.Filter{Before: note.ID, Actor: h.Owner, Kind: "note"}, 0},
	} {
		c.filter.Limit = 10
		changes, err := h.History.List(h.Ctx, h.DB.Reader(), c.filter)
		if err != nil || len(changes) != c.want {
			t.Errorf("%s: %d changes, want %d, %v", name, len(changes), c.want, err)
		}
	}
	changes := changesOf(h, note)
	links, err := h.History.Links(h.Ctx, h.DB.Reader(), changes)
	if err != nil || links[company.Record.ID].Title != "Falcon" {
		t.Errorf("links %v, %v", links, err)
	}
}

func TestUndoAndRedo(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon", "revenue": "100", "emails": []any{"a@falcon.example", "b@falcon.example"}})
	start := now(h, company)
	edit := h.Set(company, v{"name": "Osprey", "revenue": "7", "revenueCurrency": "JPY", "emails": []any{"c@falcon.example"}, "city": "Leeds"})
	edited := now(h, company)

	same := func(what string, want *record.Record) {
		t.Helper()
		got, wanted := string(want.Kind.JSON(now(h, company).Values, now(h, company).Values)), string(want.Kind.JSON(want.Values, want.Values))
		if got != wanted {
			t.Fatalf("%s:\n%s\nwant\n%s", what, got, wanted)
		}
	}
	undone := undo(h, edit.ID)
	if undone.Undone != 1 || len(undone.Conflicts) != 0 {
		t.Fatalf("undone %+v", undone)
	}
	same("after undo", start)
	if changes := changesOf(h, company); !changes[1].Undone || changes[0].Batch != undone.Batch {
		t.Errorf("history after undo: %+v", changes)
	}
	if _, err := h.History.Undo(h.Ctx, edit.ID, false); err == nil {
		t.Error("undone twice")
	} else {
		wantKey(t, err, fault.CodeConflict, "rule.alreadyUndone")
	}
	redone := undo(h, undone.Batch)
	same("after redo", edited)
	if changesOf(h, company)[2].Undone {
		t.Error("what was done again still counts as undone")
	}
	undo(h, redone.Batch)
	same("after the second undo", start)
	for i, want := range []bool{false, true, false, true, false} { // undo, redo, undo, edit, create
		if changesOf(h, company)[i].Undone != want {
			t.Errorf("change %d from the newest counts as undone: %v", i, !want)
		}
	}

	deleted := h.Do(h.Records.Delete, company.Kind, record.Draft{ID: company.Record.ID})[0]
	undo(h, deleted.Act.Batch)
	same("after undo of delete", start)
	if now(h, company).Deleted != 0 {
		t.Error("still in the bin")
	}
	made := undo(h, company.Act.Batch)
	if made.Undone != 1 || now(h, company).Deleted == 0 {
		t.Errorf("undo of create: %+v", made)
	}
	undo(h, made.Batch)
	same("after redo of create", start)
	_, err := h.History.Undo(h.Ctx, 12345, false)
	wantKey(t, err, fault.CodeNotFound, "rule.noChange")
}

func TestUndoOfAName(t *testing.T) {
	h := apptest.Open(t)
	person := h.Make(h.Contacts.Person, v{"name": "Frau Dr. Ada von Arx"})
	edit := h.Set(person, v{"name": "Grace Hopper"})
	undo(h, edit.ID)
	rec := now(h, person)
	if got := fmt.Sprintf("%s|%s|%s|%s|%s", rec.Values["salutation"], rec.Values["title"], rec.Values["firstName"], rec.Values["lastName"], rec.Title()); got != "ms|Dr.|Ada|von Arx|Ada von Arx" {
		t.Errorf("after undo: %s", got)
	}
}

func TestUndoConflicts(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon", "city": "Leeds", "vat": "DE1"})
	edit := h.Set(company, v{"name": "Osprey", "vat": "DE2"})
	h.Set(company, v{"vat": "DE3"})
	undone := undo(h, edit.ID)
	if undone.Undone != 1 || len(undone.Conflicts) != 1 || undone.Conflicts[0].Field != "vat" || undone.Conflicts[0].Reason != "rule.editedSince" {
		t.Errorf("a field that moved on: %+v", undone)
	}
	if rec := now(h, company); rec.Title() != "Falcon" || rec.Values.String("vat") != "DE3" {
		t.Errorf("after undo: %v", rec.Values)
	}
	if undone := undo(h, company.ID); undone.Undone != 0 || len(undone.Conflicts) != 1 || undone.Conflicts[0].Reason != "rule.editedSince" {
		t.Errorf("a new record that somebody worked on: %+v", undone)
	}

	// A rule may forbid it by now, and then nothing of it is written.
	first := h.Make(h.Contacts.Company, v{"name": "First", "number": "K-1"})
	gone := h.Do(h.Records.Delete, first.Kind, record.Draft{ID: first.Record.ID})[0]
	second := h.Make(h.Contacts.Company, v{"name": "Second", "number": "k-1"})
	if undone := undo(h, gone.ID); undone.Undone != 0 || len(undone.Conflicts) != 1 || undone.Conflicts[0].Reason != "rule.refused" || undone.Conflicts[0].Field != "number" {
		t.Errorf("a number that is taken: %+v", undone)
	}
	if now(h, first).Deleted == 0 || len(changesOf(h, first)) != 2 {
		t.Error("it came back nevertheless")
	}
	h.Set(second, v{"number": ""})
	if undone := undo(h, gone.ID); undone.Undone != 1 {
		t.Errorf("a number that is free again: %+v", undone)
	}
}

func TestUndoOfABatch(t *testing.T) {
	h := apptest.Open(t)
	old := h.Make(h.Contacts.Company, v{"name": "Old", "city": "Leeds"})
	batch := record.NewID(h.DB.Now())
	plain := h.Ctx
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch, Label: "list.xlsx"})
	var drafts []record.Draft
	for i := range 250 {
		drafts = append(drafts, record.Draft{Values: v{"name": fmt.Sprint("New ", i)}, Row: i + 2})
	}
	made := h.Do(h.Records.Save, h.Contacts.Company, drafts...)
	h.Set(old, v{"city": "York"})
	h.Set(old, v{"name": "Older"}) // twice in one batch
	h.Ctx = plain
	h.Set(made[3], v{"city": "Hull"})

	dry, err := h.History.Undo(h.Ctx, batch, true)
	if err != nil || dry.Undone != 251 || len(dry.Conflicts) != 1 || dry.Conflicts[0].Record != made[3].Record.ID {
		t.Fatalf("dry run: %d undone, %v, %v", dry.Undone, dry.Conflicts, err)
	}
	alive := func() int {
		n, err := h.Records.Count(h.Ctx, h.DB.Reader(), h.Contacts.Company, record.Query{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := alive(); n != 251 || now(h, old).Title() != "Older" || len(changesOf(h, old)) != 3 {
		t.Fatalf("a dry run changed something: %d companies", n)
	}
	undone := undo(h, batch)
	if undone.Undone != dry.Undone || len(undone.Conflicts) != 1 {
		t.Errorf("undone %d, %v", undone.Undone, undone.Conflicts)
	}
	if rec := now(h, old); rec.Title() != "Old" || rec.Values.String("city") != "Leeds" || alive() != 2 {
		t.Errorf("after undo: %v, %d companies", rec.Values, alive())
	}
	if again := undo(h, undone.Batch); again.Undone != 251 || alive() != 251 || now(h, old).Title() != "Older" {
		t.Errorf("after redo: %+v, %d companies, %s", again, alive(), now(h, old).Title())
	}
}

func TestFinalChangesStay(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	final := company
	final.ID, final.Final, final.Because = record.NewID(h.DB.Now()), true, "rule.refused"
	final.Act.Batch = record.NewID(h.DB.Now())
	if err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error { return publishFinal(h, tx, final) }); err != nil {
		t.Fatal(err)
	}
	undone := undo(h, final.Act.Batch)
	if undone.Undone != 0 || len(undone.Conflicts) != 1 || undone.Conflicts[0].Reason != "rule.refused" {
		t.Errorf("undone %+v", undone)
	}
	if c := changesOf(h, company)[0]; c.Reversible || c.Reason != "rule.refused" {
		t.Errorf("change %+v", c)
	}
}

// publishFinal publishes an update as a module does that issues documents.
func publishFinal(h *apptest.House, tx *storage.Tx, c record.Change) error {
	c.Op, c.Old, c.Before, c.After = record.Update, c.Record, record.Values{}, record.Values{}
	return h.Records.Feed.Publish(h.Ctx, tx, []record.Change{c})
}

func now(h *apptest.House, c record.Change) *record.Record {
	h.Helper()
	rec, err := c.Kind.One(h.Ctx, h.DB.Reader(), c.Record.ID)
	if err != nil {
		h.Fatal(err)
	}
	return rec
}

// changesOf are those of a record, newest first.
func changesOf(h *apptest.House, c record.Change) []history.Change {
	h.Helper()
	changes, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: c.Record.ID, Limit: 100})
	if err != nil {
		h.Fatal(err)
	}
	return changes
}

// undo takes back and says how many changes and which conflicts there were.
func undo(h *apptest.House, id record.ID) history.Undone {
	h.Helper()
	u, err := h.History.Undo(h.Ctx, id, false)
	if err != nil {
		h.Fatal(err)
	}
	return u
}

func wantKey(t testing.TB, err error, code fault.Code, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Code != code || f.Key != key {
		t.Fatalf("%v, want %s %s", err, code, key)
	}
}

// TestWhereAValueComesFrom: the changes of one field, past many of others.
func TestWhereAValueComesFrom(t *testing.T) {
	h := apptest.Open(t)
	c := h.Make(h.Contacts.Company, map[string]any{"name": "Falcon", "vat": "DE1"})
	c = h.Set(c, map[string]any{"vat": "DE2"})
	for i := range 250 {
		c = h.Set(c, map[string]any{"name": fmt.Sprint("Falcon ", i)})
	}
	changes, err := h.History.OfField(h.Ctx, h.DB.Reader(), c.Record.ID, "vat", 10)
	if err != nil || len(changes) != 2 || len(changes[0].Fields) != 1 || string(changes[0].Fields[0].After) != `"DE2"` || string(changes[1].Fields[0].After) != `"DE1"` {
		t.Errorf("%v, %v", changes, err)
	}
}
