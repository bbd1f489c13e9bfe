//go:build desktop

package window

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/kit/fault"
	"kontor/app/serve"
	"kontor/storage"
)

func TestPlaceStaysOnTheScreen(t *testing.T) {
	for _, c := range []struct {
		name                string
		place               Place
		x, y, width, height int
		want                Place
	}{
		{"fits", Place{X: 100, Y: 50, Width: 1000, Height: 700}, 0, 0, 1920, 1080, Place{X: 100, Y: 50, Width: 1000, Height: 700}},
		{"screen is gone", Place{X: 3000, Y: 400, Width: 1000, Height: 700}, 0, 0, 1920, 1080, Place{X: 920, Y: 380, Width: 1000, Height: 700}},
		{"above and to the left", Place{X: -900, Y: -40, Width: 1000, Height: 700}, 0, 28, 1920, 1052, Place{X: 0, Y: 28, Width: 1000, Height: 700}},
		{"larger than the screen", Place{X: 0, Y: 0, Width: 2500, Height: 1400}, 1920, 0, 1280, 800, Place{X: 1920, Y: 0, Width: 1280, Height: 800}},
	} {
		if got := c.place.within(c.x, c.y, c.width, c.height); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPlaceMakesSense(t *testing.T) {
	for name, p := range map[string]Place{
		"nothing": {}, "tiny": {Width: 3, Height: 3, Known: true, Zoom: 1}, "huge": {Width: 1 << 30, Height: 900, Known: true, Zoom: 1}, "zoomed away": {Width: 1360, Height: 860, Zoom: 99},
	} {
		if got := p.sane(); got != firstPlace {
			t.Errorf("%s: %+v", name, got)
		}
	}
	good := Place{X: 9, Y: 8, Width: 900, Height: 600, Known: true, Maximised: true, Zoom: 1.5}
	if got := good.sane(); got != good {
		t.Errorf("a good place becomes %+v", got)
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Angebot 2026-0042.pdf": "Angebot 2026-0042.pdf", "../../etc/passwd": "-..-etc-passwd", `a\b:c*?"<>|.csv`: "a-b-c------.csv", "\x00": "-", "…": "…", " .. ": "Kontor", "": "Kontor",
	} {
		if got := fileName(name); got != want {
			t.Errorf("fileName(%q) = %q, want %q", name, got, want)
		}
	}
}

// newWindow is a window before it is shown, on a workspace of its own.
func newWindow(t *testing.T) *Window {
	t.Helper()
	a, err := app.Create(t.Context(), filepath.Join(t.TempDir(), "ws"), storage.Options{Version: "test"},
		app.Start{Company: "Harbor Trading", Owner: "Ines", Currency: "EUR", Country: "DE", Language: "en", Timezone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Window{app: a, language: "en", place: firstPlace, ready: make(chan struct{})}
}

func TestSecondStart(t *testing.T) {
	w := newWindow(t)
	if answered, err := wake(t.Context(), w.app.DB.Dir); answered || err != nil {
		t.Errorf("nobody is there, yet: %v %v", answered, err)
	}
	for _, c := range []struct {
		name     string
		own      []func(*http.ServeMux)
		answered bool
		key      string
	}{
		{"a window", []func(*http.ServeMux){w.routes}, true, ""},
		{"the browser door", nil, false, "cli.serveOpen"},
	} {
		t.Run(c.name, func(t *testing.T) {
			socket, err := serve.Socket(context.WithoutCancel(t.Context()), w.app, api.New(w.app), c.own...)
			if err != nil {
				t.Fatal(err)
			}
			defer socket.Close()
			answered, err := wake(t.Context(), w.app.DB.Dir)
			if answered != c.answered || (err == nil) != (c.key == "") || err != nil && fault.Of(err).Key != c.key {
				t.Errorf("answered %v, %v", answered, err)
			}
		})
	}
}

func TestGuard(t *testing.T) {
	answer := func(h http.Handler, path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		guard("en", h).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return rec
	}
	got := answer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }), "/api/session")
	if got.Code != http.StatusInternalServerError || got.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("a panic answers %d %s", got.Code, got.Header())
	}
	var session struct{ Door, Workspace string }
	got = answer(api.New(newWindow(t).app).Owned(), "/api/session")
	if err := json.Unmarshal(got.Body.Bytes(), &session); err != nil || session.Door != "window" || session.Workspace != "Harbor Trading" {
		t.Errorf("session %s %v", got.Body, err)
	}
}

func TestErrorsReachThePageAsJSON(t *testing.T) {
	w := &Window{language: "de"}
	for _, err := range []error{fault.Invalid("name", "record.required", fault.Params{"field": "Name"}), errors.New("disk")} {
		var got struct{ Code, Field, Detail string }
		text, ok := w.errorText(err).(string)
		if !ok || json.Unmarshal([]byte(text), &got) != nil || got.Code != string(fault.Of(err).Code) || got.Detail == "" {
			t.Errorf("%v becomes %q", err, text)
		}
	}
	native := &Native{} // without a window every call panics
	if _, err := native.OpenFiles("", "", false); err == nil {
		t.Error("a panic is no error")
	}
}
