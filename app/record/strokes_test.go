package record_test

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sync/atomic"
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/storage"
)

// TestEditManyLists: lists of many records change together, in their first row, at
// their end or by a row less, and all else stays: the rows that were not named, the
// words by which the records are found.
func TestEditManyLists(t *testing.T) {
	h := apptest.Open(t)
	const n = 700 // more than one statement takes
	drafts := make([]record.Draft, n)
	for i := range drafts {
		values := v{"name": fmt.Sprint("Company ", i), "phones": []any{fmt.Sprintf("040 55%05d", i), "+44 20 7946 0123"}, "tags": []any{"old"}}
		if i%3 > 0 {
			values["addresses"] = []any{v{"street": fmt.Sprint("Street ", i), "city": []string{"Leeds", "Łódź"}[i%2]}, v{"type": "billing", "city": "York"}}
		}
		if i%5 == 0 {
			values["tags"] = []any{"first", "old", "last"}
		}
		drafts[i].Values = values
	}
	made := h.Do(h.Records.Save, h.Contacts.Company, drafts...)
	ids := make([]record.ID, n)
	for i, c := range made {
		ids[i] = c.Record.ID
	}
	edits := []record.Edit{
		{Set: v{"city": "Rotterdam"}},
		{Add: map[string][]any{"tags": {"new"}}, Remove: map[string][]any{"tags": {"old"}}},
		{Set: v{"language": "fr", "number": nil}},
	}
	var batches []record.ID
	for _, e := range edits {
		done, err := h.Records.EditMany(h.Ctx, h.DB, h.Contacts.Company, ids, e, func(int) {})
		if err != nil || done.Changed != n {
			t.Fatal(done, err)
		}
		batches = append(batches, done.Batch)
	}
	all := stored(h, ids)
	for i, rec := range all {
		want := record.Values{}
		for key, value := range made[i].Record.Values {
			want[key] = value
		}
		addresses := []record.Values{{"city": "Rotterdam"}}
		if i%3 > 0 {
			addresses = []record.Values{{"street": fmt.Sprint("Street ", i), "city": "Rotterdam"}, {"type": "billing", "city": "York"}}
		}
		want["addresses"], want["city"], want["language"] = addresses, "Rotterdam", "fr"
		want["tags"] = []record.Values{{"value": "new"}}
		if i%5 == 0 {
			want["tags"] = []record.Values{{"value": "first"}, {"value": "last"}, {"value": "new"}}
		}
		if !reflect.DeepEqual(rec.Values, want) || rec.Version != 4 {
			t.Fatalf("%d is %v at version %d, want %v", i, rec.Values, rec.Version, want)
		}
	}
	found := func(text string) int {
		hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), text, "company", 1000)
		if err != nil {
			t.Fatal(err)
		}
		return len(hits)
	}
	for text, want := range map[string]int{"rotterdam 49405500007": 1, "rotterdam 5500699": 1, "leeds": 0, "street 31 york rotterdam": 1, "new company 35": 1} {
		if got := found(text); got < min(want, 1) || want == 0 && got > 0 {
			t.Errorf("%q is found %d times", text, got)
		}
	}
	for i := len(batches) - 1; i >= 0; i-- {
		undone, err := h.History.Undo(h.Ctx, batches[i], false)
		if err != nil || undone.Undone != n || len(undone.Conflicts) > 0 {
			t.Fatal(undone, err)
		}
	}
	for i, rec := range stored(h, ids) {
		if !reflect.DeepEqual(rec.Values, made[i].Record.Values) {
			t.Fatalf("%d came back as %v, was %v", i, rec.Values, made[i].Record.Values)
		}
	}
	if found("rotterdam") > 0 || found("leeds 49405500002") != 1 {
		t.Error("the words did not come back")
	}
	problems, err := h.Search.Check(h.Ctx, h.DB.Reader())
	if err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

// TestEditManyGaps: the rows of a list from which a purge took one do not stand at
// the places one would think.
func TestEditManyGaps(t *testing.T) {
	h := apptest.Open(t)
	made := h.Make(h.Contacts.Company, v{"name": "Falcon", "addresses": []any{v{"city": "Leeds"}, v{"city": "York"}, v{"city": "Hull"}}})
	err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		_, err := tx.Exec(h.Ctx, "DELETE FROM contacts_address WHERE owner_id = $1 AND pos = 0", int64(made.Record.ID))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Set(made, v{"city": "Whitby"})
	want := []record.Values{{"city": "Whitby"}, {"city": "Hull"}}
	if got := stored(h, []record.ID{made.Record.ID})[0].Values.Rows("addresses"); !reflect.DeepEqual(got, want) {
		t.Errorf("addresses %v, want %v", got, want)
	}
}

// TestEditManyUnread: an edit leaves lists unread that nobody asks for, and who
// needs them reads them.
func TestEditManyUnread(t *testing.T) {
	h := apptest.Open(t)
	made := h.Make(h.Contacts.Company, v{"name": "Falcon", "phone": "040 1234567", "kinds": []any{"customer"}})
	only := record.Draft{ID: made.Record.ID, Only: []string{"language"}, Derive: func(_ record.Env, old *record.Record) (map[string]any, error) {
		if old.Values.Rows("phones") != nil || old.Values.Rows("kinds") == nil {
			t.Errorf("read: %v", old.Values)
		}
		return v{"language": "fr"}, nil
	}}
	err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		changes, err := h.Records.Save(h.Ctx, tx, h.Contacts.Company, only)
		if err != nil {
			return err
		}
		if err := record.Complete(h.Ctx, tx, []*record.Record{changes[0].Record}); err != nil {
			return err
		}
		if changes[0].Record.Values.Rows("phones") == nil {
			t.Error("the telephone numbers are missing")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	rec := stored(h, []record.ID{made.Record.ID})[0]
	if rec.Values.String("phone") != "040 1234567" || len(rec.Values.Rows("phones")) != 1 || rec.Values.String("language") != "fr" {
		t.Errorf("stored: %v", rec.Values)
	}
}

// TestInChunksLetsOthersWrite: whoever waits to write comes after the step that
// runs, not after the transaction of a bulk job.
func TestInChunksLetsOthersWrite(t *testing.T) {
	h := apptest.Open(t)
	waited, waiting := make(chan error, 1), false
	var wrote atomic.Bool
	steps, after := 0, 0
	err := record.InChunks(h.Ctx, h.DB, 100_000, func(tx *storage.Tx, _, _ int) error {
		steps++
		if waiting && after == 0 {
			after = steps
			if !wrote.Load() {
				return errors.New("the bulk job goes on while somebody waits")
			}
		}
		if steps == 3 {
			go func() {
				waited <- h.DB.Write(h.Ctx, func(*storage.Tx) error {
					wrote.Store(true)
					return nil
				})
			}()
			for !tx.Wanted() {
				runtime.Gosched()
			}
			waiting = true
		}
		return nil
	})
	if err := errors.Join(err, <-waited); err != nil || after != 4 {
		t.Errorf("the other one came before step %d, %v", after, err)
	}
}

func stored(h *apptest.House, ids []record.ID) []*record.Record {
	h.Helper()
	records, err := h.Contacts.Company.Load(h.Ctx, h.DB.Reader(), ids...)
	if err != nil {
		h.Fatal(err)
	}
	return records
}
