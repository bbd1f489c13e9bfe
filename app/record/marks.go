package record

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain gives the words of a text without its marks: the small part of Markdown
// that notes have (frontend/src/ui/markup reads the same one, and both are held to
// testdata/marks.json). What is no mark stays as it is: a text that has none comes
// back unchanged.
func Plain(text string) string {
	if !strings.ContainsAny(text, "*_`[#>-•") {
		return text
	}
	lines := strings.Split(strings.ReplaceAll(text, "\t", "  "), "\n")
	plain := make([]string, 0, len(lines))
	fences := 0
	for _, line := range lines {
		if fence.MatchString(line) {
			fences++
		}
	}
	coded := false
	for _, line := range lines {
		if fence.MatchString(line) {
			if fences--; coded || fences > 0 { // the last one opens nothing
				coded = !coded
				continue
			}
		}
		if !coded {
			line = plainLine(line)
		}
		plain = append(plain, line)
	}
	return strings.Join(plain, "\n")
}

// What begins a line.
var (
	fence     = regexp.MustCompile("^ {0,3}```")
	heading   = regexp.MustCompile(`^ {0,3}#{1,3} +(\S.*)$`)
	quoteMark = regexp.MustCompile(`^ {0,3}> ?(.*)$`)
	bullet    = regexp.MustCompile(`^ *[-*•] +(\S.*)$`)
	box       = regexp.MustCompile(`^\[[ xX]\] +(\S.*)$`)
)

// deepest is how many quotes may lie in each other.
const deepest = 4

func plainLine(line string) string {
	for range deepest {
		m := quoteMark.FindStringSubmatch(line)
		if m == nil {
			break
		}
		line = m[1]
	}
	if m := heading.FindStringSubmatch(line); m != nil {
		line = m[1]
	} else if m := bullet.FindStringSubmatch(line); m != nil {
		if line = m[1]; box.MatchString(line) {
			line = box.FindStringSubmatch(line)[1]
		}
	}
	return plainWords(line)
}

// What stands within a line. Each ends before the next of its kind could begin, so
// that no text is read twice.
var (
	code  = regexp.MustCompile("^`([^`]+)`")
	named = regexp.MustCompile(`^\[([^\[\]]{1,500})\]\((?i:https?://|mailto:|tel:)[^\s()]{1,900}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?\)`)
	bare  = regexp.MustCompile(`^(?i:https?://|www\.)[^\s<>"“”]{2,900}`)
)

// mostOpen is how many marks may stand open within each other.
const mostOpen = 3

// plainWords takes bold, italic, code and links out of a line. A mark counts where
// it hugs its words, as in *so*; 2 * 3, 2*3*4 and snake_case stay as they are.
func plainWords(line string) string {
	type opened struct {
		mark string
		at   int // in out
	}
	var out []string
	var open []opened
	before := rune(0)
	say := func(text string) {
		out = append(out, text)
		before, _ = utf8.DecodeLastRuneInString(text)
	}
	for rest := line; rest != ""; {
		sign, size := utf8.DecodeRuneInString(rest)
		switch {
		case sign == '`':
			if m := code.FindStringSubmatch(rest); m != nil {
				say(m[1])
				before, rest = '`', rest[len(m[0]):]
				continue
			}
		case sign == '[':
			if m := named.FindStringSubmatch(rest); m != nil {
				say(m[1])
				before, rest = ')', rest[len(m[0]):]
				continue
			}
		case (sign == 'h' || sign == 'H' || sign == 'w' || sign == 'W') && !wordly(before):
			if m := bare.FindString(rest); m != "" {
				m = m[:max(len(strings.TrimRight(m, `.,;:!?'")]}*_`)), 1)]
				say(m)
				rest = rest[len(m):]
				continue
			}
		case sign == '*' || sign == '_':
			mark := string(sign)
			if strings.HasPrefix(rest, "**") && !(strings.HasPrefix(rest, "***") && len(open) > 0 && open[len(open)-1].mark == "*") {
				mark = "**"
			}
			after, _ := utf8.DecodeRuneInString(rest[len(mark):])
			ends := rest[len(mark):] == ""
			rest = rest[len(mark):]
			opener := -1
			for i := range open {
				if open[i].mark == mark {
					opener = i
				}
			}
			switch {
			case opener >= 0 && before != 0 && !unicode.IsSpace(before) && !(!ends && wordly(after)) && open[opener].at < len(out)-1:
				out[open[opener].at] = ""
				open = open[:opener]
				before = sign
			case !ends && !unicode.IsSpace(after) && !wordly(before) && before != '\\' && before != '/':
				open = append(open, opened{mark, len(out)})
				if len(open) > mostOpen {
					open = open[1:]
				}
				say(mark)
			default:
				say(mark)
			}
			continue
		}
		say(rest[:size])
		rest = rest[size:]
	}
	return strings.Join(out, "")
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
