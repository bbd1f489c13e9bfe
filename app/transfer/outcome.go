package transfer

import (
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

// close says what became of a row, and remembers what it met or made.
func (r *run) close(l *line, links map[uint64]*linked) {
	o := &l.out
	met := l.found.met
	switch {
	case len(o.faults) > 0:
		o.action = Failed
		o.records = []recordOutcome{{kind: r.main, action: Failed}}
		r.closed(l, nil)
		r.waiting = append(r.waiting, *o)
		return
	case l.found.twin:
		o.add(recordOutcome{kind: r.main, id: l.found.id(), met: l.found.met, action: Unchanged, title: l.found.title()})
	case l.pending == nil: // met, and to be left alone
		o.add(recordOutcome{kind: r.main, id: l.found.id(), met: l.found.met, action: Skipped, title: l.found.title()})
	default:
		action := Unchanged
		if l.pending.New() {
			action = Created
		} else if len(l.pending.Changed) > 0 || l.fresh {
			action = Updated
		}
		title := r.main.Title(l.pending.Values)
		met = r.remember(l.hashes, l.found, l, l.item, l.pending.ID, title, action)
		o.add(recordOutcome{r.main, met.id, met, action, title, l.pending.Changed})
		for _, ref := range l.item.refs {
			r.closeLink(o, l, links[ref.item.hash])
		}
	}
	if m := l.found.met; m != nil {
		o.notes = append(o.notes, &problem{row: l.row, place: l.found.place, fault: fault.Invalid("", "transfer.sameAsRow", fault.Params{"row": m.row})})
	}
	for _, other := range l.found.shared {
		o.notes = append(o.notes, &problem{row: l.row, place: l.found.place, fault: fault.Invalid("", "transfer.sharedAddress", fault.Params{"title": other})})
	}
	if r.closed(l, met) {
		r.waiting = append(r.waiting, *o)
	}
}

func (r *run) closeLink(o *outcome, l *line, k *linked) {
	var hashes []uint64
	for _, key := range linkKeys(k.item.kind) {
		for _, v := range key.said(r.env, k.item, nil) {
			hashes = append(hashes, hashOf(k.item.kind, key, v))
		}
	}
	title := k.found.title()
	var fields []string
	if k.pending != nil {
		title, fields = k.item.kind.Title(k.pending.Values), k.pending.Changed
	}
	met := r.remember(hashes, k.found, l, k.item, k.id, title, k.action)
	o.add(recordOutcome{k.item.kind, met.id, met, k.action, title, fields})
	// Of several rows that name it, the first one makes it.
	k.found.met, k.pending, k.action = met, nil, Unchanged
}

func (o *outcome) add(r recordOutcome) {
	o.records = append(o.records, r)
	o.action = stronger(o.action, r.action)
}

// remember keeps what a row met or made, for the rows behind it.
func (r *run) remember(hashes []uint64, f found, l *line, it *item, id record.ID, title string, action Action) *meeting {
	m := f.met
	if m == nil && id != 0 {
		m = r.byID[id]
	}
	if m == nil {
		m = &meeting{id: id, row: l.row, index: l.index, title: title, made: action == Created, old: f.rec}
		if it != l.item {
			m.hash = it.hash
		}
		if !r.dry {
			m.old = nil // only plans need it
		}
		if id != 0 {
			r.byID[id] = m
		}
	}
	if r.dry && len(it.refs) > 0 {
		m.links = it.linkHashes()
	}
	for _, h := range hashes {
		if !slices.Contains(r.seen[h], m) {
			r.seen[h] = append(r.seen[h], m)
		}
	}
	return m
}
