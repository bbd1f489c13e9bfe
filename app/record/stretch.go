package record

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// stretch is a part of a list that one query reads.
type stretch struct {
	condition string
	order     string // before the sorts
	limit     int
	from      *cursor
}

// ids gives the ids of a stretch, in order. Of several questions each must see
// what the others see: a row that gets a value between them would be missed.
func (l *list) ids(ctx context.Context, q storage.Queryer) ([]ID, error) {
	ids, found, err := l.standing(ctx, q)
	if err != nil || found {
		return ids, err
	}
	err = storage.Snapshot(ctx, q, func(q storage.Queryer) error {
		ids, err = l.find(ctx, q)
		return err
	})
	return ids, err
}

// find runs the query. The rows that have the first sort field are read, and
// then, if there is room, those without; backwards the other way round.
func (l *list) find(ctx context.Context, q storage.Queryer) ([]ID, error) {
	way, ids, err := l.choose(ctx, q)
	if err != nil || ids != nil {
		return ids, err
	}
	if way.sorts {
		for i := range l.sorts {
			l.sorts[i].expr = storage.NoIndex(l.sorts[i].expr)
		}
	}
	is, not := l.sorts[0].blank()
	switch {
	case is == "":
		return l.read(ctx, q, way, stretch{limit: l.limit + 1, from: l.at})
	case way.sorts && l.at == nil: // what is sorted anyway is found once
		return l.read(ctx, q, way, stretch{order: "(" + is + "), ", limit: l.limit + 1})
	}
	first, second := not, is
	if l.backwards {
		first, second = is, not
	}
	from := l.at
	if from == nil || from.Blank == (first == is) {
		if ids, err = l.read(ctx, q, way, stretch{condition: first, limit: l.limit + 1, from: from}); err != nil || len(ids) > l.limit {
			return ids, err
		}
		from = nil // the second stretch begins at its start
	}
	rest, err := l.read(ctx, q, way, stretch{condition: second, limit: l.limit + 1 - len(ids), from: from})
	return append(ids, rest...), err
}

// read reads ids in order.
func (l *list) read(ctx context.Context, q storage.Queryer, way way, s stretch) ([]ID, error) {
	w := &where{l: l, way: way}
	if s.from != nil {
		w.after(l, s.from) // first: of two lower bounds SQLite walks from the one named first
	}
	w.filters()
	w.add(s.condition)
	query := fmt.Sprintf("SELECT id FROM %s WHERE %s ORDER BY %s%s LIMIT %d", l.k.Table, w.sql(), s.order, l.order(), s.limit)
	var ids []ID
	err := sqlx.SelectContext(ctx, q, &ids, query, w.args...)
	return ids, err
}

func (l *list) order() string {
	var order []string
	for _, s := range l.keys() {
		expr := s.expr
		if s.down != l.backwards {
			expr += " DESC"
		}
		order = append(order, expr)
	}
	return strings.Join(order, ", ")
}

// stroll walks the sort's index for a while and looks at each row: first those
// that have the sort field, then those without. If that fills the page, or reads
// the list to its end, it gives the ids, which then are not nil. Otherwise fitting
// says whether any row fitted.
func (l *list) stroll(ctx context.Context, q storage.Queryer) (ids []ID, fitting bool, err error) {
	s := l.sorts[0]
	if s.field == nil && s.key == "deletedAt" || s.field != nil && s.field.Index != Indexed || l.at != nil && l.at.Blank {
		return nil, false, nil
	}
	t := tour{l: l, most: limits.Far, ids: []ID{}}
	for _, part := range l.parts {
		if !l.walks(part) && l.hasIndex(part) {
			t.most = limits.Walk
		}
	}
	is, not := s.blank()
	end, err := t.walk(ctx, q, not, l.at)
	if err == nil && end && is != "" && !l.backwards {
		end, err = t.walk(ctx, q, is, nil)
	}
	if err != nil || !end {
		return nil, len(t.ids) > 0, err
	}
	return t.ids, true, nil
}

// tour is a walk that looks at each row.
type tour struct {
	l      *list
	most   int // rows
	walked int
	ids    []ID
}

// walk goes on with the rows of one condition. It reports whether it came to
// their end or filled the page; otherwise it was far too slow.
func (t *tour) walk(ctx context.Context, q storage.Queryer, condition string, from *cursor) (bool, error) {
	l := t.l
	if len(t.ids) > l.limit {
		return true, nil
	}
	w := &where{l: l}
	if from != nil {
		w.after(l, from)
	}
	w.alive()
	w.add(condition)
	var asked []string
	for _, part := range l.parts {
		if l.walks(part) {
			w.add(w.filter(l.k, part, false, true))
			continue
		}
		asked = append(asked, w.filter(l.k, part, false, false))
	}
	rows, err := q.QueryxContext(ctx, fmt.Sprintf("SELECT id, %s AS fits FROM %s WHERE %s ORDER BY %s", balanced(asked, " AND "), l.k.Table, w.sql(), l.order()), w.args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for ; rows.Next(); t.walked++ {
		if t.walked == t.most || t.walked >= limits.First && 2*len(t.ids)*t.most <= t.walked*l.limit {
			return false, nil
		}
		var id ID
		var fits sql.NullBool
		if err := rows.Scan(&id, &fits); err != nil {
			return false, err
		}
		if fits.Bool {
			t.ids = append(t.ids, id)
		}
		if len(t.ids) > l.limit {
			return true, nil
		}
	}
	return true, rows.Err()
}
