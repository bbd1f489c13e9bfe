package transfer

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/storage"
)

// Action is what happens to a row or a record.
type Action string

// The actions.
const (
	Failed    Action = "failed"
	Created   Action = "created"
	Updated   Action = "updated"
	Skipped   Action = "skipped"
	Unchanged Action = "unchanged"
)

// strength orders actions: a row is called by the strongest of its records'.
var strength = map[Action]int{Unchanged: 1, Skipped: 2, Updated: 3, Created: 4, Failed: 5}

func stronger(a, b Action) Action {
	if strength[b] > strength[a] {
		return b
	}
	return a
}

// What to do with a row that meets a stored record.
const (
	OnMatchUpdate = "update" // its values replace what is stored
	OnMatchFill   = "fill"   // its values fill what is empty
	OnMatchSkip   = "skip"   // nothing
	OnMatchCreate = "create" // make another record
)

// run goes over the rows once, to plan or to apply.
type run struct {
	reg     *record.Registry
	env     record.Env
	main    *record.Kind
	columns []*column
	keys    []key
	chosen  bool // the keys were asked for
	onMatch string
	dry     bool
	spool   *spool
	done    func(o outcome)

	seen    map[uint64][]*meeting // who met or made what, by key
	byID    map[record.ID]*meeting
	waiting []outcome // of the running transaction
}

// meeting is a record that a row of this file has met or made.
type meeting struct {
	id    record.ID // 0 in a plan, for a new one
	row   int       // of the file, as Excel shows it
	index int       // in the spool
	hash  uint64    // of the item
	title string
	made  bool
	links []uint64 // what the last row linked to
	// What the rows so far make of the record: in a plan, once a second one comes.
	old    *record.Record
	raw    map[string]any
	values record.Values
}

// outcome is what becomes of one row.
type outcome struct {
	index, row int
	action     Action
	records    []recordOutcome
	faults     []*problem
	notes      []*problem
}

type recordOutcome struct {
	kind   *record.Kind
	id     record.ID
	met    *meeting
	action Action
	title  string
	fields []string
}

// line is a row on its way.
type line struct {
	index   int
	row     int
	item    *item
	planned record.Values // as a new record, where titles are needed
	hashes  []uint64
	found   found
	old     *record.Record
	pending *record.Pending
	from    map[string]place
	fresh   bool // links to a record that is made with it
	out     outcome
}

// linked is a record that rows link to.
type linked struct {
	item    *item
	found   found
	pending *record.Pending // nil if nothing changes
	from    map[string]place
	action  Action
	id      record.ID
	faults  []*problem
	wanted  bool
}

// stretch works on rows in the order of the file. Rows that meet the same record
// take their turns.
func (r *run) stretch(ctx context.Context, q storage.Queryer, tx *storage.Tx, rows []sheet.Row, indexes []int) error {
	var lines []*line
	for i, row := range rows {
		it := decode(r.env, r.main, r.columns, row)
		l := &line{index: indexes[i], row: row.Number, item: it}
		l.out = outcome{index: l.index, row: l.row, notes: it.notes, faults: it.faults}
		lines = append(lines, l)
	}
	if err := r.titles(ctx, q, lines); err != nil {
		return err
	}
	for _, l := range lines {
		l.hashes = r.hashes(l)
	}
	for len(lines) > 0 {
		n := r.together(lines)
		later, err := r.settle(ctx, q, tx, lines[:n])
		if err != nil {
			return err
		}
		lines = append(later, lines[n:]...)
	}
	if tx == nil {
		r.report()
	} else {
		tx.AfterCommit(r.report)
	}
	return nil
}

func (r *run) report() {
	for _, o := range r.waiting {
		r.done(o)
	}
	r.waiting = nil
}

// titles plans rows as new records where keys need what the rules make of them,
// such as a person's name, or where no key is filled.
func (r *run) titles(ctx context.Context, q storage.Queryer, lines []*line) error {
	if r.onMatch == OnMatchCreate {
		return nil
	}
	composed := slices.ContainsFunc(r.keys, func(k key) bool { return k.composed() || k.titled(r.main) })
	var wanted []*line
	for _, l := range lines {
		if len(l.out.faults) == 0 && (composed || !r.keyed(l)) {
			wanted = append(wanted, l)
		}
	}
	plan, err := r.asNew(ctx, q, wanted)
	for i, p := range plan {
		// What is wrong with it as a new record may be right with a stored one.
		if p.Values[r.main.TitleKey] != nil {
			wanted[i].planned = p.Values
		}
	}
	return err
}

func (r *run) asNew(ctx context.Context, q storage.Queryer, lines []*line) ([]*record.Pending, error) {
	drafts := make([]record.Draft, len(lines))
	for i, l := range lines {
		for _, ref := range l.item.refs {
			ref.set(0)
		}
		drafts[i].Values, _ = l.item.draft(r.env, nil, false)
	}
	if len(drafts) == 0 {
		return nil, nil
	}
	return r.reg.Plan(ctx, q, r.main, drafts...)
}

// keyed reports whether the row says something for any key.
func (r *run) keyed(l *line) bool {
	return slices.ContainsFunc(r.keys, func(k key) bool { return len(k.said(r.env, l.item, l.planned)) > 0 })
}

// hashes are the keys of a row as numbers; a row without any is known by all it
// says.
func (r *run) hashes(l *line) []uint64 {
	var all []uint64
	for _, k := range r.keys {
		for _, v := range k.said(r.env, l.item, l.planned) {
			all = append(all, hashOf(r.main, k, v))
		}
	}
	if len(all) == 0 {
		return []uint64{l.item.hash}
	}
	return all
}

// together counts the rows from the first on that cannot meet the same record.
func (r *run) together(lines []*line) int {
	taken := map[uint64]uint64{}
	for n, l := range lines {
		mine := map[uint64]uint64{}
		if r.onMatch != OnMatchCreate {
			for _, h := range l.hashes {
				mine[h] = uint64(n) + 1
			}
		}
		for _, ref := range l.item.refs {
			for _, k := range linkKeys(ref.item.kind) {
				for _, v := range k.said(r.env, ref.item, nil) {
					mine[hashOf(ref.item.kind, k, v)] = ref.item.hash
				}
			}
		}
		for h, who := range mine {
			if other, ok := taken[h]; ok && other != who {
				return n
			}
		}
		maps.Copy(taken, mine)
	}
	return len(lines)
}

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
		if l.pending != nil {
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

// close says what became of a row, and remembers what it met or made.
func (r *run) close(l *line, links map[uint64]*linked) {
	o := &l.out
	switch {
	case len(o.faults) > 0:
		o.action = Failed
		o.records = []recordOutcome{{kind: r.main, action: Failed}}
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
		met := r.remember(l.hashes, l.found, l, l.item, l.pending.ID, title, action)
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
	r.waiting = append(r.waiting, *o)
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
		m = &meeting{id: id, row: l.row, index: l.index, hash: it.hash, title: title, made: action == Created, old: f.rec}
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
