package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// The ways to be reminded again; Tomorrow means the morning.
const (
	TenMinutes = "tenMinutes"
	Hour       = "hour"
)

// Snooze reminds the acting user of a task or meeting again. When is the moment
// of which they were reminded; what does not begin then any more has a reminder
// of its own. It answers when they will be told.
func (a *Activities) Snooze(ctx context.Context, tx *storage.Tx, kind string, id record.ID, how string, when time.Time) (time.Time, error) {
	k := map[string]*record.Kind{a.Task.Name: a.Task, a.Meeting.Name: a.Meeting}[kind]
	if k == nil {
		return time.Time{}, fault.Invalid("kind", "rule.noReminders", nil)
	}
	rec, err := k.One(ctx, tx, id)
	if err != nil {
		return time.Time{}, err
	}
	now := a.r.Env(ctx).Now
	if !begins(rec, when.In(now.Location())) {
		return time.Time{}, fault.Conflict("when", "rule.notThen", fault.Params{"title": rec.Title()})
	}
	until := now
	switch how {
	case TenMinutes:
		until = now.Add(10 * time.Minute)
	case Hour:
		until = now.Add(time.Hour)
	case Tomorrow:
		until = on(dayOf(now).AddDate(0, 0, 1), morning, 0, now.Location())
	default:
		return time.Time{}, fault.Invalid("how", "rule.snoozeHow", fault.Params{"text": record.Shorten(how, 40)})
	}
	_, err = tx.Exec(ctx, `INSERT INTO activities_snooze (record_id, user_id, until, begins) VALUES ($1, $2, $3, $4)
		ON CONFLICT (record_id, user_id) DO UPDATE SET until = excluded.until, begins = excluded.begins`,
		int64(id), int64(record.ActOf(ctx).Actor), until.UnixMilli(), when.UnixMilli())
	if err != nil {
		return time.Time{}, fmt.Errorf("snooze: %w", err)
	}
	return until, nil
}

// begins reports whether a task is due, or a meeting takes place, at a moment
// still.
func begins(rec *record.Record, at time.Time) bool {
	if rec.Deleted != 0 || rec.Values["done"] != nil {
		return false
	}
	if rec.Kind.Name == "task" {
		day := date(rec.Values.String("due"))
		return !day.IsZero() && dueAt(rec.Values, day, at.Location()).Equal(at)
	}
	for _, s := range slots(rec.Values, at.Location(), dayOf(at), dayOf(at)) {
		if s.begins(at.Location()).Equal(at) {
			return true
		}
	}
	return false
}

// snoozed lists what a user wants to be reminded of again now. What has been
// done or moved meanwhile is moot.
func (a *Activities) snoozed(ctx context.Context, q storage.Queryer, user record.ID, now time.Time) ([]Reminder, error) {
	var rows []struct {
		Record record.ID `db:"record_id"`
		Until  int64     `db:"until"`
		Begins int64     `db:"begins"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT record_id, until, begins FROM activities_snooze WHERE user_id = $1 AND until <= $2`, int64(user), now.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read snoozed reminders: %w", err)
	}
	var all []Reminder
	for _, row := range rows {
		r := Reminder{ID: row.Record, moment: row.Until, begins: row.Begins, snoozed: true, moot: true}
		for _, k := range []*record.Kind{a.Task, a.Meeting} {
			records, err := k.Load(ctx, q, row.Record)
			if err != nil {
				return nil, err
			}
			if at := time.UnixMilli(row.Begins).In(now.Location()); len(records) == 1 && begins(records[0], at) {
				r.Kind, r.Title, r.When, r.moot = k.Name, records[0].Title(), record.InstantText(row.Begins), false
				r.Whole = records[0].Values["day"] != nil || k == a.Task && records[0].Values["time"] == nil
			}
		}
		all = append(all, r)
	}
	return all, nil
}
