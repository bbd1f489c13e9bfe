package activities_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/activities"
	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

func (d *desk) take(file string) activities.Intake {
	d.Helper()
	in, err := d.Activities.Take(d.Ctx, []byte(file), "calendar.ics")
	if err != nil {
		d.Fatal(err)
	}
	return in
}

func counts(in activities.Intake) string {
	return fmt.Sprintf("%d found: %d new, %d changed, %d same, %d off, %d left, %d failed", in.Found, in.Created, in.Updated, in.Unchanged, in.Cancelled, in.Skipped, in.Failed)
}

func problems(in activities.Intake) string {
	var all []string
	for _, p := range in.Problems {
		all = append(all, fmt.Sprintf("%d %s", p.Line, strings.TrimPrefix(p.Fault.Key, "activities.ics.")))
	}
	return strings.Join(all, ", ")
}

// all lists the live records of a kind by title.
func (d *desk) all(k *record.Kind) map[string]*record.Record {
	d.Helper()
	page, err := d.Records.List(d.Ctx, d.DB.Reader(), k, record.Query{Limit: 1000})
	if err != nil {
		d.Fatal(err)
	}
	byTitle := map[string]*record.Record{}
	for _, rec := range page.Records {
		byTitle[rec.Title()] = rec
	}
	return byTitle
}

func calendarFile(parts ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(parts, "") + "END:VCALENDAR\r\n"
}

func event(lines ...string) string {
	return "BEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
}

func vtodo(lines ...string) string {
	return strings.ReplaceAll(event(lines...), "VEVENT", "VTODO")
}

func TestDialects(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	falcon := d.Make(d.Contacts.Company, v{"name": "Falcon", "email": "office@falcon.example"})
	ada := d.Make(d.Contacts.Person, v{"name": "Ada Lovelace", "email": "Ada@falcon.example"})
	outlook, err := os.ReadFile("testdata/outlook.ics")
	if err != nil {
		t.Fatal(err)
	}
	in := d.take(string(outlook))
	if got := counts(in); got != "4 found: 4 new, 0 changed, 0 same, 0 off, 0 left, 0 failed" || problems(in) != "" {
		t.Errorf("Outlook: %s; %s", got, problems(in))
	}
	meetings := d.all(d.Activities.Meeting)
	round := meetings["Jour fixe, Büro"]
	if got := times(round); got != "2026-03-04T08:00 2026-03-04T09:00 null null" || round.Values.String("repeat") != "FREQ=WEEKLY" || round.Values.String("except") != "2026-03-11,2026-04-01" || round.Values.Int("remind") != 15 {
		t.Errorf("a series: %s %v", got, round.Values)
	}
	if about := round.Values.Rows("about"); len(about) != 2 || about[0].ID("record") != falcon.Record.ID || about[1].ID("record") != ada.Record.ID {
		t.Errorf("about %v", about)
	}
	if got := times(meetings["Jour fixe, verschoben"]); got != "2026-04-02T12:00 2026-04-02T13:00 null null" {
		t.Errorf("one of it, moved: %s", got)
	}
	if got := times(meetings["Messe"]); got != "2026-03-09T23:00 2026-03-12T23:00 2026-03-10 2026-03-12" || meetings["Messe"].Values.Int("remind") != 24*60 {
		t.Errorf("whole days: %s %v", got, meetings["Messe"].Values)
	}
	if got := times(meetings["Urlaub"]); got != "2026-03-28T23:00 2026-03-30T22:00 2026-03-29 2026-03-30" {
		t.Errorf("whole days of Outlook's own: %s", got)
	}
	if got := counts(d.take(string(outlook))); got != "4 found: 0 new, 0 changed, 4 same, 0 off, 0 left, 0 failed" {
		t.Errorf("once more: %s", got)
	}
	changed := strings.Replace(string(outlook), "SUMMARY:Messe", "SUMMARY:Messe in Halle 3", 1)
	second := d.take(changed)
	if got := counts(second); got != "4 found: 0 new, 1 changed, 3 same, 0 off, 0 left, 0 failed" {
		t.Errorf("changed: %s", got)
	}
	d.undo(second.Batch)
	if d.all(d.Activities.Meeting)["Messe"] == nil {
		t.Error("undo leaves the new title")
	}
	d.undo(in.Batch)
	if n := len(d.all(d.Activities.Meeting)); n != 0 {
		t.Errorf("%d are left after the undo", n)
	}
	if got := counts(d.take(string(outlook))); got != "4 found: 4 new, 0 changed, 0 same, 0 off, 0 left, 0 failed" {
		t.Errorf("after the undo: %s", got)
	}
}

