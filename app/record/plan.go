package record

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/storage"
)

// Draft is what somebody wants to save: a new record, or some fields of one.
type Draft struct {
	ID      ID             // 0 makes a new record
	Version int64          // from which it was made; 0 takes what is stored
	Values  map[string]any // by key, as JSON or typed; absent keys stay as they are
	Row     int            // of the spreadsheet it came from
	System  bool           // made by a rule of ours, which may fill read-only fields

	// Derive gives the Values where they depend on what is stored; for a draft
	// with an ID.
	Derive func(env Env, old *Record) (map[string]any, error)
}

// Pending is a draft that has been decoded and checked, beside what is stored.
type Pending struct {
	ID      ID
	Old     *Record // nil for a new record
	Values  Values  // all of them, as they will be
	Changed []string
	Row     int
	Err     error
	given   map[string]bool
}

// New reports whether the record is not stored yet.
func (p *Pending) New() bool { return p.Old == nil }

// Given reports whether the draft itself names this field.
func (p *Pending) Given(key string) bool { return p.given[key] }

// GivenKeys lists the fields that the draft names.
func (p *Pending) GivenKeys() []string { return slices.Sorted(maps.Keys(p.given)) }

// Set fills a field from a rule; nil and "" empty it.
func (p *Pending) Set(key string, value any) {
	if value == nil || value == "" {
		delete(p.Values, key)
		return
	}
	p.Values[key] = value
}

// Refuse adds a fault to the draft.
func (p *Pending) Refuse(err error) { p.Err = errors.Join(p.Err, err) }

