package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// square stands for a character the drawing library cannot take.
const square = '□'

// substitutes are what typists mean by signs the font lacks.
var substitutes = map[rune]string{
	'→': "->", '←': "<-", '⇒': "=>", '☐': "[ ]", '☑': "[x]", '☒': "[x]", '✗': "×", '✘': "×", '■': "•", '▪': "•", '●': "•", '◦': "·", '‣': "•", '‑': "-",
}

// invisible are characters that do nothing on paper or, as the marks of writing
// direction, would let a text show something else than it says.
var invisible = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, // soft hyphen
	{Lo: 0x034F, Hi: 0x034F, Stride: 1},
	{Lo: 0x061C, Hi: 0x061C, Stride: 1},
	{Lo: 0x180E, Hi: 0x180E, Stride: 1},
	{Lo: 0x200B, Hi: 0x200F, Stride: 1},
	{Lo: 0x202A, Hi: 0x202E, Stride: 1},
	{Lo: 0x2060, Hi: 0x206F, Stride: 1},
	{Lo: 0xFDD0, Hi: 0xFDEF, Stride: 1},
	{Lo: 0xFE00, Hi: 0xFE0F, Stride: 1}, // variation selectors
	{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1},
	{Lo: 0xFFF0, Hi: 0xFFFB, Stride: 1},
	{Lo: 0xFFFE, Hi: 0xFFFF, Stride: 1},
}, R32: []unicode.Range32{
	{Lo: 0xE0000, Hi: 0xE0FFF, Stride: 1}, // tags
}}

var rightToLeft = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic,
}

// cleaner is the one way by which text gets on paper. It remembers what could
// not be shown.
type cleaner struct {
	lost    []rune // in order of appearance, each once
	seen    map[rune]bool
	leftOut bool // more were lost than are worth naming
	rtl     bool
}

// text cleans a text of several lines.
func (c *cleaner) text(text string) string {
	plain := true
	for i := range len(text) {
		if b := text[i]; b >= 0x7F || b < ' ' && b != '\n' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	text = norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n", "\t", " ").Replace(text)
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case unicode.IsControl(r) || unicode.Is(invisible, r):
		case has(r):
			b.WriteRune(r)
		default:
			b.WriteString(c.replace(r))
		}
	}
	return b.String()
}

// line cleans a text that stands on one line.
func (c *cleaner) line(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(c.text(text), "\n", " "))
}

// replace finds another way to write a character the font lacks, such as 1 for
// ① and A for a full-width A.
func (c *cleaner) replace(r rune) string {
	for _, other := range []string{substitutes[r], norm.NFKC.String(string(r))} {
		if other != "" && strings.IndexFunc(other, func(r rune) bool { return !has(r) }) < 0 {
			return other
		}
	}
	if unicode.In(r, rightToLeft...) {
		c.rtl = true
	}
	if r == square {
		return string(r)
	}
	c.lose(r)
	if r > 0xFFFF {
		return string(square)
	}
	return string(r)
}

func (c *cleaner) lose(r rune) {
	const worthNaming = 20
	switch {
	case c.seen[r]:
	case len(c.lost) == worthNaming:
		c.leftOut = true
	default:
		if c.seen == nil {
			c.seen = map[rune]bool{}
		}
		c.seen[r] = true
		c.lost = append(c.lost, r)
	}
}

// wrap breaks a text into lines no wider than a width, at blanks, behind hyphens
// and slashes, and inside a word that is wider than the whole line.
func (s style) wrap(text string, width um) []string {
	if text == "" {
		return nil
	}
	limit := width * 1000 / s.em()
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = s.wrapParagraph(lines, []rune(strings.TrimRight(paragraph, " ")), limit)
	}
	return lines
}

func (s style) wrapParagraph(lines []string, text []rune, limit int) []string {
	m := faces()[s.face]
	start, sum, chance := 0, 0, 0 // chance is where the line may end
	for i := 0; i < len(text); i++ {
		sum += m.advance(text[i])
		if sum > limit && i > start && text[i] != ' ' {
			end := i
			if chance > start {
				end = chance
			}
			lines = append(lines, strings.TrimRight(string(text[start:end]), " "))
			for end < len(text) && text[end] == ' ' {
				end++
			}
			start, sum, chance = end, 0, end
			i = end - 1 // measured again from the new start, at most one line's worth
			continue
		}
		if mayBreakBehind(text, i) {
			chance = i + 1
		}
	}
	return append(lines, string(text[start:]))
}

// mayBreakBehind keeps "-5", "1/2" and "x-" whole and breaks "desk-lamp".
func mayBreakBehind(text []rune, i int) bool {
	switch text[i] {
	case ' ', '\u2003', '\u2009':
		return true
	case '-', '/', '–', '\u2010':
		return i > 0 && i+1 < len(text) && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i+1])
	}
	return false
}

// fit sets one line smaller until it is no wider than a width. What is still too
// wide at the smallest size is returned as it is.
func (s style) fit(text string, width um, smallest int) style {
	for units := s.units(text); s.size > smallest && units*s.em()/1000 > width; {
		s.size--
	}
	return s
}

// cut shortens one line to a width, with … at its end.
func (s style) cut(text string, width um) (string, bool) {
	if s.width(text) <= width {
		return text, false
	}
	limit := width*1000/s.em() - s.units("…")
	sum := 0
	for i, r := range text {
		if sum += s.units(string(r)); sum > limit {
			return strings.TrimRight(text[:i], " ") + "…", true
		}
	}
	return text, false
}
