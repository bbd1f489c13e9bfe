package activities_test

import (
	"sync/atomic"
	"testing"
	"time"

	"kontor/app/activities"
	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/storage"
)

type v = map[string]any

// desk is a workspace in Berlin whose clock stands at a moment until it is set.
type desk struct {
	*apptest.House
	now *atomic.Int64
}

func open(t testing.TB, at string) *desk {
	t.Helper()
	d := &desk{now: &atomic.Int64{}}
	d.set(t, at)
	// One millisecond later at each question, so that order by time is order of events.
	d.House = apptest.OpenAt(t, func() time.Time { return time.UnixMilli(d.now.Add(1)) })
	return d
}

// set lets it be a moment of Berlin.
func (d *desk) set(t testing.TB, at string) {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", at, berlin)
	if err != nil {
		t.Fatal(err)
	}
	d.now.Store(moment.UnixMilli())
}

func (d *desk) settle(rec *record.Record, how, until string) (s activities.Settled, err error) {
	d.Helper()
	err = d.DB.Write(d.Ctx, func(tx *storage.Tx) error {
		s, err = d.Activities.Settle(d.Ctx, tx, rec.Kind.Name, rec.ID, activities.Settlement{How: how, Until: until})
		return err
	})
	return s, err
}

// must is settle that must not fail.
func (d *desk) must(rec *record.Record, how, until string) activities.Settled {
	d.Helper()
	s, err := d.settle(rec, how, until)
	if err != nil {
		d.Fatal(err)
	}
	return s
}

func (d *desk) read(rec *record.Record) *record.Record {
	d.Helper()
	now, err := rec.Kind.One(d.Ctx, d.DB.Reader(), rec.ID)
	if err != nil {
		d.Fatal(err)
	}
	return now
}

func (d *desk) undo(batch record.ID) int {
	d.Helper()
	u, err := d.History.Undo(d.Ctx, batch, false)
	if err != nil || len(u.Conflicts) > 0 {
		d.Fatalf("undo: %+v %v", u, err)
	}
	return u.Undone
}
