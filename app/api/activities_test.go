package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestDayOfASalesperson plays a day: a task is done and comes again, a call and
// a meeting are kept, the calendar goes out and comes in. Each step is asserted
// in the history, on the timeline and in the search.
func TestDayOfASalesperson(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon Ceramics"})
	person := d.create("person", object{"name": "Ada Lovelace", "company": company["id"], "email": "ada@falcon.example"})
	task := d.create("task", object{"text": "Chase the oak counter", "due": "2026-03-04", "about": person["id"], "repeat": "weekly", "remind": 30})
	if task["assigned"] == nil || task["remind"] != "30" || task["repeat"] != "FREQ=WEEKLY" || task["done"] != nil {
		t.Errorf("stored as %v", task)
	}
	d.create("call", object{"text": "Wants glazed tiles", "about": person["id"], "at": "2026-03-04T08:00:00Z", "minutes": 7, "outcome": "callBack"})
	meeting := d.create("meeting", object{"text": "Look at samples", "from": "2026-03-04T15:00", "about": []any{company["id"], object{"record": person["id"]}}})
	if meeting["to"] != "2026-03-04T15:00:00.000Z" || texts(meeting["about"], "record") != company["id"].(string)+","+person["id"].(string) {
		t.Errorf("stored as %v", meeting)
	}

	today := d.call("GET", "/api/today", nil, 200)
	sections := today["sections"].([]any)
	if got := texts(sections, "key"); got != "due,meetings" || today["today"] != "2026-03-04" {
		t.Fatalf("today has %s", got)
	}
	due, coming := sections[0].(object), sections[1].(object)
	if texts(due["rows"], "text") != "Chase the oak counter" || due["count"] != 1.0 || texts(coming["entries"], "title") != "Look at samples" || len(coming["rows"].([]any)) != 0 {
		t.Errorf("today: %v", today)
	}
	if today["links"].(object)[person["id"].(string)].(object)["title"] != "Ada Lovelace" {
		t.Errorf("links %v", today["links"])
	}

	settle := "/api/activities/task/" + task["id"].(string) + "/settle"
	done := d.call("POST", settle, object{"how": "done", "version": 1}, 200)
	next, _ := done["next"].(object)
	if done["changed"] != true || done["record"].(object)["done"] == nil || next["due"] != "2026-03-11" {
		t.Fatalf("done: %v", done)
	}
	if p := d.call("POST", settle, object{"how": "tomorrow", "version": 1}, 409); p["code"] != "stale" {
		t.Errorf("an old version answers %v", p)
	}
	if p := d.call("POST", settle, object{"how": "never"}, 422); p["field"] != "how" {
		t.Errorf("a way that there is not: %v", p)
	}
	d.call("POST", strings.Replace(settle, "task", "note", 1), object{"how": "done"}, 422)

	snooze := strings.Replace(settle, "settle", "snooze", 1)
	if p := d.call("POST", snooze, object{"how": "hour", "when": "2026-03-04T08:00:00Z"}, 409); p["code"] != "conflict" {
		t.Errorf("what is done is snoozed: %v", p)
	}
	snooze = strings.Replace(snooze, task["id"].(string), next["id"].(string), 1)
	if s := d.call("POST", snooze, object{"how": "tomorrow", "when": "2026-03-11T08:00:00Z"}, 200); s["until"] != "2026-03-05T08:00:00.000Z" {
		t.Errorf("snoozed: %v", s)
	}
	d.call("POST", snooze, object{"how": "never", "when": "2026-03-11T08:00:00Z"}, 422)
	d.call("POST", strings.Replace(snooze, "task", "call", 1), object{"how": "hour", "when": "2026-03-11T08:00:00Z"}, 422)

	line := d.call("GET", path(company, "/timeline?kinds=task,call,meeting"), nil, 200)
	if got := texts(line["entries"], "kind"); strings.Count(got, "task") != 2 || !strings.Contains(got, "call") || !strings.Contains(got, "meeting") {
		t.Errorf("on the timeline stand %s", got)
	}
	changes := d.call("GET", path(task, "/history"), nil, 200)["changes"].([]any)
	if got := texts(changes[0].(object)["fields"], "key"); got != "done,next" {
		t.Errorf("history says %s", got)
	}
	for q, want := range map[string]string{"oak": "task,task", "glazed": "call", "samples": "meeting"} {
		if got := texts(d.call("GET", "/api/search?q="+q, nil, 200)["hits"], "kind"); got != want {
			t.Errorf("search %s finds %q", q, got)
		}
	}

	cal := d.call("GET", "/api/calendar?from=2026-03-01&to=2026-03-31", nil, 200)
	if got := texts(cal["entries"], "day"); got != "2026-03-04,2026-03-04,2026-03-11,2026-03-18,2026-03-25" {
		t.Errorf("calendar: %s", got)
	}
	if got := texts(cal["entries"], "virtual"); got != "false,false,false,true,true" {
		t.Errorf("virtual: %s", got)
	}
	d.call("GET", "/api/calendar?from=2026-03-01&to=2028-03-31", nil, 422)

	d.call("POST", "/api/undo/"+done["batch"].(string), nil, 200)
	if now := d.call("GET", path(task), nil, 200)["record"].(object); now["done"] != nil || now["next"] != nil {
		t.Errorf("undo leaves %v", now)
	}
	if got := d.call("GET", "/api/records/task/count", nil, 200)["count"]; got != 1.0 {
		t.Errorf("%v tasks", got)
	}
	if got := texts(d.call("GET", "/api/search?q=oak", nil, 200)["hits"], "id"); got != task["id"] {
		t.Errorf("search finds %s", got)
	}

	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/api/calendar.ics", nil))
	file := w.Body.String()
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/calendar; charset=utf-8" || strings.Count(file, "BEGIN:VEVENT") != 1 || strings.Count(file, "BEGIN:VTODO") != 1 {
		t.Errorf("%d %s: %s", w.Code, w.Header().Get("Content-Type"), file)
	}
	send := func(content string, status int) object {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/calendar/import?name=my.ics", strings.NewReader(content))
		r.Header.Set("Content-Type", "application/octet-stream")
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, r)
		var out object
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != status {
			t.Fatalf("status %d, %v: %s", w.Code, err, w.Body)
		}
		return out
	}
	if same := send(file, 200); same["unchanged"] != 2.0 || same["batch"] != nil || len(same["problems"].([]any)) != 0 {
		t.Errorf("our own file: %v", same)
	}
	in := send("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Tasting\nDTSTART:20260304T170000Z\nATTENDEE:mailto:ada@falcon.example\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\nEND:VCALENDAR", 200)
	first := in["problems"].([]any)[0].(object)
	if in["found"] != 1.0 || in["created"] != 1.0 || first["line"] != 7.0 || first["title"] != "Tasting" || !strings.Contains(first["message"].(string), "COUNT=3") {
		t.Errorf("taken in as %v", in)
	}
	if got := texts(d.call("GET", path(person, "/timeline?kinds=meeting"), nil, 200)["entries"], "title"); !strings.Contains(got, "Tasting") {
		t.Errorf("with Ada stand %s", got)
	}
	if got := d.call("GET", "/api/history?limit=1", nil, 200)["changes"].([]any)[0].(object)["source"]; got != "my.ics" {
		t.Errorf("the batch is called %v", got)
	}
	d.call("POST", "/api/undo/"+in["batch"].(string), nil, 200)
	if got := d.call("GET", "/api/records/meeting/count", nil, 200)["count"]; got != 1.0 {
		t.Errorf("%v meetings", got)
	}
	if p := send("no calendar", 422); !strings.Contains(p["detail"].(string), ".ics") {
		t.Errorf("another file answers %v", p)
	}
	if p := send("BEGIN:VCALENDAR\n"+strings.Repeat(" ", 10<<20), 413); !strings.Contains(p["detail"].(string), "10 MB") {
		t.Errorf("a large file answers %v", p)
	}
}
