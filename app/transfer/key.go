package transfer

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/xrash/smetrics"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// key is one way to meet a stored record: a field, a list of which one entry is
// enough, our own id, or several fields together such as name+city.
type key struct {
	name  string
	parts []string
}

func (k key) id() bool       { return k.name == idField }
func (k key) composed() bool { return len(k.parts) > 1 }

// titled reports whether the key needs the record's title, which rules make.
func (k key) titled(kind *record.Kind) bool { return slices.Contains(k.parts, kind.TitleKey) }

// parseKey reads a key of a kind.
func parseKey(kind *record.Kind, name string) (key, error) {
	k := key{name: strings.TrimSpace(name)}
	for part := range strings.SplitSeq(k.name, "+") {
		part = strings.TrimSpace(part)
		if f := kind.Field(part); part != idField && (f == nil || !matchable(f)) || part == idField && part != k.name {
			return k, fault.Invalid("match", "transfer.noKey", fault.Params{"key": record.Shorten(name, 40), "kind": kind.Name})
		}
		k.parts = append(k.parts, part)
	}
	return k, nil
}

// matchable are the fields that a filter finds by text.
func matchable(f *record.Field) bool {
	switch f.Type {
	case record.Text, record.Email, record.Phone, record.URL, record.Country, record.Choice, record.Language:
		return true
	case record.List:
		return len(f.Fields) > 0 && matchable(mainPart(f))
	}
	return false
}

// defaultKeys are those that nobody has to choose: what is meant to name one
// record only. Names and towns are not.
func defaultKeys(kind *record.Kind) []key {
	keys := []key{{idField, []string{idField}}}
	for _, name := range []string{"number", "email"} {
		if f := kind.Field(name); f != nil && matchable(f) {
			keys = append(keys, key{name, []string{name}})
		}
	}
	return keys
}

// linkKeys are those by which a row names the record that it links to: its title
// will do.
func linkKeys(kind *record.Kind) []key {
	return append(defaultKeys(kind), key{kind.TitleKey, []string{kind.TitleKey}})
}

// said gives what the item says for the key, folded; planned are its values as
// the rules make them, needed for titles.
func (k key) said(env record.Env, it *item, planned record.Values) []string {
	if k.id() {
		if it.id == 0 {
			return nil
		}
		return []string{it.id.String()}
	}
	if !k.composed() && (planned == nil || !k.titled(it.kind)) {
		f := it.kind.Field(k.parts[0])
		if f.Type == record.List {
			f = mainPart(f)
		}
		var all []string
		for _, text := range it.texts(k.parts[0]) {
			if folded := foldOf(env, f, text); folded != "" && !slices.Contains(all, folded) {
				all = append(all, folded)
			}
		}
		return all
	}
	if planned == nil {
		return nil
	}
	return k.stored(env, it.kind, planned)
}

// stored gives what a record has for the key, folded.
func (k key) stored(env record.Env, kind *record.Kind, values record.Values) []string {
	if !k.composed() {
		return allOf(env, kind, k.parts[0], values)
	}
	joined := make([]string, 0, len(k.parts))
	for _, part := range k.parts {
		all := allOf(env, kind, part, values)
		if len(all) == 0 {
			return nil
		}
		joined = append(joined, all[0])
	}
	return []string{strings.Join(joined, "\x00")}
}

// allOf folds every value of a field; a field that mirrors a list has all of it.
func allOf(env record.Env, kind *record.Kind, name string, values record.Values) []string {
	f := kind.Field(name)
	if list, ok := strings.CutSuffix(f.Mirror, ".value"); ok {
		f = kind.Field(list)
	}
	var all []string
	add := func(f *record.Field, v any) {
		if folded := foldOf(env, f, v); folded != "" {
			all = append(all, folded)
		}
	}
	if f.Type != record.List {
		add(f, values[f.Key])
		return all
	}
	main := mainPart(f)
	for _, row := range values.Rows(f.Key) {
		add(main, row[main.Key])
	}
	return all
}

// hashOf is a key's value as a number: what is known of all rows at once is kept
// as numbers.
func hashOf(kind *record.Kind, k key, value string) uint64 {
	return maphash.String(seed, kind.Name+"\x00"+k.name+"\x00"+value)
}

// lookUp finds the stored records that have one of the values, by value.
func lookUp(ctx context.Context, q storage.Queryer, r *record.Registry, kind *record.Kind, k key, values []string) (map[string][]*record.Record, error) {
	if len(values) == 0 {
		return nil, nil
	}
	slices.Sort(values)
	values = slices.Compact(values)
	// The first part is looked up; the others are compared with what was found.
	c := record.Condition{Path: conditionPath(kind, k.parts[0]), Op: "in"}
	for _, v := range values {
		first, _, _ := strings.Cut(v, "\x00")
		c.Values = append(c.Values, literal(kind, k.parts[0], first))
	}
	ids, err := r.EachID(ctx, q, kind, record.Query{Where: record.And{c}}, maxFound)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	records, err := kind.Load(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	env := r.Env(ctx)
	found := map[string][]*record.Record{}
	for _, rec := range records {
		if rec.Deleted != 0 {
			continue
		}
		if k.id() {
			found[rec.ID.String()] = append(found[rec.ID.String()], rec)
			continue
		}
		for _, v := range k.stored(env, kind, rec.Values) {
			if list := found[v]; len(list) < maxSame && (len(list) == 0 || list[len(list)-1] != rec) {
				found[v] = append(list, rec)
			}
		}
	}
	return found, nil
}

// Limits of what one stretch of rows looks up.
const (
	maxFound = 20_000
	maxSame  = 50
)

// conditionPath asks a list where a field mirrors one: any entry counts.
func conditionPath(kind *record.Kind, name string) []string {
	if f := kind.Field(name); f != nil {
		if list, ok := strings.CutSuffix(f.Mirror, ".value"); ok {
			return []string{list, "value"}
		}
	}
	return []string{name}
}

// literal is a folded value as a filter takes it, which folds again: of a
// telephone number only its international form folds to itself.
func literal(kind *record.Kind, name, folded string) record.Literal {
	f := kind.Field(name)
	if f != nil && f.Type == record.List {
		f = mainPart(f)
	}
	if f != nil && f.Type == record.Phone {
		folded = "+" + folded
	}
	return record.Literal{Form: "text", Text: folded}
}

// strangers reports whether two people's names have no word in common and are
// not alike: they share an address without being one person.
func strangers(a, b string) bool {
	wa, wb := words(a), words(b)
	if len(wa) == 0 || len(wb) == 0 {
		return false
	}
	for _, w := range wa {
		if slices.Contains(wb, w) {
			return false
		}
	}
	const alike = 0.75
	return smetrics.JaroWinkler(strings.Join(wa, " "), strings.Join(wb, " "), 0.7, 4) < alike
}
