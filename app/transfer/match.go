package transfer

import (
	"context"
	"slices"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// found is the record that an item means.
type found struct {
	rec    *record.Record
	met    *meeting // an earlier row of the file has met or made it
	twin   bool     // it says all that the row says
	fault  *fault.Error
	place  place
	shared []string // titles of others with the same address
}

func (f found) any() bool { return f.rec != nil || f.met != nil }

func (f found) id() record.ID {
	if f.rec != nil {
		return f.rec.ID
	}
	if f.met != nil {
		return f.met.id
	}
	return 0
}

func (f found) title() string {
	if f.rec != nil {
		return f.rec.Title()
	}
	if f.met != nil {
		return f.met.title
	}
	return ""
}

// ask is an item whose record is looked for.
type ask struct {
	item    *item
	planned record.Values
	near    *record.Record // a record that may link to it already
}

func (r *run) matchLines(ctx context.Context, q storage.Queryer, lines []*line) error {
	asks := make([]ask, len(lines))
	for i, l := range lines {
		asks[i] = ask{item: l.item, planned: l.planned}
	}
	answers, err := r.match(ctx, q, r.main, r.keys, r.chosen, asks)
	for i := range answers {
		lines[i].found = answers[i]
	}
	return err
}

// match finds records by one key after the other: the first key that finds one
// decides.
func (r *run) match(ctx context.Context, q storage.Queryer, kind *record.Kind, keys []key, chosen bool, asks []ask) ([]found, error) {
	answers := make([]found, len(asks))
	for _, k := range keys {
		var values []string
		said := make([][]string, len(asks))
		for i, a := range asks {
			if answers[i].any() || answers[i].fault != nil {
				continue
			}
			said[i] = k.said(r.env, a.item, a.planned)
			values = append(values, said[i]...)
		}
		stored, err := lookUp(ctx, q, r.reg, kind, k, values)
		if err != nil {
			return nil, err
		}
		for i, a := range asks {
			if len(said[i]) == 0 {
				continue
			}
			if err := r.choose(ctx, q, &answers[i], a, r.candidates(kind, k, said[i], stored), k, chosen); err != nil {
				return nil, err
			}
		}
	}
	return answers, nil
}

// candidates are the stored records with these values, and in a plan also those
// that earlier rows would have made or changed.
func (r *run) candidates(kind *record.Kind, k key, said []string, stored map[string][]*record.Record) []found {
	var all []found
	for _, v := range said {
		for _, rec := range stored[v] {
			if !slices.ContainsFunc(all, func(f found) bool { return f.rec == rec }) {
				all = append(all, found{rec: rec, met: r.byID[rec.ID]})
			}
		}
		if !r.dry {
			continue
		}
		for _, m := range r.seen[hashOf(kind, k, v)] {
			if !slices.ContainsFunc(all, func(f found) bool { return f.met == m }) {
				all = append(all, found{rec: m.old, met: m})
			}
		}
	}
	return all
}

// choose decides for one of several candidates, or for none.
func (r *run) choose(ctx context.Context, q storage.Queryer, answer *found, a ask, all []found, k key, chosen bool) error {
	if len(all) == 0 {
		return nil
	}
	kind := a.item.kind
	address := k.name == "email" || k.name == "emails"
	personal := kind.Field(kind.TitleKey).Personal
	shared := answer.shared
	if len(all) > 1 || address && personal && !chosen {
		title, err := r.titleOf(ctx, q, a)
		if err != nil {
			return err
		}
		if address && personal && !chosen {
			all = slices.DeleteFunc(all, func(f found) bool {
				if strangers(title, f.title()) {
					shared = append(shared, f.title())
					return true
				}
				return false
			})
		}
		if len(all) > 1 {
			all = narrow(all, title, a.near)
		}
	}
	switch len(all) {
	case 0:
		answer.shared, answer.place = shared, a.item.placeOf(k)
	case 1:
		*answer = all[0]
		answer.shared, answer.place = shared, a.item.placeOf(k)
	default:
		answer.place = a.item.placeOf(k)
		answer.fault = fault.Conflict("", "transfer.manyMatches", fault.Params{"count": len(all), "text": answer.place.value})
	}
	return nil
}

// narrow keeps the candidate that is linked already, or else those of the same
// title.
func narrow(all []found, title string, near *record.Record) []found {
	if near != nil {
		for _, f := range all {
			if f.rec != nil && linksTo(near.Values, f.rec.ID) {
				return []found{f}
			}
		}
	}
	c := compact(title)
	same := slices.DeleteFunc(slices.Clone(all), func(f found) bool { return compact(f.title()) != c })
	if len(same) > 0 {
		return same
	}
	return all
}

func linksTo(values record.Values, id record.ID) bool {
	for key, v := range values {
		if v == id {
			return true
		}
		for _, row := range values.Rows(key) {
			if linksTo(row, id) {
				return true
			}
		}
	}
	return false
}

// titleOf is what the item's record would be called.
func (r *run) titleOf(ctx context.Context, q storage.Queryer, a ask) (string, error) {
	if a.planned == nil {
		for _, ref := range a.item.refs {
			ref.set(0)
		}
		values, _ := a.item.draft(r.env, nil, false)
		plan, err := r.reg.Plan(ctx, q, a.item.kind, record.Draft{Values: r.plain(values)})
		if err != nil {
			return "", err
		}
		a.planned = plan[0].Values
	}
	return a.item.kind.Title(a.planned), nil
}

// placeOf is the cell that filled a key.
func (it *item) placeOf(k key) place {
	for _, part := range k.parts {
		if p, ok := it.from[part]; ok {
			return p
		}
		f := it.kind.Field(part)
		if f == nil {
			continue
		}
		name := part
		if list, ok := strings.CutSuffix(f.Mirror, ".value"); ok {
			name, f = list, it.kind.Field(list)
		}
		if f.Type != record.List {
			continue
		}
		for _, l := range it.lists[name] {
			if p, ok := l.from[mainPart(f).Key]; ok {
				return p
			}
		}
	}
	return place{}
}

// twins finds, for rows that fill no key, records that have all they say: the
// same file a second time changes nothing.
func (r *run) twins(ctx context.Context, q storage.Queryer, lines []*line, links map[uint64]*linked) error {
	title := key{r.main.TitleKey, []string{r.main.TitleKey}}
	var values []string
	var open []*line
	for _, l := range lines {
		if l.found.any() || l.found.fault != nil || l.planned == nil || r.keyed(l) {
			continue
		}
		if met := r.seen[l.item.sum()]; len(met) > 0 {
			l.found = found{met: met[0], twin: true}
			continue
		}
		open = append(open, l)
		values = append(values, title.stored(r.env, r.main, l.planned)...)
	}
	stored, err := lookUp(ctx, q, r.reg, r.main, title, values)
	if err != nil || len(stored) == 0 {
		return err
	}
	for _, l := range open {
		for _, v := range title.stored(r.env, r.main, l.planned) {
			for _, rec := range stored[v] {
				if m := r.byID[rec.ID]; m != nil && m.made || l.found.any() {
					continue // made by this file, from a row that said something else
				}
				if same, err := r.saysNothingNew(ctx, q, l, rec, links); err != nil {
					return err
				} else if same {
					l.found = found{rec: rec, twin: true}
				}
			}
		}
	}
	return nil
}

func (r *run) saysNothingNew(ctx context.Context, q storage.Queryer, l *line, rec *record.Record, links map[uint64]*linked) (bool, error) {
	for _, ref := range l.item.refs {
		o := links[ref.item.hash]
		if o.id == 0 || !o.item.bare() {
			return false, nil
		}
		ref.set(o.id)
	}
	values, _ := l.item.draft(r.env, rec.Values, false)
	plan, err := r.reg.Plan(ctx, q, r.main, record.Draft{ID: rec.ID, Values: values})
	if err != nil {
		return false, err
	}
	return plan[0].Err == nil && len(plan[0].Changed) == 0, nil
}
