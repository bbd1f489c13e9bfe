package storage_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/storage"
	"kontor/storage/storagetest"
)

// newBackup makes a workspace with a row, a small and a large blob, and its
// backup.
func newBackup(t *testing.T) (file, small, large string) {
	t.Helper()
	db := storagetest.Open(t)
	putMeta(t, db, "name", "Bäckerei Łoś")
	small = putBlob(t, db, []byte("small"))
	large = putBlob(t, db, noise("large", 300_000))
	file = filepath.Join(t.TempDir(), "backup.zip")
	b, err := db.Backup(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.File != file || b.Bytes != info.Size() || b.Rows["storage_blob"] != 2 || b.Rows["storage_meta"] != 2 {
		t.Errorf("backup %+v, %d bytes on disk", b, info.Size())
	}
	return file, small, large
}

func wantRestored(t *testing.T, dir, small, large string) {
	t.Helper()
	db, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := meta(t, db.Reader(), "name"); got != "Bäckerei Łoś" || db.Unclean {
		t.Errorf("name %q, unclean %v", got, db.Unclean)
	}
	if string(readBlob(t, db, small)) != "small" || !bytes.Equal(readBlob(t, db, large), noise("large", 300_000)) {
		t.Error("blobs differ")
	}
	wantNoProblem(t, db)
	putMeta(t, db, "after", "restore")
}

func TestRestore_empty(t *testing.T) {
	file, small, large := newBackup(t)
	dir := filepath.Join(t.TempDir(), "new")
	b, err := storage.Restore(t.Context(), file, dir, storagetest.Day)
	if err != nil {
		t.Fatal(err)
	}
	if b.Rows["storage_blob"] != 2 {
		t.Errorf("restored %+v", b)
	}
	wantRestored(t, dir, small, large)
}

// TestRestore_existing restores three times in the same second: each time the
// parts that were there are kept in a folder of their own.
func TestRestore_existing(t *testing.T) {
	file, small, large := newBackup(t)
	dir := t.TempDir()
	for i := range 3 {
		if i == 0 {
			newWorkspace(t, dir)
		}
		db, err := storage.Open(t.Context(), dir, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		putMeta(t, db, "round", fmt.Sprint(i))
		putBlob(t, db, noise(fmt.Sprint(i), 300_000))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := storage.Restore(t.Context(), file, dir, storagetest.Day); err != nil {
			t.Fatal(err)
		}
	}
	wantRestored(t, dir, small, large)
	kept, err := filepath.Glob(filepath.Join(dir, "backups", "replaced-*"))
	if err != nil || len(kept) != 3 {
		t.Fatalf("kept %v %v", kept, err)
	}
	rounds := map[string]bool{}
	for _, old := range kept {
		db, err := storage.Open(t.Context(), old, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rounds[meta(t, db.Reader(), "round")] = true
		wantNoProblem(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(rounds) != 3 {
		t.Errorf("kept rounds %v", rounds)
	}
}

// TestRestore_overKilled restores over a workspace whose program was killed:
// the log that it left goes away with its database.
func TestRestore_overKilled(t *testing.T) {
	file, small, large := newBackup(t)
	dir := t.TempDir()
	newWorkspace(t, dir)
	c := startChild(t, "write", dir)
	for range 3 {
		if !c.out.Scan() {
			t.Fatal("the other process wrote nothing")
		}
	}
	c.kill(t)
	if _, err := os.Stat(filepath.Join(dir, "kontor.db-wal")); err != nil {
		t.Fatal("the killed program left no log")
	}
	if _, err := storage.Restore(t.Context(), file, dir, storagetest.Day); err != nil {
		t.Fatal(err)
	}
	wantRestored(t, dir, small, large)
	old := filepath.Join(dir, "backups", "replaced-20260304-093000")
	db, err := storage.Open(t.Context(), old, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := count(t, db.Reader(), "SELECT count(*) FROM storage_meta WHERE key LIKE 'row-%'"); n < 3*batchRows {
		t.Errorf("%d rows in what was replaced", n)
	}
}

// rezip writes a backup anew: change edits, adds and drops entries.
func rezip(t *testing.T, file string, change func(entries map[string][]byte, m *storage.Manifest)) string {
	t.Helper()
	in, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	entries := map[string][]byte{}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if entries[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	var m storage.Manifest
	if err := json.Unmarshal(entries["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	change(entries, &m)
	if entries["manifest.json"] != nil {
		if entries["manifest.json"], err = json.Marshal(m); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range entries {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(t.TempDir(), "made.zip")
	if err := os.WriteFile(made, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return made
}

func hashOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

func TestRestore_refused(t *testing.T) {
	good, _, large := newBackup(t)
	bytesOf := func(change func(data []byte) []byte) func(t *testing.T) string {
		return func(t *testing.T) string {
			data, err := os.ReadFile(good)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "b.zip")
			if err := os.WriteFile(file, change(data), 0o600); err != nil {
				t.Fatal(err)
			}
			return file
		}
	}
	changed := func(change func(entries map[string][]byte, m *storage.Manifest)) func(t *testing.T) string {
		return func(t *testing.T) string { return rezip(t, good, change) }
	}
	// smuggled adds an entry with a true hash under a name that leads out.
	smuggled := func(name string) func(t *testing.T) string {
		return changed(func(entries map[string][]byte, m *storage.Manifest) {
			entries[name] = []byte("evil")
			m.Hashes[name] = hashOf(entries[name])
		})
	}
	for _, c := range []struct {
		name string
		file func(t *testing.T) string
		key  string
	}{
		{"no file", func(*testing.T) string { return "gone.zip" }, "storage.noBackup"},
		{"a folder", func(t *testing.T) string { return t.TempDir() }, "storage.notBackup"},
		{"empty", bytesOf(func([]byte) []byte { return nil }), "storage.notBackup"},
		{"text", bytesOf(func([]byte) []byte { return []byte("Name;Ort\n") }), "storage.notBackup"},
		{"cut", bytesOf(func(data []byte) []byte { return data[:len(data)/2] }), "storage.notBackup"},
		{"flipped byte", bytesOf(func(data []byte) []byte { data[len(data)/2] ^= 1; return data }), "storage.backupDamaged"},
		{"foreign zip", changed(func(entries map[string][]byte, _ *storage.Manifest) {
			clear(entries)
			entries["xl/workbook.xml"] = []byte("<workbook/>")
		}), "storage.notBackup"},
		{"no database", changed(func(entries map[string][]byte, m *storage.Manifest) {
			delete(entries, "kontor.db")
			delete(m.Hashes, "kontor.db")
		}), "storage.notBackup"},
		{"database missing", changed(func(entries map[string][]byte, _ *storage.Manifest) {
			delete(entries, "kontor.db")
		}), "storage.backupDamaged"},
		{"blob missing", changed(func(entries map[string][]byte, _ *storage.Manifest) {
			delete(entries, "files/"+large)
		}), "storage.backupDamaged"},
		{"blob changed", changed(func(entries map[string][]byte, _ *storage.Manifest) {
			entries["files/"+large][0] ^= 1
		}), "storage.backupDamaged"},
		{"another database", changed(func(entries map[string][]byte, m *storage.Manifest) {
			entries["kontor.db"] = foreignDatabase(t)
			m.Hashes["kontor.db"] = hashOf(entries["kontor.db"])
		}), "storage.notBackup"},
		{"text for a database", changed(func(entries map[string][]byte, m *storage.Manifest) {
			entries["kontor.db"] = []byte(strings.Repeat("no database ", 100))
			m.Hashes["kontor.db"] = hashOf(entries["kontor.db"])
		}), "storage.notBackup"},
		{"damaged database", changed(func(entries map[string][]byte, m *storage.Manifest) {
			clear(entries["kontor.db"][8192:])
			m.Hashes["kontor.db"] = hashOf(entries["kontor.db"])
		}), "storage.backupDamaged"},
		{"newer", changed(func(_ map[string][]byte, m *storage.Manifest) { m.Schema, m.Version = 9999, "7.0" }), "storage.newer"},
		{"newer, not admitted", changed(func(entries map[string][]byte, m *storage.Manifest) {
			entries["kontor.db"][60], entries["kontor.db"][61] = 1, 1 // user_version in the header
			m.Hashes["kontor.db"] = hashOf(entries["kontor.db"])
		}), "storage.newer"},
		{"way out", smuggled("../evil"), "storage.notBackup"},
		{"way out through files", smuggled("files/../../evil"), "storage.notBackup"},
		{"from the root", smuggled("/tmp/evil"), "storage.notBackup"},
		{"backslashes", smuggled(`files\..\..\evil`), "storage.notBackup"},
		{"a log for the database", smuggled("kontor.db-wal"), "storage.notBackup"},
		{"folder in files", smuggled("files/a/b"), "storage.notBackup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			outside := t.TempDir()
			dir := filepath.Join(outside, "w")
			newWorkspace(t, dir)
			before := contents(t, outside)
			_, err := storage.Restore(t.Context(), c.file(t), dir, storagetest.Day)
			wantFault(t, err, c.key)
			if after := contents(t, outside); !maps.Equal(before, after) {
				t.Errorf("changed: %v, was %v", after, before)
			}
		})
	}
}

func foreignDatabase(t *testing.T) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "foreign.db")
	raw(t, file, "CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRestore_cancelled(t *testing.T) {
	file, _, _ := newBackup(t)
	dir := t.TempDir()
	newWorkspace(t, dir)
	before := contents(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := storage.Restore(ctx, file, dir, storagetest.Day)
	wantFault(t, err, "fault.interrupted")
	if after := contents(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed: %v, was %v", after, before)
	}
}

// TestBackup_oneMoment backs up while saves move money between two accounts
// and large blobs come and go: each copy shows a sum that was never wrong, and
// has the file of each blob it knows.
func TestBackup_oneMoment(t *testing.T) {
	db := storagetest.Open(t)
	putMeta(t, db, "a", "1000")
	putMeta(t, db, "b", "0")
	ctx, stop := context.WithCancel(t.Context())
	saved := make(chan error, 1)
	go func() {
		broken := errors.New("taken back")
		for i := 0; ctx.Err() == nil; i++ {
			err := db.Write(t.Context(), func(tx *storage.Tx) error {
				for _, step := range []string{"UPDATE storage_meta SET value = value - 1 WHERE key = 'a'", "UPDATE storage_meta SET value = value + 1 WHERE key = 'b'"} {
					if _, err := tx.Exec(t.Context(), step); err != nil {
						return err
					}
				}
				if i%3 == 0 {
					if _, _, err := tx.PutBlob(t.Context(), bytes.NewReader(noise(fmt.Sprint(i), 270_000))); err != nil {
						return err
					}
				}
				if i%6 == 0 {
					return broken
				}
				return nil
			})
			if err != nil && !errors.Is(err, broken) {
				saved <- err
				return
			}
		}
		saved <- nil
	}()
	for i := range 6 {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("%d.zip", i))
		if _, err := db.Backup(t.Context(), file); err != nil {
			t.Error(err)
			break
		}
		dir := t.TempDir()
		if _, err := storage.Restore(t.Context(), file, dir, storagetest.Day); err != nil {
			t.Error(err)
			break
		}
		copied, err := storage.Open(t.Context(), dir, storage.Options{})
		if err != nil {
			t.Error(err)
			break
		}
		if sum := count(t, copied.Reader(), "SELECT sum(value) FROM storage_meta WHERE key IN ('a', 'b')"); sum != 1000 {
			t.Errorf("sum %d", sum)
		}
		wantNoProblem(t, copied)
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}
	stop()
	if err := <-saved; err != nil {
		t.Fatal(err)
	}
}

func TestBackup_faults(t *testing.T) {
	db := storagetest.Open(t)
	taken := filepath.Join(t.TempDir(), "taken.zip")
	if err := os.WriteFile(taken, []byte("holiday photos"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := db.Backup(t.Context(), taken)
	wantFault(t, err, "storage.backupExists")
	if data, _ := os.ReadFile(taken); string(data) != "holiday photos" {
		t.Error("overwritten")
	}
	_, err = db.Backup(t.Context(), filepath.Join(t.TempDir(), "gone", "b.zip"))
	wantFault(t, err, "storage.noFolder")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	_, err = db.Backup(ctx, filepath.Join(dir, "b.zip"))
	wantFault(t, err, "fault.interrupted")
	if left := contents(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestBackup_lostBlob still saves the rest when one file has gone.
func TestBackup_lostBlob(t *testing.T) {
	db := storagetest.Open(t)
	gone, kept := putBlob(t, db, noise("gone", 300_000)), putBlob(t, db, noise("kept", 300_000))
	if err := os.Remove(filepath.Join(db.Dir, "files", gone)); err != nil {
		t.Fatal(err)
	}
	b, err := db.Backup(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := storage.Restore(t.Context(), b.File, dir, time.Time{}); err != nil {
		t.Fatal(err)
	}
	restored, err := storage.Open(t.Context(), dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	readBlob(t, restored, kept)
	_, err = restored.Blob(t.Context(), restored.Reader(), gone)
	wantFault(t, err, "storage.lostBlob")
}

func TestBackup_manifest(t *testing.T) {
	file, _, large := newBackup(t)
	rezip(t, file, func(entries map[string][]byte, m *storage.Manifest) {
		if m.Schema != storage.Schema() || m.Version != "test" || m.Made.IsZero() || len(m.Hashes) != 2 || m.Hashes["files/"+large] != large {
			t.Errorf("manifest %+v", m)
		}
		if len(entries) != 3 {
			t.Errorf("%d entries", len(entries))
		}
	})
}
