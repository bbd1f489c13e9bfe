package history

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// Batch is what was done together, as one entry of the history.
type Batch struct {
	ID         record.ID `json:"id"`
	At         string    `json:"at" doc:"when it began"`
	Actor      Actor     `json:"actor"`
	Source     string    `json:"source,omitempty" doc:"what it is called, such as an imported file"`
	Undoes     record.ID `json:"undoes,omitempty" doc:"the change or batch that it takes back"`
	Count      int       `json:"count" doc:"of all its changes"`
	Parts      []Part    `json:"parts" doc:"what they are, by kind and operation"`
	Changes    []Change  `json:"changes" doc:"the first ones that the filter finds"`
	Undone     bool      `json:"undone"`
	Partly     bool      `json:"partly,omitempty" doc:"some of it is undone"`
	Reversible bool      `json:"reversible" doc:"false if none of it can be undone"`
}

// Part counts changes of one sort.
type Part struct {
	Kind  string    `json:"kind"`
	Op    record.Op `json:"op"`
	Count int       `json:"count"`
}

// Limits of one answer.
const (
	shown     = 3     // changes that an entry shows
	examined  = 2_000 // batches that are looked at in search of those a filter finds
	inBatch   = 2_000 // changes of a batch that are looked at in search of a field's
	remaining = 5_000 // changes of a batch that are looked at for one that is not undone
	small     = 500   // changes of a batch that are counted one by one
)

// Batches reads what was done, newest first, each batch at the moment it began.
// f.Before is the batch before whose beginning to go on; the second answer gives
// it for the next stretch, which may be empty where a filter finds little, and is
// 0 at the end.
func (h *History) Batches(ctx context.Context, q storage.Queryer, f Filter) ([]Batch, record.ID, error) {
	found := []Batch{}
	for looked := 0; ; {
		ids, err := h.candidates(ctx, q, f)
		if err != nil {
			return nil, 0, err
		}
		for _, id := range ids {
			b, ok, err := h.batch(ctx, q, f, id)
			if err != nil {
				return nil, 0, err
			}
			if f.Before = id; !ok {
				continue
			}
			if found = append(found, b); len(found) == f.Limit {
				return found, id, nil
			}
		}
		if len(ids) < f.Limit {
			return found, 0, nil
		}
		if looked += len(ids); looked >= examined {
			return found, f.Before, nil
		}
	}
}

// candidates gives the next f.Limit batches that may have what a filter asks for,
// by the way that leads to the fewest.
func (h *History) candidates(ctx context.Context, q storage.Queryer, f Filter) ([]record.ID, error) {
	w := &where{}
	column, from := "id", "history_batch"
	if f.Record != 0 {
		column, from = "batch_id", "history_change"
		w.add("record_id = $%d", int64(f.Record))
	} else if f.Actor != 0 {
		w.add("actor = $%d", int64(f.Actor))
	}
	if f.Batch != 0 {
		w.add(column+" = $%d", int64(f.Batch))
	}
	if !f.Since.IsZero() {
		w.add(column+" >= $%d", int64(record.FirstID(f.Since.Add(-slack))))
	}
	before := f.Before
	if !f.Until.IsZero() {
		if end := record.FirstID(f.Until.Add(slack)); before == 0 || end < before {
			before = end
		}
	}
	if f.sorted() {
		return h.ofKind(ctx, q, f, before)
	}
	if before != 0 {
		w.add(column+" < $%d", int64(before))
	}
	var ids []record.ID
	err := sqlx.SelectContext(ctx, q, &ids, fmt.Sprintf("SELECT DISTINCT %[1]s FROM %[2]s%[3]s ORDER BY %[1]s DESC LIMIT %[4]d", column, from, w.sql(), f.Limit), w.args...)
	if err != nil {
		return nil, fmt.Errorf("find batches: %w", err)
	}
	return ids, nil
}

