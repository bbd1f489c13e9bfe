package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/record"
	"kontor/app/transfer"
	"kontor/storage"
)

// ownFields adds one field of each type to companies.
func ownFields(o *office) {
	o.t.Helper()
	for _, values := range []map[string]any{
		{"label": "Vertriebsweg", "type": "text"},
		{"label": "Story", "type": "longtext"},
		{"label": "Maschinen", "type": "number", "digits": "2"},
		{"label": "Budget", "type": "money"},
		{"label": "Vertrag bis", "type": "date"},
		{"label": "Newsletter", "type": "yesno"},
		{"label": "Größe", "type": "choice", "options": list{"klein", "groß"}},
		{"label": "Sortimente", "type": "choices", "options": list{"Holz", "Farben; Lacke", "Stahl"}},
		{"label": "Mutter", "type": "link", "target": "company"},
		{"label": "Zweite Mail", "type": "email"},
		{"label": "Fax", "type": "phone"},
		{"label": "Portal", "type": "url"},
	} {
		values["kind"] = "company"
		err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
			_, err := o.app.Fields.Save(o.ctx, tx, record.Draft{Values: values})
			return err
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
}

// TestOwnFieldsGoOutAndIn: fields of the user's own are columns by their labels.
func TestOwnFieldsGoOutAndIn(t *testing.T) {
	for _, format := range []string{transfer.XLSX, transfer.CSV} {
		for _, language := range []string{"en", "de"} {
			t.Run(format+" "+language, func(t *testing.T) {
				o, empty := newOffice(t), newOffice(t)
				ownFields(o)
				ownFields(empty)
				company := o.app.Contacts.Company
				mother := o.save(company, map[string]any{"name": "Mother", "_budget": "-0.05", "_budget_currency": "USD"})
				o.save(company, map[string]any{
					"name": "Falcon", "_vertriebsweg": "=fair", "_story": "one\ntwo", "_maschinen": "12.5", "_budget": "1200", "_vertrag_bis": "2027-02-28", "_newsletter": false,
					"_grosse": "groß", "_sortimente": list{"Farben; Lacke", "Holz"}, "_mutter": mother.ID.String(), "_zweite_mail": "a@b.example", "_fax": "040 12", "_portal": "www.b.example",
				})
				data := o.export(transfer.Export{Kind: "company", Format: format, Language: language})
				wantCounts(t, o.importAll("own."+format, data, transfer.Options{}), transfer.Counts{Unchanged: 2})
				wantCounts(t, empty.importAll("own."+format, data, transfer.Options{}), transfer.Counts{Created: 2})
				wantCounts(t, empty.importAll("own."+format, data, transfer.Options{}), transfer.Counts{Unchanged: 2})
				if diff := cmp.Diff(o.shown("company"), empty.shown("company")); diff != "" {
					t.Errorf("came back otherwise:\n%s", diff)
				}
			})
		}
	}
}

// TestOwnFieldsOfAStrangersFile: columns are known by the labels, and a value that
// does not fit is told with its place.
func TestOwnFieldsOfAStrangersFile(t *testing.T) {
	o := newOffice(t)
	ownFields(o)
	r := o.importAll("kunden.csv", csv("Firma;Maschinen;Größe;Vertrag bis;Sortimente", "Falcon;12,5;GROSS;28.02.2027;Holz", "Osprey;viele;mittel;30.02.2027;Eisen"), transfer.Options{})
	if r.Counts.Created != 1 {
		t.Fatalf("%+v", r)
	}
	falcon := o.only("company", "_maschinen = 12.5")
	if got := fmt.Sprint(falcon.Values["_grosse"], falcon.Values["_vertrag_bis"], falcon.Values["_sortimente"]); got != "groß2027-02-28[map[value:Holz]]" {
		t.Errorf("got %s", got)
	}
}

// TestOwnFieldsOfQuotationsGoOut: lists of quotations are exported with the
// user's own columns.
func TestOwnFieldsOfQuotationsGoOut(t *testing.T) {
	o := newOffice(t)
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		_, err := o.app.Fields.Save(o.ctx, tx, record.Draft{Values: map[string]any{"kind": "quotation", "label": "Project", "type": "text"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o.save(o.app.Sales.Quotation, map[string]any{"subject": "Bar", "_project": "Harbour hall"})
	data := string(o.export(transfer.Export{Kind: "quotation", Format: transfer.CSV, Language: "en", Fields: []string{"subject", "_project"}}))
	if !strings.Contains(data, "Project") || !strings.Contains(data, "Harbour hall") {
		t.Errorf("got %q", data)
	}
}
