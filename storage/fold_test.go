package storage_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kontor/storage"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"clean", "acme ltd", "acme ltd"},
		{"upper case", "ACME Ltd", "acme ltd"},
		{"blanks", "  Acme \t\r\n  Ltd ", "acme ltd"},
		{"only blanks", " \t ", ""},
		{"control characters", "a\x00b\x7fc", "a b c"},
		{"Polish", "Łoś", "los"},
		{"Norwegian", "Ødegård", "odegard"},
		{"German", "Straße MÜLLER", "strasse muller"},
		{"capital sharp s", "STRAẞE", "strasse"},
		{"Icelandic", "Þórður Æsir", "thordur aesir"},
		{"French", "Œuvre Ça", "oeuvre ca"},
		{"Croatian", "Đoković Ǆ", "dokovic dz"},
		{"Maltese and Sami", "Ħal Ŧ Ŋ", "hal t n"},
		{"Turkish", "İstanbul Işık ıssız", "istanbul isik issiz"},
		{"Vietnamese", "Nguyễn Đình", "nguyen dinh"},
		{"decomposed", "Mu\u0308ller cafe\u0301", "muller cafe"},
		{"full width", "ＡＣＭＥ　１２３", "acme 123"},
		{"ligature", "ﬁnance", "finance"},
		{"no-break blanks", "10\u00a0000\u202fEUR", "10 000 eur"},
		{"line separator", "a\u2028b", "a b"},
		{"soft hyphen and joiners", "Donau\u00addampf\u200b\ufeff", "donaudampf"},
		{"Greek", "ΆΛΦΑ Ωμέγα ς", "αλφα ωμεγα ς"},
		{"Russian", "Ёлка Й", "елка и"},
		{"Chinese", "株式会社 山田", "株式会社 山田"},
		{"Japanese, voiced", "がぎぱ ガ", "がぎぱ ガ"},
		{"half width", "ｶﾞｰ", "ガー"},
		{"Korean", "한국어", "한국어"},
		{"Hebrew points", "שָׁלוֹם", "שלום"},
		{"emoji", "Ada 🎉👩‍💻", "ada 🎉👩💻"},
		{"invalid", "M\xfcller\xff\xfe GmbH", "m\ufffdller\ufffd gmbh"},
		{"invalid between letters", "\xc3", "\ufffd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := storage.Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestTerms(t *testing.T) {
	long := strings.Repeat("x", 200)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"no words", " -- !? ", nil},
		{"words", "Łoś & Müller GmbH", []string{"los", "muller", "gmbh"}},
		{"e-mail", "ada.king@example.org", []string{"ada", "king", "example", "org"}},
		{"number", "RE-2026/0042", []string{"re", "2026", "0042"}},
		{"apostrophe", "O'Neill’s", []string{"o", "neill", "s"}},
		{"quotes and operators", `"a" AND NOT (b* NEAR/3 c) ^d:e`, []string{"a", "and", "not", "b", "near", "3", "c", "d", "e"}},
		{"Chinese", "山田太郎", []string{"山田", "田太", "太郎"}},
		{"one character", "山", []string{"山"}},
		{"mixed", "iPhone手机16个", []string{"iphone", "手机", "16", "个"}},
		{"Japanese", "サーバー", []string{"サー", "ーバ", "バー"}},
		{"Korean", "한국어 책", []string{"한국", "국어", "책"}},
		{"long Korean word", "대한민국임시정부수립기념관", []string{"대한", "한민", "민국", "국임", "임시", "시정", "정부", "부수", "수립", "립기", "기념", "념관"}},
		{"full width", "ＡＢＣ１２", []string{"abc12"}},
		{"run of 200", "a " + long + " b", []string{"a", "b"}},
		{"run of 64", strings.Repeat("y", 64), []string{strings.Repeat("y", 64)}},
		{"emoji", "🎉Ada🎉", []string{"ada"}},
		{"invalid", "M\xfcller", []string{"m", "ller"}},
		{"Hindi", "हिन्दी", []string{"हिनदी"}},
		{"fraction", "½ l", []string{"1", "2", "l"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := storage.Terms(c.text); !slices.Equal(got, c.want) {
				t.Errorf("Terms(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestFold_everyCharacter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long under the race detector")
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		text := "a" + string(r) + "b"
		folded := storage.Fold(text)
		if again := storage.Fold(folded); again != folded {
			t.Errorf("%U folds to %q, that to %q", r, folded, again)
		}
		if nfd := storage.Fold(norm.NFD.String(text)); nfd != folded {
			t.Errorf("%U folds to %q, decomposed to %q", r, folded, nfd)
		}
	}
}

// FuzzFold wants the quick way and the long way to agree, and what is folded to
// stay as it is.
func FuzzFold(f *testing.F) {
	for _, text := range []string{"", "Acme  Ltd ", "Łoś", "Straße", "İI", "ｶﾞ", "한국어", "Mu\u0308ller", "a\xffb", "\x1f\x7f", "Ǆ 🎉", "ά ΐ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := storage.Fold(text)
		if !utf8.ValidString(got) {
			t.Errorf("Fold(%q) = %q is no UTF-8", text, got)
		}
		if long := storage.FoldUnicode(text); long != got {
			t.Errorf("Fold(%q) = %q, the long way %q", text, got, long)
		}
		if again := storage.Fold(got); again != got {
			t.Errorf("Fold(%q) = %q, folded again %q", text, got, again)
		}
		if utf8.ValidString(text) {
			if nfd := storage.Fold(norm.NFD.String(text)); nfd != got {
				t.Errorf("Fold(%q) = %q, decomposed %q", text, got, nfd)
			}
		}
		for _, term := range storage.Terms(text) {
			if term == "" || strings.ContainsAny(term, "\" \x00*") || len(term) > 64 {
				t.Errorf("Terms(%q) has %q", text, term)
			}
		}
	})
}
