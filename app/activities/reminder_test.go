package activities_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/activities"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

func remind(d *desk) string {
	d.Helper()
	list, err := d.Activities.Remind(d.Ctx)
	if err != nil {
		d.Fatal(err)
	}
	return titles(list)
}

func titles(list []activities.Reminder) string {
	var all []string
	for _, r := range list {
		all = append(all, r.Title+" "+r.When[5:16])
	}
	return strings.Join(all, ", ")
}

func TestReminders(t *testing.T) {
	d := open(t, "2026-03-27 08:00")
	task := func(values v) record.Change { return d.Make(d.Activities.Task, values) }
	task(v{"text": "Timed", "due": "2026-03-27", "time": "10:00", "remind": "30"})
	task(v{"text": "Morning", "due": "2026-03-27", "remind": "0"})
	task(v{"text": "Quiet", "due": "2026-03-27", "time": "10:00"})
	task(v{"text": "Somebody", "due": "2026-03-27", "remind": "0", "assigned": d.Make(d.Access.Kind, v{"name": "Bo", "role": "member"}).Record.ID})
	finished := task(v{"text": "Finished", "due": "2026-03-27", "remind": "0"})
	d.must(finished.Record, activities.Done, "")
	task(v{"text": "Over", "due": "2026-03-26", "remind": "0"}) // was over when it was entered
	d.Make(d.Activities.Meeting, v{"text": "Fair", "day": "2026-03-28", "remind": "1440"})
	d.Make(d.Activities.Meeting, v{"text": "Round", "from": "2026-03-20T09:30", "repeat": "weekly", "remind": "15"})
	visit := d.Make(d.Activities.Meeting, v{"text": "Visit", "from": "2026-03-27T15:00", "remind": "60"})
	for _, step := range []struct{ now, want string }{
		{"2026-03-27 08:59", ""},
		{"2026-03-27 09:00", "Morning 03-27T08:00, Fair 03-28T08:00"},
		{"2026-03-27 09:00", ""},
		{"2026-03-27 09:15", "Round 03-27T08:30"},
		{"2026-03-27 11:00", "Timed 03-27T09:00"}, // it began while nobody looked
		{"2026-03-27 11:00", ""},
	} {
		d.set(t, step.now)
		if got := remind(d); got != step.want {
			t.Errorf("at %s: %q, want %q", step.now, got, step.want)
		}
	}
	// Moved, it is told anew, also to an earlier time of the day.
	d.Set(visit, v{"from": "2026-03-27T13:00"})
	d.set(t, "2026-03-27 12:00")
	if got := remind(d); got != "Visit 03-27T12:00" {
		t.Errorf("moved: %q", got)
	}
	// After three weeks away the latest time of a series is told, once; older
	// moments are no news. The clocks have changed: nine thirty is 07:30 in UTC.
	d.set(t, "2026-04-19 10:00")
	if got := remind(d); got != "Round 04-17T07:30" {
		t.Errorf("after a time away: %q", got)
	}
	if got := remind(d); got != "" {
		t.Errorf("twice: %q", got)
	}
}

