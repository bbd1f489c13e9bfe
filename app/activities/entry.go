package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kontor/app/kit/fault"
	"kontor/app/kit/ical"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

const (
	maxUID     = 400 // characters; the day of a series' exception comes behind
	maxTitle   = 500
	maxInvited = 50    // of one meeting, who are looked up
	maxLooked  = 2_000 // addresses of one file
)

// cleanUID is the UID of an entry; one that has none is known by what it says.
func cleanUID(c *ical.Component) string {
	uid := record.Clean(c.Text("UID"), false)
	if uid != "" && utf8.RuneCountInString(uid) <= maxUID {
		return uid
	}
	sum := sha256.New()
	for _, part := range []string{uid, c.Text("SUMMARY"), c.Text("DTSTART"), c.Text("DUE"), c.Text("LOCATION")} {
		sum.Write([]byte(part + "\x00")) // never fails
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]) + ".unnamed"
}

func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return n
}

// read brings an entry to the values of a record.
func (in *intake) read(ctx context.Context, e *entryIn) error {
	if e.cancelled {
		return nil
	}
	values := map[string]any{"text": in.title(e), "details": in.text(e, "DESCRIPTION", maxDetails, true)}
	ok := false
	if e.kind == in.a.Meeting {
		ok = in.meeting(e, values)
	} else {
		ok = in.task(e, values)
	}
	if !ok {
		in.out.Failed++
		return nil
	}
	e.values = values
	if e.kind != in.a.Meeting {
		return nil
	}
	return in.invited(ctx, e)
}

// title is what an entry is called; it must not be empty.
func (in *intake) title(e *entryIn) string {
	for _, text := range []string{in.text(e, "SUMMARY", maxTitle, false), record.Shorten(record.Clean(e.c.Text("LOCATION"), false), maxTitle)} {
		if text != "" {
			return text
		}
	}
	return lang.Text(in.env.Language, "activities.ics.untitled", nil)
}

