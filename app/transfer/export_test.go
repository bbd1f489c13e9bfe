package transfer_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/transfer"
	"kontor/storage"
)

// export writes a list into memory.
func (o *office) export(e transfer.Export) []byte {
	o.t.Helper()
	if e.Format == "" {
		e.Format = transfer.XLSX
	}
	p, err := o.tr.Prepare(o.ctx, e)
	if err != nil {
		o.t.Fatal(err)
	}
	f, err := p.File(o.ctx)
	if err != nil {
		o.t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		o.t.Error(err)
	}
	return data
}

// save makes a record.
func (o *office) save(k *record.Kind, values map[string]any) *record.Record {
	o.t.Helper()
	var made *record.Record
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		changes, err := o.app.Records.Save(o.ctx, tx, k, record.Draft{Values: values})
		if err == nil {
			made = changes[0].Record
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return made
}

type list = []any

// believable fills a workspace with what makes a round trip hard.
func believable(o *office) {
	company, person := o.app.Contacts.Company, o.app.Contacts.Person
	falcon := o.save(company, map[string]any{
		"name": "Falcon Ceramics GmbH", "number": "007", "revenue": "1234.50", "customerSince": "2020-01-31", "vat": "DE123456789", "language": "de",
		"emails": list{map[string]any{"type": "work", "value": "info@falcon.example"}, map[string]any{"type": "billing", "value": "pay@falcon.example"}},
		"phones": list{map[string]any{"value": "0351 4567890"}, map[string]any{"type": "other", "value": "0351 1; 2"}},
		"addresses": list{
			map[string]any{"type": "post", "street": "Hafenstraße 1\nHinterhaus", "postcode": "01067", "city": "Dresden", "country": "DE"},
			map[string]any{"type": "delivery", "street": "Tor | 3; \"Nord\"", "city": "Meißen"},
		},
		"website": "www.falcon.example",
	})
	other := o.save(company, map[string]any{"name": "=HYPERLINK(\"x\")", "city": "Łódź", "country": "PL"})
	o.save(company, map[string]any{"name": "Namesake", "city": "Leeds"})
	o.save(company, map[string]any{"name": "Namesake", "city": "York", "revenue": "-5"})
	o.save(person, map[string]any{
		"firstName": "Ada", "lastName": "von Arx", "title": "Dr.", "salutation": "ms", "birthday": "1990-05-06", "email": "ada@falcon.example",
		"roles": list{map[string]any{"company": falcon.ID, "role": "Chief", "since": "2020-01-01"}, map[string]any{"company": other.ID, "role": "Board"}},
	})
	o.save(person, map[string]any{"name": "Bo Lind", "company": falcon.ID, "phone": "+49 171 1234567"})
	o.save(person, map[string]any{"name": "Bo Lind"})
}

// shown is what a workspace holds, with links by title and without ids.
func (o *office) shown(kind string) []string {
	records := o.list(kind, "")
	links, err := o.app.Records.Links(o.ctx, o.app.DB.Reader(), records...)
	if err != nil {
		o.t.Fatal(err)
	}
	var show func(v any) string
	show = func(v any) string {
		switch v := v.(type) {
		case record.ID:
			return links[v].Title
		case []record.Values:
			var rows []string
			for _, row := range v {
				rows = append(rows, show(row))
			}
			return strings.Join(rows, " / ")
		case record.Values:
			var parts []string
			for _, key := range slices.Sorted(maps.Keys(v)) {
				parts = append(parts, key+"="+show(v[key]))
			}
			return strings.Join(parts, ", ")
		}
		return fmt.Sprint(v)
	}
	var all []string
	for _, r := range records {
		all = append(all, show(r.Values))
	}
	slices.Sort(all)
	return all
}

func TestRoundTrip(t *testing.T) {
	for _, format := range []string{transfer.XLSX, transfer.CSV} {
		for _, language := range []string{"en", "de"} {
			t.Run(format+" "+language, func(t *testing.T) {
				o := newOffice(t)
				believable(o)
				empty := newOffice(t)
				for _, kind := range []string{"company", "person"} {
					data := o.export(transfer.Export{Kind: kind, Format: format, Language: language})
					n := len(o.list(kind, ""))
					for _, asked := range []string{"", kind} { // the kind is recognised
						r := o.importAll("own."+format, data, transfer.Options{Kind: asked})
						wantCounts(t, r, transfer.Counts{Unchanged: n})
					}
					r := empty.importAll("own."+format, data, transfer.Options{})
					wantCounts(t, r, transfer.Counts{Created: n})
					r = empty.importAll("own."+format, data, transfer.Options{})
					wantCounts(t, r, transfer.Counts{Unchanged: n})
					if diff := cmp.Diff(o.shown(kind), empty.shown(kind)); diff != "" {
						t.Errorf("%s came back otherwise:\n%s", kind, diff)
					}
				}
			})
		}
	}
}

func TestTypedWorkbook(t *testing.T) {
	o := newOffice(t)
	believable(o)
	data := o.export(transfer.Export{
		Kind: "company", Language: "de", Fields: []string{"name", "number", "customerSince", "revenue", "createdAt", "emails"},
		Query: record.Query{Where: mustFilter(t, `number = "007"`), Sort: []string{"-name"}},
	})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "Firmen" {
		t.Errorf("sheets %v", got)
	}
	rows, err := f.GetRows("Firmen", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], "|"); got != "Name|Nummer|Kunde seit|Umsatz|Angelegt am|E-Mails" {
		t.Errorf("titles %s", got)
	}
	if len(rows) != 3 || rows[1][1] != "007" || rows[1][3] != "1234.5" || rows[1][5] != "Geschäftlich: info@falcon.example; Rechnung: pay@falcon.example" || rows[2][0] != "Summe" {
		t.Errorf("rows %q", rows)
	}
	if shown, err := f.GetCellValue("Firmen", "D2"); err != nil || shown != "1,234.50 EUR" {
		t.Errorf("the amount shows as %q: %v", shown, err)
	}
	if kind, err := f.GetCellType("Firmen", "B2"); err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("the number is of type %v: %v", kind, err)
	}
	if panes, err := f.GetPanes("Firmen"); err != nil || !panes.Freeze {
		t.Errorf("the header does not stay: %+v %v", panes, err)
	}
}

