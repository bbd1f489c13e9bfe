package search_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/app/record/search"
	"kontor/storage"
)

type v = map[string]any

func find(h *apptest.House, text, kind string, limit int) []search.Hit {
	h.Helper()
	hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), text, kind, limit)
	if err != nil {
		h.Fatalf("%q: %v", text, err)
	}
	return hits
}

func titles(hits []search.Hit) string {
	var all []string
	for _, hit := range hits {
		all = append(all, hit.Title)
	}
	return strings.Join(all, "|")
}

func TestFind(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{
		"name": "Łoś Möbel GmbH", "number": "000123", "emails": []any{"info@moebel.example", "rechnung@moebel.example"}, "phones": []any{"040 1234567", "+43 (0)1 987 65 43"},
		"postcode": "01067", "city": "Dresden", "street": "Große Straße 5", "vat": "DE 123 456 789",
	})
	h.Make(h.Contacts.Company, v{"name": "Harbour Wines", "phone": "+44 20 7946 0123", "city": "Leeds"})
	h.Make(h.Contacts.Company, v{"name": "Wines of the Harbour"})
	h.Make(h.Contacts.Person, v{"name": "Zoë O'Brien", "company": "Harbour Wines", "role": "Buyer"})
	h.Make(h.Contacts.Company, v{"name": "東京商事株式会社"})
	note := h.Make(h.Activities.Note, v{"text": "Called about the harbour order. Delivery before 2026-01-31.", "about": "Harbour Wines"})

	for _, c := range []struct{ text, kind, want string }{
		{"los mobel", "", "Łoś Möbel GmbH"},
		{"ŁOŚ", "", "Łoś Möbel GmbH"},
		{"mob", "", "Łoś Möbel GmbH"},
		{"grosse strasse", "", "Łoś Möbel GmbH"},
		{"000123", "", "Łoś Möbel GmbH"},
		{"01067", "", "Łoś Möbel GmbH"},
		{"01067 dres", "", "Łoś Möbel GmbH"},
		{"rechnung@moebel.example", "", "Łoś Möbel GmbH"},
		{"de 123 456", "", "Łoś Möbel GmbH"},
		{"040 1234567", "", "Łoś Möbel GmbH"},
		{"040/123-45 67", "", "Łoś Möbel GmbH"},
		{"+49 40 1234567", "", "Łoś Möbel GmbH"},
		{"0049 40 1234567", "", "Łoś Möbel GmbH"},
		{"+49 (0)40 12345", "", "Łoś Möbel GmbH"},
		{"1234567", "", "Łoś Möbel GmbH"},
		{"01 9876543", "", "Łoś Möbel GmbH"},
		{"+4319876543", "", "Łoś Möbel GmbH"},
		{"020 7946 0123", "", "Harbour Wines"},
		{"+442079460123", "", "Harbour Wines"},
		{"7946", "", "Harbour Wines"},
		{"harbour wines", "", "Harbour Wines|Wines of the Harbour"},
		{"harbour", "", "Harbour Wines|Wines of the Harbour|" + note.Record.Title()},
		{"harbour", "note", note.Record.Title()},
		{"harbour", "person", ""},
		{"harbour", "nothing", ""},
		{"2026-01-31", "", note.Record.Title()},
		{"obrien", "", ""},
		{"o'brien", "", "Zoë O'Brien"},
		{"zoe buyer", "", "Zoë O'Brien"},
		{"商事", "", "東京商事株式会社"},
		{"東京商", "", "東京商事株式会社"},
		{"harbour nowhere", "", ""},
		{"", "", ""},
		{"   ", "", ""},
		{"\"", "", ""},
		{"harbour\" OR \"x", "", ""},
		{"NEAR(harbour wines)", "", ""},
		{"terms:harbour", "", ""},
		{"*", "", ""},
		{"-harbour +wines", "", "Wines of the Harbour|Harbour Wines"},
		{"'; DROP TABLE search_doc; --", "", ""},
		{"\x00\xff\ufffe", "", ""},
		{strings.Repeat("harbour ", 2000), "", "Wines of the Harbour|Harbour Wines|" + note.Record.Title()},
		{strings.Repeat("x", 100_000), "", ""},
	} {
		if got := titles(find(h, c.text, c.kind, 20)); got != c.want {
			t.Errorf("%.60q in %q: %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}

func TestTheOldCompanyComesBeforeItsMails(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{"name": "Falcon Ceramics"})
	h.Make(h.Contacts.Company, v{"name": "Zenith", "email": "falcon@zenith.example"})
	var drafts []record.Draft
	for i := range 20_000 {
		drafts = append(drafts, record.Draft{Values: v{"text": fmt.Sprint("falcon again ", i)}})
	}
	h.Do(h.Records.Save, h.Activities.Note, drafts...)
	hits := find(h, "falc", "", 5)
	if got := titles(hits); got != "Falcon Ceramics|Zenith|falcon again 19999|falcon again 19998|falcon again 19997" {
		t.Errorf("found %s", got)
	}
}

func TestTheIndexFollows(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon", "city": "Leeds"})
	note := h.Make(h.Activities.Note, v{"text": "kestrel"})
	want := func(what string, counts map[string]int) {
		t.Helper()
		for text, n := range counts {
			if got := find(h, text, "", 20); len(got) != n {
				t.Errorf("%s: %q finds %d", what, text, len(got))
			}
		}
		problems, err := h.Search.Check(h.Ctx, h.DB.Reader())
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", what, problems, err)
		}
	}
	want("at first", map[string]int{"falcon": 1, "leeds": 1, "kestrel": 1})
	h.Set(company, v{"name": "Osprey"})
	h.Set(note, v{"text": "merlin"})
	want("after edits", map[string]int{"falcon": 0, "osprey": 1, "leeds": 1, "kestrel": 0, "merlin": 1})
	h.Set(company, v{"city": "York"})
	want("after another city", map[string]int{"leeds": 0, "york": 1, "osprey": 1})
	// A person has names in one index and texts in the other.
	person := h.Make(h.Contacts.Person, v{"name": "Ada Heron", "needs": "a taller desk"})
	h.Set(person, v{"name": "Ada Egret"})
	want("after another name", map[string]int{"heron": 0, "egret": 1, "taller": 1})
	h.Set(person, v{"needs": "a lower desk"})
	want("after other needs", map[string]int{"egret": 1, "taller": 0, "lower": 1})
	h.Set(person, v{"name": "Ada Stork", "needs": ""})
	want("after both", map[string]int{"egret": 0, "stork": 1, "lower": 0})
	h.Set(person, v{"needs": "two chairs"})
	want("after new needs", map[string]int{"stork": 1, "chairs": 1})
	h.Do(h.Records.Delete, company.Kind, record.Draft{ID: company.Record.ID})
	h.Do(h.Records.Delete, note.Kind, record.Draft{ID: note.Record.ID})
	h.Do(h.Records.Delete, person.Kind, record.Draft{ID: person.Record.ID})
	want("after delete", map[string]int{"osprey": 0, "york": 0, "merlin": 0})
	h.Do(h.Records.Restore, company.Kind, record.Draft{ID: company.Record.ID})
	want("after restore", map[string]int{"osprey": 1, "york": 1, "merlin": 0})
	recent, err := h.Search.Recent(h.Ctx, h.DB.Reader(), 5)
	if err != nil || titles(recent) != "Osprey" {
		t.Errorf("recent: %s, %v", titles(recent), err)
	}
}

func TestSnippets(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{"name": "Falcon", "street": "Große Straße 5", "city": "Leeds"})
	h.Make(h.Activities.Note, v{"text": strings.Repeat("word ", 100) + "the KESTREL <b>flies</b> " + strings.Repeat("far ", 100)})
	for text, want := range map[string]string{
		"grosse":       "\x02Große\x03 Straße 5",
		"gross stras":  "", // only the last word may be a beginning
		"falcon":       "",
		"falcon leed":  "\x02Leeds\x03",
		"grosse stras": "\x02Große\x03 \x02Straße\x03 5",
	} {
		got := ""
		if hits := find(h, text, "", 5); len(hits) > 0 {
			got = hits[0].Snippet
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	got := find(h, "kestrel", "", 5)[0].Snippet
	if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || !strings.Contains(got, "the \x02KESTREL\x03 <b>flies</b> far") || len([]rune(got)) > 150 {
		t.Errorf("snippet %q", got)
	}
}

// TestCheckTellsWhatIsAstray in every language.
func TestCheckTellsWhatIsAstray(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{"name": "Falcon"})
	err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		_, err := tx.Exec(h.Ctx, "DELETE FROM search_doc")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	problems, err := h.Search.Check(h.Ctx, h.DB.Reader())
	if err != nil || len(problems) == 0 {
		t.Fatalf("%v %v", problems, err)
	}
	for language, want := range map[string]string{
		"en": "The search does not match the records: of Companies, 1 are not found and 0 found ones are gone.",
		"de": "Die Suche passt nicht zu den Datensätzen: von Firmen werden 1 nicht gefunden, 0 gefundene gibt es nicht mehr.",
	} {
		if got := lang.Text(language, problems[0].Key, problems[0].Params); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestFiltersAmongTheWords: kinds and fields by their keys and by what people
// call them, in both languages; what names neither stays a word.
func TestFiltersAmongTheWords(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Company, v{"name": "Harbour Wines", "city": "Leeds", "country": "GB", "emails": []any{"a@wines.example", "b@cellar.example"}})
	h.Make(h.Contacts.Company, v{"name": "Harbour Motors", "city": "Hamburg", "country": "DE", "customerSince": "2024-05-03"})
	h.Make(h.Contacts.Person, v{"name": "Ada Harbour", "company": "Harbour Wines", "role": "Buyer", "city": "Hamburg"})
	h.Make(h.Contacts.Person, v{"name": "Ben Harbour", "company": "Harbour Motors", "role": "Head of Sales"})
	h.Make(h.Activities.Note, v{"text": "harbour at 10:30, see ratio:2"})
	for _, c := range []struct{ text, kind, want string }{
		{"harbour kind:person", "", "Ben Harbour|Ada Harbour"},
		{"harbour art:Firma", "", "Harbour Motors|Harbour Wines"},
		{"harbour kind:companies", "", "Harbour Motors|Harbour Wines"},
		{"city:hamburg harbour", "", "Harbour Motors|Ada Harbour"},
		{"ort:hamb kind:person", "", "Ada Harbour"},
		{"kind:person city:Hamburg motors", "", ""},
		{"country:Germany", "company", "Harbour Motors"},
		{"land:Vereinigtes", "", ""},
		{`role:"head of"`, "", "Ben Harbour"},
		{"company:Harbour kind:person", "", "Ben Harbour|Ada Harbour"},
		{"emails:b@cellar", "", "Harbour Wines"},
		{"customerSince:2024-05-03", "", "Harbour Motors"},
		{"customerSince:never", "", ""},
		{"kind:person", "company", ""},
		{"kind:elephant harbour", "", ""},
		{"10:30", "", "harbour at 10:30, see ratio:2"},
		{"ratio:2", "", "harbour at 10:30, see ratio:2"},
	} {
		if got := titles(find(h, c.text, c.kind, 10)); got != c.want {
			t.Errorf("%q of %q: %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}
