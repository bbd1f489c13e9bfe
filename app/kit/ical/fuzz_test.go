package ical_test

import (
	"testing"
	"time"

	"kontor/app/kit/ical"
)

// FuzzParse throws bytes at the reader: it must not fail, its lines must be
// lines of the file, and what it reads as text must come back from a file that
// we write.
func FuzzParse(f *testing.F) {
	f.Add([]byte(outlook))
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:-235959\nRRULE:FREQ=YEARLY;BYDAY=5SU;BYMONTH=2;UNTIL=1\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=x:20260304T010203\nDURATION:P1W\nEND:VEVENT"))
	f.Fuzz(func(t *testing.T, data []byte) {
		top, problems := ical.Parse(data)
		z := ical.NewZones(top, time.UTC)
		var look func(c *ical.Component)
		look = func(c *ical.Component) {
			for _, p := range c.Props {
				if p.Line < 1 || p.Line > len(data) {
					t.Errorf("line %d of %d bytes", p.Line, len(data))
				}
				_, _ = z.Moment(p)
				_, _ = z.Moments(p)
				_, _ = ical.ParseSpan(p.Value)
				w := &ical.Writer{}
				w.Begin("X")
				w.Text("T", p.Text())
				w.End("X")
				again, wrong := ical.Parse(w.Bytes())
				if len(again) != 1 || len(wrong) != 0 {
					t.Errorf("%q is written as %q: %v", p.Text(), w.Bytes(), wrong)
				}
			}
			for _, part := range c.Parts {
				look(part)
			}
		}
		for _, c := range top {
			look(c)
		}
		if len(problems) > 100 {
			t.Errorf("%d problems", len(problems))
		}
	})
}
