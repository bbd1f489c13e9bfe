package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kontor/app/kit/ical"
)

func TestWrite(t *testing.T) {
	for _, text := range []string{"a", strings.Repeat("ä", 200), strings.Repeat("x", 74), strings.Repeat("😀", 60), "a;b,c\\d\ne\r\nf", ":", strings.Repeat(`\`, 200)} {
		w := &ical.Writer{}
		w.Begin("VCALENDAR")
		w.Text("SUMMARY", text)
		w.End("VCALENDAR")
		for line := range bytes.SplitSeq(w.Bytes(), []byte("\r\n")) {
			if len(line) > 75 || !utf8.Valid(line) {
				t.Errorf("%.20q: a line of %d octets: %q", text, len(line), line)
			}
		}
		top, problems := ical.Parse(w.Bytes())
		want := strings.ReplaceAll(text, "\r\n", "\n")
		if len(problems) > 0 || top[0].Text("SUMMARY") != want {
			t.Errorf("%.20q comes back as %q, %v", text, top[0].Text("SUMMARY"), problems)
		}
	}
}

// TestZoneOfOurOwn: what we write about a place's clocks tells the same moments
// as the zone database.
func TestZoneOfOurOwn(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"} {
		place, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		from := time.Date(2024, 1, 1, 0, 0, 0, 0, place)
		w := &ical.Writer{}
		w.Begin("VCALENDAR")
		w.Zone(place, from, from.AddDate(4, 0, 0))
		w.End("VCALENDAR")
		file := bytes.ReplaceAll(w.Bytes(), []byte("TZID:"+name), []byte("TZID:Ours"))
		top, _ := ical.Parse(file)
		z := ical.NewZones(top, time.UTC)
		for at := from; at.Year() < 2028; at = at.AddDate(0, 0, 1) {
			for _, hour := range []int{0, 4, 12} {
				want := time.Date(at.Year(), at.Month(), at.Day(), hour, 30, 0, 0, place)
				m, err := z.Moment(ical.Property{Value: want.Format("20060102T150405"), Params: map[string]string{"TZID": "Ours"}})
				if err != nil || m.Guessed || !m.Time.Equal(want) {
					t.Fatalf("%s: %v, %v %v", want, m.Time, m.Guessed, err)
				}
			}
		}
	}
}
