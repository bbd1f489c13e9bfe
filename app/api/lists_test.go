package api_test

import (
	"fmt"
	"net/url"
	"testing"
)

// TestTags: one spelling, no doubles, filters by any of them, counts, a rename of
// all in one batch.
func TestTags(t *testing.T) {
	d := open(t)
	a := d.create("company", object{"name": "Falcon", "tags": []any{"VIP", "vip", "Trade fair"}})
	b := d.create("company", object{"name": "Osprey", "tags": []any{object{"value": "vip"}}})
	d.create("product", object{"name": "Desk", "tags": []any{"Vip"}})
	d.create("company", object{"name": "Heron"})
	d.create("person", object{"name": "Ada Lovelace", "company": a["id"], "tags": []any{"Buyer"}})
	tagsOf := func(rec object) string {
		t.Helper()
		return texts(d.call("GET", path(rec), nil, 200)["record"].(object)["tags"], "value")
	}
	if got := tagsOf(a) + " " + tagsOf(b); got != "VIP,Trade fair VIP" {
		t.Errorf("tags %s", got)
	}
	for where, want := range map[string]float64{
		`tag = "vip"`: 2, `tags = "VIP"`: 2, `tag in ("trade fair", "nothing")`: 1, `tag is empty`: 1, `tag is not empty`: 2, `tag ^ "tr"`: 1,
		`tag != "vip"`: 1, `not tag = "trade fair"`: 2, `tag = "vip" and not (tag ~ "fair" or name = "x")`: 1,
	} {
		if n := d.call("GET", "/api/records/company/count?where="+url.QueryEscape(where), nil, 200)["count"]; n != want {
			t.Errorf("%s finds %v, want %v", where, n, want)
		}
	}
	if n := d.call("GET", "/api/records/person/count?where="+url.QueryEscape(`company.tag = "vip"`), nil, 200)["count"]; n != 1.0 {
		t.Errorf("people of tagged companies: %v", n)
	}
	if hits := d.call("GET", "/api/search?q=trade+fair", nil, 200)["hits"]; texts(hits, "title") != "Falcon" {
		t.Errorf("search finds %v", hits)
	}
	tags := d.call("GET", "/api/tags", nil, 200)["tags"]
	if got := fmt.Sprint(texts(tags, "name"), texts(tags, "count")); got != "VIP,Buyer,Trade fair3,1,1" {
		t.Errorf("tags in use: %s", got)
	}

	done := d.call("POST", "/api/tags/rename", object{"from": "vip", "to": "trade FAIR"}, 200)
	if got := tagsOf(a) + " " + tagsOf(b); done["changed"] != 3.0 || got != "Trade fair Trade fair" {
		t.Errorf("merged: %v, %s", done, got)
	}
	d.call("POST", fmt.Sprintf("/api/undo/%s", done["batch"]), object{}, 200)
	if got := tagsOf(a) + " " + tagsOf(b); got != "VIP,Trade fair VIP" {
		t.Errorf("after undo %s", got)
	}
	d.call("POST", "/api/tags/rename", object{"from": "VIP", "to": "vip"}, 200)
	if got := tagsOf(a) + " " + tagsOf(b); got != "vip,Trade fair vip" {
		t.Errorf("respelt: %s", got)
	}
	d.call("POST", "/api/tags/rename", object{"from": "nothing", "to": "x"}, 404)
	d.call("POST", "/api/tags/rename", object{"from": "vip", "to": " "}, 422)

	done = d.call("POST", "/api/records/company/many", object{"where": "", "add": object{"tags": []any{"VIP"}}}, 200)
	if done["changed"] != 1.0 || done["unchanged"] != 2.0 {
		t.Errorf("tagged in bulk: %v", done)
	}
	var many []any
	for i := range 51 {
		many = append(many, fmt.Sprint("Tag ", i))
	}
	d.call("PATCH", path(a), object{"values": object{"tags": many}}, 422)
	d.call("PATCH", path(a), object{"values": object{"tags": []any{fmt.Sprintf("%061d", 1)}}}, 422)
}

// TestSums: exact, each currency by itself, over what a filter finds.
func TestSums(t *testing.T) {
	d := open(t)
	for i, revenue := range []string{"0.10", "0.20", "90071992547409.93", "90071992547409.93"} {
		d.create("company", object{"name": fmt.Sprint("Company ", i), "revenue": revenue})
	}
	d.create("company", object{"name": "Yen", "revenue": "1500", "revenueCurrency": "JPY"})
	d.create("company", object{"name": "None"})
	sums := d.call("GET", "/api/records/company/sums?fields=revenue", nil, 200)["sums"]
	if got := fmt.Sprint(texts(sums, "currency"), " ", texts(sums, "sum"), " ", texts(sums, "count")); got != "EUR,JPY 180143985094820.16,1500 4,1" {
		t.Errorf("sums %s", got)
	}
	sums = d.call("GET", "/api/records/company/sums?fields=revenue&where="+url.QueryEscape("revenue < 1"), nil, 200)["sums"]
	if got := texts(sums, "sum"); got != "0.30" {
		t.Errorf("sum of some: %s", got)
	}
	d.call("GET", "/api/records/company/sums?fields=name", nil, 422)
	d.call("GET", "/api/records/company/sums?fields=revenue&where=city", nil, 422)
}

func TestViewsOfLists(t *testing.T) {
	d := open(t)
	made := d.call("POST", "/api/views", object{"kind": "company", "name": "Leeds", "state": "where=city+%3D+%22Leeds%22"}, 201)["view"].(object)
	one := fmt.Sprintf("/api/views/%s", made["id"])
	changed := d.call("PATCH", one, object{"version": made["version"], "name": "In Leeds", "shared": true}, 200)
	if v := changed["view"].(object); v["name"] != "In Leeds" || v["shared"] != true || v["state"] != made["state"] {
		t.Errorf("changed to %v", v)
	}
	d.call("PATCH", one, object{"version": made["version"], "name": "Stale"}, 409)
	if got := texts(d.call("GET", "/api/views?kind=company", nil, 200)["views"], "name"); got != "In Leeds" {
		t.Errorf("views %s", got)
	}
	gone := d.call("DELETE", one, nil, 200)
	if got := d.call("GET", one, nil, 404)["detail"]; got != "The view “In Leeds” has been deleted." {
		t.Errorf("a deleted view: %v", got)
	}
	d.call("POST", fmt.Sprintf("/api/undo/%s", gone["batch"]), object{}, 200)
	d.call("GET", one, nil, 200)
}
