package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

const oneRow = `<row r="1"><c r="A1"><v>1</v></c></row>`

// TestRefusals names what is wrong with each kind of bad file.
func TestRefusals(t *testing.T) {
	whole := zipOf(t, workbookParts(oneRow))
	with := func(name, text string) []byte {
		parts := workbookParts(oneRow)
		parts[name] = text
		return zipOf(t, parts)
	}
	sheetXML := func(text string) []byte { return with("xl/worksheets/sheet1.xml", text) }
	for _, c := range []struct {
		name, file string
		data       []byte
		key        string
		params     fault.Params
	}{
		{"empty", "a.xlsx", nil, "sheet.empty", nil},
		{"only blanks", "a.csv", []byte(" \n\n"), "sheet.empty", nil},
		{"web page", "a.xlsx", []byte("\n<!DOCTYPE html><html><table>"), "sheet.html", nil},
		{"web page as csv", "a.csv", []byte("<html><body>"), "sheet.html", nil},
		{"garbage", "a.xlsx", []byte("hello, world"), "sheet.notWorkbook", nil},
		{"program as csv", "a.csv", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01\x99"), "sheet.binary", nil},
		{"PDF", "a.xlsx", []byte("%PDF-1.7"), "sheet.unsupported", fault.Params{"format": "PDF"}},
		{"old Excel", "a.xlsx", compoundFile("Workbook"), "sheet.oldFormat", nil},
		{"other compound file", "a.xls", compoundFile("WordDocument"), "sheet.notWorkbook", nil},
		{"Word", "a.xlsx", zipOf(t, map[string]string{"word/document.xml": ""}), "sheet.unsupported", fault.Params{"format": ".docx"}},
		{"OpenDocument", "a.ods", zipOf(t, map[string]string{"content.xml": ""}), "sheet.unsupported", fault.Params{"format": ".ods"}},
		{"any zip", "a.xlsx", zipOf(t, map[string]string{"readme.txt": "hi"}), "sheet.notWorkbook", nil},
		{"cut off", "a.xlsx", whole[:len(whole)/2], "sheet.truncated", nil},
		{"climbing name", "a.xlsx", with("../../etc/passwd", "x"), "sheet.unsafe", fault.Params{"name": "../../etc/passwd"}},
		{"two of a name", "a.xlsx", with("XL/Workbook.xml", "x"), "sheet.unsafe", nil},
		{"zip bomb", "a.xlsx", with("xl/media/zeros.bin", strings.Repeat("\x00", 8<<20)), "sheet.bomb", fault.Params{"limit": 512}},
		{"too many sheets", "a.xlsx", manySheets(t, 201), "sheet.tooManySheets", fault.Params{"count": 201, "limit": 200}},
		{"no sheet", "a.xlsx", with("xl/workbook.xml", "<workbook><sheets/></workbook>"), "sheet.noSheets", nil},
		{"broken workbook", "a.xlsx", with("xl/workbook.xml", "<workbook><sheets>"), "sheet.damagedFile", nil},
		{"broken strings", "a.xlsx", with("xl/sharedStrings.xml", "<sst><si>"), "sheet.damagedFile", nil},
		{"entities", "a.xlsx", sheetXML(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>`), "sheet.dtd", nil},
		{"entities in strings", "a.xlsx", with("xl/sharedStrings.xml", `<!DOCTYPE x []><sst/>`), "sheet.dtd", nil},
		{
			"XML cut off", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="7"><c r="A7"><v>1</v></c></row><row r="8"><c r="A8"><v>`),
			"sheet.truncatedSheet",
			fault.Params{"sheet": "Data", "row": 8},
		},
		{"row out of range", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>`), "sheet.damaged", nil},
		{
			"column out of range", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="3"><c r="XFE3"><v>1</v></c></row></sheetData></worksheet>`),
			"sheet.damaged",
			fault.Params{"sheet": "Data", "row": 3},
		},
		{
			"missing string", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>99</v></c></row></sheetData></worksheet>`),
			"sheet.damaged",
			fault.Params{"row": 3},
		},
		{
			"unknown entity", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="3"><c r="A3" t="str"><v>&bomb;</v></c></row></sheetData></worksheet>`),
			"sheet.damaged",
			fault.Params{"row": 3},
		},
		{
			"endless cell", "a.xlsx", sheetXML(`<worksheet><sheetData><row r="3"><c r="A3" t="str"><v>` + noise(2<<20) + `</v></c></row></sheetData></worksheet>`),
			"sheet.cellTooLong",
			fault.Params{"sheet": "Data", "row": 3},
		},
		{"open quotation mark", "a.csv", []byte("a,b\n1,\"two\n3,4\n"), "sheet.openQuote", fault.Params{"row": 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := faultOf(t, fileOf(t, c.file, c.data), sheet.Options{})
			if f.Key != c.key || f.Code == fault.CodeInternal {
				t.Fatalf("got %v, want %s", f, c.key)
			}
			if f.Params["file"] != c.file {
				t.Errorf("the file is called %v", f.Params["file"])
			}
			for name, want := range c.params {
				if diff := cmp.Diff(want, f.Params[name]); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
			}
		})
	}
}

