package history

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// undoRows is how many changes are read and marked by one statement.
const undoRows = 200

// kept is a change with what its batch undid itself.
type kept struct {
	Change
	undoes record.ID
}

// stretch takes changes back. Updates of one kind that stand beside each other, of
// a record each, go together; the rest goes one by one.
func (u *undo) stretch(ctx context.Context, tx *storage.Tx, ids []record.ID) error {
	var run []kept
	var kind *record.Kind
	inRun := map[record.ID]bool{}
	flush := func() error {
		err := u.together(ctx, tx, kind, run)
		run = run[:0]
		clear(inRun)
		return err
	}
	changes, err := u.read(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if !c.Reversible {
			u.conflict(c.Change, "", c.Reason)
			continue
		}
		k, err := u.h.r.Kind(c.Kind)
		if err != nil {
			u.conflict(c.Change, "", reasonGone)
			continue
		}
		if len(run) > 0 && (c.Op != record.Update || k != kind || inRun[c.Record]) {
			if err := flush(); err != nil {
				return err
			}
		}
		if c.Op != record.Update {
			if err := u.one(ctx, tx, k, c); err != nil {
				return err
			}
			continue
		}
		kind, run, inRun[c.Record] = k, append(run, c), true
	}
	return flush()
}

// read reads changes in the order of their ids, newest first.
func (u *undo) read(ctx context.Context, tx *storage.Tx, ids []record.ID) ([]kept, error) {
	changes := make([]kept, 0, len(ids))
	for len(ids) > 0 {
		part := ids[:min(undoRows, len(ids))]
		ids = ids[len(part):]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = int64(id)
		}
		var rows []row
		if err := sqlx.SelectContext(ctx, tx, &rows, selectChanges+" WHERE c.id IN ("+storage.Marks(1, len(part))+") ORDER BY c.id DESC", args...); err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
		for _, r := range rows {
			c, err := r.change()
			if err != nil {
				return nil, err
			}
			changes = append(changes, kept{c, r.Undoes})
		}
	}
	return changes, nil
}

// together takes updates of different records back in one go. What the rules
// refuse is tried again by itself after the others: it may have waited for one of
// them, such as a number that two records have exchanged.
func (u *undo) together(ctx context.Context, tx *storage.Tx, k *record.Kind, changes []kept) error {
	if len(changes) == 0 {
		return nil
	}
	if len(changes) == 1 {
		return u.one(ctx, tx, k, changes[0])
	}
	drafts := make([]record.Draft, len(changes))
	for i, c := range changes {
		drafts[i] = record.Draft{ID: c.Record, System: true, Derive: func(_ record.Env, old *record.Record) (map[string]any, error) {
			return u.before(k, c.Change, old), nil
		}}
	}
	plan, err := u.h.r.Plan(ctx, tx, k, drafts...)
	if err != nil {
		return err
	}
	var good []*record.Pending
	var done, alone []kept
	for i, p := range plan {
		switch {
		case p.Err != nil:
			alone = append(alone, changes[i])
		case len(p.Changed) > 0:
			good, done = append(good, p), append(done, changes[i])
		}
	}
	if _, err := u.h.r.Apply(ctx, tx, k, good); err != nil {
		return err
	}
	if err := u.undone(ctx, tx, done...); err != nil {
		return err
	}
	for _, c := range alone {
		// What was found out about its fields will be found again.
		u.result.Conflicts = slices.DeleteFunc(u.result.Conflicts, func(found Conflict) bool { return found.Change == c.ID })
		if err := u.one(ctx, tx, k, c); err != nil {
			return err
		}
	}
	return nil
}
