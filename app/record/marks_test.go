package record_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"kontor/app/apptest"
	"kontor/app/record"
)

func marks(t testing.TB) [][2]string {
	data, err := os.ReadFile("testdata/marks.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][2]string
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestPlain(t *testing.T) {
	for _, c := range marks(t) {
		if got := record.Plain(c[0]); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

// FuzzPlain: only marks go, whatever the text is, and what stays is text.
func FuzzPlain(f *testing.F) {
	for _, c := range marks(f) {
		f.Add(c[0])
	}
	letters := func(r rune) rune {
		if strings.ContainsRune("*_`[]()#>-• \t\nxX", r) {
			return -1
		}
		return r
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) { // no field holds it
			return
		}
		got := record.Plain(text)
		if !utf8.ValidString(got) {
			t.Errorf("%q became %q", text, got)
		}
		if !strings.Contains(text, "](") && !strings.Contains(text, "```") && strings.Map(letters, got) != strings.Map(letters, text) {
			t.Errorf("%q lost words: %q", text, got)
		}
	})
}

// TestTitlesWithoutMarks: what a note is called, in lists of links, hits and the
// history.
func TestTitlesWithoutMarks(t *testing.T) {
	h := apptest.Open(t)
	note := h.Make(h.Activities.Note, values{"text": "**Oak** sample\n- [ ] call *Ada*"})
	const want = "Oak sample call Ada"
	if got := note.Record.Title(); got != want {
		t.Errorf("title %q", got)
	}
	names := map[record.ID]record.LinkTitle{}
	if err := note.Kind.Titles(h.Ctx, h.DB.Reader(), []record.ID{note.Record.ID}, names); err != nil || names[note.Record.ID].Title != want {
		t.Errorf("link %q (%v)", names[note.Record.ID].Title, err)
	}
	if got := changesOf(h, note.Record.ID).Title; got != want {
		t.Errorf("history %q", got)
	}
	hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), "ada", "", 10)
	if err != nil || len(hits) != 1 || hits[0].Title != want || hits[0].Snippet != "Oak sample call \x02Ada\x03" {
		t.Errorf("hits %+v (%v)", hits, err)
	}
	if got := note.Record.Values.String("text"); !strings.Contains(got, "**Oak**") {
		t.Errorf("the text itself %q", got)
	}
}
