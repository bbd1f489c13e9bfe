package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// A way is how a filtered list is read. SQLite would guess it, and wrongly so
// where a value is rarer or more common than others, or where filter and sort
// have to do with each other, as cities and countries have. So a list counts a
// little, tries a little, and then leaves SQLite one way only.
type way struct {
	by    int  // the top condition whose own index finds the rows
	set   int  // the top condition whose ids are collected before the walk
	sorts bool // what is found is sorted, and does not come in order by an index
	any   bool // nothing is sorted: SQLite may take any index
}

const none = -1

var (
	walk   = way{by: none, set: none}              // past all rows along the sort's index
	scan   = way{by: none, set: none, sorts: true} // all rows as they lie
	anyWay = way{by: none, set: none, any: true}
)

// bounds of the ways, in rows. Measured with 200,000 companies: a row that an
// index leads to costs 0.5 µs where it lies beside the last one and 2 µs where
// it does not; an entry of an index alone less than 0.1 µs; an id of a set
// 0.4 µs, and a look into the set 0.1 µs.
type bounds struct {
	Few   int // found by a filter's index, they are sorted without a question
	First int // walked before the pace is judged; without one fitting row filter and sort are at odds
	Walk  int // walked at most if a filter's index could do instead
	Far   int // walked at most if only reading all could
	Many  int // sorted if filter and sort are at odds
	Set   int // ids collected at most
}

var limits = bounds{Few: 3000, First: 500, Walk: 4000, Far: 10_000, Many: 12_000, Set: 100_000}

// choose finds the way, and the ids themselves if trying was enough.
func (l *list) choose(ctx context.Context, q storage.Queryer) (way, []ID, error) {
	inOrder := l.walkable() || l.sorts[0].key == "id"
	if l.walksOnly() && (inOrder || l.query.Bin) {
		return walk, nil, nil
	}
	best, _, err := l.fewest(ctx, q, limits.Few)
	switch {
	case err != nil:
		return walk, nil, err
	case best != none:
		return l.by(best), nil, nil
	case l.query.Bin:
		return walk, nil, nil
	}
	for i, part := range l.parts {
		if l.ordered(part) {
			return way{by: i, set: none}, nil, nil
		}
	}
	ids, fitting, err := l.stroll(ctx, q)
	if err != nil || ids != nil {
		return walk, ids, err
	}
	best, n, err := l.fewest(ctx, q, limits.Set)
	switch {
	case err != nil:
		return walk, nil, err
	case best == none:
		return scan, nil, nil
	case l.sorts[0].expr == "id" && len(l.parts) == 1, !fitting && n <= limits.Many:
		return l.by(best), nil, nil
	case !inOrder:
		return scan, nil, nil
	case l.walks(l.parts[best]) && n <= 2*limits.Many:
		return walk, nil, nil
	case l.walks(l.parts[best]), !fitting && len(l.parts) > 1: // few fit of those found
		return scan, nil, nil
	}
	return way{by: none, set: best}, nil, nil
}

// by finds the rows by the index of one condition: the sort's own gives them in
// order.
func (l *list) by(i int) way {
	if l.walks(l.parts[i]) {
		return walk
	}
	return way{by: i, set: none, sorts: true}
}

// fewest finds the top condition whose index finds the fewest rows, at most most
// of them.
func (l *list) fewest(ctx context.Context, q storage.Queryer, most int) (best, fewest int, err error) {
	best, fewest = none, most+1
	for i, part := range l.parts {
		if !l.hasIndex(part) {
			continue
		}
		w := &where{l: l}
		var n int
		err := sqlx.GetContext(ctx, q, &n, fmt.Sprintf("SELECT count(*) FROM (%s LIMIT %d) AS few", w.found(part), fewest), w.args...)
		if err != nil {
			return none, 0, err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best, fewest, nil
}

// walks reports whether a condition is about the first sort field: it shortens
// the walk along that field's index.
func (l *list) walks(f Filter) bool {
	c, ok := f.(Condition)
	return ok && len(c.Path) == 1 && c.Path[0] == l.sorts[0].key
}

// walksOnly reports whether no row needs to be looked at on the walk.
func (l *list) walksOnly() bool {
	for _, part := range l.parts {
		if !l.walks(part) {
			return false
		}
	}
	return true
}

// maxEither is how many conditions joined by "or" are looked up one by one.
const maxEither = 20

// hasIndex reports whether an index leads to the rows that fit a condition.
func (l *list) hasIndex(f Filter) bool {
	switch f := f.(type) {
	case Or:
		for _, part := range f {
			if !l.hasIndex(part) {
				return false
			}
		}
		return len(f) <= maxEither
	case Condition:
		if f.Op == "!=" || f.Op == "~" {
			return false
		}
		if len(f.Path) == 1 && times[f.Path[0]] != "" {
			return f.Path[0] != "deletedAt"
		}
		field := l.k.Field(f.Path[0])
		if list, _, rest := l.k.listed(f.Path, f.Op); list != nil {
			field = list.main()
			if len(rest) > 0 {
				field = list.row(rest[0])
			}
			return len(rest) <= 1 && (len(rest) > 0 || f.Op != "empty") && field.Index == Indexed
		}
		return len(f.Path) == 1 && field.Index == Indexed && field.Type != YesNo && (f.Op != "^" || field.textual() || field.Type == Link)
	}
	return false
}

// listed finds the list whose rows are asked by a condition on a path, which rows
// of it, and the path in them.
func (k *Kind) listed(path []string, op string) (list *Field, only string, rest []string) {
	f := k.Field(path[0])
	switch {
	case f == nil:
	case f.Type == List:
		return f, "", path[1:]
	case len(path) == 1 && f.foldedInList() && op != "empty":
		key, part, _ := f.mirror()
		return k.Field(key), "pos = 0 AND ", []string{part}
	}
	return nil, "", nil
}

// ordered reports whether what an index finds for a condition comes in the order
// of the sort: rows of one value, which stand by age, or by the other field of a
// pair.
func (l *list) ordered(f Filter) bool {
	c, ok := f.(Condition)
	if !ok || c.Op != "=" && c.Op != "in" || len(c.Values) > 1 || !l.hasIndex(f) {
		return false
	}
	field, s := l.k.Field(c.Path[0]), l.sorts[0]
	if field == nil || field.Index != Indexed || field.Type == Link { // a title may be that of several records
		return false
	}
	return s.expr == "id" || s.field != nil && l.k.pairs(field, s.field)
}

// pairs reports whether an index has one field first and then another. Fields
// that mirror one list go together, as the city and the country of an address
// do: the migrations have an index of each two that lists show at first.
func (k *Kind) pairs(f, other *Field) bool {
	list, _, mirrors := f.mirror()
	same, _, _ := other.mirror()
	return mirrors && list == same && f != other && k.leads(f) && k.leads(other)
}

func (k *Kind) leads(f *Field) bool { return f.Index == Indexed && slices.Contains(k.Columns, f.Key) }
