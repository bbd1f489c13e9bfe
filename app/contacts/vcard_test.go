package contacts_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/kit/vcard"
	"kontor/app/record"
)

func take(t *testing.T, h *apptest.House, file string) contacts.Taken {
	t.Helper()
	taken, err := h.Contacts.TakeCards(h.Ctx, h.DB, "phone.vcf", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if taken.Created+taken.Updated+taken.Unchanged+taken.Failed != taken.Cards {
		t.Errorf("the counts do not add up: %+v", taken)
	}
	return taken
}

// TestPreviewCards: what is said of each card is what becomes of it.
func TestPreviewCards(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Person, record.Values{"name": "Ben Otieno", "emails": []any{map[string]any{"value": "ben@quarry.example"}}})
	file := phone + "BEGIN:VCARD\nFN:Ben Otieno\nEMAIL:ben@quarry.example\nTEL:+44 113 4960000\nEND:VCARD\n" +
		"BEGIN:VCARD\nFN:Ben Otieno\nEMAIL:ben@quarry.example\nORG:Quarry Stone\nEND:VCARD\nBEGIN:VCARD\nFN:Bad\nEMAIL:bad\nEND:VCARD\n" +
		"BEGIN:VCARD\nFN:Cy Moss\nEMAIL:cy@moss.example\nEND:VCARD\nBEGIN:VCARD\nFN:Cy Moss\nEMAIL:cy@moss.example\nEND:VCARD\n"
	look := func() string {
		t.Helper()
		found, cards, err := h.Contacts.PreviewCards(h.Ctx, h.DB.Reader(), "phone.vcf", []byte(file))
		if err != nil || cards != len(found) {
			t.Fatal(cards, err)
		}
		var lines []string
		for _, row := range found {
			lines = append(lines, strings.TrimRight(fmt.Sprintf("%s %s: %s %s", row.Kind, row.Name, row.Becomes, strings.Join(row.Changes, "+")), " "))
		}
		return strings.Join(lines, "\n")
	}
	fresh := look()
	if !strings.HasPrefix(fresh, "person Dr. Ada von Arx: new\n") || !strings.HasSuffix(fresh, "\nperson Ben Otieno: grows phones\nperson Ben Otieno: grows roles\nperson Bad: failed\nperson Cy Moss: new\nperson Cy Moss: again") {
		t.Errorf("at first:\n%s", fresh)
	}
	taken := take(t, h, file)
	for _, line := range strings.Split(look(), "\n") {
		if !strings.HasSuffix(line, ": known") && !strings.HasSuffix(line, ": failed") {
			t.Errorf("after %s: %s", counts(taken), line)
		}
	}
	left, err := h.Contacts.TakeCards(h.Ctx, h.DB, "phone.vcf", []byte("BEGIN:VCARD\nFN:Out\nEND:VCARD\nBEGIN:VCARD\nFN:In\nEND:VCARD\n"), 1)
	if err != nil || left.Cards != 1 || left.Created != 1 || len(all(t, h, h.Contacts.Person, `name = "Out"`)) != 0 {
		t.Errorf("left out: %+v %v", left, err)
	}
}

func counts(t contacts.Taken) string {
	return fmt.Sprintf("%d created %d updated %d unchanged %d failed, %d companies %d notes %d pictures", t.Created, t.Updated, t.Unchanged, t.Failed, t.Companies, t.Notes, t.Pictures)
}

func all(t *testing.T, h *apptest.House, k *record.Kind, where string) []*record.Record {
	t.Helper()
	page, err := h.Records.List(h.Ctx, h.DB.Reader(), k, record.Query{Where: filter(t, where)})
	if err != nil {
		t.Fatal(err)
	}
	return page.Records
}

