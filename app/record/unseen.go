package record

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// unsaid reports whether a character has no width and says nothing in a name,
// whatever stands beside it: zero-width blanks, soft hyphens, fillers, marks of
// mathematics and of annotations.
func unsaid(r rune) bool {
	switch {
	case r == 0x00ad, r == 0x200b, r >= 0x2060 && r <= 0x2064, r >= 0x206a && r <= 0x206f, r == 0x3164, r == 0xffa0, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return false
}

const (
	nonJoiner = 0x200c
	joiner    = 0x200d
	blackFlag = 0x1f3f4
)

// joining are the scripts that write some words with joiners and non-joiners
// (The Unicode Standard, chapters 9, 12, 13 and 23.2).
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// joiners takes out of one line the characters that only some scripts and emoji
// need, wherever these do not need them: joiners, marks of direction, tags.
func joiners(text string) string {
	if !strings.ContainsFunc(text, needed) {
		return text
	}
	runes := []rune(text)
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		if needed(r) && !fits(runes, i) {
			continue
		}
		kept = append(kept, r)
	}
	if len(kept) == len(runes) {
		return text
	}
	return norm.NFC.String(string(kept)) // what they kept apart may be one letter now
}

// needed reports whether a character stands only where something needs it.
func needed(r rune) bool {
	return r == nonJoiner || r == joiner || direction(r) || tag(r)
}

// direction reports the marks that have a direction and no width.
func direction(r rune) bool { return r == 0x200e || r == 0x200f || r == 0x061c }

// tag reports the letters in which some flags are spelled.
func tag(r rune) bool { return r >= 0xe0000 && r <= 0xe007f }

func fits(runes []rune, i int) bool {
	before, after := rune(0), rune(0)
	if i > 0 {
		before = runes[i-1]
	}
	if i+1 < len(runes) {
		after = runes[i+1]
	}
	switch r := runes[i]; {
	case direction(r):
		for _, other := range runes {
			if unicode.In(other, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) && unicode.IsLetter(other) {
				return true
			}
		}
		return false
	case tag(r):
		for i--; i >= 0 && tag(runes[i]); i-- {
		}
		return i >= 0 && runes[i] == blackFlag
	case r == joiner && pictured(before) && unicode.Is(unicode.So, after):
		return true
	}
	if virama(before) {
		return true
	}
	return unicode.In(before, joining...) && unicode.In(after, joining...)
}

// pictured reports what emoji end with: a sign, its colour of skin, the request to
// show it as a picture.
func pictured(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff || r == 0xfe0f
}

// virama reports the sign that takes a consonant its vowel; a joiner behind it
// chooses how the consonant is written, at the end of a word, too.
func virama(r rune) bool {
	const class = 9 // canonical combining class Virama
	return norm.NFC.PropertiesString(string(r)).CCC() == class && unicode.In(r, joining...)
}
