package paper

import (
	"strings"
	"time"

	"kontor/app/kit/lang"
	"kontor/app/kit/money"
)

const (
	nbsp  = "\u00A0"
	minus = "\u2212"
)

// numerals are how a language writes numbers.
type numerals struct{ group, point string }

func numeralsOf(language string) numerals {
	base, region, _ := strings.Cut(strings.ToLower(language), "-")
	switch {
	case base != "de":
		return numerals{",", "."}
	case region == "ch" || region == "li":
		return numerals{"’", "."}
	}
	return numerals{".", ","}
}

// Amount writes an amount such as "1234.5" the way a language does, with at
// least the digits of its currency: 1,234.50 or 1.234,50. What is not a number
// comes back as it is.
func Amount(language, currency, amount string) string {
	if !isNumber(amount) {
		return amount
	}
	return numeralsOf(language).write(amount, digitsOf(currency))
}

// Number writes a number the way a language does, without zeros at its end.
func Number(language, number string) string {
	if !isNumber(number) {
		return number
	}
	return numeralsOf(language).write(trimZeros(number), 0)
}

// Day writes a day given as YYYY-MM-DD the way a language does: 21 November
// 2026, 21. November 2026. What is not a day comes back as it is.
func Day(language, day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	base := baseOf(language)
	key := "paper.day"
	if strings.EqualFold(language, "en-US") {
		key = "paper.dayMonthFirst"
	}
	month := lang.Text(base, "paper.month."+strings.ToLower(t.Month().String()), nil)
	text := lang.Text(base, key, map[string]any{"day": t.Day(), "month": month, "year": t.Year()})
	return strings.ReplaceAll(text, " ", nbsp)
}

// baseOf is the part of a language tag that the catalogues know.
func baseOf(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	return base
}

// write groups the digits of a valid number and fills it up to so many behind
// the point.
func (n numerals) write(number string, digits int) string {
	unsigned, negative := strings.CutPrefix(number, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if missing := digits - len(fraction); missing > 0 {
		fraction += strings.Repeat("0", missing)
	}
	var b strings.Builder
	if negative && strings.Trim(whole+fraction, "0") != "" {
		b.WriteString(minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(n.group)
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString(n.point + fraction)
	}
	return b.String()
}

func trimZeros(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number
}

// isNumber takes an optional minus, digits, and a point with digits.
func isNumber(text string) bool {
	const longest = 40
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return len(text) <= longest && digits(whole) && (!point || digits(fraction))
}

// isZero reports that there is nothing to show.
func isZero(number string) bool { return strings.Trim(number, "-0.") == "" }

func digitsOf(currency string) int {
	if digits, ok := money.Digits(currency); ok {
		return digits
	}
	return 2
}
