package contacts

import (
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"kontor/app/record"
	"kontor/storage"
)

// Contacts holds the kinds.
type Contacts struct {
	Company  *record.Kind
	Person   *record.Kind
	Relation *record.Kind
	r        *record.Registry
}

// New registers companies, people and what they are to each other.
func New(r *record.Registry) *Contacts {
	c := &Contacts{Company: company(), Person: person(), r: r}
	c.Relation = c.relation()
	r.Register(c.Company, c.Person, c.Relation)
	return c
}

// reach are the ways to reach a party; the same for companies and people, but for
// the one type of e-mail and telephone that each has of its own.
func reach(personal bool, own string) []record.Field {
	list := func(key, table string, value record.Field, types ...string) record.Field {
		value.Key, value.Required, value.Personal = "value", true, personal
		return record.Field{Key: key, Type: record.List, Table: table, Group: "reach", Personal: personal, Fields: []record.Field{
			{Key: "type", Type: record.Choice, Options: types}, value,
		}}
	}
	mirror := func(f record.Field) record.Field {
		f.Group, f.Personal = "reach", personal
		return f
	}
	part := func(f record.Field) record.Field {
		f.Personal = personal
		return f
	}
	street := record.Field{Key: "street", Type: record.LongText, Max: 300, Find: record.InName}
	postcode := record.Field{Key: "postcode", Type: record.Text, Max: 20, Find: record.InName}
	city := record.Field{Key: "city", Type: record.Text, Max: 120, Find: record.InName}
	region := record.Field{Key: "region", Type: record.Text, Max: 120}
	country := record.Field{Key: "country", Type: record.Country}
	line2 := record.Field{Key: "line2", Type: record.Text, Max: 120, Find: record.InName}
	return []record.Field{
		list("emails", "contacts_email", record.Field{Type: record.Email, Index: record.Indexed, Find: record.InName}, "work", own, "other"),
		mirror(record.Field{Key: "email", Type: record.Email, Mirror: "emails.value", Index: record.Indexed}),
		list("phones", "contacts_phone", record.Field{Type: record.Phone, Max: 50, Index: record.Indexed, Fold: foldPhone, Find: record.InName}, "work", "mobile", own, "fax", "other"),
		mirror(record.Field{Key: "phone", Type: record.Phone, Max: 50, Mirror: "phones.value", Fold: foldPhone}),
		list("websites", "contacts_website", record.Field{Type: record.URL, Find: record.InName}, "work", "other"),
		mirror(record.Field{Key: "website", Type: record.URL, Mirror: "websites.value"}),
		{Key: "addresses", Type: record.List, Table: "contacts_address", Group: "address", Personal: personal, Fields: []record.Field{
			{Key: "type", Type: record.Choice, Options: []string{"post", "billing", "delivery", "home"}},
			part(street), part(postcode), part(city), part(region), part(country),
			part(line2), // last: a list in one cell of a spreadsheet is read by position
		}},
		mirrorAddress(street, personal, record.NoIndex),
		mirrorAddress(postcode, personal, record.Indexed),
		mirrorAddress(city, personal, record.Indexed),
		mirrorAddress(region, personal, record.NoIndex),
		mirrorAddress(country, personal, record.Indexed),
		mirrorAddress(line2, personal, record.NoIndex),
	}
}

func mirrorAddress(f record.Field, personal bool, index record.Index) record.Field {
	f.Mirror, f.Group, f.Personal, f.Index, f.Find = "addresses."+f.Key, "address", personal, index, record.NotFound
	return f
}

// foldPhone brings a number to the digits that are dialled from abroad, so that
// 040 1234 and +49 40 1234 are one; what is no number stays its digits.
func foldPhone(env record.Env, text string) string {
	if text == "" {
		return ""
	}
	if n, err := phonenumbers.Parse(text, env.Country); err == nil && phonenumbers.IsPossibleNumber(n) {
		return strings.TrimPrefix(phonenumbers.Format(n, phonenumbers.E164), "+")
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	return strings.TrimLeft(digits, "0")
}

// visible reports whether text has anything that a person sees: a name of blanks
// without a width, or of the fillers of Korean and Braille, is none.
func visible(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("\u115f\u1160\u3164\uffa0\u2800", r)
	})
}

// foldCode compares numbers without the blanks and points that people put in.
func foldCode(_ record.Env, text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/", r) {
			return -1
		}
		return r
	}, storage.Fold(text))
}

func fields(parts ...[]record.Field) []record.Field { return slices.Concat(parts...) }
