package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
	"kontor/storage/storagetest"
)

func TestWrite(t *testing.T) {
	db := storagetest.Open(t)
	var events []string
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		tx.AfterCommit(func() { events = append(events, "first "+meta(t, db.Reader(), "a")) })
		tx.AfterCommit(func() { events = append(events, "second") })
		if err := insertMeta(t.Context(), tx, "a", "1"); err != nil {
			return err
		}
		if meta(t, tx, "a") != "1" {
			t.Error("a transaction does not see its own write")
		}
		if meta(t, db.Reader(), "a") != "" {
			t.Error("others see what is not committed")
		}
		if len(events) > 0 {
			t.Error("AfterCommit ran before the commit")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"first 1", "second"}; !slices.Equal(events, want) {
		t.Errorf("got %v, want %v", events, want)
	}
}

// TestWrite_undone ends a transaction in every way but success: nothing stays,
// nothing is announced, and the next one works.
func TestWrite_undone(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		end  func(tx *storage.Tx, cancel context.CancelFunc) error
		want func(err error) bool
	}{
		{
			"error", func(*storage.Tx, context.CancelFunc) error { return broken },
			func(err error) bool { return errors.Is(err, broken) },
		},
		{
			"fault", func(*storage.Tx, context.CancelFunc) error { return fault.Invalid("name", "record.required", nil) },
			func(err error) bool { return fault.Of(err).Key == "record.required" },
		},
		{"broken rule", func(tx *storage.Tx, _ context.CancelFunc) error {
			return insertMeta(t.Context(), tx, "a", "again")
		}, storage.Unique},
		{
			"panic", func(*storage.Tx, context.CancelFunc) error { panic("boom") },
			func(err error) bool { return err.Error() == "panic: boom" },
		},
		{
			"end of the goroutine", func(*storage.Tx, context.CancelFunc) error { runtime.Goexit(); return nil },
			func(err error) bool { return err.Error() == "gone" },
		},
		{
			"cancelled", func(_ *storage.Tx, cancel context.CancelFunc) error { cancel(); return nil },
			func(err error) bool { return fault.Of(err).Key == "fault.interrupted" },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := storagetest.Open(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			done := make(chan error, 1)
			go func() {
				err := errors.New("gone")
				defer func() {
					if p := recover(); p != nil {
						err = fmt.Errorf("panic: %v", p)
					}
					done <- err
				}()
				err = db.Write(ctx, func(tx *storage.Tx) error {
					tx.AfterCommit(func() { t.Error("announced") })
					if err := insertMeta(ctx, tx, "a", "1"); err != nil {
						return err
					}
					return c.end(tx, cancel)
				})
			}()
			if err := <-done; err == nil || !c.want(err) {
				t.Errorf("got %v", err)
			}
			putMeta(t, db, "b", "2")
			if meta(t, db.Reader(), "a") != "" || meta(t, db.Reader(), "b") != "2" {
				t.Error("it was kept, or the next one was not")
			}
		})
	}
}

// TestWrite_cancelled cancels writers at any moment, in the middle of
// statements too. Those that said yes are saved, the others leave nothing, and
// nobody else is hurt.
func TestWrite_cancelled(t *testing.T) {
	db := storagetest.Open(t)
	const writers, rounds, rows = 4, 30, 200
	var mu sync.Mutex
	saved := map[string]bool{}
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(w), 1))
			for r := range rounds {
				ctx, cancel := context.WithCancel(t.Context())
				stop := func() bool { return true }
				if r%3 > 0 {
					stop = time.AfterFunc(time.Duration(dice.IntN(3000))*time.Microsecond, cancel).Stop
				}
				key := fmt.Sprintf("%d-%d", w, r)
				err := db.Write(ctx, func(tx *storage.Tx) error {
					var values []any
					for i := range rows {
						values = append(values, fmt.Sprintf("%s-%d", key, i), key)
					}
					return tx.Insert(ctx, "storage_meta", []string{"key", "value"}, values)
				})
				stop()
				cancel()
				if err != nil && (r%3 == 0 || fault.Of(err).Key != "fault.interrupted") {
					t.Errorf("writer %d round %d: %v", w, r, err)
				}
				mu.Lock()
				saved[key] = err == nil
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for key, yes := range saved {
		want := 0
		if yes {
			want = rows
		}
		if got := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE value = $1", key); got != want {
			t.Errorf("%s has %d rows, want %d", key, got, want)
		}
	}
}

