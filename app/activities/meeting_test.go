package activities_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/activities"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

func times(rec *record.Record) string {
	show := func(key string) string {
		text := strings.Trim(string(rec.Kind.Encode(key, rec.Values)), `"`)
		return strings.TrimSuffix(text, ":00.000Z")
	}
	return show("from") + " " + show("to") + " " + show("day") + " " + show("lastDay")
}

func TestMeetingTimes(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	m := d.Make(d.Activities.Meeting, v{"text": "Visit", "from": "2026-03-28T10:00"})
	if got := times(m.Record); got != "2026-03-28T09:00 2026-03-28T10:00 null null" {
		t.Errorf("an hour: %s", got)
	}
	m = d.Set(m, v{"to": "2026-03-28T12:30"})
	m = d.Set(m, v{"from": "2026-03-29T10:00"})
	if got := times(m.Record); got != "2026-03-29T08:00 2026-03-29T10:30 null null" {
		t.Errorf("moved: %s", got)
	}
	// The 29th of March has 23 hours in Berlin.
	whole := d.Set(m, v{"day": "2026-03-29"})
	if got := times(whole.Record); got != "2026-03-28T23:00 2026-03-29T22:00 2026-03-29 2026-03-29" {
		t.Errorf("a whole day: %s", got)
	}
	d.undo(whole.Act.Batch)
	if got := times(d.read(m.Record)); got != "2026-03-29T08:00 2026-03-29T10:30 null null" {
		t.Errorf("after the undo: %s", got)
	}
	m = d.Set(m, v{"day": "2026-10-24", "lastDay": "2026-10-26"}) // 73 hours
	if got := times(m.Record); got != "2026-10-23T22:00 2026-10-26T23:00 2026-10-24 2026-10-26" {
		t.Errorf("three days: %s", got)
	}
	m = d.Set(m, v{"day": "2026-12-31"})
	if got := times(m.Record); got != "2026-12-30T23:00 2027-01-02T23:00 2026-12-31 2027-01-02" {
		t.Errorf("three days moved: %s", got)
	}
	m = d.Set(m, v{"from": "2026-12-31T23:30"})
	if got := times(m.Record); got != "2026-12-31T22:30 2026-12-31T23:30 null null" {
		t.Errorf("a time again: %s", got)
	}
}

func TestWhereActivitiesStand(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	falcon := d.Make(d.Contacts.Company, v{"name": "Falcon"})
	osprey := d.Make(d.Contacts.Company, v{"name": "Osprey"})
	ada := d.Make(d.Contacts.Person, v{"name": "Ada Lovelace", "company": falcon.Record.ID})
	bob := d.Make(d.Contacts.Person, v{"name": "Bob"})
	d.Make(d.Activities.Meeting, v{"text": "Visit", "from": "2026-03-10T10:00", "about": []any{ada.Record.ID, bob.Record.ID.String()}})
	d.Make(d.Activities.Call, v{"text": "Asked for a price", "about": ada.Record.ID, "at": "2026-03-01T10:00", "outcome": "callBack", "minutes": "7"})
	task := d.Make(d.Activities.Task, v{"text": "Send it", "about": bob.Record.ID, "due": "2026-03-05"})
	stand := func(c record.Change) string {
		entries, _, err := d.Timeline.Read(d.Ctx, d.DB.Reader(), c.Record.ID, []string{"task", "call", "meeting"}, "", 50)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range entries {
			all = append(all, e.Kind)
		}
		return strings.Join(all, " ")
	}
	for c, want := range map[*record.Change]string{&falcon: "meeting call", &ada: "meeting call", &bob: "meeting task", &osprey: ""} {
		if got := stand(*c); got != want {
			t.Errorf("on %s stand %q, want %q", c.Record.Title(), got, want)
		}
	}
	d.Set(bob, v{"company": osprey.Record.ID})
	d.must(task.Record, activities.Done, "")
	if got := stand(osprey); got != "meeting task" {
		t.Errorf("after the role stand %q", got)
	}
}

