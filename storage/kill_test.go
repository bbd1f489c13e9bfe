package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// batchRows is how many rows one batch of the writing child has.
const batchRows = 20

// writeBatches writes batches of rows without end and says the number of each
// once it is saved. Every fifth brings a large blob with it.
func writeBatches(dir string) error {
	ctx := context.Background()
	db, err := storage.Open(ctx, dir, storage.Options{})
	if err != nil {
		return err
	}
	var next int
	if err := sqlx.GetContext(ctx, db.Reader(), &next, "SELECT coalesce(max(CAST(value AS INTEGER)), 0) + 1 FROM storage_meta WHERE key LIKE 'row-%'"); err != nil {
		return err
	}
	for ; ; next++ {
		err := db.Write(ctx, func(tx *storage.Tx) error {
			var values []any
			for i := range batchRows {
				values = append(values, fmt.Sprintf("row-%06d-%02d", next, i), fmt.Sprint(next))
			}
			if err := tx.Insert(ctx, "storage_meta", []string{"key", "value"}, values); err != nil {
				return err
			}
			if next%5 > 0 {
				return nil
			}
			hash, _, err := tx.PutBlob(ctx, bytes.NewReader(noise(fmt.Sprint(next), 263_000)))
			if err != nil {
				return err
			}
			return insertMeta(ctx, tx, fmt.Sprintf("blob-%06d", next), hash)
		})
		if err != nil {
			return err
		}
		fmt.Println(next)
	}
}

// kill ends a child as a power cut of the program would: no signal is handled.
func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for c.out.Scan() { // what it said before it died counts
	}
	_ = c.Wait()
}

// soakRounds is how often the kill tests kill: KONTOR_SOAK=1 asks for many.
func soakRounds() int {
	if os.Getenv("KONTOR_SOAK") != "" {
		return 200
	}
	return 8
}

// TestKill kills a writing program at any moment, again and again on one
// workspace: what it acknowledged is there, no batch is there in part.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	acknowledged, partWritten := 0, 0
	for round := range soakRounds() {
		c := startChild(t, "write", dir)
		if !c.out.Scan() {
			t.Fatal("the other process wrote nothing")
		}
		timer := time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { _ = c.Process.Kill() })
		for more := true; more; more = c.out.Scan() {
			if _, err := fmt.Sscan(c.out.Text(), &acknowledged); err != nil {
				t.Fatal(err)
			}
		}
		timer.Stop()
		_ = c.Wait()

		db, err := storage.Open(t.Context(), dir, storage.Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if !db.Unclean {
			t.Errorf("round %d: the kill went unnoticed", round)
		}
		last := count(t, db.Reader(), "SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM storage_meta WHERE key LIKE 'row-%'")
		if last < acknowledged || last > acknowledged+1 {
			t.Errorf("round %d: batch %d is the last, %d was acknowledged", round, last, acknowledged)
		}
		if last > acknowledged {
			partWritten++
		}
		if n := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE key LIKE 'row-%'"); n != last*batchRows {
			t.Errorf("round %d: %d rows in %d batches", round, n, last)
		}
		if n := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE key LIKE 'blob-%'"); n != last/5 {
			t.Errorf("round %d: %d blobs in %d batches", round, n, last)
		}
		wantNoProblem(t, db)
		if left, _ := filepath.Glob(filepath.Join(dir, "files", ".blob-*")); len(left) > 0 {
			t.Errorf("round %d: left behind %v", round, left)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db, err = storage.Open(t.Context(), dir, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if db.Unclean {
			t.Errorf("round %d: closed, yet it counts as killed", round)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d batches acknowledged, %d more were saved when the kill came before the answer", acknowledged, partWritten)
}

func createWorkspace(dir string) error {
	fmt.Println("start")
	db, err := storage.Create(context.Background(), dir, storage.Options{})
	if err != nil {
		return err
	}
	return db.Close()
}

// TestKill_create kills a program that makes a workspace: there is none, and
// one can be made, or it is whole.
func TestKill_create(t *testing.T) {
	whole := 0
	for round := range soakRounds() {
		dir := t.TempDir()
		c := startChild(t, "create", dir)
		if !c.out.Scan() {
			t.Fatal("the other process did not start")
		}
		timer := time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { _ = c.Process.Kill() })
		_ = c.Wait()
		timer.Stop()
		db, err := storage.Open(t.Context(), dir, storage.Options{})
		if err == nil {
			whole++
		} else if fault.Of(err).Key == "storage.noWorkspace" {
			db, err = storage.Create(t.Context(), dir, storage.Options{})
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if n := count(t, db.Reader(), "SELECT count(*) FROM contacts_company"); n != 0 {
			t.Errorf("%d companies", n)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(filepath.Join(dir, ".kontor-*"))
		if err != nil || len(left) > 0 {
			t.Errorf("round %d: left behind %v", round, errors.Join(err, errors.New(fmt.Sprint(left))))
		}
	}
	t.Logf("%d of %d were whole", whole, soakRounds())
}

// TestCreate_staleLog makes a workspace where the log of another lies, whose
// database somebody has deleted: the log does not come back to life.
func TestCreate_staleLog(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	c := startChild(t, "write", dir)
	for range 3 {
		if !c.out.Scan() {
			t.Fatal("the other process wrote nothing")
		}
	}
	c.kill(t)
	if err := os.Remove(filepath.Join(dir, "kontor.db")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "kontor.db-wal")); err != nil {
		t.Fatal("the killed program left no log")
	}
	db, err := storage.Create(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := count(t, db.Reader(), "SELECT count(*) FROM storage_meta"); n != 1 || db.Unclean {
		t.Errorf("%d rows, unclean %v", n, db.Unclean)
	}
	wantNoProblem(t, db)
}
