package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// Ways to run a filter beside a sort.
const (
	noIndex  = -1 // the sort's index decides
	anyIndex = -2 // no sort: the planner decides
)

// Bounds of the ways to a filtered list, in rows; tests make them small.
var (
	// fewRows is when a filter's own index is the way: below it, sorting what it
	// finds is cheaper than walking the sort's index past everything else.
	fewRows = 2000
	// Above it the sort's index is walked, but not for ever: what is filtered may
	// stand at its end, as a city does in a list by country. After walkRows the
	// ids of a filter that finds at most setRows are collected, and the walk looks
	// there instead of at each row.
	walkRows = 4000
	setRows  = 60_000
)

// plan decides between walking the sort's index and sorting what a filter's
// index finds, by counting a little: SQLite itself guesses, and wrongly so when
// a value is rare.
func (l *list) plan(ctx context.Context, q storage.Queryer, most int) (int, error) {
	best, fewest := noIndex, most+1
	for i, candidate := range l.candidates() {
		if !candidate {
			continue
		}
		w := &where{l: l}
		w.add(w.filter(l.k, topLevel(l.query.Where)[i], false, true))
		w.alive()
		var n int
		err := sqlx.GetContext(ctx, q, &n, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS few", l.k.Table, w.sql(), fewest), w.args...)
		if err != nil {
			return 0, err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best, nil
}

// candidates tells which of the filter's top conditions have an index to offer
// that is not the sort's own.
func (l *list) candidates() []bool {
	parts := topLevel(l.query.Where)
	found := make([]bool, len(parts))
	for i, part := range parts {
		c, ok := part.(Condition)
		if !ok || len(c.Path) != 1 || c.Op == "!=" || c.Op == "~" {
			continue
		}
		f := l.k.byKey[c.Path[0]]
		found[i] = f != nil && f.Index == Indexed && !l.walks(part)
	}
	return found
}

// stroll walks the sort's index for a bounded stretch. It is done if that fills
// the page, or if no filter's index could do better.
func (l *list) stroll(ctx context.Context, q storage.Queryer) ([]ID, bool, error) {
	s := l.sorts[0]
	indexed := s.field == nil && s.key != "deletedAt" || s.field != nil && s.field.Index == Indexed
	if !indexed || l.query.Bin || !slices.Contains(l.candidates(), true) {
		return nil, false, nil
	}
	condition := ""
	if is, not := s.blank(); is != "" {
		if l.backwards || l.at != nil && l.at.Blank {
			return nil, false, nil // blanks may come first
		}
		condition = not
	}
	w := &where{l: l}
	w.alive()
	w.add(condition)
	for _, part := range topLevel(l.query.Where) {
		if l.walks(part) {
			w.add(w.filter(l.k, part, false, true))
		}
	}
	op, order := " <= ", ""
	if s.down != l.backwards {
		op, order = " >= ", " DESC"
	}
	if l.at != nil {
		w.after(l, l.at)
	}
	end := bound{condition: s.expr + op}
	err := q.QueryRowxContext(ctx, fmt.Sprintf("SELECT %[1]s, id FROM %[2]s WHERE %[3]s ORDER BY %[1]s%[4]s, id%[4]s LIMIT 1 OFFSET %[5]d", s.expr, l.k.Table, w.sql(), order, walkRows), w.args...).Scan(&end.value, &end.id)
	if storage.NoRows(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	l.bound = &end
	ids, err := l.stretch(ctx, q, noIndex, condition, l.limit+1, 0, l.at)
	l.bound = nil
	return ids, len(ids) > l.limit, err
}

// bound is where a walk ends.
type bound struct {
	condition string // the first sort field and its operator
	value     any
	id        ID // of equal values
}
