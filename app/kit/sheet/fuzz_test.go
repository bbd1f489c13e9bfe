package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The seeds of these targets stand in testdata/fuzz.

// FuzzCSV compares with encoding/csv wherever a file keeps to RFC 4180.
func FuzzCSV(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string, delimiter byte) {
		if delimiter >= 0x80 || strings.ContainsRune("\"\r\n\x00", rune(delimiter)) {
			return
		}
		var got [][]string
		number := 0
		reader := newCSVReader(strings.NewReader(text), delimiter)
		for {
			fields, err := reader.read(nil)
			if err != nil {
				if err != io.EOF {
					got = nil
				}
				break
			}
			if number++; reader.number != number {
				t.Fatalf("record %d is called %d", number, reader.number)
			}
			if len(fields) > 0 { // encoding/csv passes over blank lines
				got = append(got, fields)
			}
		}
		// What the standard leaves open is ours to decide: lone carriage returns.
		if strings.Contains(text, "\r") {
			return
		}
		standard := csv.NewReader(strings.NewReader(text))
		standard.Comma, standard.FieldsPerRecord = rune(delimiter), -1
		want, err := standard.ReadAll()
		if err != nil || len(got) == 0 {
			return
		}
		if len(got) != len(want) {
			t.Fatalf("%d records, encoding/csv has %d: %q, %q", len(got), len(want), got, want)
		}
		for i := range want {
			if strings.Join(got[i], "\x00") != strings.Join(want[i], "\x00") {
				t.Fatalf("record %d: %q, encoding/csv has %q", i+1, got[i], want[i])
			}
		}
	})
}

// FuzzText takes any bytes for a text file: guessing must end, and what it
// guesses must be readable.
func FuzzText(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		found := guessEncoding(data)
		if found.name == "" {
			found.name = detectCodePage(data, "")
		}
		plain, err := decode(bytes.NewReader(data), found.name)
		if err != nil {
			t.Fatalf("%s: %v", found.name, err)
		}
		delimiter, sep := guessDelimiter(data, ".csv")
		last := 0
		_, err = readCSV(plain, delimiter, sep, func(r *Row) error {
			if r.Number <= last || len(r.Cells) == 0 {
				t.Fatalf("row %d follows %d with %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
			return nil
		})
		_ = err // any file may be refused, as long as it ends
	})
}

var canonicalNumber = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)

// FuzzParseNumber wants a canonical number that reads as itself.
func FuzzParseNumber(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, reading := range []string{Comma, Point} {
			figure, ok := ParseNumber(text, reading)
			if ok != (figure.Value != "") {
				t.Fatalf("%q is %v with value %q", text, ok, figure.Value)
			}
			if !ok {
				continue
			}
			if !canonicalNumber.MatchString(figure.Value) {
				t.Fatalf("%q gives %q", text, figure.Value)
			}
			again, ok := ParseNumber(figure.Value, Point)
			if !ok || again.Value != figure.Value {
				t.Fatalf("%q gives %q, which gives %q", text, figure.Value, again.Value)
			}
		}
		Guess(text)
		LostDigits(Cell{Type: Text, Text: text, Value: text})
	})
}

// FuzzParseDate wants a canonical date that exists and reads as itself.
func FuzzParseDate(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, reading := range []string{DayMonthYear, MonthDayYear, YearMonthDay} {
			kind, value, ok := ParseDate(text, reading)
			if !ok {
				continue
			}
			layout := time.DateOnly
			if kind == DateTime {
				layout = "2006-01-02T15:04:05"
			}
			if _, err := time.Parse(layout, value); err != nil {
				t.Fatalf("%q gives %q: %v", text, value, err)
			}
			if _, again, ok := ParseDate(value, reading); !ok || again != value {
				t.Fatalf("%q gives %q, which gives %q", text, value, again)
			}
		}
	})
}

// FuzzScanner compares with encoding/xml wherever that takes the text.
func FuzzScanner(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		starts, text, err := scanAll(data)
		wantStarts, wantText, wantErr := decodeAll(data)
		if wantErr != nil {
			return
		}
		if err != nil {
			t.Fatalf("%v, but encoding/xml takes it", err)
		}
		if starts != wantStarts || text != wantText {
			t.Fatalf("%d tags and %q; encoding/xml has %d and %q", starts, text, wantStarts, wantText)
		}
	})
}

func scanAll(data []byte) (starts int, text string, err error) {
	// Two pieces, so that a tag or a reference may be cut in the middle.
	s := newScanner(io.MultiReader(bytes.NewReader(data[:len(data)/2]), bytes.NewReader(data[len(data)/2:])))
	var out []byte
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return starts, "", err
		case t == tokenEOF:
			return starts, string(out), nil
		case t == tokenStart:
			starts++
		case t == tokenText && s.depth > 0:
			if err := appendText(&out, s); err != nil {
				return starts, "", err
			}
		}
	}
}

func decodeAll(data []byte) (starts int, text string, err error) {
	if !bytes.HasPrefix(data, []byte("<")) {
		return 0, "", io.ErrUnexpectedEOF
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	var out []byte
	depth, roots := 0, 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			if roots != 1 {
				return 0, "", io.ErrUnexpectedEOF
			}
			return starts, string(out), nil
		}
		if err != nil {
			return 0, "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if starts++; depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth > 0 {
				out = append(out, t...)
			}
		case xml.Directive:
			return 0, "", io.ErrUnexpectedEOF // refused on purpose
		}
	}
}

// FuzzFrame gives the parent what a child taken over by a file might send.
func FuzzFrame(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		r := newFrameReader(bytes.NewReader(data))
		for {
			kind, payload, err := r.next()
			if err != nil {
				return
			}
			switch kind {
			case frameRow:
				row, err := r.row(payload)
				if err == nil && len(row.Cells) > maxColumns {
					t.Fatalf("%d cells", len(row.Cells))
				}
			case frameFault:
				if fromWire(payload) == nil {
					t.Fatal("a fault that is none")
				}
			case frameProgress:
				progressOf(payload)
			}
		}
	})
}
