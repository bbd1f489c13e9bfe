package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

// plain writes rows as "1:a|b".
func plain(rows []sheet.Row) []string {
	var lines []string
	for _, row := range rows {
		last := 0
		line := fmt.Sprintf("%d:", row.Number)
		for _, c := range row.Cells {
			line += strings.Repeat("|", c.Column-max(1, last)) + c.Value
			last = c.Column
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"commas", "a,b\n1,2\n", []string{"1:a|b", "2:1|2"}},
		{"semicolons with decimal commas", "Name;Preis\nA;1,5\nB;2,5\n", []string{"1:Name|Preis", "2:A|1,5", "3:B|2,5"}},
		{"tabs", "a\tb,c\n1\t2\n", []string{"1:a|b,c", "2:1|2"}},
		{"bars", "a|b;x\n1|2\n", []string{"1:a|b;x", "2:1|2"}},
		{"ragged", "a;b;c\n1\n1;2\n1;2;3;4\n", []string{"1:a|b|c", "2:1", "3:1|2", "4:1|2|3|4"}},
		{"sep line", "sep=|\r\na|b,c\r\n1|2\r\n", []string{"1:a|b,c", "2:1|2"}},
		{"one column", "Name\nMüller\n", []string{"1:Name", "2:Müller"}},
		{"blank lines are rows", "\na,b\n\n\n1,2\n,,\n  ,\n3,4", []string{"2:a|b", "5:1|2", "8:3|4"}},
		{"line breaks in quotes are not", "a,b\n\"x\r\ny\",2\n3,4\n", []string{"1:a|b", "2:x\ny|2", "3:3|4"}},
		{"old Mac", "a,b\r1,2\r", []string{"1:a|b", "2:1|2"}},
		{"doubled quotes", "a,b\n\"say \"\"hi\"\"\",2\n", []string{"1:a|b", "2:say \"hi\"|2"}},
		{"stray quotes within", "a,b\n\"say \"hi\" now\",2\n", []string{"1:a|b", "2:say \"hi\" now|2"}},
		{"quote after an inch", "a,b\n24\" screen,2\n\"24\" screen,3\n", []string{"1:a|b", "2:24\" screen|2", "3:24 screen|3"}},
		{"empty quoted", "a,b,c\n\"\",2,\"\"\n", []string{"1:a|b|c", "2:|2"}},
		{"guarded formula", "a,b\n'+49 30,'=1+1\n'tis,''=x\n", []string{"1:a|b", "2:+49 30|=1+1", "3:'tis|'=x"}},
		{"NUL and control characters", "a,b\n1\x012,3\n", []string{"1:a|b", "2:12|3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, fileOf(t, "a.csv", []byte(c.text)), sheet.Options{})
			if diff := cmp.Diff(c.want, plain(rowsOf(t, book, "a"))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTSVKeepsToTabs(t *testing.T) {
	book := open(t, fileOf(t, "a.tsv", []byte("a,b\tc,d\n1,2\t3\n")), sheet.Options{})
	if diff := cmp.Diff([]string{"1:a,b|c,d", "2:1,2|3"}, plain(rowsOf(t, book, "a"))); diff != "" {
		t.Error(diff)
	}
}

const german = "Firma;Straße;Größe\r\nMüller & Söhne;Äußere Gasse 5;1,5\r\nJörg Weiß;Überlinger Straße;2\r\n"

const russian = "Имя;Город;Улица\r\nАнна Каренина;Москва;Большая Дмитровка\r\nИван Иванович Иванов;Санкт-Петербург;Невский проспект\r\n" +
	"Общество с ограниченной ответственностью;Новосибирск;Красный проспект\r\n"

func TestEncodings(t *testing.T) {
	must := func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	from := func(text string) []byte { return []byte(text) }
	utf16le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	bare := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()
	bareBE := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()
	for _, c := range []struct {
		name     string
		data     []byte
		options  sheet.Options
		encoding string
		sure     bool
		text     string
	}{
		{"UTF-8", from(german), sheet.Options{}, "utf-8", true, german},
		{"UTF-8 with a mark", from("\uFEFF" + german), sheet.Options{}, "utf-8", true, german},
		{
			"UTF-8, late", from(strings.Repeat("plain;text;here\r\n", 5000) + "ä;ö;ü\r\n"),
			sheet.Options{},
			"utf-8", true,
			strings.Repeat("plain;text;here\r\n", 5000) + "ä;ö;ü\r\n",
		},
		{"UTF-16LE", must(utf16le.Bytes(from(german))), sheet.Options{}, "utf-16le", true, german},
		{"UTF-16BE", must(utf16be.Bytes(from(german))), sheet.Options{}, "utf-16be", true, german},
		{"UTF-16LE without a mark", must(bare.Bytes(from(german))), sheet.Options{}, "utf-16le", false, german},
		{"UTF-16BE without a mark", must(bareBE.Bytes(from(german))), sheet.Options{}, "utf-16be", false, german},
		{"UTF-32", must(utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder().Bytes(from(german))), sheet.Options{}, "utf-32be", true, german},
		{"Windows 1252", must(charmap.Windows1252.NewEncoder().Bytes(from(german + "Café;5 €;„x“\r\n"))), sheet.Options{}, "windows-1252", false, german + "Café;5 €;„x“\r\n"},
		{
			"Windows 1252, late", append([]byte(strings.Repeat("plain;text;here\r\n", 5000)), must(charmap.Windows1252.NewEncoder().Bytes(from(german)))...),
			sheet.Options{},
			"windows-1252", false, strings.Repeat("plain;text;here\r\n", 5000) + german,
		},
		{"Cyrillic", must(charmap.Windows1251.NewEncoder().Bytes(from(russian))), sheet.Options{}, "windows-1251", false, russian},
		{
			"the user's page", must(charmap.Windows1250.NewEncoder().Bytes(from("Jméno;Město\r\nŽižka;Plzeň\r\n"))),
			sheet.Options{Fallback: "windows-1250"},
			"windows-1250", false, "Jméno;Město\r\nŽižka;Plzeň\r\n",
		},
		{"chosen", must(charmap.CodePage850.NewEncoder().Bytes(from(german))), sheet.Options{Encoding: "cp850"}, "cp850", true, german},
		{"chosen Mac", must(charmap.Macintosh.NewEncoder().Bytes(from(german))), sheet.Options{Encoding: "macintosh"}, "macintosh", true, german},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, fileOf(t, "a.txt", c.data), c.options)
			if book.Encoding != c.encoding || book.EncodingSure != c.sure || book.Delimiter != ";" {
				t.Errorf("encoding %s (sure %v), delimiter %s", book.Encoding, book.EncodingSure, book.Delimiter)
			}
			var want []string
			for i, line := range strings.Split(strings.TrimSuffix(c.text, "\r\n"), "\r\n") {
				want = append(want, fmt.Sprintf("%d:%s", i+1, strings.ReplaceAll(line, ";", "|")))
			}
			if diff := cmp.Diff(want, plain(rowsOf(t, book, "a"))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestChosenDelimiter(t *testing.T) {
	path := fileOf(t, "a.csv", []byte("a;b,c\n1;2,3\n"))
	for delimiter, want := range map[string]string{"": "1:a|b,c", ",": "1:a;b|c", "#": "1:a;b,c"} {
		book := open(t, path, sheet.Options{Delimiter: delimiter})
		if got := plain(rowsOf(t, book, "a"))[0]; got != want {
			t.Errorf("by %q: %s, want %s", delimiter, got, want)
		}
	}
	for _, options := range []sheet.Options{{Delimiter: "+|"}, {Delimiter: "\n"}, {Encoding: "klingon"}} {
		if f := faultOf(t, path, options); f.Code != fault.CodeInvalid || f.Field == "" {
			t.Errorf("%+v: got %v", options, f)
		}
	}
}

// TestOriginalText has the text of the file beside the value.
func TestOriginalText(t *testing.T) {
	book := open(t, fileOf(t, "a.csv", []byte("a,b\n'+49,\" 5 \"\n")), sheet.Options{})
	want := []sheet.Cell{
		{Column: 1, Type: sheet.Text, Text: "'+49", Value: "+49"},
		{Column: 2, Type: sheet.Text, Text: " 5 ", Value: " 5 "},
	}
	if diff := cmp.Diff(want, rowsOf(t, book, "a")[1].Cells); diff != "" {
		t.Error(diff)
	}
}
