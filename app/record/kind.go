package record

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"kontor/app/kit/lang"
	"kontor/storage"
)

// Type says what a field holds, and with it its column, its JSON and its rules.
type Type string

// The types. In brackets: the value in Go, the value in JSON.
const (
	Text     Type = "text"     // (string, text) one line
	LongText Type = "longtext" // (string, text) several lines
	Email    Type = "email"    // (string, text)
	Phone    Type = "phone"    // (string, text) as typed
	URL      Type = "url"      // (string, text)
	Number   Type = "number"   // (int64 scaled by Digits, decimal text)
	Money    Type = "money"    // (int64 minor units of the field Currency, decimal text)
	Currency Type = "currency" // (string, ISO 4217)
	Date     Type = "date"     // (string, YYYY-MM-DD)
	Instant  Type = "instant"  // (int64 ms since 1970, RFC 3339 in UTC)
	YesNo    Type = "yesno"    // (bool, bool)
	Choice   Type = "choice"   // (string, text) one of Options
	Country  Type = "country"  // (string, ISO 3166 alpha-2)
	Language Type = "language" // (string, BCP 47)
	Link     Type = "link"     // (ID, id text) to a record of one of Targets
	List     Type = "list"     // ([]Values, array of objects) rows of a table of their own
)

// Index says how a field is found by lists; the migration has the index.
type Index int

// The ways.
const (
	NoIndex Index = iota
	Indexed       // sorts and filters use an index; text has a folded column <column>_key
)

// Find says in which full-text index the words of a field stand.
type Find int

// The ways.
const (
	NotFound Find = iota
	InName        // names, numbers, addresses: asked first
	InText        // bodies
)

// Field describes one field of a kind: the only list of fields there is.
type Field struct {
	Key      string   `json:"key"`
	Type     Type     `json:"type"`
	Group    string   `json:"group,omitempty"`
	Required bool     `json:"required,omitempty"`
	ReadOnly bool     `json:"readOnly,omitempty"` // filled by the rules
	Personal bool     `json:"personal,omitempty"` // data about a natural person
	Options  []string `json:"options,omitempty"`
	Targets  []string `json:"targets,omitempty"`
	Max      int      `json:"max,omitempty"`      // characters; 0 is the type's own limit
	Digits   int      `json:"digits,omitempty"`   // of a number behind the point
	Currency string   `json:"currency,omitempty"` // key of the field with the currency of an amount or a unit price
	Mirror   string   `json:"mirror,omitempty"`   // "emails.value": the first row of that list
	Fields   []Field  `json:"fields,omitempty"`   // of a list's rows
	Sortable bool     `json:"sortable,omitempty"`

	// A user's own field, of which they say what a catalogue says of the others.
	Own     bool   `json:"own,omitempty"`
	Label   string `json:"label,omitempty"`
	Help    string `json:"help,omitempty"`
	Default string `json:"default,omitempty"` // as text, of a new record that says nothing
	// Hidden fields keep their values, which nobody sees or asks for.
	Hidden bool `json:"-"`
	// Retired are options that records still have and nobody is offered.
	Retired []string `json:"retired,omitempty"`

	Alias string `json:"alias,omitempty"` // of a list: what filters call one of its rows
	Marks bool   `json:"marks,omitempty"` // text with the marks that Plain takes out

	spelt    bool      // values that are the same are written the same
	mirrors  []string  // of a list: the fields that mirror it
	label    lang.Name // what people call it
	currency string    // column of the field Currency

	Column string `json:"-"` // by default the key in snake case
	Table  string `json:"-"` // of a list
	Index  Index  `json:"-"`
	Find   Find   `json:"-"`
	// Fold gives the text by which values are compared, for fields whose type
	// has its own idea of sameness; storage.Fold otherwise.
	Fold func(env Env, text string) string `json:"-"`
}

