package serve_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/record"
	"kontor/app/serve"
	"kontor/storage"
)

// browser is a client of a running browser door.
type browser struct {
	t    *testing.T
	app  *app.App
	base string
	key  string
	http *http.Client
}

func start(t *testing.T) *browser {
	t.Helper()
	a, err := app.Create(t.Context(), t.TempDir(), storage.Options{Version: "test"},
		app.Start{Company: "Harbor Trading", Owner: "Ines", Currency: "EUR", Country: "DE", Language: "en", Timezone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	done := make(chan error)
	go func() {
		done <- serve.Run(ctx, a, api.New(a), serve.Options{
			Listen: "127.0.0.1:0", Token: "from-environment", Out: in,
			Pages: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>pages")}, "assets/a.js": {Data: []byte("1")}},
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve ends with %v", err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	link := strings.TrimSpace(line[strings.Index(line, "http://"):])
	base, key, ok := strings.Cut(link, "/#/open?key=")
	if !ok {
		t.Fatalf("printed %q", line)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, a, base, key, &http.Client{Jar: jar}}
}

// ask sends a request and gives status and answer.
func (b *browser) ask(method, path, body string, header ...string) (int, string, http.Header) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer w.Body.Close()
	data, err := io.ReadAll(w.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return w.StatusCode, string(data), w.Header
}

func TestOneTimeLink(t *testing.T) {
	b := start(t)
	if status, _, _ := b.ask("GET", "/api/session", ""); status != 401 {
		t.Errorf("without a session: %d", status)
	}
	if status, _, _ := b.ask("POST", "/api/session", `{"key":"wrong"}`); status != 401 {
		t.Errorf("wrong key: %d", status)
	}
	status, _, header := b.ask("POST", "/api/session", fmt.Sprintf(`{"key":%q}`, b.key))
	cookie := header.Get("Set-Cookie")
	if status != 204 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Fatalf("status %d, cookie %q", status, cookie)
	}
	if status, body, _ := b.ask("GET", "/api/session", ""); status != 200 || !strings.Contains(body, `"door":"browser"`) {
		t.Errorf("with a session: %d %s", status, body)
	}
	b.http.Jar = nil
	if status, _, _ := b.ask("POST", "/api/session", fmt.Sprintf(`{"key":%q}`, b.key)); status != 401 {
		t.Errorf("the link works twice: %d", status)
	}
}

func TestPrograms(t *testing.T) {
	b := start(t)
	var token string
	err := b.app.DB.Write(t.Context(), func(tx *storage.Tx) error {
		owner, err := b.app.Access.Owner(t.Context(), tx)
		if err != nil {
			return err
		}
		token, err = b.app.Access.Issue(t.Context(), tx, owner.ID, "test")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for bearer, want := range map[string]int{token: 200, "from-environment": 200, "kontor_wrong": 401, "": 401} {
		if status, _, _ := b.ask("GET", "/api/kinds", "", "Authorization", "Bearer "+bearer); status != want {
			t.Errorf("token %.10q: %d, want %d", bearer, status, want)
		}
	}
	if status, _, _ := b.ask("POST", "/api/records/company", `{"values":{"name":"By program"}}`, "Authorization", "Bearer "+token, "Content-Type", "application/json"); status != 201 {
		t.Errorf("a program saves: %d", status)
	}
	data, err := os.ReadFile(b.app.DB.Dir + "/kontor.door")
	if err != nil || strings.Contains(string(data), token) {
		t.Errorf("door file: %v %s", err, data)
	}
}

func TestForeignPagesAreRefused(t *testing.T) {
	b := start(t)
	auth := []string{"Authorization", "Bearer from-environment"}
	for name, header := range map[string][]string{
		"another name for us (DNS rebinding)": {"Host", "evil.example"},
		"another origin":                      {"Origin", "http://evil.example"},
		"another port of this computer":       {"Origin", "http://127.0.0.1:1"},
		"no origin to speak of":               {"Origin", "null"},
		"cross-site fetch":                    {"Sec-Fetch-Site", "cross-site"},
	} {
		if status, _, _ := b.ask("POST", "/api/records/company", `{"values":{"name":"A"}}`, append(header, auth...)...); status != 403 {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _, _ := b.ask("POST", "/api/records/company", `{"values":{"name":"A"}}`, append([]string{"Origin", b.base}, auth...)...); status != 201 {
		t.Errorf("our own page: %d", status)
	}
}

func TestHeaders(t *testing.T) {
	b := start(t)
	for _, path := range []string{"/", "/assets/a.js", "/api/kinds", "/api/openapi.json"} {
		_, _, h := b.ask("GET", path, "", "Authorization", "Bearer from-environment")
		csp := h.Get("Content-Security-Policy")
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "script-src 'self';") {
			t.Errorf("%s: %v", path, h)
		}
		if cache := h.Get("Cache-Control"); strings.HasPrefix(path, "/api/") != (cache == "no-store") {
			t.Errorf("%s: Cache-Control %q", path, cache)
		}
	}
	if status, body, _ := b.ask("GET", "/", ""); status != 200 || !strings.Contains(body, "pages") {
		t.Errorf("page: %d %s", status, body)
	}
}

func TestEvents(t *testing.T) {
	b := start(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", b.base+"/api/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer from-environment")
	w, err := b.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	lines := bufio.NewScanner(w.Body)
	lines.Scan() // ": open" tells that the stream listens
	ctx, _, err := b.app.AsOwner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = b.app.DB.Write(ctx, func(tx *storage.Tx) error {
		_, err := b.app.Records.Save(ctx, tx, b.app.Contacts.Company, record.Draft{Values: map[string]any{"name": "Heard"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if !strings.Contains(data, `"kind":"company"`) || !strings.Contains(data, `"op":"create"`) {
				t.Errorf("heard %s", data)
			}
			return
		}
	}
	t.Fatal("the stream ended without an event")
}

func TestOnlyLoopback(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.168.1.10:80", "example.com:80", "nonsense"} {
		err := serve.Run(t.Context(), nil, nil, serve.Options{Listen: address, Out: io.Discard})
		if err == nil || !strings.Contains(err.Error(), "cli.listenAddress") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
