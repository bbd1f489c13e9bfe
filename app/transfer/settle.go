package transfer

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// settle matches, checks and (in a transaction) writes rows. It gives back those
// that must wait for others of them.
func (r *run) settle(ctx context.Context, q storage.Queryer, tx *storage.Tx, lines []*line) (later []*line, err error) {
	links, err := r.meet(ctx, q, lines)
	if err != nil {
		return nil, err
	}
	lines, later = r.turns(lines, links)
	if err := r.planLinks(ctx, q, lines, links); err != nil {
		return nil, err
	}
	if err := r.plan(ctx, q, lines, links); err != nil {
		return nil, err
	}
	if tx != nil {
		if err := r.apply(ctx, tx, lines, links); err != nil {
			return nil, err
		}
	}
	for _, l := range lines {
		r.close(l, links)
	}
	return later, nil
}

// meet finds the stored records that rows and their links mean.
func (r *run) meet(ctx context.Context, q storage.Queryer, lines []*line) (map[uint64]*linked, error) {
	if r.onMatch != OnMatchCreate {
		if err := r.matchLines(ctx, q, lines); err != nil {
			return nil, err
		}
	}
	links := map[uint64]*linked{}
	byKind := map[*record.Kind][]*linked{}
	near := map[uint64]*record.Record{} // whose link is preferred among namesakes
	for _, l := range lines {
		for _, ref := range l.item.refs {
			if links[ref.item.hash] == nil {
				o := &linked{item: ref.item, action: Unchanged}
				links[ref.item.hash] = o
				byKind[ref.item.kind] = append(byKind[ref.item.kind], o)
			}
			if l.found.rec != nil {
				near[ref.item.hash] = l.found.rec
			}
		}
	}
	for kind, all := range byKind {
		asks := make([]ask, len(all))
		for i, o := range all {
			asks[i] = ask{item: o.item, near: near[o.item.hash]}
		}
		answers, err := r.match(ctx, q, kind, linkKeys(kind), false, asks)
		if err != nil {
			return nil, err
		}
		for i, o := range all {
			if o.found = answers[i]; o.found.rec != nil {
				o.id = o.found.rec.ID
			}
		}
	}
	if r.onMatch == OnMatchCreate {
		return links, nil
	}
	return links, r.twins(ctx, q, lines, links)
}

// turns lets rows wait that meet the same record as one before them, be it their
// own or one they link to.
func (r *run) turns(lines []*line, links map[uint64]*linked) (now, later []*line) {
	met := map[record.ID]uint64{}
	for n, l := range lines {
		clash := false
		claim := func(id record.ID, who uint64) {
			if other, ok := met[id]; ok && other != who {
				clash = true
			}
			if id != 0 {
				met[id] = who
			}
		}
		if l.found.rec != nil && !l.found.twin {
			claim(l.found.rec.ID, uint64(n)+1)
		}
		for _, ref := range l.item.refs {
			claim(links[ref.item.hash].id, ref.item.hash)
		}
		if clash {
			later = append(later, l)
		} else {
			now = append(now, l)
		}
	}
	return now, later
}

// settled reports whether nothing is left to find out about a row.
func (r *run) settled(l *line) bool {
	return len(l.out.faults) > 0 || l.found.twin || l.found.any() && r.onMatch == OnMatchSkip
}

