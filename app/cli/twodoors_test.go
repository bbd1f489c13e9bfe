package cli_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/serve"
	"kontor/storage"
)

// TestTwoDoorsOneRecord: while a page edits a record, a command changes it through
// the socket of the same door. The page's save is stale and is told what stands
// there now; made on that version it is taken, and nothing of the command is lost.
func TestTwoDoorsOneRecord(t *testing.T) {
	s := newShell(t)
	made := s.json(0, "new", "company", "name=Falcon", "number=F-0", "city=Leeds")
	id := made["id"].(string)
	a, err := app.Open(t.Context(), s.workspace, storage.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	handler := api.New(a)
	socket, err := serve.Socket(ctx, a, handler)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		_ = socket.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	page := func(body string) (status int, answer map[string]any) {
		r := httptest.NewRequestWithContext(ctx, "PATCH", "/api/records/company/"+id, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.Owned().ServeHTTP(w, r)
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		return w.Code, answer
	}

	s.json(0, "set", "company", id, "number=F-command", "vat=DE1") // the door's socket: the workspace is locked
	status, stale := page(`{"version": 1, "values": {"number": "F-page"}}`)
	now, _ := stale["current"].(map[string]any)
	if status != 409 || stale["code"] != "stale" || now["number"] != "F-command" || now["version"] != 2.0 {
		t.Fatalf("%d %v", status, stale)
	}
	if status, saved := page(`{"version": 2, "values": {"number": "F-page"}}`); status != 200 {
		t.Fatalf("%d %v", status, saved)
	}
	got := s.json(0, "show", "company", id)
	if got["number"] != "F-page" || got["vat"] != "DE1" || got["city"] != "Leeds" || got["version"] != 3.0 {
		t.Errorf("stored is %v", got)
	}
}
