package fields

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// Choices is the type of a field that holds several of its options.
const Choices record.Type = "choices"

// types are what a field of the user's own can hold.
var types = []record.Type{
	record.Text, record.LongText, record.Number, record.Money, record.Date, record.YesNo, record.Choice, Choices,
	record.Link, record.Email, record.Phone, record.URL,
}

// Limits of definitions.
const (
	maxFields  = 200 // of one kind, the hidden ones too
	maxLabel   = 80
	maxHelp    = 500
	maxOptions = 200
	maxDigits  = 6
	maxKey     = 40
)

// Fields holds the kind.
type Fields struct {
	Kind *record.Kind
	db   *storage.DB
	r    *record.Registry
}

// New registers the kind "field". Load gives the other kinds their fields.
func New(db *storage.DB, r *record.Registry) *Fields {
	f := &Fields{db: db, r: r}
	f.Kind = &record.Kind{
		Name: "field", Module: "field", Table: "fields_field", TitleKey: "label", SortKey: "label", Hidden: true,
		Fields: []record.Field{
			{Key: "label", Type: record.Text, Required: true, Max: maxLabel},
			{Key: "kind", Type: record.Text, Required: true, Max: 40},
			{Key: "key", Type: record.Text, ReadOnly: true, Max: 60},
			{Key: "type", Type: record.Choice, Options: texts(types), Required: true},
			{Key: "group", Type: record.Text, Max: maxLabel, Column: "band"},
			{Key: "place", Type: record.Number},
			{Key: "required", Type: record.YesNo},
			{Key: "default", Type: record.Text, Column: "standard"},
			{Key: "help", Type: record.LongText, Max: maxHelp},
			{Key: "digits", Type: record.Number},
			{Key: "target", Type: record.Text, Max: 40},
			{Key: "hidden", Type: record.YesNo},
			{Key: "made", Type: record.Number, ReadOnly: true},
			{Key: "options", Type: record.List, Table: "fields_option", Max: maxOptions, Fields: []record.Field{
				{Key: "value", Type: record.Text, Required: true, Max: maxLabel},
				{Key: "code", Type: record.Number},
				{Key: "retired", Type: record.YesNo},
			}},
		},
		Prepare: f.prepare,
		Check:   f.check,
		Final: func(p *record.Pending) string {
			if !p.New() && p.Old.Values["type"] != p.Values["type"] {
				return "field.convertBack"
			}
			return ""
		},
	}
	r.Register(f.Kind)
	r.Feed.Listen(f.changed)
	return f
}

func texts(types []record.Type) []string {
	all := make([]string, len(types))
	for i, t := range types {
		all[i] = string(t)
	}
	return all
}

// prepare brings a definition into one form.
func (f *Fields) prepare(env record.Env, p *record.Pending) error {
	v := p.Values
	if !p.New() && (v["kind"] != p.Old.Values["kind"] || v["key"] != p.Old.Values["key"]) {
		return fault.Invalid("kind", "field.fixed", nil)
	}
	k, err := f.r.Kind(v.String("kind"))
	if err != nil || !k.Extensible {
		return fault.Invalid("kind", "field.noKind", fault.Params{"kind": record.Shorten(v.String("kind"), 40)})
	}
	t := record.Type(v.String("type"))
	if t != record.Choice && t != Choices {
		p.Set("options", nil)
	} else if err := options(p); err != nil {
		return err
	}
	if t != record.Number {
		p.Set("digits", nil)
	} else if n := v.Int("digits"); n < 0 || n > maxDigits {
		return fault.Invalid("digits", "field.digits", fault.Params{"max": maxDigits})
	}
	if t != record.Link {
		p.Set("target", nil)
	} else if to, err := f.r.Kind(v.String("target")); err != nil || to.Hidden {
		return fault.Invalid("target", "field.target", nil)
	}
	if p.New() {
		p.Set("made", int64(1))
	}
	return f.standard(env, p)
}

