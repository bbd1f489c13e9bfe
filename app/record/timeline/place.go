package timeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// place lets changed records stand where they belong now.
func place(ctx context.Context, tx *storage.Tx, k *record.Kind, changes []record.Change) error {
	subjects, err := k.Subjects(ctx, tx, changes)
	if err == nil {
		err = remain(ctx, tx, k, changes, subjects)
	}
	if err != nil {
		return fmt.Errorf("subjects of %s: %w", k.Name, err)
	}
	var rows []any
	for i, c := range changes {
		if c.Op != record.Create {
			if _, err := tx.Exec(ctx, "DELETE FROM timeline_entry WHERE ref_id = $1", int64(c.Record.ID)); err != nil {
				return fmt.Errorf("keep timeline: %w", err)
			}
		}
		if c.Op == record.Delete {
			continue
		}
		at := c.Record.Created
		if k.When != nil {
			at = k.When(c.Record)
		}
		slices.Sort(subjects[i])
		for _, subject := range slices.Compact(subjects[i]) {
			rows = append(rows, int64(subject), at, int64(c.Record.ID), k.Name)
		}
	}
	return tx.Insert(ctx, "timeline_entry", []string{"subject_id", "at", "ref_id", "kind"}, rows)
}

// remain adds to the subjects of edited records those on whose timelines they
// stand for a reason that is gone, such as a role that was taken out of a person:
// history stays where it belonged. It is decided anew by an edit that takes one
// of the subjects away.
func remain(ctx context.Context, tx *storage.Tx, k *record.Kind, changes []record.Change, subjects [][]record.ID) error {
	var before []record.Change
	var places []int
	for i, c := range changes {
		if c.Op == record.Update {
			c.Record = c.Old
			before, places = append(before, c), append(places, i)
		}
	}
	if len(before) == 0 {
		return nil
	}
	were, err := k.Subjects(ctx, tx, before)
	if err != nil {
		return err
	}
	for n, i := range places {
		if slices.ContainsFunc(were[n], func(id record.ID) bool { return !slices.Contains(subjects[i], id) }) {
			continue
		}
		var stands []record.ID
		if err := sqlx.SelectContext(ctx, tx, &stands, "SELECT subject_id FROM timeline_entry WHERE ref_id = $1", int64(changes[i].Record.ID)); err != nil {
			return err
		}
		subjects[i] = append(subjects[i], stands...)
	}
	return nil
}

// move lets what stands on one timeline stand on another one, too: in one
// statement, since it may be the mails of years.
func move(ctx context.Context, tx *storage.Tx, k *record.Kind, m record.Move) error {
	if m.Back {
		return back(ctx, tx, k, m)
	}
	_, err := tx.Exec(ctx, `INSERT INTO timeline_entry (subject_id, at, ref_id, kind)
		SELECT $1, at, ref_id, kind FROM timeline_entry WHERE subject_id = $2 AND at >= $3 AND at < $4 AND kind = $5
		ON CONFLICT (subject_id, at, ref_id) DO NOTHING`, int64(m.To), int64(m.From), m.Since, m.Until, k.Name)
	return err
}

// reread is how many records are looked at together: mails may be long.
const reread = 200

// back takes off a timeline what stands there only by the move.
func back(ctx context.Context, tx *storage.Tx, k *record.Kind, m record.Move) error {
	var moved []record.ID
	err := sqlx.SelectContext(ctx, tx, &moved, `SELECT f.ref_id FROM timeline_entry f JOIN timeline_entry t ON t.subject_id = $1 AND t.at = f.at AND t.ref_id = f.ref_id
		WHERE f.subject_id = $2 AND f.at >= $3 AND f.at < $4 AND f.kind = $5`, int64(m.To), int64(m.From), m.Since, m.Until, k.Name)
	if err != nil {
		return err
	}
	for ids := range slices.Chunk(moved, reread) {
		records, err := k.Load(ctx, tx, ids...)
		if err != nil {
			return err
		}
		changes := make([]record.Change, len(records))
		for i, rec := range records {
			changes[i] = record.Change{Kind: k, Record: rec}
		}
		subjects, err := k.Subjects(ctx, tx, changes)
		if err != nil {
			return err
		}
		for i, rec := range records {
			if slices.Contains(subjects[i], m.To) {
				continue
			}
			if _, err := tx.Exec(ctx, "DELETE FROM timeline_entry WHERE subject_id = $1 AND ref_id = $2", int64(m.To), int64(rec.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}
