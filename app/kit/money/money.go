package money

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"kontor/app/kit/fault"
)

// Currency is an ISO 4217 code in upper case, such as EUR.
type Currency string

// Digits says how many digits the currency has behind the point, and whether
// there is such a currency at all.
func (c Currency) Digits() (int, bool) { return Digits(string(c)) }

// Digits says how many digits a currency has behind the point: 2 for EUR, 0 for
// JPY, 3 for KWD. It is false for a code that is not an upper-case ISO 4217 one.
func Digits(code string) (int, bool) {
	if !isCode(code) || code == "XXX" || code == "XTS" {
		return 0, false
	}
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 0, false
	}
	if digits, ok := official[code]; ok {
		return digits, true
	}
	digits, _ := currency.Standard.Rounding(unit)
	return digits, true
}

// official are the digits of ISO 4217 where CLDR has fewer: it tells how prices
// are shown in shops, while books and invoices keep the hundredths.
var official = map[string]int{
	"AFN": 2, "ALL": 2, "AMD": 2, "COP": 2, "GYD": 2, "IDR": 2, "IQD": 3, "IRR": 2, "KPW": 2, "LAK": 2, "LBP": 2, "MGA": 2, "MMK": 2,
	"MNT": 2, "MUR": 2, "PKR": 2, "RSD": 2, "SOS": 2, "SYP": 2, "TZS": 2, "UZS": 2, "YER": 2,
}

// DigitsOf is Digits with a fault, without a field, for a currency nobody knows.
func DigitsOf(code string) (int, error) {
	digits, ok := Digits(code)
	if !ok {
		return 0, fault.Invalid("", "money.unknownCurrency", fault.Params{"currency": clip(code)})
	}
	return digits, nil
}

func isCode(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := range len(code) {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// Parse reads an amount such as "1234.50" into the smallest units of its
// currency. What is not a number, does not fit or has more digits than the
// currency is a fault without a field.
func Parse(text, code string) (int64, error) {
	digits, err := DigitsOf(code)
	if err != nil {
		return 0, err
	}
	return ParseScaled(text, digits)
}

// Format writes an amount as plain text with all digits of its currency:
// "1234.50", "-0.05", "500" JPY. A currency nobody knows gets two digits, as
// most have.
func Format(minor int64, code string) string {
	digits, ok := Digits(code)
	if !ok {
		digits = 2
	}
	return point(minor, digits)
}

// ParseScaled reads a number with at most so many digits behind the point into
// a scaled integer: "2.5" with four digits is 25000. Digits is 0 to 18.
func ParseScaled(text string, digits int) (int64, error) {
	unsigned := strings.TrimPrefix(text, "-")
	whole, fraction, hasPoint := strings.Cut(unsigned, ".")
	if !allDigits(whole) || hasPoint && !allDigits(fraction) {
		return 0, fault.Invalid("", "money.notNumber", fault.Params{"text": clip(text)})
	}
	if len(fraction) > digits {
		return 0, fault.Invalid("", "money.tooManyDigits",
			fault.Params{"text": clip(text), "digits": digits})
	}
	scaled := whole + fraction + strings.Repeat("0", digits-len(fraction))
	if len(unsigned) < len(text) {
		scaled = "-" + scaled
	}
	v, err := strconv.ParseInt(scaled, 10, 64)
	if errors.Is(err, strconv.ErrRange) {
		return 0, tooLarge()
	}
	return v, err
}

// FormatScaled writes a scaled integer without the zeros at its end: 25000 with
// four digits is "2.5", 120000 is "12".
func FormatScaled(v int64, digits int) string {
	text := point(v, digits)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// point sets the point so many digits from the end.
func point(v int64, digits int) string {
	text := strconv.FormatInt(v, 10)
	if digits == 0 {
		return text
	}
	sign := ""
	if v < 0 {
		sign, text = "-", text[1:]
	}
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	at := len(text) - digits
	return sign + text[:at] + "." + text[at:]
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// clip keeps a message short when somebody pastes a page where a number belongs.
func clip(text string) string {
	const longest = 40
	runes := 0
	for i := range text {
		if runes == longest {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}

func tooLarge() error { return fault.Invalid("", "money.tooLarge", nil) }

// FormatPrice is FormatScaled for the price of one unit, which has at least the
// digits of its currency: 649 EUR is "649.00", while 0.0125 EUR keeps all four.
// A currency nobody knows asks for none.
func FormatPrice(v int64, digits int, code string) string {
	text := FormatScaled(v, digits)
	least, ok := Digits(code)
	if !ok || least == 0 {
		return text
	}
	_, behind, point := strings.Cut(text, ".")
	if !point {
		text += "."
	}
	return text + strings.Repeat("0", max(0, least-len(behind)))
}
