package record_test

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/storage"
)

// TestEditManyCancelled: what was not committed counts for nothing and is not
// there.
func TestEditManyCancelled(t *testing.T) {
	h := apptest.Open(t)
	var ids []record.ID
	for i := range 40 {
		ids = append(ids, h.Make(h.Contacts.Company, v{"name": fmt.Sprint("Company ", i)}).Record.ID)
	}
	ctx, cancel := context.WithCancel(h.Ctx)
	seen := 0
	done, err := h.Records.EditMany(ctx, h.DB, h.Contacts.Company, ids, record.Edit{Change: func(*record.Record) map[string]any {
		if seen++; seen == 30 {
			cancel()
		}
		return v{"city": "Leeds"}
	}}, func(int) { t.Error("told of what is not saved") })
	if err == nil || done.Changed != 0 || done.Batch == 0 {
		t.Errorf("cancelled: %+v, %v", done, err)
	}
	where, err := record.ParseFilter(`city = "Leeds"`)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := h.Records.Count(h.Ctx, h.DB.Reader(), h.Contacts.Company, record.Query{Where: where}, 100); err != nil || n != 0 {
		t.Errorf("%d are written, %v", n, err)
	}
}

// TestEditManyOneByOne: the rules judge each record; the others change, each once.
func TestEditManyOneByOne(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{"name": "Holder", "number": "C-9"})
	a := h.Make(h.Contacts.Company, v{"name": "Falcon", "number": "C-1"}).Record.ID
	b := h.Make(h.Contacts.Company, v{"name": "Osprey", "number": "C-2"}).Record.ID
	gone := h.Make(h.Contacts.Company, v{"name": "Gone"})
	h.Do(h.Records.Delete, gone.Kind, record.Draft{ID: gone.Record.ID})
	next := map[record.ID]string{a: "C-9", b: "C-10"}
	edit := record.Edit{Change: func(old *record.Record) map[string]any { return v{"number": next[old.ID]} }}
	ids := []record.ID{b, a, b, gone.Record.ID, 12345}
	tried, err := h.Records.TryMany(h.Ctx, h.DB.Reader(), h.Contacts.Company, ids, edit, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	done, err := h.Records.EditMany(h.Ctx, h.DB, h.Contacts.Company, ids, edit, func(int) {})
	if err != nil || done.Changed != 1 || len(done.Failed) != 3 || tried.Changed != 1 || len(tried.Failed) != 3 {
		t.Errorf("done %+v, tried %+v, %v", done, tried, err)
	}
	undone, err := h.History.Undo(h.Ctx, done.Batch, false)
	if err != nil || undone.Undone != 1 {
		t.Errorf("undone %+v, %v", undone, err)
	}
}

// TestBulkWorkLeavesTheCollectorAsItWas, also where it fails.
func TestBulkWorkLeavesTheCollectorAsItWas(t *testing.T) {
	h := apptest.Open(t)
	was := debug.SetGCPercent(77)
	defer debug.SetGCPercent(was)
	refused := errors.New("refused")
	for _, want := range []error{nil, refused} {
		err := record.InChunks(h.Ctx, h.DB, 1, func(*storage.Tx, int, int) error { return want })
		if !errors.Is(err, want) {
			t.Fatal(err)
		}
		if now := debug.SetGCPercent(77); now != 77 {
			t.Errorf("%d percent afterwards, want what it was", now)
		}
	}
}
