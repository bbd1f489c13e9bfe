package vcard

import (
	"regexp"
	"strings"
	"time"
)

// MaxCards bounds a file; more cards than an address book holds are no cards.
const MaxCards = 50_000

// Read reads the cards of a file, at most MaxCards. What it cannot read of a
// card is left out: address books write much that nobody else knows.
func Read(data []byte) []Card {
	var cards []Card
	var at *draft
	depth := 0
	for _, p := range properties(data) {
		value := strings.ToUpper(strings.TrimSpace(string(p.raw)))
		switch {
		case p.name == "BEGIN" && value == "VCARD":
			if depth++; depth == 1 {
				at = &draft{card: Card{Line: p.line}, labels: map[string]string{}}
			}
		case p.name == "END" && value == "VCARD" && depth > 0:
			if depth--; depth == 0 {
				if cards = append(cards, at.finish()); len(cards) == MaxCards {
					return cards
				}
			}
		case depth == 1:
			at.take(p)
		}
	}
	if depth > 0 { // the file was cut off
		cards = append(cards, at.finish())
	}
	return cards
}

// draft is a card that is being read.
type draft struct {
	card    Card
	old     bool              // version 2.1, which escapes semicolons only
	labels  map[string]string // Apple's name of a group
	grouped []func()          // what waits for the labels
}

func (d *draft) take(p property) {
	c := &d.card
	switch p.name {
	case "VERSION":
		d.old = strings.TrimSpace(string(p.raw)) == "2.1"
	case "KIND", "X-ADDRESSBOOKSERVER-KIND":
		c.Organized = strings.EqualFold(d.text(p), "org") || strings.EqualFold(d.text(p), "organization")
	case "X-ABSHOWAS":
		c.Organized = strings.EqualFold(d.text(p), "company")
	case "UID":
		c.UID = d.text(p)
	case "FN":
		keep(&c.Name, d.text(p))
	case "N":
		parts := append(d.parts(p), "", "", "", "", "")
		if c.Family == "" && c.Given == "" {
			c.Family, c.Given = parts[0], strings.TrimSpace(parts[1]+" "+parts[2])
			c.Prefix, c.Suffix = parts[3], parts[4]
		}
	case "ORG":
		keep(&c.Organization, d.parts(p)[0])
	case "TITLE":
		if title := d.text(p); title != "" {
			c.Title = title
		}
	case "ROLE":
		keep(&c.Title, d.text(p))
	case "EMAIL":
		d.entry(p, &c.Emails, strings.TrimPrefix(d.text(p), "mailto:"))
	case "TEL":
		number, _, _ := strings.Cut(strings.TrimPrefix(d.text(p), "tel:"), ";")
		d.entry(p, &c.Phones, number)
	case "URL":
		d.entry(p, &c.URLs, d.text(p))
	case "ADR":
		d.address(p)
	case "BDAY":
		keep(&c.Birthday, day(d.text(p), p.param("X-APPLE-OMIT-YEAR")))
	case "LANG":
		keep(&c.Language, d.text(p))
	case "GENDER", "X-GENDER":
		if sex := strings.ToUpper(d.parts(p)[0]); sex == "MALE" || sex == "M" {
			c.Sex = "M"
		} else if sex == "FEMALE" || sex == "F" {
			c.Sex = "F"
		}
	case "NOTE":
		keep(&c.Note, d.text(p))
	case "PHOTO", "LOGO", "SOUND", "KEY":
		c.Skipped++
	case "X-ABLABEL":
		d.labels[p.group] = strings.ToLower(strings.Trim(d.text(p), "_$!<>"))
	}
}

func keep(at *string, value string) {
	if *at == "" {
		*at = value
	}
}

// entry adds a way to reach somebody, once the label of its group is known.
func (d *draft) entry(p property, to *[]Entry, value string) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	*to = append(*to, Entry{Types: p.types(), Value: value})
	i := len(*to) - 1
	if p.group != "" {
		d.grouped = append(d.grouped, func() {
			if label := d.labels[p.group]; label != "" {
				(*to)[i].Types = append((*to)[i].Types, label)
			}
		})
	}
}

func (d *draft) address(p property) {
	parts := append(d.parts(p), "", "", "", "", "", "", "")
	a := Address{Types: p.types(), Extended: parts[1], Street: strings.TrimSpace(parts[0] + "\n" + parts[2]), City: parts[3], Region: parts[4], Postcode: parts[5], Country: parts[6]}
	if a.Street+a.Extended+a.City+a.Region+a.Postcode+a.Country == "" {
		return
	}
	d.card.Addresses = append(d.card.Addresses, a)
	i := len(d.card.Addresses) - 1
	d.grouped = append(d.grouped, func() {
		if label := d.labels[p.group]; label != "" && p.group != "" {
			d.card.Addresses[i].Types = append(d.card.Addresses[i].Types, label)
		}
	})
}

func (d *draft) finish() Card {
	for _, late := range d.grouped {
		late()
	}
	return d.card
}

// text is a value in one piece.
func (d *draft) text(p property) string {
	return strings.TrimSpace(unescape(p.text(), d.old))
}

// parts are the pieces of a structured value; there is at least one.
func (d *draft) parts(p property) []string {
	text := p.text()
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	parts = append(parts, text[min(start, len(text)):])
	for i, part := range parts {
		parts[i] = strings.TrimSpace(unescape(part, d.old))
	}
	return parts
}

// unescape reads \n, \, \; and \\; version 2.1 knows only \;.
func unescape(text string, old bool) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		switch next := text[i+1]; {
		case (next == 'n' || next == 'N') && !old:
			b.WriteByte('\n')
		case next == ';' || next == ',' || next == '\\' || next == ':':
			b.WriteByte(next)
		default:
			b.WriteByte('\\')
			continue
		}
		i++
	}
	return b.String()
}

var birthday = regexp.MustCompile(`^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$`)

// day reads a date; without a year, or with the one by which Apple says that
// there is none, it is none.
func day(text, omitted string) string {
	m := birthday.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || m[1] == omitted {
		return ""
	}
	date := m[1] + "-" + m[2] + "-" + m[3]
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return ""
	}
	return date
}
