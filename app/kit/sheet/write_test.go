package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

// rowsIn hands out rows of texts as a query would, using one slice again.
func rowsIn(rows ...[]string) iter.Seq2[[]sheet.Value, error] {
	return func(yield func([]sheet.Value, error) bool) {
		var values []sheet.Value
		for _, row := range rows {
			values = values[:0]
			for _, text := range row {
				values = append(values, sheet.Value{Text: text})
			}
			if !yield(values, nil) {
				return
			}
		}
	}
}

func invoices() sheet.Table {
	return sheet.Table{
		Sheet: "Invoices: 2026/Q1", TotalsLabel: "Sum", Program: "Test",
		Columns: []sheet.Column{
			{Title: "Number", Type: sheet.Text},
			{Title: "Customer", Type: sheet.Text},
			{Title: "Date", Type: sheet.Date},
			{Title: "Paid at", Type: sheet.DateTime},
			{Title: "Net", Type: sheet.Number, Digits: 2, Currency: "EUR", Total: true},
			{Title: "Weight", Type: sheet.Number},
			{Title: "Open", Type: sheet.Bool},
		},
		Rows: rowsIn(
			[]string{"00017", "Müller & Söhne", "2026-03-04", "2026-03-05T13:30:00", "1234.50", "0.125", "true"},
			[]string{"+49 30", "=HYPERLINK(\"x\")", "1850-01-01", "", "-0.05", "12345678901234567", "false"},
			[]string{"'quoted", "two\nlines\x01 and _x0041_", "", "", "", "", ""},
			[]string{"-5", "@x"},
		),
	}
}

var invoicesRead = []string{
	"1: A text Number | B text Customer | C text Date | D text Paid at | E text Net | F text Weight | G text Open",
	"2: A text 00017 | B text Müller & Söhne | C date 2026-03-04 | D datetime 2026-03-05T13:30:00 | E number 1234.5 | F number 0.125 | G bool true",
	"3: A text +49 30 | B text =HYPERLINK(\"x\") | C text 1850-01-01 | E number -0.05 | F text 12345678901234567 | G bool false",
	"4: A text 'quoted | B text two\nlines and _x0041_",
	"5: A text -5 | B text @x",
	"6: A text Sum | E number 1234.45 (totals)",
}

func xlsx(t *testing.T, table sheet.Table) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := sheet.WriteXLSX(context.Background(), &buf, table); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestWriteXLSX(t *testing.T) {
	data := xlsx(t, invoices())
	book := open(t, fileOf(t, "a.xlsx", data), sheet.Options{})
	if diff := cmp.Diff([]sheet.Sheet{{Name: "Invoices 2026 Q1", Rows: 6, Columns: 7}}, book.Sheets); diff != "" {
		t.Error(diff)
	}
	rows := rowsOf(t, book, "Invoices 2026 Q1")
	if diff := cmp.Diff(invoicesRead, brief(rows)); diff != "" {
		t.Error(diff)
	}
	if format := rows[1].At(5).Format; format != "#,##0.00 [$EUR]" {
		t.Errorf("money is shown as %s", format)
	}
	if again := xlsx(t, invoices()); !bytes.Equal(data, again) {
		t.Error("the same table gives other bytes")
	}
}