// standard checks the value of new records by the field's own rules.
func (f *Fields) standard(env record.Env, p *record.Pending) error {
	text := p.Values.String("default")
	if text == "" {
		return nil
	}
	if record.Type(p.Values.String("type")) == record.Link {
		return fault.Invalid("default", "field.noDefault", nil)
	}
	for _, field := range describe(p.ID, p.Values) {
		if field.Currency == "" && field.Type == record.Currency {
			continue
		}
		if err := field.Accepts(env, text); err != nil {
			return fault.Of(err).At("default")
		}
	}
	return nil
}

// options gives each option its code, by which it is known under another name.
func options(p *record.Pending) error {
	rows := p.Values.Rows("options")
	if len(rows) == 0 {
		return fault.Invalid("options", "field.options", nil)
	}
	var old []record.Values
	if !p.New() {
		old = p.Old.Values.Rows("options")
	}
	last := int64(0)
	codes, values := map[int64]bool{}, map[string]bool{}
	for _, row := range slices.Concat(old, rows) {
		last = max(last, row.Int("code"))
	}
	kept := make([]record.Values, len(rows))
	for i, row := range rows {
		code, value := row.Int("code"), row.String("value")
		for _, o := range old {
			if code == 0 && storage.Fold(o.String("value")) == storage.Fold(value) {
				code = o.Int("code")
			}
		}
		if code == 0 || codes[code] {
			last++
			code = last
		}
		if values[storage.Fold(value)] {
			return fault.Invalid(fmt.Sprintf("options[%d].value", i), "field.optionTwice", fault.Params{"option": value})
		}
		codes[code], values[storage.Fold(value)] = true, true
		kept[i] = record.Values{"value": value, "code": code}
		if retired, _ := row["retired"].(bool); retired {
			kept[i]["retired"] = true
		}
	}
	p.Values["options"] = kept
	return nil
}

// check keeps labels apart and gives a new field its key and place.
func (f *Fields) check(ctx context.Context, q storage.Queryer, pending []*record.Pending) error {
	for _, p := range pending {
		if p.Err != nil {
			continue
		}
		k, err := f.r.Kind(p.Values.String("kind"))
		if err != nil {
			return err
		}
		if err := f.unlike(p, k); err != nil {
			p.Refuse(err)
			continue
		}
		if !p.New() {
			continue
		}
		if len(k.All())-len(k.Fields) >= maxFields {
			p.Refuse(fault.Conflict("", "field.tooMany", fault.Params{"max": maxFields}))
			continue
		}
		key, err := f.freeKey(ctx, q, k, p.Values.String("label"))
		if err != nil {
			return err
		}
		p.Set("key", key)
		p.Changed = append(p.Changed, "key")
		if p.Values["place"] == nil {
			p.Values["place"] = int64(len(k.All()))
			p.Changed = append(p.Changed, "place")
		}
	}
	return nil
}

// unlike refuses a label that another field has already, in any language.
func (f *Fields) unlike(p *record.Pending, k *record.Kind) error {
	label := storage.Fold(p.Values.String("label"))
	hidden, _ := p.Values["hidden"].(bool)
	for _, other := range k.Shown() {
		if hidden || other.Type == record.Currency || other.Key == p.Values.String("key") {
			continue
		}
		names := []string{other.Label}
		if !other.Own {
			names = nil
			for _, language := range lang.Languages() {
				names = append(names, lang.Text(language, k.Module+".field."+k.Name+"."+other.Key, nil))
			}
		}
		for _, name := range names {
			if storage.Fold(name) == label {
				return fault.Conflict("label", "field.labelTaken", fault.Params{"label": name})
			}
		}
	}
	return nil
}

