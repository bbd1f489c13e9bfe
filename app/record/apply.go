package record

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"kontor/storage"
)

// Save plans drafts and applies them; the first fault saves none of them.
func (r *Registry) Save(ctx context.Context, tx *storage.Tx, k *Kind, drafts ...Draft) ([]Change, error) {
	plan, err := r.Plan(ctx, tx, k, drafts...)
	if err != nil {
		return nil, err
	}
	for _, p := range plan {
		if p.Err != nil {
			return nil, p.Err
		}
	}
	return r.Apply(ctx, tx, k, plan)
}

// Apply writes what a plan changes and publishes it. It gives a Change for each
// record that did change, in the order of the plan.
func (r *Registry) Apply(ctx context.Context, tx *storage.Tx, k *Kind, plan []*Pending) ([]Change, error) {
	env := r.Env(ctx)
	act := actFor(ctx, env.Now)
	changes := make([]Change, 0, len(plan))
	var fresh, edited []*Pending
	for _, p := range plan {
		if len(p.Changed) == 0 && !p.New() {
			continue
		}
		c := Change{ID: NewID(env.Now), Kind: k, Op: Update, Old: p.Old, Before: Values{}, After: Values{}, Row: p.Row, Act: act, At: tx.Now}
		if p.New() {
			c.Op = Create
			p.ID = NewID(env.Now)
			fresh = append(fresh, p)
			c.Record = &Record{Kind: k, ID: p.ID, Version: 1, Created: tx.Now, Updated: tx.Now, Values: p.Values}
		} else {
			edited = append(edited, p)
			c.Record = &Record{Kind: k, ID: p.ID, Version: p.Old.Version + 1, Created: p.Old.Created, Updated: tx.Now, Values: p.Values, unread: p.unread}
		}
		if k.Final != nil {
			c.Because = k.Final(p)
			c.Final = c.Because != ""
		}
		for _, key := range p.Changed {
			f := k.Field(key)
			if f.Mirror != "" {
				continue // told by the list it mirrors
			}
			c.told = append(c.told, f)
			c.After[key] = p.Values[key]
			if !p.New() {
				c.Before[key] = p.Old.Values[key]
			}
		}
		changes = append(changes, c)
	}
	if err := k.update(ctx, tx, env, edited); err != nil {
		return nil, err
	}
	if err := k.insert(ctx, tx, env, fresh); err != nil {
		return nil, err
	}
	return changes, r.Feed.Publish(ctx, tx, changes)
}

func actFor(ctx context.Context, now time.Time) Act {
	act := ActOf(ctx)
	if act.Batch == 0 {
		act.Batch = NewID(now)
	}
	return act
}

// insert writes new records, many rows a statement.
func (k *Kind) insert(ctx context.Context, tx *storage.Tx, env Env, fresh []*Pending) error {
	if len(fresh) == 0 {
		return nil
	}
	columns := []string{"id", "version", "created_at", "updated_at"}
	columns = appendColumns(columns, k.shape().stored)
	rows := make([]any, 0, len(fresh)*len(columns))
	for _, p := range fresh {
		rows = append(rows, int64(p.ID), int64(1), tx.Now, tx.Now)
		for _, f := range k.shape().stored {
			rows = f.appendCells(rows, env, p.Values[f.Key])
		}
	}
	if err := tx.Insert(ctx, k.Table, columns, rows); err != nil {
		return fmt.Errorf("save %s: %w", k.Name, err)
	}
	for _, f := range k.shape().lists {
		added := make([]addition, 0, len(fresh))
		for _, p := range fresh {
			added = append(added, addition{p.ID, 0, p.Values.Rows(f.Key)})
		}
		if err := f.insertRows(ctx, tx, env, added); err != nil {
			return fmt.Errorf("save %s: %w", k.Name, err)
		}
	}
	return nil
}

// addition are rows that a list gets from a place on.
type addition struct {
	owner ID
	first int
	rows  []Values
}

func (f *Field) insertRows(ctx context.Context, tx *storage.Tx, env Env, added []addition) error {
	columns := []string{"owner_id", "pos"}
	parts := make([]*Field, len(f.Fields))
	for i := range f.Fields {
		parts[i] = &f.Fields[i]
	}
	columns = appendColumns(columns, parts)
	var rows []any
	for _, a := range added {
		for i, row := range a.rows {
			rows = append(rows, int64(a.owner), int64(a.first+i))
			for _, part := range parts {
				rows = part.appendCells(rows, env, row[part.Key])
			}
		}
	}
	return tx.Insert(ctx, f.Table, columns, rows)
}

func appendColumns(columns []string, fields []*Field) []string {
	for _, f := range fields {
		columns = append(columns, f.Column)
		if f.keyed() {
			columns = append(columns, f.Column+"_key")
		}
	}
	return columns
}

// appendCells gives the value of a field's column, and of its folded column.
func (f *Field) appendCells(cells []any, env Env, value any) []any {
	switch v := value.(type) {
	case nil:
		switch f.Type {
		case Number, Money, Instant, YesNo, Link, Date:
			cells = append(cells, nil)
		default:
			cells = append(cells, "")
		}
	case ID:
		cells = append(cells, int64(v))
	case bool:
		n := int64(0)
		if v {
			n = 1
		}
		cells = append(cells, n)
	default:
		cells = append(cells, v)
	}
	if f.keyed() {
		text, _ := value.(string)
		cells = append(cells, f.fold(env, text))
	}
	return cells
}

