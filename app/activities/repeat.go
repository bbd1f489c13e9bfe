package activities

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/ical"
	"kontor/app/record"
)

// Repeat says how often something comes again: every so many days, weeks, months
// or years. Its text is a rule of RFC 5545 with FREQ and INTERVAL only.
type Repeat struct {
	Unit  string // DAILY, WEEKLY, MONTHLY, YEARLY
	Every int
}

const (
	daily   = "DAILY"
	weekly  = "WEEKLY"
	monthly = "MONTHLY"
	yearly  = "YEARLY"

	maxEvery = 999
	never    = "none"
)

// ParseRepeat reads a rule, or one of the words daily, weekly, monthly, yearly.
func ParseRepeat(text string) (Repeat, error) {
	refuse := fault.Invalid("repeat", "rule.repeat", fault.Params{"text": record.Shorten(text, 60)})
	upper := strings.ToUpper(strings.TrimSpace(text))
	if !strings.Contains(upper, "=") {
		upper = "FREQ=" + upper
	}
	parts := ical.Rule(strings.TrimPrefix(upper, "RRULE:"))
	r := Repeat{parts["FREQ"], 1}
	if !slices.Contains([]string{daily, weekly, monthly, yearly}, r.Unit) {
		return Repeat{}, refuse
	}
	for key, value := range parts {
		switch key {
		case "FREQ":
		case "INTERVAL":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > maxEvery {
				return Repeat{}, refuse
			}
			r.Every = n
		default:
			return Repeat{}, refuse
		}
	}
	return r, nil
}

func (r Repeat) String() string {
	text := "FREQ=" + r.Unit
	if r.Every > 1 {
		text += fmt.Sprintf(";INTERVAL=%d", r.Every)
	}
	return text
}

// On is the n-th day of a series after its start, which is day 0. A month or
// year that has no such day ends the series' step on its last one.
func (r Repeat) On(start time.Time, n int) time.Time {
	n *= r.Every
	switch r.Unit {
	case daily:
		return start.AddDate(0, 0, n)
	case weekly:
		return start.AddDate(0, 0, 7*n)
	case yearly:
		n *= 12
	}
	first := time.Date(start.Year(), start.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(start.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// After is the number of the first day of a series that lies behind a day, at
// least 1.
func (r Repeat) After(start, day time.Time) int {
	length := map[string]int{daily: 1, weekly: 7, monthly: 31, yearly: 366}[r.Unit] * r.Every
	n := max(1, daysFrom(start, day)/length) // never too far: the steps are at most that long
	for !r.On(start, n).After(day) {
		n++
	}
	return n
}

// takeRepeat checks the field repeat of a draft and writes it in one form.
func takeRepeat(p *record.Pending) error {
	text := p.Values.String("repeat")
	if text == "" || strings.EqualFold(text, never) {
		p.Set("repeat", nil)
		return nil
	}
	r, err := ParseRepeat(text)
	if err != nil {
		return err
	}
	p.Set("repeat", r.String())
	return nil
}

// repeatOf is the rule of a stored record.
func repeatOf(v record.Values) (Repeat, bool) {
	r, err := ParseRepeat(v.String("repeat"))
	return r, err == nil
}

// date reads a day as records have it, as midnight in UTC.
func date(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// dayText writes a day as records have it.
func dayText(t time.Time) string { return t.Format(time.DateOnly) }

// dayOf is the day on which a moment lies, as midnight in UTC.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// daysFrom counts the days from one to another. A time.Duration would not hold
// more than 292 years.
func daysFrom(day, to time.Time) int { return int((to.Unix() - day.Unix()) / (24 * 60 * 60)) }

// on is a time of a day at a place.
func on(day time.Time, hour, minute int, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone)
}

// lastYear is the last that a day can be of; what repeats ends there.
const lastYear = 9999
