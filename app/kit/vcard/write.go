package vcard

import (
	"strings"
	"unicode/utf8"
)

// maxLine is how many octets a line has before it is folded (RFC 6350, 3.2).
const maxLine = 75

// Write writes cards in version 4.0.
func Write(cards ...Card) []byte {
	var b strings.Builder
	for _, c := range cards {
		c.write(&b)
	}
	return []byte(b.String())
}

func (c Card) write(b *strings.Builder) {
	put := func(name string, parts ...string) {
		for i, part := range parts {
			parts[i] = escape(part)
		}
		if value := strings.Join(parts, ";"); strings.Trim(value, ";") != "" {
			fold(b, name+":"+value)
		}
	}
	fold(b, "BEGIN:VCARD")
	fold(b, "VERSION:4.0")
	put("UID", c.UID)
	kind := "individual"
	if c.Organized {
		kind = "org"
	}
	put("KIND", kind)
	fold(b, "FN:"+escape(c.Name)) // must stand, even empty
	put("N", c.Family, c.Given, "", c.Prefix, c.Suffix)
	put("ORG", c.Organization)
	put("TITLE", c.Title)
	put("GENDER", c.Sex)
	put("BDAY", strings.ReplaceAll(c.Birthday, "-", ""))
	put("LANG", c.Language)
	for _, e := range c.Emails {
		put("EMAIL"+typed(e.Types), e.Value)
	}
	for _, e := range c.Phones {
		put("TEL"+typed(e.Types), e.Value)
	}
	for _, e := range c.URLs {
		put("URL"+typed(e.Types), e.Value)
	}
	for _, a := range c.Addresses {
		put("ADR"+typed(a.Types), "", a.Extended, a.Street, a.City, a.Region, a.Postcode, a.Country)
	}
	put("NOTE", c.Note)
	fold(b, "END:VCARD")
}

func typed(types []string) string {
	if len(types) == 0 {
		return ""
	}
	if len(types) == 1 {
		return ";TYPE=" + types[0]
	}
	return `;TYPE="` + strings.Join(types, ",") + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func escape(text string) string { return escapes.Replace(text) }

// fold ends a line, in pieces where it is long, without cutting a character.
func fold(b *strings.Builder, line string) {
	room := maxLine
	for len(line) > room {
		cut := room
		for cut > 1 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], maxLine-1 // the blank counts
	}
	b.WriteString(line + "\r\n")
}