const phone = `BEGIN:VCARD
VERSION:3.0
N:von Arx;Ada;;Frau Dr.;
FN:Dr. Ada von Arx
ORG:Falcon Ceramics;Sales
TITLE:CEO
EMAIL;type=INTERNET;type=WORK:ada@falcon.example
TEL;type=CELL:+49 170 1234567
TEL;type=WORK,FAX:040 99
ADR;type=HOME:;Hof;Hafenstraße 1;Hamburg;;20095;Germany
BDAY:1985-04-12
NOTE:Prefers oak
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg
ORG:Falcon Ceramics
TEL;HOME:040 1234
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Falcon Ceramics
EMAIL:info@falcon.example
URL:https://www.falcon.example/
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bad Address
EMAIL:nobody
ORG:Never Made Ltd
END:VCARD
BEGIN:VCARD
VERSION:4.0
END:VCARD
`

func TestTakeCards(t *testing.T) {
	h := apptest.Open(t)
	first := take(t, h, phone)
	if got := counts(first); got != "2 created 1 updated 0 unchanged 2 failed, 1 companies 1 notes 1 pictures" {
		t.Errorf("%s: %+v", got, first.Problems)
	}
	for i, want := range []string{"Bad Address record.email 28", " record.required 34"} {
		if p := first.Problems[i]; fmt.Sprintf("%s %s %d", p.Name, p.Fault.Key, p.Line) != want {
			t.Errorf("problem %s %s %d, want %s", p.Name, p.Fault.Key, p.Line, want)
		}
	}
	companies := all(t, h, h.Contacts.Company, "")
	if len(companies) != 1 || companies[0].Values.String("email") != "info@falcon.example" {
		t.Errorf("companies %v", companies)
	}
	ada := all(t, h, h.Contacts.Person, `lastName = "von Arx"`)[0]
	got := ada.Values
	for key, want := range map[string]string{
		"firstName": "Ada", "title": "Dr.", "salutation": "ms", "role": "CEO", "birthday": "1985-04-12", "street": "Hafenstraße 1", "line2": "Hof", "postcode": "20095", "country": "DE",
	} {
		if got.String(key) != want {
			t.Errorf("%s is %q, want %q", key, got.String(key), want)
		}
	}
	if got.ID("company") != companies[0].ID || got.Rows("phones")[0].String("type") != "mobile" || got.Rows("phones")[1].String("type") != "fax" || got.Rows("addresses")[0].String("type") != "home" {
		t.Errorf("%v", got)
	}

	// The same file again changes nothing; more of somebody is added.
	if again := take(t, h, phone); counts(again) != "0 created 0 updated 3 unchanged 2 failed, 0 companies 0 notes 1 pictures" || again.Batch != 0 {
		t.Errorf("again: %s", counts(again))
	}
	more := take(t, h, "BEGIN:VCARD\nFN:Ada von Arx\nEMAIL:ADA@falcon.example\nEMAIL;TYPE=home:ada@home.example\nTEL:+49 (170) 1234567\nORG:Lumen AG\nTITLE:Advisor\nEND:VCARD")
	if got := counts(more); got != "0 created 1 updated 0 unchanged 0 failed, 1 companies 0 notes 0 pictures" {
		t.Errorf("more: %s", got)
	}
	rec, err := h.Contacts.Person.One(h.Ctx, h.DB.Reader(), ada.ID)
	if err != nil || len(rec.Values.Rows("emails")) != 2 || len(rec.Values.Rows("phones")) != 2 || len(rec.Values.Rows("roles")) != 2 || rec.Values.String("role") != "CEO" {
		t.Errorf("%v, %v", rec.Values, err)
	}

	// One batch takes back what one file did.
	if _, err := h.History.Undo(h.Ctx, more.Batch, false); err != nil {
		t.Fatal(err)
	}
	undone, err := h.History.Undo(h.Ctx, first.Batch, false)
	if err != nil || len(undone.Conflicts) != 0 {
		t.Errorf("%+v, %v", undone, err)
	}
	if left := append(all(t, h, h.Contacts.Person, ""), all(t, h, h.Contacts.Company, "")...); len(left) != 0 {
		t.Errorf("the undo leaves %v", left)
	}
}

