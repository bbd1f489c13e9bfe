package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/transfer"
)

var customers = csv(
	"Kundennummer;Firma;Straße;PLZ;Ort;Land;Telefon;E-Mail;Kunde seit;Umsatz",
	"K-001;Falcon Ceramics GmbH;Hafenstraße 1;01067;Dresden;Deutschland;0351 4567890;info@falcon.example;31.01.2020;1.234,56 €",
	"K-002;Łąka Foods Sp. z o.o.;ul. Długa 5;80-831;Gdańsk;PL;+48 58 1234567;kontakt@laka.example;01.02.2021;12,50",
	"K-003;Zenith AG;;;;CH;;;;",
)

func TestCustomersOfAGermanList(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("kunden.csv", customers, transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 3})
	c := o.only("company", `number = "K-001"`)
	for key, want := range map[string]any{
		"name": "Falcon Ceramics GmbH", "postcode": "01067", "city": "Dresden", "country": "DE", "customerSince": "2020-01-31",
		"revenue": int64(123456), "revenueCurrency": "EUR", "email": "info@falcon.example", "phone": "0351 4567890",
	} {
		if c.Values[key] != want {
			t.Errorf("%s is %v, want %v", key, c.Values[key], want)
		}
	}
	if r.Batch == 0 || r.Records["company"].Created != 3 {
		t.Errorf("batch %v, records %v", r.Batch, r.Records)
	}
	// The same file again changes nothing, under whatever name.
	again := o.importAll("kunden (1).csv", customers, transfer.Options{})
	wantCounts(t, again, transfer.Counts{Unchanged: 3})
	if again.Batch != 0 {
		t.Error("an import that changed nothing has a batch to undo")
	}
}

func TestOnMatch(t *testing.T) {
	changed := csv("Number,Company,City,Phone", "K-001,Falcon Ceramics GmbH,Meißen,", "K-003,Zenith AG,Zürich,+41 44 1234567", "K-009,New Ltd,Leeds,")
	for _, c := range []struct {
		onMatch string
		want    transfer.Counts
		city    string // of K-001
	}{
		{"", transfer.Counts{Updated: 2, Created: 1}, "Meißen"},
		{transfer.OnMatchFill, transfer.Counts{Updated: 1, Unchanged: 1, Created: 1}, "Dresden"},
		{transfer.OnMatchSkip, transfer.Counts{Skipped: 2, Created: 1}, "Dresden"},
		{transfer.OnMatchCreate, transfer.Counts{Failed: 2, Created: 1}, "Dresden"}, // the number belongs to one company
	} {
		t.Run(c.onMatch, func(t *testing.T) {
			o := newOffice(t)
			o.importAll("kunden.csv", customers, transfer.Options{})
			r := o.importAll("changed.csv", changed, transfer.Options{OnMatch: c.onMatch})
			wantCounts(t, r, c.want)
			k := o.only("company", `number = "K-001"`)
			if k.Values["city"] != c.city || k.Values["phone"] != "0351 4567890" {
				t.Errorf("K-001 is in %v with %v", k.Values["city"], k.Values["phone"])
			}
			if c.onMatch == "" || c.onMatch == transfer.OnMatchFill {
				if z := o.only("company", `number = "K-003"`); z.Values["city"] != "Zürich" || z.Values["country"] != "CH" {
					t.Errorf("K-003 is %v", z.Values)
				}
			}
		})
	}
}

func TestUndoGivesBackWhatWas(t *testing.T) {
	o := newOffice(t)
	o.importAll("kunden.csv", customers, transfer.Options{})
	r := o.importAll("changed.csv", csv("Number,Company,City", "K-001,Falcon,Meißen", "K-009,New Ltd,Leeds"), transfer.Options{})
	undone, err := o.app.History.Undo(o.ctx, r.Batch, false)
	if err != nil || len(undone.Conflicts) > 0 || undone.Undone != 2 {
		t.Fatalf("undo: %+v %v", undone, err)
	}
	if k := o.only("company", `number = "K-001"`); k.Values["city"] != "Dresden" || k.Values["name"] != "Falcon Ceramics GmbH" {
		t.Errorf("undone: %v", k.Values)
	}
	if len(o.list("company", "")) != 3 {
		t.Error("a company that the import made is still there")
	}
}

