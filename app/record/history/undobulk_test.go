package history_test

import (
	"fmt"
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
)

// TestUndoOfABulkEdit: updates that are taken back together meet the same rules as
// one by one: what has moved on stays, and two records give their numbers back to
// each other.
func TestUndoOfABulkEdit(t *testing.T) {
	h := apptest.Open(t)
	made := make([]record.Change, 30)
	for i := range made {
		made[i] = h.Make(h.Contacts.Company, v{"name": fmt.Sprint("Company ", i), "number": fmt.Sprint("C-", i)})
	}
	plain := h.Ctx
	batch := record.NewID(h.DB.Now())
	h.Ctx = record.WithAct(plain, record.Act{Actor: h.Owner, Batch: batch})
	for i, c := range made {
		h.Set(c, v{"city": "Leeds", "country": "GB"})
		if i == 0 {
			h.Set(c, v{"number": "C-x"})
		}
	}
	h.Set(made[1], v{"number": "C-0"})
	h.Set(made[0], v{"number": "C-1"})
	h.Ctx = plain
	h.Set(made[5], v{"city": "York"})

	undone := undo(h, batch)
	if undone.Undone != 32 || len(undone.Conflicts) != 1 || undone.Conflicts[0].Field != "addresses" {
		t.Errorf("undone %d, conflicts %+v", undone.Undone, undone.Conflicts)
	}
	for i, c := range made {
		rec, want := now(h, c), ""
		if i == 5 {
			want = "York"
		}
		if rec.Values.String("city") != want || rec.Values.String("number") != fmt.Sprint("C-", i) {
			t.Errorf("%d is %v", i, rec.Values)
		}
	}
	again := undo(h, undone.Batch)
	if again.Undone != undone.Undone {
		t.Errorf("done again: %+v", again)
	}
	if now(h, made[0]).Values.String("number") != "C-1" || now(h, made[7]).Values.String("city") != "Leeds" {
		t.Error("the undo is not undone")
	}
}
