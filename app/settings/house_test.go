package settings_test

import (
	"context"
	"testing"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// house is a workspace whose owner acts.
type house struct {
	*app.App
	t     testing.TB
	ctx   context.Context
	owner record.ID
}

func open(t testing.TB) *house {
	t.Helper()
	a, err := app.Create(context.Background(), t.TempDir(), storage.Options{Version: "test", Now: storagetest.Clock()},
		app.Start{Company: "Harbor Trading", Owner: "Ines Okafor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, owner, err := a.AsOwner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return &house{a, t, ctx, owner.ID}
}

type v = map[string]any

type way func(context.Context, *storage.Tx, *record.Kind, ...record.Draft) ([]record.Change, error)

// do writes drafts in one transaction, as one batch.
func (h *house) do(do way, k *record.Kind, drafts ...record.Draft) []record.Change {
	h.t.Helper()
	changes, err := h.try(do, k, drafts...)
	if err != nil {
		h.t.Fatal(err)
	}
	return changes
}

func (h *house) try(do way, k *record.Kind, drafts ...record.Draft) (changes []record.Change, err error) {
	err = h.DB.Write(h.ctx, func(tx *storage.Tx) error {
		changes, err = do(h.ctx, tx, k, drafts...)
		return err
	})
	return changes, err
}
