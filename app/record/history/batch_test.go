package history_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/record/history"
)

// batches reads all batches that a filter finds, two at a time.
func batches(h *apptest.House, f history.Filter) []history.Batch {
	h.Helper()
	var all []history.Batch
	f.Limit = 2
	for {
		found, next, err := h.History.Batches(h.Ctx, h.DB.Reader(), f)
		if err != nil {
			h.Fatal(err)
		}
		all = append(all, found...)
		if next == 0 {
			return all
		}
		f.Before = next
	}
}

func TestBatchesAreEntries(t *testing.T) {
	h := apptest.Open(t)
	plain := h.Ctx
	batch := record.NewID(h.DB.Now())
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch, Label: "customers.xlsx"})
	var made []record.Change
	for i := range 7 {
		made = append(made, h.Make(h.Contacts.Company, v{"name": fmt.Sprint("Company ", i), "email": fmt.Sprintf("c%d@falcon.example", i)}))
	}
	person := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace"})
	h.Ctx = plain
	h.Set(made[3], v{"name": "Falcon", "city": "Leeds"})
	note := h.Make(h.Activities.Note, v{"text": "Hello", "about": made[3].Record.ID})
	deleted := h.Do(h.Records.Delete, note.Kind, record.Draft{ID: note.Record.ID})[0].Act.Batch
	undone := undo(h, deleted)

	ids := func(f history.Filter) (ids []record.ID) {
		for _, b := range batches(h, f) {
			ids = append(ids, b.ID)
		}
		return ids
	}
	all := ids(history.Filter{Kind: "company"})
	if len(all) != 2 || all[1] != batch {
		t.Fatalf("batches of companies: %v", all)
	}
	noon := h.DB.Now()
	today := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		filter history.Filter
		want   int
	}{
		"all":               {history.Filter{Since: today}, len(ids(history.Filter{}))},
		"record":            {history.Filter{Record: made[3].Record.ID}, 2},
		"record and op":     {history.Filter{Record: made[3].Record.ID, Op: record.Update}, 1},
		"created people":    {history.Filter{Kind: "person", Op: record.Create}, 1},
		"deleted":           {history.Filter{Op: record.Delete}, 1},
		"field":             {history.Filter{Kind: "company", Field: "emails"}, 1},
		"field of an edit":  {history.Filter{Kind: "company", Op: record.Update, Field: "addresses"}, 1},
		"who":               {history.Filter{Actor: h.Owner, Kind: "note"}, 3},
		"somebody else":     {history.Filter{Actor: 5}, 0},
		"batch":             {history.Filter{Batch: batch}, 1},
		"batch, other kind": {history.Filter{Batch: batch, Kind: "note"}, 0},
		"yesterday":         {history.Filter{Since: today.AddDate(0, 0, -1), Until: today}, 0},
		"until today":       {history.Filter{Until: today.AddDate(0, 0, 1), Kind: "company"}, 2},
	} {
		if found := ids(c.filter); len(found) != c.want || !slices.IsSortedFunc(found, func(a, b record.ID) int { return int(b - a) }) {
			t.Errorf("%s: %v, want %d", name, found, c.want)
		}
	}
	b := batches(h, history.Filter{Batch: batch})[0]
	if b.Count != 8 || b.Source != "customers.xlsx" || b.Actor.Name != "Ines Okafor" || b.Undone || !b.Reversible || len(b.Changes) != 3 ||
		!slices.Equal(b.Parts, []history.Part{{Kind: "company", Op: record.Create, Count: 7}, {Kind: "person", Op: record.Create, Count: 1}}) {
		t.Errorf("batch %+v", b)
	}
	if b := batches(h, history.Filter{Batch: batch, Record: person.Record.ID})[0]; len(b.Changes) != 1 || b.Count != 8 {
		t.Errorf("batch of a person: %+v", b)
	}
	if b := batches(h, history.Filter{Batch: deleted})[0]; !b.Undone || b.Count != 1 {
		t.Errorf("undone batch %+v", b)
	}
	if b := batches(h, history.Filter{Batch: undone.Batch})[0]; b.Undoes != deleted || b.Changes[0].Op != record.Restore {
		t.Errorf("undo %+v", b)
	}
}

// TestCountsOfALargeBatch: they come from an index.
func TestCountsOfALargeBatch(t *testing.T) {
	h := apptest.Open(t)
	plain := h.Ctx
	batch := record.NewID(h.DB.Now())
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch})
	drafts := make([]record.Draft, 700)
	for i := range drafts {
		drafts[i].Values = v{"name": fmt.Sprint("Company ", i)}
	}
	made := h.Do(h.Records.Save, h.Contacts.Company, drafts...)
	h.Do(h.Records.Delete, h.Contacts.Company, record.Draft{ID: made[0].Record.ID})
	h.Ctx = plain
	b := batches(h, history.Filter{Batch: batch})[0]
	if b.Count != 701 || !slices.Equal(b.Parts, []history.Part{{Kind: "company", Op: record.Create, Count: 700}, {Kind: "company", Op: record.Delete, Count: 1}}) {
		t.Errorf("batch %+v", b)
	}
}

// TestPreviewSaysWhatStandsInTheWay: what comes back, by kind, and who moved on.
func TestPreviewSaysWhatStandsInTheWay(t *testing.T) {
	h := apptest.Open(t)
	plain := h.Ctx
	batch := record.NewID(h.DB.Now())
	company := h.Make(h.Contacts.Company, v{"name": "Falcon", "vat": "DE1"})
	note := h.Make(h.Activities.Note, v{"text": "Hello", "about": company.Record.ID})
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch})
	h.Set(company, v{"vat": "DE2", "number": "C-1"})
	h.Do(h.Records.Delete, note.Kind, record.Draft{ID: note.Record.ID})
	h.Ctx = plain
	h.Set(company, v{"vat": "DE3"})
	u, err := h.History.Undo(h.Ctx, batch, true)
	if err == nil {
		err = h.History.Explain(h.Ctx, h.DB.Reader(), u.Conflicts)
	}
	if err != nil || u.Undone != 2 || !slices.Contains(u.Effects, history.Effect{Kind: "note", Op: record.Restore, Count: 1}) || !slices.Contains(u.Effects, history.Effect{Kind: "company", Op: record.Update, Count: 1}) {
		t.Fatalf("%+v, %v", u, err)
	}
	if len(u.Conflicts) != 1 || u.Conflicts[0].Newer == nil || u.Conflicts[0].Newer.Actor.Name != "Ines Okafor" || string(u.Conflicts[0].Newer.Field.After) != `"DE3"` {
		t.Errorf("conflicts %+v", u.Conflicts)
	}
	if now(h, company).Values.String("vat") != "DE3" {
		t.Error("a preview changed something")
	}
}