// text is a text of an entry, cut to what a field takes.
func (in *intake) text(e *entryIn, name string, most int, lines bool) string {
	p, _ := e.c.Prop(name)
	text := record.Clean(p.Text(), lines)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	in.warn(e, p, "activities.ics.shortened", fault.Params{"max": most})
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// moment reads a property, and tells what is wrong with it.
func (in *intake) moment(e *entryIn, name string) (m ical.Moment, there, ok bool) {
	p, there := e.c.Prop(name)
	if !there {
		return m, false, true
	}
	m, err := in.zones.Moment(p)
	if err != nil || m.Time.Year() > lastYear-1 {
		in.warn(e, p, "activities.ics.time", fault.Params{"name": name, "text": record.Shorten(record.Clean(p.Value, false), 40)})
		return m, true, false
	}
	if m.Guessed {
		in.warn(e, p, "activities.ics.zone", fault.Params{"text": record.Shorten(record.Clean(p.Params["TZID"], false), 60)})
	}
	return m, true, true
}

func (in *intake) meeting(e *entryIn, values map[string]any) bool {
	start, there, ok := in.moment(e, "DTSTART")
	if !there {
		in.warn(e, ical.Property{}, "activities.ics.noStart", nil)
	}
	if !there || !ok {
		return false
	}
	end, ok := in.end(e, start)
	if !ok {
		return false
	}
	zone := in.env.Now.Location()
	from, to := start.Time.In(zone), end.In(zone)
	if !start.Whole && strings.EqualFold(e.c.Text("X-MICROSOFT-CDO-ALLDAYEVENT"), "TRUE") && from.Equal(on(from, 0, 0, zone)) { // Outlook's whole days
		start.Whole, start.Time = true, dayOf(from)
		end = dayOf(to)
	}
	values["place"] = in.text(e, "LOCATION", maxTitle, false)
	if start.Whole {
		last := start.Time
		if end.After(last) { // the end is the first day that is out
			last = end.AddDate(0, 0, -1)
		}
		values["day"], values["lastDay"] = dayText(start.Time), dayText(last)
	} else {
		values["day"], values["from"], values["to"] = nil, from.UnixMilli(), to.UnixMilli()
	}
	day := date(in.dayOf(start))
	in.repeat(e, day, values)
	values["except"] = strings.Join(in.except(e), ",")
	in.alarm(e, start, values)
	return true
}

// end is when an event ends; of whole days the first day that is out.
func (in *intake) end(e *entryIn, start ical.Moment) (time.Time, bool) {
	end, there, ok := in.moment(e, "DTEND")
	switch {
	case !ok:
		return time.Time{}, false
	case there && end.Whole == start.Whole:
		return end.Time, true
	case there && end.Whole: // a time and a day do not fit together
		return start.Time, true
	case there:
		return dayOf(end.Time.In(in.env.Now.Location())), true
	}
	if p, ok := e.c.Prop("DURATION"); ok {
		span, err := ical.ParseSpan(p.Value)
		if err != nil {
			in.warn(e, p, "activities.ics.time", fault.Params{"name": "DURATION", "text": record.Shorten(record.Clean(p.Value, false), 40)})
			return time.Time{}, false
		}
		return span.After(start.Time), true
	}
	return start.Time, true
}

// except are the days on which a series does not take place as it says.
func (in *intake) except(e *entryIn) []string {
	if _, ok := e.c.Prop("RECURRENCE-ID"); ok {
		return nil
	}
	days := slices.Clone(in.moved[cleanUID(e.c)])
	for _, p := range e.c.All("EXDATE") {
		list, err := in.zones.Moments(p)
		if err != nil {
			in.warn(e, p, "activities.ics.time", fault.Params{"name": "EXDATE", "text": record.Shorten(record.Clean(p.Value, false), 40)})
			continue
		}
		for _, m := range list {
			days = append(days, in.dayOf(m))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if most := maxExcept / (len(time.DateOnly) + 1); len(days) > most { // the latest matter
		days = days[len(days)-most:]
	}
	return days
}

// repeat takes a rule over if it is one of ours; otherwise the entry comes once.
func (in *intake) repeat(e *entryIn, start time.Time, values map[string]any) {
	values["repeat"] = nil
	if _, one := e.c.Prop("RECURRENCE-ID"); one {
		return
	}
	for _, name := range []string{"RRULE", "RDATE", "EXRULE"} {
		for i, p := range e.c.All(name) {
			r, ok := ours(p.Value, start)
			if name != "RRULE" || i > 0 || !ok {
				in.warn(e, p, "activities.ics.rule", fault.Params{"text": record.Shorten(record.Clean(p.Value, false), 80)})
				values["repeat"] = nil
				return
			}
			values["repeat"] = r.String()
		}
	}
}

// ours reads a rule that says no more than that something comes again every so
// many days, weeks, months or years after its start. Programs like to say the
// start's own weekday or day once more.
func ours(text string, start time.Time) (Repeat, bool) {
	parts := ical.Rule(text)
	plain := map[string]string{}
	for _, key := range []string{"FREQ", "INTERVAL"} {
		if value, ok := parts[key]; ok {
			plain[key] = value
			delete(parts, key)
		}
	}
	var rule []string
	for _, key := range slices.Sorted(maps.Keys(plain)) {
		rule = append(rule, key+"="+plain[key])
	}
	r, err := ParseRepeat(strings.Join(rule, ";"))
	if err != nil || plain["FREQ"] == "" {
		return Repeat{}, false
	}
	if again := ical.Rule(rrule(r, start)); len(again) > len(plain) && again["BYSETPOS"] == parts["BYSETPOS"] && again["BYMONTHDAY"] == parts["BYMONTHDAY"] && again["BYMONTH"] == parts["BYMONTH"] {
		return r, true // as we write it ourselves
	}
	weekday := strings.ToUpper(start.Weekday().String()[:2])
	for key, value := range parts {
		switch {
		case key == "WKST": // decides nothing where there is one weekday
		case key == "BYDAY" && r.Unit == weekly && value == weekday:
		case key == "BYMONTHDAY" && r.Unit != daily && r.Unit != weekly && value == strconv.Itoa(start.Day()):
		case key == "BYMONTH" && r.Unit == yearly && value == strconv.Itoa(int(start.Month())):
		default:
			return Repeat{}, false
		}
	}
	return r, true
}

func (in *intake) task(e *entryIn, values map[string]any) bool {
	due, there, ok := in.moment(e, "DUE")
	if !there && ok {
		due, there, ok = in.moment(e, "DTSTART")
		if p, has := e.c.Prop("DURATION"); there && ok && has {
			if span, err := ical.ParseSpan(p.Value); err == nil {
				due.Time = span.After(due.Time)
			}
		}
	}
	if !ok {
		return false
	}
	values["priority"] = normal
	switch n := number(e.c.Text("PRIORITY")); {
	case n >= 1 && n <= 4:
		values["priority"] = high
	case n >= 6 && n <= 9:
		values["priority"] = low
	}
	values["due"], values["time"], values["repeat"] = nil, nil, nil
	if there {
		values["due"] = in.dayOf(due)
		if !due.Whole {
			values["time"] = due.Time.In(in.env.Now.Location()).Format("15:04")
		}
		in.repeat(e, date(in.dayOf(due)), values)
		in.alarm(e, due, values)
	}
	if m, there, ok := in.moment(e, "COMPLETED"); there && ok {
		values["done"] = m.Time.UnixMilli()
	} else if strings.EqualFold(strings.TrimSpace(e.c.Text("STATUS")), "COMPLETED") || number(e.c.Text("PERCENT-COMPLETE")) == 100 {
		values["done"] = in.changed(e)
	}
	return true
}

// changed is when the file says that an entry was last changed: the same at each
// reading.
func (in *intake) changed(e *entryIn) int64 {
	for _, name := range []string{"LAST-MODIFIED", "DTSTAMP"} {
		if p, ok := e.c.Prop(name); ok {
			if m, err := in.zones.Moment(p); err == nil && m.Time.Year() >= 1970 {
				return m.Time.UnixMilli()
			}
		}
	}
	return in.env.Now.UnixMilli()
}

// alarm takes the first reminder over that we can keep.
func (in *intake) alarm(e *entryIn, start ical.Moment, values map[string]any) {
	for _, c := range e.c.Parts {
		p, ok := c.Prop("TRIGGER")
		if c.Name != "VALARM" || !ok || strings.EqualFold(p.Params["RELATED"], "END") && e.kind == in.a.Meeting {
			continue
		}
		at := start.Time
		if span, err := ical.ParseSpan(p.Value); err == nil {
			at = span.After(at)
		} else if m, err := in.zones.Moment(p); err == nil && !m.Whole && !start.Whole {
			at = m.Time
		} else {
			continue
		}
		minutes := int64(start.Time.Sub(at).Minutes())
		if start.Whole {
			minutes += morning * 60
		}
		if minutes >= 0 && minutes <= maxRemind {
			values["remind"] = minutes
			return
		}
	}
}

// invited finds the people and companies to whom the addresses of a meeting
// belong.
func (in *intake) invited(ctx context.Context, e *entryIn) error {
	for _, p := range append(e.c.All("ORGANIZER"), e.c.All("ATTENDEE")...) {
		address := strings.TrimSpace(p.Text())
		if len(address) < len("mailto:") || !strings.EqualFold(address[:len("mailto:")], "mailto:") || len(e.about) >= maxInvited {
			continue
		}
		address = strings.ToLower(address[len("mailto:"):])
		id, asked := in.people[address]
		if !asked && len(in.people) < maxLooked {
			var err error
			if id, err = in.a.whose(ctx, address); err != nil {
				return err
			}
			in.people[address] = id
		}
		if id != 0 && !slices.Contains(e.about, id) {
			e.about = append(e.about, id)
		}
	}
	return nil
}

// whose finds the person, or else the company, with an address.
func (a *Activities) whose(ctx context.Context, address string) (record.ID, error) {
	where := record.Condition{Path: []string{"emails"}, Op: "=", Values: []record.Literal{{Form: "text", Text: address}}}
	for _, name := range slices.Backward(parties) {
		k, err := a.r.Kind(name)
		if err != nil {
			return 0, err
		}
		ids, err := a.r.EachID(ctx, a.db.Reader(), k, record.Query{Where: where}, 1)
		if err != nil || len(ids) > 0 {
			return slices.Concat(ids, []record.ID{0})[0], err
		}
	}
	return 0, nil
}
