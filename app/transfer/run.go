package transfer

import (
	"context"
	"maps"
	"slices"

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
	late    *late     // nil where no row can link to another one
}

// meeting is a record that a row of this file has met or made.
type meeting struct {
	id    record.ID // 0 in a plan, for a new one
	row   int       // of the file, as Excel shows it
	index int       // in the spool
	hash  uint64    // of the item that a row links to; 0 if it is the row's own
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
	pending *record.Pending
	from    map[string]place
	fresh   bool     // links to a record that is made with it
	added   []string // links to records that the file makes, in a plan
	owed    []lateLink
	met     *meeting // of a row that is owed links
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
	lines := r.linesOf(rows, indexes)
	if err := r.titles(ctx, q, lines); err != nil {
		return err
	}
	for _, l := range lines {
		l.hashes = r.hashes(l)
	}
	lines = r.ready(lines)
	for len(lines) > 0 {
		n := r.together(lines)
		later, err := r.settle(ctx, q, tx, lines[:n])
		if err != nil {
			return err
		}
		lines = append(later, lines[n:]...)
	}
	r.tell(tx)
	return nil
}

func (r *run) linesOf(rows []sheet.Row, indexes []int) []*line {
	lines := make([]*line, len(rows))
	for i, row := range rows {
		it := decode(r.env, r.main, r.columns, row)
		l := &line{index: indexes[i], row: row.Number, item: it}
		l.out = outcome{index: l.index, row: l.row, notes: it.notes, faults: it.faults}
		lines[i] = l
	}
	return lines
}

// tell reports what became of rows once it is saved.
func (r *run) tell(tx *storage.Tx) {
	if tx == nil {
		r.report()
	} else {
		tx.AfterCommit(r.report)
	}
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
		values, _ := l.item.draft(r.env, nil, false)
		drafts[i].Values = r.plain(values)
	}
	if len(drafts) == 0 {
		return nil, nil
	}
	return r.reg.Plan(ctx, q, r.main, drafts...)
}

// keyed reports whether the row says something for any key but our id, which
// says nothing in another workspace than the one that it came from.
func (r *run) keyed(l *line) bool {
	return slices.ContainsFunc(r.keys, func(k key) bool { return !k.id() && len(k.said(r.env, l.item, l.planned)) > 0 })
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
	if !r.keyed(l) {
		all = append(all, l.item.sum())
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
