package record_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

var day = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

func TestIDsRiseInBothForms(t *testing.T) {
	var ids []record.ID
	for i := range 5000 {
		// The clock stands still for long, and is set back once.
		now := day.Add(time.Duration(i/1000) * time.Hour)
		if i > 4000 {
			now = day.Add(-time.Hour)
		}
		ids = append(ids, record.NewID(now))
	}
	for i := 1; i < len(ids); i++ {
		if ids[i] <= ids[i-1] || ids[i].String() <= ids[i-1].String() {
			t.Fatalf("id %d: %s does not come after %s", i, ids[i], ids[i-1])
		}
	}
}

func TestIDsAreUniqueAcrossGoroutines(t *testing.T) {
	const each = 2000
	made := make([][]record.ID, 4)
	var wg sync.WaitGroup
	for n := range made {
		wg.Go(func() {
			for range each {
				made[n] = append(made[n], record.NewID(day))
			}
		})
	}
	wg.Wait()
	all := slices.Concat(made...)
	slices.Sort(all)
	if len(slices.Compact(all)) != len(made)*each {
		t.Fatal("the same id twice")
	}
}

func TestIDText(t *testing.T) {
	for _, id := range []record.ID{1, 31, 32, record.NewID(day), 1<<63 - 1} {
		text := id.String()
		for _, spelled := range []string{text, strings.ToLower(text), strings.NewReplacer("0", "O", "1", "I").Replace(text), strings.NewReplacer("0", "o", "1", "l").Replace(text)} {
			back, err := record.ParseID(spelled)
			if err != nil || back != id {
				t.Errorf("ParseID(%q) = %d, %v; want %d", spelled, back, err, id)
			}
		}
		data, err := json.Marshal(map[string]record.ID{"id": id, "none": 0})
		if err != nil {
			t.Fatal(err)
		}
		var in map[string]record.ID
		if err := json.Unmarshal(data, &in); err != nil || in["id"] != id || in["none"] != 0 {
			t.Errorf("%s: %v, %v", data, in, err)
		}
	}
	if text := record.ID(0).String() + record.ID(-5).String(); text != "" {
		t.Errorf("no record has the id %q", text)
	}
}

func TestIDRefuses(t *testing.T) {
	for _, text := range []string{"", "1", "0000000000000", "800000000000", "8000000000000", "ZZZZZZZZZZZZZ", "000000000000U", "00000000000 1", "0000000000001 ", "00000000000ß", "-000000000001", "\x00000000000001", "１２３４", strings.Repeat("1", 14)} {
		id, err := record.ParseID(text)
		if err == nil {
			t.Errorf("ParseID(%q) = %d", text, id)
			continue
		}
		wantFault(t, err, fault.CodeInvalid, "record.noID", "id")
	}
	var id record.ID
	if err := id.Scan("text"); err == nil {
		t.Error("an id was read from text")
	}
}

func FuzzParseID(f *testing.F) {
	for _, text := range []string{"", "0000000000001", "7ZZZZZZZZZZZZ", "8000000000000", "oil0000000000", "ü00000000000"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := record.ParseID(text)
		if err != nil {
			return
		}
		if back, err := record.ParseID(id.String()); err != nil || back != id || id <= 0 {
			t.Fatalf("%q became %d, %s, %d: %v", text, id, id, back, err)
		}
	})
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"  one \n two\tthree ", 80, "one two three"},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"abcd efg", 6, "abcd…"},
		{"ÄÖÜäöüß", 4, "ÄÖÜ…"},
		{"日本語の名前", 4, "日本語…"},
	} {
		if got := record.Shorten(c.text, c.n); got != c.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}
