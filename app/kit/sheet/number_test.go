package sheet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/sheet"
)

func TestParseNumber(t *testing.T) {
	for _, c := range []struct{ text, comma, point string }{
		{"12", "12", "12"},
		{"-12", "-12", "-12"},
		{"+12", "12", "12"},
		{"1.234,56", "1234.56", ""},
		{"1,234.56", "", "1234.56"},
		{"1.234", "1234", "1.234"},
		{"1,234", "1.234", "1234"},
		{"1.234.567", "1234567", ""},
		{"1,234,567.8", "", "1234567.8"},
		{"12,34,567.80", "", "1234567.80"},
		{"0.123", "", "0.123"},
		{"0,5", "0.5", ""},
		{".5", "", "0.5"},
		{",5", "0.5", ""},
		{"1.5", "", "1.5"},
		{"1 234,5", "1234.5", ""},
		{"1\u00A0234\u00A0567", "1234567", "1234567"},
		{"1\u202F234.50", "", "1234.50"},
		{"1'234.50", "", "1234.50"},
		{"1’234", "1234", "1234"},
		{"(1.234,50)", "-1234.50", ""},
		{"(12)", "-12", "-12"},
		{"12-", "-12", "-12"},
		{"−3", "-3", "-3"},
		{"-0,00", "0.00", ""},
		{"007", "7", "7"},
		{"1.23E+05", "", "123000"},
		{"2E-3", "0.002", "0.002"},
		{"€ 5,00", "5.00", ""},
		{"5 EUR", "5", "5"},
		{"-$1,234.00", "", "-1234.00"},
		{"$-7", "-7", "-7"},
		{"CHF 1'000.00", "", "1000.00"},
		{"Fr. 12.50", "", "12.50"},
		{"12,50 zł", "12.50", ""},
		{"R$ 10", "10", "10"},
		{"19 %", "19", "19"},
		{"7,5%", "7.5", ""},
		{"123456789012345678.99", "", "123456789012345678.99"},

		{"", "", ""},
		{"-", "", ""},
		{"5,-", "", ""},
		{"5.", "", ""},
		{"1.23.456", "", ""},
		{"1.2345.678", "", ""},
		{"12 34", "", ""},
		{"1,2,3", "", ""},
		{"1.234,567.8", "", ""},
		{"ABC123", "", ""},
		{"12 pieces", "", ""},
		{"5 5", "", ""},
		{"--5", "", ""},
		{"(-5)", "", ""},
		{"€5€", "", ""},
		{"1e5e5", "", ""},
		{"2026-03-04", "", ""},
		{"NaN", "", ""},
		{"Infinity", "", ""},
		{"0x10", "", ""},
	} {
		comma, _ := sheet.ParseNumber(c.text, sheet.Comma)
		point, _ := sheet.ParseNumber(c.text, sheet.Point)
		if comma.Value != c.comma || point.Value != c.point {
			t.Errorf("%q: comma %q, point %q; want %q, %q", c.text, comma.Value, point.Value, c.comma, c.point)
		}
	}
}

func TestParseNumberKeepsSigns(t *testing.T) {
	for text, want := range map[string]sheet.Figure{
		"-19,5 %":     {Value: "-19.5", Percent: true},
		"1.000,00 €":  {Value: "1000.00", Currency: "€"},
		"USD 5,25":    {Value: "5.25", Currency: "USD"},
		"1.299,- kr.": {},
		"12,00 kr":    {Value: "12.00", Currency: "kr"},
	} {
		got, _ := sheet.ParseNumber(text, sheet.Comma)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func text(value string) sheet.Cell { return sheet.Cell{Type: sheet.Text, Text: value, Value: value} }

func TestNumbersReading(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []string
		want   sheet.Reading
	}{
		{"plain", []string{"1", "-20", "", "300 €"}, sheet.Reading{}},
		{"decided by one row", []string{"1.234", "5", "2,5"}, sheet.Reading{
			Readings: []string{"comma"}, Evidence: []sheet.Evidence{{4, "2,5", "comma", "2.5"}, {2, "1.234", "comma", "1234"}},
		}},
		{"thousands twice", []string{"1,234,567"}, sheet.Reading{
			Readings: []string{"point"}, Evidence: []sheet.Evidence{{2, "1,234,567", "point", "1234567"}},
		}},
		{"lone thousand", []string{"1.234", "17"}, sheet.Reading{
			Readings: []string{"comma", "point"},
			Evidence: []sheet.Evidence{{2, "1.234", "comma", "1234"}, {2, "1.234", "point", "1.234"}},
		}},
		{"contradiction", []string{"1,5", "1.5"}, sheet.Reading{
			Readings: []string{"comma", "point"},
			Evidence: []sheet.Evidence{{2, "1,5", "comma", "1.5"}, {3, "1.5", "point", "1.5"}},
		}},
		{"no number", []string{"1,5", "n/a", "?"}, sheet.Reading{
			Readings: []string{"comma"}, Evidence: []sheet.Evidence{{2, "1,5", "comma", "1.5"}},
			Unread: 2, Examples: []sheet.Evidence{{Row: 3, Value: "n/a"}, {Row: 4, Value: "?"}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var numbers sheet.Numbers
			numbers.Add(1, sheet.Cell{Type: sheet.Number, Value: "1.5"})
			for i, value := range c.values {
				numbers.Add(i+2, text(value))
			}
			got := numbers.Reading()
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if got.InDoubt() != (len(c.want.Readings) > 1) {
				t.Error("the doubt is told wrongly")
			}
		})
	}
}

func TestLostDigits(t *testing.T) {
	for _, c := range []struct {
		cell sheet.Cell
		lost bool
	}{
		{text("4.92E+11"), true},
		{text("4,92E+11"), true},
		{text(" 5E+12 "), true},
		{text("4.9151234567E+10"), false},
		{text("E+11"), false},
		{text("+49 151 2345"), false},
		{sheet.Cell{Type: sheet.Number, Value: "491512345670"}, false},
		{sheet.Cell{Type: sheet.Number, Value: "4915123456780000"}, true},
		{sheet.Cell{Type: sheet.Date, Value: "2026-03-04"}, false},
	} {
		if got := sheet.LostDigits(c.cell); got != c.lost {
			t.Errorf("%q: %v", c.cell.Value, got)
		}
	}
}

func TestGuess(t *testing.T) {
	for text, want := range map[string]sheet.Type{
		"": sheet.Empty, "  ": sheet.Empty,
		"12": sheet.Number, "1.234,50 €": sheet.Number, "-3": sheet.Number, "0": sheet.Number, "0.5": sheet.Number,
		"01067": sheet.Text, "0049 30 12": sheet.Text, "+49301234": sheet.Text, "1234567890123456": sheet.Text,
		"4.92E+11": sheet.Text, "Müller": sheet.Text, "A1": sheet.Text, "192.168.0.1": sheet.Text,
		"04.03.2026": sheet.Date, "3/31/26": sheet.Date, "4. März 2026": sheet.Date,
		"2026-03-04T10:00:00Z": sheet.DateTime,
	} {
		if got := sheet.Guess(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestParseBool(t *testing.T) {
	for text, want := range map[string][2]bool{
		"Yes": {true, true}, " ja ": {true, true}, "WAHR": {true, true}, "x": {true, true}, "1": {true, true},
		"no": {false, true}, "Nein": {false, true}, "0": {false, true}, "": {false, false}, "maybe": {false, false},
	} {
		if value, ok := sheet.ParseBool(text); value != want[0] || ok != want[1] {
			t.Errorf("%q: %v %v", text, value, ok)
		}
	}
}
