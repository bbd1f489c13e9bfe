package contacts

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Proposal is what a pasted signature or address says, as values of a new
// company and person. Nothing is written, and what is in doubt is left out.
type Proposal struct {
	Company map[string]any `json:"company" doc:"fields by key; empty if no company is named"`
	Person  map[string]any `json:"person" doc:"fields by key; empty if nobody is named"`
	Found   []Finding      `json:"found" doc:"what each field was read from"`
	Unread  []string       `json:"unread" doc:"lines of which nothing was taken"`
}

// Finding says from which line a value was read.
type Finding struct {
	Kind  string `json:"kind" doc:"company or person"`
	Field string `json:"field"`
	Value string `json:"value"`
	From  string `json:"from"`
	Line  int    `json:"line" doc:"of the text, from 1"`
}

// Bounds of what can be pasted, in characters and lines: longer is no signature.
const (
	maxPaste = 10_000
	maxLines = 200
)

// piece is a part of a line that says one thing.
type piece struct {
	text string
	from string // the whole line
	line int
	used bool
}

// reader reads one signature.
type reader struct {
	c       *Contacts
	env     record.Env
	pieces  []*piece
	out     Proposal
	emails  []string       // of the person
	domains []string       // of all e-mails
	country string         // of a telephone number
	dialled *piece         // in which that stands
	place   map[string]any // the address, until it is known whose it is
}

// whoseAddress is the kind of what is found before it is known who lives there.
const whoseAddress = "address"

// ReadSignature reads a pasted signature or address.
func (c *Contacts) ReadSignature(env record.Env, text string) (Proposal, error) {
	if n := len([]rune(text)); n > maxPaste || strings.Count(text, "\n") > maxLines {
		return Proposal{}, fault.Invalid("text", "rule.pasteTooLong", fault.Params{"max": maxPaste, "lines": maxLines})
	}
	r := &reader{c: c, env: env, place: map[string]any{}, out: Proposal{Company: map[string]any{}, Person: map[string]any{}, Found: []Finding{}, Unread: []string{}}}
	r.cut(record.Clean(text, true))
	r.addresses()
	r.vat()
	r.phones()
	r.town()
	r.names()
	r.settle()
	return r.out, nil
}

var bars = regexp.MustCompile(`\s+[|•·●▪]\s+|\s*\|\s*|\t+|\s{3,}`)

// cut makes pieces of the lines.
func (r *reader) cut(text string) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(strings.ReplaceAll(strings.TrimLeft(strings.TrimSpace(line), "> "), "*", ""))
		if line == "" || aside(line) && !vatNumber.MatchString(line) {
			continue
		}
		for _, part := range bars.Split(line, -1) {
			if part = strings.TrimSpace(part); part != "" {
				r.pieces = append(r.pieces, &piece{text: part, from: line, line: n, used: aside(line)})
			}
		}
	}
}

// say adds a value to a record, and where it was read.
func (r *reader) say(kind, field, value string, p *piece) {
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	r.record(kind)[field] = value
	r.out.Found = append(r.out.Found, Finding{kind, field, value, p.from, p.line})
}

func (r *reader) record(kind string) map[string]any {
	switch kind {
	case "company":
		return r.out.Company
	case whoseAddress:
		return r.place
	}
	return r.out.Person
}

// add adds a row to a list.
func (r *reader) add(kind, list, kindOf, value string, p *piece) {
	rows, _ := r.record(kind)[list].([]any)
	for _, row := range rows {
		if row.(map[string]any)["value"] == value {
			return
		}
	}
	row := map[string]any{"value": value}
	if kindOf != "" {
		row["type"] = kindOf
	}
	r.record(kind)[list] = append(rows, row)
	r.out.Found = append(r.out.Found, Finding{kind, list, value, p.from, p.line})
}

var (
	emailText = regexp.MustCompile(`[\p{L}\d._%+\-']+@[\p{L}\d\-]+(?:\.[\p{L}\d\-]+)+`)
	siteText  = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s,;<>()"]+`)
	siteLabel = regexp.MustCompile(`(?i)^(?:web(?:site)?|internet|homepage|url|w)\s*[:.]?\s+([a-z\d\-]+(?:\.[a-z\d\-]+)+/?)$`)
	ownSites  = regexp.MustCompile(`(?i)(?:linkedin|xing)\.`)
	labels    = regexp.MustCompile(`(?i)^(?:e-?\s?mail|mail|e|web(?:site)?|internet|homepage|url|w)\s*[:.]?\s*$`)
)