// Kind describes one kind of record.
type Kind struct {
	Name     string   `json:"name"`
	Module   string   `json:"module"`
	TitleKey string   `json:"title"`
	Subtitle string   `json:"subtitle,omitempty"`
	Columns  []string `json:"list"`   // what a list shows at first
	SortKey  string   `json:"sort"`   // how a list is sorted at first
	Hidden   bool     `json:"-"`      // not for lists: settings
	Outside  bool     `json:"-"`      // comes from outside, as mails do: news also to who fetched it
	Fields   []Field  `json:"fields"` // that Kontor comes with; All gives the user's own as well
	// Extensible kinds take fields of the user's own.
	Extensible bool `json:"extensible,omitempty"`

	Table string `json:"-"`
	// Prepare derives and checks values; pure.
	Prepare func(env Env, p *Pending) error `json:"-"`
	// Check holds the rules that need the database, such as unique numbers. It
	// joins what it finds to each Pending's Err.
	Check func(ctx context.Context, q storage.Queryer, pending []*Pending) error `json:"-"`
	// Subjects names the records on whose timeline a record of this kind stands.
	Subjects func(ctx context.Context, q storage.Queryer, changes []Change) ([][]ID, error) `json:"-"`
	// Moves says what a change of another record does to where records of this
	// kind stand, such as notes about a person who gets a role in a company; pure.
	Moves func(env Env, c Change) []Move `json:"-"`
	// Final says why the change that a Pending makes must never be undone, as a
	// catalogue key; empty for all others.
	Final func(p *Pending) string `json:"-"`
	// Keep refuses to put a record into the bin, such as an issued document.
	Keep func(r *Record) error `json:"-"`
	// Looks are the lists that these rules read, beside those that a draft names;
	// nil where that is not known. An edit of many records leaves the others unread.
	Looks []string `json:"-"`
	// When gives the moment at which a record stands in the timeline.
	When func(r *Record) int64 `json:"-"`

	now atomic.Pointer[shape]
}

// shape is what the fields of a kind are at one moment. Users add fields of
// their own while others read, so it is never changed, only replaced.
type shape struct {
	all    []*Field
	byKey  map[string]*Field
	stored []*Field // fields with a column in Table
	lists  []*Field
}

// Move lets what stands on the timeline of one record stand on that of another
// one as well.
type Move struct {
	From, To ID
	// Since and Until bound the moments of what moves, in milliseconds since
	// 1970; Until is the first that is out.
	Since, Until int64
	// Back takes an earlier move back. What stands there for another reason stays.
	Back bool
}

// Env is what pure rules may know of the world.
type Env struct {
	Now      time.Time // in the workspace's time zone
	Actor    ID
	Currency string
	Country  string
	Language string
}

// Today is the workspace's day.
func (e Env) Today() string { return e.Now.Format(time.DateOnly) }

// label is what people call one record of this kind.
func (k *Kind) label() lang.Name {
	return lang.Name{Key: k.Module + ".kind." + k.Name + ".one", Otherwise: k.Name}
}

// Field finds a field by key.
func (k *Kind) Field(key string) *Field { return k.shape().byKey[key] }

// All lists every field, the user's own and hidden ones as well.
func (k *Kind) All() []*Field { return k.shape().all }

// Shown lists the fields that people see.
func (k *Kind) Shown() []*Field {
	shown := make([]*Field, 0, len(k.All()))
	for _, f := range k.All() {
		if !f.Hidden {
			shown = append(shown, f)
		}
	}
	return shown
}

func (k *Kind) shape() *shape { return k.now.Load() }

// MarshalJSON describes the kind as it is now.
func (k *Kind) MarshalJSON() ([]byte, error) {
	type plain Kind
	var hidden []*Field
	for _, f := range k.All() {
		if f.Hidden {
			hidden = append(hidden, f)
		}
	}
	return json.Marshal(struct {
		*plain
		Fields []*Field `json:"fields"`
		Gone   []*Field `json:"hiddenFields,omitempty"`
	}{(*plain)(k), k.Shown(), hidden})
}

// finish completes a description after it was written down.
func (k *Kind) finish() {
	for i := range k.Fields {
		k.Fields[i].finish()
	}
	k.Extend(nil)
	for _, f := range k.shape().stored {
		if list, _, ok := f.mirror(); ok {
			of := k.Field(list)
			of.mirrors = append(of.mirrors, f.Key)
		}
	}
}

