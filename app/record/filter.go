package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/app/kit/fault"
)

// The filter language:
//
//	filter = term { "or" term }
//	term   = factor { "and" factor }
//	factor = "not" factor | "(" filter ")" | condition
//	condition = field op value | field "in" "(" value { "," value } ")"
//	          | field "is" [ "not" ] "empty"
//	field  = name { "." name }
//	op     = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" (contains) | "^" (starts with)
//	value  = "text" | 12.5 | true | false | 2026-01-31 | today | today-7d | me
//
// Text compares folded: without case and accents. "!=" is the opposite of "=",
// "not" of anything. A list has a value if one of its rows has it. A related
// field is empty, too, where the link itself is.

// Filter is a parsed filter; nil lets everything through.
type Filter interface{ isFilter() }

// And, Or and Not combine filters; Condition is one comparison.
type (
	And       []Filter
	Or        []Filter
	Not       struct{ Filter Filter }
	Condition struct {
		Path   []string // field, or link and its field
		Op     string   // = != < <= > >= ~ ^ in empty
		Values []Literal
		At     int // position in the text, counted in characters from 1
	}
)

func (And) isFilter()       {}
func (Or) isFilter()        {}
func (Not) isFilter()       {}
func (Condition) isFilter() {}

// Literal is a value in a filter.
type Literal struct {
	Form string // text, number, yesno, date, day (today and an offset), me
	Text string
	At   int
}

const (
	maxFilter = 20_000 // characters
	maxDepth  = 50     // brackets in brackets
	maxPath   = 6      // links behind links
)

// ParseFilter reads a filter. A mistake is answered with its position and with
// what was expected there.
func ParseFilter(text string) (Filter, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if utf8.RuneCountInString(text) > maxFilter {
		return nil, fault.Invalid("where", "filter.tooLong", fault.Params{"max": maxFilter})
	}
	p := &parser{text: []rune(text)}
	if err := p.next(); err != nil {
		return nil, err
	}
	f, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.token.kind != end {
		return nil, p.expected("filter.expectedJoin")
	}
	return f, nil
}

type tokenKind int

const (
	end tokenKind = iota
	word
	text
	number
	symbol
)

type token struct {
	kind tokenKind
	text string
	at   int
}

type parser struct {
	text  []rune
	pos   int
	token token
}

func filterFault(key string, at int, found string) error {
	return fault.Invalid("where", key, fault.Params{"position": at, "found": Shorten(found, 30)})
}

func (p *parser) expected(key string) error {
	if p.token.kind == end {
		return filterFault(key+"End", p.token.at, "")
	}
	return filterFault(key, p.token.at, p.token.text)
}

// next reads one token.
func (p *parser) next() error {
	for p.pos < len(p.text) && unicode.IsSpace(p.text[p.pos]) {
		p.pos++
	}
	p.token = token{at: p.pos + 1}
	if p.pos == len(p.text) {
		return nil
	}
	start := p.pos
	switch c := p.text[p.pos]; {
	case c == '"':
		return p.quoted()
	case c >= '0' && c <= '9' || (c == '-' || c == '+') && p.digitAt(p.pos+1):
		p.pos++
		for p.pos < len(p.text) && (p.digitAt(p.pos) || p.text[p.pos] == '.' || p.text[p.pos] == '-') {
			p.pos++
		}
		p.token.kind = number
	case unicode.IsLetter(c) || c == '_':
		for p.pos < len(p.text) && (unicode.IsLetter(p.text[p.pos]) || unicode.IsDigit(p.text[p.pos]) || p.text[p.pos] == '_' || p.text[p.pos] == '.') {
			p.pos++
		}
		p.token.kind = word
	default:
		p.pos++
		if p.pos < len(p.text) && p.text[p.pos] == '=' && (c == '!' || c == '<' || c == '>') {
			p.pos++
		}
		p.token.kind = symbol
	}
	p.token.text = string(p.text[start:p.pos])
	return nil
}

func (p *parser) digitAt(i int) bool {
	return i < len(p.text) && p.text[i] >= '0' && p.text[i] <= '9'
}

func (p *parser) quoted() error {
	at := p.pos + 1
	var b strings.Builder
	for p.pos++; p.pos < len(p.text); p.pos++ {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			p.token = token{kind: text, text: b.String(), at: at}
			return nil
		case c == '\\' && p.pos+1 < len(p.text) && (p.text[p.pos+1] == '"' || p.text[p.pos+1] == '\\'):
			p.pos++
			b.WriteRune(p.text[p.pos])
		default:
			b.WriteRune(c)
		}
	}
	return filterFault("filter.unclosedText", at, "")
}

func (p *parser) keyword(w string) bool {
	return p.token.kind == word && strings.EqualFold(p.token.text, w)
}

func (p *parser) symbol(s string) bool { return p.token.kind == symbol && p.token.text == s }

