package ical

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Moment is a whole day or a point in time.
type Moment struct {
	Time  time.Time // of a day: its midnight in UTC
	Whole bool
	// Guessed says that the file does not tell what its time zone is.
	Guessed bool
}

var errValue = errors.New("no such value")

// clock reads 20260304T093000, 20260304T0930 and 20260304, with or without the
// signs between, and says which of the two it was.
func clock(text string) (t time.Time, whole, utc bool, err error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	text, utc = strings.CutSuffix(text, "Z")
	text = strings.NewReplacer("-", "", ":", "").Replace(text)
	day, hours, timed := strings.Cut(text, "T")
	if strings.HasSuffix(hours, "60") && len(hours) == 6 { // a leap second
		hours = hours[:4] + "59"
	}
	layout := "20060102"
	switch {
	case timed && len(hours) == 6:
		layout += "150405"
	case timed && len(hours) == 4:
		layout += "1504"
	case timed:
		return t, false, false, errValue
	}
	t, err = time.Parse(layout, day+hours)
	if err != nil || t.Year() < 1 {
		return t, false, false, errValue
	}
	return t, !timed, utc, nil
}

// Moment reads DTSTART and its like. A time without a zone is that of the zones'
// own place.
func (z *Zones) Moment(p Property) (Moment, error) {
	t, whole, utc, err := clock(p.Value)
	switch {
	case err != nil:
		return Moment{}, err
	case whole || strings.EqualFold(p.Params["VALUE"], "DATE"):
		return Moment{Time: t.Truncate(24 * time.Hour), Whole: true}, nil
	case utc:
		return Moment{Time: t}, nil
	}
	id := p.Params["TZID"]
	if id == "" {
		return Moment{Time: in(t, z.here)}, nil
	}
	at, known := z.at(id, t)
	return Moment{Time: at, Guessed: !known}, nil
}

// Moments reads a list of them, such as EXDATE.
func (z *Zones) Moments(p Property) ([]Moment, error) {
	var all []Moment
	for one := range strings.SplitSeq(p.Value, ",") {
		p.Value = one
		m, err := z.Moment(p)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// in takes a wall clock for that of a place.
func in(t time.Time, place *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, place)
}

// Span is a duration: days are days of the calendar, whatever the clocks do.
type Span struct {
	Days int
	Time time.Duration
}

// maxSpan bounds a duration, in days.
const maxSpan = 40_000

// ParseSpan reads a duration such as P1W, -PT15M, P1DT2H30M.
func ParseSpan(text string) (Span, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	sign := 1
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = -1, rest
	}
	text, ok := strings.CutPrefix(strings.TrimPrefix(text, "+"), "P")
	if !ok || text == "" {
		return Span{}, errValue
	}
	var s Span
	timed := false
	for text != "" {
		if text[0] == 'T' && !timed {
			timed, text = true, text[1:]
			continue
		}
		digits := 0
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			digits++
		}
		n, err := strconv.Atoi(text[:digits])
		if err != nil || digits == len(text) || n > maxSpan*24*60 {
			return Span{}, errValue
		}
		switch unit := text[digits]; {
		case unit == 'W' && !timed:
			s.Days += 7 * n
		case unit == 'D' && !timed:
			s.Days += n
		case unit == 'H' && timed:
			s.Time += time.Duration(n) * time.Hour
		case unit == 'M' && timed:
			s.Time += time.Duration(n) * time.Minute
		case unit == 'S' && timed:
			s.Time += time.Duration(n) * time.Second
		default:
			return Span{}, errValue
		}
		if s.Days > maxSpan || s.Time > maxSpan*24*time.Hour {
			return Span{}, errValue
		}
		text = text[digits+1:]
	}
	return Span{sign * s.Days, time.Duration(sign) * s.Time}, nil
}

// After gives the time that lies a span behind another.
func (s Span) After(t time.Time) time.Time { return t.AddDate(0, 0, s.Days).Add(s.Time) }

// Rule reads the parts of a recurrence rule, FREQ=WEEKLY;INTERVAL=2, by name.
func Rule(text string) map[string]string {
	parts := map[string]string{}
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(text)), ";") {
		if key, value, ok := strings.Cut(part, "="); ok {
			parts[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return parts
}
