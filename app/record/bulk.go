package record

import (
	"context"
	"errors"
	"maps"
	"slices"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// Edit is one change that many records get.
type Edit struct {
	Set    map[string]any   // fields by key, as in a Draft
	Add    map[string][]any // rows that lists get unless they have them
	Remove map[string][]any // rows that lists lose, told by their main part
	Delete bool             // into the bin; the rest is then left alone
	// Change derives the values of a record from what is stored, where one edit is
	// not the same for all.
	Change func(old *Record) map[string]any

	system bool // made by a rule of ours
}

// Edited is the outcome of an Edit. What is written can be undone by its batch,
// also where the rest was cancelled.
type Edited struct {
	Batch     ID
	Changed   int
	Unchanged int
	Failed    []Failure // the first of them
	More      int       // others that failed
}

// Failure is a record that was left alone, and why.
type Failure struct {
	ID    ID
	Title string
	Err   error
}

// maxFailures is how many records an outcome names.
const maxFailures = 100

// bulk is an Edit on its way through the records.
type bulk struct {
	r    *Registry
	k    *Kind
	edit Edit
	done Edited
}

// CheckEdit finds what is wrong with an edit for every record alike: a field that
// is unknown, filled by rules, or no list.
func (r *Registry) CheckEdit(ctx context.Context, k *Kind, e Edit) error {
	if len(e.Set)+len(e.Add)+len(e.Remove) == 0 && !e.Delete && e.Change == nil {
		return fault.Invalid("set", "record.noEdit", nil)
	}
	env := r.Env(ctx)
	var errs []error
	for key, value := range e.Set {
		errs = append(errs, k.mayEdit(env, key, value, false))
	}
	for _, rows := range []map[string][]any{e.Add, e.Remove} {
		for key, given := range rows {
			errs = append(errs, k.mayEdit(env, key, given, true))
		}
	}
	return errors.Join(errs...)
}

func (k *Kind) mayEdit(env Env, key string, value any, list bool) error {
	f := k.Field(key)
	switch {
	case f == nil, list && f.Type != List:
		return fault.Invalid(key, "record.noField", fault.Params{"field": Shorten(key, 40), "kind": k.label()})
	case f.ReadOnly:
		return fault.Invalid(key, "record.readOnly", fault.Params{"field": f.label})
	}
	if f.Type == Money { // the currency of each record decides
		return nil
	}
	_, err := f.decode(env, value, env.Currency)
	return err
}

// EditMany gives records one change: under one batch, in short transactions, each
// read in the transaction that writes it, so none is stale. The rules judge every
// record for itself. tell hears how many are done and saved.
func (r *Registry) EditMany(ctx context.Context, db *storage.DB, k *Kind, ids []ID, e Edit, tell func(done int)) (Edited, error) {
	act := ActOf(ctx)
	if act.Batch == 0 {
		act.Batch = NewID(db.Now())
	}
	ctx = WithAct(ctx, act)
	b := &bulk{r: r, k: k, edit: e}
	ids = each(ids)
	saved := Edited{Batch: act.Batch}
	err := InChunks(ctx, db, len(ids), func(tx *storage.Tx, from, to int) error {
		plan, err := b.plan(ctx, tx, ids[from:to])
		if err != nil {
			return err
		}
		if e.Delete {
			_, err = r.marked(ctx, tx, k, Delete, plan)
		} else {
			_, err = r.Apply(ctx, tx, k, plan)
		}
		tx.AfterCommit(func() { // a stretch that is taken back counts for nothing
			saved = b.done
			saved.Batch = act.Batch
			tell(to)
		})
		return err
	})
	return saved, err
}

// each gives every id once, in the order in which the tables have them.
func each(ids []ID) []ID { return slices.Compact(slices.Sorted(slices.Values(ids))) }

// tryRows is how many records a rehearsal looks at together.
const tryRows = 500

// TryMany says what EditMany would do, and writes nothing.
func (r *Registry) TryMany(ctx context.Context, q storage.Queryer, k *Kind, ids []ID, e Edit, tell func(done int)) (Edited, error) {
	b := &bulk{r: r, k: k, edit: e}
	for part := range slices.Chunk(each(ids), tryRows) {
		if _, err := b.plan(ctx, q, part); err != nil {
			return b.done, err
		}
		tell(b.done.Changed + b.done.Unchanged + len(b.done.Failed) + b.done.More)
	}
	return b.done, nil
}

// names are the fields that an edit is about, nil where each record decides.
func (e Edit) names() []string {
	if e.Change != nil {
		return nil
	}
	names := slices.AppendSeq([]string{}, maps.Keys(e.Set))
	names = slices.AppendSeq(names, maps.Keys(e.Add))
	return slices.AppendSeq(names, maps.Keys(e.Remove))
}

// plan counts what becomes of some records, and gives those that change.
func (b *bulk) plan(ctx context.Context, q storage.Queryer, ids []ID) ([]*Pending, error) {
	drafts := make([]Draft, len(ids))
	only := b.edit.names()
	for i, id := range ids {
		drafts[i] = Draft{ID: id, Derive: b.values, Only: only, System: b.edit.system}
	}
	var plan []*Pending
	var err error
	if b.edit.Delete {
		plan, err = b.k.toDelete(ctx, q, drafts)
	} else {
		plan, err = b.r.Plan(ctx, q, b.k, drafts...)
	}
	if err != nil {
		return nil, err
	}
	changed := plan[:0]
	for _, p := range plan {
		if p.Err == nil && !b.edit.Delete && b.k.Final != nil {
			if because := b.k.Final(p); because != "" { // could not be undone
				p.Refuse(fault.Conflict("", because, nil))
			}
		}
		switch {
		case p.Err != nil:
			b.failed(p)
		case len(p.Changed) == 0 && !b.edit.Delete, b.edit.Delete && p.Old.Deleted != 0:
			b.done.Unchanged++
		default:
			b.done.Changed++
			changed = append(changed, p)
		}
	}
	return changed, nil
}

func (b *bulk) failed(p *Pending) {
	if len(b.done.Failed) == maxFailures {
		b.done.More++
		return
	}
	f := Failure{ID: p.ID, Err: p.Err}
	if p.Old != nil {
		f.Title = p.Old.Title()
	}
	b.done.Failed = append(b.done.Failed, f)
}

// toDelete judges records that are to go into the bin, each for itself.
func (k *Kind) toDelete(ctx context.Context, q storage.Queryer, drafts []Draft) ([]*Pending, error) {
	olds, err := k.loadOld(ctx, q, drafts, nil)
	if err != nil {
		return nil, err
	}
	plan := make([]*Pending, 0, len(drafts))
	for _, d := range drafts {
		p := &Pending{ID: d.ID, Old: olds[d.ID]}
		plan = append(plan, p)
		switch {
		case p.Old == nil:
			p.Refuse(noRecord(k, d.ID))
			continue
		case p.Old.Deleted == 0 && k.Keep != nil:
			if err := k.Keep(p.Old); err != nil {
				p.Refuse(err)
			}
		}
		p.Values = p.Old.Values
	}
	return plan, nil
}

// values are what a record gets.
func (b *bulk) values(env Env, old *Record) (map[string]any, error) {
	if b.edit.Change == nil && len(b.edit.Add)+len(b.edit.Remove) == 0 {
		return b.edit.Set, nil
	}
	values := maps.Clone(b.edit.Set)
	if values == nil {
		values = map[string]any{}
	}
	if b.edit.Change != nil {
		for key, value := range b.edit.Change(old) {
			values[key] = value
		}
	}
	for key, given := range b.edit.Remove {
		f := b.k.Field(key)
		gone, err := f.decodeRows(env, given, env.Currency)
		if err != nil {
			return nil, err
		}
		removed, _ := gone.([]Values)
		rows := slices.Clone(old.Values.Rows(key))
		values[key] = slices.DeleteFunc(rows, func(row Values) bool { return f.hasRow(env, removed, row) })
	}
	for key, given := range b.edit.Add {
		f := b.k.Field(key)
		more, err := f.decodeRows(env, given, env.Currency)
		if err != nil {
			return nil, err
		}
		rows, changed := values[key].([]Values)
		if !changed {
			rows = slices.Clone(old.Values.Rows(key))
		}
		added, _ := more.([]Values)
		for _, row := range added {
			if !f.hasRow(env, rows, row) {
				rows = append(rows, row)
			}
		}
		values[key] = rows
	}
	return values, nil
}

// hasRow reports whether one of the rows has the main part of this one.
func (f *Field) hasRow(env Env, rows []Values, row Values) bool {
	main := f.main()
	return slices.ContainsFunc(rows, func(r Values) bool { return main.alike(env, r[main.Key], row[main.Key]) })
}

// alike compares two values as filters do.
func (f *Field) alike(env Env, a, b any) bool {
	text, ok := a.(string)
	other, both := b.(string)
	if !ok || !both || !f.textual() {
		return a == b
	}
	return f.fold(env, text) == f.fold(env, other)
}
