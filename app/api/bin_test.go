package api_test

import (
	"fmt"
	"testing"
)

// TestTheBin: filters and stretches, also where a bulk delete shares one moment;
// restoring and purging many, with a rehearsal.
func TestTheBin(t *testing.T) {
	d := open(t)
	var ids []any
	for i := range 120 {
		ids = append(ids, d.create("company", object{"name": fmt.Sprintf("Company %03d", i)})["id"])
	}
	note := d.create("note", object{"text": "About it", "about": ids[0]})
	product := d.create("product", object{"name": "Desk"})
	d.call("POST", "/api/records/company/many", object{"ids": ids, "delete": true}, 200)
	d.call("DELETE", path(product), nil, 200)

	seen := map[any]bool{}
	next, first := "", object{}
	for stretch := 0; ; stretch++ {
		page := d.call("GET", "/api/bin?limit=50&before="+next, nil, 200)
		if stretch == 0 {
			first = page
		} else if len(page["kinds"].([]any)) > 0 {
			t.Error("counted again")
		}
		for _, row := range page["rows"].([]any) {
			if id := row.(object)["id"]; seen[id] {
				t.Errorf("%v twice", id)
			} else {
				seen[id] = true
			}
			if who := row.(object)["actor"].(object)["name"]; who != "Ines Okafor" {
				t.Errorf("deleted by %v", who)
			}
		}
		if next = page["next"].(string); next == "" {
			break
		}
	}
	if len(seen) != 121 || fmt.Sprint(first["kinds"]) != "[map[count:120 kind:company] map[count:1 kind:product]]" {
		t.Errorf("%d rows, %v", len(seen), first["kinds"])
	}
	owner := d.call("GET", "/api/session", nil, 200)["user"].(object)["id"]
	for query, want := range map[string]int{
		"kind=product": 1, "kind=note": 0, fmt.Sprint("actor=", owner): 121, "actor=0000000000009": 0,
		"since=2020-01-01&until=2020-12-31": 0, "since=2026-03-04&until=2026-03-04": 121, "until=2026-03-03": 0, "since=2026-03-05": 0,
	} {
		page := d.call("GET", "/api/bin?limit=200&"+query, nil, 200)
		if got := len(page["rows"].([]any)); got != want {
			t.Errorf("%s: %d rows, want %d", query, got, want)
		}
	}
	d.call("GET", "/api/bin?before=x", nil, 422)
	d.call("GET", "/api/bin?since=2026-02-30", nil, 422)
	d.call("GET", "/api/bin?kind=settings", nil, 403)
	d.call("POST", "/api/bin/purge", object{}, 422)

	back := d.call("POST", "/api/bin/restore", object{"all": true, "kind": "product"}, 200)
	if back["changed"] != 1.0 || back["batch"] == nil {
		t.Errorf("restored %v", back)
	}
	d.call("POST", "/api/undo/"+back["batch"].(string), object{}, 200)

	tried := d.call("POST", "/api/bin/purge", object{"all": true, "dryRun": true}, 200)
	failed := tried["failed"].([]any)
	if tried["changed"] != 120.0 || len(failed) != 1 || failed[0].(object)["message"] != "Note “About it” still refers to Company 000." {
		t.Errorf("rehearsed %v", tried)
	}
	if n := len(d.call("GET", "/api/bin?limit=200", nil, 200)["rows"].([]any)); n != 121 {
		t.Errorf("%d after the rehearsal", n)
	}
	d.call("DELETE", path(note), nil, 200)
	choice := object{"records": []object{{"kind": "company", "id": ids[0]}}}
	if got := d.call("POST", "/api/bin/referring", choice, 200)["kinds"]; fmt.Sprint(got) != "[map[count:1 kind:note]]" {
		t.Errorf("refers to the first one: %v", got)
	}
	choice["dryRun"] = true
	if alone := d.call("POST", "/api/bin/purge", choice, 200); alone["changed"] != 0.0 {
		t.Errorf("alone %v", alone)
	}
	choice["along"] = []string{"note"}
	if along := d.call("POST", "/api/bin/purge", choice, 200); along["changed"] != 2.0 {
		t.Errorf("with its note %v", along)
	}
	choice["along"] = []string{"settings"}
	d.call("POST", "/api/bin/purge", choice, 403)
	if done := d.call("POST", "/api/bin/purge", object{"all": true}, 200); done["changed"] != 122.0 || len(done["failed"].([]any)) > 0 {
		t.Errorf("purged %v", done)
	}
	d.call("GET", path(product), nil, 404)
}

// TestHistoryQueries: what the pages ask for.
func TestHistoryQueries(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon", "city": "Leeds"})
	d.call("PATCH", path(company), object{"version": 1, "values": object{"city": "York"}}, 200)
	for query, want := range map[string]int{
		"kind=company": 2, "kind=company&op=update": 1, "kind=company&field=city": 2, "kind=company&op=update&field=name": 0,
		fmt.Sprint("record=", company["id"]): 2, "kind=company&day=2026-03-04": 2, "kind=company&since=2026-03-05": 0, "kind=company&until=2026-03-03": 0,
	} {
		if got := len(d.call("GET", "/api/batches?"+query, nil, 200)["batches"].([]any)); got != want {
			t.Errorf("batches %s: %d, want %d", query, got, want)
		}
		if got := len(d.call("GET", "/api/history?"+query, nil, 200)["changes"].([]any)); got != want {
			t.Errorf("changes %s: %d, want %d", query, got, want)
		}
	}
	first := d.call("GET", "/api/history?kind=company&limit=1", nil, 200)
	second := d.call("GET", "/api/history?kind=company&limit=1&before="+first["next"].(string), nil, 200)
	if texts(first["changes"], "op")+texts(second["changes"], "op") != "updatecreate" || second["next"] != "" {
		t.Errorf("%v, %v", first, second)
	}
	for _, query := range []string{"op=explode", "day=2026-02-30", "since=yesterday"} {
		d.call("GET", "/api/batches?"+query, nil, 422)
	}
	d.call("GET", "/api/batches?kind=dragon", nil, 404)
}