// ofKind steps from batch to batch of a kind or an operation: the newest of each
// sort of change is one look into an index, however many changes a batch has.
func (h *History) ofKind(ctx context.Context, q storage.Queryer, f Filter, before record.ID) ([]record.ID, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var first record.ID
	if !f.Since.IsZero() {
		first = record.FirstID(f.Since.Add(-slack))
	}
	var ids []record.ID
	sorts := h.sorts(f)
	newest := make(map[Part]record.ID, len(sorts))
	for len(ids) < f.Limit {
		var next record.ID
		for _, sort := range sorts {
			id, known := newest[sort]
			if !known || id >= before && id != 0 {
				var last *record.ID
				err := sqlx.GetContext(ctx, q, &last, "SELECT max(batch_id) FROM history_change WHERE kind = $1 AND op = $2 AND batch_id < $3", sort.Kind, string(sort.Op), int64(before))
				if err != nil {
					return nil, fmt.Errorf("find batches: %w", err)
				}
				if id = 0; last != nil {
					id = *last
				}
				newest[sort] = id
			}
			next = max(next, id)
		}
		if next == 0 || next < first {
			return ids, nil
		}
		ids, before = append(ids, next), next
	}
	return ids, nil
}

// batch reads one batch, unless nothing in it is what a filter asks for.
func (h *History) batch(ctx context.Context, q storage.Queryer, f Filter, id record.ID) (Batch, bool, error) {
	var head struct {
		At     int64     `db:"at"`
		Actor  record.ID `db:"actor"`
		Name   string    `db:"name"`
		Label  string    `db:"label"`
		Undoes record.ID `db:"undoes"`
	}
	err := sqlx.GetContext(ctx, q, &head, "SELECT b.at, b.actor, coalesce(u.name, '') AS name, b.label, b.undoes FROM history_batch b LEFT JOIN access_user u ON u.id = b.actor WHERE b.id = $1", int64(id))
	if storage.NoRows(err) {
		return Batch{}, false, nil
	}
	if err != nil {
		return Batch{}, false, fmt.Errorf("read batch: %w", err)
	}
	outside := !f.Since.IsZero() && head.At < f.Since.UnixMilli() || !f.Until.IsZero() && head.At >= f.Until.UnixMilli()
	if outside || f.Actor != 0 && f.Actor != head.Actor {
		return Batch{}, false, nil
	}
	b := Batch{ID: id, At: record.InstantText(head.At), Actor: Actor{head.Actor, head.Name}, Source: head.Label, Undoes: head.Undoes, Changes: []Change{}}
	f.Batch, f.Since, f.Until, f.Actor = id, time.Time{}, time.Time{}, 0 // they are the batch's
	few, err := h.first(ctx, q, &b, f)
	if err != nil || len(b.Changes) == 0 {
		return b, false, err
	}
	if err := h.count(ctx, q, &b, few); err != nil {
		return b, false, err
	}
	return b, true, nil
}

// first reads the changes that an entry shows. It gives all changes of the batch
// where they are that few.
func (h *History) first(ctx context.Context, q storage.Queryer, b *Batch, f Filter) ([]row, error) {
	limit := shown + 1
	if f.Field != "" {
		limit = inBatch
	}
	w := f.where()
	var rows []row
	if err := sqlx.SelectContext(ctx, q, &rows, selectChanges+w.sql()+fmt.Sprintf(" ORDER BY c.id LIMIT %d", limit), w.args...); err != nil {
		return nil, fmt.Errorf("read batch: %w", err)
	}
	for _, r := range rows {
		c, err := r.change()
		if err != nil {
			return nil, err
		}
		if f.Field != "" && !c.touches(f.Field) {
			continue
		}
		if len(b.Changes) < shown {
			b.Changes = append(b.Changes, c)
		}
	}
	if err := h.coins(ctx, q, b.Changes); err != nil {
		return nil, err
	}
	whole := f.Record == 0 && f.Kind == "" && f.Op == "" && f.Field == ""
	if whole && len(rows) <= shown {
		return rows, nil
	}
	return nil, nil
}