func TestCardsMeetPeople(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Contacts.Person, v{"name": "Ben Moss", "email": "info@shop.example"})
	card := "BEGIN:VCARD\nFN:%s\nEMAIL:info@shop.example\nEND:VCARD\n"
	if got := counts(take(t, h, fmt.Sprintf(card, "Cy Twombly"))); !strings.HasPrefix(got, "1 created") {
		t.Errorf("a stranger with a shared address: %s", got)
	}
	if got := counts(take(t, h, fmt.Sprintf(card, "Ben Moss"))); !strings.HasPrefix(got, "0 created 0 updated 1 unchanged") {
		t.Errorf("of two, the one of the name: %s", got)
	}
	h.Make(h.Contacts.Person, v{"name": "Ben Moss", "email": "info@shop.example"})
	twice := take(t, h, fmt.Sprintf(card, "Ben Moss"))
	if twice.Failed != 1 || twice.Problems[0].Fault.Key != "rule.manyContacts" {
		t.Errorf("of two of the name: %+v", twice)
	}
	if _, err := h.Contacts.TakeCards(h.Ctx, h.DB, "list.csv", []byte("Name,Email")); fault.Of(err).Key != "rule.noCards" {
		t.Errorf("no cards: %v", err)
	}
	long := take(t, h, "BEGIN:VCARD\nFN:"+strings.Repeat("x", 10_000)+"\nEND:VCARD\nBEGIN:VCARD\nFN:A B\nTITLE:"+strings.Repeat("x", 200)+"\nORG:Too Long Ltd\nEND:VCARD\n")
	if long.Failed != 2 || long.Companies != 0 {
		t.Errorf("too long: %+v", long)
	}
	var b strings.Builder
	b.WriteString("BEGIN:VCARD\nFN:Many Addresses\n")
	for i := range 500 {
		fmt.Fprintf(&b, "EMAIL:a%d@many.example\n", i)
	}
	if got := take(t, h, b.String()+"END:VCARD"); got.Created != 1 {
		t.Errorf("500 e-mails: %+v", got)
	}
}

// What is given out comes in again without a change, in another workspace too.
func TestCardsRoundTrip(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon, Ltd; \"Ceramics\"", "emails": []any{v{"type": "billing", "value": "bill@falcon.example"}}, "website": "falcon.example", "language": "en"})
	person := h.Make(h.Contacts.Person, v{
		"name": "Frau Dr. Ada von Arx", "suffix": "PhD", "roles": []any{v{"company": company.Record.ID, "role": "CEO"}}, "birthday": "1985-04-12", "language": "de",
		"emails": []any{v{"type": "work", "value": "ada@falcon.example"}, v{"type": "home", "value": "ada@home.example"}}, "phones": []any{v{"type": "mobile", "value": "+49 170 1"}, v{"type": "fax", "value": "040 9"}},
		"addresses": []any{v{"type": "post", "street": "Hafenstraße 1\nTor 7", "line2": "Hof", "postcode": "20095", "city": "Hamburg", "region": "HH", "country": "DE"}},
	})
	cards, err := h.Contacts.Cards(h.Ctx, h.DB.Reader(), []*record.Record{company.Record, person.Record})
	if err != nil {
		t.Fatal(err)
	}
	file := string(vcard.Write(cards...))
	if got := counts(take(t, h, file)); got != "0 created 0 updated 2 unchanged 0 failed, 0 companies 0 notes 0 pictures" {
		t.Errorf("at home: %s", got)
	}
	other := apptest.Open(t)
	if got := counts(take(t, other, file)); got != "2 created 0 updated 0 unchanged 0 failed, 0 companies 0 notes 0 pictures" {
		t.Errorf("elsewhere: %s", got)
	}
	rec := all(t, other, other.Contacts.Person, "")[0]
	for _, key := range []string{"salutation", "title", "firstName", "lastName", "suffix", "birthday", "language", "street", "line2", "postcode", "city", "region", "country", "email", "phone", "role"} {
		if got, want := rec.Values.String(key), person.Record.Values.String(key); got != want {
			t.Errorf("%s comes back as %q, was %q", key, got, want)
		}
	}
	if again, err := other.Contacts.Cards(other.Ctx, other.DB.Reader(), []*record.Record{rec}); err != nil || again[0].Organization != cards[1].Organization {
		t.Errorf("%+v, %v", again, err)
	}
}