func TestWrite_deadline(t *testing.T) {
	db := storagetest.Open(t)
	inside, finish := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- db.Write(t.Context(), func(*storage.Tx) error { close(inside); <-finish; return nil })
	}()
	<-inside
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantFault(t, db.Write(ctx, func(*storage.Tx) error { t.Error("ran without its turn"); return nil }), "fault.interrupted")
	close(finish)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantFault(t, db.Write(ctx, func(*storage.Tx) error { t.Error("ran though cancelled"); return nil }), "fault.interrupted")
}

// TestWrite_turns has a bulk job ask for Wanted and let a waiting save through.
func TestWrite_turns(t *testing.T) {
	db := storagetest.Open(t)
	var order []string
	started := make(chan struct{})
	save := make(chan error, 1)
	go func() {
		<-started
		save <- db.Write(t.Context(), func(*storage.Tx) error { order = append(order, "save"); return nil })
	}()
	for i := range 2 {
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			if i == 0 {
				if tx.Wanted() {
					t.Error("wanted by nobody")
				}
				close(started)
				for !tx.Wanted() {
					runtime.Gosched()
				}
			}
			order = append(order, "bulk")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := <-save; err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "bulk save bulk" {
		t.Errorf("got %s", got)
	}
}

func TestReader_cannotWrite(t *testing.T) {
	db := storagetest.Open(t)
	rows, err := db.Reader().QueryContext(t.Context(), "INSERT INTO storage_meta (key, value) VALUES ('x', 'y') RETURNING key")
	if err == nil {
		for rows.Next() {
		}
		err = errors.Join(rows.Err(), rows.Close())
	}
	if err == nil || meta(t, db.Reader(), "x") != "" {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestTx_Exec_manyStatements(t *testing.T) {
	db := storagetest.Open(t)
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		for i := range 1200 { // more than the cache holds, twice
			for range 2 {
				if _, err := tx.Exec(t.Context(), fmt.Sprintf("UPDATE storage_meta SET value = '%d' WHERE key = 'made_by'", i)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := meta(t, db.Reader(), "made_by"); got != "1199" {
		t.Errorf("got %s", got)
	}
}

func TestTx_Exec_afterNewColumn(t *testing.T) {
	db := storagetest.Open(t)
	putMeta(t, db, "a", "1")
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.Exec(t.Context(), "ALTER TABLE storage_meta ADD COLUMN cf_1 TEXT")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	putMeta(t, db, "b", "2")
	if got := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE cf_1 IS NULL AND key IN ('a', 'b')"); got != 2 {
		t.Errorf("got %d", got)
	}
}

func TestTx_Insert(t *testing.T) {
	for _, n := range []int{0, 1, 2, 99, 100, 101, 127, 128, 257} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			db := storagetest.Open(t)
			var values []any
			for i := range n {
				values = append(values, fmt.Sprintf("k%03d", i), fmt.Sprint(i))
			}
			err := db.Write(t.Context(), func(tx *storage.Tx) error {
				return tx.Insert(t.Context(), "storage_meta", []string{"key", "value"}, values)
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if err := sqlx.SelectContext(t.Context(), db.Reader(), &got, "SELECT value FROM storage_meta WHERE key LIKE 'k%' ORDER BY key"); err != nil {
				t.Fatal(err)
			}
			for i, value := range got {
				if value != fmt.Sprint(i) {
					t.Fatalf("row %d holds %s", i, value)
				}
			}
			if len(got) != n {
				t.Errorf("%d rows, want %d", len(got), n)
			}
		})
	}
}

func TestTx_Insert_shapes(t *testing.T) {
	db := storagetest.Open(t)
	wide := make([]string, 500) // 100 rows of it are more values than SQLite takes in one statement
	for i := range wide {
		wide[i] = fmt.Sprintf("c%d", i)
	}
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		if _, err := tx.Exec(t.Context(), "CREATE TABLE wide ("+strings.Join(wide, ", ")+")"); err != nil {
			return err
		}
		values := make([]any, 150*len(wide))
		for i := range values {
			values[i] = int64(i)
		}
		return tx.Insert(t.Context(), "wide", wide, values)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := count(t, db.Reader(), "SELECT count(*) FROM wide WHERE c499 = c0 + 499"); got != 150 {
		t.Errorf("%d rows, want 150", got)
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		return tx.Insert(t.Context(), "storage_meta", []string{"key", "value"}, []any{"a", "1", "b"})
	})
	if err == nil {
		t.Error("half a row was taken")
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		return tx.Insert(t.Context(), "storage_meta", []string{"key", "value"}, []any{"a", "1", "a", "2"})
	})
	if !storage.Unique(err) || meta(t, db.Reader(), "a") != "" {
		t.Errorf("got %v", err)
	}
}

func TestTx_InsertAlike(t *testing.T) {
	columns := []string{"id", "version", "created_at", "updated_at", "name", "name_key", "email", "role", "deleted_at"}
	for _, n := range []int{1, 2, 100, 301} {
		for _, alike := range []bool{true, false} {
			db := storagetest.Open(t)
			before := count(t, db.Reader(), "SELECT count(*) FROM access_user")
			var rows []any
			for i := range n {
				role := "guest"
				if !alike && i == n-1 {
					role = "owner"
				}
				rows = append(rows, int64(1000+i), int64(1), int64(5), int64(i), fmt.Sprint("name ", i), "key", "", role, nil)
			}
			err := db.Write(t.Context(), func(tx *storage.Tx) error { return tx.InsertAlike(t.Context(), "access_user", columns, rows) })
			if err != nil {
				t.Fatal(err)
			}
			if got := count(t, db.Reader(), "SELECT count(*) FROM access_user") - before; got != n {
				t.Errorf("%d rows, want %d", got, n)
			}
			if wrong := count(t, db.Reader(), "SELECT count(*) FROM access_user WHERE id >= 1000 AND (updated_at <> id - 1000 OR name <> 'name ' || updated_at OR name_key <> 'key' OR deleted_at IS NOT NULL OR created_at <> 5)"); wrong > 0 {
				t.Errorf("%d of %d rows are wrong", wrong, n)
			}
		}
	}
}

func TestIn(t *testing.T) {
	in, args := storage.In([]any{"x"}, []int64{7, 8, 9})
	if in != " IN (?, ?, ?, ?)" || !slices.Equal(args, []any{"x", int64(7), int64(8), int64(9), int64(9)}) {
		t.Errorf("got %s of %v", in, args)
	}
	if in, args = storage.In(nil, []int64{7}); in != " IN (?)" || len(args) != 1 {
		t.Errorf("got %s of %v", in, args)
	}
	if in, args = storage.In(nil, make([]int64, storage.MaxIn)); len(args) != storage.MaxIn || strings.Count(in, "?") != storage.MaxIn {
		t.Errorf("got %d", len(args))
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		first, n int
		want     string
	}{{1, 0, ""}, {1, 1, "$1"}, {4, 3, "$4, $5, $6"}} {
		if got := storage.Marks(c.first, c.n); got != c.want {
			t.Errorf("Marks(%d, %d) = %q, want %q", c.first, c.n, got, c.want)
		}
	}
}