// count tells how many changes of what sort a batch has, and whether they can be
// undone. few are all of them, if they have been read.
func (h *History) count(ctx context.Context, q storage.Queryer, b *Batch, few []row) error {
	if few == nil {
		if err := h.parts(ctx, q, b); err != nil {
			return fmt.Errorf("count batch: %w", err)
		}
		var rest struct {
			Undone     bool `db:"undone"`
			Partly     bool `db:"partly"`
			Reversible bool `db:"reversible"`
		}
		// An undo begins with the newest: where the oldest are undone, it went through.
		err := sqlx.GetContext(ctx, q, &rest, fmt.Sprintf(`SELECT NOT EXISTS (SELECT 1 FROM (SELECT undone_by FROM history_change WHERE batch_id = $1 ORDER BY id LIMIT %[1]d) AS oldest WHERE undone_by IS NULL) AS undone,
			EXISTS (SELECT 1 FROM (SELECT undone_by FROM history_change WHERE batch_id = $1 ORDER BY id LIMIT %[1]d) AS oldest WHERE undone_by IS NOT NULL)
				OR EXISTS (SELECT 1 FROM (SELECT undone_by FROM history_change WHERE batch_id = $1 ORDER BY id DESC LIMIT 1) AS newest WHERE undone_by IS NOT NULL) AS partly,
			EXISTS (SELECT 1 FROM (SELECT because FROM history_change WHERE batch_id = $1 ORDER BY id LIMIT %[1]d) AS oldest WHERE because IS NULL) AS reversible`, remaining), int64(b.ID))
		if err != nil {
			return fmt.Errorf("count batch: %w", err)
		}
		b.Undone, b.Partly, b.Reversible = rest.Undone, rest.Partly, rest.Reversible
	} else {
		b.Undone = true
		for _, r := range few {
			at := slices.IndexFunc(b.Parts, func(p Part) bool { return p.Kind == r.Kind && p.Op == r.Op })
			if at < 0 {
				at = len(b.Parts)
				b.Parts = append(b.Parts, Part{Kind: r.Kind, Op: r.Op})
			}
			b.Parts[at].Count++
			b.Undone = b.Undone && r.UndoneBy != nil
			b.Partly = b.Partly || r.UndoneBy != nil
			b.Reversible = b.Reversible || r.Because == nil
		}
	}
	b.Partly = b.Partly && !b.Undone
	for _, p := range b.Parts {
		b.Count += p.Count
	}
	return nil
}

// parts counts the changes of a batch. Those of a large one are counted sort by
// sort in an index, without reading them.
func (h *History) parts(ctx context.Context, q storage.Queryer, b *Batch) error {
	var n int
	err := sqlx.GetContext(ctx, q, &n, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM history_change WHERE batch_id = $1 LIMIT %d) AS some", small+1), int64(b.ID))
	if err != nil {
		return err
	}
	if n <= small {
		return sqlx.SelectContext(ctx, q, &b.Parts, "SELECT kind, op, count(*) AS count FROM history_change WHERE batch_id = $1 GROUP BY kind, op ORDER BY count(*) DESC, kind, op", int64(b.ID))
	}
	var last record.ID
	if err := sqlx.GetContext(ctx, q, &last, "SELECT max(id) FROM history_change WHERE batch_id = $1", int64(b.ID)); err != nil {
		return err
	}
	if known, ok := h.counted.get(b.ID, last); ok {
		b.Parts = slices.Clone(known)
		return nil
	}
	for _, sort := range h.sorts(Filter{}) {
		if err := sqlx.GetContext(ctx, q, &sort.Count, "SELECT count(*) FROM history_change WHERE kind = $1 AND op = $2 AND batch_id = $3", sort.Kind, string(sort.Op), int64(b.ID)); err != nil {
			return err
		}
		if sort.Count > 0 {
			b.Parts = append(b.Parts, sort)
		}
	}
	slices.SortStableFunc(b.Parts, func(x, y Part) int { return y.Count - x.Count })
	h.counted.put(b.ID, last, slices.Clone(b.Parts))
	return nil
}

// counted remembers the counts of large batches: they only change while a batch
// grows, which its last change tells.
type counted struct {
	mu    sync.Mutex
	known map[record.ID]countedBatch
}

type countedBatch struct {
	last  record.ID
	parts []Part
}

// remembered bounds how many are.
const remembered = 500

func (c *counted) get(batch, last record.ID) ([]Part, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b, ok := c.known[batch]
	return b.parts, ok && b.last == last
}

func (c *counted) put(batch, last record.ID, parts []Part) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= remembered || c.known == nil {
		c.known = map[record.ID]countedBatch{}
	}
	c.known[batch] = countedBatch{last, parts}
}
