package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/storage"
	"kontor/storage/storagetest"
)

func blobFiles(t *testing.T, db *storage.DB) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(db.Dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestPutBlob(t *testing.T) {
	for _, c := range []struct {
		name  string
		data  []byte
		files int
	}{
		{"nothing", nil, 0},
		{"one byte", []byte("x"), 0},
		{"small", []byte("Sehr geehrte Frau Łoś"), 0},
		{"just inline", noise("a", 250<<10), 0},
		{"too large to be inline", noise("a", 260<<10), 1},
		{"long but compressible", bytes.Repeat([]byte("0123456789"), 100_000), 0},
		{"as long as is looked at", make([]byte, 1<<20), 0},
		{"longer than is looked at", make([]byte, 1<<20+1), 1},
		{"many megabytes", noise("b", 5<<20), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := storagetest.Open(t)
			hash := putBlob(t, db, c.data)
			if again := putBlob(t, db, c.data); again != hash {
				t.Errorf("the same bytes have two names: %s %s", hash, again)
			}
			if got := readBlob(t, db, hash); !bytes.Equal(got, c.data) {
				t.Errorf("%d bytes came back, %d were put", len(got), len(c.data))
			}
			if files := blobFiles(t, db); len(files) != c.files {
				t.Errorf("files %v, want %d", files, c.files)
			}
			if n := count(t, db.Reader(), "SELECT count(*) FROM storage_blob"); n != 1 {
				t.Errorf("kept %d times", n)
			}
			if problems, err := db.Check(t.Context()); err != nil || len(problems) > 0 {
				t.Errorf("check: %v %v", problems, err)
			}
		})
	}
}

func TestPutBlob_undone(t *testing.T) {
	db := storagetest.Open(t)
	kept, fresh := noise("kept", 300_000), noise("fresh", 300_000)
	hash := putBlob(t, db, kept)
	broken := errors.New("broken")
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		for _, data := range [][]byte{kept, fresh, []byte("small")} {
			if _, _, err := tx.PutBlob(t.Context(), bytes.NewReader(data)); err != nil {
				return err
			}
		}
		if n := len(blobFiles(t, db)); n != 2 {
			t.Errorf("%d files inside the transaction", n)
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if got := blobFiles(t, db); len(got) != 1 || got[0] != hash {
		t.Errorf("files %v, want %s alone", got, hash)
	}
	if !bytes.Equal(readBlob(t, db, hash), kept) {
		t.Error("the kept file changed")
	}
	if n := count(t, db.Reader(), "SELECT count(*) FROM storage_blob"); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestPutBlob_badSource(t *testing.T) {
	db := storagetest.Open(t)
	broken := errors.New("line dropped")
	for _, size := range []int{10, 2 << 20} {
		source := io.MultiReader(bytes.NewReader(noise("s", size)), iotest.ErrReader(broken))
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			_, _, err := tx.PutBlob(t.Context(), source)
			return err
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	endless, cancel := context.WithCancel(t.Context())
	err := db.Write(endless, func(tx *storage.Tx) error {
		_, _, err := tx.PutBlob(endless, readFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }))
		return err
	})
	wantFault(t, err, "fault.interrupted")
	if got := blobFiles(t, db); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func TestBlob_faults(t *testing.T) {
	db := storagetest.Open(t)
	_, err := db.Blob(t.Context(), db.Reader(), strings.Repeat("0", 64))
	wantFault(t, err, "storage.noBlob")

	data := noise("large", 300_000)
	hash := putBlob(t, db, data)
	file := filepath.Join(db.Dir, "files", hash)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	_, err = db.Blob(t.Context(), db.Reader(), hash)
	wantFault(t, err, "storage.lostBlob")
	if fault.Of(err).Params["file"] != file {
		t.Errorf("params %v", fault.Of(err).Params)
	}
	wantProblem(t, db, hash)

	putBlob(t, db, data) // who adds it again heals it
	wantNoProblem(t, db)

	if err := os.Truncate(file, 1000); err != nil {
		t.Fatal(err)
	}
	wantProblem(t, db, hash)
	putBlob(t, db, data)
	wantNoProblem(t, db)

	if err := os.WriteFile(file, noise("other", len(data)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantProblem(t, db, hash)
}

func TestCheck_inlineBlob(t *testing.T) {
	db := storagetest.Open(t)
	hash := putBlob(t, db, []byte("original"))
	other := putBlob(t, db, []byte("changed"))
	wantNoProblem(t, db)
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE storage_blob SET data = (SELECT data FROM storage_blob WHERE hash = $1) WHERE hash = $2", other, hash)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	wantProblem(t, db, hash)
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE storage_blob SET data = x'00112233' WHERE hash = $1", hash)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	wantProblem(t, db, hash)
	_, err = db.Blob(t.Context(), db.Reader(), hash)
	wantFault(t, err, "storage.damaged")
}

func TestCheck_foreignKeys(t *testing.T) {
	db := storagetest.Open(t)
	dir := db.Dir
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, filepath.Join(dir, "kontor.db"),
		"CREATE TABLE pair (a INTEGER, b INTEGER REFERENCES contacts_company (id), PRIMARY KEY (a, b)) WITHOUT ROWID",
		"INSERT INTO pair VALUES (1, 42)",
		"CREATE TABLE single (id INTEGER PRIMARY KEY, b INTEGER REFERENCES contacts_company (id))",
		"INSERT INTO single VALUES (7, 42)")
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	wantProblem(t, db, "pair")
	wantProblem(t, db, "7")
	wantProblem(t, db, "single")
}

// TestCheck_zeroedPage finds a page that the disk gave back empty.
func TestCheck_zeroedPage(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var values []any
	for i := range 2000 {
		values = append(values, fmt.Sprintf("row %d", i), strings.Repeat("value ", 20))
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		return tx.Insert(t.Context(), "storage_meta", []string{"key", "value"}, values)
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "kontor.db")
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(make([]byte, 4096), info.Size()-5*4096)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	db, err = storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	problems, err := db.Check(t.Context())
	if err == nil && len(problems) == 0 {
		t.Error("nothing found")
	}
	if err != nil {
		wantFault(t, err, "storage.damaged")
	}
	_, err = db.Backup(t.Context(), "")
	wantFault(t, err, "storage.damaged") // a damaged copy is no backup
}

func wantProblem(t *testing.T, db *storage.DB, words string) {
	t.Helper()
	problems, err := db.Check(t.Context())
	for _, language := range lang.Languages() {
		var told []string
		for _, p := range problems {
			if !lang.Has(language, p.Key) {
				t.Errorf("%s has no text of %s", language, p.Key)
			}
			told = append(told, lang.Text(language, p.Key, p.Params))
		}
		if all := strings.Join(told, "\n"); err != nil || !strings.Contains(all, words) || strings.Contains(all, "{{") {
			t.Errorf("check: %s %v, want %s", all, err, words)
		}
	}
}

func wantNoProblem(t *testing.T, db *storage.DB) {
	t.Helper()
	if problems, err := db.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v %v", problems, err)
	}
}
