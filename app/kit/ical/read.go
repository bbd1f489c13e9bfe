package ical

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Component is what stands between a BEGIN and its END.
type Component struct {
	Name  string // in capitals, such as VEVENT
	Line  int    // of its BEGIN, from 1
	Props []Property
	Parts []*Component
}

// Property is one line of a component.
type Property struct {
	Name   string // in capitals
	Params map[string]string
	Value  string // as it stands there, escapes and all
	Line   int
}

// Problem is a line that could not be understood.
type Problem struct {
	Line int
	What Trouble
	Text string
}

// Trouble says what is wrong with a line.
type Trouble string

// The troubles.
const (
	Stray    Trouble = "stray"    // no property
	Unclosed Trouble = "unclosed" // a component without its end: the file was cut
	TooDeep  Trouble = "tooDeep"
)

const (
	maxDepth    = 8
	maxProblems = 100
)

// Prop gives the first property of a name.
func (c *Component) Prop(name string) (Property, bool) {
	i := slices.IndexFunc(c.Props, func(p Property) bool { return p.Name == name })
	if i < 0 {
		return Property{}, false
	}
	return c.Props[i], true
}

// Text gives the first property of a name as text, empty where there is none.
func (c *Component) Text(name string) string {
	p, _ := c.Prop(name)
	return p.Text()
}

// All gives every property of a name.
func (c *Component) All(name string) []Property {
	var all []Property
	for _, p := range c.Props {
		if p.Name == name {
			all = append(all, p)
		}
	}
	return all
}

// Text is the value without its escapes (RFC 5545 section 3.3.11).
func (p Property) Text() string {
	if !strings.Contains(p.Value, `\`) {
		return p.Value
	}
	var b strings.Builder
	escaped := false
	for _, r := range p.Value {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case escaped && (r == 'n' || r == 'N'):
			r = '\n'
		case escaped && r != '\\' && r != ',' && r != ';' && r != ':' && r != '"':
			b.WriteByte('\\') // no escape at all, as in a path of Windows
		}
		escaped = false
		b.WriteRune(r)
	}
	if escaped {
		b.WriteByte('\\')
	}
	return b.String()
}

// Parse reads the components at the top of a file: calendars, if it is one. Of a
// file that was cut off the component it breaks off in is left out.
func Parse(data []byte) ([]*Component, []Problem) {
	r := &reader{}
	for _, l := range unfold(plainBytes(data)) {
		r.line(l)
	}
	for n, c := range r.open {
		r.problem(c.Line, Unclosed, c.Name)
		if n == 0 {
			r.top = append(r.top, c)
		}
	}
	return r.top, r.problems
}

// reader puts lines together to components.
type reader struct {
	top      []*Component
	open     []*Component
	lost     int // components open that lie too deep
	problems []Problem
}

func (r *reader) problem(line int, what Trouble, text string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{line, what, brief(text)})
	}
}

func brief(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

func (r *reader) line(l line) {
	p, ok := property(l)
	switch {
	case !ok:
		r.problem(l.number, Stray, l.text)
	case p.Name == "BEGIN":
		r.begin(p)
	case p.Name == "END":
		r.end(p)
	case len(r.open) == 0:
		r.problem(l.number, Stray, l.text)
	case r.lost == 0:
		c := r.open[len(r.open)-1]
		c.Props = append(c.Props, p)
	}
}

func (r *reader) begin(p Property) {
	if r.lost > 0 || len(r.open) == maxDepth {
		r.lost++
		r.problem(p.Line, TooDeep, p.Value)
		return
	}
	r.open = append(r.open, &Component{Name: strings.ToUpper(strings.TrimSpace(p.Value)), Line: p.Line})
}

// end closes the component of that name, and leaves out what is open inside it.
func (r *reader) end(p Property) {
	if r.lost > 0 {
		r.lost--
		return
	}
	name := strings.ToUpper(strings.TrimSpace(p.Value))
	at := len(r.open) - 1
	for at >= 0 && r.open[at].Name != name {
		at--
	}
	if at < 0 {
		r.problem(p.Line, Stray, "END:"+p.Value)
		return
	}
	for _, c := range r.open[at+1:] {
		r.problem(c.Line, Unclosed, c.Name)
	}
	c := r.open[at]
	if r.open = r.open[:at]; at == 0 {
		r.top = append(r.top, c)
		return
	}
	parent := r.open[at-1]
	parent.Parts = append(parent.Parts, c)
}

// line is a line as it was before it was folded.
type line struct {
	text   string
	number int
}

// unfold splits a file at every kind of line end and puts folded lines together
// again: as bytes, since some programs fold in the middle of a character.
func unfold(data []byte) []line {
	var lines []line
	var whole []byte
	start, number := 0, 0
	flush := func() {
		if text := text(whole); strings.TrimSpace(text) != "" {
			lines = append(lines, line{text, start})
		}
		whole = nil
	}
	for len(data) > 0 {
		number++
		var piece []byte
		if end := bytes.IndexAny(data, "\r\n"); end < 0 {
			piece, data = data, nil
		} else {
			next := end + 1
			if data[end] == '\r' && next < len(data) && data[next] == '\n' {
				next++
			}
			piece, data = data[:end], data[next:]
		}
		if len(piece) > 0 && (piece[0] == ' ' || piece[0] == '\t') && whole != nil {
			whole = append(whole, piece[1:]...)
			continue
		}
		flush()
		whole, start = append([]byte{}, piece...), number
	}
	flush()
	return lines
}

// plainBytes takes the mark off that some editors put in front, and brings
// UTF-16 to UTF-8.
func plainBytes(data []byte) []byte {
	var high int
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		return data[3:]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		high = 1
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		high = 0
	default:
		return data
	}
	data = data[2:]
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+high])<<8 | uint16(data[2*i+1-high])
	}
	return []byte(string(utf16.Decode(units)))
}

// text takes bytes that are no UTF-8 for Windows-1252, one by one: files that
// were put together of several have both.
func text(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	var b strings.Builder
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(data[0])
		}
		b.WriteRune(r)
		data = data[size:]
	}
	return b.String()
}

// property reads NAME;PARAM=value;PARAM="value":value.
func property(l line) (Property, bool) {
	head, value, ok := cut(l.text, ':')
	if !ok {
		return Property{}, false
	}
	name, params, _ := cut(head, ';')
	p := Property{Name: strings.ToUpper(strings.TrimSpace(name)), Value: value, Line: l.number}
	if p.Name == "" || strings.ContainsFunc(p.Name, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
	}) {
		return Property{}, false
	}
	for params != "" {
		var param string
		param, params, _ = cut(params, ';')
		key, value, _ := strings.Cut(param, "=")
		if p.Params == nil {
			p.Params = map[string]string{}
		}
		p.Params[strings.ToUpper(strings.TrimSpace(key))] = strings.ReplaceAll(strings.TrimSpace(value), `"`, "")
	}
	return p, true
}

// cut is strings.Cut that does not look between quotes.
func cut(text string, at byte) (before, after string, found bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == at && !quoted:
			return text[:i], text[i+1:], true
		}
	}
	if quoted { // a quote that never ends is none
		return strings.Cut(text, string(at))
	}
	return text, "", false
}
