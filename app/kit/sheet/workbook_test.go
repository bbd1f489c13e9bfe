package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

const mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// workbookParts are those of a book with one sheet, to be changed by a test.
func workbookParts(sheetData string) map[string]string {
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook ` + mainNS + `><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `styles" Target="/xl/styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + rel + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/>` +
			`<numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="#,##0.00&quot; days&quot;"/></numFmts>` +
			`<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>` +
			`<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/>` +
			`<xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst ` + mainNS + `><si><t>Name</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">Ada </t></r><r><t>King</t></r></si>` +
			`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>one_x000D_` + "\r\n" + `two &amp; &#x33;</t></si><si/></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainNS + `><dimension ref="A1"/><sheetData>` + sheetData + `</sheetData></worksheet>`,
	}
}

func zipOf(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func fileOf(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string, options sheet.Options) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(context.Background(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func rowsOf(t *testing.T, book *sheet.Book, name string) []sheet.Row {
	t.Helper()
	var rows []sheet.Row
	for row, err := range book.Rows(context.Background(), name) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// brief writes rows as "1: A text Name | B number 5".
func brief(rows []sheet.Row) []string {
	kinds := []string{"empty", "text", "number", "bool", "date", "datetime", "time", "duration", "error"}
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, fmt.Sprintf("%s %s %s", sheet.ColumnName(c.Column), kinds[c.Type], c.Value))
		}
		line := fmt.Sprintf("%d: %s", row.Number, strings.Join(cells, " | "))
		if row.Totals {
			line += " (totals)"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCellTypes(t *testing.T) {
	for _, c := range []struct{ name, cells, want string }{
		{"shared string", `<c r="A1" t="s"><v>0</v></c>`, "1: A text Name"},
		{"rich text is joined", `<c r="A1" t="s"><v>1</v></c>`, "1: A text Ada King"},
		{"phonetic guide is left out", `<c r="A1" t="s"><v>2</v></c>`, "1: A text 東京"},
		{"escapes and references", `<c r="A1" t="s"><v>3</v></c>`, "1: A text one\ntwo & 3"},
		{"inline string", `<c r="B1" t="inlineStr"><is><t>in</t></is></c>`, "1: B text in"},
		{"CDATA", `<c t="inlineStr"><is><t><![CDATA[a<b]]>c]]</t></is></c>`, "1: A text a<bc]]"},
		{"text keeps its zeros", `<c t="str"><v>007</v></c>`, "1: A text 007"},
		{"number", `<c r="A1"><v>-12.5</v></c>`, "1: A number -12.5"},
		{"noise of binary fractions", `<c r="A1"><v>0.30000000000000004</v></c>`, "1: A number 0.3"},
		{"seventeen digits", `<c r="A1"><v>1.1000000000000001</v></c>`, "1: A number 1.1"},
		{"exponent", `<c r="A1"><v>4.9151234567E+11</v></c>`, "1: A number 491512345670"},
		{"tiny", `<c r="A1"><v>1E-3</v></c>`, "1: A number 0.001"},
		{"minus nothing", `<c r="A1"><v>-0</v></c>`, "1: A number 0"},
		{"boolean", `<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>`, "1: A bool true | B bool false"},
		{"error", `<c r="A1" t="e"><v>#DIV/0!</v></c>`, "1: A error #DIV/0!"},
		{"formula gives its value", `<c r="A1"><f>1+1</f><v>2</v></c>`, "1: A number 2"},
		{"formula with text", `<c r="A1" t="str"><f>A2</f><v>x</v></c>`, "1: A text x"},
		{"formula with empty text", `<c r="A1" t="str"><f>A2</f><v></v></c><c r="B1"><v>1</v></c>`, "1: B number 1"},
		{"formula never computed", `<c r="A1"><f>SUM(B1:B9)</f></c>`, "1: A error =SUM(B1:B9)"},
		{"date, built-in format", `<c r="A1" s="1"><v>46085</v></c>`, "1: A date 2026-03-04"},
		{"date, own format", `<c r="A1" s="2"><v>46085</v></c>`, "1: A date 2026-03-04"},
		{"date and time", `<c r="A1" s="3"><v>46085.5625</v></c>`, "1: A datetime 2026-03-04T13:30:00"},
		{"date that has a time", `<c r="A1" s="1"><v>46085.5625</v></c>`, "1: A datetime 2026-03-04T13:30:00"},
		{"midnight rounds up", `<c r="A1" s="3"><v>46084.999999999996</v></c>`, "1: A datetime 2026-03-04T00:00:00"},
		{"time", `<c r="A1" s="4"><v>0.5625</v></c>`, "1: A time 13:30:00"},
		{"duration", `<c r="A1" s="5"><v>1.5</v></c>`, "1: A duration 36:00:00"},
		{"percent", `<c r="A1" s="6"><v>0.19</v></c>`, "1: A number 0.19"},
		{"format with a word in it", `<c r="A1" s="7"><v>3</v></c>`, "1: A number 3"},
		{"first days of 1900", `<c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>61</v></c>`, "1: A date 1900-01-01 | B date 1900-03-01"},
		{
			"days that never were", `<c r="A1" s="1"><v>60</v></c><c r="B1" s="1"><v>-1</v></c><c r="C1" s="1"><v>2958466</v></c>`,
			"1: A number 60 | B number -1 | C number 2958466",
		},
		{
			"ISO date", `<c r="A1" t="d"><v>2026-03-04</v></c><c r="B1" t="d"><v>2026-03-04T13:30:00.000</v></c>`,
			"1: A date 2026-03-04 | B datetime 2026-03-04T13:30:00",
		},
		{"no references", `<c><v>1</v></c><c/><c><v>3</v></c>`, "1: A number 1 | C number 3"},
		{"types without values", `<c t="b"/><c t="e"><v/></c><c t="d"/><c t="s"><v></v></c><c t="inlineStr"/><c><v>6</v></c>`, "1: F number 6"},
		{"unknown style", `<c r="A1" s="99"><v>1</v></c>`, "1: A number 1"},
		{"attribute with a bracket", `<c r="A1" note="a>b" t='str'><v>1</v></c>`, "1: A text 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := fileOf(t, "book.xlsx", zipOf(t, workbookParts(`<row r="1">`+c.cells+`</row>`)))
			rows := rowsOf(t, open(t, path, sheet.Options{}), "Data")
			if got := strings.Join(brief(rows), "\n"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestCellKeepsWhatIsStored(t *testing.T) {
	path := fileOf(t, "book.xlsx", zipOf(t, workbookParts(
		`<row><c s="6"><v>0.19000000000000001</v></c><c><f>B9*2</f></c></row>`)))
	cells := rowsOf(t, open(t, path, sheet.Options{}), "Data")[0].Cells
	want := []sheet.Cell{
		{Column: 1, Type: sheet.Number, Text: "0.19000000000000001", Value: "0.19", Format: "0.0%"},
		{Column: 2, Type: sheet.Error, Text: "=B9*2", Value: "=B9*2"},
	}
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Error(diff)
	}
	if !cells[0].Percent() || cells[1].Percent() || cells[0].Uncomputed() || !cells[1].Uncomputed() {
		t.Error("percent or uncomputed is told wrongly")
	}
}

func TestRowsOfABook(t *testing.T) {
	parts := workbookParts(`<row r="2"><c r="A2" t="s"><v>0</v></c></row><row r="3"><c r="A3" s="1"/></row>` +
		`<row r="5"><c r="A5" t="str"><v>  </v></c></row><row><c r="C6"><v>6</v></c></row>` +
		`<row r="9"><c r="A9" t="str"><v>Total</v></c><c r="C9"><f>SUBTOTAL(109,C2:C8)</f><v>6</v></c></row>` +
		`<row r="10"><c r="B10"><v>1</v></c><c r="C10"><f>SUBTOTAL(109,C2:C8)</f><v>6</v></c></row>`)
	parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "</sheetData>",
		`</sheetData><mergeCells count="1"><mergeCell ref="A2:C2"/></mergeCells>`, 1)
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "</sheets>",
		`<sheet name="Secret &amp; co" sheetId="2" state="veryHidden" r:id="rId1"/><sheet name="Chart" sheetId="3" r:id="rId9"/></sheets>`, 1)
	book := open(t, fileOf(t, "book.xlsx", zipOf(t, parts)), sheet.Options{})
	wantSheets := []sheet.Sheet{
		{Name: "Data", Rows: 10, Columns: 3, Merged: []string{"A2:C2"}},
		{Name: "Secret & co", Hidden: true, Rows: 10, Columns: 3, Merged: []string{"A2:C2"}},
	}
	if diff := cmp.Diff(wantSheets, book.Sheets); diff != "" {
		t.Error(diff)
	}
	rows := rowsOf(t, book, "Data")
	want := []string{"2: A text Name", "6: C number 6", "9: A text Total | C number 6 (totals)", "10: B number 1 | C number 6"}
	if diff := cmp.Diff(want, brief(rows)); diff != "" {
		t.Error(diff)
	}
	if got := rows[1].At(3).Value + rows[1].At(1).Value; got != "6" {
		t.Errorf("cells by column give %q", got)
	}
}