// Extend gives the kind these fields, made by Own, beside those that Kontor
// comes with. Their columns and tables are there already. It is called before
// anybody works with the kind, or by who holds the turn to write.
func (k *Kind) Extend(own []*Field) {
	s := &shape{byKey: make(map[string]*Field, len(k.Fields)+len(own))}
	for i := range k.Fields {
		s.all = append(s.all, &k.Fields[i])
	}
	s.all = append(s.all, own...)
	for _, f := range s.all {
		s.byKey[f.Key] = f
		if f.Type == List {
			s.lists = append(s.lists, f)
		} else {
			s.stored = append(s.stored, f)
		}
		if f.label.Otherwise != "" {
			continue
		}
		f.label = lang.Name{Key: k.Module + ".field." + k.Name + "." + f.Key, Otherwise: cmp.Or(f.Label, f.Key)}
		for j := range f.Fields {
			f.Fields[j].label = lang.Name{Key: k.Module + ".part." + f.Key + "." + f.Fields[j].Key, Otherwise: cmp.Or(f.Label, f.Fields[j].Key)}
		}
	}
	for _, f := range s.all {
		f.inCurrency(s)
		for j := range f.Fields {
			f.Fields[j].inCurrency(s)
		}
	}
	k.now.Store(s)
}

func (f *Field) inCurrency(s *shape) {
	if of := s.byKey[f.Currency]; of != nil && f.currency == "" {
		f.currency = of.Column
	}
}

func (f *Field) finish() {
	if f.Own {
		f.label = lang.Name{Otherwise: f.Label}
	}
	if f.Column == "" {
		f.Column = snake(f.Key)
	}
	f.Sortable = f.Sortable || f.Index == Indexed
	for i := range f.Fields {
		f.Fields[i].finish()
	}
}

func snake(key string) string {
	var b strings.Builder
	for _, r := range key {
		if r == '.' {
			r = '_'
		}
		if unicode.IsUpper(r) {
			b.WriteByte('_')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// textual reports whether a type is kept as text that is compared folded.
func (f *Field) textual() bool {
	switch f.Type {
	case Text, LongText, Email, Phone, URL:
		return true
	}
	return false
}

// keyed reports whether the field has a folded column beside its own.
func (f *Field) keyed() bool { return f.Index == Indexed && f.textual() }

// mirror splits the target of a mirroring field: list key and part.
func (f *Field) mirror() (list, part string, ok bool) { return strings.Cut(f.Mirror, ".") }

func (f *Field) fold(env Env, text string) string {
	if f.Fold != nil {
		return f.Fold(env, text)
	}
	return storage.Fold(text)
}

func (f *Field) row(key string) *Field {
	for i := range f.Fields {
		if f.Fields[i].Key == key {
			return &f.Fields[i]
		}
	}
	return nil
}

// Registry holds the kinds of the program and the feed they publish on.
type Registry struct {
	Feed  Feed
	Clock func() time.Time
	// World gives the part of Env that the settings decide.
	World func(ctx context.Context) Env

	kinds []*Kind
	held  heldLists
}

// Register adds kinds in the order in which people meet them.
func (r *Registry) Register(kinds ...*Kind) {
	for _, k := range kinds {
		k.finish()
		r.kinds = append(r.kinds, k)
	}
}

// Kinds lists the kinds that people see.
func (r *Registry) Kinds() []*Kind {
	var seen []*Kind
	for _, k := range r.kinds {
		if !k.Hidden {
			seen = append(seen, k)
		}
	}
	return seen
}

// All lists every kind.
func (r *Registry) All() []*Kind { return r.kinds }

// Kind finds a kind by name.
func (r *Registry) Kind(name string) (*Kind, error) {
	for _, k := range r.kinds {
		if k.Name == name {
			return k, nil
		}
	}
	return nil, noKind(name)
}

// Env is the world at this moment for who is acting.
func (r *Registry) Env(ctx context.Context) Env {
	env := r.World(ctx)
	env.Now = r.Clock().In(env.Now.Location())
	env.Actor = ActOf(ctx).Actor
	return env
}
