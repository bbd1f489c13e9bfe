package record_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

// TestValues says for each type what it takes, and how it is given back.
func TestValues(t *testing.T) {
	w := openThings(t)
	parent := w.save(v{"title": "Parent"})
	for _, c := range []struct {
		key  string
		in   any
		want any
	}{
		{"title", "  Ada\t Lovelace \n", "Ada  Lovelace"},
		{"title", json.Number("12"), "12"},
		{"title", true, "true"},
		{"title", "a\x00b\x07c\u202ed\u2066e\ufefff", "abcdef"},
		{"title", "bro\xffken", "bro\ufffdken"},
		{"title", "Zoe\u0308", "Zoë"},
		{"title", "one\u2028two\u2029three\u0085four", "one two three four"},
		{"title", "עברית\u200f العربية", "עברית\u200f العربية"},
		{"note", "a\r\nb\rc\nd\u2028e\tf\x00", "a\nb\nc\nd\ne\tf"},
		{"mail", "Ines.Okafor@Harbor.EXAMPLE", "Ines.Okafor@harbor.example"},
		{"mail", "Ines Okafor <ines@harbor.example>", "ines@harbor.example"},
		{"mail", `"Okafor, Ines" <ines@harbor.example>`, "ines@harbor.example"},
		{"mail", "mailto:ines@harbor.example?subject=Hi", "ines@harbor.example"},
		{"mail", "post@müller.example", "post@müller.example"},
		{"mail", "o'brien+crm@sub.harbor.example", "o'brien+crm@sub.harbor.example"},
		{"tel", " +49 (0)40 / 123-45 ext. 6 ", "+49 (0)40 / 123-45 ext. 6"},
		{"site", "harbor.example", "harbor.example"},
		{"site", "https://www.harbor.example/a?b=c#d", "https://www.harbor.example/a?b=c#d"},
		{"count", "12.50", "12.5"},
		{"count", json.Number("-0.01"), "-0.01"},
		{"count", int64(1200), "12"},
		{"price", "1234.5", "1234.50"},
		{"price", json.Number("-7"), "-7.00"},
		{"price", "92233720368547758.07", "92233720368547758.07"},
		{"priceCurrency", "usd", nil}, // of an amount only
		{"day", "2024-02-29", "2024-02-29"},
		{"day", "Today", "2026-03-04"},
		{"at", "2026-03-04T10:00:00+01:00", "2026-03-04T09:00:00.000Z"},
		{"at", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z"}, // summer time begins
		{"at", "2026-01-31", "2026-01-30T23:00:00.000Z"},
		{"at", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
		{"at", "now", "2026-03-04T09:30:00.000Z"},
		{"done", true, true},
		{"done", "ja", true},
		{"done", "No", false},
		{"done", json.Number("1"), true},
		{"size", "MÉDIUM", "medium"},
		{"land", "Österreich", "AT"},
		{"land", "uk", "GB"},
		{"land", "DEU", "DE"},
		{"land", "côte d'ivoire", "CI"},
		{"land", "Deutschland", "DE"},
		{"tongue", "Deutsch", "de"},
		{"tongue", "PT-br", "pt-BR"},
		{"parent", parent.ID.String(), parent.ID.String()},
		{"parent", strings.ToLower(parent.ID.String()), parent.ID.String()},
		{"parent", v{"id": parent.ID.String()}, parent.ID.String()},
		{"parent", parent.ID, parent.ID.String()},
		{"parent", " pÄrent ", parent.ID.String()},
		{"labels", "VIP", []any{v{"type": nil, "value": "VIP"}}},
		{"labels", []any{"a", v{"value": "b", "type": "home"}, "", nil, v{"type": "work"}}, []any{v{"type": nil, "value": "a"}, v{"type": "home", "value": "b"}}},
		{"parts", []any{v{"thing": "parent", "amount": "3"}, v{"since": "2026-01-01"}}, []any{v{"thing": parent.ID.String(), "amount": "3", "since": nil}, v{"thing": nil, "amount": nil, "since": "2026-01-01"}}},
	} {
		values := v{"title": "Thing", c.key: c.in}
		rec, err := w.try(record.Draft{Values: values})
		if err != nil {
			t.Errorf("%s %q: %v", c.key, c.in, err)
			continue
		}
		if got := asJSON(t, rec)[c.key]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %q: %#v, want %#v", c.key, c.in, got, c.want)
		}
		// What is given out can be given back, and changes nothing.
		back := asJSON(t, rec)
		delete(back, "label")
		again, err := w.try(record.Draft{ID: rec.ID, Values: back})
		if err != nil || again.Version != rec.Version {
			t.Errorf("%s %q: given back it is version %v, %v", c.key, c.in, again, err)
		}
		// Empty text and null empty a field.
		for _, empty := range []any{nil, "", "  "} {
			if c.key == "title" {
				continue
			}
			gone, err := w.try(record.Draft{ID: rec.ID, Values: v{c.key: empty}})
			if err != nil || gone.Values[c.key] != nil {
				t.Errorf("%s set to %#v: %v, %v", c.key, empty, gone.Values[c.key], err)
			}
		}
	}
}

func TestValuesRefused(t *testing.T) {
	w := openThings(t)
	w.save(v{"title": "Twin"})
	w.save(v{"title": "twin"})
	for _, c := range []struct {
		key   string
		in    any
		fault string
		field string
	}{
		{"title", strings.Repeat("ß", 501), "record.tooLong", "title"},
		{"title", "\x00\u202e ", "record.required", "title"},
		{"title", []any{"a"}, "record.wrongType", "title"},
		{"title", 1.5, "record.wrongType", "title"},
		{"note", strings.Repeat("x", 200_001), "record.tooLong", "note"},
		{"mail", "nobody", "record.email", "mail"},
		{"mail", "@harbor.example", "record.email", "mail"},
		{"mail", "a@b@c.example", "record.email", "mail"},
		{"mail", "a b@c.example", "record.email", "mail"},
		{"mail", "a\u00a0b@c.example", "record.email", "mail"},
		{"mail", "a\u180e@c.example", "record.email", "mail"},
		{"mail", "a@c..example", "record.email", "mail"},
		{"mail", "a@-c.example", "record.email", "mail"},
		{"mail", "a@c.example>", "record.email", "mail"},
		{"mail", "a@c.example?x=y", "record.email", "mail"},
		{"mail", strings.Repeat("a", 65) + "@c.example", "record.email", "mail"},
		{"site", "javascript:alert(1)", "record.url", "site"},
		{"site", "file:///etc/passwd", "record.url", "site"},
		{"site", "nothing", "record.url", "site"},
		{"site", "a b.example", "record.url", "site"},
		{"count", "1,5", "money.notNumber", "count"},
		{"count", "1.234", "money.tooManyDigits", "count"},
		{"count", "1e5", "money.notNumber", "count"},
		{"count", "99999999999999999999", "money.tooLarge", "count"},
		{"price", "0.001", "money.tooManyDigits", "price"},
		{"priceCurrency", "EURO", "record.currency", "priceCurrency"},
		{"priceCurrency", "XXX", "record.currency", "priceCurrency"},
		{"day", "2026-02-29", "record.date", "day"},
		{"day", "31.01.2026", "record.date", "day"},
		{"day", "0000-01-01", "record.date", "day"},
		{"at", "soon", "record.instant", "at"},
		{"done", "maybe", "record.yesno", "done"},
		{"size", "huge", "record.choice", "size"},
		{"land", "Atlantis", "record.country", "land"},
		{"land", "ZZ", "record.country", "land"},
		{"tongue", "Elvish", "record.language", "tongue"},
		{"parent", "nobody of that name", "record.noLink", "parent"},
		{"parent", "0000000000009", "record.noLink", "parent"},
		{"parent", "twin", "record.manyLinks", "parent"},
		{"parent", json.Number("9"), "record.noLink", "parent"},
		{"labels", []any{v{"nope": 1}}, "record.noField", "labels[0].nope"},
		{"labels", []any{"ok", v{"type": "elsewhere", "value": "x"}}, "record.choice", "labels[1].type"},
		{"parts", []any{v{"thing": "twin"}}, "record.manyLinks", "parts[0].thing"},
		{"parts", []any{v{}, v{"since": "2026-01-01"}, v{"thing": "0000000000009"}}, "record.noLink", "parts[1].thing"},
		{"labels", make([]any, 1001), "record.tooMany", "labels"},
		{"nothing", "x", "record.noField", "nothing"},
	} {
		_, err := w.try(record.Draft{Values: v{"title": "Thing", c.key: c.in}})
		if err == nil {
			t.Errorf("%s %.40q: taken", c.key, fmt.Sprint(c.in))
			continue
		}
		if f := fault.Of(err); f.Code != fault.CodeInvalid || f.Key != c.fault || f.Field != c.field {
			t.Errorf("%s %.40q: %v, want %s at %s", c.key, fmt.Sprint(c.in), err, c.fault, c.field)
		}
	}
	// All faults of a draft are told at once, in the same order each time.
	_, err := w.try(record.Draft{Values: v{"mail": "x", "day": "y", "size": "z", "b": 1, "a": 1}})
	var fields []string
	for _, f := range fault.All(err) {
		fields = append(fields, f.Field)
	}
	if got := strings.Join(fields, " "); got != "a b mail day size" {
		t.Errorf("faults at %s", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, text := range []string{"", " a ", "a\r\nb", "\xff", "\u202e", "e\u0301", "\x00\x1f\x7f\u0085", "\u2028", "日本"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, lines bool) {
		clean := record.Clean(text, lines)
		if again := record.Clean(clean, lines); again != clean {
			t.Fatalf("%q: %q, then %q", text, clean, again)
		}
		if strings.ContainsAny(clean, "\x00\r\u202e\u2066\u2028") || !lines && strings.ContainsAny(clean, "\n\t") {
			t.Fatalf("%q: %q", text, clean)
		}
	})
}
