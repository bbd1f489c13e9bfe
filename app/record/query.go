package record

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// Limits of a list.
const (
	DefaultLimit = 50
	MaxLimit     = 1000
	maxSorts     = 4
)

// Query asks for a list of records of one kind.
type Query struct {
	Where  Filter
	Sort   []string // keys, "-key" downwards
	Limit  int
	After  string // cursor of a list's last row: the rows behind it
	Before string // cursor of a list's first row: the rows before it
	Offset int    // a jump of the scroll bar; counts only without a cursor
	Bin    bool   // the deleted ones instead
}

// Page is one stretch of a list.
type Page struct {
	Records  []*Record
	Next     string // cursor, empty at the end
	Previous string // cursor, empty at the start
}

// List reads one stretch: ids first by index, then the records. Rows whose
// first sort field is empty come last in either direction, as in Excel.
func (r *Registry) List(ctx context.Context, q storage.Queryer, k *Kind, query Query) (Page, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return Page{}, err
	}
	ids, err := l.ids(ctx, q)
	if err != nil {
		return Page{}, fmt.Errorf("list %s: %w", k.Name, err)
	}
	more := len(ids) > l.limit
	ids = ids[:min(len(ids), l.limit)]
	if l.backwards {
		slices.Reverse(ids)
	}
	records, err := k.Load(ctx, q, ids...)
	if err != nil {
		return Page{}, err
	}
	page := Page{Records: records}
	if len(records) > 0 {
		if more || l.backwards {
			page.Next = l.cursor(records[len(records)-1])
		}
		if query.After != "" || query.Offset > 0 || l.backwards && more {
			page.Previous = l.cursor(records[0])
		}
	}
	return page, nil
}

// Count counts at most limit+1 records, from the base table alone.
func (r *Registry) Count(ctx context.Context, q storage.Queryer, k *Kind, query Query, limit int) (int, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return 0, err
	}
	w := l.where(anyIndex)
	var n int
	err = sqlx.GetContext(ctx, q, &n, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS found", k.Table, w.sql(), limit+1), w.args...)
	return n, err
}

// EachID gives the ids that a query finds, in no order, at most limit of them:
// what "all of these" means for a bulk change.
func (r *Registry) EachID(ctx context.Context, q storage.Queryer, k *Kind, query Query, limit int) ([]ID, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return nil, err
	}
	w := l.where(anyIndex)
	var ids []ID
	err = sqlx.SelectContext(ctx, q, &ids, fmt.Sprintf("SELECT id FROM %s WHERE %s LIMIT %d", k.Table, w.sql(), limit), w.args...)
	return ids, err
}

// list is a query on its way to SQL.
type list struct {
	r         *Registry
	k         *Kind
	env       Env
	query     Query
	limit     int
	sorts     []sortBy
	backwards bool
	at        *cursor
	bound     *bound
	set       int // the condition whose ids are collected; none below 0
}

type sortBy struct {
	field *Field // nil: the id itself, or created and updated
	key   string
	expr  string
	down  bool
}

// cursor is where a list stands: the sort values of a row and its id.
type cursor struct {
	Blank  bool  `json:"b,omitempty"` // among the rows whose first sort field is empty
	Values []any `json:"v"`
	ID     ID    `json:"i"`
}

func (r *Registry) newList(ctx context.Context, k *Kind, query Query) (*list, error) {
	l := &list{r: r, k: k, env: r.Env(ctx), query: query, limit: query.Limit, backwards: query.Before != "", set: noIndex}
	switch {
	case l.limit == 0:
		l.limit = DefaultLimit
	case l.limit < 0 || l.limit > MaxLimit:
		return nil, fault.Invalid("limit", "record.limit", fault.Params{"max": MaxLimit})
	}
	if query.Offset < 0 {
		return nil, fault.Invalid("offset", "record.offset", nil)
	}
	if len(query.Sort) > maxSorts {
		return nil, fault.Invalid("sort", "record.tooManySorts", fault.Params{"max": maxSorts})
	}
	keys := query.Sort
	if len(keys) == 0 {
		keys = []string{k.SortKey}
	}
	for _, key := range keys {
		s, err := k.sortBy(key)
		if err != nil {
			return nil, err
		}
		l.sorts = append(l.sorts, s)
	}
	if text := query.After + query.Before; text != "" {
		var err error
		if l.at, err = parseCursor(text, len(l.sorts)); err != nil {
			return nil, err
		}
	}
	// A filter is checked even where no row would need it.
	return l, l.where(noIndex).err
}

