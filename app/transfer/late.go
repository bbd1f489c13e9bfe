package transfer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/storage"
)

// late are the links of rows to records that other rows of the same file make or
// change, by their names. A row waits until those rows are done, so that their
// order does not matter. Rows that wait for each other in a ring go without such
// links and get them at the end.
type late struct {
	columns []*column
	title   key              // of the main kind
	named   map[uint64][]int // rows of the spool by their title, if a link says it
	numbers map[int]int      // of those rows, as Excel shows them
	over    map[int]*meeting // those that are done, with what they met or made
	waiting []int            // rows that wait, in the order of the file
	held    map[uint64]bool  // keys of those: rows of the same record keep their order
	freed   bool             // nobody waits any more
	owed    []*line          // rows that get links at the end
}

// lateLink is a link of a row by name.
type lateLink struct {
	field, text string
	place       place
}

// links gives the links by name that an item has in such columns.
func (t *late) links(it *item) []lateLink {
	var all []lateLink
	for _, c := range t.columns {
		text, _ := it.values[c.field.Key].(string)
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if _, err := record.ParseID(text); err != nil {
			all = append(all, lateLink{c.field.Key, text, it.from[c.field.Key]})
		}
	}
	return all
}

// folded is a name as names are compared.
func (r *run) folded(text string) string { return foldOf(r.env, r.main.Field(r.main.TitleKey), text) }

// nameOf is a name as a number.
func (r *run) nameOf(text string) uint64 { return hashOf(r.main, r.late.title, r.folded(text)) }

// lookAhead finds out which rows have the names that others link to, if a column
// may link to records of the kind that the file holds.
func (s *Session) lookAhead(ctx context.Context, r *run) error {
	t := &late{
		named: map[uint64][]int{}, numbers: map[int]int{}, over: map[int]*meeting{}, held: map[uint64]bool{},
		title: key{r.main.TitleKey, []string{r.main.TitleKey}},
	}
	for _, c := range s.columns {
		if c.via == nil && c.list == nil && c.field != nil && c.field.Type == record.Link && slices.Contains(c.field.Targets, r.main.Name) {
			t.columns = append(t.columns, c)
		}
	}
	if len(t.columns) == 0 {
		return nil
	}
	r.late = t
	said := map[uint64]bool{}
	err := s.stretches(ctx, func(rows []sheet.Row, _ []int) error {
		for _, row := range rows {
			for _, c := range t.columns {
				if text := textOf(row.At(c.number)); text != "" {
					said[r.nameOf(text)] = true
				}
			}
		}
		return nil
	})
	if err != nil || len(said) == 0 {
		return err
	}
	return s.stretches(ctx, func(rows []sheet.Row, indexes []int) error {
		lines := r.linesOf(rows, indexes)
		plan, err := r.asNew(ctx, s.t.db.Reader(), lines)
		if err != nil {
			return err
		}
		for i, p := range plan {
			if name := r.nameOf(r.main.Title(p.Values)); said[name] {
				t.named[name] = append(t.named[name], indexes[i])
				t.numbers[indexes[i]] = rows[i].Number
			}
		}
		return nil
	})
}

// stretches goes over all rows.
func (s *Session) stretches(ctx context.Context, do func(rows []sheet.Row, indexes []int) error) error {
	for from := 0; from < len(s.rows); from += planRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows, indexes, err := s.batchOf(from, min(from+planRows, len(s.rows)))
		if err != nil {
			return err
		}
		if err := do(rows, indexes); err != nil {
			return err
		}
	}
	return nil
}

// ready leaves out the rows that wait for others, or for an earlier row of the
// same record that waits.
func (r *run) ready(lines []*line) []*line {
	if r.late == nil {
		return lines
	}
	return slices.DeleteFunc(lines, func(l *line) bool {
		wait := slices.ContainsFunc(l.hashes, func(h uint64) bool { return r.late.held[h] })
		if !r.late.freed && len(l.out.faults) == 0 {
			wait = wait || slices.ContainsFunc(r.late.links(l.item), func(link lateLink) bool { return !r.late.done(r.nameOf(link.text)) })
		}
		if wait {
			r.late.waiting = append(r.late.waiting, l.index)
			for _, h := range l.hashes {
				r.late.held[h] = true
			}
		}
		return wait
	})
}

