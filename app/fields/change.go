package fields

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// changed makes what a new or converted definition needs, calls options by their
// new names, and gives the kinds their fields before anybody else writes.
func (f *Fields) changed(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	mine := false
	for _, c := range changes {
		if c.Kind != f.Kind {
			continue
		}
		mine = true
		k, err := f.r.Kind(c.Record.Values.String("kind"))
		if err != nil {
			return err
		}
		switch {
		case c.Op == record.Create, c.Op == record.Update && c.Old.Values["made"] != c.Record.Values["made"]:
			for _, field := range describe(c.Record.ID, c.Record.Values) {
				if err := k.Build(ctx, tx, field); err != nil {
					return err
				}
			}
		case c.Op == record.Update:
			if err := respell(ctx, tx, k, c); err != nil {
				return err
			}
		}
	}
	if !mine {
		return nil
	}
	now, err := f.read(ctx, tx)
	if err != nil {
		return err
	}
	tx.OnCommit(func() { extend(now) })
	return nil
}

// respell follows options that are called something else now.
func respell(ctx context.Context, tx *storage.Tx, k *record.Kind, c record.Change) error {
	field := describe(c.Record.ID, c.Record.Values)[0]
	was := map[int64]string{}
	for _, row := range c.Old.Values.Rows("options") {
		was[row.Int("code")] = row.String("value")
	}
	type rename struct{ from, to string }
	var renames []rename
	for _, row := range c.Record.Values.Rows("options") {
		if old, ok := was[row.Int("code")]; ok && old != row.String("value") {
			renames = append(renames, rename{old, row.String("value")})
		}
	}
	// By way of names that nobody can type, since two options may change places.
	for i, r := range renames {
		if err := k.Respell(ctx, tx, field, r.from, passing(i)); err != nil {
			return err
		}
	}
	for i, r := range renames {
		if err := k.Respell(ctx, tx, field, passing(i), r.to); err != nil {
			return err
		}
	}
	return nil
}

func passing(i int) string { return "\x00" + string(rune('0'+i)) }

// Save makes a definition, or changes one. An option that is left out, but that
// records have, is retired: they keep it and nobody is offered it.
func (f *Fields) Save(ctx context.Context, tx *storage.Tx, d record.Draft) (record.Change, error) {
	if d.ID != 0 {
		now, err := f.Kind.One(ctx, tx, d.ID)
		if err != nil {
			return record.Change{}, err
		}
		if given, ok := d.Values["type"]; ok && given != now.Values["type"] {
			return record.Change{}, fault.Invalid("type", "field.convert", nil)
		}
		if d.Values, err = f.retire(ctx, tx, now, d.Values); err != nil {
			return record.Change{}, err
		}
	}
	return f.save(ctx, tx, d)
}

func (f *Fields) save(ctx context.Context, tx *storage.Tx, d record.Draft) (record.Change, error) {
	changes, err := f.r.Save(ctx, tx, f.Kind, d)
	if err != nil || len(changes) == 0 {
		return record.Change{}, err
	}
	return changes[0], nil
}

func (f *Fields) retire(ctx context.Context, q storage.Queryer, now *record.Record, values map[string]any) (map[string]any, error) {
	given, ok := values["options"].([]any)
	if !ok {
		return values, nil
	}
	k, err := f.r.Kind(now.Values.String("kind"))
	if err != nil {
		return nil, err
	}
	field := describe(now.ID, now.Values)[0]
	for _, row := range now.Values.Rows("options") {
		if slices.ContainsFunc(given, func(g any) bool { return isOption(g, row) }) {
			continue
		}
		n, err := k.Uses(ctx, q, field, row.String("value"))
		if err != nil {
			return nil, err
		}
		if n > 0 {
			given = append(given, map[string]any{"value": row["value"], "code": row["code"], "retired": true})
		}
	}
	values = maps.Clone(values)
	values["options"] = given
	return values, nil
}

// isOption reports whether a row of a draft stands for a stored option: by its
// code, or by its name where it has none.
func isOption(given any, row record.Values) bool {
	g, ok := given.(map[string]any)
	if !ok {
		text, _ := given.(string)
		return storage.Fold(text) == storage.Fold(row.String("value"))
	}
	if code := codeOf(g["code"]); code != 0 {
		return code == row.Int("code")
	}
	text, _ := g["value"].(string)
	return storage.Fold(text) == storage.Fold(row.String("value"))
}

func codeOf(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	case json.Number:
		n, _ := v.Int64()
		return n
	case string:
		n, _ := strconv.ParseInt(v, 10, 64)
		return n
	}
	return 0
}

// maxMisfits is how many values a conversion may leave behind in the history: more
// are a sign that the type is wrong.
const maxMisfits = 1000

