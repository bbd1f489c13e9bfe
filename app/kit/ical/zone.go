package ical

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Zones are the time zones of a calendar file.
type Zones struct {
	here  *time.Location
	names map[string]*time.Location // of the zone database, nil where it has none
	files map[string][]observance   // as the file describes them
}

// NewZones collects the zones that calendars describe. Times without a zone, or
// with one that nobody knows, are those of here.
func NewZones(calendars []*Component, here *time.Location) *Zones {
	z := &Zones{here: here, names: map[string]*time.Location{}, files: map[string][]observance{}}
	for _, c := range calendars {
		for _, part := range c.Parts {
			if part.Name == "VTIMEZONE" {
				z.describe(part)
			}
		}
	}
	return z
}

func (z *Zones) describe(c *Component) {
	id := c.Text("TZID")
	if place := known(c.Text("X-LIC-LOCATION")); place != nil {
		z.names[id] = place
	}
	for _, part := range c.Parts {
		if o, ok := observed(part); ok {
			z.files[id] = append(z.files[id], o)
		}
	}
}

// maxName bounds the name of a zone: each part of it is looked up.
const maxName = 100

// known finds a zone in the database by its name, also behind a prefix as in
// /freeassociation.sourceforge.net/Europe/Berlin.
func known(name string) *time.Location {
	name = strings.Trim(name, "/")
	if len(name) > maxName {
		return nil
	}
	for name != "" {
		if place, err := time.LoadLocation(name); err == nil && name != "Local" {
			return place
		}
		_, rest, ok := strings.Cut(name, "/")
		if !ok {
			break
		}
		name = rest
	}
	return nil
}

// at gives the moment at which the clocks of a zone show t.
func (z *Zones) at(id string, t time.Time) (time.Time, bool) {
	place, asked := z.names[id]
	if !asked {
		place = known(id)
		z.names[id] = place
	}
	if place != nil {
		return in(t, place), true
	}
	if list := z.files[id]; len(list) > 0 {
		return t.Add(-offset(list, t)), true
	}
	return in(t, z.here), false
}

// observance is a stretch of every year in which clocks go alike: STANDARD or
// DAYLIGHT of a VTIMEZONE. Its times are wall clocks, kept as UTC.
type observance struct {
	start    time.Time
	until    time.Time
	to       time.Duration
	standard bool
	month    time.Month
	week     int // which weekday of the month, from its end when negative
	weekday  time.Weekday
	yearly   bool
	extra    []time.Time
}

var weekdays = map[string]time.Weekday{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}

func observed(c *Component) (observance, bool) {
	start, ok := c.Prop("DTSTART")
	if !ok || c.Name != "STANDARD" && c.Name != "DAYLIGHT" {
		return observance{}, false
	}
	t, _, _, err := clock(start.Value)
	to, ok := utcOffset(c.Text("TZOFFSETTO"))
	if err != nil || !ok {
		return observance{}, false
	}
	o := observance{start: t, to: to, standard: c.Name == "STANDARD"}
	for _, p := range c.All("RDATE") {
		for one := range strings.SplitSeq(p.Value, ",") {
			if t, _, _, err := clock(one); err == nil {
				o.extra = append(o.extra, t)
			}
		}
	}
	rule := Rule(c.Text("RRULE"))
	if until, _, _, err := clock(rule["UNTIL"]); err == nil {
		o.until = until
	}
	o.month, o.week, o.weekday = t.Month(), 0, t.Weekday()
	if month, err := strconv.Atoi(rule["BYMONTH"]); err == nil && month >= 1 && month <= 12 {
		o.month = time.Month(month)
	}
	if day := rule["BYDAY"]; len(day) > 2 {
		week, err := strconv.Atoi(day[:len(day)-2])
		weekday, ok := weekdays[day[len(day)-2:]]
		if err == nil && ok && week >= -5 && week <= 5 && week != 0 {
			o.week, o.weekday, o.yearly = week, weekday, true
		}
	}
	return o, true
}

// onsets are the moments at which the observance began around a year.
func (o observance) onsets(year int) []time.Time {
	all := append([]time.Time{o.start}, o.extra...)
	if !o.yearly {
		return all
	}
	for _, y := range []int{year - 1, year} {
		t := o.in(y)
		if !t.Before(o.start) && (o.until.IsZero() || !t.After(o.until)) {
			all = append(all, t)
		}
	}
	return all
}

// in is the day of a year on which the observance begins.
func (o observance) in(year int) time.Time {
	first := time.Date(year, o.month, 1, o.start.Hour(), o.start.Minute(), o.start.Second(), 0, time.UTC)
	if o.week < 0 {
		last := first.AddDate(0, 1, -1)
		return last.AddDate(0, 0, -(int(last.Weekday()-o.weekday)+7)%7+7*(o.week+1))
	}
	return first.AddDate(0, 0, (int(o.weekday-first.Weekday())+7)%7+7*(o.week-1))
}

// offset is by how much clocks that show t are ahead of UTC.
func offset(list []observance, t time.Time) time.Duration {
	var best time.Time
	first := list[max(0, slices.IndexFunc(list, func(o observance) bool { return o.standard }))]
	to := first.to // before all onsets
	for _, o := range list {
		for _, onset := range o.onsets(t.Year()) {
			if !onset.After(t) && (best.IsZero() || onset.After(best)) {
				best, to = onset, o.to
			}
		}
	}
	return to
}

// utcOffset reads +0100 and -033000.
func utcOffset(text string) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if len(text) != 5 && len(text) != 7 {
		return 0, false
	}
	n, err := strconv.Atoi(text[1:])
	if err != nil || n < 0 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	if len(text) == 5 {
		n *= 100
	}
	d := time.Duration(n/10_000)*time.Hour + time.Duration(n/100%100)*time.Minute + time.Duration(n%100)*time.Second
	if text[0] == '-' {
		d = -d
	}
	return d, d.Abs() < 24*time.Hour
}
