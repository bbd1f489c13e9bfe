package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Dates weighs all values of one column that should hold dates. The zero value
// is ready.
type Dates struct{ votes ballot }

// Add takes the next cell. Dates of a workbook need no reading.
func (d *Dates) Add(row int, c Cell) {
	if c.Type == Date || c.Type == DateTime || c.Blank() {
		return
	}
	d.votes.readings = []string{DayMonthYear, MonthDayYear, YearMonthDay}
	results := make([]string, 3)
	if c.Type == Text || c.Type == Number {
		for i, reading := range d.votes.readings {
			_, results[i], _ = ParseDate(c.Value, reading)
		}
	}
	d.votes.add(row, c.Value, results)
}

// Reading is one of DayMonthYear, MonthDayYear, YearMonthDay, several in doubt,
// or none if it does not matter.
func (d *Dates) Reading() Reading { return d.votes.decide(YearMonthDay) }

// clockPart matches the time of day behind a date, and what follows it.
var clockPart = regexp.MustCompile(`^(.*?)(?:[T,\s]+|\s+(?:at|um)\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?|\s*Uhr)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`)

// ParseDate reads a text as a date, with or without a time of day, which is
// taken as it stands, whatever time zone follows. Texts that can mean only one
// day read the same under each reading: 2026-03-04, 20260304, 4. März 2026. Of
// years with two digits those up to 49 are in this century, as on Windows.
func ParseDate(text, reading string) (Type, string, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 6 || len(text) > 60 || !strings.ContainsAny(text, "0123456789") {
		return Empty, "", false
	}
	clock := ""
	if strings.Contains(text, ":") {
		m := clockPart.FindStringSubmatch(text)
		if m == nil {
			return Empty, "", false
		}
		var ok bool
		if clock, ok = clockOf(m[2], m[3], m[4], m[5], m[6]); !ok {
			return Empty, "", false
		}
		text = strings.TrimSpace(m[1])
	}
	text = cutWeekday(text)
	y, m, d, ok := numericDate(text, reading)
	if !ok {
		y, m, d, ok = namedDate(text)
	}
	if !ok || y < 1000 || y > 9999 || m < 1 || m > 12 || d < 1 {
		return Empty, "", false
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Day() != d {
		return Empty, "", false
	}
	if clock == "" {
		return Date, at.Format(time.DateOnly), true
	}
	return DateTime, at.Format(time.DateOnly) + "T" + clock, true
}

// clockOf checks the parts of a time of day.
func clockOf(hour, minute, second, fraction, half string) (string, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	s, _ := strconv.Atoi(second)
	if half != "" {
		if h < 1 || h > 12 {
			return "", false
		}
		h %= 12
		if half == "p" || half == "P" {
			h += 12
		}
	}
	if h > 23 || m > 59 || s > 59 {
		return "", false
	}
	text := time.Date(2000, 1, 1, h, m, s, 0, time.UTC).Format(time.TimeOnly)
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		text += "." + fraction[:min(3, len(fraction))]
	}
	return text, true
}

// numericDate reads 04.03.2026, 3/4/26, 2026-3-4 and 20260304.
func numericDate(text, reading string) (y, m, d int, ok bool) {
	if len(text) == 8 && allDigits(text) {
		return number(text[:4]), number(text[4:6]), number(text[6:]), true
	}
	separator := strings.IndexAny(text, "./-")
	if separator < 1 {
		return 0, 0, 0, false
	}
	parts := strings.Split(strings.TrimSuffix(text, "."), text[separator:separator+1])
	if len(parts) != 3 {
		return 0, 0, 0, false
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
		if parts[i] == "" || len(parts[i]) > 4 || !allDigits(parts[i]) {
			return 0, 0, 0, false
		}
	}
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case len(a) == 4 && len(b) <= 2 && len(c) <= 2:
		return number(a), number(b), number(c), true
	case len(a) > 2 || len(b) > 2 || len(c) == 3 || len(c) == 1:
		return 0, 0, 0, false
	case reading == YearMonthDay:
		if len(c) != 2 || len(a) != 2 {
			return 0, 0, 0, false
		}
		return century(a), number(b), number(c), true
	case reading == MonthDayYear:
		return century(c), number(a), number(b), true
	}
	return century(c), number(b), number(a), true
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// century completes a year of two digits.
func century(year string) int {
	n := number(year)
	switch {
	case len(year) == 4:
		return n
	case n < 50:
		return 2000 + n
	}
	return 1900 + n
}

// monthNames are the first letters that tell months apart in English and German.
var monthNames = map[string]int{
	"jan": 1, "january": 1, "januar": 1, "jän": 1, "jänner": 1,
	"feb": 2, "february": 2, "februar": 2, "feber": 2,
	"mar": 3, "march": 3, "mär": 3, "märz": 3, "mrz": 3, "maerz": 3,
	"apr": 4, "april": 4, "may": 5, "mai": 5,
	"jun": 6, "june": 6, "juni": 6, "jul": 7, "july": 7, "juli": 7,
	"aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
	"oct": 10, "october": 10, "okt": 10, "oktober": 10,
	"nov": 11, "november": 11, "dec": 12, "december": 12, "dez": 12, "dezember": 12,
}

var weekdays = map[string]bool{
	"mon": true, "monday": true, "tue": true, "tues": true, "tuesday": true, "wed": true, "wednesday": true,
	"thu": true, "thurs": true, "thursday": true, "fri": true, "friday": true, "sat": true, "saturday": true,
	"sun": true, "sunday": true, "mo": true, "montag": true, "di": true, "dienstag": true, "mi": true,
	"mittwoch": true, "do": true, "donnerstag": true, "fr": true, "freitag": true, "sa": true,
	"samstag": true, "sonnabend": true, "so": true, "sonntag": true,
}

// cutWeekday takes off the day of the week: Mi., 04.03.2026.
func cutWeekday(text string) string {
	end := strings.IndexAny(text, " .,")
	if end > 0 && weekdays[strings.ToLower(text[:end])] {
		return strings.TrimLeft(text[end:], " .,")
	}
	return text
}

// namedDate reads 4. März 2026, March 4th, 2026, 04-Mar-26.
func namedDate(text string) (y, m, d int, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return strings.ContainsRune(" .,-/\u00A0", r)
	})
	if len(words) != 3 {
		return 0, 0, 0, false
	}
	day, year := words[0], words[2]
	switch {
	case monthNames[words[1]] > 0:
		m = monthNames[words[1]]
		if len(day) == 4 && allDigits(day) {
			day, year = year, day
		}
	case monthNames[words[0]] > 0:
		m, day = monthNames[words[0]], words[1]
	default:
		return 0, 0, 0, false
	}
	for _, ordinal := range []string{"st", "nd", "rd", "th"} {
		day = strings.TrimSuffix(day, ordinal)
	}
	if day == "" || len(day) > 2 || !allDigits(day) || !allDigits(year) || len(year) != 2 && len(year) != 4 {
		return 0, 0, 0, false
	}
	return century(year), m, number(day), true
}
