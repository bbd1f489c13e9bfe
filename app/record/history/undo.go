package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Undone is the outcome of an undo.
type Undone struct {
	Undone    int        `json:"undone" doc:"changes taken back"`
	Effects   []Effect   `json:"effects" doc:"what that means, by kind"`
	Conflicts []Conflict `json:"conflicts"`
	Batch     record.ID  `json:"batch" doc:"undo this to do it again"`
}

// Conflict is a change, or a field of one, that was left alone.
type Conflict struct {
	Change record.ID `json:"change"`
	Kind   string    `json:"kind"`
	Record record.ID `json:"record"`
	Title  string    `json:"title"`
	Field  string    `json:"field,omitempty"`
	Reason string    `json:"reason" doc:"catalogue key"`
	Newer  *Newer    `json:"newer,omitempty" doc:"in a preview: what stands in the way"`

	Message string `json:"message,omitempty" doc:"the rule that refuses, in words"`
	Refused error  `json:"-"`
}

// Why a change is left alone.
const (
	reasonEdited = "rule.editedSince"
	reasonGone   = "rule.gone"
	reasonRefuse = "rule.refused"
)

// Undo takes back a change or a whole batch, newest change first, in short
// transactions under one batch of its own. With dry it only says what it would
// do.
func (h *History) Undo(ctx context.Context, id record.ID, dry bool) (Undone, error) {
	var changes []record.ID
	err := sqlx.SelectContext(ctx, h.db.Reader(), &changes, "SELECT id FROM history_change WHERE (batch_id = $1 OR id = $1) AND undone_by IS NULL ORDER BY id DESC", int64(id))
	if err != nil {
		return Undone{}, fmt.Errorf("find changes: %w", err)
	}
	if len(changes) == 0 {
		var known int
		if err := sqlx.GetContext(ctx, h.db.Reader(), &known, "SELECT count(*) FROM history_change WHERE batch_id = $1 OR id = $1", int64(id)); err != nil {
			return Undone{}, fmt.Errorf("find changes: %w", err)
		}
		if known == 0 {
			return Undone{}, fault.NotFound("rule.noChange", fault.Params{"id": id.String()})
		}
		return Undone{}, fault.Conflict("", "rule.alreadyUndone", nil)
	}
	act := record.ActOf(ctx)
	act.Batch, act.Undoes = record.NewID(h.db.Now()), id
	ctx = record.WithAct(ctx, act)
	u := &undo{h: h, id: id, result: Undone{Effects: []Effect{}, Conflicts: []Conflict{}, Batch: act.Batch}}
	chunk := func(tx *storage.Tx, from, to int) error { return u.stretch(ctx, tx, changes[from:to]) }
	if dry {
		err = h.rehearse(ctx, len(changes), chunk)
	} else {
		err = record.InChunks(ctx, h.db, len(changes), chunk)
	}
	return u.result, err
}

// rehearse runs chunks in transactions that are rolled back.
func (h *History) rehearse(ctx context.Context, n int, chunk func(tx *storage.Tx, from, to int) error) error {
	const size = 100
	back := errors.New("rehearsal")
	for from := 0; from < n; from += size {
		err := h.db.Write(ctx, func(tx *storage.Tx) error {
			if err := chunk(tx, from, min(from+size, n)); err != nil {
				return err
			}
			return back
		})
		if !errors.Is(err, back) {
			return err
		}
	}
	return nil
}

type undo struct {
	h      *History
	id     record.ID
	result Undone
}

// one takes one change back by itself.
func (u *undo) one(ctx context.Context, tx *storage.Tx, k *record.Kind, c kept) error {
	done, err := u.revert(ctx, tx, k, c.Change)
	if err != nil {
		f := fault.Of(err)
		if f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
			return err
		}
		u.conflict(c.Change, f.Field, reasonRefuse) // a rule forbids it by now, such as a number that is taken
		u.result.Conflicts[len(u.result.Conflicts)-1].Refused = f
		return nil
	}
	if !done {
		return nil
	}
	return u.undone(ctx, tx, c)
}

