package api_test

import (
	"fmt"
	"net/url"
	"testing"
)

// TestOwnFields: a field made over the API stands at once in the kinds, in
// records, filters, sums, search and the history, and its changes are undone.
func TestOwnFields(t *testing.T) {
	d := open(t)
	falcon := d.create("company", object{"name": "Falcon"})
	add := func(values object) object {
		t.Helper()
		values["kind"] = "company"
		return d.call("POST", "/api/fields", object{"values": values}, 201)["field"].(object)
	}
	channel := add(object{"label": "Sales channel", "type": "choice", "options": []any{"Fair", "Website"}, "help": "where they came from", "group": "business"})
	add(object{"label": "Machines", "type": "number"})
	own := func() (all string) {
		t.Helper()
		for _, k := range d.call("GET", "/api/kinds", nil, 200)["kinds"].([]any) {
			for _, f := range k.(object)["fields"].([]any) {
				if f := f.(object); f["own"] == true {
					all += fmt.Sprint(k.(object)["name"], ".", f["key"], ":", f["type"], " ")
				}
			}
		}
		return all
	}
	if got := own(); got != "company._sales_channel:choice company._machines:number " {
		t.Errorf("kinds tell of %s", got)
	}
	d.call("PATCH", path(falcon), object{"values": object{"_sales_channel": "fair", "_machines": "7"}}, 200)
	osprey := d.create("company", object{"name": "Osprey", "_machines": 5})
	for where, want := range map[string]float64{`_sales_channel = "Fair"`: 1, `_machines > 4`: 2, `_machines is empty`: 0, `not (_sales_channel = "fair")`: 1} {
		if n := d.call("GET", "/api/records/company/count?where="+url.QueryEscape(where), nil, 200)["count"]; n != want {
			t.Errorf("%s finds %v, want %v", where, n, want)
		}
	}
	if sums := d.call("GET", "/api/records/company/sums?fields=_machines", nil, 200)["sums"].([]any); len(sums) != 1 || sums[0].(object)["sum"] != "12" {
		t.Errorf("sums %v", sums)
	}
	if hits := d.call("GET", "/api/search?q=sales", nil, 200)["hits"]; texts(hits, "title") != "" {
		t.Errorf("a label is no word of a record: %v", hits)
	}
	if hits := d.call("GET", "/api/search?q=fair", nil, 200)["hits"]; texts(hits, "title") != "Falcon" {
		t.Errorf("search finds %v", hits)
	}
	if changes := d.call("GET", path(falcon)+"/history/_machines", nil, 200)["changes"].([]any); len(changes) != 1 {
		t.Errorf("where from: %v", changes)
	}
	done := d.call("POST", "/api/records/company/many", object{"where": "", "set": object{"_machines": "9"}}, 200)
	if done["changed"] != 2.0 {
		t.Errorf("bulk: %v", done)
	}

	fault := d.call("PATCH", path(osprey), object{"values": object{"_sales_channel": "letter"}}, 422)
	if fault["field"] != "_sales_channel" {
		t.Errorf("a wrong option: %v", fault)
	}
	d.call("POST", "/api/fields", object{"values": object{"kind": "company", "label": "Sales Channel", "type": "text"}}, 409)
	d.call("PATCH", "/api/fields/"+channel["id"].(string), object{"version": 1, "values": object{"type": "text"}}, 422)
	d.call("PATCH", "/api/records/field/"+channel["id"].(string), object{"values": object{"label": "x"}}, 403)
	hidden := d.call("PATCH", "/api/fields/"+channel["id"].(string), object{"version": 1, "values": object{"hidden": true}}, 200)
	d.call("PATCH", "/api/fields/"+channel["id"].(string), object{"version": 1, "values": object{"label": "x"}}, 409)
	if got := own(); got != "company._machines:number " {
		t.Errorf("with one hidden: %s", got)
	}
	d.call("GET", "/api/records/company?where="+url.QueryEscape(`_sales_channel = "Fair"`), nil, 422)
	d.call("POST", fmt.Sprintf("/api/undo/%s", hidden["batch"]), object{}, 200)
	order := d.call("GET", "/api/fields?kind=company", nil, 200)["fields"].([]any)
	ids := []any{order[1].(object)["id"], order[0].(object)["id"]}
	d.call("PUT", "/api/fields/order", object{"kind": "company", "ids": ids}, 200)
	if got := own(); got != "company._machines:number company._sales_channel:choice " {
		t.Errorf("turned round: %s", got)
	}
	if got := d.call("GET", path(falcon), nil, 200)["record"].(object)["_sales_channel"]; got != "Fair" {
		t.Errorf("the value is %v", got)
	}
}
