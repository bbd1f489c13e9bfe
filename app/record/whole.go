package record

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// standing reads a stretch from the whole list: for a jump, and wherever that
// list is held anyway.
func (l *list) standing(ctx context.Context, q storage.Queryer) (ids []ID, found bool, err error) {
	jump := l.offset > 0
	if !jump && l.r.held.empty() {
		return nil, false, nil
	}
	whole := *l
	whole.at, whole.backwards, whole.offset = nil, false, 0
	read := func() ([]ID, error) { return whole.all(ctx, q) }
	state, known := storage.StateOf(ctx, q)
	switch {
	case jump && known:
		ids, err = l.r.held.get(ctx, state, whole.asks(), read)
	case jump:
		ids, err = read()
	case known:
		ids = l.r.held.seen(state, whole.asks())
	}
	if err != nil || ids == nil {
		return nil, false, err
	}
	from := min(l.offset, len(ids))
	if l.at != nil {
		at := slices.Index(ids, l.at.ID)
		if stands, err := l.stands(ctx, q, at); err != nil || !stands {
			return nil, false, err
		}
		if l.backwards {
			before := slices.Clone(ids[max(0, at-l.limit-1):at])
			slices.Reverse(before)
			return before, true, nil
		}
		from = at + 1
	}
	return ids[from:min(from+l.limit+1, len(ids))], true, nil
}

// walkable reports whether an index gives rows in the order of the sort.
func (l *list) walkable() bool {
	s := l.sorts[0]
	if s.field == nil {
		return s.key == "updatedAt"
	}
	return s.field.Index == Indexed
}

// asks says what the list asks for.
func (l *list) asks() asked {
	w := l.where(anyWay)
	return asked{fmt.Sprintf("%s WHERE %s %#v", l.k.Table, w.sql(), w.args), l.order()}
}

// stands reports whether the cursor's row still stands where the cursor says: a
// cursor is about values, which may have changed since.
func (l *list) stands(ctx context.Context, q storage.Queryer, at int) (bool, error) {
	if at < 0 {
		return false, nil
	}
	records, err := l.k.loadWith(ctx, q, nil, []ID{l.at.ID})
	if err != nil || len(records) == 0 {
		return false, err
	}
	return l.cursor(records[0]) == l.query.After+l.query.Before, nil
}

// all reads the ids of the whole list. Few are sorted. Many are found first, and
// then put in order by a walk along the sort's index that looks at nothing but
// ids: to look at each row on that walk, or to sort them, takes several times as
// long.
func (l *list) all(ctx context.Context, q storage.Queryer) ([]ID, error) {
	fits, few, err := l.fits(ctx, q)
	if err != nil {
		return nil, err
	}
	w, order := fits.where, l.order()
	is, _ := l.sorts[0].blank()
	if is == "" {
		is = "0"
	}
	if !few && !l.query.Bin && (len(l.sorts) > 1 || !l.walkable()) {
		w = l.where(scan)
	}
	switch {
	case l.sorts[0].key == "id": // so they lie
	case few, len(l.sorts) > 1, !l.walkable(), l.query.Bin:
		l.sorts = slices.Clone(l.sorts)
		for i := range l.sorts {
			l.sorts[i].expr = storage.NoIndex(l.sorts[i].expr)
		}
		order = l.order()
	case len(l.parts) == 0, l.only() == l.sorts[0].key: // the walk itself tells what fits
	default:
		w = &where{l: l, args: w.args}
		w.add(storage.NoIndex("id") + " IN (" + fits.sql("id", math.MaxInt32) + ")")
		w.alive()
	}
	rows, err := q.QueryxContext(ctx, fmt.Sprintf("SELECT id, %s FROM %s WHERE %s ORDER BY %s", is, l.k.Table, w.sql(), order), w.args...)
	if err != nil {
		return nil, err
	}
	return readIDs(rows)
}

// fitting is how all rows that a filter finds are read, in no order.
type fitting struct {
	*where
	along string // the column along whose index they are read
}

// sql selects an expression of these rows.
func (f fitting) sql(expr string, limit int) string {
	query := "SELECT " + expr + " FROM " + f.l.k.Table + " WHERE " + f.where.sql()
	if f.along != "" {
		query += " ORDER BY " + f.along
	}
	return fmt.Sprintf("%s LIMIT %d", query, limit)
}

// fits finds the way to all rows that a filter finds: by the index that finds
// few; along the index that tells by itself; and otherwise as they lie, which is
// the quickest way to look at each of them, and one that SQLite does not take.
func (l *list) fits(ctx context.Context, q storage.Queryer) (f fitting, few bool, err error) {
	if l.query.Bin || len(l.parts) == 0 {
		return fitting{where: l.where(anyWay)}, false, nil
	}
	best, _, err := l.fewest(ctx, q, limits.Many)
	switch only := l.only(); {
	case err != nil:
		return f, false, err
	case best != none:
		return fitting{where: l.where(way{by: best, set: none, sorts: true})}, true, nil
	case only != "":
		return fitting{where: l.where(anyWay), along: l.k.Field(only).compared()}, false, nil
	}
	return fitting{where: l.where(scan)}, false, nil
}

// added is how rows are found whose other values are looked at anyway.
func (l *list) added(ctx context.Context, q storage.Queryer) (*where, error) {
	f, _, err := l.fits(ctx, q)
	if f.along != "" {
		return l.where(scan), err
	}
	return f.where, err
}

// only is the key of the one field that a filter is about, if its index alone
// tells what fits.
func (l *list) only() string {
	key := ""
	for _, part := range l.parts {
		c, ok := part.(Condition)
		if !ok || len(c.Path) > 1 || key != "" && c.Path[0] != key {
			return ""
		}
		f := l.k.Field(c.Path[0])
		if f == nil || f.Index != Indexed || f.Type == Money || f.Type == Link || c.Op == "empty" || f.foldedInList() {
			return ""
		}
		key = f.Key
	}
	return key
}

// readIDs reads ids, and puts those behind of which the query says that their
// first sort field is empty.
func readIDs(rows *sqlx.Rows) ([]ID, error) {
	defer rows.Close()
	ids, blanks := []ID{}, []ID{}
	for rows.Next() {
		var id ID
		var blank bool
		if err := rows.Scan(&id, &blank); err != nil {
			return nil, err
		}
		if blank {
			blanks = append(blanks, id)
			continue
		}
		ids = append(ids, id)
	}
	return slices.Clip(append(ids, blanks...)), rows.Err()
}
