package api_test

import (
	"fmt"
	"net/url"
	"testing"
)

// TestGroups: values with counts and sums, of links by name, of days by month, in
// the order asked for.
func TestGroups(t *testing.T) {
	d := open(t)
	falcon := d.create("company", object{"name": "Falcon", "city": "Leeds", "country": "GB", "customerSince": "2026-01-31", "revenue": "1.10", "tags": []any{"VIP", "Fair"}})
	d.create("company", object{"name": "Osprey", "city": "leeds", "country": "GB", "customerSince": "2026-01-01", "revenue": "2.20", "tags": []any{"vip"}})
	d.create("company", object{"name": "Heron", "city": "Cork", "country": "IE", "customerSince": "2025-12-31", "revenue": "100", "revenueCurrency": "GBP"})
	d.create("company", object{"name": "Ibis"})
	d.create("person", object{"name": "Ada Lovelace", "company": falcon["id"]})
	groups := func(kind, query string) any {
		t.Helper()
		return d.call("GET", "/api/records/"+kind+"/groups?"+query, nil, 200)["groups"]
	}
	for query, want := range map[string]string{
		"by=city":                                "Cork,Leeds,|1,2,1",
		"by=city&sort=-count":                    "Leeds,Cork,|2,1,1",
		"by=city&sort=-value":                    "Leeds,Cork,|2,1,1",
		"by=customerSince:month":                 "2025-12,2026-01,|1,2,1",
		"by=customerSince:year&sort=-value":      "2026,2025,|2,1,1",
		"by=tag":                                 "Fair,VIP,|1,2,2",
		"by=createdAt:year":                      "2026|4",
		"by=city&where=country%20%3D%20%22GB%22": "Leeds|2",
	} {
		got := groups("company", query)
		if text := texts(got, "value") + "|" + texts(got, "count"); text != want {
			t.Errorf("%s: %s, want %s", query, text, want)
		}
	}
	sums := groups("company", "by=country&sums=revenue").([]any)
	if got := fmt.Sprint(texts(sums[0].(object)["sums"], "sum"), texts(sums[1].(object)["sums"], "currency"), sums[2].(object)["sums"]); got != "3.30GBP<nil>" {
		t.Errorf("sums %s", got)
	}
	people := groups("person", "by=company")
	if got := texts(people, "title"); got != "Falcon" {
		t.Errorf("companies of people: %s", got)
	}
	where := people.([]any)[0].(object)["where"].(string)
	if n := d.call("GET", "/api/records/person/count?where="+url.QueryEscape(where), nil, 200)["count"]; n != 1.0 {
		t.Errorf("%s finds %v", where, n)
	}
	for _, query := range []string{"", "by=revenue", "by=nothing", "by=city&sort=name", "by=city&sums=city", "by=city&where=city"} {
		d.call("GET", "/api/records/company/groups?"+query, nil, 422)
	}
}

// TestDeleteTag takes a tag off companies and products in one batch.
func TestDeleteTag(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon", "tags": []any{"VIP", "Fair"}})
	product := d.create("product", object{"name": "Desk", "tags": []any{"vip"}})
	tagsOf := func(rec object) string {
		t.Helper()
		return texts(d.call("GET", path(rec), nil, 200)["record"].(object)["tags"], "value")
	}
	done := d.call("POST", "/api/tags/delete", object{"tag": "vip"}, 200)
	if got := tagsOf(company) + "|" + tagsOf(product); done["changed"] != 2.0 || got != "Fair|" {
		t.Errorf("deleted: %v, %s", done, got)
	}
	d.call("POST", fmt.Sprintf("/api/undo/%s", done["batch"]), object{}, 200)
	if got := tagsOf(company) + "|" + tagsOf(product); got != "VIP,Fair|VIP" {
		t.Errorf("brought back: %s", got)
	}
	d.call("POST", "/api/tags/delete", object{"tag": "nothing"}, 404)
}
