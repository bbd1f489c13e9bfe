package storage

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		text, folded string
		want         bool
	}{
		{"Größe  und Maß", "grosse und", true},
		{"Größe und Maß", "mass", true},
		{"Größe", "grosser", false},
		{"", "", true},
		{"a", "", true},
		{"", "a", false},
		{"Mu\u0308ller 株式会社", "muller", true},
		{"株式会社 山田", "会社", true},
		{"株式会社", "田", false},
		{"\xff ok", "ok", true},
		{"plain", "lai", true},
	} {
		if got := holds(c.text, c.folded); got != c.want || got != strings.Contains(Fold(c.text), c.folded) {
			t.Errorf("%q holds %q: %v", c.text, c.folded, got)
		}
	}
}

// TestFoldLatin: the quick way is the slow one, for each letter by itself,
// between others, and in any company.
func TestFoldLatin(t *testing.T) {
	check := func(text string) {
		t.Helper()
		if folded, ok := foldLatin(text); ok && folded != foldUnicode(text) {
			t.Errorf("%+q folds to %+q, want %+q", text, folded, foldUnicode(text))
		}
	}
	var all []rune
	for r := range rune(0x3100) {
		if _, ok := foldLatin(string(r)); ok {
			all = append(all, r)
		}
		for _, text := range []string{string(r), "a" + string(r) + "b", " " + string(r), "ß " + string(r) + " ", string(r) + string(r)} {
			check(text)
		}
	}
	if len(all) != latinSize {
		t.Errorf("%d letters, want %d", len(all), latinSize)
	}
	random := rand.New(rand.NewPCG(3, 9))
	for range 20_000 {
		text := make([]rune, random.IntN(12))
		for i := range text {
			text[i] = all[random.IntN(len(all))]
		}
		check(string(text))
	}
	for _, text := range []string{"\xff", "ab\xc3", "e\u0301", "日本", "Ω"} {
		if _, ok := foldLatin(text); ok {
			t.Errorf("%+q has its own way", text)
		}
	}
}
