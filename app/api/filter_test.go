package api_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// TestFilterTrees: the server takes filters apart as testdata/filters.json says.
// The pages read the same file and must come to the same trees.
func TestFilterTrees(t *testing.T) {
	d := open(t)
	data, err := os.ReadFile("testdata/filters.json")
	if err != nil {
		t.Fatal(err)
	}
	var corpus []struct {
		Where string `json:"where"`
		Tree  any    `json:"tree"`
	}
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	if len(corpus) < 80 {
		t.Fatalf("only %d filters", len(corpus))
	}
	for _, c := range corpus {
		got := d.call("POST", "/api/filter/company", object{"where": c.Where}, 200)
		if got["ok"] != true || !reflect.DeepEqual(got["tree"], c.Tree) {
			t.Errorf("%s\n got %v\nwant %v", c.Where, got, c.Tree)
		}
	}
}
