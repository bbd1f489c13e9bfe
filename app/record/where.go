package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/storage"
)

// where turns a filter into SQL. Fields become columns by the kind's own list
// and values become arguments: no text of a user is ever part of the query.
// Every condition is true or false, never NULL, so that "not" means not.
type where struct {
	l     *list
	parts []string
	args  []any
	err   error
}

// where makes the condition of a list. The way says which top condition may use
// its index: one of them, none, or any. What is asked of the field that the list
// is sorted by only shortens the walk of its index.
func (l *list) where(way int) *where {
	w := &where{l: l}
	for i, part := range topLevel(l.query.Where) {
		if i == l.set {
			w.add(fmt.Sprintf("%s IN (SELECT id FROM %s WHERE %s AND %s)", storage.NoIndex("id"), l.k.Table, w.filter(l.k, part, false, true), l.alive()))
			continue
		}
		w.add(w.filter(l.k, part, false, way == i || way == anyIndex || way == noIndex && l.walks(part)))
	}
	w.alive()
	return w
}

// walks reports whether a condition is about the first sort field.
func (l *list) walks(f Filter) bool {
	c, ok := f.(Condition)
	return ok && len(c.Path) == 1 && c.Path[0] == l.sorts[0].key
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
	f := k.byKey[key]
	switch {
	case f == nil:
		return w.fail(w.unknown(k, c, key))
	case f.Type == List:
		return w.rows(f, "", c, path[1:], negated)
	case len(path) == 1 && f.foldedInList() && c.Op != "empty":
		list, part, _ := f.mirror()
		return w.rows(k.byKey[list], "pos = 0 AND ", c, []string{part}, negated)
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
		if k.byKey[path[0]] == nil && times[path[0]] == "" {
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
// picks.
func (w *where) rows(f *Field, only string, c Condition, path []string, negated bool) string {
	in := "IN"
	if negated {
		in = "NOT IN"
	}
	if len(path) == 0 && c.Op == "empty" {
		if in = "NOT IN"; negated {
			in = "IN"
		}
		return fmt.Sprintf("id %s (SELECT owner_id FROM %s)", in, f.Table)
	}
	part := f.main()
	if len(path) > 0 {
		if part = f.row(path[0]); part == nil {
			return w.fail(fault.Invalid("where", "filter.unknownField", fault.Params{"position": c.At, "field": Shorten(strings.Join(c.Path, "."), 40), "kind": f.label}))
		}
	}
	var condition string
	if len(path) > 1 {
		if part.Type != Link {
			return w.fail(fault.Invalid("where", "filter.unknownField", fault.Params{"position": c.At, "field": Shorten(strings.Join(c.Path, "."), 40), "kind": f.label}))
		}
		condition = w.linked(part, part.Column, c, path[1:], false)
	} else {
		condition = w.compare(part, part.Column, c, false, true)
	}
	return fmt.Sprintf("id %s (SELECT owner_id FROM %s WHERE %s%s)", in, f.Table, only, condition)
}

// compare compiles the comparison of one column.
func (w *where) compare(f *Field, column string, c Condition, negated, indexed bool) string {
	plain := column
	expr := column
	if f.textual() {
		expr = f.compared()
	}
	if !indexed {
		plain, expr = storage.NoIndex(plain), storage.NoIndex(expr)
	}
	if c.Op == "empty" {
		return f.isEmpty(plain, expr, negated)
	}
	if f.Type == Link {
		return w.link(f, plain, c, negated)
	}
	var either []string
	for _, literal := range c.Values {
		sql, err := w.one(f, plain, expr, c, literal)
		if err != nil {
			return w.fail(err)
		}
		either = append(either, sql)
	}
	condition := balanced(either, " OR ")
	if !f.nullable() || f.Type == YesNo { // nothing said is no
		if negated {
			return "NOT (" + condition + ")"
		}
		return "(" + condition + ")"
	}
	return maybe(negated, plain, "("+condition+")")
}

func (f *Field) nullable() bool {
	switch f.Type {
	case Number, Money, Instant, YesNo, Link, Date:
		return true
	}
	return false
}

// isEmpty compiles "is empty". The folded column is named beside the field's own
// for its index: it is empty, too, for text that folds to nothing.
func (f *Field) isEmpty(column, key string, negated bool) string {
	switch {
	case f.nullable() && negated:
		return column + " IS NOT NULL"
	case f.nullable():
		return column + " IS NULL"
	case negated:
		return column + " > ''"
	case f.keyed():
		return "(" + key + " = '' AND " + column + " = '')"
	}
	return column + " = ''"
}

// one compiles the comparison with one value.
func (w *where) one(f *Field, plain, expr string, c Condition, v Literal) (string, error) {
	op := c.Op
	if op == "in" {
		op = "="
	}
	wrong := fault.Invalid("where", "filter.wrongValue", fault.Params{"position": v.At, "field": f.label, "type": string(f.Type), "found": Shorten(v.Text, 30)})
	badOp := fault.Invalid("where", "filter.wrongOperator", fault.Params{"position": c.At, "field": f.label, "type": string(f.Type), "operator": c.Op})
	switch f.Type {
	case Text, LongText, Email, Phone, URL:
		if v.Form == "day" || v.Form == "me" {
			return "", wrong
		}
		folded := f.comparedText(w.l.env, v.Text)
		switch op {
		case "~":
			return storage.Contains(expr, w.arg(folded)), nil
		case "^":
			return w.prefix(expr, folded), nil
		}
		return expr + " " + op + " " + w.arg(folded), nil
	case Choice, Country, Language, Currency:
		if op != "=" && op != "^" && op != "~" {
			return "", badOp
		}
		if v.Form == "day" || v.Form == "me" {
			return "", wrong
		}
		switch op {
		case "~":
			return storage.Contains(storage.FoldSQL(plain), w.arg(storage.Fold(v.Text))), nil
		case "^":
			return w.prefix(storage.FoldSQL(plain), storage.Fold(v.Text)), nil
		}
		if decoded, err := f.decodeText(w.l.env, v.Text, ""); err == nil {
			return plain + " = " + w.arg(decoded), nil
		}
		return "", wrong
	case YesNo:
		if op != "=" || v.Form != "yesno" {
			return "", wrong
		}
		return "coalesce(" + plain + ", 0) = " + w.arg(map[string]int64{"true": 1, "false": 0}[v.Text]), nil
	}
	if op == "~" || op == "^" {
		return "", badOp
	}
	switch f.Type {
	case Number:
		n, err := money.ParseScaled(v.Text, f.Digits)
		if v.Form != "number" && v.Form != "text" || err != nil {
			return "", wrong
		}
		return plain + " " + op + " " + w.arg(n), nil
	case Money:
		n, err := money.Parse(v.Text, w.l.env.Currency)
		if v.Form != "number" && v.Form != "text" || err != nil {
			return "", wrong
		}
		// Amounts of other currencies are neither larger nor smaller.
		return fmt.Sprintf("(%s %s %s AND %s = %s)", plain, op, w.arg(n), snake(f.Currency), w.arg(w.l.env.Currency)), nil
	case Date:
		day, err := w.day(v)
		if err != nil {
			return "", wrong
		}
		return plain + " " + op + " " + w.arg(day.Format(time.DateOnly)), nil
	case Instant:
		day, err := w.day(v)
		if err != nil {
			return "", wrong
		}
		return w.instant(plain, op, day), nil
	}
	return "", badOp
}

func (w *where) prefix(expr, text string) string {
	return fmt.Sprintf("(%s >= %s AND %s < %s)", expr, w.arg(text), expr, w.arg(storage.PrefixEnd(text)))
}

// day gives the midnight that a value names, in the workspace's time zone.
func (w *where) day(v Literal) (time.Time, error) {
	var day time.Time
	var err error
	if v.Form == "day" {
		day, err = w.offset(v)
	} else {
		day, err = time.ParseInLocation(time.DateOnly, v.Text, w.l.env.Now.Location())
	}
	if err == nil && (day.Year() < 1 || day.Year() > 9999) { // days are compared as text
		err = strconv.ErrRange
	}
	return day, err
}

// offset counts from today. A month that has no such day ends on its last one.
func (w *where) offset(v Literal) (time.Time, error) {
	y, m, d := w.l.env.Now.Date()
	n, err := strconv.Atoi(v.Text[:len(v.Text)-1])
	if err != nil {
		return time.Time{}, err
	}
	switch v.Text[len(v.Text)-1] {
	case 'w':
		d += 7 * n
	case 'm':
		m += time.Month(n)
		d = min(d, lastDay(y, m))
	case 'y':
		y += n
		d = min(d, lastDay(y, m))
	default:
		d += n
	}
	return time.Date(y, m, d, 0, 0, 0, 0, w.l.env.Now.Location()), nil
}

func lastDay(y int, m time.Month) int { return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// instant compares a moment with a whole day.
func (w *where) instant(column, op string, day time.Time) string {
	start, next := day.UnixMilli(), day.AddDate(0, 0, 1).UnixMilli()
	switch op {
	case "<":
		return column + " < " + w.arg(start)
	case "<=":
		return column + " < " + w.arg(next)
	case ">":
		return column + " >= " + w.arg(next)
	case ">=":
		return column + " >= " + w.arg(start)
	}
	return fmt.Sprintf("(%s >= %s AND %s < %s)", column, w.arg(start), column, w.arg(next))
}

// link compares a link with ids, "me", or the titles of records.
func (w *where) link(f *Field, column string, c Condition, negated bool) string {
	if c.Op != "=" && c.Op != "in" && c.Op != "~" && c.Op != "^" {
		return w.fail(fault.Invalid("where", "filter.wrongOperator", fault.Params{"position": c.At, "field": f.label, "type": string(f.Type), "operator": c.Op}))
	}
	exact := c.Op == "=" || c.Op == "in"
	var either []string
	var titles []Literal
	for _, v := range c.Values {
		id, err := ParseID(v.Text)
		switch {
		case v.Form == "me":
			either = append(either, column+" = "+w.arg(int64(w.l.env.Actor)))
		case exact && err == nil:
			either = append(either, column+" = "+w.arg(int64(id)))
		default:
			titles = append(titles, v)
		}
	}
	for _, target := range f.Targets {
		if len(titles) == 0 {
			break
		}
		k, err := w.l.r.Kind(target)
		if err != nil {
			return w.fail(err)
		}
		title := Condition{Path: []string{k.TitleKey}, Op: c.Op, Values: titles, At: c.At}
		either = append(either, fmt.Sprintf("%s IN (SELECT id FROM %s WHERE %s AND deleted_at IS NULL)", column, k.Table, w.path(k, title, title.Path, false, true)))
	}
	if len(either) == 0 {
		either = []string{"1 = 0"}
	}
	return maybe(negated, column, "("+balanced(either, " OR ")+")")
}
