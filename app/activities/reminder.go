package activities

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Reminder tells a person of what is about to begin, or to be done.
type Reminder struct {
	ID    record.ID `json:"id"`
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
	When  string    `json:"when" doc:"at which it is due or begins"`
	Whole bool      `json:"wholeDay,omitempty" doc:"it has a day and no time"`

	moment  int64 // from which it is to be told
	begins  int64
	snoozed bool // it was told before
	moot    bool // and is not to be told again
}

const (
	// missed is how long ago a moment may be to be told still: what is older
	// stands among the overdue, or is over.
	missed = 7 * 24 * time.Hour
	// look is how often the loop looks at the clock.
	look = 20 * time.Second
)

// Remind gives what the acting user is to be reminded of now, and remembers that
// it was told: what was missed while no program ran comes once, nothing twice. A
// task reminds whom it is assigned to, a meeting everybody.
func (a *Activities) Remind(ctx context.Context) ([]Reminder, error) {
	now := a.db.Now()
	user := record.ActOf(ctx).Actor
	due, err := a.due(ctx, a.db.Reader(), user, now)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var told []Reminder
	err = a.db.Write(ctx, func(tx *storage.Tx) error {
		told = told[:0]
		for _, r := range due {
			news, err := remember(ctx, tx, user, r)
			if err != nil {
				return err
			}
			if news && !r.moot {
				told = append(told, r)
			}
		}
		// Nobody is told of older moments again, so they need not be remembered.
		_, err := tx.Exec(ctx, "DELETE FROM activities_told WHERE moment < $1", now.Add(-missed).UnixMilli())
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(told, func(x, y Reminder) int { return cmp.Compare(x.begins, y.begins) })
	return told, nil
}

// remember keeps that a reminder is told, and reports whether it was not yet.
func remember(ctx context.Context, tx *storage.Tx, user record.ID, r Reminder) (news bool, err error) {
	query := `INSERT INTO activities_told (record_id, user_id, moment) VALUES ($1, $2, $3)
		ON CONFLICT (record_id, user_id) DO UPDATE SET moment = excluded.moment WHERE activities_told.moment < excluded.moment`
	if r.snoozed {
		query = `DELETE FROM activities_snooze WHERE record_id = $1 AND user_id = $2 AND until = $3`
	}
	result, err := tx.Exec(ctx, query, int64(r.ID), int64(user), r.moment)
	if err != nil {
		return false, fmt.Errorf("remember reminder: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// due lists what has a moment that has come and was not told to a user yet.
func (a *Activities) due(ctx context.Context, q storage.Queryer, user record.ID, now time.Time) ([]Reminder, error) {
	zone := a.zone(ctx)
	now = now.In(zone)
	far := now.Add(maxRemind*time.Minute).AddDate(0, 0, 1)
	long := now.Add(-missed).AddDate(0, 0, -1)
	tasks, err := a.pick(ctx, q, a.Task, `SELECT id FROM activities_task WHERE deleted_at IS NULL AND done IS NULL AND remind IS NOT NULL AND due >= $1 AND due <= $2
		AND (assigned_id IS NULL OR assigned_id = $3)`, dayText(long), dayText(far), int64(user))
	if err != nil {
		return nil, err
	}
	once, err := a.pick(ctx, q, a.Meeting, `SELECT id FROM activities_meeting WHERE deleted_at IS NULL AND remind IS NOT NULL AND repeat = '' AND from_at >= $1 AND from_at <= $2`,
		long.UnixMilli(), far.UnixMilli())
	if err != nil {
		return nil, err
	}
	series, err := a.pick(ctx, q, a.Meeting, "SELECT id FROM activities_meeting WHERE deleted_at IS NULL AND remind IS NOT NULL AND repeat > '' AND from_at <= $1", far.UnixMilli())
	if err != nil {
		return nil, err
	}
	told, err := toldOf(ctx, q, user)
	if err != nil {
		return nil, err
	}
	all, err := a.snoozed(ctx, q, user, now)
	if err != nil {
		return nil, err
	}
	add := func(rec *record.Record, at time.Time, whole bool) {
		moment := at.Add(-time.Duration(rec.Values.Int("remind")) * time.Minute)
		// What had begun before it was entered is no news: an imported calendar.
		if moment.After(now) || !moment.After(now.Add(-missed)) || at.UnixMilli() < rec.Created || moment.UnixMilli() <= told[rec.ID] {
			return
		}
		told[rec.ID] = moment.UnixMilli()
		all = slices.DeleteFunc(all, func(r Reminder) bool { return r.ID == rec.ID && !r.snoozed }) // of a series only the latest
		all = append(all, Reminder{
			ID: rec.ID, Kind: rec.Kind.Name, Title: rec.Title(), When: record.InstantText(at.UnixMilli()), Whole: whole,
			moment: moment.UnixMilli(), begins: at.UnixMilli(),
		})
	}
	for _, rec := range tasks {
		add(rec, dueAt(rec.Values, date(rec.Values.String("due")), zone), rec.Values["time"] == nil)
	}
	for _, rec := range append(once, series...) {
		for _, s := range slots(rec.Values, zone, dayOf(long), dayOf(far)) {
			add(rec, s.begins(zone), s.whole)
		}
	}
	return all, nil
}

// pick reads the records that a query names.
func (a *Activities) pick(ctx context.Context, q storage.Queryer, k *record.Kind, query string, args ...any) ([]*record.Record, error) {
	var ids []record.ID
	if err := sqlx.SelectContext(ctx, q, &ids, query, args...); err != nil {
		return nil, fmt.Errorf("pick %s: %w", k.Name, err)
	}
	return k.Load(ctx, q, ids...)
}

func toldOf(ctx context.Context, q storage.Queryer, user record.ID) (map[record.ID]int64, error) {
	var rows []struct {
		Record record.ID `db:"record_id"`
		Moment int64     `db:"moment"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT record_id, moment FROM activities_told WHERE user_id = $1`, int64(user))
	if err != nil {
		return nil, fmt.Errorf("read reminders: %w", err)
	}
	told := make(map[record.ID]int64, len(rows))
	for _, row := range rows {
		told[row.Record] = row.Moment
	}
	return told, nil
}

// bell tells reminders to the doors.
type bell struct {
	mu    sync.Mutex
	doors map[chan Reminder]bool
	woken chan struct{} // a door has opened
}

func newBell() bell { return bell{doors: map[chan Reminder]bool{}, woken: make(chan struct{}, 1)} }

// Reminders opens a channel of reminders until the context ends.
func (a *Activities) Reminders(ctx context.Context) <-chan Reminder {
	b := &a.told
	door := make(chan Reminder, 64)
	b.mu.Lock()
	b.doors[door] = true
	b.mu.Unlock()
	select {
	case b.woken <- struct{}{}:
	default:
	}
	context.AfterFunc(ctx, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.doors, door)
	})
	return door
}

// heard reports whether anybody would hear of a reminder.
func (b *bell) heard() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.doors) > 0
}

func (b *bell) ring(reminders []Reminder) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range reminders {
		for door := range b.doors {
			select {
			case door <- r:
			default: // a door that does not listen must not hold the others up
			}
		}
	}
}

// Run reminds the acting user until the context ends. While no door listens
// nothing is told, so that it is still there for the next that opens.
func (a *Activities) Run(ctx context.Context) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for ctx.Err() == nil {
		if a.told.heard() {
			a.remind(ctx)
		}
		select {
		case <-ctx.Done():
		case <-a.told.woken:
		case <-tick.C:
		}
	}
}

func (a *Activities) remind(ctx context.Context) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic in reminders", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	reminders, err := a.Remind(ctx)
	if err != nil && !fault.Is(err, fault.CodeUnavailable) { // the program is ending, or tries again
		slog.Error("remind", "err", err)
	}
	a.told.ring(reminders)
}
