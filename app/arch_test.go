package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floors says how high each room stands. Imports run down only, and rooms of one
// floor do not know each other.
var floors = []struct {
	prefix string
	floor  int
}{
	{"app/kit/fault", 0},
	{"app/kit/lang", 0},
	{"app/kit/money", 10},
	{"app/kit/", 11},
	{"storage/storagetest", 12},
	{"storage", 10},
	{"mailsync", 10},
	{"app/record/history", 30},
	{"app/record/search", 30},
	{"app/record/files", 30},
	{"app/record/timeline", 35}, // shows what history keeps
	{"app/record", 20},
	{"app/access", 40},
	{"app/contacts", 40},
	{"app/products", 40},
	{"app/fields", 40},
	{"app/settings", 40},
	{"app/views", 40},
	{"app/activities", 50},
	{"app/mail", 50},
	{"app/sales", 60},
	{"app/transfer", 80},
	{"app/today", 80},
	{"app/visit", 80},
	{"app/apptest", 91},
	{"app/api", 91},
	{"app/window", 93},
	{"app/serve", 92},
	{"app/cli", 93},
	{"app", 90},
	{"frontend", 90},
	{"", 100}, // main
}

func floorOf(room string) int {
	for _, f := range floors {
		if room == f.prefix || strings.HasPrefix(room, strings.TrimSuffix(f.prefix, "/")+"/") || f.prefix == "" && room == "." {
			return f.floor
		}
	}
	return -1
}

type source struct{ room, file, text string }

// sources reads the program's own Go files.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	root := ".."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "node_modules" || rel == "build" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		all = append(all, source{filepath.ToSlash(filepath.Dir(rel)), filepath.ToSlash(rel), string(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Fatalf("only %d files found", len(all))
	}
	return all
}

func TestImportsRunDown(t *testing.T) {
	for _, s := range sources(t) {
		here := floorOf(s.room)
		if here < 0 {
			t.Errorf("%s: the room %s has no floor; give it one in arch_test.go", s.file, s.room)
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), s.file, s.text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			room, ours := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "kontor/")
			if !ours || room == s.room || strings.HasPrefix(room, s.room+"/") && here != 90 || strings.HasPrefix(s.room, room+"/") && strings.HasPrefix(room, "mailsync") {
				continue
			}
			if there := floorOf(room); there >= here {
				t.Errorf("%s imports %s: imports run down, from floor %d to %d is not down", s.file, room, here, there)
			}
			if here < 90 && here >= 40 && slices.Contains([]string{"app/record/timeline", "app/record/search", "app/record/history"}, room) {
				t.Errorf("%s imports %s: modules publish changes, and history, timeline and search listen", s.file, room)
			}
		}
		if strings.Contains(s.text, "wailsapp/wails") && !strings.HasPrefix(s.text, "//go:build desktop") {
			t.Errorf("%s imports Wails without the build tag desktop: it would not start where there is no GTK", s.file)
		}
	}
}

// TestModulesWriteTheirOwnTables: a table's name begins with its module's, and
// only that module (or the record floor, for the kind's description) writes it.
func TestModulesWriteTheirOwnTables(t *testing.T) {
	write := regexp.MustCompile(`(?i)(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z]+)_[a-z_]+`)
	for _, s := range sources(t) {
		for _, m := range write.FindAllStringSubmatch(s.text, -1) {
			if owner := m[1]; owner != filepath.Base(s.room) {
				t.Errorf("%s writes a table of %s: %q", s.file, owner, m[0])
			}
		}
	}
}

func TestColumnsAreNamed(t *testing.T) {
	for _, s := range sources(t) {
		if regexp.MustCompile(`(?i)SELECT\s+(\w+\.)?\*`).MatchString(s.text) {
			t.Errorf("%s: SELECT * hides which columns are read; name them", s.file)
		}
	}
}

func TestNoFloatNearMoney(t *testing.T) {
	for _, s := range sources(t) {
		if (strings.HasPrefix(s.room, "app/kit/money") || strings.HasPrefix(s.room, "app/sales") || strings.HasPrefix(s.room, "app/products")) && strings.Contains(s.text, "float64") {
			t.Errorf("%s: amounts are whole numbers; float64 loses cents", s.file)
		}
	}
}

// TestEveryPackageSaysWhatItIs: a package begins with a comment in one file.
func TestEveryPackageSaysWhatItIs(t *testing.T) {
	documented := map[string]bool{}
	rooms := map[string]bool{}
	for _, s := range sources(t) {
		f, err := parser.ParseFile(token.NewFileSet(), s.file, s.text, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		rooms[s.room] = true
		if f.Doc != nil {
			documented[s.room] = true
		}
	}
	for room := range rooms {
		if !documented[room] {
			t.Errorf("%s has no package comment", room)
		}
	}
}

// TestModulesHaveTheirPages: a folder of pages has the name of its module.
func TestModulesHaveTheirPages(t *testing.T) {
	pages, err := os.ReadDir("../frontend/src/modules")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		_, module := os.Stat(p.Name())
		_, concern := os.Stat(filepath.Join("record", p.Name()))
		if p.IsDir() && module != nil && concern != nil {
			t.Errorf("frontend/src/modules/%s has no module app/%s", p.Name(), p.Name())
		}
	}
}

// TestTopLevel: the user fixed what stands at the top of the tree.
func TestTopLevel(t *testing.T) {
	allowed := []string{"app", "frontend", "storage", "mailsync", "build", "main.go", "go.mod", "go.sum", "wails.json"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !strings.HasPrefix(e.Name(), ".") && !strings.HasSuffix(e.Name(), ".md") {
			t.Errorf("%s does not belong to the top level of the tree", e.Name())
		}
	}
}