func (p *parser) or(depth int) (Filter, error) {
	return p.chain("or", depth, p.and, func(f []Filter) Filter { return Or(f) })
}

func (p *parser) and(depth int) (Filter, error) {
	return p.chain("and", depth, p.not, func(f []Filter) Filter { return And(f) })
}

func (p *parser) chain(join string, depth int, part func(int) (Filter, error), all func([]Filter) Filter) (Filter, error) {
	first, err := part(depth)
	if err != nil || !p.keyword(join) {
		return first, err
	}
	parts := []Filter{first}
	for p.keyword(join) {
		if err := p.next(); err != nil {
			return nil, err
		}
		f, err := part(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, f)
	}
	return all(parts), nil
}

func (p *parser) not(depth int) (Filter, error) {
	if depth > maxDepth {
		return nil, filterFault("filter.tooDeep", p.token.at, "")
	}
	switch {
	case p.keyword("not"):
		if err := p.next(); err != nil {
			return nil, err
		}
		f, err := p.not(depth + 1)
		return Not{f}, err
	case p.symbol("("):
		open := p.token.at
		if err := p.next(); err != nil {
			return nil, err
		}
		f, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.symbol(")") {
			if p.token.kind == end {
				return nil, filterFault("filter.unclosedBracket", open, "")
			}
			return nil, p.expected("filter.expectedJoin")
		}
		return f, p.next()
	}
	return p.condition()
}

func (p *parser) condition() (Filter, error) {
	if p.token.kind != word || p.reserved() {
		return nil, p.expected("filter.expectedField")
	}
	c := Condition{Path: strings.Split(p.token.text, "."), At: p.token.at}
	if len(c.Path) > maxPath {
		return nil, filterFault("filter.tooDeep", c.At, "")
	}
	if err := p.next(); err != nil {
		return nil, err
	}
	switch {
	case p.token.kind == symbol && strings.Contains(" = != < <= > >= ~ ^ ", " "+p.token.text+" "):
		c.Op = p.token.text
		if err := p.next(); err != nil {
			return nil, err
		}
		v, err := p.value()
		c.Values = []Literal{v}
		return c, err
	case p.keyword("in"):
		c.Op = "in"
		var err error
		c.Values, err = p.valueList()
		return c, err
	case p.keyword("is"):
		return p.empty(c)
	}
	return nil, p.expected("filter.expectedOperator")
}

func (p *parser) reserved() bool {
	switch strings.ToLower(p.token.text) {
	case "and", "or", "not", "in", "is", "empty":
		return true
	}
	return false
}

func (p *parser) empty(c Condition) (Filter, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	negated := p.keyword("not")
	if negated {
		if err := p.next(); err != nil {
			return nil, err
		}
	}
	if !p.keyword("empty") {
		return nil, p.expected("filter.expectedEmpty")
	}
	c.Op = "empty"
	if negated {
		return Not{c}, p.next()
	}
	return c, p.next()
}

func (p *parser) valueList() ([]Literal, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	if !p.symbol("(") {
		return nil, p.expected("filter.expectedList")
	}
	var values []Literal
	for {
		if err := p.next(); err != nil {
			return nil, err
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if p.symbol(")") {
			return values, p.next()
		}
		if !p.symbol(",") {
			return nil, p.expected("filter.expectedComma")
		}
	}
}

// value reads one value; today may carry an offset in days, weeks, months or
// years: today-7d, today+1m.
func (p *parser) value() (Literal, error) {
	v := Literal{Text: p.token.text, At: p.token.at}
	switch {
	case p.token.kind == text:
		v.Form = "text"
	case p.token.kind == number:
		v.Form = "number"
		if strings.Contains(v.Text[1:], "-") {
			v.Form = "date"
		}
	case p.keyword("true"), p.keyword("false"):
		v.Form, v.Text = "yesno", strings.ToLower(v.Text)
	case p.keyword("me"):
		v.Form = "me"
	case p.keyword("today"):
		text, err := p.offset()
		v.Form, v.Text = "day", text
		if err != nil {
			return v, err
		}
	default:
		return v, p.expected("filter.expectedValue")
	}
	return v, p.next()
}

// offset reads what follows today without a blank between.
func (p *parser) offset() (string, error) {
	if p.pos == len(p.text) || p.text[p.pos] != '-' && p.text[p.pos] != '+' || !p.digitAt(p.pos+1) {
		return "0d", nil
	}
	start := p.pos
	for p.pos++; p.digitAt(p.pos); p.pos++ {
	}
	if p.pos == len(p.text) || !strings.ContainsRune("dwmy", p.text[p.pos]) || p.pos-start > 6 {
		return "", filterFault("filter.expectedOffset", start+1, string(p.text[start:p.pos]))
	}
	p.pos++
	return string(p.text[start:p.pos]), nil
}