func mustFilter(t *testing.T, text string) record.Filter {
	t.Helper()
	f, err := record.ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestAmountsOfSeveralCurrencies: a sum of them would mean nothing.
func TestAmountsOfSeveralCurrencies(t *testing.T) {
	o := newOffice(t)
	o.save(o.app.Contacts.Company, map[string]any{"name": "A", "revenue": "5.50"})
	o.save(o.app.Contacts.Company, map[string]any{"name": "B", "revenue": "700", "revenueCurrency": "JPY"})
	data := o.export(transfer.Export{Kind: "company", Language: "en"})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := f.GetRows("Companies"); err != nil || len(rows) != 3 {
		t.Errorf("rows %q %v", rows, err)
	}
	wantCounts(t, o.importAll("own.xlsx", data, transfer.Options{}), transfer.Counts{Unchanged: 2})
}

func TestExportRefusals(t *testing.T) {
	o := newOffice(t)
	for _, e := range []transfer.Export{
		{Kind: "dragon", Format: "xlsx"},
		{Kind: "settings", Format: "xlsx"},
		{Kind: "company", Format: "pdf"},
		{Kind: "company", Format: "xlsx", Fields: []string{"shoe"}},
		{Kind: "company", Format: "xlsx", Query: record.Query{Sort: []string{"shoe"}}},
		{Kind: "company", Format: "xlsx", Query: record.Query{Where: mustFilter(t, `shoe = "x"`)}},
	} {
		if _, err := o.tr.Prepare(o.ctx, e); !fault.Is(err, fault.CodeInvalid) && !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("%+v: %v", e, err)
		}
	}
}
