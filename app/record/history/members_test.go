package history

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestMembers(t *testing.T) {
	found, err := members(`{"name":"Ł\"{,","addresses":[{"city":"a]}","n":null},{}],"done":true,"tags":[]}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []member{{"name", json.RawMessage(`"Ł\"{,"`)}, {"addresses", json.RawMessage(`[{"city":"a]}","n":null},{}]`)}, {"done", json.RawMessage("true")}, {"tags", json.RawMessage("[]")}}
	if !reflect.DeepEqual(found, want) {
		t.Errorf("found %s", found)
	}
	for _, text := range []string{"{", "[]", `{"a"}`, `{a:1}`, `{"a:1}`, `{"a":"b}`} {
		if _, err := members(text); err == nil {
			t.Errorf("%s is an object", text)
		}
	}
}

// FuzzQuick: whatever JSON the program writes is read as a full parser reads it.
func FuzzQuick(f *testing.F) {
	for _, text := range []string{`null`, `""`, `"a\"b\\"`, `[]`, `{}`, `[{"value":"x","type":null},{"value":"\u00e9"}]`, `{"a":[true,false,1.50],"":"{"}`, `"é"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			return
		}
		ours, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := quick(ours); !reflect.DeepEqual(got, plain(ours)) {
			t.Errorf("%s is read as %#v, not %#v", ours, got, plain(ours))
		}
	})
}
