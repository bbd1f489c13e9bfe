package storage_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kontor/storage"
	"kontor/storage/storagetest"
)

const index = storage.FullText("search_text")

func putTexts(t testing.TB, db *storage.DB, texts ...string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		for i, text := range texts {
			index.Put(tx, int64(i+1), strings.Join(storage.Terms(text), " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFullText(t *testing.T) {
	db := storagetest.Open(t)
	putTexts(t, db, "Bäckerei Łoś, Straße 5", "Los Angeles", "山田太郎 株式会社", "한국어 학교", "RE-2026/0042 brot", "gar nichts", "garten Brot")
	for _, c := range []struct {
		query string
		want  []int64
	}{
		{"los", []int64{2, 1}},
		{"ŁOŚ", []int64{2, 1}},
		{"strasse backerei", []int64{1}},
		{"bro", []int64{7, 5}},
		{"b", nil},
		{"brot gar", []int64{7}},
		{"gar brot", nil}, // a whole word, then the beginning of one
		{"garten bro", []int64{7}},
		{"2026/0042", []int64{5}},
		{"山田", []int64{3}},
		{"山", []int64{3}},
		{"太郎 株式", []int64{3}},
		{"郎太", nil},
		{"한국", []int64{4}},
		{"학", []int64{4}},
		{"", nil},
		{"?!", nil},
		{`"los" OR NOT (`, nil},
		{strings.Repeat("z", 300), nil},
	} {
		got, err := index.Find(t.Context(), db.Reader(), storage.Terms(c.query), 10)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Find(%q) = %v %v, want %v", c.query, got, err, c.want)
		}
	}
	if got, err := index.Find(t.Context(), db.Reader(), []string{"los"}, 1); err != nil || !slices.Equal(got, []int64{2}) {
		t.Errorf("limit: %v %v", got, err)
	}

	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		index.Delete(tx, 2)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := index.Find(t.Context(), db.Reader(), []string{"los"}, 10); err != nil || !slices.Equal(got, []int64{1}) {
		t.Errorf("after Delete: %v %v", got, err)
	}
}

// TestFind_longText searches for a whole pasted letter.
func TestFind_longText(t *testing.T) {
	db := storagetest.Open(t)
	var words []string
	for i := range 1000 {
		words = append(words, fmt.Sprintf("word%d", i))
	}
	letter := strings.Join(words, " ")
	putTexts(t, db, letter)
	if got, err := index.Find(t.Context(), db.Reader(), storage.Terms(letter), 10); err != nil || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

// TestFind_everyCharacter wants each character that Terms lets into a word to be
// one for the index too: what it cuts in two would be an error in Find.
func TestFind_everyCharacter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes under the race detector")
	}
	db := storagetest.Open(t)
	var words []string
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Tangut, r) { // thousands of a kind
			continue
		}
		if terms := storage.Terms("a" + string(r) + "b"); len(terms) == 1 {
			words = append(words, terms[0])
		}
	}
	texts := slices.Collect(slices.Chunk(words, 100))
	for i, terms := range texts {
		putTexts(t, db, strings.Join(terms, " "))
		if got, err := index.Find(t.Context(), db.Reader(), terms, 10); err != nil || len(got) != 1 {
			t.Errorf("part %d of %d, %q: %v %v", i, len(texts), terms, got, err)
		}
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			index.Delete(tx, 1)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestFullTextOfTransactions: whatever transactions do to rows, and in whichever
// order, those that are committed are found by their last terms and no others.
func TestFullTextOfTransactions(t *testing.T) {
	db := storagetest.Open(t)
	ctx := t.Context()
	random := rand.New(rand.NewPCG(5, 6))
	stored := map[int64]string{}
	refused := errors.New("taken back")
	for range 200 {
		now := maps.Clone(stored)
		back := random.IntN(4) == 0
		err := db.Write(ctx, func(tx *storage.Tx) error {
			for range random.IntN(8) {
				number, term := random.Int64N(12)+1, fmt.Sprintf("t%02d", random.IntN(30))
				_, known := now[number]
				switch {
				case known && random.IntN(3) == 0:
					index.Delete(tx, number)
					delete(now, number)
				case known:
					index.Replace(tx, number, term)
					now[number] = term
				default:
					index.Put(tx, number, term)
					now[number] = term
				}
			}
			if back {
				return refused
			}
			return nil
		})
		if back {
			if !errors.Is(err, refused) {
				t.Fatal(err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		stored = now
		for n := range 30 {
			term := fmt.Sprintf("t%02d", n)
			var want []int64
			for number, has := range stored {
				if has == term {
					want = append(want, number)
				}
			}
			slices.SortFunc(want, func(a, b int64) int { return int(b - a) })
			got, err := index.Find(ctx, db.Reader(), []string{term}, 20)
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("%s: %v %v, want %v", term, got, err, want)
			}
		}
	}
	if problems, err := db.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
}

// TestWordsAreWrittenOnce: rows of other tables between them do not make FTS5
// write out what it has gathered so far.
func TestWordsAreWrittenOnce(t *testing.T) {
	segments := func(together bool) int {
		db := storagetest.Open(t)
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			for i := range int64(3) {
				index.Put(tx, i+1, "oak")
				if together {
					continue
				}
				rows := []any{3*i + 1, 0, 0, "", 3*i + 2, 0, 0, ""}
				if err := tx.Insert(t.Context(), "history_batch", []string{"id", "at", "actor", "label"}, rows); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return count(t, db.Reader(), "SELECT count(DISTINCT segid) FROM search_text_idx")
	}
	if apart, together := segments(false), segments(true); apart != together {
		t.Errorf("%d segments, %d without other rows between", apart, together)
	}
}

// FuzzFind wants no text to be an error, and each text to be found by itself.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"", "Łoś", `a"b AND (`, "x NEAR y", "^a *", "col:term", "山田", "e\u0301", "\x00", "𞤀𞤁", "a\U0001e922b", "a\u19b0b", "हिन्दी", "a\xff", "'--", "ﷺ", "x²"} {
		f.Add(text)
	}
	db := storagetest.Open(f)
	f.Fuzz(func(t *testing.T, text string) {
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			index.Delete(tx, 1)
			index.Put(tx, 1, strings.Join(storage.Terms(text), " "))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		terms := storage.Terms(text)
		got, err := index.Find(t.Context(), db.Reader(), terms, 10)
		if err != nil {
			t.Fatalf("Find(%q): %v", text, err)
		}
		if len(terms) > 0 && len(got) != 1 {
			t.Errorf("%q is not found by itself, terms %q", text, terms)
		}
	})
}

// TestCheckAfterSearches: that readers have searched between changes is no sign of
// damage.
func TestCheckAfterSearches(t *testing.T) {
	db := storagetest.Open(t)
	ctx := t.Context()
	for i := range int64(80) {
		err := db.Write(ctx, func(tx *storage.Tx) error {
			n := i + 1
			if i > 5 && i%2 == 0 {
				n = i % 5
				index.Delete(tx, n)
			}
			if i%7 == 3 {
				index.Delete(tx, i-1)
			} else {
				index.Put(tx, n, fmt.Sprint("oak counter ", i))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if problems, err := db.Check(ctx); err != nil || len(problems) > 0 {
			t.Fatalf("after %d changes: %v %v", i+1, problems, err)
		}
		if i%3 != 0 {
			continue
		}
		if _, err := index.Find(ctx, db.Reader(), []string{"oak"}, 5); err != nil {
			t.Fatal(err)
		}
	}
}
