package views

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Views holds the kind.
type Views struct {
	Kind *record.Kind
	db   *storage.DB
	r    *record.Registry
}

// View is a view as people see it.
type View struct {
	ID      record.ID `json:"id"`
	Version int64     `json:"version"`
	Name    string    `json:"name"`
	Kind    string    `json:"kind" doc:"of the records in the list"`
	Shared  bool      `json:"shared" doc:"everybody sees and changes it"`
	State   string    `json:"state" doc:"search parameters of the list, as in its address"`
	place   int64
}

// Change says what is to be different; nil leaves a part as it is.
type Change struct {
	Name   *string `json:"name,omitempty"`
	Shared *bool   `json:"shared,omitempty"`
	State  *string `json:"state,omitempty"`
}

// Limits of views.
const (
	maxName  = 80
	maxState = 8000
	maxViews = 200 // of one list
)

// New registers views.
func New(db *storage.DB, r *record.Registry) *Views {
	v := &Views{db: db, r: r, Kind: &record.Kind{
		Name: "view", Module: "view", Table: "views_view", TitleKey: "name", SortKey: "name", Hidden: true,
		Fields: []record.Field{
			{Key: "name", Type: record.Text, Required: true, Max: maxName, Index: record.Indexed},
			{Key: "kind", Type: record.Text, Required: true, Max: 40},
			{Key: "owner", Type: record.Link, Targets: []string{"user"}, Column: "owner_id"},
			{Key: "place", Type: record.Number},
			{Key: "state", Type: record.LongText, Max: maxState},
		},
		Prepare: prepare,
	}}
	r.Register(v.Kind)
	return v
}

// prepare refuses a state that is no search of an address: it would be opened as
// one.
func prepare(_ record.Env, p *record.Pending) error {
	state := strings.TrimPrefix(p.Values.String("state"), "?")
	if _, err := url.ParseQuery(state); err != nil {
		return fault.Invalid("state", "view.state", nil)
	}
	p.Set("state", state)
	return nil
}

// Of lists the views of a list that the acting user sees, in their order.
func (v *Views) Of(ctx context.Context, q storage.Queryer, kind string) ([]View, error) {
	var ids []record.ID
	query, args := "SELECT id FROM views_view WHERE deleted_at IS NULL AND (owner_id IS NULL OR owner_id = $1)", []any{int64(record.ActOf(ctx).Actor)}
	if kind != "" {
		query, args = query+" AND kind = $2", append(args, kind)
	}
	if err := sqlx.SelectContext(ctx, q, &ids, query, args...); err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	records, err := v.Kind.Load(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	all := make([]View, len(records))
	for i, rec := range records {
		all[i] = view(rec)
	}
	slices.SortFunc(all, func(a, b View) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), cmp.Compare(a.place, b.place), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

func view(rec *record.Record) View {
	return View{rec.ID, rec.Version, rec.Title(), rec.Values.String("kind"), rec.Values.ID("owner") == 0, rec.Values.String("state"), rec.Values.Int("place")}
}

// One gives a view that the acting user may see, and says of a deleted one and of
// somebody else's that they are that.
func (v *Views) One(ctx context.Context, q storage.Queryer, id record.ID) (View, error) {
	rec, err := v.stored(ctx, q, id)
	if err != nil {
		return View{}, err
	}
	return view(rec), nil
}

func (v *Views) stored(ctx context.Context, q storage.Queryer, id record.ID) (*record.Record, error) {
	rec, err := v.Kind.One(ctx, q, id)
	switch {
	case err != nil:
		return nil, fault.NotFound("view.gone", nil)
	case rec.Deleted != 0:
		return nil, fault.NotFound("view.deleted", fault.Params{"name": rec.Title()})
	case rec.Values.ID("owner") != 0 && rec.Values.ID("owner") != record.ActOf(ctx).Actor:
		return nil, fault.New(fault.CodeForbidden, "view.foreign", nil)
	}
	return rec, nil
}

// Make saves a new view behind the others of its list.
func (v *Views) Make(ctx context.Context, kind, name, state string, shared bool) (View, record.ID, error) {
	if _, err := v.r.Kind(kind); err != nil {
		return View{}, 0, err
	}
	values := map[string]any{"name": name, "kind": kind, "state": state}
	if !shared {
		values["owner"] = record.ActOf(ctx).Actor
	}
	return v.write(ctx, func(tx *storage.Tx) ([]record.Change, error) {
		there, err := v.Of(ctx, tx, kind)
		if err != nil {
			return nil, err
		}
		if len(there) >= maxViews {
			return nil, fault.Invalid("name", "view.tooMany", fault.Params{"max": maxViews})
		}
		values["place"] = int64(1)
		if len(there) > 0 {
			values["place"] = there[len(there)-1].place + 1
		}
		return v.r.Save(ctx, tx, v.Kind, record.Draft{Values: values})
	})
}

// Change renames, shares or redefines a view.
func (v *Views) Change(ctx context.Context, id record.ID, version int64, c Change) (View, record.ID, error) {
	values := map[string]any{}
	if c.Name != nil {
		values["name"] = *c.Name
	}
	if c.State != nil {
		values["state"] = *c.State
	}
	if c.Shared != nil {
		values["owner"] = any(nil)
		if !*c.Shared {
			values["owner"] = record.ActOf(ctx).Actor
		}
	}
	return v.write(ctx, func(tx *storage.Tx) ([]record.Change, error) {
		if _, err := v.stored(ctx, tx, id); err != nil {
			return nil, err
		}
		return v.r.Save(ctx, tx, v.Kind, record.Draft{ID: id, Version: version, Values: values})
	}, id)
}

// Delete puts a view into the bin.
func (v *Views) Delete(ctx context.Context, id record.ID) (View, record.ID, error) {
	return v.write(ctx, func(tx *storage.Tx) ([]record.Change, error) {
		if _, err := v.stored(ctx, tx, id); err != nil {
			return nil, err
		}
		return v.r.Delete(ctx, tx, v.Kind, record.Draft{ID: id})
	}, id)
}

// Move puts a view some places further to the back, or to the front.
func (v *Views) Move(ctx context.Context, id record.ID, by int) (View, record.ID, error) {
	return v.write(ctx, func(tx *storage.Tx) ([]record.Change, error) {
		rec, err := v.stored(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		all, err := v.Of(ctx, tx, rec.Values.String("kind"))
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(all, func(w View) bool { return w.ID == id })
		moved := all[at]
		all = slices.Delete(all, at, at+1)
		all = slices.Insert(all, min(max(at+by, 0), len(all)), moved)
		drafts := make([]record.Draft, len(all))
		for i, w := range all {
			drafts[i] = record.Draft{ID: w.ID, Values: map[string]any{"place": int64(i + 1)}}
		}
		return v.r.Save(ctx, tx, v.Kind, drafts...)
	}, id)
}

// write saves and gives the view as it then is, with the batch to undo.
func (v *Views) write(ctx context.Context, do func(tx *storage.Tx) ([]record.Change, error), id ...record.ID) (View, record.ID, error) {
	var saved View
	var batch record.ID
	err := v.db.Write(ctx, func(tx *storage.Tx) error {
		changes, err := do(tx)
		if err != nil {
			return err
		}
		if len(changes) > 0 {
			batch = changes[0].Act.Batch
			if len(id) == 0 {
				id = []record.ID{changes[0].Record.ID}
			}
		}
		rec, err := v.Kind.One(ctx, tx, id[0])
		if err == nil {
			saved = view(rec)
		}
		return err
	})
	return saved, batch, err
}
