package contacts_test

import (
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

func TestLetter(t *testing.T) {
	h := apptest.Open(t) // a seller in Germany whose workspace speaks English
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon GmbH", "language": "de", "addresses": []any{
		v{"type": "billing", "street": "Postfach 7", "postcode": "20001", "city": "Hamburg", "country": "DE"},
		v{"type": "post", "street": "Hafenstraße 1", "postcode": "20095", "city": "Hamburg", "country": "DE", "line2": "Tor 7"},
	}})
	far := h.Make(h.Contacts.Company, v{"name": "Lumière", "language": "fr", "street": "25 rue de l'Église", "postcode": "33380", "city": "Mios", "country": "FR"})
	person := func(values v) record.Change { return h.Make(h.Contacts.Person, values) }
	ada := person(v{"name": "Frau Dr. Ada Müller", "company": falcon.Record.ID})
	for name, c := range map[string]struct {
		party             record.Change
		purpose, language string
		want              string
	}{
		"a company":                  {falcon, "", "", "Sehr geehrte Damen und Herren,|Falcon GmbH|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"its bills":                  {falcon, "billing", "", "Sehr geehrte Damen und Herren,|Falcon GmbH|Postfach 7|20001 Hamburg"},
		"no delivery of its own":     {falcon, "delivery", "en", "Dear Sir or Madam,|Falcon GmbH|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"abroad":                     {far, "", "", "Madame, Monsieur,|Lumière|25 rue de l'Église|33380 MIOS|FRANCE"},
		"at work":                    {ada, "", "", "Sehr geehrte Frau Dr. Müller,|Falcon GmbH|Frau Dr. Ada Müller|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"in another tongue":          {ada, "", "fr", "Madame,|Falcon GmbH|Dr. Ada Müller|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"of their own language":      {person(v{"name": "Ms Zoë Nguyễn", "language": "en", "company": falcon.Record.ID}), "", "", "Dear Ms Nguyễn,|Falcon GmbH|Zoë Nguyễn|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"neutral":                    {person(v{"name": "Kim Lee", "language": "de"}), "", "", "Guten Tag Kim Lee,|Kim Lee"},
		"familiar":                   {person(v{"name": "Herr Paul Groß", "language": "de", "familiar": true}), "", "", "Lieber Paul,|Herrn Paul Groß"},
		"written by hand":            {person(v{"name": "Kim Lee", "greeting": "Moin Kim,"}), "", "", "Moin Kim,|Kim Lee"},
		"only an e-mail":             {person(v{"email": "x@x.example"}), "", "", "Dear Sir or Madam,|x@x.example"},
		"home is private":            {person(v{"name": "Mr Max Home", "company": falcon.Record.ID, "addresses": []any{v{"type": "home", "street": "Weg 1", "postcode": "1030", "city": "Wien", "country": "AT"}}}), "", "en", "Dear Mr Home,|Falcon GmbH|Max Home|Tor 7|Hafenstraße 1|20095 Hamburg"},
		"unless asked for":           {person(v{"name": "Mr Max Home", "company": falcon.Record.ID, "addresses": []any{v{"type": "home", "street": "Weg 1", "postcode": "1030", "city": "Wien", "country": "AT"}}}), "home", "en", "Dear Mr Home,|Max Home|Weg 1|1030 WIEN|AUSTRIA"},
		"an office of their own":     {person(v{"name": "Mr Max Out", "company": falcon.Record.ID, "addresses": []any{v{"type": "post", "street": "Weg 2", "postcode": "1030", "city": "Wien", "country": "AT"}}}), "", "en", "Dear Mr Out,|Falcon GmbH|Max Out|Weg 2|1030 WIEN|AUSTRIA"},
		"a private customer at home": {person(v{"name": "Mr Max Home", "addresses": []any{v{"type": "home", "street": "Weg 1", "postcode": "20095", "city": "Hamburg"}}}), "", "en", "Dear Mr Home,|Max Home|Weg 1|20095 Hamburg"},
	} {
		l, err := h.Contacts.Letter(h.Ctx, h.DB.Reader(), c.party.Record, c.purpose, c.language)
		if got := l.Greeting + "|" + strings.Join(l.Envelope, "|"); err != nil || got != c.want {
			t.Errorf("%s: %s\n want %s, %v", name, got, c.want, err)
		}
	}
}

func TestHouseholds(t *testing.T) {
	h := apptest.Open(t)
	home := h.Make(h.Contacts.Company, v{"name": "Familie Groß", "form": "household", "language": "de", "kinds": []any{"customer"}})
	greeting := func() string {
		t.Helper()
		l, err := h.Contacts.Letter(h.Ctx, h.DB.Reader(), home.Record, "", "")
		if err != nil {
			t.Fatal(err)
		}
		return l.Greeting
	}
	if got := greeting(); got != "Sehr geehrte Damen und Herren," {
		t.Errorf("of nobody: %s", got)
	}
	h.Make(h.Contacts.Person, v{"name": "Frau Ada Groß", "company": home.Record.ID})
	h.Make(h.Contacts.Person, v{"name": "Herr Max Groß", "company": home.Record.ID})
	if got := greeting(); got != "Sehr geehrte Frau Groß, sehr geehrter Herr Groß," {
		t.Errorf("of two: %s", got)
	}
	h.Make(h.Contacts.Person, v{"name": "Kim Groß", "roles": []any{v{"company": home.Record.ID, "until": "2020-01-01"}}})
	if got := greeting(); got != "Sehr geehrte Frau Groß, sehr geehrter Herr Groß," {
		t.Errorf("of two and one who moved out: %s", got)
	}
	h.Make(h.Contacts.Person, v{"name": "Eva Groß", "company": home.Record.ID})
	if got := greeting(); got != "Sehr geehrte Damen und Herren," {
		t.Errorf("of three: %s", got)
	}
	page, err := h.Records.List(h.Ctx, h.DB.Reader(), h.Contacts.Company, record.Query{Where: filter(t, `form = "household" and kinds = "customer"`)})
	if err != nil || len(page.Records) != 1 {
		t.Errorf("%d households, %v", len(page.Records), err)
	}
}

func filter(t *testing.T, text string) record.Filter {
	t.Helper()
	f, err := record.ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhoToCall(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon", "phones": []any{v{"type": "fax", "value": "040 9"}, v{"value": "040 1"}}})
	want := func(line string) {
		t.Helper()
		call, err := h.Contacts.Call(h.Ctx, h.DB.Reader(), falcon.Record)
		if err != nil || call.Line != line {
			t.Errorf("%q, want %q, %v", call.Line, line, err)
		}
	}
	want("Falcon, 040 1")
	at := func(contact string) []any {
		return []any{v{"company": falcon.Record.ID, "role": "Sales", "contact": contact}}
	}
	h.Make(h.Contacts.Person, v{"name": "Nora Numberless", "roles": at("")})
	want("Nora Numberless (Sales), 040 1")
	ada := h.Make(h.Contacts.Person, v{"name": "Dr. Ada King", "roles": at(""), "hours": "Mon–Fri 9–12", "phones": []any{v{"type": "fax", "value": "040 8"}, v{"type": "home", "value": "040 7"}, v{"type": "work", "value": "040 2"}}})
	want("Dr. Ada King (Sales), 040 2, Mon–Fri 9–12")
	h.Make(h.Contacts.Person, v{"name": "Old Hand", "phone": "040 3", "roles": []any{v{"company": falcon.Record.ID, "contact": "main", "until": "2026-03-03"}}})
	h.Make(h.Contacts.Person, v{"name": "Second Person", "phone": "040 4", "roles": at("deputy")})
	want("Second Person (Sales), 040 4")
	main := h.Make(h.Contacts.Person, v{"name": "Main Person", "email": "main@falcon.example", "channel": "email", "roles": at("main")})
	want("Main Person (Sales), main@falcon.example, 040 1")
	h.Do(h.Records.Delete, h.Contacts.Person, record.Draft{ID: main.Record.ID})
	want("Second Person (Sales), 040 4")
	call, err := h.Contacts.Call(h.Ctx, h.DB.Reader(), ada.Record)
	if err != nil || call.Line != "Dr. Ada King (Sales), 040 2, Mon–Fri 9–12" || call.ID != ada.Record.ID {
		t.Errorf("%+v, %v", call, err)
	}
}

// TestBadContacts: what nobody can mean is refused with a sentence, or cleaned.
func TestBadContacts(t *testing.T) {
	h := apptest.Open(t)
	for name, c := range map[string]struct {
		kind       *record.Kind
		values     v
		key, field string
	}{
		"a name of 10,000 characters":    {h.Contacts.Person, v{"name": strings.Repeat("x", 10_000)}, "record.tooLong", "name"},
		"a company of 10,000 characters": {h.Contacts.Company, v{"name": strings.Repeat("ä", 10_000)}, "record.tooLong", "name"},
		"a name that nobody sees":        {h.Contacts.Person, v{"name": "\u200b\u202e\u3164"}, "record.required", "name"},
		"a company that nobody sees":     {h.Contacts.Company, v{"name": "\u2800\u200d"}, "record.required", "name"},
		"a birthday that is no day":      {h.Contacts.Person, v{"name": "A B", "birthday": "1990-02-30"}, "record.date", "birthday"},
		"a birthday to come":             {h.Contacts.Person, v{"name": "A B", "birthday": "2026-03-05"}, "rule.birthdayAhead", "birthday"},
		"a party type that is none":      {h.Contacts.Company, v{"name": "A", "kinds": []any{"friend"}}, "record.choice", "kinds[0].kind"},
		"a form that is none":            {h.Contacts.Company, v{"name": "A", "form": "club"}, "record.choice", "form"},
		"needs as long as a book":        {h.Contacts.Person, v{"name": "A B", "needs": strings.Repeat("x", 5001)}, "record.tooLong", "needs"},
		"a greeting as long as a letter": {h.Contacts.Person, v{"name": "A B", "greeting": strings.Repeat("x", 201)}, "record.tooLong", "greeting"},
		"looked after by nobody":         {h.Contacts.Person, v{"name": "A B", "assigned": "Somebody Else"}, "record.noLink", "assigned"},
		"more e-mails than there can be": {h.Contacts.Person, v{"name": "A B", "emails": make([]any, 1001)}, "record.tooMany", "emails"},
		"a channel that is none":         {h.Contacts.Person, v{"name": "A B", "channel": "pigeon"}, "record.choice", "channel"},
	} {
		_, err := h.Try(h.Records.Save, c.kind, record.Draft{Values: c.values})
		if f := fault.Of(err); f == nil || f.Key != c.key || f.Field != c.field {
			t.Errorf("%s: %v, want %s at %s", name, err, c.key, c.field)
		}
	}
	odd := h.Make(h.Contacts.Person, v{"name": "A\u202eda\x07 K🙂ing\n", "kinds": []any{"customer", "supplier", "customer"}, "assigned": "Ines Okafor", "birthday": "2026-03-04"})
	if got := odd.Record; got.Title() != "Ada K🙂ing" || len(got.Values.Rows("kinds")) != 2 || got.Values.ID("assigned") != h.Owner {
		t.Errorf("%v", got.Values)
	}
	for _, key := range []string{"name", "greeting", "familiar", "channel", "hours", "birthday", "language", "needs", "interests", "howMet", "kinds", "emails", "addresses"} {
		if !h.Contacts.Person.Field(key).Personal {
			t.Errorf("%s of a person is personal", key)
		}
	}
}
