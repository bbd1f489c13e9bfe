package record

import (
	"fmt"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// where turns a filter into SQL. Fields become columns by the kind's own list
// and values become arguments: no text of a user is ever part of the query.
// Every condition is true or false, never NULL, so that "not" means not.
type where struct {
	l     *list
	way   way
	parts []string
	args  []any
	rough bool // conditions may find more than fits, if only an index is read
	err   error
}

// where makes the condition of a list.
func (l *list) where(way way) *where {
	w := &where{l: l, way: way}
	w.filters()
	return w
}

// filters adds the filter, and that the rows are alive. Only what the way takes
// may be looked up in an index.
func (w *where) filters() {
	l, way := w.l, w.way
	for i, part := range l.parts {
		by := i == way.by
		_, either := part.(Or)
		switch {
		case i == way.set:
			w.add(storage.NoIndex("id") + " IN (" + w.found(part) + ")")
		case by && either:
			w.add("id IN (" + w.found(part) + ")")
			by = false
		}
		w.add(w.filter(l.k, part, false, by || way.any || !way.sorts && l.walks(part)))
	}
	if way == scan {
		w.add(storage.NoIndex(l.alive()))
		return
	}
	w.alive()
}

// found selects the ids of the rows that an index finds for a condition: all that
// fit, and maybe others, of which the index alone cannot tell.
func (w *where) found(f Filter) string {
	if either, ok := f.(Or); ok {
		var all []string
		for _, part := range either {
			all = append(all, w.found(part))
		}
		return strings.Join(all, " UNION ALL ")
	}
	w.rough = true
	defer func() { w.rough = false }()
	k := w.l.k
	if c, ok := f.(Condition); ok {
		if list, only, path := k.listed(c.Path, c.Op); list != nil {
			return "SELECT owner_id FROM " + list.Table + " WHERE " + only + w.row(list, c, path, true)
		}
	}
	return "SELECT id FROM " + k.Table + " WHERE " + w.filter(k, f, false, true) + " AND " + w.l.alive()
}

// alive leaves the bin out, or all else.
func (w *where) alive() { w.add(w.l.alive()) }

func (l *list) alive() string {
	if l.query.Bin {
		return "deleted_at IS NOT NULL"
	}
	return "deleted_at IS NULL"
}

func (w *where) add(condition string) {
	if condition != "" {
		w.parts = append(w.parts, condition)
	}
}

func (w *where) sql() string { return balanced(w.parts, " AND ") }

// balanced joins conditions as a tree of pairs: SQLite takes a plain chain as a
// tree as deep as it is long and refuses it at 1000
// (https://www.sqlite.org/limits.html#max_expr_depth).
func balanced(parts []string, op string) string {
	const short = 4
	if len(parts) <= short {
		return strings.Join(parts, op)
	}
	half := len(parts) / 2
	return "(" + balanced(parts[:half], op) + ")" + op + "(" + balanced(parts[half:], op) + ")"
}

func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *where) fail(err error) string {
	if w.err == nil {
		w.err = err
	}
	return "1 = 0"
}

func (w *where) filter(k *Kind, f Filter, negated, indexed bool) string {
	switch f := f.(type) {
	case And:
		return w.join(k, f, negated, " AND ", " OR ", indexed)
	case Or:
		return w.join(k, f, negated, " OR ", " AND ", indexed)
	case Not:
		return w.filter(k, f.Filter, !negated, indexed)
	case Condition:
		if f.Op == "!=" { // so that it is the opposite of "=" for lists and related fields too
			f.Op, negated = "=", !negated
		}
		return w.path(k, f, f.Path, negated, indexed)
	}
	return ""
}

func (w *where) join(k *Kind, parts []Filter, negated bool, op, opposite string, indexed bool) string {
	if negated {
		op = opposite
	}
	var all []string
	for _, part := range parts {
		all = append(all, w.filter(k, part, negated, indexed))
	}
	return "(" + balanced(all, op) + ")"
}

