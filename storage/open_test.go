package storage_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/storage"
	"kontor/storage/storagetest"
)

func TestCreate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "workspace")
	newWorkspace(t, dir)
	for _, name := range []string{"files", "backups", "logs"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	info, err := os.Stat(filepath.Join(dir, "kontor.db"))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the database: %v", info.Mode())
	}
	left, err := filepath.Glob(filepath.Join(dir, "*-wal"))
	if hidden, _ := filepath.Glob(filepath.Join(dir, ".kontor*")); err != nil || len(left)+len(hidden) > 0 {
		t.Errorf("left behind: %v %v %v", left, hidden, err)
	}
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := meta(t, db.Reader(), "name"); got != "Bäckerei Łoś" || db.Unclean {
		t.Errorf("name %q, unclean %v", got, db.Unclean)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCreate_refused(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	before := contents(t, dir)
	_, err := storage.Create(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.exists")
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %v, was %v", after, before)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Create(t.Context(), filepath.Join(file, "workspace"), storage.Options{}); err == nil {
		t.Error("made a workspace inside a file")
	}
}

func TestOpen_faults(t *testing.T) {
	write := func(data string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "kontor.db"), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	truncate := func(size int64) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			newWorkspace(t, dir)
			if err := os.Truncate(filepath.Join(dir, "kontor.db"), size); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		key     string
	}{
		{"empty folder", func(*testing.T, string) {}, "storage.noWorkspace"},
		{"no folder", func(t *testing.T, dir string) {
			if err := os.Remove(dir); err != nil {
				t.Fatal(err)
			}
		}, "storage.noWorkspace"},
		{"empty file", write(""), "storage.foreign"},
		{"short text", write("hello"), "storage.foreign"},
		{"long text", write(strings.Repeat("Bäckerei;12345;Köln\r\n", 1000)), "storage.foreign"},
		{"folder in its place", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "kontor.db"), 0o700); err != nil {
				t.Fatal(err)
			}
		}, "storage.foreign"},
		{"foreign database", func(t *testing.T, dir string) {
			raw(t, filepath.Join(dir, "kontor.db"), "CREATE TABLE moz_places (id INTEGER PRIMARY KEY)", "INSERT INTO moz_places VALUES (1)")
		}, "storage.foreign"},
		{"foreign database with a log", func(t *testing.T, dir string) {
			raw(t, filepath.Join(dir, "kontor.db"), "PRAGMA journal_mode = WAL", "CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
		}, "storage.foreign"},
		{"newer", func(t *testing.T, dir string) {
			newWorkspace(t, dir)
			raw(t, filepath.Join(dir, "kontor.db"), "PRAGMA user_version = 9999", "UPDATE storage_meta SET value = '7.0' WHERE key = 'made_by'")
		}, "storage.newer"},
		{"cut to a part of the header", truncate(50), "storage.damaged"},
		{"cut in the first page", truncate(1000), "storage.damaged"},
		{"cut behind the first page", truncate(4096), "storage.damaged"},
		{"cut in the middle of a page", truncate(3*4096 + 100), "storage.damaged"},
		{"cut by one page", func(t *testing.T, dir string) {
			newWorkspace(t, dir)
			info, err := os.Stat(filepath.Join(dir, "kontor.db"))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(filepath.Join(dir, "kontor.db"), info.Size()-4096); err != nil {
				t.Fatal(err)
			}
		}, "storage.damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "w")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			c.prepare(t, dir)
			var before map[string]string
			if c.name != "no folder" {
				before = contents(t, dir)
			}
			db, err := storage.Open(t.Context(), dir, storage.Options{})
			if err == nil {
				t.Error(db.Close())
			}
			wantFault(t, err, c.key)
			if c.key == "storage.newer" && fault.Of(err).Params["version"] != "7.0" {
				t.Errorf("the newer version is not named: %v", fault.Of(err).Params)
			}
			if before == nil {
				if _, err := os.Stat(dir); err == nil {
					t.Error("the folder was made")
				}
				return
			}
			if after := contents(t, dir); !maps.Equal(before, after) {
				t.Errorf("changed: %v, was %v", after, before)
			}
		})
	}
}