// TestSpellings reads what other programs write: the 1904 calendar, prefixes,
// UTF-16, capitals and backslashes in names, no styles and no strings at all.
func TestSpellings(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(map[string]string)
		cells  string
		want   string
	}{
		{"1904", func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
		}, `<c s="1"><v>44623</v></c><c s="5"><v>1.5</v></c>`, "1: A date 2026-03-04 | B duration 36:00:00"},
		{"prefix", func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
		}, "", "1: A text a"},
		{"UTF-16", func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = utf16Of("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + p["xl/worksheets/sheet1.xml"])
		}, `<c t="str"><v>Łódź</v></c>`, "1: A text Łódź"},
		{"names", func(p map[string]string) {
			p[`xl\Styles.xml`], p["xl/SharedStrings.xml"] = p["xl/styles.xml"], p["xl/sharedStrings.xml"]
			delete(p, "xl/styles.xml")
			delete(p, "xl/sharedStrings.xml")
		}, `<c t="s"><v>0</v></c><c s="1"><v>46085</v></c>`, "1: A text Name | B date 2026-03-04"},
		{"bare", func(p map[string]string) {
			delete(p, "xl/styles.xml")
			delete(p, "xl/sharedStrings.xml")
			delete(p, "_rels/.rels")
		}, `<c s="1"><v>46085</v></c>`, "1: A number 46085"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := workbookParts(`<row r="1">` + c.cells + `</row>`)
			c.change(parts)
			rows := rowsOf(t, open(t, fileOf(t, "book.xlsx", zipOf(t, parts)), sheet.Options{}), "Data")
			if got := strings.Join(brief(rows), "\n"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func utf16Of(s string) string {
	out := []byte{0xFF, 0xFE}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// faultOf reads a file to its end and gives the fault it meets.
func faultOf(t *testing.T, path string, options sheet.Options) *fault.Error {
	t.Helper()
	book, err := sheet.Open(context.Background(), path, options)
	if err == nil {
		for _, s := range book.Sheets {
			for _, rowErr := range book.Rows(context.Background(), s.Name) {
				err = errors.Join(err, rowErr)
			}
		}
	}
	if err == nil {
		t.Fatalf("%s is read", filepath.Base(path))
	}
	return fault.Of(err)
}