// noise is text that hardly packs, so that the gate lets it through.
func noise(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('a' + random.IntN(26))
	}
	return string(text)
}

func compoundFile(stream string) []byte {
	data := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	data = append(data, make([]byte, 504)...)
	for _, r := range stream + "\x00" {
		data = binary.LittleEndian.AppendUint16(data, uint16(r))
	}
	return data
}

func manySheets(t *testing.T, n int) []byte {
	t.Helper()
	parts := workbookParts(oneRow)
	for i := 2; i <= n; i++ {
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i)] = "<worksheet/>"
	}
	return zipOf(t, parts)
}

func TestMissingFile(t *testing.T) {
	_, err := sheet.Open(context.Background(), filepath.Join(t.TempDir(), "gone.xlsx"), sheet.Options{})
	if f := fault.Of(err); f.Key != "sheet.missing" || f.Params["file"] != "gone.xlsx" {
		t.Errorf("got %v", err)
	}
	_, err = sheet.Open(context.Background(), t.TempDir(), sheet.Options{})
	if f := fault.Of(err); f.Key != "sheet.notFile" {
		t.Errorf("got %v", err)
	}
}

// TestLyingDirectory has a part that unpacks to more than its entry says.
func TestLyingDirectory(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range workbookParts(strings.Repeat(oneRow, 5000)) {
		var packed bytes.Buffer
		deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		deflate.Write([]byte(text))
		deflate.Close()
		head := &zip.FileHeader{
			Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(text)),
		}
		if strings.HasPrefix(name, "xl/worksheets/") {
			head.UncompressedSize64 = 300
		}
		w, err := z.CreateRaw(head)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(packed.Bytes())
	}
	z.Close()
	if f := faultOf(t, fileOf(t, "a.xlsx", buf.Bytes()), sheet.Options{}); f.Key != "sheet.truncatedSheet" {
		t.Errorf("got %v", f)
	}
}

func TestPassword(t *testing.T) {
	encrypted := func(password string) string {
		book := excelize.NewFile()
		defer book.Close()
		if err := book.SetCellValue("Sheet1", "A1", "secret"); err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := book.Write(&buf, excelize.Options{Password: password}); err != nil {
			t.Fatal(err)
		}
		return fileOf(t, "locked.xlsx", buf.Bytes())
	}
	path := encrypted("corr€ct")
	for _, c := range []struct{ password, key string }{
		{"", "sheet.passwordNeeded"}, {"wrong", "sheet.passwordWrong"},
	} {
		f := faultOf(t, path, sheet.Options{Password: c.password})
		if f.Key != c.key || f.Field != "password" || f.Code != fault.CodeInvalid {
			t.Errorf("password %q: got %v", c.password, f)
		}
	}
	for path, password := range map[string]string{path: "corr€ct", encrypted("VelvetSweatshop"): ""} {
		rows := rowsOf(t, open(t, path, sheet.Options{Password: password}), "Sheet1")
		if diff := cmp.Diff([]string{"1: A text secret"}, brief(rows)); diff != "" {
			t.Error(diff)
		}
	}
}

// TestContentBeatsName opens a workbook that is called .csv.
func TestContentBeatsName(t *testing.T) {
	book := open(t, fileOf(t, "a.csv", zipOf(t, workbookParts(oneRow))), sheet.Options{})
	if book.Format != "xlsx" || book.Sheets[0].Name != "Data" {
		t.Errorf("got %+v", book)
	}
}

func TestFileChanges(t *testing.T) {
	path := fileOf(t, "a.csv", []byte("a,b\n1,2\n"))
	book := open(t, path, sheet.Options{})
	if err := os.WriteFile(path, []byte("a,b\n1,2\n3,4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, err := range book.Rows(context.Background(), "a") {
		if f := fault.Of(err); err == nil || f.Key != "sheet.changed" {
			t.Errorf("got %v", err)
		}
	}
}
