package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kontor/app/record"
	"kontor/storage"
)

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

// read reads changes in the order of their ids, newest first: of each what an undo
// must know.
func (u *undo) read(ctx context.Context, tx *storage.Tx, ids []record.ID) ([]kept, error) {
	changes := make([]kept, 0, len(ids))
	known := map[[2]string][]Field{} // an edit of many says the same of most
	for part := range slices.Chunk(ids, storage.MaxIn) {
		in, args := storage.In(nil, part)
		rows, err := tx.Select(ctx, `SELECT c.id, c.batch_id, b.undoes, c.kind, c.record_id, c.op, c.title, coalesce(c.before, ''), coalesce(c.after, ''), coalesce(c.because, '')
			FROM history_change c JOIN history_batch b ON b.id = c.batch_id WHERE c.id`+in+" ORDER BY c.id DESC", args...)
		if err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
		for rows.Next() {
			var c kept
			var text [2]string
			if err := rows.Scan(&c.ID, &c.Batch, &c.undoes, &c.Kind, &c.Record, &c.Op, &c.Title, &text[0], &text[1], &c.Reason); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			c.Reversible = c.Reason == ""
			fields, ok := known[text]
			if !ok {
				if fields, err = fieldsOf(text[0], text[1]); err != nil {
					return nil, errors.Join(fmt.Errorf("change %s: %w", c.ID, err), rows.Close())
				}
				if len(known) < maxKnown {
					known[text] = fields
				}
			}
			c.Fields = fields
			changes = append(changes, c)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
	}
	return changes, nil
}

// maxKnown is how many texts are remembered while changes are read.
const maxKnown = 100

// fieldsOf pairs what a change kept of before and after, in the order of after.
func fieldsOf(before, after string) ([]Field, error) {
	if after == "" {
		return nil, nil
	}
	was, err := members(before)
	if err != nil {
		return nil, err
	}
	is, err := members(after)
	if err != nil {
		return nil, err
	}
	fields := make([]Field, len(is))
	for i, m := range is {
		fields[i] = Field{Key: m.key, Before: json.RawMessage("null"), After: m.value}
		if at := slices.IndexFunc(was, func(o member) bool { return o.key == m.key }); at >= 0 {
			fields[i].Before = was[at].value
		}
	}
	return fields, nil
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
	only := []string{}
	for _, c := range changes {
		for _, f := range c.Fields {
			if !slices.Contains(only, f.Key) {
				only = append(only, f.Key)
			}
		}
	}
	for i, c := range changes {
		drafts[i] = record.Draft{ID: c.Record, System: true, Only: only, Derive: func(_ record.Env, old *record.Record) (map[string]any, error) {
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
