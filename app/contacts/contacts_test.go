package contacts_test

import (
	"fmt"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

type v = map[string]any

func wantTaken(t *testing.T, err error, name string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || f.Code != fault.CodeConflict || f.Key != "rule.numberTaken" || f.Field != "number" || f.Params["name"] != name {
		t.Errorf("%v, want the number taken by %s", err, name)
	}
}

func TestNumbersAreUnique(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	first := h.Make(k, v{"name": "First", "number": "K-1"})
	_, err := h.Try(h.Records.Save, k, record.Draft{Values: v{"name": "Second", "number": " k-1 "}})
	wantTaken(t, err, "First")
	_, err = h.Try(h.Records.Save, k, record.Draft{Values: v{"name": "A", "number": "K-2"}}, record.Draft{Values: v{"name": "B", "number": "k-2"}})
	wantTaken(t, err, "A")
	second := h.Make(k, v{"name": "Second", "number": "K-2"})
	_, err = h.Try(h.Records.Save, k, record.Draft{ID: second.Record.ID, Values: v{"number": "K-1"}})
	wantTaken(t, err, "First")
	h.Do(h.Records.Save, k, record.Draft{ID: first.Record.ID, Values: v{"number": "k-1"}}) // its own, written differently

	// The bin does not count, but the way out of it is checked.
	h.Do(h.Records.Delete, k, record.Draft{ID: first.Record.ID})
	h.Do(h.Records.Save, k, record.Draft{ID: second.Record.ID, Values: v{"number": "K-1"}})
	_, err = h.Try(h.Records.Restore, k, record.Draft{ID: first.Record.ID})
	wantTaken(t, err, "Second")
	h.Do(h.Records.Save, k, record.Draft{ID: second.Record.ID, Values: v{"number": nil}})
	h.Do(h.Records.Restore, k, record.Draft{ID: first.Record.ID})
	h.Make(k, v{"name": "None"})
	h.Make(k, v{"name": "None either"})
}

func TestFiveHundredAddresses(t *testing.T) {
	h := apptest.Open(t)
	var emails []any
	for i := range 500 {
		emails = append(emails, v{"type": "work", "value": fmt.Sprintf("a%d@x.example", i)})
	}
	person := h.Make(h.Contacts.Person, v{"name": "Ada Lovelace", "emails": emails})
	rec, err := person.Kind.One(h.Ctx, h.DB.Reader(), person.Record.ID)
	if err != nil || len(rec.Values.Rows("emails")) != 500 || rec.Values.String("email") != "a0@x.example" {
		t.Errorf("%d e-mails, %v", len(rec.Values.Rows("emails")), err)
	}
	hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), "a499@x.example", "", 5)
	if err != nil || len(hits) != 1 {
		t.Errorf("found %v, %v", hits, err)
	}
}

func TestPersonNames(t *testing.T) {
	h := apptest.Open(t)
	p := h.Make(h.Contacts.Person, v{"name": "Frau Dr. Ada von Arx", "email": "ada@x.example"})
	if got := p.Record.Values; got.String("lastName") != "von Arx" || got.String("salutation") != "ms" || p.Record.Title() != "Ada von Arx" {
		t.Errorf("%v", got)
	}
	p = h.Do(h.Records.Save, p.Kind, record.Draft{ID: p.Record.ID, Values: v{"lastName": "Lovelace"}})[0]
	if p.Record.Title() != "Ada Lovelace" {
		t.Errorf("after another family name: %s", p.Record.Title())
	}
	if p := h.Make(h.Contacts.Person, v{"email": "nobody@x.example"}); p.Record.Title() != "nobody@x.example" {
		t.Errorf("somebody without a name is %q", p.Record.Title())
	}
	_, err := h.Try(h.Records.Save, h.Contacts.Person, record.Draft{Values: v{"salutation": "ms"}})
	if f := fault.Of(err); f == nil || f.Key != "record.required" || f.Field != "name" {
		t.Errorf("nobody at all: %v", err)
	}
	_, err = h.Try(h.Records.Save, h.Contacts.Person, record.Draft{Values: v{"name": "A B", "roles": []any{v{"role": "CEO", "since": "2026-01-02", "until": "2026-01-01"}}}})
	if f := fault.Of(err); f == nil || f.Key != "rule.roleEndsBeforeStart" {
		t.Errorf("a role that ends before it begins: %v", err)
	}
}

// TestPhoneFilters: a part of a number is found as people write it, and what is no
// number finds nobody.
func TestPhoneFilters(t *testing.T) {
	h := apptest.Open(t)
	for name, phone := range map[string]string{"A": "+49 40 1234567", "B": "0151 9876543", "C": "extension Paul"} {
		h.Make(h.Contacts.Company, v{"name": name, "phones": []any{v{"value": phone}}})
	}
	h.Make(h.Contacts.Company, v{"name": "D"})
	for where, want := range map[string]string{
		`phone ~ "1234"`:            "A",
		`phone ~ "040 1234"`:        "A",
		`phone ~ "+49 (40) 12"`:     "A",
		`phones ~ "5"`:              "AB",
		`phone ~ "zzz"`:             "",
		`phones ~ "zzz"`:            "",
		`phone ^ "zzz"`:             "",
		`phone = "zzz"`:             "",
		`phone = "040 1234567"`:     "A",
		`phone = "+49 151/9876543"`: "B",
		`phone ~ "paul"`:            "C",
		`phone = "Extension Paul"`:  "C",
		`phone is empty`:            "D",
	} {
		filter, err := record.ParseFilter(where)
		if err != nil {
			t.Fatal(err)
		}
		page, err := h.Records.List(h.Ctx, h.DB.Reader(), h.Contacts.Company, record.Query{Where: filter, Limit: 10, Sort: []string{"name"}})
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		got := ""
		for _, rec := range page.Records {
			got += rec.Title()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", where, got, want)
		}
	}
}
