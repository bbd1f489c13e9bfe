package mime

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText gives the words of an HTML body, a line for each block, quotations
// marked with ">", for search, previews and reading without HTML. It reads
// tokens one after the other, so that no nesting can exhaust it.
func PlainText(source string) string {
	t := textWriter{}
	tokens := html.NewTokenizer(strings.NewReader(source))
	tokens.SetMaxBuf(maxTextBytes)
	hidden := 0 // depth of elements that are not text
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return t.String()
		case html.TextToken:
			if hidden == 0 {
				t.write(html.UnescapeString(string(tokens.Raw())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Style, atom.Script, atom.Title, atom.Noscript, atom.Textarea, atom.Select:
				hidden++
			case atom.Br:
				t.newLine()
			case atom.Blockquote:
				t.paragraph()
				t.quotes = min(t.quotes+1, 9)
			case atom.Pre:
				t.paragraph()
				t.pre = true
			case atom.Td, atom.Th:
				t.write(" ")
			case atom.Li:
				t.block()
				t.write("- ")
				t.blank = true
			default:
				t.enter(tag)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Style, atom.Script, atom.Title, atom.Noscript, atom.Textarea, atom.Select:
				hidden = max(0, hidden-1)
			case atom.Blockquote:
				t.block()
				t.quotes = max(0, t.quotes-1)
				t.newLine()
			case atom.Pre:
				t.pre = false
				t.paragraph()
			default:
				t.enter(tag)
			}
		}
	}
}

// textWriter lays text out in lines.
type textWriter struct {
	b      strings.Builder
	line   strings.Builder
	blank  bool // the line so far ends in a blank
	pre    bool
	gap    bool // an empty line is due before the next text
	quotes int  // depth of quotation
	before int  // that of the last line
}

// enter starts a new line or paragraph for block elements.
func (t *textWriter) enter(tag atom.Atom) {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Ul, atom.Ol, atom.Hr:
		t.paragraph()
	case atom.Div, atom.Tr, atom.Li, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Address:
		t.block()
	}
}

func (t *textWriter) write(s string) {
	if t.pre {
		for i, part := range strings.Split(s, "\n") {
			if i > 0 {
				t.newLine()
			}
			t.line.WriteString(part)
		}
		return
	}
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' {
			if !t.blank && t.line.Len() > 0 {
				t.line.WriteByte(' ')
			}
			t.blank = true
			continue
		}
		t.line.WriteRune(r)
		t.blank = false
	}
}

// newLine ends the line. Empty lines wait for the next text, so that none stands
// at an edge and one inside a quotation is quoted.
func (t *textWriter) newLine() {
	line := strings.TrimRight(t.line.String(), " ")
	t.line.Reset()
	t.blank = false
	if line == "" {
		t.gap = t.b.Len() > 0
		return
	}
	if t.gap {
		t.b.WriteString(strings.Repeat(">", min(t.quotes, t.before)) + "\n")
	}
	mark := ""
	if t.quotes > 0 {
		mark = strings.Repeat(">", t.quotes) + " "
	}
	t.b.WriteString(mark + line + "\n")
	t.gap, t.before = false, t.quotes
}

func (t *textWriter) block() {
	if t.line.Len() > 0 {
		t.newLine()
	}
}

func (t *textWriter) paragraph() {
	t.block()
	t.newLine()
}

func (t *textWriter) String() string {
	t.block()
	return strings.TrimSpace(t.b.String())
}
