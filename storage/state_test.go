package storage_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
	"kontor/storage/storagetest"
)

// TestStateOf: the number is another one after each commit, of this program or
// another, and the same while nobody commits.
func TestStateOf(t *testing.T) {
	db := storagetest.Open(t)
	state := func() int64 {
		t.Helper()
		n, known := storage.StateOf(t.Context(), db.Reader())
		if !known {
			t.Fatal("unknown")
		}
		return n
	}
	first := state()
	if meta(t, db.Reader(), "a"); state() != first {
		t.Error("reading is taken for a change")
	}
	broken := errors.New("broken")
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		if _, known := storage.StateOf(t.Context(), tx); known {
			t.Error("a transaction has a number")
		}
		if err := insertMeta(t.Context(), tx, "a", "1"); err != nil {
			return err
		}
		if state() != first {
			t.Error("another number before the commit")
		}
		return broken
	})
	if !errors.Is(err, broken) || state() != first {
		t.Error("another number though all was taken back", err)
	}
	if err := db.Write(t.Context(), func(tx *storage.Tx) error { return insertMeta(t.Context(), tx, "a", "1") }); err != nil {
		t.Fatal(err)
	}
	second := state()
	if second <= first {
		t.Errorf("%d after a commit, before it %d", second, first)
	}
	other, err := sqlx.Open("sqlite", "file:"+filepath.Join(db.Dir, "kontor.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec("UPDATE storage_meta SET value = '2' WHERE key = 'a'"); err != nil {
		t.Fatal(err)
	}
	if state() <= second {
		t.Error("the same number though another program has written")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, known := storage.StateOf(gone, db.Reader()); known {
		t.Error("an answer for who does not wait for it")
	}
	state()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, known := storage.StateOf(t.Context(), db.Reader()); known {
		t.Error("a number of a closed workspace")
	}
}
