package history_test

import (
	"testing"

	"kontor/app/apptest"
	"kontor/app/record/history"
	"kontor/storage"
)

// TestCoins: amounts that change alone are in the currency that their record had
// then, whatever it has now.
func TestCoins(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	made := h.Make(k, v{"name": "Quayside Wines", "revenue": "100", "revenueCurrency": "USD"})
	id := made.Record.ID
	for _, change := range []v{{"revenue": "200"}, {"revenueCurrency": "GBP"}, {"revenue": "300"}, {"revenue": "400", "revenueCurrency": "CHF"}} {
		h.Set(made, change)
	}
	type coin struct{ before, after string }
	want := []*coin{{"GBP", "CHF"}, {"GBP", "GBP"}, nil, {"USD", "USD"}, {"", "USD"}} // newest first
	check := func(what string, changes []history.Change) {
		t.Helper()
		if len(changes) != len(want) {
			t.Fatalf("%s: %d changes", what, len(changes))
		}
		for i, c := range changes {
			var got *coin
			for _, f := range c.Fields {
				if f.Key == "revenue" && f.Currency != nil {
					got = &coin{f.Currency.Before, f.Currency.After}
				}
			}
			if (got == nil) != (want[i] == nil) || got != nil && *got != *want[i] {
				t.Errorf("%s, change %d: %v, want %v", what, i, got, want[i])
			}
		}
	}
	changes, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: id, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	check("list", changes)
	changes, err = h.History.OfField(h.Ctx, h.DB.Reader(), id, "revenue", 10)
	if err != nil {
		t.Fatal(err)
	}
	want = append(want[:2:2], want[3:]...)
	check("field", changes)

	// One that no change tells of, as of a number that became an amount.
	rec := h.Make(k, v{"name": "Atelier Bertin", "revenue": "5", "revenueCurrency": "JPY"})
	h.Set(rec, v{"revenue": "7"})
	err = h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		_, err := tx.Exec(h.Ctx, "UPDATE history_change SET after = replace(after, 'revenueCurrency', 'gone')")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if changes, err = h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: rec.Record.ID, Limit: 1}); err != nil {
		t.Fatal(err)
	}
	if f := changes[0].Fields[0]; f.Currency == nil || *f.Currency != (history.Coin{Before: "JPY", After: "JPY"}) {
		t.Errorf("%+v", f)
	}
}