// planLinks checks the records that rows link to.
func (r *run) planLinks(ctx context.Context, q storage.Queryer, lines []*line, links map[uint64]*linked) error {
	byKind := map[*record.Kind][]*linked{}
	for _, l := range lines {
		if l.found.fault != nil {
			l.out.faults = append(l.out.faults, &problem{row: l.row, place: l.found.place, fault: l.found.fault})
		}
		if r.settled(l) {
			continue
		}
		for _, ref := range l.item.refs {
			if o := links[ref.item.hash]; !o.wanted {
				o.wanted = true
				byKind[o.item.kind] = append(byKind[o.item.kind], o)
			}
		}
	}
	for kind, all := range byKind {
		var drafts []record.Draft
		var whose []*linked
		for _, o := range all {
			switch {
			case o.found.fault != nil:
				o.faults = []*problem{{place: o.found.place, fault: o.found.fault}}
				continue
			case o.found.any() && (r.onMatch == OnMatchSkip || o.item.bare()):
				continue
			case o.found.met != nil && r.dry:
				p, from, err := r.planOn(ctx, q, o.item, o.found.met)
				if err != nil {
					return err
				}
				o.take(p, from)
				continue
			}
			d := record.Draft{Row: o.item.row}
			var old record.Values
			if o.found.rec != nil {
				d.ID, old = o.found.rec.ID, o.found.rec.Values
			}
			d.Values, o.from = o.item.draft(r.env, old, r.onMatch == OnMatchFill && old != nil)
			drafts, whose = append(drafts, d), append(whose, o)
		}
		if len(drafts) == 0 {
			continue
		}
		plan, err := r.reg.Plan(ctx, q, kind, drafts...)
		if err != nil {
			return err
		}
		for i, p := range plan {
			whose[i].take(p, whose[i].from)
		}
	}
	return nil
}

// bare reports whether the item only names its record.
func (it *item) bare() bool {
	return len(it.lists) == 0 && len(it.whole) == 0 && (len(it.values) == 0 || len(it.values) == 1 && it.values[it.kind.TitleKey] != nil)
}

// take judges a plan.
func (o *linked) take(p *record.Pending, from map[string]place) {
	o.faults = problemsOf(p.Err, o.item.row, from)
	switch {
	case p.Err != nil:
	case p.New():
		o.pending, o.action = p, Created
	case len(p.Changed) > 0:
		o.pending, o.action = p, Updated
	}
}

func problemsOf(err error, row int, from map[string]place) []*problem {
	var all []*problem
	for _, f := range fault.All(err) {
		all = append(all, &problem{row, from[f.Field], f})
	}
	return all
}

// plan checks the rows themselves. What links to a record that is made with the
// row is checked without that link first.
func (r *run) plan(ctx context.Context, q storage.Queryer, lines []*line, links map[uint64]*linked) error {
	if err := r.nameLinks(ctx, q, lines); err != nil {
		return err
	}
	var drafts []record.Draft
	var whose []*line
	for _, l := range lines {
		if r.settled(l) {
			continue
		}
		for _, ref := range l.item.refs {
			o := links[ref.item.hash]
			for _, p := range o.faults {
				l.out.faults = append(l.out.faults, &problem{l.row, p.place, p.fault})
			}
			ref.set(o.id)
			l.fresh = l.fresh || o.id == 0
		}
		if len(l.out.faults) > 0 {
			continue
		}
		if r.dry && l.found.met != nil {
			p, from, err := r.planOn(ctx, q, l.item, l.found.met)
			if err != nil {
				return err
			}
			l.pending, l.from, l.fresh = p, from, false
			continue
		}
		drafts, whose = append(drafts, r.draftOf(l)), append(whose, l)
	}
	if len(drafts) > 0 {
		plan, err := r.reg.Plan(ctx, q, r.main, drafts...)
		if err != nil {
			return err
		}
		for i, p := range plan {
			whose[i].pending = p
		}
	}
	for _, l := range lines {
		if l.withAdded(); l.pending != nil {
			l.out.faults = append(l.out.faults, problemsOf(l.pending.Err, l.row, l.from)...)
		}
	}
	return nil
}

func (r *run) draftOf(l *line) record.Draft {
	d := record.Draft{Row: l.row}
	var old record.Values
	if l.found.rec != nil {
		d.ID, old = l.found.rec.ID, l.found.rec.Values
	}
	d.Values, l.from = l.item.draft(r.env, old, r.onMatch == OnMatchFill && old != nil)
	return d
}

