package storage_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// childRole tells this test binary to be a second Kontor instead of running
// tests; childDir is the workspace it works in.
const (
	childRole = "KONTOR_TEST_ROLE"
	childDir  = "KONTOR_TEST_DIR"
)

func TestMain(m *testing.M) {
	var err error
	switch role, dir := os.Getenv(childRole), os.Getenv(childDir); role {
	case "":
		os.Exit(m.Run())
	case "hold":
		err = holdWorkspace(dir)
	case "write":
		err = writeBatches(dir)
	case "create":
		err = createWorkspace(dir)
	default:
		err = errors.New("unknown role " + role)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// holdWorkspace keeps a workspace open until its input ends.
func holdWorkspace(dir string) error {
	db, err := storage.Open(context.Background(), dir, storage.Options{})
	if err != nil {
		return err
	}
	if err := db.Announce("/run/kontor.sock"); err != nil {
		return err
	}
	fmt.Println("open")
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, db.Close())
}

// child is a second process on a workspace.
type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startChild(t *testing.T, role, dir string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.CommandContext(t.Context(), self)}
	c.Env = append(os.Environ(), childRole+"="+role, childDir+"="+dir)
	c.Stderr = os.Stderr
	if c.in, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// newWorkspace makes a workspace with one row, closed again.
func newWorkspace(t *testing.T, dir string) {
	t.Helper()
	db, err := storage.Create(t.Context(), dir, storage.Options{Version: "1.0"})
	if err != nil {
		t.Fatal(err)
	}
	putMeta(t, db, "name", "Bäckerei Łoś")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func putMeta(t testing.TB, db *storage.DB, key, value string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *storage.Tx) error { return insertMeta(t.Context(), tx, key, value) })
	if err != nil {
		t.Fatal(err)
	}
}

func insertMeta(ctx context.Context, tx *storage.Tx, key, value string) error {
	_, err := tx.Exec(ctx, "INSERT INTO storage_meta (key, value) VALUES ($1, $2)", key, value)
	return err
}

func meta(t testing.TB, q storage.Queryer, key string) string {
	t.Helper()
	var value string
	err := sqlx.GetContext(t.Context(), q, &value, "SELECT value FROM storage_meta WHERE key = $1", key)
	if err != nil && !storage.NoRows(err) {
		t.Fatal(err)
	}
	return value
}

func count(t testing.TB, q storage.Queryer, query string, args ...any) int {
	t.Helper()
	var n int
	if err := sqlx.GetContext(t.Context(), q, &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

// raw runs statements on a closed database file, past all of Kontor's care.
func raw(t testing.TB, file string, statements ...string) {
	t.Helper()
	db, err := sqlx.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func wantFault(t testing.TB, err error, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", key)
	}
	if got := fault.Of(err); got.Key != key {
		t.Fatalf("got %s (%v), want %s", got.Key, err, key)
	}
}

// contents gives a hash of each file below dir, but for the lock, which
// stays behind empty.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "kontor.lock" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// noise gives n bytes that do not compress, the same for the same seed.
func noise(seed string, n int) []byte {
	out := make([]byte, 0, n+sha256.Size)
	sum := sha256.Sum256([]byte(seed))
	for len(out) < n {
		out = append(out, sum[:]...)
		sum = sha256.Sum256(sum[:])
	}
	return out[:n]
}

func putBlob(t testing.TB, db *storage.DB, data []byte) string {
	t.Helper()
	var hash string
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		var size int64
		var err error
		hash, size, err = tx.PutBlob(t.Context(), strings.NewReader(string(data)))
		if err == nil && size != int64(len(data)) {
			err = fmt.Errorf("size %d, want %d", size, len(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func readBlob(t testing.TB, db *storage.DB, hash string) []byte {
	t.Helper()
	r, err := db.Blob(t.Context(), db.Reader(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
