package record

import (
	"context"
	"sync"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// Op is what happened to a record.
type Op string

// The operations.
const (
	Create  Op = "create"
	Update  Op = "update"
	Delete  Op = "delete"  // into the bin
	Restore Op = "restore" // out of it
)

// Change is one thing that happened to one record.
type Change struct {
	ID      ID
	Kind    *Kind
	Record  *Record // as it is now; an edit of many may leave lists unread, see Complete
	Old     *Record // as it was, likewise; nil for a new one
	Op      Op
	Before  Values // changed fields only
	After   Values
	Row     int // of the spreadsheet it came from
	Act     Act
	At      int64
	Final   bool   // must not be undone
	Because string // catalogue key that says why

	told []*Field // those of Before and After, in the order of the kind's
}

// BeforeJSON is Before as the history keeps it.
func (c *Change) BeforeJSON() string { return c.json(c.Before, c.Old) }

// AfterJSON is After as the history keeps it.
func (c *Change) AfterJSON() string { return c.json(c.After, c.Record) }

func (c *Change) json(v Values, of *Record) string {
	if c.told == nil { // not made by Apply
		return string(c.Kind.JSON(v, of.Values))
	}
	b := append(make([]byte, 0, 256), '{')
	for i, f := range c.told {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, f.Key), ':')
		b = f.append(b, v[f.Key], of.Values)
	}
	return string(append(b, '}'))
}

// Act is who does something, as part of what.
type Act struct {
	Actor  ID
	Batch  ID     // what is undone together
	Label  string // what the batch is called, such as the name of an imported file
	Undoes ID     // the change or batch that this one undoes
}

type actKey struct{}

// WithAct says who is acting.
func WithAct(ctx context.Context, a Act) context.Context { return context.WithValue(ctx, actKey{}, a) }

// ActOf tells who is acting.
func ActOf(ctx context.Context) Act {
	a, _ := ctx.Value(actKey{}).(Act)
	return a
}

// Listener hears of changes in the transaction that makes them; its error
// undoes them.
type Listener func(ctx context.Context, tx *storage.Tx, changes []Change) error

// Event is what doors hear after the commit.
type Event struct {
	Batch   ID           `json:"batch"`
	Changes []EventEntry `json:"changes"`
}

// EventEntry names one changed record.
type EventEntry struct {
	Kind string `json:"kind"`
	ID   ID     `json:"id"`
	Op   Op     `json:"op"`
}

// maxEventEntries bounds an event: of a bulk change only the kinds are told.
const maxEventEntries = 200

// Feed passes changes on, to listeners before the commit and to doors after it.
type Feed struct {
	listeners []Listener
	purgers   []Purger

	mu    sync.Mutex
	doors map[chan Event]bool
}

// Listen adds a listener; they run in the order in which they were added.
func (f *Feed) Listen(l Listener) { f.listeners = append(f.listeners, l) }

// Publish runs the listeners and tells the doors once the transaction is saved.
func (f *Feed) Publish(ctx context.Context, tx *storage.Tx, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	for _, listen := range f.listeners {
		if err := listen(ctx, tx, changes); err != nil {
			return err
		}
	}
	e := eventOf(changes) // without the records: a bulk edit has many before its commit
	tx.AfterCommit(func() { f.send(e) })
	return nil
}

func eventOf(changes []Change) Event {
	e := Event{Batch: changes[0].Act.Batch, Changes: []EventEntry{}}
	kinds := map[string]bool{}
	for _, c := range changes {
		if len(changes) <= maxEventEntries {
			e.Changes = append(e.Changes, EventEntry{c.Kind.Name, c.Record.ID, c.Op})
		} else if !kinds[c.Kind.Name] {
			kinds[c.Kind.Name] = true
			e.Changes = append(e.Changes, EventEntry{Kind: c.Kind.Name, Op: c.Op})
		}
	}
	return e
}

func (f *Feed) tell(changes []Change) { f.send(eventOf(changes)) }

func (f *Feed) send(e Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for door := range f.doors {
		select {
		case door <- e:
		default: // a door that does not listen must not hold the writer up
		}
	}
}

// Subscribe opens a channel of events until the context ends.
func (f *Feed) Subscribe(ctx context.Context) <-chan Event {
	door := make(chan Event, 64)
	f.mu.Lock()
	if f.doors == nil {
		f.doors = map[chan Event]bool{}
	}
	f.doors[door] = true
	f.mu.Unlock()
	context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.doors, door)
	})
	return door
}

// Stale is the fault of a save that was made from an older version; it carries
// what is stored now.
func Stale(now *Record) error {
	return &fault.Error{Code: fault.CodeStale, Key: "record.stale", Params: fault.Params{"title": now.Title()}, Detail: now}
}

func noKind(name string) error {
	return fault.NotFound("record.noKind", fault.Params{"kind": Shorten(name, 40)})
}

func noRecord(k *Kind, id ID) error {
	return fault.NotFound("record.noRecord", fault.Params{"kind": k.label(), "id": id.String()})
}