// times are the columns that every kind has beside its fields. Ids sort by time
// of creation, so that needs no index of its own.
var times = map[string]string{"createdAt": "created_at", "updatedAt": "updated_at", "deletedAt": "deleted_at", "id": "id"}

func (k *Kind) sortBy(text string) (sortBy, error) {
	key, down := strings.CutPrefix(text, "-")
	if column, ok := times[key]; ok {
		if key == "createdAt" {
			key, column = "id", "id"
		}
		return sortBy{key: key, expr: column, down: down}, nil
	}
	f := k.byKey[key]
	if f == nil || f.Type == List || f.Type == LongText && f.Index == NoIndex {
		return sortBy{}, fault.Invalid("sort", "record.noSort", fault.Params{"field": Shorten(key, 40), "kind": k.label()})
	}
	return sortBy{field: f, key: key, expr: f.compared(), down: down}, nil
}

// compared is the expression by which a field is compared and sorted.
func (f *Field) compared() string {
	switch {
	case f.keyed():
		return f.Column + "_key"
	case f.textual():
		return storage.FoldSQL(f.Column)
	}
	return f.Column
}

// comparedText is what compared gives for a text.
func (f *Field) comparedText(env Env, text string) string {
	if f.keyed() {
		return f.fold(env, text)
	}
	return storage.Fold(text)
}

// blank is the condition under which a sort field is empty, and its opposite.
func (s sortBy) blank() (is, not string) {
	switch {
	case s.field == nil:
		return "", ""
	case s.nullable():
		return s.expr + " IS NULL", s.expr + " IS NOT NULL"
	}
	return s.expr + " = ''", s.expr + " > ''"
}

// nullable reports whether an empty value is NULL: every time but the bin's is
// there always.
func (s sortBy) nullable() bool {
	if s.field == nil {
		return s.key == "deletedAt"
	}
	return s.field.nullable()
}

// ids runs the query. The rows that have the first sort field are read, and
// then, if there is room, those without; backwards the other way round.
func (l *list) ids(ctx context.Context, q storage.Queryer) ([]ID, error) {
	way, err := l.plan(ctx, q, fewRows)
	if err != nil {
		return nil, err
	}
	if way == noIndex && l.query.Offset == 0 {
		ids, done, err := l.stroll(ctx, q)
		if err != nil || done {
			return ids, err
		}
		best, err := l.plan(ctx, q, setRows)
		if err != nil {
			return nil, err
		}
		if l.sorts[0].expr == "id" {
			way = best // ids need no row to be sorted
		} else {
			l.set = best
		}
	}
	if way >= 0 {
		for i := range l.sorts {
			l.sorts[i].expr = storage.NoIndex(l.sorts[i].expr)
		}
	}
	offset := l.query.Offset
	if l.at != nil {
		offset = 0
	}
	is, not := l.sorts[0].blank()
	if is == "" {
		return l.stretch(ctx, q, way, "", l.limit+1, offset, l.at)
	}
	first, second := not, is
	if l.backwards {
		first, second = is, not
	}
	var ids []ID
	from := l.at
	if from == nil || from.Blank == (first == is) {
		if ids, err = l.stretch(ctx, q, way, first, l.limit+1, offset, from); err != nil || len(ids) > l.limit {
			return ids, err
		}
		from = nil // the second stretch begins at its start
	}
	switch {
	case len(ids) > 0:
		offset = 0
	case offset > 0:
		skipped, err := l.countWith(ctx, q, first)
		if err != nil {
			return nil, err
		}
		offset -= skipped
	}
	rest, err := l.stretch(ctx, q, way, second, l.limit+1-len(ids), offset, from)
	return append(ids, rest...), err
}

