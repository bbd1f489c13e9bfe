package transfer

import (
	"slices"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

// idField is our own id of a record, the column by which an export finds back.
const idField = "id"

// target is where the values of one column go.
type target struct {
	main  string        // kind of the import
	kind  *record.Kind  // whose record takes the value: the main one or a linked one
	via   *record.Field // of a linked record: the link of the main kind that leads there
	title bool          // the cell names the linked record by title or id
	id    bool          // the cell is our own id
	field *record.Field // what the cell holds: a field, a part of a list's rows, or a whole list
	list  *record.Field // of a part: its list
	slot  slot          // of a part: which row
	path  string
}

// slot picks one row of a list: the n-th, or the n-th of a type.
type slot struct {
	option string
	n      int
}

// kindName and fieldName are how a mapping calls the target.
func (t *target) kindName() string {
	if t.title {
		return t.main
	}
	return t.kind.Name
}

func (t *target) fieldName() string {
	if t.title {
		return t.via.Key
	}
	return t.path
}

// links are the kinds that one row can make beside the main one, by name: those
// that a link of the main kind leads to, and only to, and that a name is enough
// to make.
func links(r *record.Registry, main *record.Kind) map[string]*record.Field {
	found := map[string]*record.Field{}
	for i := range main.Fields {
		f := &main.Fields[i]
		if f.Type != record.Link || f.ReadOnly || len(f.Targets) != 1 {
			continue
		}
		if k, err := r.Kind(f.Targets[0]); err == nil && !k.Hidden && found[k.Name] == nil && named(k) {
			found[k.Name] = f
		}
	}
	return found
}

// named reports whether a record of a kind needs nothing but its name.
func named(k *record.Kind) bool {
	return !slices.ContainsFunc(k.All(), func(f *record.Field) bool { return f.Required && f.Key != k.TitleKey })
}

// targetOf finds the target that a mapping names by kind and field path:
//
//	number            a field
//	email             the first e-mail, which the field mirrors
//	emails            all of them in one cell
//	emails.2          the second one
//	phones.mobile     the (first) mobile one
//	addresses.billing.street
func targetOf(r *record.Registry, main *record.Kind, kind, path string) (*target, error) {
	refuse := fault.Invalid("mapping", "transfer.noTarget", fault.Params{"field": record.Shorten(path, 60), "kind": record.Shorten(kind, 40)})
	t := &target{main: main.Name, kind: main, path: path}
	if kind != "" && kind != main.Name {
		t.via = links(r, main)[kind]
		if t.via == nil {
			return nil, refuse
		}
		k, err := r.Kind(kind)
		if err != nil {
			return nil, err
		}
		t.kind = k
	}
	if path == idField {
		t.id = true
		return t, nil
	}
	key, rest, inList := strings.Cut(path, ".")
	f := t.kind.Field(key)
	switch {
	case f == nil || f.ReadOnly:
		return nil, refuse
	case inList:
		if f.Type != record.List || !t.inList(f, rest) {
			return nil, refuse
		}
		return t, nil
	case f.Type == record.Link && t.via == nil && links(r, main)[f.Targets[0]] == f:
		k, err := r.Kind(f.Targets[0])
		if err != nil {
			return nil, err
		}
		t.kind, t.via, t.title, t.field, t.path = k, f, true, k.Field(k.TitleKey), k.TitleKey
		return t, nil
	case f.Mirror != "":
		list, part, _ := strings.Cut(f.Mirror, ".")
		t.list = t.kind.Field(list)
		t.field, t.slot = partOf(t.list, part), slot{n: 1}
		return t, nil
	}
	t.field = f
	return t, nil
}

// inList reads what follows the list's name: the slot and the part.
func (t *target) inList(list *record.Field, rest string) bool {
	name, part, hasPart := strings.Cut(rest, ".")
	if !hasPart {
		part = mainPart(list).Key
	}
	t.list, t.field = list, partOf(list, part)
	if t.field == nil {
		return false
	}
	option := strings.TrimRight(name, "0123456789")
	n := 1
	if digits := name[len(option):]; digits != "" {
		var err error
		if n, err = strconv.Atoi(digits); err != nil || n < 1 || n > maxSlots {
			return false
		}
	}
	t.slot = slot{option, n}
	if option == "" {
		return true
	}
	kinds := partOf(list, "type")
	return kinds != nil && slices.Contains(kinds.Options, option)
}

// maxSlots bounds how many columns one list can take.
const maxSlots = 50

func partOf(list *record.Field, key string) *record.Field {
	for i := range list.Fields {
		if list.Fields[i].Key == key {
			return &list.Fields[i]
		}
	}
	return nil
}

// mainPart is the part of a list's row that matters: value, or else the first
// one that is not its type.
func mainPart(list *record.Field) *record.Field {
	if f := partOf(list, "value"); f != nil {
		return f
	}
	for i := range list.Fields {
		if list.Fields[i].Key != "type" {
			return &list.Fields[i]
		}
	}
	return &list.Fields[0]
}

// whole reports whether the column holds all rows of a list.
func (t *target) whole() bool { return t.field != nil && t.field.Type == record.List }

// readsDates and readsNumbers tell which columns have a reading.
func (t *target) readsDates() bool {
	return t.field != nil && (t.field.Type == record.Date || t.field.Type == record.Instant)
}

func (t *target) readsNumbers() bool {
	return t.field != nil && (t.field.Type == record.Number || t.field.Type == record.Money)
}

// importable are the kinds that a spreadsheet can hold.
func importable(r *record.Registry) []*record.Kind {
	var kinds []*record.Kind
	for _, k := range r.Kinds() {
		if !slices.ContainsFunc(k.All(), func(f *record.Field) bool { return f.Required && f.ReadOnly }) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