// Conversion says what becomes of the values of a field that gets another type.
type Conversion struct {
	Fit     int             `json:"fit" doc:"values that the new type takes"`
	Misfits int             `json:"misfits" doc:"values that it does not take; they are taken out and stay in the history"`
	First   []record.Misfit `json:"first" doc:"some of those"`
}

// Convert gives a field another type. Values that do not fit are taken out of
// their records by a change of its own, so they stay in the history. With dry it
// only says what it would do.
func (f *Fields) Convert(ctx context.Context, d record.Draft, dry bool) (record.Change, Conversion, error) {
	act := record.ActOf(ctx)
	act.Batch = record.NewID(f.db.Now())
	ctx = record.WithAct(ctx, act)
	var change record.Change
	var found Conversion
	if dry {
		var err error
		_, found, _, err = f.plan(ctx, f.db.Reader(), d)
		return change, found, err
	}
	err := f.db.Write(ctx, func(tx *storage.Tx) error {
		plan, conversion, misfits, err := f.plan(ctx, tx, d)
		if err != nil {
			return err
		}
		found = conversion
		change, err = f.convert(ctx, tx, plan, misfits)
		return err
	})
	return change, found, err
}

// plan judges a conversion.
func (f *Fields) plan(ctx context.Context, q storage.Queryer, d record.Draft) (*record.Pending, Conversion, []record.ID, error) {
	found := Conversion{First: []record.Misfit{}}
	now, err := f.Kind.One(ctx, q, d.ID)
	if err != nil {
		return nil, found, nil, err
	}
	values := map[string]any{"default": nil}
	for _, key := range []string{"type", "options", "digits"} {
		if v, ok := d.Values[key]; ok {
			values[key] = v
		}
	}
	values["made"] = now.Values.Int("made") + 1
	d.Values, d.System = values, true
	planned, err := f.r.Plan(ctx, q, f.Kind, d)
	if err != nil {
		return nil, found, nil, err
	}
	p := planned[0]
	if p.Err != nil {
		return nil, found, nil, p.Err
	}
	was, is := record.Type(now.Values.String("type")), record.Type(p.Values.String("type"))
	if was == is || was == record.Link || is == record.Link {
		return nil, found, nil, fault.Invalid("type", "field.noConversion", nil)
	}
	k, err := f.r.Kind(now.Values.String("kind"))
	if err != nil {
		return nil, found, nil, err
	}
	var misfits []record.ID
	found.Fit, err = k.Convert(ctx, f.r.Env(ctx), q, nil, describe(d.ID, now.Values)[0], describe(d.ID, p.Values), func(m record.Misfit) {
		if len(found.First) < 20 {
			found.First = append(found.First, m)
		}
		misfits = append(misfits, m.ID)
	})
	found.Misfits = len(misfits)
	return p, found, misfits, err
}

func (f *Fields) convert(ctx context.Context, tx *storage.Tx, p *record.Pending, misfits []record.ID) (record.Change, error) {
	k, err := f.r.Kind(p.Values.String("kind"))
	if err != nil {
		return record.Change{}, err
	}
	was := describe(p.ID, p.Old.Values)[0]
	switch {
	case len(misfits) > maxMisfits:
		return record.Change{}, fault.Conflict("type", "field.misfits", fault.Params{"count": len(misfits), "max": maxMisfits})
	case len(misfits) > 0 && was.Required:
		return record.Change{}, fault.Conflict("type", "field.misfitsRequired", fault.Params{"count": len(misfits)})
	}
	drafts := make([]record.Draft, len(misfits))
	for i, id := range misfits {
		drafts[i] = record.Draft{ID: id, Values: map[string]any{was.Key: nil}}
	}
	if _, err := f.r.Save(ctx, tx, k, drafts...); err != nil {
		return record.Change{}, err
	}
	changes, err := f.r.Apply(ctx, tx, f.Kind, []*record.Pending{p})
	if err != nil {
		return record.Change{}, err
	}
	_, err = k.Convert(ctx, f.r.Env(ctx), tx, tx, was, describe(p.ID, p.Values), func(record.Misfit) {})
	return changes[0], err
}

// Order puts the fields of a kind into this order, as one change.
func (f *Fields) Order(ctx context.Context, kind string, ids []record.ID) (record.ID, error) {
	act := record.ActOf(ctx)
	act.Batch = record.NewID(f.db.Now())
	ctx = record.WithAct(ctx, act)
	return act.Batch, f.db.Write(ctx, func(tx *storage.Tx) error {
		var drafts []record.Draft
		for i, id := range ids {
			drafts = append(drafts, record.Draft{ID: id, Values: map[string]any{"kind": kind, "place": int64(i)}})
		}
		_, err := f.r.Save(ctx, tx, f.Kind, drafts...)
		return err
	})
}