func TestPeopleWithTheirCompanies(t *testing.T) {
	o := newOffice(t)
	o.importAll("kunden.csv", customers, transfer.Options{})
	r := o.importAll("kontakte.csv", csv(
		"Anrede;Titel;Vorname;Nachname;Firma;Position;E-Mail;Telefon;Handy;Fax",
		"Frau;Dr.;Ada;King;Falcon Ceramics GmbH;Leitung;ada@falcon.example;0351 111111;0171 2222222;0351 333333",
		"Herr;;Bo;Lind;Neue Firma AB;;bo@neu.example;;;",
		"Herr;;Carl;Lind;Neue Firma AB;;carl@neu.example;;;",
		"Frau;;Dora;Nord;;;dora@nord.example;;;",
	), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 4})
	if c := r.Records["company"]; c.Created != 1 || c.Unchanged != 1 {
		t.Errorf("companies: %+v", c)
	}
	ada := o.only("person", `email = "ada@falcon.example"`)
	if ada.Values["salutation"] != "ms" || ada.Values["title"] != "Dr." || ada.Values["role"] != "Leitung" || ada.Values.ID("company") != o.only("company", `number = "K-001"`).ID {
		t.Errorf("Ada is %v", ada.Values)
	}
	if phones := ada.Values.Rows("phones"); len(phones) != 3 || phones[1]["type"] != "mobile" || phones[2]["type"] != "fax" {
		t.Errorf("Ada's phones: %v", phones)
	}
	if n := len(o.list("person", `company.name = "Neue Firma AB"`)); n != 2 {
		t.Errorf("%d people at the new company", n)
	}
}

func TestRowsThatFailStopNothing(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("mixed.csv", csv(
		"Number,Company,Email,Customer since,Revenue,Phone,Country",
		"1,Good Ltd,good@x.example,2020-01-31,10,,GB",
		"2,Bad mail Ltd,nobody,2020-01-31,10,,GB",
		"3,Bad date Ltd,,2020-02-31,10,,GB",
		"4,Bad number Ltd,,,ten,,GB",
		"5,,none@x.example,,,,GB",
		"6,Lost Ltd,,,,4.92E+11,GB",
		"7,Odd phone Ltd,,,,ask Peter,GB",
		"8,Nowhere Ltd,,,,,Atlantis",
		"9,Two wrongs Ltd,nobody,,x,,GB",
	), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 2, Failed: 7})
	var seen []string
	for _, e := range r.Errors {
		seen = append(seen, strings.Join([]string{e.Sheet, e.Column, e.Value}, "|"))
		if e.Row < 3 || e.Problem == "" || strings.Contains(e.Problem, "{{") {
			t.Errorf("error %+v", e)
		}
	}
	if got := strings.Join(seen, "\n"); !strings.Contains(got, "|Email|nobody") || !strings.Contains(got, "|Customer since|2020-02-31") ||
		!strings.Contains(got, "|Revenue|ten") || !strings.Contains(got, "|Phone|4.92E+11") || !strings.Contains(got, "|Country|Atlantis") {
		t.Errorf("errors:\n%s", got)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Row != 8 || r.Warnings[0].Value != "ask Peter" {
		t.Errorf("warnings %v", r.Warnings)
	}
}

func TestQuestionsHoldEverythingBack(t *testing.T) {
	o := newOffice(t)
	content := csv("Number,Company,Kunde seit,Umsatz", "1,A,03/04/2020,1.234", "2,B,05/06/2021,5.678")
	s := o.open("doubt.csv", content, transfer.Options{})
	state, err := s.State("en")
	if err != nil || len(state.Questions) != 2 {
		t.Fatalf("questions %v %v", state.Questions, err)
	}
	q := state.Questions[0]
	if q.Column != "Kunde seit" || q.Field != "customerSince" || strings.Join(q.Readings, " ") != "dmy mdy" || len(q.Evidence) == 0 || q.Evidence[0].Row != 2 {
		t.Errorf("question %+v", q)
	}
	if err := s.Apply(o.ctx); !fault.Is(err, fault.CodeConflict) {
		t.Errorf("apply with open questions: %v", err)
	}
	if err := s.Change(o.ctx, transfer.Options{Answers: map[string]string{"Kunde seit": "dmy", "Umsatz": "purple"}}); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("a wrong answer: %v", err)
	}
	if err := s.Change(o.ctx, transfer.Options{Answers: map[string]string{"Kunde seit": "dmy", "Umsatz": "comma"}}); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, o.apply(s), transfer.Counts{Created: 2})
	if c := o.only("company", `number = "1"`); c.Values["customerSince"] != "2020-04-03" || c.Values["revenue"] != int64(123400) {
		t.Errorf("read as %v", c.Values)
	}
}

