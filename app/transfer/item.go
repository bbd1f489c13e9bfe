package transfer

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/storage"
)

// place is a cell that a value came from.
type place struct{ column, value string }

// item is what one row says about one record.
type item struct {
	kind   *record.Kind
	row    int       // as Excel shows it
	id     record.ID // our own, if a column gives it
	values map[string]any
	lists  map[string][]*listRow
	whole  map[string][]map[string]any
	from   map[string]place // by field, as faults name it
	refs   []ref
	faults []*problem
	notes  []*problem // what is odd and was taken all the same
	hash   uint64     // of all it says, once it was asked for
}

// listRow is what columns say about one row of a list.
type listRow struct {
	slot  slot
	parts map[string]any
	from  map[string]place
}

// ref is a record that the item links to, found or made by what the row says.
type ref struct {
	item  *item
	field string             // of the link, for faults
	set   func(id record.ID) // 0 takes the link out
}

// problem is something to tell about a cell or row.
type problem struct {
	row   int
	place place
	fault *fault.Error
}

func newItem(k *record.Kind, row int) *item {
	return &item{kind: k, row: row, values: map[string]any{}, lists: map[string][]*listRow{}, whole: map[string][]map[string]any{}, from: map[string]place{}}
}

// empty reports whether no cell said anything.
func (it *item) empty() bool {
	return it.id == 0 && len(it.values) == 0 && len(it.lists) == 0 && len(it.whole) == 0 && len(it.faults) == 0
}

// decode reads a row: the item of the main kind, linked ones among its refs.
func decode(env record.Env, main *record.Kind, columns []*column, row sheet.Row) *item {
	it := newItem(main, row.Number)
	linked := map[string]*item{}
	for _, c := range columns {
		cell := row.At(c.number)
		if cell.Blank() {
			continue
		}
		owner := it
		if c.via != nil {
			if owner = linked[c.via.Key]; owner == nil {
				owner = newItem(c.kind, row.Number)
				linked[c.via.Key] = owner
			}
		}
		at := place{c.head, cell.Text}
		if err := owner.take(env, c, cell, at); err != nil {
			it.faults = append(it.faults, &problem{row.Number, at, fault.Of(err)})
		}
		if owner != it {
			it.notes = append(it.notes, owner.notes...)
			owner.notes = nil
		}
	}
	for i := range main.Fields {
		if other := linked[main.Fields[i].Key]; other != nil && !other.empty() {
			key := main.Fields[i].Key
			it.refs = append(it.refs, ref{other.seal(), key, func(id record.ID) {
				delete(it.values, key)
				if id != 0 {
					it.values[key] = id
				}
			}})
			for _, p := range other.from {
				it.from[key] = p
			}
		}
	}
	return it
}

// sum is what the item says as a number, so that equal ones are known.
func (it *item) sum() uint64 {
	if it.hash == 0 {
		it.seal()
	}
	return it.hash
}

// seal takes the sum of an item that others refer to, before links are set.
func (it *item) seal() *item {
	said := struct {
		Kind   string
		ID     record.ID
		Values map[string]any
		Lists  map[string][]*listRow
		Whole  map[string][]map[string]any
		Refs   []uint64
	}{it.kind.Name, it.id, it.values, it.lists, it.whole, nil}
	said.Refs = it.linkHashes()
	data, err := json.Marshal(said) // sorts keys
	if err != nil {
		data = fmt.Append(nil, it.row)
	}
	it.hash = maphash.Bytes(seed, data)
	return it
}

var seed = maphash.MakeSeed()

// MarshalJSON writes what the row says, not where it stands.
func (l *listRow) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"option": l.slot.option, "n": l.slot.n, "parts": l.parts})
}