// TestWrittenForOthers opens the book with excelize and looks at the XML.
func TestWrittenForOthers(t *testing.T) {
	data := xlsx(t, invoices())
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	const name = "Invoices 2026 Q1"
	if formula, _ := book.GetCellFormula(name, "E6"); formula != "SUBTOTAL(109,E2:E5)" {
		t.Errorf("total is %s", formula)
	}
	if formula, _ := book.GetCellFormula(name, "B3"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	if shown, _ := book.GetCellValue(name, "E2"); shown != "1,234.50 EUR" {
		t.Errorf("money is shown as %q", shown)
	}
	if dimension, _ := book.GetSheetDimension(name); dimension != "A1:G6" {
		t.Errorf("dimension %s", dimension)
	}
	if width, _ := book.GetColWidth(name, "B"); width != 19 {
		t.Errorf("column B is %v wide", width)
	}
	if panes, _ := book.GetPanes(name); !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v", panes)
	}
	if props, _ := book.GetDocProps(); props.Creator != "Test" || props.LastModifiedBy != "" {
		t.Errorf("properties %+v", props)
	}
	xml := partOf(t, data, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<dimension ref="A1:G6"`, `<autoFilter ref="$A$1:$G$5"`, `<f>SUBTOTAL(109,E2:E5)</f><v>1234.45</v>`} {
		if !strings.Contains(xml, want) {
			t.Errorf("no %s", want)
		}
	}
}

func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWriteLong(t *testing.T) {
	table := salesTable(3000) // beyond the rows that decide the widths
	rows := rowsOf(t, open(t, fileOf(t, "a.xlsx", xlsx(t, table)), sheet.Options{}), "Sales")
	if len(rows) != 3002 || !rows[3001].Totals || rows[3000].Number != 3001 {
		t.Fatalf("%d rows", len(rows))
	}
	n := 1
	for want, err := range salesRows(3000, table.Columns) {
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range want {
			got := rows[n].At(i + 1).Value
			if table.Columns[i].Type == sheet.Number {
				v.Text = strings.TrimSuffix(strings.TrimRight(v.Text, "0"), ".")
				if v.Text == "" {
					v.Text = "0"
				}
			}
			if got != v.Text {
				t.Fatalf("row %d, column %d: %q, want %q", n+1, i+1, got, v.Text)
			}
		}
		n++
	}
}

func TestWriteEmpty(t *testing.T) {
	table := sheet.Table{Columns: []sheet.Column{{Title: "Name", Type: sheet.Text}}, Rows: rowsIn(), TotalsLabel: "Sum"}
	rows := rowsOf(t, open(t, fileOf(t, "a.xlsx", xlsx(t, table)), sheet.Options{}), "Sheet1")
	if diff := cmp.Diff([]string{"1: A text Name"}, brief(rows)); diff != "" {
		t.Error(diff)
	}
}

// TestWriteMarked writes the rows of a bad import with their own types.
func TestWriteMarked(t *testing.T) {
	table := sheet.Table{
		Columns: []sheet.Column{{Title: "Since", Type: sheet.Text}, {Title: "Problem", Type: sheet.Text}},
		Rows: func(yield func([]sheet.Value, error) bool) {
			_ = yield([]sheet.Value{{Text: "2026-03-04", Type: sheet.Date}, {Text: "late"}}, nil) &&
				yield([]sheet.Value{{Text: "31.02.2026", Marked: true}, {Text: "no such day"}}, nil) &&
				yield([]sheet.Value{{Marked: true}, {Text: "missing"}}, nil)
		},
	}
	data := xlsx(t, table)
	rows := rowsOf(t, open(t, fileOf(t, "a.xlsx", data), sheet.Options{}), "Sheet1")
	want := []string{
		"1: A text Since | B text Problem", "2: A date 2026-03-04 | B text late",
		"3: A text 31.02.2026 | B text no such day", "4: B text missing",
	}
	if diff := cmp.Diff(want, brief(rows)); diff != "" {
		t.Error(diff)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, marked := range map[string]bool{"A2": false, "A3": true, "A4": true, "B3": false} {
		id, _ := book.GetCellStyle("Sheet1", cell)
		style, err := book.GetStyle(id)
		if err != nil || (len(style.Fill.Color) > 0) != marked {
			t.Errorf("%s: %+v, %v", cell, style.Fill, err)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	column := []sheet.Column{{Title: "Note", Type: sheet.Text}}
	broken := errors.New("query broke")
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name  string
		ctx   context.Context
		table sheet.Table
		check func(error) bool
	}{
		{
			"text too long", context.Background(),
			sheet.Table{Columns: column, Rows: rowsIn([]string{"ok"}, []string{strings.Repeat("𝄞", 16384)})},
			func(err error) bool {
				f := fault.Of(err)
				return f.Key == "sheet.textTooLong" && f.Params["row"] == 3 && f.Params["column"] == "Note" && f.Params["length"] == 32768
			},
		},
		{
			"the rows' own error", context.Background(),
			sheet.Table{Columns: column, Rows: func(yield func([]sheet.Value, error) bool) { yield(nil, broken) }},
			func(err error) bool { return errors.Is(err, broken) },
		},
		{
			"canceled", canceled,
			sheet.Table{Columns: column, Rows: rowsIn([]string{"ok"})},
			func(err error) bool { return errors.Is(err, context.Canceled) },
		},
		{
			"a row too wide", context.Background(),
			sheet.Table{Columns: column, Rows: rowsIn([]string{"a", "b"})},
			func(err error) bool { return err != nil },
		},
		{
			"no columns", context.Background(),
			sheet.Table{Rows: rowsIn()},
			func(err error) bool { return err != nil },
		},
		{
			"not a number", context.Background(),
			sheet.Table{Columns: []sheet.Column{{Title: "N", Type: sheet.Number}}, Rows: rowsIn([]string{"abc"})},
			func(err error) bool { return err != nil && strings.Contains(err.Error(), "row 2, column N") },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := sheet.WriteXLSX(c.ctx, io.Discard, c.table); !c.check(err) {
				t.Errorf("got %v", err)
			}
		})
	}
	long := sheet.Table{Columns: column, Rows: rowsIn([]string{strings.Repeat("x", 32767)})}
	if err := sheet.WriteXLSX(context.Background(), io.Discard, long); err != nil {
		t.Errorf("the longest text that fits: %v", err)
	}
}

func TestSheetName(t *testing.T) {
	for name, want := range map[string]string{
		"Invoices": "Invoices", "a/b:c": "a b c", "": "Sheet1", "[*]": "Sheet1", "'x'": "x",
		strings.Repeat("ä", 40):           strings.Repeat("ä", 31),
		strings.Repeat("x", 30) + "𝄞 end": strings.Repeat("x", 30),
	} {
		if got := sheet.SheetName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestWriteCSV(t *testing.T) {
	for _, c := range []struct {
		name string
		csv  sheet.CSV
		want string
	}{
		{"plain", sheet.CSV{}, "Number,Customer,Date,Paid at,Net,Weight,Open\r\n" +
			"00017,Müller & Söhne,2026-03-04,2026-03-05T13:30:00,1234.50,0.125,true\r\n" +
			"'+49 30,\"'=HYPERLINK(\"\"x\"\")\",1850-01-01,,-0.05,12345678901234567,false\r\n" +
			"'quoted,\"two\r\nlines and _x0041_\",,,,,\r\n" +
			"'-5,'@x,,,,,\r\n"},
		{
			"for German Excel",
			sheet.CSV{Delimiter: ';', BOM: true, Comma: true, Formulas: true},
			"\uFEFFNumber;Customer;Date;Paid at;Net;Weight;Open\r\n" +
				"00017;Müller & Söhne;2026-03-04;2026-03-05T13:30:00;1234,50;0,125;true\r\n" +
				"+49 30;\"=HYPERLINK(\"\"x\"\")\";1850-01-01;;-0,05;12345678901234567;false\r\n" +
				"'quoted;\"two\r\nlines and _x0041_\";;;;;\r\n" +
				"-5;@x;;;;;\r\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var buf bytes.Buffer
			if err := sheet.WriteCSV(context.Background(), &buf, invoices(), c.csv); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, buf.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCSVComesBack writes hard texts and reads them again.
func TestCSVComesBack(t *testing.T) {
	hard := []string{"=1+1", "'=1+1", "''=1+1", "+49", "-5", "@x", "'", "''x", "a\"b", "\"", "a,b", "two\nlines", " x ", "\tx", "ß€𝄞", "1.5"}
	for _, delimiter := range []rune{',', ';', '\t', '|'} {
		var buf bytes.Buffer
		table := sheet.Table{Rows: rowsIn(hard)}
		for range hard {
			table.Columns = append(table.Columns, sheet.Column{Title: "t", Type: sheet.Text})
		}
		if err := sheet.WriteCSV(context.Background(), &buf, table, sheet.CSV{Delimiter: delimiter}); err != nil {
			t.Fatal(err)
		}
		row := rowsOf(t, open(t, fileOf(t, "a.csv", buf.Bytes()), sheet.Options{}), "a")[1]
		var got []string
		for _, c := range row.Cells {
			got = append(got, c.Value)
		}
		if diff := cmp.Diff(hard, got); diff != "" {
			t.Errorf("by %q: %s", delimiter, diff)
		}
	}
}
