package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestTimelineFilterAndPins plays the operations of a timeline as pages call
// them.
func TestTimelineFilterAndPins(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon"})
	ada := d.create("person", object{"name": "Ada Lovelace", "company": company["id"]})
	note := d.create("note", object{"text": "Talk with Müller", "about": company["id"]})
	d.create("note", object{"text": "Ada likes tea", "about": ada["id"]})

	line := func(more string) object {
		t.Helper()
		return d.call("GET", path(company, "/timeline"+more), nil, 200)
	}
	entry := func(of object, n int) object { return of["entries"].([]any)[n].(object) }
	if got := line("?q=muller"); texts(got["entries"], "kind") != "note" || entry(got, 0)["title"] != "Talk with Müller" {
		t.Errorf("by words: %v", got)
	}
	if got := line("?who=" + ada["id"].(string)); texts(got["entries"], "title") != "Ada likes tea" {
		t.Errorf("by person: %v", got)
	}
	people := d.call("GET", path(company, "/timeline/people"), nil, 200)["people"]
	if got := texts(people, "kind") + " " + texts(people, "title"); got != "user,person Ines Okafor,Ada Lovelace" {
		t.Errorf("people: %s", got)
	}
	if got := d.call("GET", path(company, "/timeline?who=nobody"), nil, 422); got["code"] != "invalid" {
		t.Errorf("by no id: %v", got)
	}

	pins := "/timeline/pins/"
	d.call("PUT", path(company, pins, note["id"].(string)), nil, 204)
	if got := line("?q=nothing"); texts(got["pinned"], "id") != note["id"] || len(got["entries"].([]any)) != 0 {
		t.Errorf("pinned: %v", got)
	}
	if got := line("?before=" + line("?limit=1")["next"].(string)); len(got["pinned"].([]any)) != 0 {
		t.Errorf("a later stretch has pins: %v", got)
	}
	if got := d.call("PUT", path(company, pins, company["id"].(string)), nil, 404); got["detail"] == "" {
		t.Errorf("what does not stand there was pinned: %v", got)
	}
	d.call("DELETE", path(company, pins, note["id"].(string)), nil, 204)
	if got := line(""); len(got["pinned"].([]any)) != 0 {
		t.Errorf("let go: %v", got)
	}
}

// TestFilesOfARecord: an empty file is refused, the same name is a new version.
func TestFilesOfARecord(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon"})
	send := func(name, content string) *httptest.ResponseRecorder {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/files?name="+name+"&about="+company["id"].(string), strings.NewReader(content))
		r.Header.Set("Content-Type", "application/octet-stream")
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, r)
		return w
	}
	if w := send("Plan.txt", ""); w.Code != 422 {
		t.Errorf("an empty file: %d %s", w.Code, w.Body)
	}
	for i, content := range []string{"one", "two"} {
		if w := send("Plan.txt", content); w.Code != 201 || strings.Contains(w.Body.String(), `"edition":"2"`) != (i == 1) {
			t.Errorf("version %d: %d %s", i+1, w.Code, w.Body)
		}
	}
	if got := d.call("GET", path(company, "/timeline?kinds=file"), nil, 200); texts(got["entries"], "title") != "Plan.txt,Plan.txt" {
		t.Errorf("timeline: %v", got)
	}
}
