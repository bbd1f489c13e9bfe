//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app/cli"
	"kontor/mailsync/mailtest"
)

// mailShell runs commands on a workspace, with a password in the environment.
type mailShell struct {
	*shell
	password string
}

func (s *mailShell) json(status int, args ...string) map[string]any {
	s.t.Helper()
	var out, errs bytes.Buffer
	got := cli.Run(s.t.Context(), cli.Program{
		Args: append([]string{"--workspace", s.workspace, "--json"}, args...), In: strings.NewReader(""), Out: &out, Err: &errs, Version: "test",
		Env: func(name string) string {
			return map[string]string{"LANG": "en_GB.UTF-8", "KONTOR_MAIL_PASSWORD": s.password}[name]
		},
	})
	if got != status {
		s.t.Fatalf("%v: status %d, want %d: %s%s", args, got, status, out.String(), errs.String())
	}
	d := json.NewDecoder(&out)
	var document map[string]any
	if err := d.Decode(&document); err != nil || d.More() {
		s.t.Fatalf("%v does not answer one document: %v", args, err)
	}
	return document
}

func list(v any) []any { all, _ := v.([]any); return all }

// inbox is the first folder of the only account.
func inbox(t *testing.T, document map[string]any) map[string]any {
	t.Helper()
	accounts := list(document["accounts"])
	if len(accounts) != 1 {
		t.Fatalf("%d accounts", len(accounts))
	}
	folders := list(accounts[0].(map[string]any)["folders"])
	if len(folders) == 0 {
		t.Fatal("no folders")
	}
	f := folders[0].(map[string]any)
	n := func(key string) float64 { return f[key].(float64) }
	if n("seen") != n("server") || n("seen") != n("stored")+n("skipped")+n("quarantined")+n("failed") || n("stored") != n("linked")+n("waiting")+n("unlinked") {
		t.Errorf("it does not add up: %v", f)
	}
	return f
}

// TestMailBothWays plays the commands on a real server, alone and beside an open
// door; what they print must be the same.
func TestMailBothWays(t *testing.T) {
	keyring.MockInit()
	mails := mailtest.Mails(71, mailtest.Options{Count: 300, Damaged: .03, Files: .1})
	server := mailtest.StartDovecot(t, mails)
	files := func() []string {
		names, err := filepath.Glob(filepath.Join(server.Maildir(), "*", "*:2,*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	before := files()
	customer := ""
	for _, m := range mails {
		if m.From != mailtest.Owner && m.Kind == "normal" {
			customer = m.From
			break
		}
	}
	want := 0
	for _, m := range mails {
		if m.Kind != "damaged" && (m.From == customer || slices.Contains(m.To, customer)) {
			want++
		}
	}
	play := func(t *testing.T, door bool) string {
		s := &mailShell{newShell(t), mailtest.Password}
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
			return document
		}
		imap := fmt.Sprintf("127.0.0.1:%d", server.TLSPort)
		company := do(0, "new", "company", "name=Customer", "email="+customer)["id"].(string)
		do(1, "mail", "add", mailtest.Owner, "--imap", imap, "--user", mailtest.User) // its certificate is not trusted
		do(1, "mail", "add", mailtest.Owner, "--imap", "127.0.0.1:port", "--user", mailtest.User, "--ca", server.CAFile)
		do(1, "mail", "add", mailtest.Owner, "--imap", imap, "--user", mailtest.User, "--ca", server.CAFile, "--folders", "Nowhere")
		s.password = "wrong"
		if e := do(1, "mail", "add", mailtest.Owner, "--imap", imap, "--user", mailtest.User, "--ca", server.CAFile)["error"].(map[string]any); e["code"] != "unauthorized" || !strings.Contains(fmt.Sprint(e["message"]), "does not accept the password") {
			t.Errorf("a wrong password: %v", e)
		}
		s.password = mailtest.Password
		do(0, "mail", "add", mailtest.Owner, "--imap", imap, "--user", mailtest.User, "--ca", server.CAFile)
		do(1, "mail", "add", mailtest.Owner, "--imap", imap, "--user", mailtest.User, "--ca", server.CAFile)
		s.password = "" // from the key ring
		do(0, "mail", "status")
		first := inbox(t, do(0, "mail", "sync"))
		if again := inbox(t, do(0, "mail", "sync", mailtest.Owner, "--full")); fmt.Sprint(again) != fmt.Sprint(first) {
			t.Errorf("a second sync: %v, first %v", again, first)
		}
		inbox(t, do(0, "mail", "status"))
		rows := list(do(0, "mail", "list", "--about", company)["rows"])
		if len(rows) < want || int(first["linked"].(float64)) != len(rows) {
			t.Errorf("%d mails on the timeline, at least %d expected, report %v", len(rows), want, first)
		}
		if all := list(do(0, "mail", "list")["rows"]); len(all) != len(rows) {
			t.Errorf("%d mails in all", len(all))
		}
		id := rows[0].(map[string]any)["id"].(string)
		do(0, "mail", "show", id)
		do(0, "mail", "show", id, "--text")
		do(0, "mail", "show", id, "--html")
		do(0, "mail", "show", id, "--raw")
		if reasons := list(do(0, "mail", "show", id, "--why")["why"]); len(reasons) != 1 || !strings.Contains(fmt.Sprint(reasons[0]), customer) {
			t.Errorf("why: %v", reasons)
		}
		do(1, "mail", "show", company)
		do(0, "list", "mail", "--where", `direction = "in"`, "--fields", "subject,from", "--limit", "3")
		do(0, "check")
		do(1, "mail", "sync", "nobody@nowhere.example")
		s.password = "no longer right"
		failed := do(1, "mail", "sync")
		account := list(failed["accounts"])[0].(map[string]any)
		if account["errorCode"] != "unauthorized" || failed["error"] == nil {
			t.Errorf("after a wrong password: %v", failed)
		}
		do(2, "mail", "show", id, "--raw", "--text")
		return script.String()
	}
	alone, beside := clean(play(t, false)), clean(play(t, true))
	if alone != beside {
		a, b := strings.Split(alone, "\n"), strings.Split(beside, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("alone:\n%.3000s\nbeside a door:\n%.3000s", a[i], b[i])
			}
		}
	}
	if !slices.Equal(before, files()) {
		t.Error("reading changed flags on the server")
	}
}

func clean(text string) string { return volatile.ReplaceAllString(text, "•") }

func TestPasswordStaysOutside(t *testing.T) {
	keyring.MockInit()
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mailtest.Mails(5, mailtest.Options{Count: 10}))
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, server.PEM, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &mailShell{newShell(t), mailtest.Password}
	s.json(0, "mail", "add", mailtest.Owner, "--imap", fmt.Sprintf("127.0.0.1:%d", server.Port), "--user", mailtest.User, "--ca", ca, "--mode", "everything")
	s.json(0, "mail", "sync")
	s.json(0, "backup")
	err := filepath.WalkDir(s.workspace, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(mailtest.Password)) {
			t.Errorf("%s holds the password", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
