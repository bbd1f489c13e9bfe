package sheet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Figure is a number that stood in a text.
type Figure struct {
	Value    string // plain decimal such as -1234.50, with the decimals that were written
	Percent  bool   // the text said 19 %; Value is then 19
	Currency string // the sign or code beside it, such as € or CHF
}

// Numbers weighs all values of one column that should hold numbers. The zero
// value is ready.
type Numbers struct{ votes ballot }

// Add takes the next cell. Numbers of a workbook need no reading.
func (n *Numbers) Add(row int, c Cell) {
	if c.Type == Number || c.Blank() {
		return
	}
	n.votes.readings = []string{Comma, Point}
	text := c.Value
	if c.Type != Text {
		n.votes.add(row, text, []string{"", ""})
		return
	}
	comma, _ := ParseNumber(text, Comma)
	point, _ := ParseNumber(text, Point)
	n.votes.add(row, text, []string{comma.Value, point.Value})
}

// Reading is Comma, Point, both in doubt, or none if it does not matter.
func (n *Numbers) Reading() Reading { return n.votes.decide("") }

// ParseNumber reads a text as a number: 1.234,56, 1'234.50, (12.00), 12-, 19 %,
// € 5, 5 EUR. An empty reading takes Point. Thousands may be set off by the
// other mark, spaces or apostrophes, in groups of three (in India of two).
func ParseNumber(text, reading string) (Figure, bool) {
	var f Figure
	core, negative, ok := f.strip(text)
	if !ok {
		return Figure{}, false
	}
	core, exponent, _ := cutExponent(core)
	mark, group := byte('.'), byte(',')
	if reading == Comma {
		mark, group = ',', '.'
	}
	whole, fraction, marked := strings.Cut(core, string(mark))
	whole, ok = ungroup(whole, group)
	if !ok || !allDigits(fraction) || whole == "" && fraction == "" || marked && fraction == "" {
		return Figure{}, false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	f.Value = whole
	if fraction != "" {
		f.Value += "." + fraction
	}
	if negative && strings.Trim(f.Value, "0.") != "" {
		f.Value = "-" + f.Value
	}
	if exponent != 0 {
		d, err := decimal.NewFromString(f.Value)
		if err != nil {
			return Figure{}, false
		}
		f.Value = d.Shift(exponent).String()
	}
	return f, true
}

// strip takes sign, brackets, currency and percent sign off a number, each once.
func (f *Figure) strip(text string) (core string, negative, ok bool) {
	core = strings.TrimSpace(text)
	signed := false
	if inner, ok := strings.CutPrefix(core, "("); ok && strings.HasSuffix(inner, ")") {
		core, negative, signed = inner[:len(inner)-1], true, true
	}
	for {
		core = strings.TrimSpace(core)
		if core == "" {
			return "", false, false
		}
		first, size := utf8.DecodeRuneInString(core)
		last, _ := utf8.DecodeLastRuneInString(core)
		switch {
		case first >= '0' && first <= '9' && last >= '0' && last <= '9':
			return core, negative, true
		case !signed && (first == '-' || first == '\u2212' || first == '+'):
			core, negative, signed = core[size:], first != '+', true
		case !signed && last == '-': // as SAP writes it
			core, negative, signed = core[:len(core)-1], true, true
		case !f.Percent && last == '%':
			core, f.Percent = core[:len(core)-1], true
		case f.Currency == "" && f.takeCurrency(&core):
		default:
			return core, negative, core[0] == '.' || core[0] == ','
		}
	}
}

// currencyWords are signs made of letters, beside the codes of ISO 4217.
var currencyWords = []string{"kr", "kr.", "zł", "Kč", "Ft", "Fr.", "Fr", "SFr.", "lei", "R$", "US$", "A$", "C$", "NZ$", "HK$", "S$", "лв", "лв.", "руб.", "руб", "грн", "TL", "Rs", "Rs."}

// takeCurrency takes a currency from the front or the end of a number.
func (f *Figure) takeCurrency(core *string) bool {
	text := *core
	front := strings.IndexFunc(text, unicode.IsDigit)
	if front < 0 {
		return false
	}
	back := strings.LastIndexFunc(text, unicode.IsDigit) + 1
	// A minus or a decimal mark may stand between the currency and the digits.
	before := strings.TrimRight(text[:front], "-+\u2212 \u00A0\u202F")
	if !isCurrency(before) {
		before = strings.TrimRight(before, ".,")
	}
	after := strings.TrimLeft(text[back:], "- \u00A0\u202F")
	switch {
	case isCurrency(before):
		f.Currency, *core = before, strings.TrimPrefix(text, before)
	case isCurrency(after):
		f.Currency, *core = after, strings.TrimSuffix(text, after)
	default:
		return false
	}
	return true
}

func isCurrency(s string) bool {
	if r, size := utf8.DecodeRuneInString(s); size == len(s) && size > 0 && unicode.Is(unicode.Sc, r) {
		return true
	}
	if slices.Contains(currencyWords, s) {
		return true
	}
	_, err := currency.ParseISO(s)
	return err == nil && s == strings.ToUpper(s)
}

// cutExponent takes off the exponent that Excel writes for long numbers.
func cutExponent(core string) (string, int32, bool) {
	i := strings.IndexAny(core, "eE")
	if i < 0 {
		return core, 0, false
	}
	digits, negative := strings.TrimPrefix(core[i+1:], "+"), false
	if digits, negative = strings.CutPrefix(digits, "-"); len(digits) < 1 || len(digits) > 2 || !allDigits(digits) {
		return core, 0, false
	}
	exponent := int32(0)
	for _, d := range digits {
		exponent = exponent*10 + d - '0'
	}
	if negative {
		exponent = -exponent
	}
	return core[:i], exponent, true
}

// groupSpaces are the spaces and apostrophes that set off thousands.
var groupSpaces = []string{" ", "\u00A0", "\u202F", "\u2009", "'", "\u2019"}

// ungroup takes the separators out of the whole part of a number if they stand
// where they must and are all the same.
func ungroup(whole string, group byte) (string, bool) {
	if allDigits(whole) {
		return whole, true
	}
	for _, separator := range append([]string{string(group)}, groupSpaces...) {
		if !strings.Contains(whole, separator) {
			continue
		}
		groups := strings.Split(whole, separator)
		for _, g := range groups {
			if !allDigits(g) {
				return "", false
			}
		}
		return strings.Join(groups, ""), grouped(groups, separator == ",")
	}
	return "", false
}

// grouped checks 1|234|567 and the Indian 12|34|567. A number that begins with
// 0 has no thousands: 0.123 has decimals.
func grouped(groups []string, indian bool) bool {
	first, last := groups[0], groups[len(groups)-1]
	if len(first) < 1 || len(first) > 3 || first[0] == '0' || len(last) != 3 {
		return false
	}
	for _, g := range groups[1 : len(groups)-1] {
		if len(g) != len(groups[1]) || len(g) != 3 && (len(g) != 2 || !indian) {
			return false
		}
	}
	return len(groups) == 2 || len(groups[1]) == 3 || len(first) <= 2
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Guess says what a text looks like: Number, Date, DateTime or Text. Texts with
// leading zeros or more than 15 digits stay Text, since postcodes, phone and
// customer numbers are no figures; so does what lost its digits.
func Guess(text string) Type {
	text = strings.TrimSpace(text)
	if text == "" {
		return Empty
	}
	for _, reading := range []string{DayMonthYear, MonthDayYear, YearMonthDay} {
		if kind, _, ok := ParseDate(text, reading); ok && !allDigits(text) {
			return kind
		}
	}
	if shortened.MatchString(text) {
		return Text
	}
	for _, reading := range []string{Point, Comma} {
		f, ok := ParseNumber(text, reading)
		if !ok {
			continue
		}
		whole, _, _ := strings.Cut(strings.TrimPrefix(f.Value, "-"), ".")
		zeros := strings.HasPrefix(text, "0") && len(text) > 1 && text[1] >= '0' && text[1] <= '9'
		if !zeros && len(whole) <= excelPrecise && !strings.HasPrefix(text, "+") {
			return Number
		}
		return Text
	}
	return Text
}
