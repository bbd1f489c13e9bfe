package activities_test

import (
	"strings"
	"testing"
	"time"

	"kontor/app/activities"
)

func TestRepeat(t *testing.T) {
	for _, c := range []struct{ rule, start, days string }{
		{"FREQ=DAILY", "2026-12-30", "2026-12-31 2027-01-01 2027-01-02"},
		{"FREQ=DAILY;INTERVAL=3", "2026-02-27", "2026-03-02 2026-03-05 2026-03-08"},
		{"FREQ=WEEKLY", "2026-03-22", "2026-03-29 2026-04-05 2026-04-12"}, // the clocks change on the 29th
		{"FREQ=WEEKLY;INTERVAL=2", "2026-10-18", "2026-11-01 2026-11-15 2026-11-29"},
		{"FREQ=MONTHLY", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30"},
		{"FREQ=MONTHLY", "2028-01-30", "2028-02-29 2028-03-30 2028-04-30"},
		{"FREQ=MONTHLY;INTERVAL=3", "2025-11-30", "2026-02-28 2026-05-30 2026-08-30"},
		{"FREQ=MONTHLY;INTERVAL=12", "2026-05-15", "2027-05-15 2028-05-15 2029-05-15"},
		{"FREQ=YEARLY", "2024-02-29", "2025-02-28 2026-02-28 2027-02-28 2028-02-29"},
		{"FREQ=YEARLY;INTERVAL=4", "2024-02-29", "2028-02-29 2032-02-29"},
	} {
		r, err := activities.ParseRepeat(c.rule)
		if err != nil || r.String() != c.rule {
			t.Fatalf("%s: %v %v", c.rule, r, err)
		}
		start, _ := time.Parse(time.DateOnly, c.start)
		day := start
		for n, want := range strings.Fields(c.days) {
			if got := r.On(start, n+1).Format(time.DateOnly); got != want {
				t.Errorf("%s from %s: day %d is %s, want %s", c.rule, c.start, n+1, got, want)
			}
			day = r.On(start, r.After(start, day))
			if got := day.Format(time.DateOnly); got != want {
				t.Errorf("%s from %s: after the day before comes %s, want %s", c.rule, c.start, got, want)
			}
		}
		far := start.AddDate(500, 0, 0)
		n := r.After(start, far)
		if !r.On(start, n).After(far) || r.On(start, n-1).After(far) {
			t.Errorf("%s: after 500 years comes number %d", c.rule, n)
		}
	}
	for text, want := range map[string]string{
		"daily": "FREQ=DAILY", "Weekly": "FREQ=WEEKLY", "RRULE:FREQ=MONTHLY;INTERVAL=1": "FREQ=MONTHLY", " freq=yearly ; interval=2 ": "FREQ=YEARLY;INTERVAL=2",
		"hourly": "", "FREQ=HOURLY": "", "FREQ=DAILY;COUNT=3": "", "FREQ=DAILY;INTERVAL=0": "", "FREQ=DAILY;INTERVAL=1000": "", "INTERVAL=2": "", "": "", "=": "",
	} {
		r, err := activities.ParseRepeat(text)
		if err == nil && r.String() != want || (err != nil) != (want == "") {
			t.Errorf("%q is %v, %v, want %q", text, r, err, want)
		}
	}
}
