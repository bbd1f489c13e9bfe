package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kontor/app/cli"
	"kontor/app/kit/sheet"
)

// TestMain lets the test binary be the child that reads spreadsheets, as main does.
func TestMain(m *testing.M) {
	if sheet.Worker(os.Args[1:]) {
		return
	}
	os.Exit(m.Run())
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func counts(d map[string]any) [6]float64 {
	var c [6]float64
	for i, key := range []string{"rows", "created", "updated", "unchanged", "skipped", "failed"} {
		c[i], _ = d[key].(float64)
	}
	return c
}

// TestSheetsBothWays plays the same commands alone and beside an open door.
func TestSheetsBothWays(t *testing.T) {
	play := func(t *testing.T, door bool) string {
		s := newShell(t)
		if door {
			defer s.openDoor()()
		}
		customers := write(t, "kunden.csv", "Kundennummer;Firma;Ort;E-Mail;Kunde seit\n1;Falcon GmbH;Leeds;info@falcon.example;13.04.2020\n2;Lumen AG;York;;\n3;Bad AG;;nobody;\n")
		doubt := write(t, "doubt.csv", "Nummer;Firma;Kunde seit\n1;Falcon GmbH;04/03/2020\n")
		mapped := write(t, "odd.csv", "a,b,c\nFalcon GmbH,1,Bath\n")
		mapping := write(t, "map.json", `{"a": "name", "b": "company.number", "c": "city"}`)
		out := filepath.Join(t.TempDir(), "out.xlsx")
		var script strings.Builder
		do := func(status int, args ...string) map[string]any {
			document := s.json(status, args...)
			text, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			script.WriteString(args[0] + " → " + string(text) + "\n")
			return document
		}
		dry := do(3, "import", customers, "--dry-run")
		if counts(dry) != [6]float64{3, 2, 0, 0, 0, 1} || dry["batch"] != nil || len(dry["plan"].([]any)) != 3 || len(dry["mapping"].([]any)) != 5 {
			t.Errorf("dry run %v", dry)
		}
		if rows := do(0, "list", "company")["rows"].([]any); len(rows) != 0 {
			t.Errorf("a dry run has written %v", rows)
		}
		failed := filepath.Join(t.TempDir(), "failed.xlsx")
		r := do(3, "import", customers, "--failed", failed)
		if e := r["errors"].([]any)[0].(map[string]any); counts(r) != [6]float64{3, 2, 0, 0, 0, 1} || e["row"] != 4.0 || e["column"] != "E-Mail" || e["value"] != "nobody" || e["problem"] == "" {
			t.Errorf("import %v", r)
		}
		if again := do(3, "import", failed); counts(again) != [6]float64{1, 0, 0, 0, 0, 1} {
			t.Errorf("the failed rows again: %v", again)
		}
		q := do(3, "import", doubt)
		if c := q["questions"].([]any)[0].(map[string]any); counts(q)[0] != 1 || q["batch"] != nil || c["column"] != "Kunde seit" || c["field"] != "customerSince" {
			t.Errorf("question %v", q)
		}
		if r := do(0, "import", doubt, "--answer", "Kunde seit=dmy", "--kind", "company"); counts(r) != [6]float64{1, 0, 1, 0, 0, 0} {
			t.Errorf("answered %v", r)
		}
		if r := do(0, "import", mapped, "--kind", "company", "--map", mapping, "--match", "number", "--on-match", "update"); counts(r) != [6]float64{1, 0, 1, 0, 0, 0} {
			t.Errorf("mapped %v", r)
		}
		do(1, "import", mapped, "--kind", "dragon")
		do(1, "import", filepath.Join(t.TempDir(), "ws", "none.csv"))
		do(2, "import", mapped, "--on-match", "guess")
		do(2, "import", mapped, "--answer", "sideways")
		do(0, "export", "company", out, "--where", `city = "Bath"`, "--sort", "-name", "--fields", "name,number,city")
		if r := do(0, "import", out, "--kind", "company"); counts(r) != [6]float64{1, 0, 0, 1, 0, 0} {
			t.Errorf("our own export: %v", r)
		}
		do(1, "export", "company", filepath.Join(t.TempDir(), "ws", "out.pdf"))
		do(1, "export", "dragon", out)
		batch := r["batch"].(string)
		if u := do(3, "undo", batch); u["undone"] != 1.0 { // one was changed since
			t.Errorf("undo %v", u)
		}
		if _, plain, errs := s.run("import", doubt); !strings.Contains(plain, "1 rows") || !strings.Contains(errs, "--answer") {
			t.Errorf("people read %q %q", plain, errs)
		}
		return script.String()
	}
	clean := func(text string) string {
		return volatile.ReplaceAllString(strings.ReplaceAll(text, os.TempDir(), ""), "•")
	}
	alone, beside := clean(play(t, false)), clean(play(t, true))
	a, b := strings.Split(alone, "\n"), strings.Split(beside, "\n")
	for i := range min(len(a), len(b)) {
		if !strings.Contains(a[i], `"file"`) && a[i] != b[i] && !strings.Contains(a[i], `"message"`) {
			t.Fatalf("alone:\n%s\nbeside a door:\n%s", a[i], b[i])
		}
	}
}

// TestProtectedWorkbook: the password comes from the environment, never from the
// arguments, which others can see.
func TestProtectedWorkbook(t *testing.T) {
	s := newShell(t)
	file := filepath.Join(t.TempDir(), "secret.xlsx")
	f := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "Company", "B1": "City", "A2": "Falcon Ltd", "B2": "Leeds"} {
		if err := f.SetCellValue("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(file, excelize.Options{Password: "grüße 7%"}); err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]int{"": 1, "wrong": 1, "grüße 7%": 0} {
		if status, out := runWith(t.Context(), s, password, "import", file); status != want {
			t.Errorf("with %q: %d %s", password, status, out)
		}
	}
}

func TestBrokenOffImportLeavesNothingBehind(t *testing.T) {
	s := newShell(t)
	file := write(t, "a.csv", "Company\nA\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if status, _ := runWith(ctx, s, "", "import", file); status == 0 {
		t.Error("an import that was broken off says it is done")
	}
	if left, err := filepath.Glob(filepath.Join(s.workspace, "imports", "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind %v %v", left, err)
	}
}

func runWith(ctx context.Context, s *shell, password string, args ...string) (int, string) {
	var out, errs bytes.Buffer
	status := cli.Run(ctx, cli.Program{
		Args: append([]string{"--workspace", s.workspace}, args...), In: strings.NewReader(""), Out: &out, Err: &errs, Version: "test",
		Env: func(name string) string { return map[string]string{"KONTOR_SHEET_PASSWORD": password}[name] },
	})
	return status, out.String() + errs.String()
}