// take puts what a cell says where its column goes.
func (it *item) take(env record.Env, c *column, cell sheet.Cell, at place) error {
	if c.field != nil && c.whole() {
		it.takeList(c, textOf(cell), at)
		return nil
	}
	r, err := c.read(env, cell)
	if err != nil {
		return err
	}
	if r.warning != nil {
		it.notes = append(it.notes, &problem{it.row, at, r.warning})
	}
	if len(r.values) == 0 {
		return nil
	}
	switch text, _ := r.values[0].(string); {
	case c.id || c.title:
		id, err := record.ParseID(text)
		switch {
		case err == nil:
			it.id = id
		case c.title:
			it.values[c.path] = text
			it.from[c.path] = at
		}
		return nil
	case c.list != nil:
		it.takePart(c, r.values, at)
		return nil
	}
	it.values[c.field.Key] = r.values[0]
	it.from[c.field.Key] = at
	if r.currency != "" && it.values[c.field.Currency] == nil {
		it.values[c.field.Currency] = r.currency
	}
	return nil
}

// linkHashes tells what the item links to.
func (it *item) linkHashes() []uint64 {
	var all []uint64
	for _, ref := range it.refs {
		all = append(all, ref.item.hash)
	}
	return all
}

// takePart fills a part of a list's row. Several values in one cell, such as two
// addresses, take rows of their own.
func (it *item) takePart(c *column, values []any, at place) {
	key := c.list.Key
	i := slices.IndexFunc(it.lists[key], func(l *listRow) bool { return l.slot == c.slot })
	if i < 0 {
		i = len(it.lists[key])
		it.lists[key] = append(it.lists[key], &listRow{c.slot, map[string]any{}, map[string]place{}})
	}
	l := it.lists[key][i]
	l.parts[c.field.Key], l.from[c.field.Key] = values[0], at
	for _, v := range values[1:] {
		it.lists[key] = append(it.lists[key], &listRow{slot{c.slot.option, 0}, map[string]any{c.field.Key: v}, map[string]place{c.field.Key: at}})
	}
}

// takeList reads all rows of a list. Links in them are records to be found, too.
func (it *item) takeList(c *column, text string, at place) {
	list := c.field
	rows := readList(it.kind, list, text)
	it.whole[list.Key] = rows
	it.from[list.Key] = at
	for i := range list.Fields {
		f := &list.Fields[i]
		if f.Type != record.Link || len(f.Targets) != 1 || c.linked == nil {
			continue
		}
		for _, row := range rows {
			name, _ := row[f.Key].(string)
			if _, err := record.ParseID(name); name == "" || err == nil {
				continue
			}
			other := newItem(c.linked, it.row)
			other.values[c.linked.TitleKey] = name
			other.from[c.linked.TitleKey] = at
			key := f.Key
			it.refs = append(it.refs, ref{other.seal(), list.Key, func(id record.ID) {
				delete(row, key)
				if id != 0 {
					row[key] = id
				}
			}})
		}
	}
}

// draft is what the item changes of a record, or makes of nothing. With fill it
// leaves alone what is not empty. The second result tells which cell each field
// came from, as faults name fields.
func (it *item) draft(env record.Env, old record.Values, fill bool) (map[string]any, map[string]place) {
	values := make(map[string]any, len(it.values)+len(it.lists)+len(it.whole))
	from := it.from
	for key, v := range it.values {
		// Sheets keep moments to the second: one that differs by less is the same.
		if was, ok := old[key].(int64); ok && it.kind.Field(key).Type == record.Instant {
			if now, ok := v.(int64); ok && was/1000 == now/1000 {
				continue
			}
		}
		if !fill || old[key] == nil {
			values[key] = v
		}
	}
	for key, rows := range it.whole {
		if stored := old.Rows(key); !fill || len(stored) == 0 {
			values[key] = keepTypes(env, it.kind.Field(key), rows, stored)
		}
	}
	for key, entries := range it.lists {
		rows, _ := values[key].([]any)
		if values[key] == nil {
			for _, row := range old.Rows(key) {
				rows = append(rows, maps.Clone(map[string]any(row)))
			}
		}
		m := merger{env: env, list: it.kind.Field(key), rows: rows, fill: fill}
		for _, e := range entries {
			i := m.put(e)
			for part, p := range e.from {
				if len(from) == len(it.from) {
					from = maps.Clone(it.from)
				}
				from[fmt.Sprintf("%s[%d].%s", key, i, part)] = p
				from[key] = p
			}
		}
		values[key] = m.rows
	}
	return values, from
}

