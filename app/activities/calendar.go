package activities

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Entry is a meeting or a task on the calendar.
type Entry struct {
	ID       record.ID   `json:"id"`
	Kind     string      `json:"kind" enum:"meeting,task"`
	Title    string      `json:"title"`
	Day      string      `json:"day" doc:"the first day it stands on"`
	LastDay  string      `json:"lastDay" doc:"the last one, included"`
	Start    string      `json:"start,omitempty" doc:"absent for whole days"`
	End      string      `json:"end,omitempty" doc:"absent for whole days and tasks"`
	WholeDay bool        `json:"wholeDay"`
	Virtual  bool        `json:"virtual" doc:"a later time of what repeats; id is the record it comes from"`
	Done     bool        `json:"done"`
	Repeat   string      `json:"repeat,omitempty"`
	Place    string      `json:"place,omitempty"`
	Priority string      `json:"priority,omitempty"`
	Assigned record.ID   `json:"assigned,omitempty"`
	About    []record.ID `json:"about"`
	Version  int64       `json:"version"`

	at     int64
	record *record.Record
}

// Record is what the entry stands for.
func (e Entry) Record() *record.Record { return e.record }

// Limits of a calendar.
const (
	MaxStretch = 400 // days
	maxEntries = 5_000
)

// Calendar lists meetings, and tasks that are due, between two days, both
// included, in order. Whether there are more than it lists is the second answer.
func (a *Activities) Calendar(ctx context.Context, q storage.Queryer, from, to string) ([]Entry, bool, error) {
	first, last, err := stretch(from, to)
	if err != nil {
		return nil, false, err
	}
	env := a.r.Env(ctx)
	entries, err := a.meetings(ctx, q, first, last, env.Now.Location())
	if err != nil {
		return nil, false, err
	}
	tasks, err := a.tasks(ctx, q, first, last, dayOf(env.Now), env.Now.Location())
	if err != nil {
		return nil, false, err
	}
	entries = append(entries, tasks...)
	slices.SortFunc(entries, func(x, y Entry) int {
		return cmp.Or(strings.Compare(x.Day, y.Day), cmp.Compare(b2i(y.WholeDay), b2i(x.WholeDay)), cmp.Compare(x.at, y.at), strings.Compare(x.Title, y.Title), cmp.Compare(x.ID, y.ID))
	})
	more := len(entries) > maxEntries
	return entries[:min(len(entries), maxEntries)], more, nil
}

func b2i(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// stretch reads the two ends of a calendar.
func stretch(from, to string) (first, last time.Time, err error) {
	for _, end := range []struct {
		field, text string
		into        *time.Time
	}{{"from", from, &first}, {"to", to, &last}} {
		if *end.into = date(end.text); end.into.IsZero() {
			return first, last, fault.Invalid(end.field, "record.date", fault.Params{"text": record.Shorten(end.text, 40)})
		}
	}
	switch {
	case last.Before(first):
		return first, last, fault.Invalid("to", "rule.endsBeforeStart", fault.Params{"from": from, "to": to})
	case last.Sub(first) >= MaxStretch*24*time.Hour:
		return first, last, fault.Invalid("to", "rule.stretch", fault.Params{"max": MaxStretch})
	}
	return first, last, nil
}

func (a *Activities) meetings(ctx context.Context, q storage.Queryer, first, last time.Time, zone *time.Location) ([]Entry, error) {
	// A day more at both ends: whole days keep their date when the zone is changed.
	start, end := on(first.AddDate(0, 0, -1), 0, 0, zone), on(last.AddDate(0, 0, 2), 0, 0, zone)
	once, err := a.pick(ctx, q, a.Meeting, "SELECT id FROM activities_meeting WHERE deleted_at IS NULL AND repeat = '' AND from_at >= $1 AND from_at < $2 AND to_at >= $3",
		start.AddDate(0, 0, -maxDays).UnixMilli(), end.UnixMilli(), start.UnixMilli())
	if err != nil {
		return nil, err
	}
	series, err := a.pick(ctx, q, a.Meeting, "SELECT id FROM activities_meeting WHERE deleted_at IS NULL AND repeat > '' AND from_at < $1", end.UnixMilli())
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for _, rec := range append(once, series...) {
		for _, s := range slots(rec.Values, zone, first, last) {
			e := entry(rec)
			e.Day, e.LastDay, e.WholeDay, e.Virtual, e.at = dayText(s.day), dayText(s.last), s.whole, s.n > 0, s.from.UnixMilli()
			if !s.whole {
				e.Start, e.End = record.InstantText(s.from.UnixMilli()), record.InstantText(s.to.UnixMilli())
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// tasks are those that are due in a stretch, and of open ones that repeat the
// days that would come after.
func (a *Activities) tasks(ctx context.Context, q storage.Queryer, first, last, today time.Time, zone *time.Location) ([]Entry, error) {
	due, err := a.pick(ctx, q, a.Task, "SELECT id FROM activities_task WHERE deleted_at IS NULL AND due >= $1 AND due <= $2", dayText(first), dayText(last))
	if err != nil {
		return nil, err
	}
	before, err := a.pick(ctx, q, a.Task, "SELECT id FROM activities_task WHERE deleted_at IS NULL AND done IS NULL AND repeat > '' AND due < $1", dayText(first))
	if err != nil {
		return nil, err
	}
	var entries []Entry
	add := func(rec *record.Record, day time.Time, virtual bool) {
		e := entry(rec)
		at := dueAt(rec.Values, day, zone)
		e.Day, e.LastDay, e.WholeDay, e.Virtual, e.at = dayText(day), dayText(day), rec.Values["time"] == nil, virtual, at.UnixMilli()
		if !e.WholeDay {
			e.Start = record.InstantText(e.at)
		}
		entries = append(entries, e)
	}
	for _, rec := range due {
		add(rec, date(rec.Values.String("due")), false)
	}
	for _, rec := range append(due, before...) {
		r, repeats := repeatOf(rec.Values)
		if !repeats || rec.Values["done"] != nil || rec.Values["next"] != nil { // the next stands there itself
			continue
		}
		behind := today
		if eve := first.AddDate(0, 0, -1); eve.After(today) {
			behind = eve
		}
		for day := nextDay(rec.Values, r, behind); !day.After(last) && day.Year() <= lastYear; day = nextDay(rec.Values, r, day) {
			add(rec, day, true)
		}
	}
	return entries, nil
}

// entry is what an entry has of its record, whenever it is.
func entry(rec *record.Record) Entry {
	v := rec.Values
	return Entry{
		ID: rec.ID, Kind: rec.Kind.Name, Title: rec.Title(), Done: v["done"] != nil, Repeat: v.String("repeat"), Place: v.String("place"),
		Priority: v.String("priority"), Assigned: v.ID("assigned"), About: append([]record.ID{}, aboutOf(v)...), Version: rec.Version, record: rec,
	}
}