// path follows a condition's field through links and lists to the column.
func (w *where) path(k *Kind, c Condition, path []string, negated, indexed bool) string {
	key := path[0]
	if column, ok := times[key]; ok && len(path) == 1 {
		t := Instant
		if key == "id" {
			t = Link
		}
		return w.compare(&Field{Key: key, Type: t, Column: column}, column, c, negated, indexed)
	}
	f := k.Field(key)
	list, only, rest := k.listed(path, c.Op)
	switch {
	case f == nil:
		return w.fail(w.unknown(k, c, key))
	case f.Hidden:
		return w.fail(fault.Invalid("where", "filter.hiddenField", fault.Params{"position": c.At, "field": f.label, "kind": k.label()}))
	case list != nil:
		return w.rows(k, list, only, c, rest, negated, indexed)
	case len(path) == 1:
		return w.compare(f, f.Column, c, negated, indexed)
	case f.Type != Link:
		return w.fail(w.unknown(k, c, strings.Join(path, ".")))
	}
	return w.linked(f, f.Column, c, path[1:], negated)
}

func (w *where) unknown(k *Kind, c Condition, name string) error {
	return fault.Invalid("where", "filter.unknownField", fault.Params{"position": c.At, "field": Shorten(name, 40), "kind": k.label()})
}

// foldedInList reports whether only the list that a field mirrors keeps its
// text as its own Fold has it.
func (f *Field) foldedInList() bool { return f.Mirror != "" && f.Fold != nil && !f.keyed() }

// linked asks for records whose link leads to a record that fits. A related
// field is empty where there is no record, too.
func (w *where) linked(f *Field, column string, c Condition, path []string, negated bool) string {
	empty := c.Op == "empty"
	if empty {
		negated = !negated
	}
	var either []string
	for _, target := range f.Targets {
		k, err := w.l.r.Kind(target)
		if err != nil {
			return w.fail(err)
		}
		path := k.named(path)
		if k.Field(path[0]) == nil && times[path[0]] == "" {
			continue
		}
		either = append(either, fmt.Sprintf("%s IN (SELECT id FROM %s WHERE %s AND deleted_at IS NULL)", column, k.Table, w.path(k, c, path, empty, true)))
	}
	if len(either) == 0 {
		return w.fail(fault.Invalid("where", "filter.unknownField", fault.Params{"position": c.At, "field": Shorten(strings.Join(c.Path, "."), 40), "kind": strings.Join(f.Targets, ", ")}))
	}
	return maybe(negated, column, "("+balanced(either, " OR ")+")")
}

// maybe negates a condition on a column that may be NULL.
func maybe(negated bool, column, condition string) string {
	if !negated {
		return condition
	}
	return "(" + column + " IS NULL OR NOT " + condition + ")"
}

// rows asks for records that have a row in a list that fits, of those that only
// picks: those that an index of the list finds, or each by its own rows.
func (w *where) rows(k *Kind, f *Field, only string, c Condition, path []string, negated, indexed bool) string {
	condition := ""
	if len(path) == 0 && c.Op == "empty" {
		negated = !negated
	} else {
		condition = only + w.row(f, c, path, indexed)
	}
	not := ""
	if negated {
		not = "NOT "
	}
	if indexed || w.way == scan {
		if condition != "" {
			condition = " WHERE " + condition
		}
		return fmt.Sprintf("id %sIN (SELECT owner_id FROM %s%s)", not, f.Table, condition)
	}
	if condition != "" {
		condition = " AND " + condition
	}
	return fmt.Sprintf("%sEXISTS (SELECT 1 FROM %s WHERE owner_id = %s.id%s)", not, f.Table, k.Table, condition)
}

// row compiles a condition on one row of a list.
func (w *where) row(f *Field, c Condition, path []string, indexed bool) string {
	part := f.main()
	if len(path) > 0 {
		part = f.row(path[0])
	}
	if part == nil || len(path) > 1 && part.Type != Link {
		return w.fail(fault.Invalid("where", "filter.unknownField", fault.Params{"position": c.At, "field": Shorten(strings.Join(c.Path, "."), 40), "kind": f.label}))
	}
	if len(path) > 1 {
		return w.linked(part, part.Column, c, path[1:], false)
	}
	return w.compare(part, part.Column, c, false, indexed)
}
