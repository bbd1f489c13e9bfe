package activities

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/record"
)

// The priorities of a task.
const (
	low    = "low"
	normal = "normal"
	high   = "high"
)

func (a *Activities) task() *record.Kind {
	return &record.Kind{
		Name: "task", Module: "activities", Table: "activities_task", Extensible: true, TitleKey: "text", Subtitle: "due",
		Columns: []string{"text", "due", "about", "assigned", "priority", "done"}, SortKey: "due",
		Fields: []record.Field{
			{Key: "text", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InText, Personal: true},
			{Key: "details", Type: record.LongText, Max: maxDetails, Find: record.InText, Personal: true},
			{Key: "due", Type: record.Date, Index: record.Indexed},
			{Key: "time", Type: record.Text, Max: 8},
			aboutOne(),
			{Key: "assigned", Type: record.Link, Targets: []string{"user"}, Column: "assigned_id", Index: record.Indexed},
			{Key: "priority", Type: record.Choice, Options: []string{low, normal, high}},
			{Key: "repeat", Type: record.Text, Max: 100},
			{Key: "remind", Type: record.Number},
			{Key: "done", Type: record.Instant, ReadOnly: true, Index: record.Indexed},
			{Key: "since", Type: record.Date, ReadOnly: true},
			{Key: "next", Type: record.Link, Targets: []string{"task"}, Column: "next_id", ReadOnly: true},
			uid(),
		},
		Prepare: prepareTask,
		Check:   a.living,
		// What is done stands where it was done, what is open where it was made:
		// a timeline tells what happened, the calendar what will.
		When: func(rec *record.Record) int64 {
			if done := rec.Values.Int("done"); done != 0 {
				return done
			}
			return rec.Created
		},
		Subjects: a.subjects,
		Moves:    contacts.Moves,
	}
}

// uid is what other programs call an entry that came from a calendar file.
func uid() record.Field {
	return record.Field{Key: "uid", Type: record.Text, ReadOnly: true, Index: record.Indexed}
}

func prepareTask(env record.Env, p *record.Pending) error {
	if p.New() && !p.Given("assigned") && env.Actor != 0 {
		p.Set("assigned", env.Actor)
	}
	if p.Values["priority"] == nil {
		p.Set("priority", normal)
	}
	if err := takeRepeat(p); err != nil {
		return err
	}
	if err := between(p, "task", "remind", 0, maxRemind); err != nil {
		return err
	}
	hour, minute, err := parseClock(p.Values.String("time"))
	if err != nil {
		return err
	}
	if p.Values["time"] != nil {
		p.Set("time", fmt.Sprintf("%02d:%02d", hour, minute))
	}
	due := p.Values.String("due")
	if due == "" {
		if err := needsDay(p); err != nil {
			return err
		}
	}
	switch repeat := p.Values.String("repeat"); {
	case repeat == "":
		p.Set("since", nil)
	case p.Given("since"): // settling puts a task off without moving its series
	case p.New() || changes(p, "due") || p.Old.Values.String("repeat") != repeat:
		p.Set("since", due)
	}
	return nil
}

// needsDay refuses what only a task with a day can have. What an open day leaves
// without meaning goes with it, but for the repetition, which is worth a word.
func needsDay(p *record.Pending) error {
	for _, key := range []string{"repeat", "time", "remind"} {
		if p.Values[key] == nil {
			continue
		}
		if key == "repeat" || changes(p, key) {
			return fault.Invalid("due", "rule.needsDay", fault.Params{"field": label("task", key)})
		}
		p.Set(key, nil)
	}
	return nil
}

var clockText = regexp.MustCompile(`^([01]?\d|2[0-3])[:.h]?([0-5]\d)(?::[0-5]\d)?$`)

// parseClock reads a time of day, such as 9:30 or 0930.
func parseClock(text string) (hour, minute int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	m := clockText.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, fault.Invalid("time", "rule.clock", fault.Params{"text": text})
	}
	hour, _ = strconv.Atoi(m[1]) // the expression has checked the digits
	minute, _ = strconv.Atoi(m[2])
	return hour, minute, nil
}

// morning is when people are reminded of what has a day and no time.
const morning = 9

// dueAt is the moment at which a task is due, for reminders and calendars: one
// without a time in the morning.
func dueAt(v record.Values, day time.Time, zone *time.Location) time.Time {
	hour, minute, err := parseClock(v.String("time"))
	if err != nil || v.String("time") == "" {
		hour, minute = morning, 0
	}
	return on(day, hour, minute, zone)
}
