package activities_test

import (
	"strings"
	"testing"

	"kontor/app/activities"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

func TestSettle(t *testing.T) {
	d := open(t, "2026-12-31 23:30") // a Thursday; in UTC still the 31st
	company := d.Make(d.Contacts.Company, v{"name": "Falcon"})
	task := d.Make(d.Activities.Task, v{"text": "Send the catalogue", "due": "2026-12-30", "time": "9:05", "about": company.Record.ID}).Record
	if task.Values.String("time") != "09:05" || task.Values.ID("assigned") != d.Owner || task.Values.String("priority") != "normal" {
		t.Errorf("stored as %v", task.Values)
	}
	for _, c := range []struct{ how, until, due string }{
		{activities.Tomorrow, "", "2027-01-01"}, {activities.NextWeek, "", "2027-01-04"}, {activities.Until, "2027-02-28", "2027-02-28"},
	} {
		s := d.must(task, c.how, c.until)
		if got := s.Task.Values.String("due"); got != c.due || !s.Changed || s.Next != nil {
			t.Errorf("%s: due %s", c.how, got)
		}
		d.undo(s.Batch)
		if got := d.read(task).Values.String("due"); got != "2026-12-30" {
			t.Errorf("undo of %s leaves %s", c.how, got)
		}
	}
	done := d.must(task, activities.Done, "")
	if done.Task.Values["done"] == nil || done.Next != nil {
		t.Errorf("done: %v", done)
	}
	if again := d.must(task, activities.Done, ""); again.Changed || again.Batch != 0 {
		t.Errorf("doing it twice: %+v", again)
	}
	if s := d.must(task, activities.Tomorrow, ""); s.Task.Values["done"] != nil {
		t.Error("what is put off is open again")
	}
	d.must(task, activities.Done, "")
	if s := d.must(task, activities.Reopen, ""); s.Task.Values["done"] != nil {
		t.Error("not open")
	}
	note := d.Make(d.Activities.Note, v{"text": "x"}).Record
	for _, c := range []struct {
		rec        *record.Record
		how, until string
		key        string
	}{
		{task, "never", "", "rule.settleHow"},
		{task, activities.Until, "2026-02-30", "record.date"},
		{task, activities.Until, "", "record.date"},
		{task, activities.Until, "2026-12-30", "rule.untilPast"},
		{note, activities.Done, "", "rule.onlyTasks"},
	} {
		if _, err := d.settle(c.rec, c.how, c.until); err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%s %s: %v, want %s", c.how, c.until, err, c.key)
		}
	}
	monday := open(t, "2026-03-09 00:10")
	task = monday.Make(monday.Activities.Task, v{"text": "x"}).Record
	if got := monday.must(task, activities.NextWeek, "").Task.Values.String("due"); got != "2026-03-16" {
		t.Errorf("on a Monday next week is %s", got)
	}
}

func TestRepeatingTask(t *testing.T) {
	for _, c := range []struct {
		name, now, due, repeat, want string // the days that follow one another, each done on its day
	}{
		{"the 31st", "2026-01-31 10:00", "2026-01-31", "monthly", "2026-02-28 2026-03-31 2026-04-30"},
		{"a leap day", "2028-02-29 10:00", "2028-02-29", "yearly", "2029-02-28 2030-02-28 2031-02-28 2032-02-29"},
		{"weeks over both changes of the clocks", "2026-03-22 23:30", "2026-03-22", "weekly", "2026-03-29 2026-04-05"},
		{"weeks in autumn", "2026-10-18 00:30", "2026-10-18", "weekly", "2026-10-25 2026-11-01"},
		{"the end of the year", "2026-12-31 23:30", "2026-12-31", "daily", "2027-01-01 2027-01-02"},
		{"two years late", "2028-03-15 10:00", "2026-01-31", "monthly", "2028-03-31"},
		{"early", "2026-01-01 10:00", "2026-01-31", "FREQ=MONTHLY;INTERVAL=2", "2026-03-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, c.now)
			task := d.Make(d.Activities.Task, v{"text": "Look in", "due": c.due, "repeat": c.repeat, "time": "08:00", "remind": "15", "priority": "high", "details": "by bike"}).Record
			for _, want := range strings.Fields(c.want) {
				s := d.must(task, activities.Done, "")
				if s.Next == nil || s.Next.Values.String("due") != want {
					t.Fatalf("next is %v, want %s", s.Next, want)
				}
				for _, key := range []string{"text", "details", "time", "priority", "repeat", "remind", "assigned"} {
					if s.Next.Values[key] != task.Values[key] {
						t.Errorf("%s is %v", key, s.Next.Values[key])
					}
				}
				task = s.Next
				d.set(t, want+" 10:00")
			}
		})
	}
}

