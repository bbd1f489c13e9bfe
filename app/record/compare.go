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
		if w.rough && f.keyed() {
			return expr + " = ''"
		}
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
		folded, asTyped := f.comparedText(w.l.env, v.Text), !f.keyed()
		if op == "~" && f.Type == Phone && f.Fold != nil && !asTyped { // a part has no country, and no zero before it
			folded = strings.TrimLeft(strings.Map(digit, v.Text), "0")
		}
		if folded == "" && v.Text != "" { // such as letters in a telephone number
			folded, expr, asTyped = storage.Fold(v.Text), storage.FoldSQL(plain), true
		}
		switch op {
		case "~":
			if asTyped {
				return storage.FoldedContains(plain, w.arg(folded)), nil
			}
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
			return storage.FoldedContains(plain, w.arg(storage.Fold(v.Text))), nil
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
		if w.rough {
			return plain + " " + op + " " + w.arg(n), nil
		}
		// Amounts of other currencies are neither larger nor smaller.
		return fmt.Sprintf("(%s %s %s AND %s = %s)", plain, op, w.arg(n), f.currency, w.arg(w.l.env.Currency)), nil
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

// digit keeps the digits of a text.
func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
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
