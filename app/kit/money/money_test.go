package money_test

import (
	"math"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		code   string
		digits int
		known  bool
	}{
		{"EUR", 2, true},
		{"USD", 2, true},
		{"CHF", 2, true},
		{"GBP", 2, true},
		{"HUF", 2, true}, // 0 in cash, 2 in the books
		{"JPY", 0, true},
		{"CLP", 0, true},
		{"ISK", 0, true},
		{"UGX", 0, true},
		{"KRW", 0, true},
		{"KWD", 3, true},
		{"BHD", 3, true},
		{"TND", 3, true},
		{"eur", 0, false},
		{"Eur", 0, false},
		{"", 0, false},
		{"EU", 0, false},
		{"EURO", 0, false},
		{"ZZZ", 0, false},
		{"XXX", 0, false},
		{"XTS", 0, false},
		{"E€R", 0, false},
		{"ÉUR", 0, false},
	} {
		if digits, known := money.Currency(c.code).Digits(); digits != c.digits || known != c.known {
			t.Errorf("Digits(%q) = %d, %v, want %d, %v", c.code, digits, known, c.digits, c.known)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, code string
		want       int64
		key        string
	}{
		{"1234.50", "EUR", 123450, ""},
		{"1234.5", "EUR", 123450, ""},
		{"0007", "EUR", 700, ""},
		{"-0.05", "EUR", -5, ""},
		{"-0", "EUR", 0, ""},
		{"500", "JPY", 500, ""},
		{"1.250", "KWD", 1250, ""},
		{"92233720368547758.07", "EUR", math.MaxInt64, ""},
		{"-92233720368547758.08", "EUR", math.MinInt64, ""},
		{"92233720368547758.08", "EUR", 0, "money.tooLarge"},
		{"-92233720368547758.09", "EUR", 0, "money.tooLarge"},
		{strings.Repeat("9", 400), "EUR", 0, "money.tooLarge"},
		{"1.005", "EUR", 0, "money.tooManyDigits"},
		{"10.000", "EUR", 0, "money.tooManyDigits"},
		{"1.5", "JPY", 0, "money.tooManyDigits"},
		{"1", "ZZZ", 0, "money.unknownCurrency"},
		{"1", "eur", 0, "money.unknownCurrency"},
		{"", "EUR", 0, "money.notNumber"},
		{"-", "EUR", 0, "money.notNumber"},
		{".", "EUR", 0, "money.notNumber"},
		{".5", "EUR", 0, "money.notNumber"},
		{"5.", "EUR", 0, "money.notNumber"},
		{"--5", "EUR", 0, "money.notNumber"},
		{"+5", "EUR", 0, "money.notNumber"},
		{"1,50", "EUR", 0, "money.notNumber"},
		{"1 000", "EUR", 0, "money.notNumber"},
		{" 1", "EUR", 0, "money.notNumber"},
		{"1.2.3", "EUR", 0, "money.notNumber"},
		{"1.-2", "EUR", 0, "money.notNumber"},
		{"1e3", "EUR", 0, "money.notNumber"},
		{"0x10", "EUR", 0, "money.notNumber"},
		{"1_000", "EUR", 0, "money.notNumber"},
		{"NaN", "EUR", 0, "money.notNumber"},
		{"٣", "EUR", 0, "money.notNumber"},
		{"1\x00", "EUR", 0, "money.notNumber"},
	} {
		got, err := money.Parse(c.text, c.code)
		if c.key == "" {
			if err != nil || got != c.want {
				t.Errorf("Parse(%q, %s) = %d, %v, want %d", c.text, c.code, got, err, c.want)
			}
			continue
		}
		f := fault.Of(err)
		if f == nil || f.Code != fault.CodeInvalid || f.Key != c.key || f.Field != "" {
			t.Errorf("Parse(%q, %s) fails with %v, want %s", c.text, c.code, err, c.key)
		}
	}
}

func TestParse_longTextIsClipped(t *testing.T) {
	_, err := money.Parse(strings.Repeat("ü", 1000), "EUR")
	if got := fault.Of(err).Params["text"]; got != strings.Repeat("ü", 40)+"…" {
		t.Errorf("the message repeats %v", got)
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		minor      int64
		code, want string
	}{
		{123450, "EUR", "1234.50"},
		{-5, "EUR", "-0.05"},
		{0, "EUR", "0.00"},
		{7, "EUR", "0.07"},
		{500, "JPY", "500"},
		{-500, "JPY", "-500"},
		{1250, "KWD", "1.250"},
		{-1, "KWD", "-0.001"},
		{math.MaxInt64, "EUR", "92233720368547758.07"},
		{math.MinInt64, "EUR", "-92233720368547758.08"},
		{100, "???", "1.00"},
	} {
		if got := money.Format(c.minor, c.code); got != c.want {
			t.Errorf("Format(%d, %s) = %s, want %s", c.minor, c.code, got, c.want)
		}
	}
}

func TestScaled(t *testing.T) {
	for _, c := range []struct {
		text   string
		digits int
		scaled int64
		back   string
	}{
		{"2.5", 4, 25000, "2.5"},
		{"12", 4, 120000, "12"},
		{"0.000001", 6, 1, "0.000001"},
		{"-0.10", 2, -10, "-0.1"},
		{"100", 0, 100, "100"},
		{"0", 4, 0, "0"},
		{"9.223372036854775807", 18, math.MaxInt64, "9.223372036854775807"},
	} {
		got, err := money.ParseScaled(c.text, c.digits)
		if err != nil || got != c.scaled {
			t.Errorf("ParseScaled(%q, %d) = %d, %v, want %d", c.text, c.digits, got, err, c.scaled)
		}
		if back := money.FormatScaled(got, c.digits); back != c.back {
			t.Errorf("FormatScaled(%d, %d) = %s, want %s", got, c.digits, back, c.back)
		}
	}
	if _, err := money.ParseScaled("1.23456", 4); fault.Of(err).Params["digits"] != 4 {
		t.Errorf("five digits where four are allowed: %v", err)
	}
}

// FuzzParse: what is accepted comes back the same from its own text, in money
// and in any scale.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"1234.50", "-0.05", "0007", "1e3", "10.000", "92233720368547758.08", ".5", "٣"} {
		f.Add(text, "EUR", 4)
	}
	f.Fuzz(func(t *testing.T, text, code string, digits int) {
		if minor, err := money.Parse(text, code); err == nil {
			if again, err := money.Parse(money.Format(minor, code), code); err != nil || again != minor {
				t.Errorf("%q %s is %d, then %d, %v", text, code, minor, again, err)
			}
		} else if !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%q %s: %v", text, code, err)
		}
		if digits < 0 || digits > 18 {
			return
		}
		if v, err := money.ParseScaled(text, digits); err == nil {
			if again, err := money.ParseScaled(money.FormatScaled(v, digits), digits); err != nil || again != v {
				t.Errorf("%q with %d digits is %d, then %d, %v", text, digits, v, again, err)
			}
		} else if !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%q with %d digits: %v", text, digits, err)
		}
	})
}
