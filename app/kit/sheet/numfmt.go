package sheet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtInFormat gives the code of a number format that is not written out in
// the file (ECMA-376 part 1, 18.8.30). Those of East Asian versions, 27-36 and
// 50-58, are dates whatever they look like exactly.
func builtInFormat(id int) string {
	switch {
	case id >= 27 && id <= 36, id >= 50 && id <= 58:
		return "yyyy/m/d"
	}
	return builtInFormats[id]
}

var builtInFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
	37: "#,##0;(#,##0)", 38: "#,##0;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
	40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	48: "##0.0E+0", 49: "@",
}

// Parts of a number format that are no placeholders: "text", \x, _x, *x, and
// brackets that are not [h], [mm] or [ss].
var (
	formatLiteral = regexp.MustCompile(`"[^"]*"?|[\\_*].`)
	formatBracket = regexp.MustCompile(`\[[^\]]*\]`)
	formatElapsed = regexp.MustCompile(`(?i)\[(h+|m+|s+)\]`)
)

// bareFormat is the first section of a format, for positive numbers, without
// its literal texts.
func bareFormat(code string) string {
	bare, _, _ := strings.Cut(formatLiteral.ReplaceAllString(code, ""), ";")
	return bare
}

// formatType tells what a number with this format shows.
func formatType(code string) Type {
	bare := bareFormat(code)
	if formatElapsed.MatchString(bare) {
		return Duration
	}
	bare = strings.ToLower(formatBracket.ReplaceAllString(bare, ""))
	if strings.Contains(bare, "general") || strings.ContainsAny(bare, "#?@%") {
		return Number
	}
	clock := strings.ContainsAny(bare, "hs") || strings.Contains(bare, "am/pm")
	bare = strings.ReplaceAll(bare, "am/pm", "")
	// A zero is a digit of a number, but of a second in ss.000.
	if strings.Contains(bare, "0") && !strings.Contains(bare, "s.0") && !strings.Contains(bare, "s,0") {
		return Number
	}
	day := strings.ContainsAny(bare, "yde") || strings.Contains(bare, "m") && !clock
	switch {
	case day && clock:
		return DateTime
	case day:
		return Date
	case clock:
		return Time
	}
	return Number
}

const day = 24 * time.Hour

// lastSerial is 9999-12-31.
const lastSerial = 2958465

// fromSerial turns the number of a cell with a date format into a date. What
// Excel itself cannot show, such as negative days and its 29 February 1900,
// stays a number.
func fromSerial(number string, kind Type, date1904 bool) (Type, string) {
	serial, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return Number, ""
	}
	if kind == Duration {
		return Duration, elapsed(serial)
	}
	if serial < 0 || serial >= lastSerial+1 {
		return Number, ""
	}
	days, fraction := math.Modf(serial)
	// Excel's clock has milliseconds; the rest is noise of the binary fraction.
	clock := time.Duration(math.Round(fraction*86400000)) * time.Millisecond
	if clock == day {
		days, clock = days+1, 0
	}
	base := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	if !date1904 {
		base = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case days == 0 && (kind == Time || clock != 0):
			return Time, clockText(clock)
		case days == 0, days == 60: // 1900-01-00 and 1900-02-29
			return Number, ""
		case days < 60:
			days++
		}
	}
	if days == 0 && kind == Time {
		return Time, clockText(clock)
	}
	at := base.AddDate(0, 0, int(days))
	if clock == 0 && kind != DateTime {
		return Date, at.Format(time.DateOnly)
	}
	return DateTime, at.Format(time.DateOnly) + "T" + clockText(clock)
}

func clockText(d time.Duration) string {
	return time.Time{}.Add(d).Format("15:04:05.999")
}

// elapsed writes days as hours, minutes and seconds.
func elapsed(days float64) string {
	seconds := math.Round(math.Abs(days) * 86400)
	sign := ""
	if days < 0 && seconds > 0 {
		sign = "-"
	}
	hours := math.Floor(seconds / 3600)
	rest := int(seconds - hours*3600)
	return fmt.Sprintf("%s%.0f:%02d:%02d", sign, hours, rest/60, rest%60)
}

// fromISO reads the value of a cell of type d, which some programs write
// instead of a serial number (ECMA-376 part 1, 18.17.4.1).
func fromISO(text string) (Type, string, bool) {
	for _, form := range []struct {
		layout string
		kind   Type
		out    string
	}{
		{time.DateOnly, Date, time.DateOnly},
		{"2006-01-02T15:04", DateTime, "2006-01-02T15:04:05"},
		{"2006-01-02T15:04:05", DateTime, "2006-01-02T15:04:05.999"},
		{time.RFC3339, DateTime, "2006-01-02T15:04:05.999"},
		{"T15:04:05", Time, "15:04:05.999"},
		{"15:04:05", Time, "15:04:05.999"},
		{"15:04", Time, "15:04:05"},
	} {
		if t, err := time.Parse(form.layout, text); err == nil {
			return form.kind, t.Format(form.out), true
		}
	}
	return Error, "", false
}