// Plan finds out what drafts would change and what is wrong with them, without
// writing. Faults of a draft stand in its Pending.
func (r *Registry) Plan(ctx context.Context, q storage.Queryer, k *Kind, drafts ...Draft) ([]*Pending, error) {
	env := r.Env(ctx)
	olds, err := k.loadOld(ctx, q, drafts)
	if err != nil {
		return nil, err
	}
	plan := make([]*Pending, len(drafts))
	for i, d := range drafts {
		p := &Pending{ID: d.ID, Row: d.Row, Values: Values{}, given: map[string]bool{}}
		plan[i] = p
		if d.ID != 0 {
			if p.Old = olds[d.ID]; p.Old == nil {
				p.Refuse(noRecord(k, d.ID))
				continue
			}
			if d.Version != 0 && d.Version != p.Old.Version {
				p.Refuse(Stale(p.Old))
				continue
			}
			if p.Old.Deleted != 0 {
				p.Refuse(fault.Conflict("", "record.inBin", fault.Params{"title": p.Old.Title()}))
				continue
			}
			p.Values = maps.Clone(p.Old.Values)
			if d.Derive != nil {
				if d.Values, err = d.Derive(env, p.Old); err != nil {
					p.Refuse(err)
					continue
				}
			}
		}
		p.Refuse(k.take(env, p, d))
	}
	if err := r.resolve(ctx, q, k, plan); err != nil {
		return nil, err
	}
	if err := r.spell(ctx, q, k, drafts, plan); err != nil {
		return nil, err
	}
	for _, p := range plan {
		if p.Err == nil {
			p.Refuse(k.settle(env, p))
		}
	}
	if k.Check != nil {
		if err := k.Check(ctx, q, plan); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

func (k *Kind) loadOld(ctx context.Context, q storage.Queryer, drafts []Draft) (map[ID]*Record, error) {
	var ids []ID
	for _, d := range drafts {
		if d.ID != 0 {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := k.Load(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	olds := make(map[ID]*Record, len(records))
	for _, rec := range records {
		olds[rec.ID] = rec
	}
	return olds, nil
}

// take decodes the values of a draft over what is stored.
func (k *Kind) take(env Env, p *Pending, d Draft) error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(d.Values)) { // faults in one order
		switch f := k.byKey[key]; {
		case f == nil:
			errs = append(errs, fault.Invalid(key, "record.noField", fault.Params{"field": key, "kind": k.label()}))
		case f.ReadOnly && !d.System:
			errs = append(errs, fault.Invalid(key, "record.readOnly", fault.Params{"field": f.label}))
		default:
			p.given[key] = true
		}
	}
	// Currencies before their amounts, lists before the fields that mirror them.
	for pass := range 3 {
		for i := range k.Fields {
			f := &k.Fields[i]
			if !p.given[f.Key] || pass != f.pass() {
				continue
			}
			if err := k.takeField(env, p, f, d.Values[f.Key]); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

func (f *Field) pass() int {
	switch {
	case f.Mirror != "":
		return 2
	case f.Type == Money:
		return 1
	}
	return 0
}

func (k *Kind) takeField(env Env, p *Pending, f *Field, raw any) error {
	currency := p.Values.String(f.Currency)
	if currency == "" {
		currency = env.Currency
	}
	value, err := f.decode(env, raw, currency)
	if err != nil {
		return err
	}
	if list, part, ok := f.mirror(); ok {
		p.Values[list] = setFirst(p.Values.Rows(list), part, value)
		return nil
	}
	p.Set(f.Key, value)
	return nil
}

// setFirst gives rows whose first one has another value, without touching the
// rows that a stored record may share.
func setFirst(rows []Values, part string, value any) []Values {
	first := Values{}
	if len(rows) > 0 {
		first = maps.Clone(rows[0])
		rows = rows[1:]
	}
	if value == nil {
		delete(first, part)
	} else {
		first[part] = value
	}
	return append([]Values{first}, rows...)
}

// resolve finds the records that links name by title, and sees to it that those
// named by id are there.
func (r *Registry) resolve(ctx context.Context, q storage.Queryer, k *Kind, plan []*Pending) error {
	ids := map[string]ID{}
	known := map[ID]bool{}
	look := func(p *Pending, f *Field, v Values, path string) error {
		if id, ok := v[f.Key].(ID); ok && !known[id] {
			links := map[ID]LinkTitle{}
			for _, target := range f.Targets {
				k, err := r.Kind(target)
				if err != nil {
					return err
				}
				if err := k.Titles(ctx, q, []ID{id}, links); err != nil {
					return err
				}
			}
			if known[id] = len(links) > 0; !known[id] {
				p.Refuse(fault.Invalid(path, "record.noLink", fault.Params{"text": id.String()}))
			}
			return nil
		}
		text, ok := v[f.Key].(name)
		if !ok {
			return nil
		}
		cached := f.Key + "\x00" + string(text)
		id, cachedID := ids[cached]
		if !cachedID {
			found, err := r.byTitle(ctx, q, f, string(text))
			if err != nil {
				return err
			}
			switch len(found) {
			case 0:
				p.Refuse(fault.Invalid(path, "record.noLink", fault.Params{"text": Shorten(string(text), 60)}))
				return nil
			case 1:
			default:
				p.Refuse(fault.Invalid(path, "record.manyLinks", fault.Params{"text": Shorten(string(text), 60)}))
				return nil
			}
			id = found[0]
			ids[cached] = id
		}
		v[f.Key] = id
		return nil
	}
	for _, p := range plan {
		for i := range k.Fields {
			f := &k.Fields[i]
			if f.Type == Link && f.Mirror == "" && p.given[f.Key] {
				if err := look(p, f, p.Values, f.Key); err != nil {
					return err
				}
			}
			if f.Type != List || !f.hasLinks() || !p.touched(f) {
				continue
			}
			for n, row := range p.Values.Rows(f.Key) {
				for j := range f.Fields {
					if err := look(p, &f.Fields[j], row, fmt.Sprintf("%s[%d].%s", f.Key, n, f.Fields[j].Key)); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// touched reports whether the draft names a list or one of its mirrors.
func (p *Pending) touched(list *Field) bool {
	for key := range p.given {
		if key == list.Key || slices.Contains(list.mirrors, key) {
			return true
		}
	}
	return false
}

func (f *Field) hasLinks() bool {
	for i := range f.Fields {
		if f.Fields[i].Type == Link {
			return true
		}
	}
	return false
}

// byTitle finds at most two records of a link's kinds with this title.
func (r *Registry) byTitle(ctx context.Context, q storage.Queryer, f *Field, title string) ([]ID, error) {
	var all []ID
	for _, target := range f.Targets {
		k, err := r.Kind(target)
		if err != nil {
			return nil, err
		}
		t := k.Field(k.TitleKey)
		if !t.keyed() {
			continue
		}
		var found []ID
		err = sqlx.SelectContext(ctx, q, &found, fmt.Sprintf("SELECT id FROM %s WHERE %s_key = $1 AND deleted_at IS NULL LIMIT 2", k.Table, t.Column), storage.Fold(title))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// settle runs the kind's own rules and the fields' general ones, and finds what
// has changed.
func (k *Kind) settle(env Env, p *Pending) error {
	if k.Prepare != nil {
		if err := k.Prepare(env, p); err != nil {
			return err
		}
	}
	var errs []error
	for i := range k.Fields {
		f := &k.Fields[i]
		switch {
		case f.Type == List:
			rows := p.Values.Rows(f.Key)
			kept := rows[:0:0]
			for n, row := range rows {
				if f.blank(row) {
					continue
				}
				kept = append(kept, row)
				if part := f.main(); part.Required && row[part.Key] == nil {
					errs = append(errs, fault.Invalid(fmt.Sprintf("%s[%d].%s", f.Key, n, part.Key), "record.required", fault.Params{"field": part.label}))
				}
			}
			p.Set(f.Key, nil)
			if len(kept) > 0 {
				p.Values[f.Key] = kept
			}
		case f.Type == Money:
			if err := k.settleMoney(env, f, p); err != nil {
				errs = append(errs, err)
			}
		}
		if f.Required && p.Values[f.Key] == nil {
			errs = append(errs, fault.Invalid(f.Key, "record.required", fault.Params{"field": f.label}))
		}
	}
	for _, f := range k.stored {
		if list, part, ok := f.mirror(); ok {
			p.Set(f.Key, nil)
			if rows := p.Values.Rows(list); len(rows) > 0 {
				p.Set(f.Key, rows[0][part])
			}
		}
	}
	p.Changed = nil
	for i := range k.Fields {
		f := &k.Fields[i]
		if p.New() && p.Values[f.Key] != nil || !p.New() && !same(p.Old.Values[f.Key], p.Values[f.Key]) {
			p.Changed = append(p.Changed, f.Key)
		}
	}
	return errors.Join(errs...)
}

// settleMoney gives an amount its currency, and an amount whose currency
// changes the digits of the new one.
func (k *Kind) settleMoney(env Env, f *Field, p *Pending) error {
	amount, ok := p.Values[f.Key].(int64)
	if !ok {
		delete(p.Values, f.Currency)
		return nil
	}
	if p.Values.String(f.Currency) == "" {
		p.Values[f.Currency] = env.Currency
	}
	if p.New() || p.Given(f.Key) {
		return nil
	}
	was, now := p.Old.Values.String(f.Currency), p.Values.String(f.Currency)
	if was == now {
		return nil
	}
	converted, err := money.Parse(money.Format(amount, was), now)
	if err != nil {
		return at(err, f.Key)
	}
	p.Values[f.Key] = converted
	return nil
}
