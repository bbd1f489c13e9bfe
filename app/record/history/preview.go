package history

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// explained is how many conflicts are looked into.
const explained = 50

// Newer is what stands in the way of an undo.
type Newer struct {
	Change record.ID `json:"change"`
	At     string    `json:"at"`
	Actor  Actor     `json:"actor"`
	Field  *Field    `json:"field,omitempty"`
}

// Explain adds to the first conflicts of a preview who moved on, when, and how.
func (h *History) Explain(ctx context.Context, q storage.Queryer, conflicts []Conflict) error {
	for i := range conflicts[:min(len(conflicts), explained)] {
		c := &conflicts[i]
		if c.Reason != reasonEdited {
			continue
		}
		newer, err := h.newer(ctx, q, *c)
		if err != nil {
			return err
		}
		c.Newer = newer
	}
	return nil
}

// newer finds the last change that a conflict is about; of a whole record the
// first that came after.
func (h *History) newer(ctx context.Context, q storage.Queryer, c Conflict) (*Newer, error) {
	if c.Field != "" {
		changes, err := h.OfField(ctx, q, c.Record, c.Field, 1)
		if err != nil || len(changes) == 0 || changes[0].ID <= c.Change {
			return nil, err
		}
		last := changes[0]
		return &Newer{last.ID, last.At, last.Actor, &last.Fields[0]}, nil
	}
	var rows []row
	err := sqlx.SelectContext(ctx, q, &rows, selectChanges+" WHERE c.record_id = $1 AND c.id > $2 AND c.undone_by IS NULL ORDER BY c.id LIMIT 1", int64(c.Record), int64(c.Change))
	if err != nil {
		return nil, fmt.Errorf("find newer change: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	first, err := rows[0].change()
	if err != nil {
		return nil, err
	}
	n := &Newer{Change: first.ID, At: first.At, Actor: first.Actor}
	if len(first.Fields) > 0 {
		n.Field = &first.Fields[0]
	}
	return n, nil
}

// Effect counts what an undo does to records of a kind.
type Effect struct {
	Kind  string    `json:"kind"`
	Op    record.Op `json:"op" doc:"update: they get their values back; delete: they go to the bin; restore: they come out of it"`
	Count int       `json:"count"`
}

// back is what an undo does to the record of a change.
func (c *Change) back() record.Op {
	switch c.Op {
	case record.Create, record.Restore:
		return record.Delete
	case record.Delete:
		return record.Restore
	}
	return record.Update
}

// did counts a change that is taken back.
func (u *Undone) did(c *Change) {
	op := c.back()
	for i := range u.Effects {
		if u.Effects[i].Kind == c.Kind && u.Effects[i].Op == op {
			u.Effects[i].Count++
			return
		}
	}
	u.Effects = append(u.Effects, Effect{c.Kind, op, 1})
}