// keepTypes lets a list written without types keep those that are stored.
func keepTypes(env record.Env, list *record.Field, rows []map[string]any, stored []record.Values) []any {
	all := make([]any, 0, len(rows))
	main := mainPart(list)
	for _, row := range rows {
		row = maps.Clone(row)
		if row["type"] == nil && partOf(list, "type") != nil {
			for _, s := range stored {
				if foldOf(env, main, s[main.Key]) == foldOf(env, main, row[main.Key]) && s["type"] != nil {
					row["type"] = s["type"]
				}
			}
		}
		all = append(all, row)
	}
	return all
}

// merger puts what columns say into the rows of a list.
type merger struct {
	env  record.Env
	list *record.Field
	rows []any
	fill bool
}

// put finds the row that an entry means, or makes it, and gives its place.
func (m *merger) put(e *listRow) int {
	main := mainPart(m.list)
	if value, ok := e.parts[main.Key]; ok && len(e.parts) == 1 {
		// A value that stands in the list already is not written twice.
		for i := range m.rows {
			if row := m.row(i); foldOf(m.env, main, row[main.Key]) == foldOf(m.env, main, value) {
				if row["type"] == nil && e.slot.option != "" {
					row["type"] = e.slot.option
				}
				return i
			}
		}
	}
	i := m.find(e.slot)
	if i < 0 {
		row := map[string]any{}
		if e.slot.option != "" {
			row["type"] = e.slot.option
		}
		m.rows = append(m.rows, row)
		i = len(m.rows) - 1
	}
	for part, v := range e.parts {
		if row := m.row(i); !m.fill || row[part] == nil {
			row[part] = v
		}
	}
	return i
}

func (m *merger) row(i int) map[string]any {
	row, _ := m.rows[i].(map[string]any)
	return row
}

func (m *merger) find(s slot) int {
	n := 0
	for i := range m.rows {
		option, _ := m.row(i)["type"].(string)
		if s.option == "" || option == s.option {
			if n++; n == s.n {
				return i
			}
		}
	}
	return -1
}

// foldOf is a value as values of a field are compared.
func foldOf(env record.Env, f *record.Field, v any) string {
	text, ok := v.(string)
	if !ok {
		if v == nil {
			return ""
		}
		return fmt.Sprint(v)
	}
	if f.Fold != nil {
		return f.Fold(env, text)
	}
	if text = record.Clean(text, false); f.Type == record.Email {
		text = bareAddress(text)
	}
	return storage.Fold(text)
}

// bareAddress takes the address out of "Ada King" <ada@example.com>.
func bareAddress(text string) string {
	if _, rest, ok := strings.Cut(text, "<"); ok {
		text, _, _ = strings.Cut(rest, ">")
	}
	text = strings.TrimPrefix(text, "mailto:")
	text, _, _ = strings.Cut(text, "?")
	return text
}

// texts are the values that the item gives a field or the main part of a list.
func (it *item) texts(key string) []string {
	f := it.kind.Field(key)
	if f == nil {
		return nil
	}
	if f.Mirror != "" {
		key, _, _ = strings.Cut(f.Mirror, ".")
		f = it.kind.Field(key)
	}
	var texts []string
	add := func(v any) {
		if text, ok := v.(string); ok && text != "" {
			texts = append(texts, text)
		}
	}
	if f.Type != record.List {
		add(it.values[key])
		return texts
	}
	main := mainPart(f).Key
	for _, row := range it.whole[key] {
		add(row[main])
	}
	for _, l := range it.lists[key] {
		add(l.parts[main])
	}
	return texts
}
