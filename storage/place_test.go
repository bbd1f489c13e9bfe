package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"kontor/app/kit/fault"
	"kontor/storage"
)

func TestCheckPlace(t *testing.T) {
	for _, c := range []struct{ path, service string }{
		{"OneDrive/Firma", "OneDrive"},
		{"OneDrive - Bäckerei Łoś GmbH/Kontor", "OneDrive - Bäckerei Łoś GmbH"},
		{"Dropbox", "Dropbox"},
		{"dropbox/a/b/c", "dropbox"},
		{"Dropbox (Privat)/Kontor", "Dropbox (Privat)"},
		{"Library/Mobile Documents/com~apple~CloudDocs/Kontor", "com~apple~CloudDocs"},
		{"Library/CloudStorage/GoogleDrive-ada@example.org/My Drive", "CloudStorage"},
		{"iCloudDrive/Kontor", "iCloudDrive"},
		{"Google Drive/Kontor", "Google Drive"},
		{"Nextcloud/Kontor", "Nextcloud"},
		{"Kontor", ""},
		{"Dropbox-Export", ""},
		{"My Dropbox notes", ""},
		{"OneDriveOld", ""},
	} {
		t.Run(c.path, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), filepath.FromSlash(c.path))
			err := storage.CheckPlace(dir)
			if c.service == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantFault(t, err, "storage.cloud")
			if got := fault.Of(err).Params["service"]; got != c.service {
				t.Errorf("service %q, want %q", got, c.service)
			}
		})
	}
}

func TestCheckPlace_link(t *testing.T) {
	home := t.TempDir()
	cloud := filepath.Join(home, "Dropbox", "Firma")
	if err := os.MkdirAll(cloud, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(home, "Firma")
	if err := os.Symlink(cloud, link); err != nil {
		t.Skip("no links on this system: ", err)
	}
	wantFault(t, storage.CheckPlace(filepath.Join(link, "not", "made")), "storage.cloud")
}

func TestCloud_refused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "OneDrive", "Kontor")
	_, err := storage.Create(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.cloud")
	if _, err := os.Stat(filepath.Dir(dir)); err == nil {
		t.Error("a folder was made")
	}
	moved := t.TempDir()
	newWorkspace(t, moved)
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(moved, dir); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	_, err = storage.Open(t.Context(), dir, storage.Options{})
	wantFault(t, err, "storage.cloud")
	if after := contents(t, dir); len(after) != len(before) {
		t.Errorf("changed: %v", after)
	}
}