// freeKey makes a key out of a label.
func (f *Fields) freeKey(ctx context.Context, q storage.Queryer, k *record.Kind, label string) (string, error) {
	var taken []string
	if err := sqlx.SelectContext(ctx, q, &taken, "SELECT key FROM fields_field WHERE kind = $1", k.Name); err != nil {
		return "", fmt.Errorf("keys of fields: %w", err)
	}
	words := strings.FieldsFunc(storage.Fold(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	base := []rune("_" + cmp.Or(strings.Join(words, "_"), "field"))
	stem := string(base[:min(len(base), maxKey)])
	key := stem
	for n := 2; slices.Contains(taken, key); n++ {
		key = fmt.Sprintf("%s_%d", stem, n)
	}
	return key, nil
}

// Load gives every kind the fields that are defined for it.
func (f *Fields) Load(ctx context.Context) error {
	own, err := f.read(ctx, f.db.Reader())
	extend(own)
	return err
}

func extend(own map[*record.Kind][]*record.Field) {
	for k, fields := range own {
		k.Extend(fields)
	}
}

func (f *Fields) read(ctx context.Context, q storage.Queryer) (map[*record.Kind][]*record.Field, error) {
	own := map[*record.Kind][]*record.Field{}
	for _, k := range f.r.All() {
		if !k.Extensible {
			continue
		}
		defined, err := f.Of(ctx, q, k.Name)
		if err != nil {
			return nil, err
		}
		own[k] = nil
		for _, d := range defined {
			own[k] = append(own[k], describe(d.ID, d.Values, d.Deleted != 0)...)
		}
	}
	return own, nil
}

// Of reads the definitions of a kind in their order, also those in the bin.
func (f *Fields) Of(ctx context.Context, q storage.Queryer, kind string) ([]*record.Record, error) {
	var ids []record.ID
	if err := sqlx.SelectContext(ctx, q, &ids, "SELECT id FROM fields_field WHERE kind = $1 ORDER BY place, id", kind); err != nil {
		return nil, fmt.Errorf("definitions of fields: %w", err)
	}
	return f.Kind.Load(ctx, q, ids...)
}

// describe makes the field that a definition means; an amount has a second one
// for its currency.
func describe(id record.ID, v record.Values, gone ...bool) []*record.Field {
	hidden, _ := v["hidden"].(bool)
	required, _ := v["required"].(bool)
	name := fmt.Sprintf("%d_%d", int64(id), v.Int("made"))
	f := record.Field{
		Key: v.String("key"), Type: record.Type(v.String("type")), Group: cmp.Or(v.String("group"), "own"), Required: required, Column: "cf_" + name,
		Label: v.String("label"), Help: v.String("help"), Default: v.String("default"), Hidden: hidden || slices.Contains(gone, true),
		Index: record.Indexed, Find: record.InText,
	}
	var options, retired []string
	for _, row := range v.Rows("options") {
		if out, _ := row["retired"].(bool); out {
			retired = append(retired, row.String("value"))
		} else {
			options = append(options, row.String("value"))
		}
	}
	switch f.Type {
	case record.LongText:
		f.Index = record.NoIndex
	case record.Number:
		f.Digits = int(v.Int("digits"))
	case record.YesNo:
		f.Index, f.Find = record.NoIndex, record.NotFound
	case record.Link:
		f.Find, f.Targets = record.NotFound, []string{v.String("target")}
	case record.Choice:
		f.Options, f.Retired = options, retired
	case Choices:
		f.Type, f.Index, f.Table = record.List, record.NoIndex, "fields_"+name
		f.Fields = []record.Field{{Key: "value", Type: record.Choice, Options: options, Retired: retired, Required: true, Index: record.Indexed}}
	case record.Money:
		f.Currency = f.Key + "_currency"
		currency := record.Field{Key: f.Currency, Type: record.Currency, Group: f.Group, Column: f.Column + "_currency", Label: f.Label, Hidden: f.Hidden}
		return []*record.Field{record.Own(f), record.Own(currency)}
	}
	return []*record.Field{record.Own(f)}
}
