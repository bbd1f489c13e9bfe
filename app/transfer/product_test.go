package transfer_test

import (
	"bytes"
	"fmt"
	"testing"

	"kontor/app/transfer"
)

// TestAnotherKindNeedsNoCode: products come in and go out by their description
// alone.
func TestAnotherKindNeedsNoCode(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("artikel.csv", csv(
		"Artikelnummer;Artikelbezeichnung;Warengruppe;Einheit;VK netto;MwSt-Satz;Aktiv",
		"007;Tray;Cables;pcs;1.234,5678 €;19 %;ja",
		"008;Hook;Cables;pcs;0,125;7;nein",
	), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 2})
	p := o.only("product", `number = "007"`)
	if p.Values["name"] != "Tray" || p.Values["currency"] != "EUR" || p.Values["active"] != true {
		t.Errorf("got %v", p.Values)
	}
	for _, format := range []string{transfer.XLSX, transfer.CSV} {
		data := o.export(transfer.Export{Kind: "product", Format: format, Language: "de"})
		wantCounts(t, o.importAll("own."+format, data, transfer.Options{}), transfer.Counts{Unchanged: 2})
	}
}

// TestManyPeopleOfFewCompanies: a company is made once, by the first row that
// names it.
func TestManyPeopleOfFewCompanies(t *testing.T) {
	o := newOffice(t)
	const people, companies = 5_000, 200
	var b bytes.Buffer
	b.WriteString("First name,Last name,Email,Company,Company City\n")
	for i := range people {
		fmt.Fprintf(&b, "Ada,Nr%d,a%d@x.example,Firm %d,City %d\n", i, i, i%companies, i%companies)
	}
	r := o.importAll("people.csv", b.Bytes(), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: people})
	if c := r.Records["company"]; c.Created != companies || c.Updated+c.Unchanged != 0 {
		t.Errorf("companies %+v", c)
	}
	wantCounts(t, o.importAll("people.csv", b.Bytes(), transfer.Options{}), transfer.Counts{Unchanged: people})
}
