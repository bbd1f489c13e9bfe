package record_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"modernc.org/sqlite"

	"kontor/app/record"
	"kontor/storage"
)

// ticks counts how often queries look at a row, and does something there.
var ticks struct {
	sync.Mutex
	count, at int
	do        func()
}

func init() {
	sqlite.MustRegisterScalarFunction("tick", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		ticks.Lock()
		ticks.count++
		do := ticks.do
		if ticks.count < ticks.at {
			do = nil
		}
		ticks.Unlock()
		if do != nil {
			do()
			runtime.Gosched() // to who tells SQLite of a hang-up
		}
		return args[0], nil
	})
}

// ticking reads the same things, and each look at a note ticks.
func ticking(w *things) (*record.Registry, *record.Kind) {
	r := &record.Registry{Clock: w.r.Clock, World: w.r.World}
	slow := &record.Kind{
		Name: "slow", Module: "things", Table: "thing", TitleKey: "title", SortKey: "title",
		Fields: []record.Field{
			{Key: "title", Type: record.Text, Index: record.Indexed},
			{Key: "note", Type: record.Text, Column: "tick(note)"},
			{Key: "count", Type: record.Number, Index: record.Indexed},
		},
	}
	r.Register(slow)
	return r, slow
}

// onTick runs f at one look at a row and all that follow.
func onTick(at int, f func()) {
	ticks.Lock()
	defer ticks.Unlock()
	ticks.count, ticks.at, ticks.do = 0, at, f
}

// TestOneState: a row that gets a value of the sort field while the rows that
// have one are read is neither missed nor told twice.
func TestOneState(t *testing.T) {
	for name, b := range ways {
		t.Run(name, func(t *testing.T) {
			defer record.SetBounds(b)()
			w := openThings(t)
			has, gets := w.save(v{"title": "a", "count": "1", "note": "n"}), w.save(v{"title": "b", "note": "n"})
			r, slow := ticking(w)
			where, err := record.ParseFilter(`note ~ "n"`)
			if err != nil {
				t.Fatal(err)
			}
			defer onTick(0, nil)
			var once sync.Once
			onTick(1, func() {
				once.Do(func() { w.set(gets.ID, v{"count": "5"}) })
			})
			page, err := r.List(w.ctx, w.db.Reader(), slow, record.Query{Where: where, Sort: []string{"count"}, Limit: 5})
			if err != nil || !slices.Equal(idsOf(page.Records), []record.ID{has.ID, gets.ID}) {
				t.Error(idsOf(page.Records), err)
			}
		})
	}
}

// TestHangUp: a question that nobody waits for any more ends, whatever way it
// takes, long before it has looked at all rows.
func TestHangUp(t *testing.T) {
	const rows = 20_000
	w := openThings(t)
	w.write(func(tx *storage.Tx) error {
		_, err := tx.Exec(w.ctx, fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO thing (id, version, created_at, updated_at, title, title_key, note, mail, mail_key, tel, site, price_currency, size, land, tongue, label, count)
			SELECT i, 1, i, i, 'T' || i, 't' || i, 'note', '', '', '', '', '', '', '', '', '', i FROM n`, rows))
		return err
	})
	r, slow := ticking(w)
	defer onTick(0, nil)
	where, err := record.ParseFilter(`note ~ "zzz"`)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(ctx context.Context, q storage.Queryer) error{
		"filter": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.List(ctx, q, slow, record.Query{Where: where})
			return err
		},
		"sort": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.List(ctx, q, slow, record.Query{Sort: []string{"note"}})
			return err
		},
		"both": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.List(ctx, q, slow, record.Query{Where: where, Sort: []string{"-note"}})
			return err
		},
		"jump": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.List(ctx, q, slow, record.Query{Where: record.Not{Filter: where}, Offset: rows - 10})
			return err
		},
		"count": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.Count(ctx, q, slow, record.Query{Where: where}, rows)
			return err
		},
		"each": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.EachID(ctx, q, slow, record.Query{Where: where}, rows)
			return err
		},
		"groups": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.Groups(ctx, q, slow, record.Query{Where: where}, "title", "", nil)
			return err
		},
		"sums": func(ctx context.Context, q storage.Queryer) error {
			_, err := r.Sums(ctx, q, slow, record.Query{Where: where}, []string{"count"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(w.ctx)
			defer cancel()
			onTick(300, cancel)
			err := ask(ctx, w.db.Reader())
			ticks.Lock()
			count := ticks.count
			ticks.Unlock()
			if !errors.Is(err, context.Canceled) && !errors.Is(w.db.Fault(err), context.Canceled) || count >= rows {
				t.Errorf("%v after %d looks at %d rows", err, count, rows)
			}
		})
	}
}