// done reports whether all rows of a name are over.
func (t *late) done(name uint64) bool {
	return !slices.ContainsFunc(t.named[name], func(index int) bool { _, over := t.over[index]; return !over })
}

// nameLinks finds what the links of rows to rows of this file mean. In a plan
// those to records that are not there yet are taken out.
func (r *run) nameLinks(ctx context.Context, q storage.Queryer, lines []*line) error {
	if r.late == nil {
		return nil
	}
	var names []string
	var whose []*line
	for _, l := range lines {
		if r.settled(l) {
			continue
		}
		for _, link := range r.late.links(l.item) {
			switch name := r.nameOf(link.text); {
			case len(r.late.named[name]) == 0:
				continue // of a record that is there already, or of none
			case !r.late.done(name):
				delete(l.item.values, link.field)
				if !r.kept(l, link.field) {
					l.owed = append(l.owed, link)
				}
				continue
			}
			names = append(names, r.folded(link.text))
			whose = append(whose, l)
		}
	}
	stored, err := lookUp(ctx, q, r.reg, r.main, r.late.title, names)
	if err != nil {
		return err
	}
	for _, l := range slices.Compact(whose) {
		for _, link := range r.late.links(l.item) {
			m, wrong := r.meant(link.text, stored)
			switch {
			case wrong != nil:
				l.out.faults = append(l.out.faults, &problem{l.row, link.place, wrong})
			case m != nil && m.id != 0:
				l.item.values[link.field] = m.id
			case m != nil:
				delete(l.item.values, link.field)
				if !r.kept(l, link.field) {
					l.added = append(l.added, link.field)
				}
			}
		}
	}
	return nil
}

// kept reports whether a field of the stored record stays as it is.
func (r *run) kept(l *line, field string) bool {
	return r.onMatch == OnMatchFill && l.found.rec != nil && l.found.rec.Values[field] != nil
}

// meant is the record of this file that a name means; none where stored ones say
// it all. Several are a mistake that names their rows.
func (r *run) meant(text string, stored map[string][]*record.Record) (*meeting, *fault.Error) {
	rows := r.late.named[r.nameOf(text)]
	if len(rows) == 0 {
		return nil, nil
	}
	known := stored[r.folded(text)]
	ids := map[record.ID]bool{}
	for _, rec := range known {
		ids[rec.ID] = true
	}
	fresh := map[*meeting]bool{}
	var last *meeting
	for _, index := range rows {
		if m := r.late.over[index]; m != nil && !ids[m.id] && r.dry {
			fresh[m], last = true, m
		}
	}
	count := len(ids) + len(fresh)
	if count > 1 {
		var numbers []string
		for _, index := range rows {
			numbers = append(numbers, strconv.Itoa(r.late.numbers[index]))
		}
		const shown = 10
		if len(numbers) > shown {
			numbers = append(numbers[:shown], "…")
		}
		return nil, fault.Conflict("", "transfer.manyNamed", fault.Params{"text": record.Shorten(text, 60), "count": count, "rows": strings.Join(numbers, ", ")})
	}
	if len(known) > 0 {
		return nil, nil
	}
	return last, nil
}

// plain takes the names of such links out of a draft's values.
func (r *run) plain(values map[string]any) map[string]any {
	if r.late != nil {
		for _, c := range r.late.columns {
			if _, ok := values[c.field.Key].(string); ok {
				delete(values, c.field.Key)
			}
		}
	}
	return values
}

// closed notes what a row met or made. It tells whether the row is told now: one
// that is owed links is told when it has them.
func (r *run) closed(l *line, m *meeting) bool {
	if r.late == nil {
		return true
	}
	if _, ok := r.late.numbers[l.index]; ok {
		r.late.over[l.index] = m
	}
	if len(l.owed) == 0 || len(l.out.faults) > 0 {
		return true
	}
	l.met = m
	r.late.owed = append(r.late.owed, l)
	return false
}

// mostRounds bounds how long a chain of rows that wait for each other may be;
// longer ones are treated as rings.
const mostRounds = 50

