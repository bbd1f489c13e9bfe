package transfer_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kontor/app/record"
	"kontor/app/transfer"
)

// workbook makes a workbook: sheets by name, cells by reference.
func workbook(t *testing.T, date1904 bool, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
		t.Fatal(err)
	}
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t *testing.T, f *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
}

func style(t *testing.T, f *excelize.File, sheet, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = f.SetCellStyle(sheet, cell, cell, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestWorkbookAsPeopleHaveThem: a title above the header, blank rows, the header
// on every page, serial dates, numbers that show zeros, amounts with a currency,
// a formula, merged cells, a second sheet.
func TestWorkbookAsPeopleHaveThem(t *testing.T) {
	for _, date1904 := range []bool{false, true} {
		o := newOffice(t)
		data := workbook(t, date1904, func(f *excelize.File) {
			header := []any{"Kundennummer", "Firma", "PLZ", "Ort", "Kunde seit", "Umsatz"}
			serial := 43861 // 2020-01-31
			if date1904 {
				serial -= 1462
			}
			put(t, f, "Sheet1", []any{"Kundenliste 2026"}, nil, header,
				[]any{7, "Falcon GmbH", 1067, "Dresden", serial, 1234.5},
				nil,
				[]any{"0008", "Lumen AG", "80331", "", "1.2.2021", -12.345},
				header,
				[]any{9, "Iris Ltd", "LS1", "Leeds", "", ""},
			)
			style(t, f, "Sheet1", "A4", "0000")
			style(t, f, "Sheet1", "C4", "00000")
			style(t, f, "Sheet1", "E4", "dd.mm.yyyy")
			style(t, f, "Sheet1", "F4", `#,##0.00 [$CHF]`)
			style(t, f, "Sheet1", "E6", "@")
			if _, err := f.NewSheet("Notes"); err != nil {
				t.Fatal(err)
			}
			put(t, f, "Notes", []any{"nothing", "here"})
		})
		s := o.open("list.xlsx", data, transfer.Options{Answers: map[string]string{"Kunde seit": "dmy"}})
		r := o.apply(s)
		wantCounts(t, r, transfer.Counts{Created: 3})
		falcon := o.only("company", `name = "Falcon GmbH"`).Values
		if falcon["number"] != "0007" || falcon["postcode"] != "01067" || falcon["customerSince"] != "2020-01-31" || falcon["revenue"] != int64(123450) || falcon["revenueCurrency"] != "CHF" {
			t.Errorf("1904 %v: %v", date1904, falcon)
		}
		lumen := o.only("company", `name = "Lumen AG"`).Values
		if lumen["number"] != "0008" || lumen["city"] != nil || lumen["customerSince"] != "2021-02-01" || lumen["revenue"] != int64(-1235) {
			t.Errorf("1904 %v: %v", date1904, lumen)
		}
		if len(r.Warnings) != 1 || r.Warnings[0].Row != 6 || r.Warnings[0].Column != "Umsatz" {
			t.Errorf("rounding is not told: %v", r.Warnings)
		}
	}
}

func TestSheetAndHeaderAreChosen(t *testing.T) {
	o := newOffice(t)
	data := workbook(t, false, func(f *excelize.File) {
		put(t, f, "Sheet1", []any{"x", "y"}, []any{"1", "2"}, []any{"3", "4"}, []any{"5", "6"})
		if _, err := f.NewSheet("Kunden"); err != nil {
			t.Fatal(err)
		}
		put(t, f, "Kunden", []any{"Stand", "heute"}, []any{"Firma", "Ort"}, []any{"Falcon", "Leeds"})
	})
	r := o.apply(o.open("list.xlsx", data, transfer.Options{Sheet: "Kunden", Header: 2}))
	wantCounts(t, r, transfer.Counts{Created: 1})
	// Without titles, by letters.
	r = o.apply(o.open("list.xlsx", data, transfer.Options{
		Sheet: "Sheet1", Header: -1, Kind: "company", Mapping: []transfer.Mapped{{Column: "A", Field: "number"}, {Column: "B", Field: "name"}},
	}))
	wantCounts(t, r, transfer.Counts{Created: 4})
}

func TestErrorCellsFailTheirRow(t *testing.T) {
	o := newOffice(t)
	data := workbook(t, false, func(f *excelize.File) {
		put(t, f, "Sheet1", []any{"Company", "Revenue"}, []any{"Falcon", 1}, []any{"Lumen", 2})
		if err := f.SetCellFormula("Sheet1", "B3", "1/0"); err != nil {
			t.Fatal(err)
		}
	})
	r := o.importAll("list.xlsx", data, transfer.Options{})
	if r.Created+r.Failed != 2 || r.Failed > 1 {
		t.Errorf("%+v %v", r.Counts, r.Errors)
	}
}

func TestTextFilesInEveryEncoding(t *testing.T) {
	for name, e := range map[string]encoding.Encoding{
		"utf-8": unicode.UTF8, "utf-8 with mark": unicode.UTF8BOM, "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "windows-1252": charmap.Windows1252,
	} {
		for _, delimiter := range []string{";", ",", "\t"} {
			o := newOffice(t)
			text := "Firma" + delimiter + "Straße" + delimiter + "Ort\nMüller & Söhne" + delimiter + "\"Größe\nHinterhaus\"" + delimiter + "Köln\nZwei" + delimiter + "Weg 1" + delimiter + "\n"
			data, err := e.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			wantCounts(t, o.apply(o.open("liste.csv", data, transfer.Options{})), transfer.Counts{Created: 2})
			if c := o.only("company", `city = "Köln"`).Values; c["name"] != "Müller & Söhne" || c["street"] != "Größe\nHinterhaus" {
				t.Errorf("%s %q: %v", name, delimiter, c)
			}
		}
	}
}

// TestNumbersAsTheyAreWritten: a column in one style each.
func TestNumbersAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		values []string
		want   []int64
	}{
		{[]string{"1.234,56", "12,5"}, []int64{123456, 1250}},
		{[]string{"1,234.56", "12.5"}, []int64{123456, 1250}},
		{[]string{"1 234,56", "1\u00a0234,56"}, []int64{123456, 123456}},
		{[]string{"1'234.50", "1’234.50"}, []int64{123450, 123450}},
		{[]string{"(12.00)", "12.00-"}, []int64{-1200, -1200}},
		{[]string{"€ 5.50", "5.50 EUR"}, []int64{550, 550}},
	} {
		o := newOffice(t)
		lines := []string{"Number\tCompany\tRevenue"}
		for i, v := range c.values {
			lines = append(lines, string(rune('1'+i))+"\tCompany\t"+v)
		}
		o.apply(o.open("list.tsv", csv(lines...), transfer.Options{}))
		for i, want := range c.want {
			if got := o.only("company", `number = "`+string(rune('1'+i))+`"`).Values["revenue"]; got != want {
				t.Errorf("%s is %v, want %d", c.values[i], got, want)
			}
		}
	}
}

