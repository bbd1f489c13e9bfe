package contacts

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

// town is what the last line of an address says.
type town struct {
	postcode, city, region, country string
	before                          string // what stands before it in the same line
}

// The forms of the line with the postcode. Those of one country say which it is.
var (
	cityPattern  = `(\p{Lu}[\p{L}.\-'’/ ()]*(?:\s\d{1,2})?)`
	continentTow = regexp.MustCompile(`^(.*?)(?:^|,\s*|\s[–-]\s)(?:(D|DE|A|AT|CH|L|LU|B|F|I|FL|DK|S|SE|FIN)\s?[-–]\s?)?(\d{4,5}|\d{3} \d{2})\s+` + cityPattern + `$`)
	dutchTown    = regexp.MustCompile(`^(.*?)(?:^|,\s*)(\d{4}\s?[A-Z]{2})\s+` + cityPattern + `$`)
	polishTown   = regexp.MustCompile(`^(.*?)(?:^|,\s*)(\d{2}-\d{3})\s+` + cityPattern + `$`)
	britishTown  = regexp.MustCompile(`^(.*?)(?:^|,\s*)(?:([\p{L}.\-' ]+?)[, ]\s*)?([A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2})$`)
	americanTown = regexp.MustCompile(`^(.*?)(?:^|,\s*)(\p{Lu}[\p{L}.\-' ]*?),?\s+([A-Z]{2})\.?,?\s+(\d{5}(?:-\d{4})?)$`)
	canadianTown = regexp.MustCompile(`^(.*?)(?:^|,\s*)(\p{Lu}[\p{L}.\-' ]*?),?\s+([A-Z]{2}),?\s+([A-Z]\d[A-Z]\s?\d[A-Z]\d)$`)

	plates = map[string]string{"D": "DE", "DE": "DE", "A": "AT", "AT": "AT", "CH": "CH", "L": "LU", "LU": "LU", "B": "BE", "F": "FR", "I": "IT", "FL": "LI", "DK": "DK", "S": "SE", "SE": "SE", "FIN": "FI"}
)

// townOf reads a line with a postcode.
func townOf(line string) (town, bool) {
	if m := canadianTown.FindStringSubmatch(line); m != nil {
		return town{m[4], m[2], m[3], "CA", m[1]}, true
	}
	if m := americanTown.FindStringSubmatch(line); m != nil {
		return town{m[4], m[2], m[3], "US", m[1]}, true
	}
	if m := britishTown.FindStringSubmatch(line); m != nil {
		return town{m[3], strings.TrimSpace(m[2]), "", "GB", m[1]}, true
	}
	if m := dutchTown.FindStringSubmatch(line); m != nil {
		return town{m[2], m[3], "", "NL", m[1]}, true
	}
	if m := polishTown.FindStringSubmatch(line); m != nil {
		return town{m[2], m[3], "", "PL", m[1]}, true
	}
	if m := continentTow.FindStringSubmatch(line); m != nil {
		return town{m[3], strings.TrimSpace(m[4]), "", plates[m[2]], m[1]}, true
	}
	return town{}, false
}

// isStreet reports whether a line reads as a street; near says that a town
// stands below it.
func isStreet(line string, near bool) bool {
	door := germanDoor.MatchString(line) || otherDoor.MatchString(line)
	return door && (near || streetWord.MatchString(line)) || near && streetWord.MatchString(line)
}

// town takes the address: the line with the postcode, the street in or above it,
// and the country.
func (r *reader) town() {
	for i, p := range r.pieces {
		line, country := r.withoutCountry(p.text)
		t, ok := townOf(line)
		if !ok {
			continue
		}
		r.say(whoseAddress, "postcode", t.postcode, p)
		r.say(whoseAddress, "city", t.city, p)
		r.say(whoseAddress, "region", t.region, p)
		if street := r.streets(strings.Trim(t.before, " ,"), p); len(street) > 0 {
			r.say(whoseAddress, "street", strings.Join(street, "\n"), p)
		} else {
			r.streetAbove(i, t.city == "")
		}
		p.used, p.text = true, ""
		r.nation(i, cmp.Or(country, t.country))
		return
	}
}

// streetAbove takes the lines of the street above the one with the postcode, and
// the town between them where that line has none, as London above its postcode.
func (r *reader) streetAbove(i int, townless bool) {
	if up := i - 1; townless && up > 0 && plainWords(r.pieces[up].text) && isStreet(r.pieces[up-1].text, true) {
		r.say(whoseAddress, "city", r.pieces[up].text, r.pieces[up])
		r.pieces[up].used, r.pieces[up].text = true, ""
		i = up
	}
	const most = 2 // lines
	var street []string
	for up := i - 1; up >= 0 && len(street) < most; up-- {
		p := r.pieces[up]
		if p.text == "" || isCompany(p.text) || !isStreet(p.text, true) {
			break
		}
		street = append([]string{p.text}, street...)
		p.used, p.text = true, ""
	}
	if len(street) > 0 {
		r.say(whoseAddress, "street", strings.Join(street, "\n"), r.pieces[i-1])
	}
}

// nation takes the country that stands below the town, or else the one that is
// known already: from that line, from the form of the postcode, or from a
// telephone number.
func (r *reader) nation(i int, known string) {
	if i+1 < len(r.pieces) {
		if below := r.pieces[i+1]; below.text != "" {
			if _, code := r.withoutCountry(", " + below.text); code != "" {
				r.say(whoseAddress, "country", code, below)
				below.used, below.text = true, ""
				return
			}
		}
	}
	from := r.pieces[i]
	if known == "" && r.dialled != nil {
		known, from = r.country, r.dialled
	}
	r.say(whoseAddress, "country", known, from)
}

// streets are what stands before the town in its line; a company before the
// street is not of the address.
func (r *reader) streets(text string, p *piece) []string {
	var lines []string
	for part := range strings.SplitSeq(text, ",") {
		part = strings.Trim(part, " –-")
		switch {
		case part == "":
		case isCompany(part):
			r.pieces = append(r.pieces, &piece{text: part, from: p.from, line: p.line})
		default:
			lines = append(lines, part)
		}
	}
	if len(lines) == 1 && !isStreet(lines[0], true) {
		return nil
	}
	return lines
}

// withoutCountry cuts the name of a country off the end of a line.
func (r *reader) withoutCountry(line string) (rest, code string) {
	at := strings.LastIndexAny(line, ",–")
	if at < 0 {
		return line, ""
	}
	_, size := utf8.DecodeRuneInString(line[at:])
	name := strings.TrimPrefix(strings.TrimSpace(line[at+size:]), "The ")
	const short = 3 // IT is a department, USA is a country
	if len(name) < short && name != "UK" {
		return line, ""
	}
	if code = r.c.Person.Decode(r.env, map[string]any{"country": name}).String("country"); code == "" {
		return line, ""
	}
	return strings.TrimSpace(line[:at]), code
}