// rest takes the rows that have waited, and then gives those their links that
// went without. The way runs work on n items, all in one go or in transactions.
func (r *run) rest(ctx context.Context, way func(n int, do func(q storage.Queryer, tx *storage.Tx, from, to int) error) error) error {
	if r.late == nil {
		return nil
	}
	for round := 1; len(r.late.waiting) > 0; round++ {
		wait := r.late.waiting
		r.late.waiting, r.late.held = nil, map[uint64]bool{}
		err := way(len(wait), func(q storage.Queryer, tx *storage.Tx, from, to int) error {
			rows := make([]sheet.Row, to-from)
			for i := range rows {
				var err error
				if rows[i], err = r.spool.row(wait[from+i]); err != nil {
					return err
				}
			}
			return r.stretch(ctx, q, tx, rows, wait[from:to])
		})
		if err != nil {
			return err
		}
		r.late.freed = len(r.late.waiting) == len(wait) || round == mostRounds
	}
	owed := r.late.owed
	return way(len(owed), func(q storage.Queryer, tx *storage.Tx, from, to int) error {
		return r.pay(ctx, q, tx, owed[from:to])
	})
}

// pay gives rows the links that they are owed. One that is wrong is left out
// with a warning, since the row is in.
func (r *run) pay(ctx context.Context, q storage.Queryer, tx *storage.Tx, lines []*line) error {
	for _, l := range lines {
		for _, link := range l.owed {
			if err := r.payOne(ctx, q, tx, l, link); err != nil {
				return err
			}
		}
		r.waiting = append(r.waiting, l.out)
	}
	r.tell(tx)
	return nil
}

func (r *run) payOne(ctx context.Context, q storage.Queryer, tx *storage.Tx, l *line, link lateLink) error {
	stored, err := lookUp(ctx, q, r.reg, r.main, r.late.title, []string{r.folded(link.text)})
	if err != nil {
		return err
	}
	var to any = link.text
	m, wrong := r.meant(link.text, stored)
	switch {
	case wrong != nil:
		l.out.notes = append(l.out.notes, &problem{l.row, link.place, wrong})
		return nil
	case m == nil && len(stored) == 0: // the row of that name has failed
		none := fault.Invalid(link.field, "record.noLink", fault.Params{"text": record.Shorten(link.text, 60)})
		l.out.notes = append(l.out.notes, &problem{l.row, link.place, none})
		return nil
	case m != nil && m.id == 0, r.dry && l.met.id == 0:
		r.linked(l, link.field)
		return nil
	case m != nil:
		to = m.id
	}
	d := record.Draft{ID: l.met.id, Row: l.row, Values: map[string]any{link.field: to}}
	plan, err := r.reg.Plan(ctx, q, r.main, d)
	if err != nil {
		return err
	}
	switch p := plan[0]; {
	case p.Err != nil:
		l.out.notes = append(l.out.notes, problemsOf(p.Err, l.row, map[string]place{link.field: link.place})...)
		return nil
	case len(p.Changed) == 0:
		return nil
	}
	r.linked(l, link.field)
	if tx != nil {
		_, err = r.reg.Apply(ctx, tx, r.main, plan)
	}
	return err
}

// linked tells that a row has got a link.
func (r *run) linked(l *line, field string) {
	own := &l.out.records[0]
	own.fields = append(own.fields, field)
	if own.action == Unchanged {
		own.action = Updated
	}
	l.out.action = stronger(l.out.action, own.action)
}

// withAdded judges a row's plan as if the links that were taken out of it stood
// there.
func (l *line) withAdded() {
	if l.pending == nil || len(l.added) == 0 {
		return
	}
	lacking := func(f *fault.Error) bool { return f.Key == "record.required" && slices.Contains(l.added, f.Field) }
	if faults := fault.All(l.pending.Err); len(faults) > 0 && !slices.ContainsFunc(faults, func(f *fault.Error) bool { return !lacking(f) }) {
		l.pending.Err = nil
	}
	for _, key := range l.added {
		if !slices.Contains(l.pending.Changed, key) {
			l.pending.Changed = append(l.pending.Changed, key)
		}
	}
}