// guarded runs an UPDATE that must hit the one version it was made from.
func (k *Kind) guarded(ctx context.Context, tx *storage.Tx, old *Record, query string, args ...any) error {
	result, err := tx.Exec(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("save %s %s: %w", k.Name, old.ID, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	now, err := k.One(ctx, tx, old.ID)
	if err != nil {
		return err
	}
	return Stale(now)
}

// Delete puts records into the bin. Versions are checked where given; records
// that are there already are left alone.
func (r *Registry) Delete(ctx context.Context, tx *storage.Tx, k *Kind, drafts ...Draft) ([]Change, error) {
	return r.mark(ctx, tx, k, Delete, drafts)
}

// Restore takes records out of the bin, if the rules still hold.
func (r *Registry) Restore(ctx context.Context, tx *storage.Tx, k *Kind, drafts ...Draft) ([]Change, error) {
	return r.mark(ctx, tx, k, Restore, drafts)
}

func (r *Registry) mark(ctx context.Context, tx *storage.Tx, k *Kind, op Op, drafts []Draft) ([]Change, error) {
	olds, err := k.loadOld(ctx, tx, drafts, nil)
	if err != nil {
		return nil, err
	}
	var marked []*Pending
	seen := map[ID]bool{}
	for _, d := range drafts {
		old := olds[d.ID]
		if old == nil {
			return nil, noRecord(k, d.ID)
		}
		if d.Version != 0 && d.Version != old.Version {
			return nil, Stale(old)
		}
		if (old.Deleted != 0) == (op == Delete) || seen[d.ID] {
			continue
		}
		if op == Delete && k.Keep != nil {
			if err := k.Keep(old); err != nil {
				return nil, err
			}
		}
		seen[d.ID] = true
		marked = append(marked, &Pending{ID: old.ID, Old: old, Values: old.Values, Row: d.Row})
	}
	if op == Restore && k.Check != nil && len(marked) > 0 {
		if err := k.Check(ctx, tx, marked); err != nil {
			return nil, err
		}
		for _, p := range marked {
			if p.Err != nil {
				return nil, p.Err
			}
		}
	}
	return r.marked(ctx, tx, k, op, marked)
}

// marked writes what mark has judged.
func (r *Registry) marked(ctx context.Context, tx *storage.Tx, k *Kind, op Op, marked []*Pending) ([]Change, error) {
	env := r.Env(ctx)
	act := actFor(ctx, env.Now)
	changes := make([]Change, 0, len(marked))
	for _, p := range marked {
		now := *p.Old
		now.Version, now.Updated, now.Deleted = p.Old.Version+1, tx.Now, 0
		var deleted any
		if op == Delete {
			now.Deleted, deleted = tx.Now, tx.Now
		}
		query := "UPDATE " + k.Table + " SET deleted_at = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND version = $4"
		if err := k.guarded(ctx, tx, p.Old, query, deleted, tx.Now, int64(p.ID), p.Old.Version); err != nil {
			return nil, err
		}
		changes = append(changes, Change{ID: NewID(env.Now), Kind: k, Record: &now, Old: p.Old, Op: op, Row: p.Row, Act: act, At: tx.Now})
	}
	return changes, r.Feed.Publish(ctx, tx, changes)
}

// A bulk job looks up every stepTime whether somebody waits to save, and goes on
// in the same transaction if nobody does: commits are what bulk work costs.
const (
	stepTime = 50 * time.Millisecond
	maxSteps = 5
)

// InChunks calls fn for stretches of n items in short transactions. A save that
// comes meanwhile waits for one step and its commit.
func InChunks(ctx context.Context, db *storage.DB, n int, fn func(tx *storage.Tx, from, to int) error) error {
	defer collectLess()()
	size := 50
	for from := 0; from < n; {
		err := db.Write(ctx, func(tx *storage.Tx) error {
			for step := 0; step < maxSteps && from < n; step++ {
				start := time.Now()
				to := min(from+size, n)
				if err := fn(tx, from, to); err != nil {
					return err
				}
				from = to
				if tx.Wanted() {
					return nil
				}
				fit := int(float64(size) * float64(stepTime) / float64(max(time.Since(start), time.Millisecond)))
				size = min(max(fit, size/2, 10), 2*size, 2000)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bulkGarbage is how much a bulk job may leave behind before it is collected, in
// percent of what lives. Records that come and go by the ten thousand beside 30 MB
// that stay cost a fifth of the job at the usual 100.
const bulkGarbage = 400

var bulkJobs struct {
	sync.Mutex
	running int
	usual   int // percent without them
}

// collectLess holds until what it gives is called.
func collectLess() (done func()) {
	bulkJobs.Lock()
	defer bulkJobs.Unlock()
	if bulkJobs.running++; bulkJobs.running == 1 {
		bulkJobs.usual = debug.SetGCPercent(bulkGarbage)
	}
	return func() {
		bulkJobs.Lock()
		defer bulkJobs.Unlock()
		if bulkJobs.running--; bulkJobs.running == 0 {
			debug.SetGCPercent(bulkJobs.usual)
		}
	}
}