func TestDuplicatesInsideTheFile(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("twice.csv", csv(
		"Number,Company,City,Email",
		"1,First Ltd,Leeds,a@first.example",
		"1,First Ltd,York,",
		"1,First Ltd,York,",
		"2,Second Ltd,Bath,b@second.example",
		",Second Ltd,,b@second.example",
		",Nameless Ltd,Cork,",
		",Nameless Ltd,Cork,",
	), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 3, Updated: 1, Unchanged: 3})
	if c := r.Records["company"]; c.Created != 3 || c.Updated != 0 {
		t.Errorf("records %+v", r.Records)
	}
	if c := o.only("company", `number = "1"`); c.Values["city"] != "York" {
		t.Errorf("the later row does not count: %v", c.Values)
	}
	if len(r.Warnings) != 4 || r.Warnings[0].Row != 3 {
		t.Errorf("warnings %v", r.Warnings)
	}
}

func TestPeopleWhoShareAnAddress(t *testing.T) {
	o := newOffice(t)
	family := csv("First name,Last name,Email", "Ada,King,info@shop.example", "Bo,Lind,info@shop.example")
	r := o.importAll("family.csv", family, transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 2})
	if len(r.Warnings) == 0 {
		t.Error("nobody is told")
	}
	wantCounts(t, o.importAll("family.csv", family, transfer.Options{}), transfer.Counts{Unchanged: 2})
	// Who asks for the address gets it.
	r = o.importAll("family.csv", csv("First name,Last name,Email", "Cy,Moss,info@shop.example"), transfer.Options{Match: []string{"email"}})
	wantCounts(t, r, transfer.Counts{Failed: 1}) // it is not clear which of them
}

func TestEveryEmailCounts(t *testing.T) {
	o := newOffice(t)
	people := csv("First name,Last name,Email,Email 2", "Ada,King,ada@work.example,ada@home.example")
	o.importAll("people.csv", people, transfer.Options{})
	r := o.importAll("other.csv", csv("Name,E-mail,Birthday", "Ada King,ADA@home.example,1990-05-06"), transfer.Options{Kind: "person"})
	wantCounts(t, r, transfer.Counts{Updated: 1})
	ada := o.only("person", "")
	if ada.Values["email"] != "ada@work.example" || len(ada.Values.Rows("emails")) != 2 || ada.Values["birthday"] != "1990-05-06" {
		t.Errorf("Ada is %v", ada.Values)
	}
}

func TestSeveralValuesInOneCell(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("many.csv", csv("Company;E-Mail;Telefon", `Falcon;"a@x.example, b@x.example; c@x.example";"0351 111111; 0351 222222"`), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 1})
	c := o.only("company", "")
	if len(c.Values.Rows("emails")) != 3 || len(c.Values.Rows("phones")) != 2 || c.Values["email"] != "a@x.example" {
		t.Errorf("got %v", c.Values)
	}
}

func TestMatchByNameAndCity(t *testing.T) {
	o := newOffice(t)
	o.importAll("a.csv", csv("Company,City,Phone", "Falcon,Leeds,", "Falcon,York,"), transfer.Options{})
	r := o.importAll("b.csv", csv("Company,City,Phone", "FALCON,york,+44 1904 123456"), transfer.Options{Match: []string{"name+city"}})
	wantCounts(t, r, transfer.Counts{Updated: 1})
	if _, err := o.tr.Open(o.ctx, "c.csv", csv("Company,City", "A,B"), transfer.Options{Match: []string{"vat"}}); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("a key without a column: %v", err)
	}
	// Without a key, names alone never overwrite.
	r = o.importAll("d.csv", csv("Company,City", "Falcon,Bath"), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 1})
}

// TestPlanListsFewProblems: a page of a plan carries the first ones and says how
// many more there are; the result of the import has them all.
func TestPlanListsFewProblems(t *testing.T) {
	o := newOffice(t)
	lines := []string{"Company;E-mail;Phone"}
	for i := range 300 {
		lines = append(lines, fmt.Sprintf("Bad %d;nobody;", i), fmt.Sprintf("Odd %d;a%d@x.example;call me", i, i))
	}
	s := o.open("many.csv", csv(lines...), transfer.Options{Kind: "company"})
	for _, listed := range []int{0, 200, 300, transfer.MaxProblems} {
		r, rows, err := s.Planned(o.ctx, "en", transfer.Page{Limit: 10, Problems: listed})
		if err != nil {
			t.Fatal(err)
		}
		want := min(listed, 300)
		if len(rows) != 10 || r.Failed != 300 || r.Created != 300 || len(r.Errors) != want || r.More != 300-want || len(r.Warnings) != want || r.MoreWarnings != 300-want {
			t.Errorf("%d listed: %d errors and %d more, %d warnings and %d more, %+v", listed, len(r.Errors), r.More, len(r.Warnings), r.MoreWarnings, r.Counts)
		}
	}
	if r := o.apply(s); len(r.Errors) != 300 || len(r.Warnings) != 300 || r.More+r.MoreWarnings != 0 {
		t.Errorf("after the import: %d errors, %d warnings", len(r.Errors), len(r.Warnings))
	}
}
