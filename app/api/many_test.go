package api_test

import (
	"fmt"
	"testing"
)

// TestBulkChange changes what a filter finds, refuses per record, and takes it
// all back by its batch.
func TestBulkChange(t *testing.T) {
	d := open(t)
	for i := range 60 {
		city := "Leeds"
		if i%3 == 0 {
			city = "Cork"
		}
		d.create("company", object{"name": fmt.Sprintf("Company %02d", i), "number": fmt.Sprintf("C-%d", i), "city": city})
	}
	count := func(where string) float64 {
		t.Helper()
		return d.call("GET", "/api/records/company/count?where="+where, nil, 200)["count"].(float64)
	}
	many := func(body object) object {
		t.Helper()
		return d.call("POST", "/api/records/company/many", body, 200)
	}
	leeds := "city%20%3D%20%22Leeds%22"

	tried := many(object{"where": `city = "Leeds"`, "set": object{"language": "en"}, "dryRun": true})
	if tried["changed"] != 40.0 || tried["batch"] != nil || count("language%20is%20not%20empty") != 0 {
		t.Errorf("rehearsal: %v", tried)
	}
	done := many(object{"where": `city = "Leeds"`, "q": "company 1", "set": object{"language": "en", "city": "York"}})
	if done["changed"] != 7.0 || done["running"] != false || count(leeds) != 33 { // 10 to 19 without 12, 15 and 18
		t.Errorf("changed by filter and words: %v, left %v", done, count(leeds))
	}
	if u := d.call("POST", fmt.Sprintf("/api/undo/%s", done["batch"]), object{}, 200); u["undone"] != done["changed"] || count(leeds) != 40 {
		t.Errorf("undone: %v", u)
	}

	rows := d.call("GET", "/api/records/company?limit=1&sort=name", nil, 200)["rows"].([]any)
	first := rows[0].(object)["id"]
	done = many(object{"where": "", "except": []any{first}, "set": object{"number": "C-7"}})
	failed := done["failed"].([]any)
	if done["changed"] != 0.0 || done["unchanged"] != 1.0 || len(failed) != 58 || failed[0].(object)["message"] == "" || failed[0].(object)["title"] == "" {
		t.Errorf("a number for all: %v", done)
	}
	done = many(object{"ids": []any{first, first}, "add": object{"emails": []any{"a@x.example", "A@x.example", "b@x.example"}}})
	if emails := d.call("GET", fmt.Sprintf("/api/records/company/%s", first), nil, 200)["record"].(object)["emails"].([]any); done["changed"] != 1.0 || len(emails) != 2 {
		t.Errorf("rows added: %v, %v", done, emails)
	}
	done = many(object{"ids": []any{first}, "remove": object{"emails": []any{"B@X.example"}}})
	if emails := d.call("GET", fmt.Sprintf("/api/records/company/%s", first), nil, 200)["record"].(object)["emails"].([]any); done["changed"] != 1.0 || len(emails) != 1 {
		t.Errorf("rows removed: %v, %v", done, emails)
	}
	done = many(object{"where": `city = "Cork"`, "delete": true})
	if done["changed"] != 20.0 || count("") != 40 {
		t.Errorf("deleted: %v", done)
	}
	d.call("POST", fmt.Sprintf("/api/undo/%s", done["batch"]), object{}, 200)
	if count("") != 60 {
		t.Error("not all came back")
	}
	if again := d.call("GET", fmt.Sprintf("/api/many/%s", done["job"]), nil, 200); again["changed"] != 20.0 || again["running"] != false {
		t.Errorf("asked again: %v", again)
	}
}

func TestBulkChangeRefused(t *testing.T) {
	d := open(t)
	c := d.create("company", object{"name": "Falcon"})
	ids := []any{c["id"]}
	for name, c := range map[string]struct {
		body   object
		status int
	}{
		"nothing chosen":   {object{"set": object{"city": "Leeds"}}, 422},
		"nothing to do":    {object{"ids": ids}, 422},
		"no such field":    {object{"ids": ids, "set": object{"colour": "red"}}, 422},
		"no list":          {object{"ids": ids, "add": object{"city": []any{"Leeds"}}}, 422},
		"no such language": {object{"ids": ids, "set": object{"language": "Klingonese"}}, 422},
		"no such date":     {object{"ids": ids, "set": object{"customerSince": "soon"}}, 422},
		"a broken filter":  {object{"where": "city =", "set": object{"city": "Leeds"}}, 422},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			d.call("POST", "/api/records/company/many", c.body, c.status)
		})
	}
	d.t = t
	d.call("POST", "/api/records/settings/many", object{"where": "", "set": object{"seller.name": "x"}}, 403)
	d.call("GET", "/api/many/0000000000009", nil, 404)
}