// addresses takes e-mails and web sites out of the pieces.
func (r *reader) addresses() {
	for _, p := range r.pieces {
		for _, email := range emailText.FindAllString(p.text, -1) {
			email = strings.TrimRight(email, ".-")
			local, domain, _ := strings.Cut(email, "@")
			kind := "person"
			if generic[storage.Fold(local)] {
				kind = "company"
			} else {
				r.emails = append(r.emails, local)
			}
			r.domains = append(r.domains, domain)
			r.add(kind, "emails", "work", email, p)
			p.take(email)
		}
		sites := siteText.FindAllString(p.text, -1)
		if m := siteLabel.FindStringSubmatch(p.text); m != nil && len(sites) == 0 {
			sites = []string{m[1]}
		}
		for _, site := range sites {
			kind := "company"
			if ownSites.MatchString(site) {
				kind = "person"
			}
			r.add(kind, "websites", "work", strings.TrimRight(site, ".,"), p)
			p.take(site)
		}
		if labels.MatchString(p.text) {
			p.text = ""
		}
	}
}

// take cuts out of a piece what was read.
func (p *piece) take(text string) {
	p.text = strings.Trim(strings.Replace(p.text, text, " ", 1), " ,;<>()")
	p.used = true
}

var vatNumber = regexp.MustCompile(`(?i)(?:ust\.?-?\s?id(?:\.?-?\s?nr)?\.?|uid(?:-nr)?\.?|vat(?:\s?(?:no|id|number|reg(?:istration)?\.?(?:\s?no)?))?\.?|mwst\.?-?nr\.?)\s*[:.]?\s*([A-Z]{2,3}[-\s]?[\dA-Z][\d. \-A-Z]{5,14}[\dA-Z])`)

func (r *reader) vat() {
	for _, p := range r.pieces {
		if m := vatNumber.FindStringSubmatch(p.text); m != nil && r.out.Company["vat"] == nil {
			r.say("company", "vat", m[1], p)
			p.take(m[0])
		}
	}
}

var (
	phoneText  = regexp.MustCompile(`(?:\+|\b00|\(\+?)?\(?\d[\d\s()./\-–]{4,}\d`)
	phoneLabel = regexp.MustCompile(`(?i)(?:^|[\s,;/])(t|tel|telefon|telephone|phone|fon|ph|p|d|direct|direkt|durchwahl|dw|office|büro|buero|zentrale|main|switchboard|m|mob|mobil|mobile|mobiltelefon|cell|handy|natel|c|f|fax|telefax)\s*[.:]{0,2}\s*$`)
	phoneTypes = map[string]string{"m": "mobile", "mob": "mobile", "mobil": "mobile", "mobile": "mobile", "mobiltelefon": "mobile", "cell": "mobile", "handy": "mobile", "natel": "mobile", "c": "mobile", "f": "fax", "fax": "fax", "telefax": "fax"}
	ofCompany  = set("zentrale", "main", "switchboard", "fax", "telefax", "f")
)

// phones takes telephone numbers: those with a label, from abroad, or possible
// in the workspace's country.
func (r *reader) phones() {
	for _, p := range r.pieces {
		for {
			at := phoneText.FindStringIndex(p.text)
			if at == nil {
				break
			}
			text := strings.Trim(p.text[at[0]:at[1]], " -–/.")
			label := ""
			if m := phoneLabel.FindStringSubmatchIndex(p.text[:at[0]]); m != nil {
				label = strings.ToLower(p.text[m[2]:m[3]])
			}
			number, err := phonenumbers.Parse(strings.ReplaceAll(text, "(0)", ""), r.env.Country)
			abroad := strings.HasPrefix(text, "+") || strings.HasPrefix(text, "00") || strings.HasPrefix(text, "(+")
			plain := strings.HasPrefix(text, "0") || strings.HasPrefix(text, "(")
			if label == "" && !abroad && (!plain || err != nil || !phonenumbers.IsValidNumber(number)) || strings.Count(text, "\n") > 0 {
				break
			}
			kind := phoneTypes[label]
			if kind == "" {
				kind = "work"
				if err == nil && phonenumbers.GetNumberType(number) == phonenumbers.MOBILE {
					kind = "mobile"
				}
			}
			if err == nil && abroad && r.country == "" {
				r.country, r.dialled = phonenumbers.GetRegionCodeForNumber(number), p
			}
			whose := "person"
			if ofCompany[label] {
				whose = "company"
			}
			r.add(whose, "phones", kind, text, p)
			start := at[0]
			if label != "" {
				start = phoneLabel.FindStringIndex(p.text[:at[0]])[0]
			}
			p.text, p.used = strings.Trim(p.text[:start]+" "+p.text[at[1]:], " ,;/-–"), true
		}
	}
}
