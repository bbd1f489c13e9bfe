package record

import (
	"context"
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
	f, _, err := l.fits(ctx, q)
	if err != nil {
		return 0, err
	}
	var n int
	err = sqlx.GetContext(ctx, q, &n, "SELECT count(*) FROM ("+f.sql("1", limit+1)+") AS found", f.args...)
	return n, err
}

// EachID gives the ids that a query finds, in no order, at most limit of them:
// what "all of these" means for a bulk change.
func (r *Registry) EachID(ctx context.Context, q storage.Queryer, k *Kind, query Query, limit int) ([]ID, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return nil, err
	}
	f, _, err := l.fits(ctx, q)
	if err != nil {
		return nil, err
	}
	var ids []ID
	err = sqlx.SelectContext(ctx, q, &ids, f.sql("id", limit), f.args...)
	return ids, err
}

// Among keeps the ids whose records a filter finds, in no order.
func (r *Registry) Among(ctx context.Context, q storage.Queryer, k *Kind, where Filter, ids []ID) ([]ID, error) {
	l, err := r.newList(ctx, k, Query{Where: where})
	if err != nil {
		return nil, err
	}
	var kept []ID
	for chunk := range slices.Chunk(ids, 500) {
		w := l.where(scan) // what is read is known: by id
		var marks []string
		for _, id := range chunk {
			marks = append(marks, w.arg(int64(id)))
		}
		w.add("id IN (" + strings.Join(marks, ", ") + ")")
		var found []ID
		if err := w.err; err != nil {
			return nil, err
		}
		if err := sqlx.SelectContext(ctx, q, &found, "SELECT id FROM "+k.Table+" WHERE "+w.sql(), w.args...); err != nil {
			return nil, fmt.Errorf("filter %s: %w", k.Name, err)
		}
		kept = append(kept, found...)
	}
	return kept, nil
}

// list is a query on its way to SQL.
type list struct {
	r         *Registry
	k         *Kind
	env       Env
	query     Query
	parts     []Filter // of the filter: all must hold
	limit     int
	offset    int
	sorts     []sortBy
	backwards bool
	at        *cursor
}

type sortBy struct {
	field *Field // nil: the id itself, or created and updated
	key   string
	expr  string
	down  bool
}

func (r *Registry) newList(ctx context.Context, k *Kind, query Query) (*list, error) {
	query.Where = k.renamed(query.Where)
	l := &list{r: r, k: k, env: r.Env(ctx), query: query, limit: query.Limit, offset: query.Offset, backwards: query.Before != "", parts: topLevel(query.Where)}
	switch {
	case l.limit == 0:
		l.limit = DefaultLimit
	case l.limit < 0 || l.limit > MaxLimit:
		return nil, fault.Invalid("limit", "record.limit", fault.Params{"max": MaxLimit})
	}
	if l.offset < 0 {
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
		l.offset = 0
	}
	// A filter is checked even where no row would need it.
	return l, l.where(walk).err
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

// renamed calls lists by their keys where a filter calls them by their aliases.
func (k *Kind) renamed(f Filter) Filter {
	all := func(parts []Filter) []Filter {
		named := make([]Filter, len(parts))
		for i, part := range parts {
			named[i] = k.renamed(part)
		}
		return named
	}
	switch f := f.(type) {
	case And:
		return And(all(f))
	case Or:
		return Or(all(f))
	case Not:
		return Not{k.renamed(f.Filter)}
	case Condition:
		f.Path = k.named(f.Path)
		return f
	}
	return f
}

func (k *Kind) named(path []string) []string {
	for _, list := range k.shape().lists {
		if list.Alias != "" && list.Alias == path[0] && k.Field(path[0]) == nil {
			return append([]string{list.Key}, path[1:]...)
		}
	}
	return path
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
	f := k.Field(key)
	if f == nil || f.Hidden || f.Type == List || f.Type == LongText && f.Index == NoIndex {
		return sortBy{}, fault.Invalid("sort", "record.noSort", fault.Params{"field": Shorten(key, 40), "kind": k.label()})
	}
	return sortBy{field: f, key: key, expr: f.compared(), down: down}, nil
}

// keys are the sorts and, at last, the id: equals stand by age in the direction
// of the first.
func (l *list) keys() []sortBy {
	return append(l.sorts[:len(l.sorts):len(l.sorts)], sortBy{expr: "id", down: l.sorts[0].down})
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

// CheckFilter says what is wrong with a filter for a kind, without running it.
func (r *Registry) CheckFilter(ctx context.Context, k *Kind, f Filter) error {
	_, err := r.newList(ctx, k, Query{Where: f})
	return err
}
