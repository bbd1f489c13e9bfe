package ical_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/app/kit/ical"
)

// outlook is a file as Outlook writes it, with a zone that only it knows.
const outlook = "BEGIN:VCALENDAR\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:16011028T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:16010325T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n" +
	"END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=\"W. Europe Standard Time\":20260329T090000\r\nSUMMARY;LANGUAGE=de:B\xc3\r\n \xa4ume\\, Str\\;uch\\nund mehr\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestParse(t *testing.T) {
	top, problems := ical.Parse([]byte(outlook))
	if len(top) != 1 || len(problems) != 0 || len(top[0].Parts) != 2 {
		t.Fatalf("%d calendars, %v", len(top), problems)
	}
	event := top[0].Parts[1]
	if got := event.Text("SUMMARY"); got != "Bäume, Str;uch\nund mehr" {
		t.Errorf("a line folded inside a character reads %q", got)
	}
	if event.Line != 20 || event.Props[0].Line != 21 {
		t.Errorf("lines %d and %d", event.Line, event.Props[0].Line)
	}
}

func TestRubbish(t *testing.T) {
	for name, c := range map[string]struct {
		file, summary, problems string
	}{
		"bare line feeds":          {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR", "a", ""},
		"bare returns":             {"BEGIN:VCALENDAR\rBEGIN:VEVENT\rSUMMARY:a\rEND:VEVENT\rEND:VCALENDAR", "a", ""},
		"a mark in front":          {"\xef\xbb\xbfBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR", "a", ""},
		"UTF-16":                   {"\xff\xfe" + wide("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:ä\nEND:VEVENT\nEND:VCALENDAR"), "ä", ""},
		"Latin letters beside new": {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:\xe4\xc3\xa4\x80\nEND:VEVENT\nEND:VCALENDAR", "ää€", ""},
		"small letters":            {"begin:vcalendar\nbegin:vevent\nsummary:a\nend:vevent\nend:vcalendar", "a", ""},
		"folded by tab":            {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\n\tb\nEND:VEVENT\nEND:VCALENDAR", "ab", ""},
		"a line without colon":     {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nwhat is this\nEND:VEVENT\nEND:VCALENDAR", "a", "4 stray"},
		"colon in a parameter":     {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;ALTREP=\"http://x\":a\nEND:VEVENT\nEND:VCALENDAR", "a", ""},
		"a quote without end":      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;X=\"y:a\nEND:VEVENT\nEND:VCALENDAR", "a", ""},
		"a path":                   {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:C:\\temp\\\nEND:VEVENT\nEND:VCALENDAR", `C:\temp\`, ""},
		"cut off":                  {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:b", "a", "1 unclosed,5 unclosed"},
		"an end too many":          {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VEVENT\nEND:VCALENDAR", "a", "5 stray"},
		"an end that is missing":   {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nBEGIN:VALARM\nEND:VEVENT\nEND:VCALENDAR", "a", "4 unclosed"},
		"nested for ever":          {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n" + strings.Repeat("BEGIN:X\n", 10) + strings.Repeat("END:X\n", 10) + "END:VCALENDAR", "a", "12 tooDeep,13 tooDeep,14 tooDeep"},
	} {
		top, problems := ical.Parse([]byte(c.file))
		if len(top) != 1 || len(top[0].Parts) == 0 {
			t.Errorf("%s: %v", name, top)
			continue
		}
		if got := top[0].Parts[0].Text("SUMMARY"); got != c.summary {
			t.Errorf("%s: reads %q", name, got)
		}
		var told []string
		for _, p := range problems {
			told = append(told, fmt.Sprint(p.Line, " ", p.What))
		}
		if got := strings.Join(told, ","); got != c.problems {
			t.Errorf("%s: tells %q, want %q", name, got, c.problems)
		}
	}
}

func wide(text string) string {
	var out strings.Builder
	for _, r := range text {
		out.WriteByte(byte(r))
		out.WriteByte(byte(r >> 8))
	}
	return out.String()
}

func TestMoments(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	top, _ := ical.Parse([]byte(outlook))
	z := ical.NewZones(top, berlin)
	for _, c := range []struct{ zone, value, want string }{
		{"", "20260304", "2026-03-04 whole"},
		{"", "2026-03-04", "2026-03-04 whole"},
		{"", "20260304T093000Z", "2026-03-04T09:30:00Z"},
		{"", "20260304T093000", "2026-03-04T08:30:00Z"},
		{"", "20260304T0930", "2026-03-04T08:30:00Z"},
		{"", "20260304T235960Z", "2026-03-04T23:59:59Z"},
		{"America/New_York", "20260304T093000", "2026-03-04T14:30:00Z"},
		{"/freeassociation.sourceforge.net/America/New_York", "20260704T093000", "2026-07-04T13:30:00Z"},
		// The zone of the file: a winter day, a summer day, and around both changes.
		{"W. Europe Standard Time", "20260115T090000", "2026-01-15T08:00:00Z"},
		{"W. Europe Standard Time", "20260715T090000", "2026-07-15T07:00:00Z"},
		{"W. Europe Standard Time", "20260329T015900", "2026-03-29T00:59:00Z"},
		{"W. Europe Standard Time", "20260329T030000", "2026-03-29T01:00:00Z"},
		{"W. Europe Standard Time", "20261025T015900", "2026-10-24T23:59:00Z"},
		{"W. Europe Standard Time", "20261025T030000", "2026-10-25T02:00:00Z"},
		{"Middle of Nowhere", "20260304T093000", "2026-03-04T08:30:00Z guessed"},
		{"Local", "20260304T093000", "2026-03-04T08:30:00Z guessed"},
		{"", "20260230", "wrong"},
		{"", "20260304T250000", "wrong"},
		{"", "", "wrong"},
		{"", "00000101", "wrong"},
		{"", "tomorrow", "wrong"},
	} {
		m, err := z.Moment(ical.Property{Value: c.value, Params: map[string]string{"TZID": c.zone}})
		got := m.Time.UTC().Format(time.RFC3339)
		switch {
		case err != nil:
			got = "wrong"
		case m.Whole:
			got = m.Time.Format(time.DateOnly) + " whole"
		case m.Guessed:
			got += " guessed"
		}
		if got != c.want {
			t.Errorf("%s in %q is %s, want %s", c.value, c.zone, got, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 28, 12, 0, 0, 0, berlin) // the clocks change in the night
	for text, want := range map[string]string{
		"P1D": "2026-03-29 12:00", "PT24H": "2026-03-29 13:00", "-PT15M": "2026-03-28 11:45", "P1W": "2026-04-04 12:00", "P1DT2H30M": "2026-03-29 14:30", "+PT30S": "2026-03-28 12:00",
		"": "wrong", "P": "wrong", "PT": "2026-03-28 12:00", "1D": "wrong", "P1H": "wrong", "PT1D": "wrong", "P99999999999999999999D": "wrong", "P40000DT1H40000D": "wrong",
	} {
		s, err := ical.ParseSpan(text)
		got := s.After(start).Format("2006-01-02 15:04")
		if err != nil {
			got = "wrong"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
