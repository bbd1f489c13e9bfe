package activities

import (
	"slices"
	"strings"
	"time"

	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

const (
	usual     = time.Hour // how long a meeting lasts that does not say so
	maxDays   = 366       // of one meeting
	maxExcept = 4_000     // characters
)

func (a *Activities) meeting() *record.Kind {
	return &record.Kind{
		Name: "meeting", Module: "activities", Table: "activities_meeting", Extensible: true, TitleKey: "text", Subtitle: "place",
		Columns: []string{"text", "from", "to", "place"}, SortKey: "-from",
		Fields: []record.Field{
			{Key: "text", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InText, Personal: true},
			{Key: "place", Type: record.Text, Max: 500, Find: record.InText},
			{Key: "from", Type: record.Instant, Required: true, Column: "from_at", Index: record.Indexed},
			{Key: "to", Type: record.Instant, Column: "to_at"},
			{Key: "day", Type: record.Date},
			{Key: "lastDay", Type: record.Date},
			{Key: "about", Type: record.List, Table: "activities_about", Max: 200, Fields: []record.Field{
				{Key: "record", Type: record.Link, Targets: parties, Column: "record_id", Index: record.Indexed},
			}},
			{Key: "details", Type: record.LongText, Max: maxDetails, Find: record.InText, Personal: true},
			{Key: "repeat", Type: record.Text, Max: 100},
			{Key: "except", Type: record.Text, Max: maxExcept, Column: "except_on"},
			{Key: "remind", Type: record.Number},
			uid(),
		},
		Prepare:  prepareMeeting,
		Check:    a.living,
		When:     func(rec *record.Record) int64 { return rec.Values.Int("from") },
		Subjects: a.subjects,
		Moves:    contacts.Moves,
	}
}

func prepareMeeting(env record.Env, p *record.Pending) error {
	if err := takeRepeat(p); err != nil {
		return err
	}
	if err := between(p, "meeting", "remind", 0, maxRemind); err != nil {
		return err
	}
	if err := takeExcept(p); err != nil {
		return err
	}
	if !p.New() && changes(p, "from") && !p.Given("day") { // a time instead of whole days
		p.Set("day", nil)
	}
	if p.Values["day"] != nil {
		return wholeDays(env, p)
	}
	return hours(env, p)
}

// wholeDays fills the moments of a meeting that lasts whole days.
func wholeDays(env record.Env, p *record.Pending) error {
	day := date(p.Values.String("day"))
	if !p.New() && !p.Given("lastDay") && p.Old.Values["lastDay"] != nil { // moved as it is
		length := date(p.Old.Values.String("lastDay")).Sub(date(p.Old.Values.String("day")))
		p.Set("lastDay", dayText(day.Add(length)))
	}
	if p.Values["lastDay"] == nil {
		p.Set("lastDay", dayText(day))
	}
	last := date(p.Values.String("lastDay"))
	if err := lasts("lastDay", dayText(day), dayText(last), last.Sub(day)); err != nil {
		return err
	}
	zone := env.Now.Location()
	p.Set("from", on(day, 0, 0, zone).UnixMilli())
	p.Set("to", on(last.AddDate(0, 0, 1), 0, 0, zone).UnixMilli())
	return nil
}

// hours fills the end of a meeting that has a time.
func hours(env record.Env, p *record.Pending) error {
	p.Set("lastDay", nil)
	from, ok := p.Values["from"].(int64)
	if !ok {
		return nil // refused, since it is required
	}
	if !p.New() && changes(p, "from") && !p.Given("to") {
		length := usual.Milliseconds()
		if p.Old.Values["day"] == nil {
			length = p.Old.Values.Int("to") - p.Old.Values.Int("from")
		}
		p.Set("to", from+length)
	}
	if p.Values["to"] == nil {
		p.Set("to", from+usual.Milliseconds())
	}
	to := p.Values.Int("to")
	shown := func(ms int64) string { return time.UnixMilli(ms).In(env.Now.Location()).Format("2006-01-02 15:04") }
	return lasts("to", shown(from), shown(to), time.Duration(to-from)*time.Millisecond)
}

// lasts refuses a meeting that ends before it begins, or lasts for ever.
func lasts(field, from, to string, length time.Duration) error {
	switch {
	case length < 0:
		return fault.Invalid(field, "rule.endsBeforeStart", fault.Params{"from": from, "to": to})
	case length > maxDays*24*time.Hour:
		return fault.Invalid(field, "rule.meetingTooLong", fault.Params{"max": maxDays})
	}
	return nil
}

// takeExcept checks the days on which a series does not take place, and writes
// them in one form.
func takeExcept(p *record.Pending) error {
	if p.Values["repeat"] == nil {
		p.Set("except", nil)
	}
	days := exceptOf(p.Values)
	for _, text := range days {
		if date(text).IsZero() {
			return fault.Invalid("except", "record.date", fault.Params{"text": record.Shorten(text, 40)})
		}
	}
	slices.Sort(days)
	p.Set("except", strings.Join(slices.Compact(days), ","))
	return nil
}

// exceptOf lists the days on which a series does not take place.
func exceptOf(v record.Values) []string {
	return strings.FieldsFunc(v.String("except"), func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}

// slot is when a meeting takes place, once.
type slot struct {
	day, last time.Time // midnights in UTC
	from, to  time.Time
	whole     bool
	n         int // which of a series
}

// slotOf is when a meeting takes place; of a series, the first time.
func slotOf(v record.Values, zone *time.Location) slot {
	s := slot{from: time.UnixMilli(v.Int("from")).In(zone), to: time.UnixMilli(v.Int("to")).In(zone)}
	if text := v.String("day"); text != "" { // the days count, also where the zone has been changed since
		s.whole, s.day, s.last = true, date(text), date(v.String("lastDay"))
		s.from, s.to = on(s.day, 0, 0, zone), on(s.last.AddDate(0, 0, 1), 0, 0, zone)
		return s
	}
	s.day, s.last = dayOf(s.from), dayOf(s.to)
	if s.to.After(s.from) {
		s.last = dayOf(s.to.Add(-1)) // midnight still belongs to the day before
	}
	return s
}

// begins is the moment of which people are reminded: of a whole day its morning.
func (s slot) begins(zone *time.Location) time.Time {
	if s.whole {
		return on(s.day, morning, 0, zone)
	}
	return s.from
}

// again is the n-th time of a series: at the same time of day, whatever the
// clocks have done.
func (s slot) again(r Repeat, n int) slot {
	day := r.On(s.day, n)
	days := daysFrom(s.day, day)
	next := slot{day: day, last: s.last.AddDate(0, 0, days), whole: s.whole, n: n}
	next.from, next.to = s.from.AddDate(0, 0, days), s.to.AddDate(0, 0, days)
	return next
}

// slots lists when a meeting takes place between two days, both included.
func slots(v record.Values, zone *time.Location, from, to time.Time) []slot {
	s := slotOf(v, zone)
	var all []slot
	add := func(s slot) {
		if !s.last.Before(from) && !s.day.After(to) {
			all = append(all, s)
		}
	}
	r, repeats := repeatOf(v)
	if !repeats {
		add(s)
		return all
	}
	except := exceptOf(v)
	length := daysFrom(s.day, s.last)
	first := 0
	if start := from.AddDate(0, 0, -length-1); start.After(s.day) {
		first = r.After(s.day, start)
	}
	for n := first; ; n++ {
		next := s.again(r, n)
		if next.day.After(to) || next.day.Year() > lastYear {
			return all
		}
		if !slices.Contains(except, dayText(next.day)) {
			add(next)
		}
	}
}
