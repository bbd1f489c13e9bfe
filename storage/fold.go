package storage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not decompose but people type without their strokes.
var letters = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n",
}

// The marks that make か to が and は to ぱ: other letters, no accents.
const (
	voiced     = '\u3099'
	semiVoiced = '\u309a'
)

// Fold brings text to the form in which it is compared and searched: lower
// case, without accents, white space as single blanks. Łoś = los, ß = ss.
func Fold(text string) string {
	if folded, ok := foldASCII(text); ok {
		return folded
	}
	if folded, ok := foldLatin(text); ok {
		return folded
	}
	return foldUnicode(text)
}

// foldUnicode takes text apart and puts together again what is no accent: the
// syllables of Korean and the voiced ones of Japanese.
func foldUnicode(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	blank := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, "\ufffd")) {
		r = unicode.ToLower(r)
		switch {
		case r > ' ' && r < 0x7f, r == voiced, r == semiVoiced: // kept as it is; most of any text
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsSpace(r), unicode.IsControl(r):
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
		} else if s, ok := letters[r]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// foldASCII is the quick way for the text that most columns hold.
func foldASCII(text string) (string, bool) {
	clean := true
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if c >= 'A' && c <= 'Z' || c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(text)-1 || text[i-1] == ' ') {
			clean = false
		}
	}
	if clean {
		return text, true
	}
	out := make([]byte, 0, len(text))
	blank := false
	for i := range len(text) {
		c := text[i]
		if c <= ' ' || c == 0x7f {
			blank = len(out) > 0
			continue
		}
		if blank {
			out = append(out, ' ')
			blank = false
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return string(out), true
}

// Terms cuts text into the words that the full-text index holds: folded, split
// where neither letter nor digit stands, runs of Chinese, Japanese and Korean
// script as pairs of characters, since they are written without blanks.
func Terms(text string) []string {
	var terms []string
	folded := Fold(text)
	start := -1
	for i, r := range folded {
		if wordRune(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			terms = appendTerm(terms, folded[start:i])
			start = -1
		}
	}
	if start >= 0 {
		terms = appendTerm(terms, folded[start:])
	}
	return terms
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) // the vowels of Indian scripts are marks
}

// maxTerm bounds a word: longer runs are base64 or worse, and nobody types them.
const maxTerm = 64

func appendTerm(terms []string, word string) []string {
	if !strings.ContainsFunc(word, ideograph) {
		if len(word) > maxTerm {
			return terms
		}
		return append(terms, word)
	}
	runes := []rune(word)
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && ideograph(runes[j]) == ideograph(runes[i]) {
			j++
		}
		switch run := runes[i:j]; {
		case !ideograph(runes[i]):
			terms = appendTerm(terms, string(run))
		case len(run) == 1:
			terms = append(terms, string(run))
		default:
			for k := 0; k+1 < len(run); k++ {
				terms = append(terms, string(run[k:k+2]))
			}
		}
		i = j
	}
	return terms
}

// lengthening belongs to Katakana words, though Unicode counts it to no script.
const lengthening = 'ー'

func ideograph(r rune) bool {
	return r >= 0x2e80 && (r == lengthening || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}
