package mime

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// dateLayouts are forms met in mail besides RFC 5322's, weekday and zone name
// already removed.
var dateLayouts = []string{
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04",
	"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05", "2 Jan 06 15:04 -0700",
	"2-Jan-2006 15:04:05 -0700", "2-Jan-06 15:04:05 -0700",
	"Jan 2 15:04:05 2006", "Jan 2 15:04:05 2006 -0700", "Jan 2, 2006 15:04:05 -0700", "January 2, 2006 15:04:05",
	"2 January 2006 15:04:05 -0700", "2 January 2006 15:04:05",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05-07:00", "2006-01-02T15:04:05Z",
	"2 Jan 2006 -0700", "2 Jan 2006",
}

var (
	dateComment = regexp.MustCompile(`\([^)]*\)`)
	dateWeekday = regexp.MustCompile(`^(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+`)
	dateZone    = regexp.MustCompile(`\s*\b(?:GMT|UTC|UT|Z)\s*([+-]\d{4})?$`)
	dateHour    = regexp.MustCompile(`\b(\d{1,2})\.(\d{2})\.(\d{2})\b`)
)

// parseDate reads a Date header; ok is false for what is no date or lies
// outside 1970 to 2199, which are clocks that were never set.
func parseDate(s string) (t time.Time, ok bool) {
	if s = strings.TrimSpace(s); s == "" || len(s) > 200 {
		return time.Time{}, false
	}
	// Nearly all dates have this form; the library tries a dozen others first.
	usual, _, _ := strings.Cut(s, " (")
	t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", usual)
	if err != nil {
		t, err = mail.ParseDate(s)
	}
	if err != nil {
		t, err = parseLooseDate(s)
	}
	if err != nil || t.Year() < 1970 || t.Year() > 2199 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

func parseLooseDate(s string) (t time.Time, err error) {
	s = strings.Join(strings.Fields(dateComment.ReplaceAllString(s, " ")), " ")
	s = dateWeekday.ReplaceAllString(s, "")
	s = dateHour.ReplaceAllString(s, "$1:$2:$3")
	if m := dateZone.FindStringSubmatchIndex(s); m != nil {
		zone := " +0000"
		if m[2] >= 0 {
			zone = " " + s[m[2]:m[3]]
		}
		s = s[:m[0]] + zone
	}
	for _, layout := range dateLayouts {
		if t, err = time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, err
}

// receivedDate reads the time stamp after the last semicolon of a Received
// header (RFC 5321 section 4.4).
func receivedDate(value string) (time.Time, bool) {
	i := strings.LastIndexByte(value, ';')
	if i < 0 {
		return time.Time{}, false
	}
	return parseDate(value[i+1:])
}
