package record

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

// begin gives a new record what its fields are without a word of the draft.
func (k *Kind) begin(env Env, p *Pending) error {
	for _, f := range k.All() {
		if f.Default == "" || f.Hidden || p.Given(f.Key) || p.Values[f.Key] != nil {
			continue
		}
		value, err := f.fromText(env, f.Default, cmp.Or(p.Values.String(f.Currency), env.Currency))
		if err != nil {
			return err
		}
		p.Set(f.Key, value)
	}
	return nil
}

// rules are what the fields of a kind ask of every record, found once for many.
type rules struct {
	k       *Kind
	judged  []*Field // lists, amounts, required fields
	mirrors []mirrored
	told    []*Field // all that may change
}

// mirrored is a field that shows a part of the first row of a list.
type mirrored struct{ key, list, part string }

func (k *Kind) rules(unread []*Field) *rules {
	r := &rules{k: k, told: make([]*Field, 0, len(k.All()))}
	for _, f := range k.All() {
		if slices.Contains(unread, f) {
			continue
		}
		list, part, mirrors := f.mirror()
		if mirrors && slices.Contains(unread, k.Field(list)) {
			continue
		}
		r.told = append(r.told, f)
		if f.Type == List || f.Type == Money || f.Required {
			r.judged = append(r.judged, f)
		}
		if mirrors {
			r.mirrors = append(r.mirrors, mirrored{f.Key, list, part})
		}
	}
	return r
}

// settle runs the kind's own rules and the fields' general ones, and finds what
// has changed.
func (r *rules) settle(env Env, p *Pending) error {
	k := r.k
	if p.New() {
		if err := k.begin(env, p); err != nil {
			return err
		}
	}
	if k.Prepare != nil {
		if err := k.Prepare(env, p); err != nil {
			return err
		}
	}
	var errs []error
	for _, f := range r.judged {
		switch f.Type {
		case List:
			errs = append(errs, f.settleRows(p)...)
		case Money:
			if err := k.settleMoney(env, f, p); err != nil {
				errs = append(errs, err)
			}
		}
		if f.Required && p.Values[f.Key] == nil && (!f.Own || p.New() || p.Given(f.Key)) { // records from before may lack an own field
			errs = append(errs, fault.Invalid(f.Key, "record.required", fault.Params{"field": f.label}))
		}
	}
	for _, m := range r.mirrors {
		var value any
		if rows := p.Values.Rows(m.list); len(rows) > 0 {
			value = rows[0][m.part]
		}
		p.Set(m.key, value)
	}
	p.Changed = nil
	for _, f := range r.told {
		if p.New() && p.Values[f.Key] != nil || !p.New() && !same(p.Old.Values[f.Key], p.Values[f.Key]) {
			p.Changed = append(p.Changed, f.Key)
		}
	}
	return errors.Join(errs...)
}

// settleRows leaves out the rows of a list that say nothing.
func (f *Field) settleRows(p *Pending) []error {
	var errs []error
	rows, main := p.Values.Rows(f.Key), f.main()
	if slices.ContainsFunc(rows, f.blank) {
		rows = slices.DeleteFunc(slices.Clone(rows), f.blank)
	}
	for n, row := range rows {
		if main.Required && row[main.Key] == nil {
			errs = append(errs, fault.Invalid(fmt.Sprintf("%s[%d].%s", f.Key, n, main.Key), "record.required", fault.Params{"field": main.label}))
		}
	}
	if len(rows) == 0 {
		delete(p.Values, f.Key)
	} else {
		p.Values[f.Key] = rows
	}
	return errs
}

// settleMoney gives an amount its currency, and an amount whose currency
// changes the digits of the new one.
func (k *Kind) settleMoney(env Env, f *Field, p *Pending) error {
	amount, ok := p.Values[f.Key].(int64)
	if !ok {
		delete(p.Values, f.Currency)
		return nil
	}
	if p.Values.String(f.Currency) == "" {
		p.Values[f.Currency] = env.Currency
	}
	if p.New() || p.Given(f.Key) {
		return nil
	}
	was, now := p.Old.Values.String(f.Currency), p.Values.String(f.Currency)
	if was == now {
		return nil
	}
	converted, err := money.Parse(money.Format(amount, was), now)
	if err != nil {
		return at(err, f.Key)
	}
	p.Values[f.Key] = converted
	return nil
}
