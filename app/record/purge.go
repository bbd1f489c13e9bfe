package record

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// Purge takes a record out of the bin for good: nothing of it is left but the
// note in the history that it was. It cannot be undone.
const Purge Op = "purge"

// Gone are records of one kind that are purged.
type Gone struct {
	Kind    *Kind
	Records []*Record
	Act     Act
	At      int64
}

// Purger is what a module does about records that go for good.
type Purger struct {
	// Stay names a reason to keep a record for ever, nil for none.
	Stay func(ctx context.Context, q storage.Queryer, r *Record) error
	// Gone takes away what the module keeps of them, before their rows go.
	Gone func(ctx context.Context, tx *storage.Tx, g Gone) error
	// After is Gone once the rows are away.
	After func(ctx context.Context, tx *storage.Tx, g Gone) error
}

// OnPurge adds what a module does.
func (f *Feed) OnPurge(p Purger) { f.purgers = append(f.purgers, p) }

// Ref names a record of a kind.
type Ref struct {
	Kind string
	ID   ID
}

// PurgeMany purges records of the bin, a few in each transaction. Those that must
// stay are told with their reason: what is final, what others refer to.
func (r *Registry) PurgeMany(ctx context.Context, db *storage.DB, refs []Ref, tell func(done int)) (Edited, error) {
	ctx = WithAct(ctx, actFor(ctx, db.Now()))
	done := Edited{Batch: ActOf(ctx).Batch}
	b, err := r.lookIntoBin(ctx, db.Reader(), db.Now(), refs)
	if err != nil {
		return done, err
	}
	gone := 0
	for runs := b.runs(refs); len(runs) > 0; {
		var step Edited
		before := runs
		err := db.Write(ctx, func(tx *storage.Tx) error {
			for start := time.Now(); len(runs) > 0 && (len(runs) == len(before) || time.Since(start) < stepTime && !tx.Wanted()); runs = runs[1:] {
				records, err := b.judge(ctx, tx, runs[0], &step)
				if err != nil {
					return err
				}
				if err := b.purge(ctx, tx, records); err != nil {
					return fmt.Errorf("purge %s: %w", runs[0].kind.Name, err)
				}
			}
			return nil
		})
		if err != nil {
			return done, err
		}
		done.add(step)
		gone += step.Changed + step.Unchanged + len(step.Failed) + step.More
		tell(gone)
	}
	return done, nil
}

// TryPurge says what PurgeMany would do.
func (r *Registry) TryPurge(ctx context.Context, q storage.Queryer, refs []Ref, tell func(done int)) (Edited, error) {
	var done Edited
	b, err := r.lookIntoBin(ctx, q, r.Clock(), refs)
	if err != nil {
		return done, err
	}
	for _, run := range b.runs(refs) {
		if _, err := b.judge(ctx, q, run, &done); err != nil {
			return done, err
		}
		tell(done.Changed + done.Unchanged + len(done.Failed) + done.More)
	}
	return done, nil
}

// add counts a step that is saved.
func (e *Edited) add(step Edited) {
	e.Changed += step.Changed
	e.Unchanged += step.Unchanged
	e.More += step.More
	for _, f := range step.Failed {
		if len(e.Failed) == maxFailures {
			e.More++
			continue
		}
		e.Failed = append(e.Failed, f)
	}
}

// purge takes records of one kind away.
func (b *bin) purge(ctx context.Context, tx *storage.Tx, records []*Record) error {
	if len(records) == 0 {
		return nil
	}
	k, feed := records[0].Kind, &b.r.Feed
	g := Gone{Kind: k, Records: records, Act: ActOf(ctx), At: tx.Now}
	for _, p := range feed.purgers {
		if p.Gone != nil {
			if err := p.Gone(ctx, tx, g); err != nil {
				return err
			}
		}
	}
	changes := make([]Change, len(records))
	for i, rec := range records {
		if err := b.unlink(ctx, tx, rec); err != nil {
			return err
		}
		for _, list := range k.shape().lists {
			if _, err := tx.Exec(ctx, "DELETE FROM "+list.Table+" WHERE owner_id = $1", int64(rec.ID)); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "DELETE FROM "+k.Table+" WHERE id = $1 AND deleted_at IS NOT NULL", int64(rec.ID)); err != nil {
			return err
		}
		changes[i] = Change{Kind: k, Record: rec, Op: Purge, Act: g.Act, At: g.At}
	}
	for _, p := range feed.purgers {
		if p.After != nil {
			if err := p.After(ctx, tx, g); err != nil {
				return err
			}
		}
	}
	tx.AfterCommit(func() { feed.tell(changes) })
	return nil
}

// unlink takes a record out of the lists that what comes from outside has, such
// as the links of mails: rules filled them and need no trace of it.
func (b *bin) unlink(ctx context.Context, tx *storage.Tx, rec *Record) error {
	for _, l := range b.outside {
		if !slices.Contains(l.field.Targets, rec.Kind.Name) {
			continue
		}
		if _, err := tx.Exec(ctx, "DELETE FROM "+l.list.Table+" WHERE "+l.field.Column+" = $1", int64(rec.ID)); err != nil {
			return err
		}
	}
	return nil
}

// RestoreMany takes records out of the bin, each for itself, under one batch.
func (r *Registry) RestoreMany(ctx context.Context, db *storage.DB, refs []Ref, tell func(done int)) (Edited, error) {
	ctx = WithAct(ctx, actFor(ctx, db.Now()))
	done := Edited{Batch: ActOf(ctx).Batch}
	err := InChunks(ctx, db, len(refs), func(tx *storage.Tx, from, to int) error {
		var step Edited
		for _, ref := range refs[from:to] {
			if err := r.restore(ctx, tx, ref, &step); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() {
			done.add(step)
			tell(to)
		})
		return nil
	})
	return done, err
}

func (r *Registry) restore(ctx context.Context, tx *storage.Tx, ref Ref, done *Edited) error {
	k, err := r.Kind(ref.Kind)
	if err != nil {
		return err
	}
	changes, err := r.Restore(ctx, tx, k, Draft{ID: ref.ID})
	if err != nil {
		f := fault.Of(err)
		if f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
			return err
		}
		title := ""
		if rec, e := k.One(ctx, tx, ref.ID); e == nil {
			title = rec.Title()
		}
		done.add(Edited{Failed: []Failure{{ID: ref.ID, Title: title, Err: err}}})
		return nil
	}
	if len(changes) == 0 {
		done.Unchanged++
	} else {
		done.Changed++
	}
	return nil
}

// Binned lists records that came into the bin before a moment, of the kinds that
// people see but those that stay there.
func (r *Registry) Binned(ctx context.Context, q storage.Queryer, before time.Time, limit int) ([]Ref, error) {
	var refs []Ref
	for _, k := range r.Kinds() {
		if k.Outside {
			continue
		}
		var ids []ID
		query := fmt.Sprintf("SELECT id FROM %s WHERE deleted_at IS NOT NULL AND deleted_at < $1 ORDER BY deleted_at LIMIT %d", k.Table, limit-len(refs))
		if err := sqlx.SelectContext(ctx, q, &ids, query, before.UnixMilli()); err != nil {
			return nil, fmt.Errorf("look into the bin: %w", err)
		}
		for _, id := range ids {
			refs = append(refs, Ref{k.Name, id})
		}
	}
	return refs, nil
}