// apply writes what plan found: first what is linked to, then the rows.
func (r *run) apply(ctx context.Context, tx *storage.Tx, lines []*line, links map[uint64]*linked) error {
	byKind := map[*record.Kind][]*record.Pending{}
	queued := map[*linked]bool{}
	var again, ready []*line
	for _, l := range lines {
		if l.pending == nil || len(l.out.faults) > 0 {
			continue
		}
		for _, ref := range l.item.refs {
			if o := links[ref.item.hash]; o.pending != nil && !queued[o] {
				queued[o] = true
				byKind[o.item.kind] = append(byKind[o.item.kind], o.pending)
			}
		}
		if l.fresh {
			again = append(again, l)
		}
		ready = append(ready, l)
	}
	for kind, plan := range byKind {
		if _, err := r.reg.Apply(ctx, tx, kind, plan); err != nil {
			return err
		}
	}
	for o := range queued {
		o.id = o.pending.ID
	}
	if err := r.planAgain(ctx, tx, again, links); err != nil {
		return err
	}
	var plan []*record.Pending
	for _, l := range ready {
		if len(l.out.faults) == 0 {
			plan = append(plan, l.pending)
		}
	}
	_, err := r.reg.Apply(ctx, tx, r.main, plan)
	return err
}

// planAgain plans rows whose links have been made by now.
func (r *run) planAgain(ctx context.Context, tx *storage.Tx, lines []*line, links map[uint64]*linked) error {
	if len(lines) == 0 {
		return nil
	}
	drafts := make([]record.Draft, len(lines))
	for i, l := range lines {
		for _, ref := range l.item.refs {
			ref.set(links[ref.item.hash].id)
		}
		drafts[i] = r.draftOf(l)
	}
	plan, err := r.reg.Plan(ctx, tx, r.main, drafts...)
	if err != nil {
		return err
	}
	for i, p := range plan {
		lines[i].pending = p
		lines[i].out.faults = problemsOf(p.Err, lines[i].row, lines[i].from)
	}
	return nil
}

// planOn plans what a row changes of a record that an earlier row of the file has
// changed or made, of which nothing is stored yet.
func (r *run) planOn(ctx context.Context, q storage.Queryer, it *item, m *meeting) (*record.Pending, map[string]place, error) {
	if m.values == nil {
		row, err := r.spool.row(m.index)
		if err != nil {
			return nil, nil, err
		}
		first := decode(r.env, r.main, r.columns, row)
		for _, ref := range first.refs {
			ref.set(0)
			if ref.item.hash == m.hash {
				first = ref.item
				break
			}
		}
		var old record.Values
		if m.old != nil {
			old = m.old.Values
		}
		m.raw, _ = first.draft(r.env, old, r.onMatch == OnMatchFill && old != nil)
		plan, err := r.reg.Plan(ctx, q, it.kind, record.Draft{ID: m.id, Values: m.raw})
		if err != nil {
			return nil, nil, err
		}
		m.values = plan[0].Values
	}
	// Records that the file makes cannot be linked to yet: whether a row links to
	// another one than the row before is all there is to know.
	for _, ref := range it.refs {
		ref.set(0)
	}
	values, from := it.draft(r.env, m.values, r.onMatch == OnMatchFill)
	raw := maps.Clone(m.raw)
	maps.Copy(raw, values)
	plan, err := r.reg.Plan(ctx, q, it.kind, record.Draft{ID: m.id, Values: raw, Row: it.row})
	if err != nil {
		return nil, nil, err
	}
	p := plan[0]
	if p.Err == nil {
		p.Changed = differing(m.values, p.Values)
		if len(it.refs) > 0 && !slices.Equal(m.links, it.linkHashes()) {
			p.Changed = append(p.Changed, it.refs[0].field)
		}
		p.Old = &record.Record{Kind: it.kind, ID: m.id, Values: m.values}
		m.raw, m.values = raw, p.Values
	}
	return p, from, nil
}

func differing(a, b record.Values) []string {
	var keys []string
	for key, v := range b {
		if !reflect.DeepEqual(a[key], v) {
			keys = append(keys, key)
		}
	}
	for key := range a {
		if _, ok := b[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
