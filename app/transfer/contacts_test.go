package transfer_test

import (
	"testing"

	"kontor/app/record"
	"kontor/app/transfer"
)

// TestContactsInFull: party types, forms of address and relations come in under
// the names that people give them, and go out and in again without a change.
func TestContactsInFull(t *testing.T) {
	o := newOffice(t)
	wantCounts(t, o.importAll("firmen.csv", csv(
		"Firma;Firmenart;Straße;Adresszusatz;PLZ;Ort;Form;Quelle",
		"Falcon GmbH;Kunde, Lieferant;Hafenstraße 1;Tor 7;20095;Hamburg;Firma;Messe",
		"Familie Groß;Interessent;Weg 1;;01067;Dresden;Privat;",
	), transfer.Options{Kind: "company"}), transfer.Counts{Created: 1, Failed: 1}) // types are set apart by semicolons
	wantCounts(t, o.importAll("firmen.csv", csv(
		"Firma;Firmenart;Straße;Adresszusatz;PLZ;Ort;Form;Quelle",
		`Falcon GmbH;"Kunde; Händler";Hafenstraße 1;Tor 7;20095;Hamburg;Firma;Messe`,
	), transfer.Options{Kind: "company"}), transfer.Counts{Created: 1})
	falcon := o.only("company", `kinds = "reseller"`)
	if v := falcon.Values; len(v.Rows("kinds")) != 2 || v.String("line2") != "Tor 7" || v.String("form") != "business" || v.String("howMet") != "Messe" {
		t.Errorf("%v", v)
	}
	if home := o.only("company", `form = "household"`); home.Values.Rows("kinds")[0].String("kind") != "prospect" {
		t.Errorf("%v", home.Values)
	}
	wantCounts(t, o.importAll("people.csv", csv(
		"Name,Email,Contact Type,First Name Terms,Preferred Contact Method,Best Time to Call,Hobbies,Letter Salutation",
		"Ada King,ada@x.example,Vendor,yes,Call,mornings,Chess,Dear old Ada,",
		"Max Moss,max@x.example,,,,,,",
	), transfer.Options{Kind: "person"}), transfer.Counts{Created: 2})
	if v := o.only("person", `kinds = "supplier"`).Values; v["familiar"] != true || v.String("channel") != "phone" || v.String("hours") != "mornings" || v.String("interests") != "Chess" || v.String("greeting") != "Dear old Ada" {
		t.Errorf("%v", v)
	}
	wantCounts(t, o.importAll("relations.csv", csv("Von;Art;Zu;Seit", "Ada King;leitet;Max Moss;2020-01-31", "Ada King;leitet;Falcon GmbH;"), transfer.Options{Kind: "relation"}), transfer.Counts{Created: 1, Failed: 1})
	for _, kind := range []string{"company", "person", "relation"} {
		n := len(o.list(kind, ""))
		for _, language := range []string{"en", "de"} {
			data := o.export(transfer.Export{Kind: kind, Format: transfer.XLSX, Language: language, Query: record.Query{}})
			wantCounts(t, o.importAll("own.xlsx", data, transfer.Options{Kind: kind}), transfer.Counts{Unchanged: n})
		}
	}
}

// TestAssignedByName: a colleague is found by name and never made by an import.
func TestAssignedByName(t *testing.T) {
	o := newOffice(t)
	result := o.importAll("x.csv", csv("Company,assigned", "Falcon,Ines Okafor", "Osprey,Nobody Known"), transfer.Options{Kind: "company"})
	wantCounts(t, result, transfer.Counts{Created: 1, Failed: 1})
	if len(result.Errors) != 1 || result.Errors[0].Column != "assigned" {
		t.Errorf("%v", result.Errors)
	}
	if v := o.only("company", "").Values; v.ID("assigned") == 0 {
		t.Errorf("%v", v)
	}
}
