package activities

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/app/kit/ical"
	"kontor/app/record"
	"kontor/storage"
)

// uidDomain ends the UIDs of entries that were made here.
const uidDomain = "@kontor"

// ICalendar writes every meeting and task as a calendar file.
func (a *Activities) ICalendar(ctx context.Context, q storage.Queryer, version string) ([]byte, error) {
	zone := a.zone(ctx)
	meetings, err := a.pick(ctx, q, a.Meeting, "SELECT id FROM activities_meeting WHERE deleted_at IS NULL ORDER BY from_at, id")
	if err != nil {
		return nil, err
	}
	tasks, err := a.pick(ctx, q, a.Task, "SELECT id FROM activities_task WHERE deleted_at IS NULL ORDER BY due, id")
	if err != nil {
		return nil, err
	}
	w := &ical.Writer{}
	w.Begin("VCALENDAR")
	w.Put("VERSION", "2.0")
	w.Text("PRODID", "-//Kontor//Kontor "+version+"//EN")
	w.Put("CALSCALE", "GREGORIAN")
	w.Put("METHOD", "PUBLISH")
	if first := firstSeries(append(slices.Clone(meetings), tasks...), zone); !first.IsZero() {
		w.Zone(zone, first, a.db.Now().AddDate(zoneYears, 0, 0))
	}
	for _, rec := range meetings {
		writeMeeting(w, rec, zone)
	}
	for _, rec := range tasks {
		writeTask(w, rec, zone)
	}
	w.End("VCALENDAR")
	return w.Bytes(), nil
}

// zoneYears is how far ahead the changes of the clocks are described.
const zoneYears = 5

// firstSeries is when the first record begins that repeats by the clock.
func firstSeries(records []*record.Record, zone *time.Location) time.Time {
	var first time.Time
	for _, rec := range records {
		if rec.Values["repeat"] == nil {
			continue
		}
		var at time.Time
		if rec.Values["from"] != nil && rec.Values["day"] == nil {
			at = time.UnixMilli(rec.Values.Int("from")).In(zone)
		} else if rec.Values["time"] != nil {
			at = dueAt(rec.Values, date(rec.Values.String("due")), zone)
		}
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// uidOf is what a record is called in calendar files, for good.
func uidOf(rec *record.Record) string {
	if id := rec.Values.String("uid"); id != "" {
		return id
	}
	return rec.ID.String() + uidDomain
}

// writeHead writes what meetings and tasks have in common.
func writeHead(w *ical.Writer, rec *record.Record) {
	w.Text("UID", uidOf(rec))
	w.Moment("DTSTAMP", time.UnixMilli(rec.Updated))
	w.Moment("CREATED", time.UnixMilli(rec.Created))
	w.Moment("LAST-MODIFIED", time.UnixMilli(rec.Updated))
	w.Put("SEQUENCE", strconv.FormatInt(rec.Version-1, 10))
	w.Text("SUMMARY", rec.Values.String("text"))
	w.Text("DESCRIPTION", rec.Values.String("details"))
}

func writeMeeting(w *ical.Writer, rec *record.Record, zone *time.Location) {
	v := rec.Values
	s := slotOf(v, zone)
	r, repeats := repeatOf(v)
	w.Begin("VEVENT")
	writeHead(w, rec)
	w.Text("LOCATION", v.String("place"))
	switch {
	case s.whole:
		w.Day("DTSTART", s.day)
		w.Day("DTEND", s.last.AddDate(0, 0, 1))
	case repeats:
		w.Local("DTSTART", s.from)
		w.Local("DTEND", s.to)
	default:
		w.Moment("DTSTART", s.from)
		w.Moment("DTEND", s.to)
	}
	if repeats {
		w.Put("RRULE", rrule(r, s.day))
		for _, day := range exceptOf(v) {
			if s.whole {
				w.Day("EXDATE", date(day))
			} else {
				w.Local("EXDATE", on(date(day), s.from.Hour(), s.from.Minute(), zone).Add(time.Duration(s.from.Second())*time.Second))
			}
		}
	}
	writeAlarm(w, v, s.whole, "START")
	w.End("VEVENT")
}

// rrule writes a rule. RFC 5545 leaves a month without a 31st out where we take
// its last day, so that is asked for: of the last days of the month, the last.
func rrule(r Repeat, start time.Time) string {
	text := r.String()
	last := start.Day()
	clamps := r.Unit == monthly && last > 28 || r.Unit == yearly && start.Month() == time.February && last == 29
	if !clamps {
		return text
	}
	var days []string
	for day := 28; day <= last; day++ {
		days = append(days, strconv.Itoa(day))
	}
	if r.Unit == yearly {
		text += ";BYMONTH=2"
	}
	return text + ";BYMONTHDAY=" + strings.Join(days, ",") + ";BYSETPOS=-1"
}

// priorities are those of RFC 5545, where 1 is the highest.
var priorities = map[string]string{high: "1", normal: "5", low: "9"}

func writeTask(w *ical.Writer, rec *record.Record, zone *time.Location) {
	v := rec.Values
	w.Begin("VTODO")
	writeHead(w, rec)
	w.Put("PRIORITY", priorities[v.String("priority")])
	if v["due"] != nil {
		writeDue(w, v, zone)
	}
	if done := v.Int("done"); done != 0 {
		w.Put("STATUS", "COMPLETED")
		w.Moment("COMPLETED", time.UnixMilli(done))
		w.Put("PERCENT-COMPLETE", "100")
	} else {
		w.Put("STATUS", "NEEDS-ACTION")
	}
	w.End("VTODO")
}

func writeDue(w *ical.Writer, v record.Values, zone *time.Location) {
	day := date(v.String("due"))
	at := dueAt(v, day, zone)
	whole := v["time"] == nil
	r, repeats := repeatOf(v)
	put := func(name string) {
		switch {
		case whole:
			w.Day(name, day)
		case repeats:
			w.Local(name, at)
		default:
			w.Moment(name, at)
		}
	}
	if repeats { // a rule counts from DTSTART
		put("DTSTART")
	}
	put("DUE")
	if repeats && v["done"] == nil {
		w.Put("RRULE", rrule(r, day))
	}
	writeAlarm(w, v, whole, "END")
}

// writeAlarm writes a reminder. That of whole days counts from the morning with
// us and from midnight in calendar files.
func writeAlarm(w *ical.Writer, v record.Values, whole bool, related string) {
	minutes, ok := v["remind"].(int64)
	if !ok {
		return
	}
	if whole {
		minutes -= morning * 60
	}
	sign := "-"
	if minutes < 0 {
		sign, minutes = "", -minutes
	}
	w.Begin("VALARM")
	w.Put("ACTION", "DISPLAY")
	w.Text("DESCRIPTION", v.String("text"))
	name := "TRIGGER"
	if related != "START" {
		name += ";RELATED=" + related
	}
	w.Put(name, fmt.Sprintf("%sPT%dM", sign, minutes))
	w.End("VALARM")
}