func TestRepeatingTaskIsOneUndo(t *testing.T) {
	d := open(t, "2026-01-31 10:00")
	company := d.Make(d.Contacts.Company, v{"name": "Falcon"})
	task := d.Make(d.Activities.Task, v{"text": "Rent", "due": "2026-01-31", "repeat": "monthly", "about": company.Record.ID}).Record
	first := d.must(task, activities.Done, "")
	if n := d.undo(first.Batch); n != 2 {
		t.Errorf("%d changes undone", n)
	}
	if now := d.read(task); now.Values["done"] != nil || now.Values["next"] != nil {
		t.Errorf("after undo: %v", now.Values)
	}
	if d.read(first.Next).Deleted == 0 {
		t.Error("the next task is still there")
	}
	second := d.must(task, activities.Done, "")
	if second.Next == nil || second.Next.ID == first.Next.ID || second.Next.Values.ID("about") != company.Record.ID {
		t.Errorf("done again: %v", second.Next)
	}
	d.must(task, activities.Reopen, "")
	if third := d.must(task, activities.Done, ""); third.Next != nil {
		t.Error("opened and done again, it is followed twice")
	}
	// Put off, the series stays; moved by hand, it moves.
	next := second.Next
	if s := d.must(next, activities.Until, "2026-03-02"); s.Task.Values.String("since") != "2026-01-31" {
		t.Errorf("since %s", s.Task.Values.String("since"))
	}
	if s := d.must(next, activities.Done, ""); s.Next.Values.String("due") != "2026-03-31" {
		t.Errorf("after one put off comes %s", s.Next.Values.String("due"))
	}
	moved := d.Make(d.Activities.Task, v{"text": "Moved", "due": "2026-02-10", "repeat": "weekly"})
	if got := d.Set(moved, v{"due": "2026-02-12"}).Record.Values.String("since"); got != "2026-02-12" {
		t.Errorf("since %s", got)
	}
	// A customer in the bin is not inherited.
	d.Do(d.Records.Delete, d.Contacts.Company, record.Draft{ID: company.Record.ID})
	task = d.Make(d.Activities.Task, v{"text": "x", "due": "2026-02-10", "repeat": "weekly"}).Record
	if s := d.must(task, activities.Done, ""); s.Next == nil {
		t.Error("no next")
	}
	last := d.Make(d.Activities.Task, v{"text": "At last", "due": "9999-12-31", "repeat": "daily"}).Record
	if s := d.must(last, activities.Done, ""); s.Next != nil || !s.Changed {
		t.Errorf("after the last day comes %v", s.Next)
	}
}

func TestBadTasks(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	gone := d.Make(d.Contacts.Company, v{"name": "Gone"}).Record.ID
	d.Do(d.Records.Delete, d.Contacts.Company, record.Draft{ID: gone})
	long := strings.Repeat("x", 10_000)
	for _, c := range []struct {
		name, kind string
		values     v
		field, key string
	}{
		{"no text", "task", v{"due": "2026-03-05"}, "text", "record.required"},
		{"long text", "task", v{"text": long}, "text", "record.tooLong"},
		{"long details", "task", v{"text": "x", "details": long + long + long}, "details", "record.tooLong"},
		{"impossible day", "task", v{"text": "x", "due": "2026-02-30"}, "due", "record.date"},
		{"impossible time", "task", v{"text": "x", "due": "2026-03-05", "time": "24:00"}, "time", "rule.clock"},
		{"repeat without day", "task", v{"text": "x", "repeat": "daily"}, "due", "rule.needsDay"},
		{"time without day", "task", v{"text": "x", "time": "9:00"}, "due", "rule.needsDay"},
		{"reminder without day", "task", v{"text": "x", "remind": "5"}, "due", "rule.needsDay"},
		{"odd repetition", "task", v{"text": "x", "due": "2026-03-05", "repeat": "FREQ=DAILY;COUNT=2"}, "repeat", "rule.repeat"},
		{"reminder behind", "task", v{"text": "x", "due": "2026-03-05", "remind": "-5"}, "remind", "rule.between"},
		{"reminder for ever", "task", v{"text": "x", "due": "2026-03-05", "remind": "99999"}, "remind", "rule.between"},
		{"done by hand", "task", v{"text": "x", "done": "now"}, "done", "record.readOnly"},
		{"about a deleted record", "task", v{"text": "x", "about": gone.String()}, "about", "rule.aboutDeleted"},
		{"about nothing", "task", v{"text": "x", "about": "0000000000009"}, "about", "record.noLink"},
		{"call of a deleted record", "call", v{"about": gone.String()}, "about", "rule.aboutDeleted"},
		{"call without end", "call", v{"minutes": "1441"}, "minutes", "rule.between"},
		{"odd outcome", "call", v{"outcome": "fine"}, "outcome", "record.choice"},
		{"meeting without start", "meeting", v{"text": "x"}, "from", "record.required"},
		{"meeting that ends before", "meeting", v{"text": "x", "from": "2026-03-05T10:00", "to": "2026-03-05T09:00"}, "to", "rule.endsBeforeStart"},
		{"days that end before", "meeting", v{"text": "x", "day": "2026-03-05", "lastDay": "2026-03-04"}, "lastDay", "rule.endsBeforeStart"},
		{"meeting for ever", "meeting", v{"text": "x", "day": "2026-03-05", "lastDay": "2028-03-04"}, "lastDay", "rule.meetingTooLong"},
		{"meeting with a deleted record", "meeting", v{"text": "x", "day": "2026-03-05", "about": []any{gone.String()}}, "about[0].record", "rule.aboutDeleted"},
		{"odd exception", "meeting", v{"text": "x", "day": "2026-03-05", "repeat": "daily", "except": "2026-03-06,tomorrow"}, "except", "record.date"},
	} {
		k, err := d.Records.Kind(c.kind)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Try(d.Records.Save, k, record.Draft{Values: c.values})
		if f := fault.Of(err); f == nil || f.Key != c.key || f.Field != c.field {
			t.Errorf("%s: %v, want %s at %s", c.name, err, c.key, c.field)
		}
	}
	// What is linked already may lie in the bin, and an emptied day takes time and
	// reminder along.
	company := d.Make(d.Contacts.Company, v{"name": "Falcon"})
	task := d.Make(d.Activities.Task, v{"text": "x", "about": company.Record.ID, "due": "2026-03-05", "time": "9:00", "remind": "5"})
	d.Do(d.Records.Delete, d.Contacts.Company, record.Draft{ID: company.Record.ID})
	now := d.Set(task, v{"text": "y", "about": company.Record.ID.String(), "due": nil}).Record
	if now.Values["time"] != nil || now.Values["remind"] != nil || now.Values.ID("about") != company.Record.ID {
		t.Errorf("stored as %v", now.Values)
	}
}
