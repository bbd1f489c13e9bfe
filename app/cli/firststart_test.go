package cli_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"kontor/app/cli"
	"kontor/storage"
)

// TestFirstStart: the two doors make the usual workspace when it is missing, and
// no other one.
func TestFirstStart(t *testing.T) {
	home := xdg.DataHome
	t.Cleanup(func() { xdg.DataHome = home })
	start := func(args ...string) (status int, opened, errs string) {
		var e bytes.Buffer
		status = cli.Run(t.Context(), cli.Program{
			Args: args, In: strings.NewReader(""), Out: io.Discard, Err: &e, Version: "test",
			Env:    func(name string) string { return map[string]string{"LANG": "de_AT.UTF-8"}[name] },
			Window: func(_ context.Context, workspace string) error { opened = "window " + workspace; return nil },
			Serve: func(_ context.Context, workspace, _ string, _ io.Writer) error {
				opened = "serve " + workspace
				return nil
			},
		})
		return status, opened, e.String()
	}
	for _, door := range []string{"window", "serve"} {
		t.Run(door, func(t *testing.T) {
			xdg.DataHome = t.TempDir()
			workspace := filepath.Join(xdg.DataHome, "kontor")
			for range 2 { // the second start finds it
				if status, opened, errs := start(door); status != 0 || opened != door+" "+workspace {
					t.Fatalf("status %d, opened %q: %s", status, opened, errs)
				}
			}
			s := &shell{t: t, workspace: workspace}
			values := s.json(0, "settings")
			if values["seller.country"] != "AT" || values["currency"] != "EUR" || values["language"] != "de" || values["seller.name"] == "" {
				t.Errorf("made with %v", values)
			}
		})
	}
	named := filepath.Join(t.TempDir(), "slip")
	start("--workspace", named, "serve") // the door itself says that it is missing
	if db, err := storage.Open(t.Context(), named, storage.Options{}); err == nil {
		t.Errorf("a named workspace was made: %v", db.Close())
	}
}
