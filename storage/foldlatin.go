package storage

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// latinBlocks are the letters of languages that are written in Latin script, and
// the signs of print. None of them has to do with the one beside it, as accents
// that stand by themselves have.
var latinBlocks = [...]struct{ first, end rune }{{0, 0x250}, {0x1e00, 0x1f00}, {0x2000, 0x20d0}}

// latinSize is how many they are together.
const latinSize = 0x250 + 0x100 + 0xd0

// latinIndex gives the place of a letter in a table of all of them.
func latinIndex(r rune) (int, bool) {
	before := rune(0)
	for _, block := range latinBlocks {
		if r < block.end {
			return int(before + r - block.first), r >= block.first
		}
		before += block.end - block.first
	}
	return 0, false
}

// latin is what becomes of each letter; white space is a blank.
var latin = sync.OnceValue(func() *[latinSize]string {
	var table [latinSize]string
	for _, block := range latinBlocks {
		for r := block.first; r < block.end; r++ {
			i, _ := latinIndex(r)
			table[i] = foldLetter(r)
		}
	}
	return &table
})

func foldLetter(letter rune) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(string(letter)) {
		r = unicode.ToLower(r)
		switch plain, ok := letters[r]; {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case unicode.IsSpace(r), unicode.IsControl(r):
			b.WriteByte(' ')
		case ok:
			b.WriteString(plain)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldLatin is the quick way for most of what foldASCII refuses.
func foldLatin(text string) (string, bool) {
	folded, ok := appendLatin(make([]byte, 0, len(text)+8), text)
	return string(folded), ok
}

// appendLatin folds text behind what an empty slice has room for.
func appendLatin(out []byte, text string) ([]byte, bool) {
	table := latin()
	blank := false
	for i := 0; i < len(text); {
		c := text[i]
		if c > ' ' && c < 0x7f { // most of any text
			if blank {
				out = append(out, ' ')
				blank = false
			}
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		at, known := latinIndex(r)
		if !known {
			return nil, false
		}
		i += size
		for j := range len(table[at]) {
			c := table[at][j]
			if c == ' ' {
				blank = len(out) > 0
				continue
			}
			if blank {
				out = append(out, ' ')
				blank = false
			}
			out = append(out, c)
		}
	}
	return out, true
}

var foldRoom = sync.Pool{New: func() any { return new([]byte) }}

// holds reports whether text, folded, contains what is folded already. Who looks
// for a word in long texts asks that of every row.
func holds(text, folded string) bool {
	room := foldRoom.Get().(*[]byte)
	defer foldRoom.Put(room)
	out, ok := appendLatin((*room)[:0], text)
	if !ok {
		return strings.Contains(Fold(text), folded)
	}
	*room = out
	return bytes.Contains(out, []byte(folded))
}
