package storage_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
	"kontor/storage/storagetest"
)

// shape lists all tables and indexes of a workspace with their columns.
func shape(t *testing.T, db *storage.DB) []string {
	t.Helper()
	var lines []string
	err := sqlx.SelectContext(t.Context(), db.Reader(), &lines, `
		SELECT s.type || ' ' || s.name || ' ' || s.tbl_name || coalesce(' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk, '')
		FROM sqlite_schema s LEFT JOIN pragma_table_info(s.name) c ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestFreshSchema(t *testing.T) {
	db := storagetest.Open(t)
	if got := count(t, db.Reader(), "PRAGMA user_version"); int64(got) != storage.Schema() {
		t.Errorf("user_version %d, want %d", got, storage.Schema())
	}
	for _, table := range []string{"storage_meta", "storage_blob"} {
		if !slices.ContainsFunc(shape(t, db), func(line string) bool { return strings.HasPrefix(line, "table "+table) }) {
			t.Errorf("no %s", table)
		}
	}
	if got := meta(t, db.Reader(), "made_by"); got != "test" {
		t.Errorf("made by %q", got)
	}
	wantNoProblem(t, db)
}

// TestUpgrade opens a workspace that calls itself older, though its tables are
// those of today: what is proven is the backup before, the new number after, and
// that the data stays. True older tables are TestReleased's matter.
func TestUpgrade(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	raw(t, filepath.Join(dir, "kontor.db"), "PRAGMA user_version = 0")
	db, err := storage.Open(t.Context(), dir, storage.Options{Version: "2.0", Now: storagetest.Clock()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := meta(t, db.Reader(), "made_by") + meta(t, db.Reader(), "name"); got != "2.0Bäckerei Łoś" {
		t.Errorf("got %q", got)
	}
	if got := count(t, db.Reader(), "PRAGMA user_version"); int64(got) != storage.Schema() {
		t.Errorf("user_version %d, want %d", got, storage.Schema())
	}
	if fresh := shape(t, storagetest.Open(t)); !slices.Equal(shape(t, db), fresh) {
		t.Error("an upgraded workspace has other tables than a fresh one")
	}
	backup := filepath.Join(dir, "backups", "before-upgrade-0-20260304-093000.zip")
	before := filepath.Join(t.TempDir(), "before")
	if _, err := storage.Restore(t.Context(), backup, before, storagetest.Day); err != nil {
		t.Fatal(err)
	}
	old, err := storage.Open(t.Context(), before, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if got := meta(t, old.Reader(), "name"); got != "Bäckerei Łoś" {
		t.Errorf("the backup holds %q", got)
	}
}

// TestUpgrade_broken has an upgrade fail half-way: the fault says so, the
// backup is there, and nothing is marked as done.
func TestUpgrade_broken(t *testing.T) {
	dir := t.TempDir()
	newWorkspace(t, dir)
	file := filepath.Join(dir, "kontor.db")
	raw(t, file, "DELETE FROM goose_db_version WHERE version_id > 0", "PRAGMA user_version = 0") // so the first step runs again, over its own tables
	for range 2 {
		_, err := storage.Open(t.Context(), dir, storage.Options{Now: storagetest.Clock()})
		wantFault(t, err, "storage.upgradeFailed")
		backup := filepath.Join(dir, "backups", "before-upgrade-0-20260304-093000.zip")
		if err := os.Rename(backup, filepath.Join(t.TempDir(), "kept.zip")); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sqlx.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := count(t, db, "PRAGMA user_version"); got != 0 {
		t.Errorf("user_version %d after a failed upgrade", got)
	}
	if got := meta(t, db, "name"); got != "Bäckerei Łoś" {
		t.Errorf("got %q", got)
	}
}

// TestReleased opens the kept backup of each released version: its data is
// there, its tables are those of a fresh workspace. KONTOR_RELEASE=1.0 keeps
// one of the version that is being released.
func TestReleased(t *testing.T) {
	const folder = "testdata/released"
	if version := os.Getenv("KONTOR_RELEASE"); version != "" {
		db, err := storage.Create(t.Context(), t.TempDir(), storage.Options{Version: version, Now: storagetest.Clock()})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		putMeta(t, db, "name", "Bäckerei Łoś")
		putBlob(t, db, noise("large", 300_000))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Backup(t.Context(), filepath.Join(folder, version+".zip")); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no version is released yet: ", folder, " is empty")
	}
	fresh := shape(t, storagetest.Open(t))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "w")
			if _, err := storage.Restore(t.Context(), file, dir, storagetest.Day); err != nil {
				t.Fatal(err)
			}
			db, err := storage.Open(t.Context(), dir, storage.Options{Version: "test"})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if got := meta(t, db.Reader(), "name"); got != "Bäckerei Łoś" {
				t.Errorf("got %q", got)
			}
			if got := shape(t, db); !slices.Equal(got, fresh) {
				t.Error("an upgraded workspace has other tables than a fresh one")
			}
			wantNoProblem(t, db)
		})
	}
}
