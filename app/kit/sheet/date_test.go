package sheet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/sheet"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ text, dmy, mdy, ymd string }{
		{"04.03.2026", "2026-03-04", "2026-04-03", ""},
		{"4.3.26", "2026-03-04", "2026-04-03", ""},
		{"4. 3. 2026", "2026-03-04", "2026-04-03", ""},
		{"04/03/26", "2026-03-04", "2026-04-03", "2004-03-26"},
		{"31/12/2026", "2026-12-31", "", ""},
		{"12/31/2026", "", "2026-12-31", ""},
		{"29.02.2024", "2024-02-29", "", ""},
		{"29.02.2026", "", "", ""},
		{"98-12-31", "", "", "1998-12-31"},
		{"31.12.49", "2049-12-31", "", ""},
		{"31.12.50", "1950-12-31", "", ""},
		{"2026-03-04", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"2026/3/4", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"2026.03.04", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"20260304", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"4. März 2026", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"4 Mrz. 2026", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"March 4th, 2026", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"04-Mar-26", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"2026 March 4", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"Wed, 4 Mar 2026", "2026-03-04", "2026-03-04", "2026-03-04"},
		{"Mi., 31.03.2026", "2026-03-31", "", ""},
		{"2026-03-04T13:30:00Z", "2026-03-04T13:30:00", "2026-03-04T13:30:00", "2026-03-04T13:30:00"},
		{"2026-03-04 13:30:05.250+02:00", "2026-03-04T13:30:05.25", "2026-03-04T13:30:05.25", "2026-03-04T13:30:05.25"},
		{"31.12.2026 8:05", "2026-12-31T08:05:00", "", ""},
		{"12/31/2026, 12:15 AM", "", "2026-12-31T00:15:00", ""},
		{"31.12.2026 um 18:30 Uhr", "2026-12-31T18:30:00", "", ""},
		{"March 4, 2026 at 6:30 pm", "2026-03-04T18:30:00", "2026-03-04T18:30:00", "2026-03-04T18:30:00"},

		{"", "", "", ""},
		{"today", "", "", ""},
		{"March 2026", "", "", ""},
		{"31.02.2026", "", "", ""},
		{"32.01.2026", "", "", ""},
		{"04.03", "", "", ""},
		{"04.03.202", "", "", ""},
		{"04.03-2026", "", "", ""},
		{"1.2.3.4.5", "", "", ""},
		{"20261301", "", "", ""},
		{"2026-03-04 25:00", "", "", ""},
		{"2026-03-04 13:30 PM", "", "", ""},
		{"45678", "", "", ""},
		{"4. Foo 2026", "", "", ""},
	} {
		_, dmy, _ := sheet.ParseDate(c.text, sheet.DayMonthYear)
		_, mdy, _ := sheet.ParseDate(c.text, sheet.MonthDayYear)
		_, ymd, _ := sheet.ParseDate(c.text, sheet.YearMonthDay)
		if dmy != c.dmy || mdy != c.mdy || ymd != c.ymd {
			t.Errorf("%q: %q %q %q, want %q %q %q", c.text, dmy, mdy, ymd, c.dmy, c.mdy, c.ymd)
		}
	}
}

func TestDatesReading(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []string
		want   sheet.Reading
	}{
		{"one way only", []string{"2026-03-04", "4. März 2026", "05/05/2026"}, sheet.Reading{}},
		{"a day above twelve", []string{"03/04/2026", "31/12/2026"}, sheet.Reading{
			Readings: []string{"dmy"},
			Evidence: []sheet.Evidence{{2, "31/12/2026", "dmy", "2026-12-31"}, {1, "03/04/2026", "dmy", "2026-04-03"}},
		}},
		{"American", []string{"3/4/26", "12/31/26"}, sheet.Reading{
			Readings: []string{"mdy"},
			Evidence: []sheet.Evidence{{2, "12/31/26", "mdy", "2026-12-31"}, {1, "3/4/26", "mdy", "2026-03-04"}},
		}},
		{"in doubt", []string{"03/04/2026", "2026-01-31"}, sheet.Reading{
			Readings: []string{"dmy", "mdy"},
			Evidence: []sheet.Evidence{{1, "03/04/2026", "dmy", "2026-04-03"}, {1, "03/04/2026", "mdy", "2026-03-04"}},
		}},
		{"two digits are no year in front", []string{"04/03/26"}, sheet.Reading{
			Readings: []string{"dmy", "mdy"},
			Evidence: []sheet.Evidence{{1, "04/03/26", "dmy", "2026-03-04"}, {1, "04/03/26", "mdy", "2026-04-03"}},
		}},
		{"unless they must be", []string{"26-03-04", "98-12-31"}, sheet.Reading{
			Readings: []string{"ymd"},
			Evidence: []sheet.Evidence{{2, "98-12-31", "ymd", "1998-12-31"}, {1, "26-03-04", "ymd", "2026-03-04"}},
		}},
		{"contradiction", []string{"31/12/2026", "12/31/2026"}, sheet.Reading{
			Readings: []string{"dmy", "mdy"},
			Evidence: []sheet.Evidence{{1, "31/12/2026", "dmy", "2026-12-31"}, {2, "12/31/2026", "mdy", "2026-12-31"}},
		}},
		{"no dates", []string{"31.02.2026", "soon"}, sheet.Reading{
			Unread: 2, Examples: []sheet.Evidence{{Row: 1, Value: "31.02.2026"}, {Row: 2, Value: "soon"}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var dates sheet.Dates
			dates.Add(99, sheet.Cell{Type: sheet.Date, Value: "2026-03-04"})
			for i, value := range c.values {
				dates.Add(i+1, text(value))
			}
			if diff := cmp.Diff(c.want, dates.Reading()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
