package activities

import (
	"context"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// The ways to settle a task.
const (
	Done     = "done"
	Tomorrow = "tomorrow"
	NextWeek = "nextWeek" // Monday
	Until    = "until"
	Reopen   = "reopen"
)

// Settlement says what is to become of a task.
type Settlement struct {
	How     string
	Until   string // a day, for Until
	Version int64  // from which it was decided; 0 takes what is stored
}

// Settled is a task after it was settled.
type Settled struct {
	Task    *record.Record
	Next    *record.Record // made since the task repeats; nil otherwise
	Batch   record.ID      // undo it to take both back
	Changed bool
}

// Settle does a task, puts it off, or opens it again. Doing one that repeats
// makes the next, unless it has been made before.
func (a *Activities) Settle(ctx context.Context, tx *storage.Tx, kind string, id record.ID, s Settlement) (Settled, error) {
	if kind != a.Task.Name {
		return Settled{}, fault.Invalid("kind", "rule.onlyTasks", nil)
	}
	rec, err := a.Task.One(ctx, tx, id)
	if err != nil {
		return Settled{}, err
	}
	env := a.r.Env(ctx)
	if act := record.ActOf(ctx); act.Batch == 0 {
		act.Batch = record.NewID(env.Now)
		ctx = record.WithAct(ctx, act)
	}
	out := Settled{Task: rec}
	draft := record.Draft{ID: id, Version: s.Version, System: true}
	today := dayOf(env.Now)
	switch s.How {
	case Done:
		if rec.Values["done"] != nil {
			break
		}
		draft.Values = map[string]any{"done": env.Now.UnixMilli()}
		if s.Version == 0 || s.Version == rec.Version { // a stale one is refused below
			if out.Next, err = a.follow(ctx, tx, rec, today); err != nil {
				return Settled{}, err
			}
		}
		if out.Next != nil {
			draft.Values["next"] = out.Next.ID
		}
	case Reopen:
		draft.Values = map[string]any{"done": nil}
	case Tomorrow:
		draft.Values = putOff(rec, today.AddDate(0, 0, 1))
	case NextWeek:
		draft.Values = putOff(rec, today.AddDate(0, 0, 1+(7-int(today.Weekday()))%7))
	case Until:
		day := date(s.Until)
		switch {
		case day.IsZero():
			return Settled{}, fault.Invalid("until", "record.date", fault.Params{"text": record.Shorten(s.Until, 40)})
		case day.Before(today):
			return Settled{}, fault.Invalid("until", "rule.untilPast", fault.Params{"text": s.Until})
		}
		draft.Values = putOff(rec, day)
	default:
		return Settled{}, fault.Invalid("how", "rule.settleHow", fault.Params{"text": record.Shorten(s.How, 40)})
	}
	changes, err := a.r.Save(ctx, tx, a.Task, draft)
	if err != nil || len(changes) == 0 {
		return out, err
	}
	out.Task, out.Batch, out.Changed = changes[0].Record, changes[0].Act.Batch, true
	return out, nil
}

// putOff makes a task due on another day, and open. Its series stays.
func putOff(rec *record.Record, day time.Time) map[string]any {
	values := map[string]any{"due": dayText(day), "done": nil}
	if since := rec.Values.String("since"); since != "" {
		values["since"] = since
	}
	return values
}

// carried are the fields that the next task has from the one before.
var carried = []string{"text", "details", "time", "about", "assigned", "priority", "repeat", "since", "remind"}

// follow makes the task that comes after one that repeats: on the first day of
// the series that lies behind both its day and today, so that a task done late
// does not come back for each day that was missed.
func (a *Activities) follow(ctx context.Context, tx *storage.Tx, rec *record.Record, today time.Time) (*record.Record, error) {
	r, repeats := repeatOf(rec.Values)
	if !repeats {
		return nil, nil
	}
	if id := rec.Values.ID("next"); id != 0 {
		if next, err := a.Task.One(ctx, tx, id); err != nil || next.Deleted == 0 {
			return nil, err
		}
	}
	day := nextDay(rec.Values, r, today)
	if day.Year() > lastYear {
		return nil, nil
	}
	values := map[string]any{"due": dayText(day)}
	for _, key := range carried {
		values[key] = rec.Values[key]
	}
	gone, err := a.gone(ctx, tx, rec)
	if err != nil {
		return nil, err
	}
	for _, key := range gone {
		values[key] = nil
	}
	changes, err := a.r.Save(ctx, tx, a.Task, record.Draft{System: true, Values: values})
	if err != nil {
		return nil, err
	}
	return changes[0].Record, nil
}

// gone lists the links of a task that lead into the bin: the next has them no
// more.
func (a *Activities) gone(ctx context.Context, q storage.Queryer, rec *record.Record) ([]string, error) {
	titles, err := a.r.Links(ctx, q, rec)
	var keys []string
	for _, key := range []string{"about", "assigned"} {
		if titles[rec.Values.ID(key)].Deleted {
			keys = append(keys, key)
		}
	}
	return keys, err
}

// nextDay is the day on which a task that repeats comes again.
func nextDay(v record.Values, r Repeat, today time.Time) time.Time {
	due := date(v.String("due"))
	start := date(v.String("since"))
	if start.IsZero() {
		start = due
	}
	behind := due
	if today.After(behind) {
		behind = today
	}
	return r.On(start, r.After(start, behind))
}