func TestGoogleAndApple(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	for _, name := range []string{"google", "apple"} {
		file, err := os.ReadFile("testdata/" + name + ".ics")
		if err != nil {
			t.Fatal(err)
		}
		if in := d.take(string(file)); in.Created != 2 || problems(in) != "" {
			t.Errorf("%s: %s; %s", name, counts(in), problems(in))
		}
	}
	meetings := d.all(d.Activities.Meeting)
	for title, want := range map[string]string{
		"Stand-up":                "2026-03-20T08:00 2026-03-20T08:30 null null FREQ=WEEKLY 2026-04-03 10",
		"Anniversary":             "2026-05-09T22:00 2026-05-10T22:00 2026-05-10 2026-05-10 FREQ=YEARLY  <nil>",
		"Night of the long table": "2026-03-28T19:00 2026-03-29T02:00 null null   60",
	} {
		rec := meetings[title]
		if got := fmt.Sprint(times(rec), " ", rec.Values.String("repeat"), " ", rec.Values.String("except"), " ", rec.Values["remind"]); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	if task := d.all(d.Activities.Task)["Send the invoices"].Values; task.String("due") != "2026-03-31" || task.String("time") != "09:00" || task.String("repeat") != "FREQ=MONTHLY" || task.String("priority") != "high" {
		t.Errorf("%v", task)
	}
}

func TestOddCalendars(t *testing.T) {
	for name, c := range map[string]struct{ file, counts, problems, title, times string }{
		"times without zone are ours": {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260329T090000", "DURATION:PT90M")), "1 found: 1 new", "", "A", "2026-03-29T07:00 2026-03-29T08:30 null null"},
		"no end":                      {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z")), "1 found: 1 new", "", "A", "2026-03-04T09:00 2026-03-04T09:00 null null"},
		"a whole day without end":     {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART;VALUE=DATE:20260304")), "1 found: 1 new", "", "A", "2026-03-03T23:00 2026-03-04T23:00 2026-03-04 2026-03-04"},
		"a duration of days":          {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART;VALUE=DATE:20260304", "DURATION:P2D")), "1 found: 1 new", "", "A", "2026-03-03T23:00 2026-03-05T23:00 2026-03-04 2026-03-05"},
		"no title":                    {calendarFile(event("UID:1", "DTSTART:20260304T090000Z")), "1 found: 1 new", "", "Untitled", ""},
		"no UID":                      {calendarFile(event("SUMMARY:A", "DTSTART:20260304T090000Z")), "1 found: 1 new", "", "A", ""},
		"a zone that nobody knows":    {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART;TZID=Mars:20260304T090000")), "1 found: 1 new", "6 zone", "A", "2026-03-04T08:00 2026-03-04T08:00 null null"},
		"a rule that is not ours":     {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE")), "1 found: 1 new", "7 rule", "A", ""},
		"a rule that ends":            {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3")), "1 found: 1 new", "7 rule", "A", ""},
		"no start":                    {calendarFile(event("UID:1", "SUMMARY:A")), "1 found: 0 new, 0 changed, 0 same, 0 off, 0 left, 1 failed", "3 noStart", "", ""},
		"an impossible start":         {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260230T090000Z")), "1 found: 0 new, 0 changed, 0 same, 0 off, 0 left, 1 failed", "6 time", "", ""},
		"ends before it begins":       {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z", "DTEND:20260303T090000Z")), "1 found: 0 new, 0 changed, 0 same, 0 off, 0 left, 1 failed", "3 rule.endsBeforeStart", "", ""},
		"called off before it came":   {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z", "STATUS:CANCELLED")), "1 found: 0 new, 0 changed, 0 same, 0 off, 1 left, 0 failed", "", "", ""},
		"twice in one file":           {calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z", "SEQUENCE:2"), event("UID:1", "SUMMARY:B", "DTSTART:20260304T090000Z", "SEQUENCE:1")), "2 found: 1 new, 0 changed, 0 same, 0 off, 1 left, 0 failed", "", "A", ""},
		"a long title":                {calendarFile(event("UID:1", "SUMMARY:"+strings.Repeat("x", 10_000), "DTSTART:20260304T090000Z")), "1 found: 1 new", "5 shortened", "", ""},
		"a long UID":                  {calendarFile(event("UID:"+strings.Repeat("x", 10_000), "SUMMARY:A", "DTSTART:20260304T090000Z")), "1 found: 1 new", "", "A", ""},
		"cut off":                     {strings.TrimSuffix(calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z")), "END:VCALENDAR\r\n") + "BEGIN:VEVENT\r\nUID:2", "1 found: 1 new", "1 unclosed, 8 unclosed", "A", ""},
		"a journal":                   {calendarFile("BEGIN:VJOURNAL\r\nSUMMARY:A\r\nEND:VJOURNAL\r\n"), "0 found: 0 new", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, "2026-03-04 10:00")
			in := d.take(c.file)
			if got := counts(in); !strings.HasPrefix(got, c.counts) {
				t.Errorf("%s", got)
			}
			if got := problems(in); got != c.problems {
				t.Errorf("tells %q, want %q", got, c.problems)
			}
			for _, p := range in.Problems {
				if text := lang.Text("de", p.Fault.Key, p.Fault.Params); strings.Contains(text, "{{") || text == p.Fault.Key {
					t.Errorf("says %q", text)
				}
			}
			rec := d.all(d.Activities.Meeting)[c.title]
			if c.title != "" && rec == nil {
				t.Fatalf("there is %v", d.all(d.Activities.Meeting))
			}
			if c.times != "" && times(rec) != c.times {
				t.Errorf("at %s", times(rec))
			}
			again := d.take(c.file)
			if again.Created+again.Updated > 0 {
				t.Errorf("once more: %s", counts(again))
			}
		})
	}
	d := open(t, "2026-03-04 10:00")
	for file, key := range map[string]string{"": "activities.ics.notCalendar", "<html>": "activities.ics.notCalendar", "BEGIN:VCALENDAR" + strings.Repeat(" ", 10<<20): "rule.fileTooLarge"} {
		if _, err := d.Activities.Take(d.Ctx, []byte(file), "x.ics"); fault.Of(err) == nil || fault.Of(err).Key != key {
			t.Errorf("%.10q: %v", file, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	d.take(calendarFile(event("UID:1", "SUMMARY:A", "DTSTART:20260304T090000Z"), vtodo("UID:1", "SUMMARY:B")))
	in := d.take(calendarFile(event("UID:1", "DTSTART:20260304T090000Z", "STATUS:CANCELLED")))
	if got := counts(in); got != "1 found: 0 new, 0 changed, 0 same, 1 off, 0 left, 0 failed" {
		t.Error(got)
	}
	if len(d.all(d.Activities.Meeting)) != 0 || len(d.all(d.Activities.Task)) != 1 {
		t.Error("the wrong one is gone")
	}
	d.undo(in.Batch)
	if len(d.all(d.Activities.Meeting)) != 1 {
		t.Error("undo does not bring it back")
	}
}

func TestTodos(t *testing.T) {
	d := open(t, "2026-03-04 10:00")
	d.take(calendarFile(
		vtodo("UID:1", "SUMMARY:Timed", "DUE;TZID=Europe/Berlin:20260329T093000", "PRIORITY:1", "BEGIN:VALARM", "TRIGGER;RELATED=END:-PT30M", "END:VALARM"),
		vtodo("UID:2", "SUMMARY:Day", "DUE;VALUE=DATE:20260331", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31", "PRIORITY:9"),
		vtodo("UID:3", "SUMMARY:Finished", "STATUS:COMPLETED", "COMPLETED:20260303T120000Z"),
		vtodo("UID:4", "SUMMARY:Some day"),
	))
	tasks := d.all(d.Activities.Task)
	for title, want := range map[string]string{
		"Timed": "2026-03-29 09:30 high  30 <nil>", "Day": "2026-03-31  low FREQ=MONTHLY <nil> <nil>", "Finished": "  normal  <nil> 1772539200000", "Some day": "  normal  <nil> <nil>",
	} {
		v := tasks[title].Values
		if got := fmt.Sprint(v.String("due"), " ", v.String("time"), " ", v.String("priority"), " ", v.String("repeat"), " ", v["remind"], " ", v["done"]); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

// TestRoundTrip: what we write is read as the same, here and in a workspace of
// another zone.
func TestRoundTrip(t *testing.T) {
	fill := func(d *desk) {
		for _, values := range []v{
			{"text": "Visit; with, \\signs\nand lines", "from": "2026-03-28T10:00", "to": "2026-03-28T12:30", "place": "Łódź, " + strings.Repeat("ä", 100), "details": "one\ntwo", "remind": "15"},
			{"text": "Fair", "day": "2026-03-28", "lastDay": "2026-03-30", "remind": "1440"},
			{"text": "Round", "from": "2026-03-20T09:30", "repeat": "weekly", "except": "2026-03-27,2026-04-03"},
			{"text": "Month's end", "from": "2026-01-31T18:00", "repeat": "monthly", "remind": "0"},
			{"text": "Leap", "day": "2024-02-29", "repeat": "yearly", "remind": "540", "except": "2025-02-28"},
		} {
			d.Make(d.Activities.Meeting, values)
		}
		for _, values := range []v{
			{"text": "Timed", "due": "2026-03-29", "time": "03:30", "remind": "5", "priority": "high"},
			{"text": "Day", "due": "2026-03-31", "repeat": "FREQ=MONTHLY;INTERVAL=2", "remind": "0", "details": "x"},
			{"text": "Weekly", "due": "2026-10-25", "time": "08:15", "repeat": "weekly", "priority": "low"},
			{"text": "Some day"},
		} {
			d.Make(d.Activities.Task, values)
		}
		d.must(d.Make(d.Activities.Task, v{"text": "Finished", "due": "2026-03-03"}).Record, activities.Done, "")
	}
	d := open(t, "2026-03-04 10:00")
	fill(d)
	write := func(d *desk) string {
		file, err := d.Activities.ICalendar(d.Ctx, d.DB.Reader(), "test")
		if err != nil {
			t.Fatal(err)
		}
		return string(file)
	}
	file := write(d)
	for line := range strings.SplitSeq(file, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets", len(line))
		}
	}
	if in := d.take(file); in.Found != 10 || in.Unchanged != 10 || problems(in) != "" {
		t.Errorf("where it came from: %s; %s", counts(in), problems(in))
	}
	other := open(t, "2026-03-04 10:00")
	if in := other.take(file); in.Created != 10 || problems(in) != "" {
		t.Errorf("elsewhere: %s; %s", counts(in), problems(in))
	}
	for _, name := range []string{"meeting", "task"} {
		k, _ := d.Records.Kind(name)
		there, _ := other.Records.Kind(name)
		got := other.all(there)
		for title, rec := range d.all(k) {
			for _, f := range k.Fields {
				if f.Key == "uid" || f.Key == "assigned" || f.Key == "done" && rec.Values["done"] != nil {
					continue
				}
				if now := got[title].Values[f.Key]; fmt.Sprint(now) != fmt.Sprint(rec.Values[f.Key]) {
					t.Errorf("%s: %s was %v and is %v", title, f.Key, rec.Values[f.Key], now)
				}
			}
		}
	}
	if in := other.take(write(other)); in.Unchanged != 10 {
		t.Errorf("once more: %s", counts(in))
	}
	if strings.Count(file, "BEGIN:VTIMEZONE") != 1 || !strings.Contains(file, "RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1") {
		t.Error("a series has no zone, or no end of months")
	}
}

// FuzzTake throws files at a workspace: each is answered in words, each entry is
// counted once, and reading it again makes nothing new.
func FuzzTake(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.ics")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(calendarFile(vtodo("UID:1", "SUMMARY:x", "DUE:20260304", "RRULE:FREQ=YEARLY;INTERVAL=999"), event("DTSTART:99991231T235959Z", "DTEND:99991231T235959Z", "RRULE:FREQ=DAILY", "EXDATE:20260304,20260305"))))
	day := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	a, err := app.Create(f.Context(), f.TempDir(), storage.Options{Version: "test", Now: func() time.Time { return day }}, app.Start{Company: "Fuzz", Owner: "F", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = a.Close() })
	ctx, owner, err := a.AsOwner(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	d := &desk{House: &apptest.House{TB: f, App: a, Ctx: ctx, Owner: owner.ID}}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, again := range []bool{false, true} {
			in, err := d.Activities.Take(d.Ctx, data, "fuzz.ics")
			if err != nil {
				if fault.Is(err, fault.CodeInternal) {
					t.Fatal(err)
				}
				return
			}
			if in.Found != in.Created+in.Updated+in.Unchanged+in.Cancelled+in.Skipped+in.Failed || again && in.Created > 0 {
				t.Errorf("again %v: %s", again, counts(in))
			}
		}
		if _, _, err := d.Activities.Calendar(d.Ctx, d.DB.Reader(), "2026-01-01", "2026-12-31"); err != nil {
			t.Error(err)
		}
		file, err := d.Activities.ICalendar(d.Ctx, d.DB.Reader(), "test")
		if err != nil {
			t.Error(err)
		}
		if in, err := d.Activities.Take(d.Ctx, file, "own.ics"); err == nil && in.Created > 0 {
			t.Errorf("our own file: %s\n%s", counts(in), file)
		}
		if _, err := d.Activities.Remind(d.Ctx); err != nil {
			t.Error(err)
		}
	})
}