// TestSnooze: what was told is told again when it was asked for, unless it was
// done or moved meanwhile; a series at the time that it was told of.
func TestSnooze(t *testing.T) {
	d := open(t, "2026-03-27 08:00")
	task := d.Make(d.Activities.Task, v{"text": "Call", "due": "2026-03-27", "time": "09:00", "remind": "0"}).Record
	round := d.Make(d.Activities.Meeting, v{"text": "Round", "from": "2026-03-20T09:30", "repeat": "daily", "remind": "30"}).Record
	fair := d.Make(d.Activities.Meeting, v{"text": "Fair", "day": "2026-03-27", "remind": "0"})
	snooze := func(rec *record.Record, how, when string) (string, error) {
		t.Helper()
		at, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		var until time.Time
		err = d.DB.Write(d.Ctx, func(tx *storage.Tx) (err error) {
			until, err = d.Activities.Snooze(d.Ctx, tx, rec.Kind.Name, rec.ID, how, at)
			return err
		})
		return until.Format("2006-01-02 15:04"), err
	}
	d.set(t, "2026-03-27 09:00")
	if got := remind(d); got != "Call 03-27T08:00, Fair 03-27T08:00, Round 03-27T08:30" {
		t.Fatalf("told %q", got)
	}
	for _, c := range []struct {
		rec             *record.Record
		how, when, want string
	}{
		{task, activities.Hour, "2026-03-27T08:00:00Z", "2026-03-27 10:00"},
		{task, activities.TenMinutes, "2026-03-27T08:00:00Z", "2026-03-27 09:10"}, // the later wish counts
		{round, activities.TenMinutes, "2026-03-27T08:30:00Z", "2026-03-27 09:10"},
		{fair.Record, activities.Tomorrow, "2026-03-27T08:00:00Z", "2026-03-28 09:00"},
	} {
		if got, err := snooze(c.rec, c.how, c.when); err != nil || got != c.want {
			t.Errorf("%s %s: %q %v, want %s", c.rec.Title(), c.how, got, err, c.want)
		}
	}
	for _, step := range []struct{ now, want string }{
		{"2026-03-27 09:09", ""},
		{"2026-03-27 09:11", "Call 03-27T08:00, Round 03-27T08:30"}, // the clock of tests goes on a little with each look,
		{"2026-03-27 11:00", ""},
	} {
		d.set(t, step.now)
		if got := remind(d); got != step.want {
			t.Errorf("at %s: %q, want %q", step.now, got, step.want)
		}
	}
	for _, c := range []struct {
		rec            *record.Record
		how, when, key string
	}{
		{task, "never", "2026-03-27T08:00:00Z", "rule.snoozeHow"},
		{task, activities.Hour, "2026-03-27T08:01:00Z", "rule.notThen"},
		{d.Make(d.Activities.Note, v{"text": "x"}).Record, activities.Hour, "2026-03-27T08:00:00Z", "rule.noReminders"},
	} {
		if _, err := snooze(c.rec, c.how, c.when); err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v, want %s", c.how, err, c.key)
		}
	}
	if _, err := snooze(task, activities.Hour, "2026-03-27T08:00:00Z"); err != nil {
		t.Fatal(err)
	}
	d.must(task, activities.Done, "")
	d.Set(fair, v{"day": "2026-04-03"})
	d.set(t, "2026-03-28 12:00")
	if got := remind(d); got != "Round 03-28T08:30" {
		t.Errorf("what was done and moved is told: %q", got)
	}
	d.must(task, activities.Reopen, "")
	if got := remind(d); got != "" {
		t.Errorf("what was moot comes back: %q", got)
	}
}

// TestRemindersSurvive: what was told stays told after the program ended, and
// what was missed meanwhile comes.
func TestRemindersSurvive(t *testing.T) {
	dir := t.TempDir()
	d := open(t, "2026-12-31 23:30")
	clock := d.DB.Now
	a, err := app.Create(t.Context(), dir, storage.Options{Version: "test", Now: clock}, app.Start{Company: "Harbor", Owner: "Ines", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, _, err := a.AsOwner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Write(ctx, func(tx *storage.Tx) error {
		_, err := a.Records.Save(ctx, tx, a.Activities.Task, record.Draft{Values: v{"text": "Before", "due": "2027-01-01", "time": "00:00", "remind": "30"}},
			record.Draft{Values: v{"text": "Missed", "due": "2027-01-01", "time": "00:30", "remind": "15"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	told := func() string {
		t.Helper()
		list, err := a.Activities.Remind(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return titles(list)
	}
	if got := told(); got != "Before 12-31T23:00" {
		t.Errorf("at first %q", got)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	d.set(t, "2027-01-01 07:00")
	if a, err = app.Open(t.Context(), dir, storage.Options{Version: "test", Now: clock}); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if got := told(); got != "Missed 12-31T23:30" {
		t.Errorf("after the restart %q", got)
	}
	if got := told(); got != "" {
		t.Errorf("twice %q", got)
	}
}

// TestReminderReachesADoor: the loop keeps what nobody would hear.
func TestReminderReachesADoor(t *testing.T) {
	d := open(t, "2026-03-27 10:00")
	d.Make(d.Activities.Task, v{"text": "Now", "due": "2026-03-27", "time": "10:01", "remind": "5"})
	ctx, stop := context.WithCancel(d.Ctx)
	ended := make(chan struct{})
	go func() {
		d.Activities.Run(ctx)
		close(ended)
	}()
	first, second := d.Activities.Reminders(ctx), d.Activities.Reminders(ctx)
	if r := <-first; r.Title != "Now" || r.Kind != "task" || r.When != "2026-03-27T09:01:00.000Z" || r.Whole {
		t.Errorf("told %+v", r)
	}
	stop()
	<-ended
	_ = second // may have opened before or after it was told
}