func (l *list) countWith(ctx context.Context, q storage.Queryer, condition string) (int, error) {
	w := l.where(anyIndex)
	w.add(condition)
	var n int
	err := sqlx.GetContext(ctx, q, &n, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", l.k.Table, w.sql()), w.args...)
	return n, err
}

// topLevel lists the conditions that all must hold.
func topLevel(f Filter) []Filter {
	switch f := f.(type) {
	case nil:
		return nil
	case And:
		return f
	}
	return []Filter{f}
}

// stretch reads ids in order from a place on.
func (l *list) stretch(ctx context.Context, q storage.Queryer, way int, condition string, limit, offset int, from *cursor) ([]ID, error) {
	w := l.where(way)
	if w.err != nil {
		return nil, w.err
	}
	if condition != "" {
		w.add(condition)
	}
	if from != nil {
		w.after(l, from)
	}
	if l.bound != nil {
		end := w.arg(l.bound.value)
		w.add(l.bound.condition + end)
		op := strings.TrimPrefix(l.bound.condition, l.sorts[0].expr)
		if len(l.sorts) == 1 { // equal values stand by id
			w.add(fmt.Sprintf("(%s <> %s OR id%s%s)", l.sorts[0].expr, end, op, w.arg(int64(l.bound.id))))
		}
	}
	var order []string
	for _, s := range append(l.sorts[:len(l.sorts):len(l.sorts)], sortBy{expr: "id", down: l.sorts[0].down}) {
		expr := s.expr
		if s.down != l.backwards {
			expr += " DESC"
		}
		order = append(order, expr)
	}
	query := fmt.Sprintf("SELECT id FROM %s WHERE %s ORDER BY %s LIMIT %d", l.k.Table, w.sql(), strings.Join(order, ", "), limit)
	if offset > 0 {
		query += fmt.Sprintf(" OFFSET %d", offset)
	}
	var ids []ID
	err := sqlx.SelectContext(ctx, q, &ids, query, w.args...)
	return ids, err
}

// after adds the keyset condition: rows that come behind the cursor. Whether the
// first sort field is empty is the stretch's own condition; of the others blanks
// are the smallest.
func (w *where) after(l *list, from *cursor) {
	sorts := append(l.sorts[:len(l.sorts):len(l.sorts)], sortBy{expr: "id", down: l.sorts[0].down})
	values := append(from.Values[:len(from.Values):len(from.Values)], int64(from.ID))
	var either []string
	var equal string
	for i, s := range sorts {
		if i == 0 && from.Blank {
			continue
		}
		op := ">"
		if s.down != l.backwards {
			op = "<"
		}
		if values[i] == nil {
			if op == ">" {
				either = append(either, equal+s.expr+" IS NOT NULL")
			}
			equal += s.expr + " IS NULL AND "
			continue
		}
		mark := w.arg(values[i])
		step := s.expr + " " + op + " " + mark
		switch {
		case i == 0:
			w.add(s.expr + " " + op + "= " + mark) // bounds the walk of the index
		case op == "<" && s.nullable():
			step = "(" + step + " OR " + s.expr + " IS NULL)"
		}
		either = append(either, equal+step)
		equal += s.expr + " = " + mark + " AND "
	}
	w.add("(" + strings.Join(either, " OR ") + ")")
}

func (l *list) cursor(r *Record) string {
	c := cursor{ID: r.ID}
	for i, s := range l.sorts {
		var v any
		switch {
		case s.key == "id":
			v = int64(r.ID)
		case s.key == "updatedAt":
			v = r.Updated
		case s.key == "deletedAt":
			if r.Deleted != 0 {
				v = r.Deleted
			}
		case s.field.textual():
			v = s.field.comparedText(l.env, r.Values.String(s.key))
		default:
			v = s.field.appendCells(nil, l.env, r.Values[s.key])[0]
		}
		if i == 0 && (v == nil || v == "") && s.field != nil {
			c.Blank = true
		}
		c.Values = append(c.Values, v)
	}
	data, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

func parseCursor(text string, sorts int) (*cursor, error) {
	refuse := fault.Invalid("after", "record.cursor", nil)
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, refuse
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	var c cursor
	if err := d.Decode(&c); err != nil || len(c.Values) != sorts || c.ID == 0 {
		return nil, refuse
	}
	for i, v := range c.Values {
		switch v := v.(type) {
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return nil, refuse
			}
			c.Values[i] = n
		case string, nil:
		default:
			return nil, refuse
		}
	}
	return &c, nil
}

// CheckFilter says what is wrong with a filter for a kind, without running it.
func (r *Registry) CheckFilter(ctx context.Context, k *Kind, f Filter) error {
	_, err := r.newList(ctx, k, Query{Where: f})
	return err
}