func TestCurrenciesBesideAmounts(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("list.csv", csv("Number;Company;Revenue", "1;A;$ 5.50", "2;B;CHF 7.25", "3;C;kr 9.25"), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Created: 2, Failed: 1})
	if c := o.only("company", `number = "2"`).Values; c["revenueCurrency"] != "CHF" || c["revenue"] != int64(725) {
		t.Errorf("got %v", c)
	}
}

func TestAmbiguousRecordsFail(t *testing.T) {
	o := newOffice(t)
	for range 2 {
		o.save(o.app.Contacts.Company, map[string]any{"name": "Twin", "email": "info@twin.example"})
	}
	r := o.importAll("list.csv", csv("Company,Email,City", "Somebody,info@twin.example,Leeds"), transfer.Options{})
	wantCounts(t, r, transfer.Counts{Failed: 1})
	if r.Errors[0].Column != "Email" || r.Errors[0].Value != "info@twin.example" {
		t.Errorf("error %+v", r.Errors[0])
	}
}

// TestImportIsInHistoryTimelineAndSearch: a record from a sheet is one like any
// other, and its change knows the row.
func TestImportIsInHistoryTimelineAndSearch(t *testing.T) {
	o := newOffice(t)
	r := o.importAll("kunden.csv", customers, transfer.Options{})
	c := o.only("company", `number = "K-002"`)
	var row int
	var label string
	err := o.app.DB.Reader().QueryRowxContext(o.ctx, "SELECT c.line, b.label FROM history_change c JOIN history_batch b ON b.id = c.batch_id WHERE c.record_id = $1 AND b.id = $2", int64(c.ID), int64(r.Batch)).Scan(&row, &label)
	if err != nil || row != 3 || label != "kunden.csv" {
		t.Errorf("row %d of %q: %v", row, label, err)
	}
	entries, _, err := o.app.Timeline.Read(o.ctx, o.app.DB.Reader(), c.ID, nil, "", 10)
	if err != nil || len(entries) != 1 {
		t.Errorf("timeline %v %v", entries, err)
	}
	if n, err := o.app.Records.Count(o.ctx, o.app.DB.Reader(), o.app.Contacts.Company, record.Query{Where: mustFilter(t, `email = "kontakt@laka.example"`)}, 10); n != 1 || err != nil {
		t.Errorf("found %d: %v", n, err)
	}
}