func TestOpen_secondProcess(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	holder := startChild(t, "hold", dir)
	if !holder.out.Scan() {
		t.Fatal("the other process did not open it")
	}
	_, err := storage.Open(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.inUse")
	if door, ok := fault.Of(err).Detail.(storage.Door); !ok || door.PID != holder.Process.Pid || door.Socket != "/run/kontor.sock" {
		t.Errorf("door %+v, want that of process %d", fault.Of(err).Detail, holder.Process.Pid)
	}
	backup := filepath.Join(t.TempDir(), "b.zip")
	other := storagetest.Open(t)
	if _, err := other.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	_, err = storage.Restore(t.Context(), backup, dir, storagetest.Day)
	wantFault(t, err, "storage.inUse")

	if err := holder.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := holder.Wait(); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if db.Unclean {
		t.Error("the other process closed it, yet it counts as killed")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpen_sameProcessTwice(t *testing.T) {
	db := storagetest.Open(t)
	_, err := storage.Open(t.Context(), db.Dir, storage.Options{})
	wantFault(t, err, "storage.inUse")
	putMeta(t, db, "still", "writable")
}

// TestOpen_unclean keeps the mark of a killed program until somebody has opened
// the workspace.
func TestOpen_unclean(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "kontor.door"), []byte(`{"pid":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	raw(t, filepath.Join(dir, "kontor.db"), "PRAGMA user_version = 9999")
	_, err := storage.Open(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.newer")

	raw(t, filepath.Join(dir, "kontor.db"), fmt.Sprintf("PRAGMA user_version = %d", storage.Schema()))
	litter := []string{filepath.Join(dir, "files", ".blob-1"), filepath.Join(dir, ".kontor-2"), filepath.Join(dir, "backups", ".kontor-backup-3", "kontor.db")}
	for _, path := range litter {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, noise(path, 100), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, unclean := range []bool{true, false} {
		db, err := storage.Open(t.Context(), dir, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if db.Unclean != unclean {
			t.Errorf("unclean %v, want %v", db.Unclean, unclean)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range litter {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
}

// TestOpen_missingFolders opens a workspace whose empty folders were tidied away.
func TestOpen_missingFolders(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	for _, name := range []string{"files", "backups", "logs"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	putBlob(t, db, noise("large", 400_000))
	if _, err := db.Backup(t.Context(), ""); err != nil {
		t.Error(err)
	}
}

func TestOpen_names(t *testing.T) {
	for _, name := range []string{"a b", "Müller & Söhne", "100%25", "what?mode=ro", "nr#1", "a?b#c%d", "'quoted'", "顧客"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			newWorkspace(t, dir)
			db, err := storage.Open(t.Context(), dir, storage.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			file := filepath.Join(dir, "backup "+name+".zip")
			if _, err := db.Backup(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			other := filepath.Join(t.TempDir(), name)
			if _, err := storage.Restore(t.Context(), file, other, storagetest.Day); err != nil {
				t.Fatal(err)
			}
			for _, file := range []string{filepath.Join(dir, "kontor.db"), filepath.Join(other, "kontor.db")} {
				if _, err := os.Stat(file); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestClose(t *testing.T) {
	db, err := storage.Create(t.Context(), t.TempDir(), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	running, finish, wrote := make(chan struct{}), make(chan struct{}), make(chan error, 2)
	go func() {
		wrote <- db.Write(t.Context(), func(tx *storage.Tx) error {
			close(running)
			<-finish
			return insertMeta(t.Context(), tx, "last", "words")
		})
	}()
	<-running
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	go func() {
		wrote <- db.Write(t.Context(), func(*storage.Tx) error { return nil })
	}()
	wantFault(t, <-wrote, "fault.interrupted") // the one that waited
	close(finish)
	if err := <-wrote; err != nil {
		t.Errorf("the running transaction: %v", err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	wantFault(t, db.Write(t.Context(), func(*storage.Tx) error { return nil }), "fault.interrupted")

	again, err := storage.Open(t.Context(), db.Dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if meta(t, again.Reader(), "last") != "words" {
		t.Error("what was running at close is lost")
	}
}

func TestDiscard(t *testing.T) {
	dir := t.TempDir()
	db, err := storage.Create(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Discard(); err != nil {
		t.Fatal(err)
	}
	newWorkspace(t, dir)
}

func TestReadDoor(t *testing.T) {
	db := storagetest.Open(t)
	if err := db.Announce("/run/user/0/kontor.sock"); err != nil {
		t.Fatal(err)
	}
	if door, ok := storage.ReadDoor(db.Dir); !ok || door.PID != os.Getpid() || door.Socket != "/run/user/0/kontor.sock" {
		t.Errorf("got %+v", door)
	}
	if _, ok := storage.ReadDoor(t.TempDir()); ok {
		t.Error("a door where nobody lives")
	}
}
