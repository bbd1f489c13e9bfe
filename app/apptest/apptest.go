// Package apptest gives tests the whole program over a workspace in a temporary
// folder.
package apptest

import (
	"context"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// House is a workspace whose owner acts. It ends with the test.
type House struct {
	testing.TB
	*app.App
	Ctx   context.Context
	Owner record.ID
}

// Open makes a workspace that lives at storagetest.Day.
func Open(t testing.TB) *House {
	t.Helper()
	return OpenAt(t, storagetest.Clock())
}

// OpenAt makes a workspace with a clock of its own; nil is the system's.
func OpenAt(t testing.TB, now func() time.Time) *House {
	t.Helper()
	a, err := app.Create(t.Context(), t.TempDir(), storage.Options{Version: "test", Now: now},
		app.Start{Company: "Harbor Trading", Owner: "Ines Okafor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	h := &House{TB: t, App: a}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, owner, err := a.AsOwner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.Ctx, h.Owner = ctx, owner.ID
	return h
}

// Reopen ends the program and starts it again over the same workspace.
func (h *House) Reopen() *House {
	h.Helper()
	dir, now := h.DB.Dir, h.DB.Now
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	a, err := app.Open(h.Context(), dir, storage.Options{Version: "test", Now: now})
	if err != nil {
		h.Fatal(err)
	}
	h.App = a
	if h.Ctx, _, err = a.AsOwner(h.Context()); err != nil {
		h.Fatal(err)
	}
	return h
}

// Way writes drafts: Save, Delete or Restore of the registry.
type Way func(context.Context, *storage.Tx, *record.Kind, ...record.Draft) ([]record.Change, error)

// Try writes drafts in one transaction, as one batch.
func (h *House) Try(do Way, k *record.Kind, drafts ...record.Draft) (changes []record.Change, err error) {
	err = h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		changes, err = do(h.Ctx, tx, k, drafts...)
		return err
	})
	return changes, err
}

// Do is Try that must not fail.
func (h *House) Do(do Way, k *record.Kind, drafts ...record.Draft) []record.Change {
	h.Helper()
	changes, err := h.Try(do, k, drafts...)
	if err != nil {
		h.Fatal(err)
	}
	return changes
}

// Make makes a record.
func (h *House) Make(k *record.Kind, values map[string]any) record.Change {
	h.Helper()
	return h.Do(h.Records.Save, k, record.Draft{Values: values})[0]
}

// Set changes a record.
func (h *House) Set(c record.Change, values map[string]any) record.Change {
	h.Helper()
	return h.Do(h.Records.Save, c.Kind, record.Draft{ID: c.Record.ID, Values: values})[0]
}