// undone notes that changes have been taken back.
func (u *undo) undone(ctx context.Context, tx *storage.Tx, changes ...kept) error {
	for part := range slices.Chunk(changes, storage.MaxIn) {
		ids := make([]record.ID, len(part))
		for i, c := range part {
			ids[i] = c.ID
		}
		in, args := storage.In([]any{int64(u.result.Batch)}, ids)
		if _, err := tx.Exec(ctx, "UPDATE history_change SET undone_by = ? WHERE id"+in, args...); err != nil {
			return err
		}
	}
	u.result.Undone += len(changes)
	for i := range changes {
		u.result.did(&changes[i].Change)
	}
	for _, c := range changes {
		if err := turn(ctx, tx, c.Record, c.Batch, c.undoes); err != nil {
			return err
		}
	}
	return nil
}

// turn goes down the chain of what an undone batch had undone itself, and what
// that had: the first counts again, the next no longer, and so on.
func turn(ctx context.Context, tx *storage.Tx, of, batch, undoes record.ID) error {
	for again := true; undoes != 0; again = !again {
		var err error
		if again {
			_, err = tx.Exec(ctx, "UPDATE history_change SET undone_by = NULL WHERE record_id = $1 AND undone_by = $2", int64(of), int64(batch))
		} else {
			_, err = tx.Exec(ctx, "UPDATE history_change SET undone_by = $1 WHERE record_id = $2 AND (batch_id = $3 OR id = $3)", int64(batch), int64(of), int64(undoes))
		}
		if err != nil {
			return err
		}
		var next struct {
			ID     record.ID `db:"id"`
			Undoes record.ID `db:"undoes"`
		}
		err = sqlx.GetContext(ctx, tx, &next, "SELECT id, undoes FROM history_batch WHERE id = $1 OR id = (SELECT batch_id FROM history_change WHERE id = $1)", int64(undoes))
		if err != nil {
			return fmt.Errorf("read batch %s: %w", undoes, err)
		}
		batch, undoes = next.ID, next.Undoes
	}
	return nil
}

func (u *undo) conflict(c Change, field, reason string) {
	u.result.Conflicts = append(u.result.Conflicts, Conflict{c.ID, c.Kind, c.Record, c.Title, field, reason, nil, "", nil})
}

func (u *undo) revert(ctx context.Context, tx *storage.Tx, k *record.Kind, c Change) (bool, error) {
	draft := record.Draft{ID: c.Record, System: true}
	var changes []record.Change
	var err error
	switch c.Op {
	case record.Create:
		edited, e := u.editedSince(ctx, tx, c)
		if e != nil || edited {
			if edited {
				u.conflict(c, "", reasonEdited)
			}
			return false, e
		}
		changes, err = u.h.r.Delete(ctx, tx, k, draft)
	case record.Restore:
		changes, err = u.h.r.Delete(ctx, tx, k, draft)
	case record.Delete:
		changes, err = u.h.r.Restore(ctx, tx, k, draft)
	case record.Update:
		return u.update(ctx, tx, k, c, draft)
	}
	if err == nil && len(changes) == 0 {
		u.conflict(c, "", reasonEdited)
	}
	return len(changes) > 0, err
}

// editedSince reports whether somebody worked on a new record after this batch.
func (u *undo) editedSince(ctx context.Context, tx *storage.Tx, c Change) (bool, error) {
	var n int
	err := sqlx.GetContext(ctx, tx, &n, `SELECT count(*) FROM history_change c JOIN history_batch b ON b.id = c.batch_id
		WHERE c.record_id = $1 AND c.id > $2 AND c.batch_id <> $3 AND c.undone_by IS NULL AND b.undoes IS NULL`, int64(c.Record), int64(c.ID), int64(c.Batch))
	return n > 0, err
}

// update gives each field back the value it had, unless it has moved on.
func (u *undo) update(ctx context.Context, tx *storage.Tx, k *record.Kind, c Change, draft record.Draft) (bool, error) {
	now, err := k.One(ctx, tx, c.Record)
	if err != nil {
		return false, err
	}
	if draft.Values = u.before(k, c, now); len(draft.Values) == 0 {
		return false, nil
	}
	changes, err := u.h.r.Save(ctx, tx, k, draft)
	return len(changes) > 0, err
}

// before are the values that a record had before a change, as far as they still
// are what the change made them.
func (u *undo) before(k *record.Kind, c Change, now *record.Record) map[string]any {
	values := map[string]any{}
	for _, f := range c.Fields {
		switch {
		case k.Field(f.Key) == nil:
			u.conflict(c, f.Key, reasonGone)
		case !bytes.Equal(k.Encode(f.Key, now.Values), f.After):
			u.conflict(c, f.Key, reasonEdited)
		default:
			values[f.Key] = quick(f.Before)
		}
	}
	return values
}
