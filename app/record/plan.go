package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
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
	// Only are the fields that Derive may name, nil for any. Lists that neither
	// they nor the kind's rules look at are then left unread, and the records of
	// its Change lack them.
	Only []string
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
	unread  []*Field // lists that are stored and stay as they are
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
	unread := k.unread(drafts)
	olds, err := k.loadOld(ctx, q, drafts, unread)
	if err != nil {
		return nil, err
	}
	plan := make([]*Pending, len(drafts))
	for i, d := range drafts {
		p := &Pending{ID: d.ID, Row: d.Row, given: map[string]bool{}}
		plan[i] = p
		if d.ID == 0 {
			p.Values = Values{}
			p.Refuse(k.take(env, p, d))
			continue
		}
		if p.Old = olds[d.ID]; p.Old == nil {
			p.Values = Values{}
			p.Refuse(noRecord(k, d.ID))
			continue
		}
		p.Values, p.unread = maps.Clone(p.Old.Values), unread
		if d.Version != 0 && d.Version != p.Old.Version {
			p.Refuse(Stale(p.Old))
			continue
		}
		if p.Old.Deleted != 0 {
			p.Refuse(fault.Conflict("", "record.inBin", fault.Params{"title": p.Old.Title()}))
			continue
		}
		if d.Derive != nil {
			if d.Values, err = d.Derive(env, p.Old); err != nil {
				p.Refuse(err)
				continue
			}
			if key := d.beyond(); key != "" {
				return nil, fmt.Errorf("plan %s: %s is not among what may be derived", k.Name, key)
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
	rules := k.rules(unread)
	for _, p := range plan {
		if p.Err == nil {
			p.Refuse(rules.settle(env, p))
		}
	}
	if k.Check != nil {
		if err := k.Check(ctx, q, plan); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// beyond is a field that was derived and may not be, since its list was not read.
func (d Draft) beyond() string {
	for key := range d.Values {
		if d.Only != nil && !slices.Contains(d.Only, key) {
			return key
		}
	}
	return ""
}

// unread are the lists that drafts can do without.
func (k *Kind) unread(drafts []Draft) []*Field {
	if k.Looks == nil {
		return nil
	}
	looked := map[string]bool{}
	for _, d := range drafts {
		if d.ID == 0 || d.Derive == nil || d.Only == nil {
			return nil
		}
		for _, key := range d.Only {
			looked[key] = true
		}
	}
	var unread []*Field
	for _, f := range k.shape().lists {
		if !looked[f.Key] && !slices.Contains(k.Looks, f.Key) && !slices.ContainsFunc(f.mirrors, func(key string) bool { return looked[key] }) {
			unread = append(unread, f)
		}
	}
	return unread
}

func (k *Kind) loadOld(ctx context.Context, q storage.Queryer, drafts []Draft, unread []*Field) (map[ID]*Record, error) {
	var ids []ID
	for _, d := range drafts {
		if d.ID != 0 {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var lists []*Field
	for _, f := range k.shape().lists {
		if !slices.Contains(unread, f) {
			lists = append(lists, f)
		}
	}
	records, err := k.loadWith(ctx, q, lists, ids)
	if err != nil {
		return nil, err
	}
	olds := make(map[ID]*Record, len(records))
	for _, rec := range records {
		rec.unread = unread
		olds[rec.ID] = rec
	}
	return olds, nil
}

// take decodes the values of a draft over what is stored.
func (k *Kind) take(env Env, p *Pending, d Draft) error {
	var errs []error
	var named []*Field
	for _, key := range slices.Sorted(maps.Keys(d.Values)) { // faults in one order
		switch f := k.Field(key); {
		case f == nil:
			errs = append(errs, fault.Invalid(key, "record.noField", fault.Params{"field": key, "kind": k.label()}))
		case f.ReadOnly && !d.System:
			errs = append(errs, fault.Invalid(key, "record.readOnly", fault.Params{"field": f.label}))
		default:
			p.given[key] = true
			named = append(named, f)
		}
	}
	if len(named) > 1 {
		named = named[:0]
		for _, f := range k.All() {
			if p.given[f.Key] {
				named = append(named, f)
			}
		}
		slices.SortStableFunc(named, func(a, b *Field) int { return cmp.Compare(a.pass(), b.pass()) })
	}
	for _, f := range named {
		if err := k.takeField(env, p, f, d.Values[f.Key]); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// pass sorts currencies before their amounts, and lists before the fields that
// mirror them.
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
	var links []*Field // and lists that have some
	for _, f := range k.All() {
		if f.Type == Link && f.Mirror == "" || f.Type == List && f.hasLinks() {
			links = append(links, f)
		}
	}
	for _, p := range plan {
		for _, f := range links {
			if f.Type == Link {
				if p.given[f.Key] {
					if err := look(p, f, p.Values, f.Key); err != nil {
						return err
					}
				}
				continue
			}
			if !p.touched(f) {
				continue
			}
			for n, row := range p.Values.Rows(f.Key) {
				for j := range f.Fields {
					if f.Fields[j].Type != Link {
						continue
					}
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