func calendar(d *desk, from, to string) string {
	d.Helper()
	entries, _, err := d.Activities.Calendar(d.Ctx, d.DB.Reader(), from, to)
	if err != nil {
		d.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		text := e.Title + " " + e.Day
		if e.LastDay != e.Day {
			text += "/" + e.LastDay
		}
		if e.Start != "" {
			text += " " + e.Start[11:16]
		}
		for mark, yes := range map[string]bool{" done": e.Done, " again": e.Virtual} {
			if yes {
				text += mark
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestCalendar(t *testing.T) {
	d := open(t, "2026-03-26 23:30")
	meeting := func(values v) { d.Make(d.Activities.Meeting, values) }
	task := func(values v) *record.Record { return d.Make(d.Activities.Task, values).Record }
	meeting(v{"text": "Night", "from": "2026-03-28T23:00", "to": "2026-03-29T00:00"}) // midnight belongs to the 28th
	meeting(v{"text": "Fair", "day": "2026-03-27", "lastDay": "2026-03-30"})
	meeting(v{"text": "Round", "from": "2026-03-22T09:00", "repeat": "weekly", "except": "2026-04-05"})
	meeting(v{"text": "Old", "from": "2020-01-31T18:00", "repeat": "monthly"})
	task(v{"text": "Rent", "due": "2026-03-20", "repeat": "daily"})
	late := task(v{"text": "Call", "due": "2026-03-28", "time": "08:00"})
	d.must(late, activities.Done, "")
	// Nine o'clock stays nine o'clock: 08:00 in UTC before the 29th, 07:00 from then on.
	want := "Fair 2026-03-27/2026-03-30, Rent 2026-03-27 again, Rent 2026-03-28 again, Call 2026-03-28 07:00 done, Night 2026-03-28 22:00, Rent 2026-03-29 again, Round 2026-03-29 07:00 again"
	if got := calendar(d, "2026-03-27", "2026-03-29"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := calendar(d, "2026-03-20", "2026-03-22"), "Rent 2026-03-20, Round 2026-03-22 08:00"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := calendar(d, "2026-03-31", "2026-03-31"), "Rent 2026-03-31 again, Old 2026-03-31 16:00 again"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := calendar(d, "2026-04-05", "2026-04-05"); got != "Rent 2026-04-05 again" {
		t.Errorf("a day left out: %s", got)
	}
	for _, c := range []struct{ from, to, field, key string }{
		{"2026-03-01", "2026-02-01", "to", "rule.endsBeforeStart"}, {"x", "2026-02-01", "from", "record.date"}, {"2026-02-01", "2026-02-30", "to", "record.date"}, {"2026-01-01", "2027-02-05", "to", "rule.stretch"},
	} {
		_, _, err := d.Activities.Calendar(d.Ctx, d.DB.Reader(), c.from, c.to)
		if f := fault.Of(err); f == nil || f.Key != c.key || f.Field != c.field {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
	if entries, more, err := d.Activities.Calendar(d.Ctx, d.DB.Reader(), "2026-01-01", "2027-02-04"); err != nil || more || len(entries) < 300 {
		t.Errorf("400 days have %d entries: %v", len(entries), err)
	}
	var drafts []record.Draft
	for i := range 20 {
		drafts = append(drafts, record.Draft{Values: v{"text": fmt.Sprint("Daily ", i), "from": "2020-01-01T09:00", "repeat": "daily"}})
	}
	d.Do(d.Records.Save, d.Activities.Meeting, drafts...)
	if entries, more, err := d.Activities.Calendar(d.Ctx, d.DB.Reader(), "2026-01-01", "2027-02-04"); err != nil || !more || len(entries) != 5000 {
		t.Errorf("%d entries, more %v: %v", len(entries), more, err)
	}
}
