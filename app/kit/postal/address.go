package postal

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Address is where somebody lives or works.
type Address struct {
	Street   string // several lines are possible
	Addition string // what belongs to it: flat, floor, care of
	Postcode string
	City     string
	Region   string
	Country  string // ISO 3166 alpha-2; empty is the sender's own
}

// Lines gives the lines below the name on an envelope. From is the country of
// the sender and in the sender's language, in which the post there reads where
// a letter goes. An address of which only the country is known has no lines.
func Lines(a Address, from, in string) []string {
	country := a.Country
	if country == "" {
		country = from
	}
	abroad := country != from
	streets := a.streets(country)
	parts := map[rune]string{'P': oneLine(a.Postcode), 'C': oneLine(a.City), 'R': oneLine(a.Region), 'S': strings.Join(streets, " ")}
	if strings.EqualFold(parts['R'], parts['C']) { // Hamburg, Hamburg
		parts['R'] = ""
	}
	rule, own := a.rule(country)
	var lines []string
	for part := range strings.SplitSeq(rule, "|") {
		if part == "S" {
			lines = append(lines, streets...)
			continue
		}
		part, capitals := strings.CutPrefix(part, "^")
		line := set(part, parts)
		if capitals || abroad && !own {
			line = upper(line, country)
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	if abroad && len(lines) > 0 {
		lines = append(lines, cases.Upper(tongue(in)).String(CountryName(country, in)))
	}
	return lines
}

// rule is how the address is printed, and whether in its own script.
func (a Address) rule(country string) (rule string, own bool) {
	if rule = ownScript[country]; rule != "" && strings.ContainsFunc(a.Street+a.City, eastAsian) {
		return rule, true
	}
	if rule = rules[country]; rule == "" {
		rule = continental
	}
	return rule, false
}

func eastAsian(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// streets are the lines of the street, with what belongs to it where the
// country has it.
func (a Address) streets(country string) []string {
	var lines []string
	for line := range strings.Lines(a.Street) {
		if line = oneLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	switch addition := oneLine(a.Addition); {
	case addition == "":
	case additionLast[country]:
		lines = append(lines, addition)
	default:
		lines = append([]string{addition}, lines...)
	}
	return lines
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// set fills one line of a rule; the signs before a part go with it.
func set(rule string, parts map[rune]string) string {
	var line, signs strings.Builder
	first := true
	for _, r := range rule {
		text, isPart := parts[r]
		if !isPart {
			signs.WriteRune(r)
			continue
		}
		if text != "" {
			if line.Len() > 0 || first {
				line.WriteString(signs.String())
			}
			line.WriteString(text)
		}
		first = false
		signs.Reset()
	}
	return line.String()
}

// upper sets text in capitals as the country's language has them: the Turkish i
// keeps its dot.
func upper(text, country string) string {
	tag := language.Und
	switch country {
	case "TR":
		tag = language.Turkish
	case "AZ":
		tag = language.Azerbaijani
	case "NL":
		tag = language.Dutch
	case "GR", "CY":
		tag = language.Greek
	}
	return cases.Upper(tag).String(text)
}

// CountryName is what a country is called in a language.
func CountryName(code, in string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if names := display.Regions(tongue(in)); names != nil {
		return names.Name(region)
	}
	return display.Regions(language.English).Name(region)
}

// tongue is a language by its tag, English where it is none.
func tongue(in string) language.Tag {
	tag, err := language.Parse(in)
	if err != nil {
		return language.English
	}
	return tag
}
