package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/cli"
	"kontor/app/serve"
	"kontor/storage"
)

// shell runs commands on one workspace.
type shell struct {
	t         *testing.T
	workspace string
	in        string // the standard input
}

func (s *shell) run(args ...string) (status int, out, errs string) {
	s.t.Helper()
	var o, e bytes.Buffer
	status = cli.Run(s.t.Context(), cli.Program{
		Args: append([]string{"--workspace", s.workspace}, args...), In: strings.NewReader(s.in), Out: &o, Err: &e, Version: "test",
		Env: func(name string) string { return map[string]string{"LANG": "en_GB.UTF-8"}[name] },
	})
	return status, o.String(), e.String()
}

// json runs a command that must answer one document and the given status.
func (s *shell) json(status int, args ...string) map[string]any {
	s.t.Helper()
	got, out, errs := s.run(append([]string{"--json"}, args...)...)
	if got != status {
		s.t.Fatalf("%v: status %d, want %d: %s%s", args, got, status, out, errs)
	}
	d := json.NewDecoder(strings.NewReader(out))
	var document map[string]any
	if err := d.Decode(&document); err != nil {
		s.t.Fatalf("%v answers no JSON: %v: %q", args, err, out)
	}
	if d.More() {
		s.t.Fatalf("%v answers more than one document: %q", args, out)
	}
	return document
}

// openDoor opens the workspace as the window or serve does.
func (s *shell) openDoor() (close func()) {
	s.t.Helper()
	a, err := app.Open(s.t.Context(), s.workspace, storage.Options{Version: "test"})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	socket, err := serve.Socket(ctx, a, api.New(a))
	if err != nil {
		s.t.Fatal(err)
	}
	return func() {
		cancel()
		if err := socket.Close(); err != nil {
			s.t.Error(err)
		}
		if err := a.Close(); err != nil {
			s.t.Error(err)
		}
	}
}

func newShell(t *testing.T) *shell {
	s := &shell{t: t, workspace: filepath.Join(t.TempDir(), "ws")}
	s.json(0, "init", "--company", "Harbor Trading", "--currency", "EUR", "--country", "DE", "--owner", "Ines Okafor", "--timezone", "Europe/Berlin")
	return s
}

var volatile = regexp.MustCompile(`\b[0-7][0-9A-HJKMNP-TV-Z]{12}\b|\d{4}-\d\d-\d\dT[\d:.]+Z|kontor_[\w-]+|kontor-[\d-]+\.zip|"bytes":\d+|/[^" ]*/ws`)

// TestEveryCommandBothWays plays the same commands alone and beside an open
// door; what they print and their status must be the same.
func TestEveryCommandBothWays(t *testing.T) {
	play := func(t *testing.T, door bool) string {
		s := newShell(t)
		if door {
			defer s.openDoor()()
		}
		var script strings.Builder
		do := func(status int, args ...string) map[string]any {
			document := s.json(status, args...)
			text, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			script.WriteString(strings.Join(args, " ") + " → " + string(text) + "\n")
			_, plain, _ := s.run(args...)
			if slices.Contains([]string{"show", "list", "fields", "today", "calendar", "tags"}, args[0]) {
				script.WriteString(plain)
			}
			return document
		}
		do(0, "version")
		do(0, "kinds")
		own := do(0, "field", "add", "company", "Sales channel", "choice", `options=["Fair","Website"]`)["id"].(string)
		do(1, "field", "add", "company", "Sales channel", "text")
		do(0, "field", "set", own, "help=Where they came from")
		do(1, "field", "set", own, "type=text")
		do(0, "fields", "company")
		do(1, "fields", "dragon")
		company := do(0, "new", "company", "name=Falcon Ceramics GmbH", "email=info@falcon.example", "city=Hamburg", "country=DE", "revenue=1234.50", "_sales_channel=fair")["id"].(string)
		person := do(0, "new", "person", "name=Ada Lovelace", "company="+company, "email=ada@falcon.example")["id"].(string)
		do(0, "new", "note", "text=Oak counter, cable tray", "about="+person)
		do(0, "list", "company", "--where", `city = "hamburg" and revenue > 1000`)
		do(0, "list", "person", "--where", `company.city = "Hamburg"`, "--sort", "-name", "--fields", "name,company", "--limit", "5")
		do(1, "list", "person", "--where", `company.city =`)
		do(1, "list", "person", "--fields", "shoe")
		do(0, "show", "company", company)
		do(1, "show", "company", "0000000000009")
		do(0, "set", "company", company, "city=Berlin", `emails=[{"type":"work","value":"a@falcon.example"},{"value":"b@falcon.example"}]`)
		do(1, "set", "company", company, "email=nobody")
		do(0, "search", "oak", "cable")
		task := do(0, "new", "task", "text=Chase the oak counter", "due=2027-03-01", "repeat=weekly", "about="+company)["id"].(string)
		do(0, "put-off", task, "2027-03-03")
		do(1, "put-off", task, "someday")
		do(1, "put-off", person, "tomorrow")
		do(0, "done", task)
		do(0, "reopen", task)
		do(0, "new", "task", "text=Late", "due=2026-01-02")
		do(0, "today")
		do(0, "calendar", "--from", "2027-03-01", "--to", "2027-03-31")
		do(1, "calendar", "--from", "2027-02-30")
		calendar := filepath.Join(t.TempDir(), "all.ics")
		do(0, "calendar", "export", calendar)
		do(0, "calendar", "import", calendar)
		do(1, "calendar", "import", calendar+"x")
		cards := filepath.Join(t.TempDir(), "all.vcf")
		do(0, "cards", "export", "person", cards, "--where", `name = "Ada Lovelace"`)
		do(0, "cards", "import", cards, "--dry-run")
		do(0, "cards", "import", cards)
		do(2, "cards", "export", "person")
		do(0, "set", "company", company, `tags=["Oak","Fair 2026"]`)
		do(0, "tags", "rename", "Oak", "Timber")
		do(1, "tags", "rename", "Oak", "Timber")
		do(0, "tags")
		do(0, "tags", "--kind", "person")
		do(0, "timeline", "company", company)
		changes := do(0, "history", "company", company)["changes"].([]any)
		batch := changes[0].(map[string]any)["batch"].(string)
		do(0, "undo", batch, "--dry-run")
		do(0, "undo", batch)
		do(1, "undo", batch)
		do(0, "delete", "company", company)
		do(0, "new", "product", "name=Desk", "number=P-1", "price=649", "taxRate=20")
		s.in = `{"lines":[{"text":"Desk","quantity":"12","price":"649.00","discount":{"percent":"10"},"tax":"20"}]}`
		do(0, "price")
		quote := do(0, "quote", "new")["id"].(string)
		do(0, "quote", "finalise", quote)
		do(1, "quote", "finalise", quote)
		do(0, "quote", "show", "Q-2026-0001")
		do(0, "quote", "pdf", "Q-2026-0001", filepath.Join(t.TempDir(), "q.pdf"))
		s.in = `{"lines":[{"quantity":"x"}]}`
		do(1, "price")
		do(1, "quote", "new")
		do(0, "settings", "set", "seller.city=Leeds", "seller.vat=GB123456789")
		do(1, "settings", "set", "seller.iban=DE00")
		do(0, "settings")
		do(0, "check")
		do(0, "token")
		do(0, "backup", filepath.Join(t.TempDir(), "ws", "..", "copy"+map[bool]string{true: "1", false: "2"}[door]+".zip"))
		do(2, "frobnicate")
		do(2, "new")
		do(2, "set", "company", company, "no-pair")
		return script.String()
	}
	paths := regexp.MustCompile(`/[^" ]*/(copy[12]\.zip|q\.pdf|all\.(ics|vcf)x?)`)
	clean := func(text string) string {
		return volatile.ReplaceAllString(paths.ReplaceAllString(text, "FILE"), "•")
	}
	alone, beside := clean(play(t, false)), clean(play(t, true))
	if alone != beside {
		a, b := strings.Split(alone, "\n"), strings.Split(beside, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("alone:\n%s\nbeside a door:\n%s", a[i], b[i])
			}
		}
		t.Fatal("one says more than the other")
	}
}

