package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// where gathers the conditions of a query for changes.
type where struct {
	parts []string
	args  []any
}

// add takes a condition with one mark for its value.
func (w *where) add(condition string, value any) {
	w.args = append(w.args, value)
	w.parts = append(w.parts, fmt.Sprintf(condition, len(w.args)))
}

func (w *where) sql() string {
	if len(w.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.parts, " AND ")
}

// slack is how far the moment in an id may be from the moment of the change: a
// long import has one batch, and clocks are set.
const slack = 24 * time.Hour

// longest is how long a batch lasts at most.
const longest = 7 * 24 * time.Hour

// where are the conditions of a filter but for the place in the list. Ids sort by
// time, so a span of days is a span of ids.
func (f Filter) where() *where {
	w := &where{}
	if f.Record != 0 {
		w.add("c.record_id = $%d", int64(f.Record))
	}
	if f.Kind != "" {
		w.add("c.kind = $%d", f.Kind)
	}
	if f.Actor != 0 {
		w.add("c.actor = $%d", int64(f.Actor))
	}
	if f.Batch != 0 {
		w.add("c.batch_id = $%d", int64(f.Batch))
	}
	if f.Op != "" {
		w.add("c.op = $%d", string(f.Op))
	}
	if f.Field != "" { // also where a row of a list has such a part: touches knows better
		w.add("instr(c.after, $%d) > 0", `"`+f.Field+`":`)
	}
	if !f.Since.IsZero() {
		w.add("c.at >= $%d", f.Since.UnixMilli())
		w.add("c.id >= $%d", int64(record.FirstID(f.Since.Add(-slack))))
	}
	if !f.Until.IsZero() {
		w.add("c.at < $%d", f.Until.UnixMilli())
		w.add("c.id < $%d", int64(record.FirstID(f.Until.Add(slack))))
	}
	return w
}

// sorted reports whether the changes are found by their kind and operation.
func (f Filter) sorted() bool {
	return f.Record == 0 && f.Batch == 0 && (f.Kind != "" || f.Op != "")
}

// sorts are the sorts of changes that a filter asks for.
func (h *History) sorts(f Filter) []Part {
	kinds, ops := []string{f.Kind}, []record.Op{f.Op}
	if f.Kind == "" {
		kinds = h.kinds()
	}
	if f.Op == "" {
		ops = Ops
	}
	var sorts []Part
	for _, kind := range kinds {
		for _, op := range ops {
			sorts = append(sorts, Part{Kind: kind, Op: op})
		}
	}
	return sorts
}

// kinds are those that the history can have changes of.
func (h *History) kinds() []string {
	var names []string
	for _, k := range h.r.All() {
		names = append(names, k.Name)
	}
	return names
}

// bySort reads changes of some sorts: each sort has its batches in order, and
// they are merged.
func (h *History) bySort(ctx context.Context, q storage.Queryer, f Filter) ([]row, error) {
	var batch record.ID
	if f.Before != 0 {
		var batches []record.ID
		if err := sqlx.SelectContext(ctx, q, &batches, "SELECT batch_id FROM history_change WHERE id = $1", int64(f.Before)); err != nil {
			return nil, err
		}
		if batch = f.Before; len(batches) > 0 {
			batch = batches[0]
		}
	}
	var all []row
	for _, sort := range h.sorts(f) {
		own := f
		own.Kind, own.Op = sort.Kind, sort.Op
		w := own.where()
		if !f.Until.IsZero() {
			w.add("c.batch_id < $%d", int64(record.FirstID(f.Until.Add(slack))))
		}
		if !f.Since.IsZero() {
			w.add("c.batch_id >= $%d", int64(record.FirstID(f.Since.Add(-longest))))
		}
		if f.Before != 0 {
			w.add("c.batch_id <= $%d", int64(batch))
			w.args = append(w.args, int64(f.Before))
			w.parts = append(w.parts, fmt.Sprintf("(c.batch_id < $%d OR c.id < $%d)", len(w.args)-1, len(w.args)))
		}
		var rows []row
		if err := sqlx.SelectContext(ctx, q, &rows, selectChanges+w.sql()+fmt.Sprintf(" ORDER BY c.batch_id DESC, c.id DESC LIMIT %d", f.Limit), w.args...); err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(b.Batch, a.Batch), cmp.Compare(b.ID, a.ID)) })
	return all[:min(len(all), f.Limit)], nil
}

// touches reports whether a change is of a field.
func (c *Change) touches(key string) bool {
	return slices.ContainsFunc(c.Fields, func(f Field) bool { return f.Key == key })
}

// Ops are the operations that a history can hold.
var Ops = []record.Op{record.Create, record.Update, record.Delete, record.Restore, record.Purge}