func TestErrorsAreOneDocument(t *testing.T) {
	s := newShell(t)
	d := s.json(1, "new", "company", "city=Leeds")
	e := d["error"].(map[string]any)
	if e["code"] != "invalid" || e["field"] != "name" || e["message"] == "" {
		t.Errorf("error is %v", e)
	}
	none := &shell{t: t, workspace: filepath.Join(t.TempDir(), "none")}
	if e := none.json(1, "list", "company")["error"].(map[string]any); e["code"] != "not_found" {
		t.Errorf("without a workspace: %v", e)
	}
	if e := s.json(1, "init", "--company", "Again")["error"].(map[string]any); e["code"] != "conflict" {
		t.Errorf("init twice: %v", e)
	}
}

func TestLongListsAndPipes(t *testing.T) {
	s := newShell(t)
	for _, name := range []string{"Zebra", "Älpha", "beta"} {
		s.json(0, "new", "company", "name="+name)
	}
	_, out, _ := s.run("list", "company", "--fields", "name")
	var names []string
	for line := range strings.Lines(out) {
		_, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		names = append(names, name)
	}
	if got := strings.Join(names, " "); got != "Älpha beta Zebra" {
		t.Errorf("a pipe gets %q", got)
	}
	if d := s.json(0, "list", "company", "--limit", "2"); len(d["rows"].([]any)) != 2 || d["next"] == nil {
		t.Errorf("limit: %v", d)
	}
}

func TestBackupAndRestore(t *testing.T) {
	s := newShell(t)
	id := s.json(0, "new", "company", "name=Kept")["id"].(string)
	file := filepath.Join(t.TempDir(), "copy.zip")
	s.json(0, "backup", file)
	s.json(1, "backup", file)
	s.json(0, "new", "company", "name=Later")
	close := s.openDoor()
	if e := s.json(1, "restore", file)["error"].(map[string]any); e["code"] != "conflict" {
		t.Errorf("restore under an open door: %v", e)
	}
	close()
	s.json(0, "restore", file)
	if rows := s.json(0, "list", "company")["rows"].([]any); len(rows) != 1 || rows[0].(map[string]any)["id"] != id {
		t.Errorf("restored %v", rows)
	}
	if err := os.WriteFile(file, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.json(1, "restore", file)
	if rows := s.json(0, "list", "company")["rows"].([]any); len(rows) != 1 {
		t.Error("a refused restore changed something")
	}
}

// TestTwoCommandsAtOnce: one waits for the other instead of failing.
func TestTwoCommandsAtOnce(t *testing.T) {
	s := newShell(t)
	done := make(chan int)
	for range 4 {
		go func() {
			var o, e bytes.Buffer
			done <- cli.Run(context.Background(), cli.Program{
				Args: []string{"--workspace", s.workspace, "--json", "new", "company", "name=Twin"}, Out: &o, Err: &e, Env: func(string) string { return "" },
			})
		}()
	}
	for range 4 {
		if status := <-done; status != 0 {
			t.Errorf("status %d", status)
		}
	}
	if rows := s.json(0, "list", "company")["rows"].([]any); len(rows) != 4 {
		t.Errorf("%d of 4 are stored", len(rows))
	}
}
