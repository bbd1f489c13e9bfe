package activities

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/ical"
	"kontor/app/record"
	"kontor/storage"
)

// MaxICalendar bounds a calendar file, in bytes.
const MaxICalendar = 10 << 20

// Intake says what became of the entries of a calendar file.
//
//	Found = Created + Updated + Unchanged + Cancelled + Skipped + Failed
type Intake struct {
	Batch     record.ID `json:"batch,omitempty" doc:"undo it to take the whole file back"`
	Found     int       `json:"found" doc:"events and tasks in the file"`
	Created   int       `json:"created"`
	Updated   int       `json:"updated"`
	Unchanged int       `json:"unchanged"`
	Cancelled int       `json:"cancelled" doc:"called off: those that were here are in the bin"`
	Skipped   int       `json:"skipped" doc:"not taken over, such as an older state of the same entry"`
	Failed    int       `json:"failed"`

	Problems []Problem `json:"-"`
}

// Problem is something in a calendar file that a person should know of.
type Problem struct {
	Line  int
	Title string // of the entry
	Fault *fault.Error
}

// maxProblems is how many are told.
const maxProblems = 200

// intake reads one file.
type intake struct {
	a     *Activities
	env   record.Env
	zones *ical.Zones
	out   Intake
	// moved are the days on which a series does not take place as it says, by UID.
	moved  map[string][]string
	people map[string]record.ID // by address
}

// entryIn is an entry of a file on its way to a draft.
type entryIn struct {
	kind      *record.Kind
	c         *ical.Component
	uid       string
	cancelled bool
	sequence  int
	values    map[string]any
	about     []record.ID
}

// Take reads a calendar file. What came before under the same UID is updated,
// what was called off is put into the bin; all under one batch with this label.
func (a *Activities) Take(ctx context.Context, data []byte, name string) (Intake, error) {
	if len(data) > MaxICalendar {
		return Intake{}, fault.New(fault.CodeTooLarge, "rule.fileTooLarge", fault.Params{"name": record.Shorten(name, 80), "megabytes": MaxICalendar >> 20})
	}
	if !bytes.Contains(bytes.ToUpper(data[:min(len(data), 64<<10)]), []byte("VCALENDAR")) && !wide(data) {
		return Intake{}, fault.Invalid("file", "activities.ics.notCalendar", nil)
	}
	calendars, troubles := ical.Parse(data)
	env := a.r.Env(ctx)
	in := &intake{a: a, env: env, zones: ical.NewZones(calendars, env.Now.Location()), moved: map[string][]string{}, people: map[string]record.ID{}}
	for _, t := range troubles {
		in.problem(t.Line, "", "activities.ics."+string(t.What), fault.Params{"text": record.Clean(t.Text, false)})
	}
	entries := in.entries(calendars)
	act := record.ActOf(ctx)
	act.Batch, act.Label = record.NewID(env.Now), record.Shorten(record.Clean(name, false), 200)
	ctx = record.WithAct(ctx, act)
	for _, e := range entries {
		if err := in.read(ctx, e); err != nil {
			return Intake{}, err
		}
	}
	// In one kind's chunk each entry is another record: doubles were left out.
	for _, k := range []*record.Kind{a.Meeting, a.Task} {
		list := slices.DeleteFunc(slices.Clone(entries), func(e *entryIn) bool { return e.kind != k || e.values == nil && !e.cancelled })
		err := record.InChunks(ctx, a.db, len(list), func(tx *storage.Tx, from, to int) error { return in.write(ctx, tx, k, list[from:to]) })
		if err != nil {
			return Intake{}, err
		}
	}
	if in.out.Created+in.out.Updated+in.out.Cancelled > 0 {
		in.out.Batch = act.Batch
	}
	return in.out, nil
}

// wide reports whether a file is in UTF-16.
func wide(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff})
}

func (in *intake) problem(line int, title, key string, params fault.Params) {
	in.told(line, title, fault.Invalid("", key, params))
}

func (in *intake) told(line int, title string, f *fault.Error) {
	if len(in.out.Problems) < maxProblems {
		in.out.Problems = append(in.out.Problems, Problem{line, record.Shorten(title, 80), f})
	}
}

// warn tells what of an entry could not be taken over as it is.
func (in *intake) warn(e *entryIn, p ical.Property, key string, params fault.Params) {
	line := p.Line
	if line == 0 {
		line = e.c.Line
	}
	in.problem(line, e.c.Text("SUMMARY"), key, params)
}

// entries collects events and tasks. Of several states of one entry the latest
// is kept.
func (in *intake) entries(calendars []*ical.Component) []*entryIn {
	var all []*entryIn
	byUID := map[string]*entryIn{}
	for _, calendar := range calendars {
		cancels := strings.EqualFold(calendar.Text("METHOD"), "CANCEL")
		for _, c := range calendar.Parts {
			e := &entryIn{c: c, cancelled: cancels || strings.EqualFold(strings.TrimSpace(c.Text("STATUS")), "CANCELLED")}
			switch c.Name {
			case "VEVENT":
				e.kind = in.a.Meeting
			case "VTODO":
				e.kind = in.a.Task
			default:
				continue
			}
			in.out.Found++
			e.sequence = number(c.Text("SEQUENCE"))
			e.uid = in.name(e)
			key := e.kind.Name + "\x00" + storage.Fold(e.uid)
			if before := byUID[key]; before != nil {
				in.out.Skipped++
				if before.sequence <= e.sequence {
					*before = *e
				}
				continue
			}
			byUID[key] = e
			all = append(all, e)
		}
	}
	return all
}

// name is the UID under which an entry is kept. One time of a series that was
// moved or called off has its own, and the series leaves that day out.
func (in *intake) name(e *entryIn) string {
	uid := cleanUID(e.c)
	p, ok := e.c.Prop("RECURRENCE-ID")
	if !ok {
		return uid
	}
	m, err := in.zones.Moment(p)
	if err != nil {
		return uid + "/" + record.Clean(p.Value, false)
	}
	in.moved[uid] = append(in.moved[uid], in.dayOf(m))
	if m.Whole {
		return uid + "/" + m.Time.Format("20060102")
	}
	return uid + "/" + ical.UTC(m.Time)
}

// dayOf is the workspace's day of a moment.
func (in *intake) dayOf(m ical.Moment) string {
	if m.Whole {
		return dayText(m.Time)
	}
	return dayText(m.Time.In(in.env.Now.Location()))
}

// write saves entries of one kind in one transaction.
func (in *intake) write(ctx context.Context, tx *storage.Tx, k *record.Kind, entries []*entryIn) error {
	stored, err := in.stored(ctx, tx, k, entries)
	if err != nil {
		return err
	}
	var drafts, gone []record.Draft
	for _, e := range entries {
		rec := stored[storage.Fold(e.uid)]
		d := record.Draft{Row: e.c.Line, System: true, Values: e.values}
		if rec != nil {
			d.ID = rec.ID
		}
		switch {
		case e.cancelled && rec == nil:
			in.out.Skipped++
		case e.cancelled:
			gone = append(gone, d)
		case rec == nil:
			d.Values["uid"] = e.uid
			drafts = append(drafts, in.linked(d, nil, e))
		default:
			sameSeconds(d.Values, rec.Values)
			drafts = append(drafts, in.linked(d, rec, e))
		}
	}
	deleted, err := in.a.r.Delete(ctx, tx, k, gone...)
	if err != nil {
		return err
	}
	in.out.Cancelled += len(deleted)
	plan, err := in.a.r.Plan(ctx, tx, k, drafts...)
	if err != nil {
		return err
	}
	var fit []*record.Pending
	for _, p := range plan {
		if p.Err != nil {
			in.out.Failed++
			in.told(p.Row, p.Values.String("text"), fault.Of(p.Err))
			continue
		}
		fit = append(fit, p)
	}
	changes, err := in.a.r.Apply(ctx, tx, k, fit)
	for _, c := range changes {
		if c.Op == record.Create {
			in.out.Created++
		} else {
			in.out.Updated++
		}
	}
	in.out.Unchanged += len(fit) - len(changes)
	return err
}

// sameSeconds leaves moments as they are stored where the file says the same in
// its whole seconds.
func sameSeconds(values map[string]any, stored record.Values) {
	for _, key := range []string{"done", "from", "to"} {
		at, given := values[key].(int64)
		if was, ok := stored[key].(int64); given && ok && was/1000 == at/1000 {
			values[key] = was
		}
	}
}

// linked adds to a draft whom a meeting is about: those invited who are known,
// beside those that it was about before.
func (in *intake) linked(d record.Draft, rec *record.Record, e *entryIn) record.Draft {
	if e.kind != in.a.Meeting || len(e.about) == 0 {
		return d
	}
	var ids []record.ID
	if rec != nil {
		ids = aboutOf(rec.Values)
	}
	var rows []any
	for _, id := range append(ids, e.about...) {
		if !slices.Contains(rows, any(id)) {
			rows = append(rows, id)
		}
	}
	d.Values["about"] = rows
	return d
}

// stored finds the records that entries stand for, by folded UID: those that
// came from a file before, and our own in a file that we wrote.
func (in *intake) stored(ctx context.Context, q storage.Queryer, k *record.Kind, entries []*entryIn) (map[string]*record.Record, error) {
	var ids []record.ID
	keys := map[record.ID]string{}
	for part := range slices.Chunk(entries, 500) {
		var args []any
		for _, e := range part {
			args = append(args, storage.Fold(e.uid))
			if text, ok := strings.CutSuffix(e.uid, uidDomain); ok {
				if id, err := record.ParseID(text); err == nil {
					ids, keys[id] = append(ids, id), storage.Fold(e.uid)
				}
			}
		}
		var rows []struct {
			ID  record.ID `db:"id"`
			Key string    `db:"uid_key"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, "SELECT id, uid_key FROM "+k.Table+" WHERE deleted_at IS NULL AND uid_key IN ("+storage.Marks(1, len(args))+") ORDER BY id", args...)
		if err != nil {
			return nil, fmt.Errorf("find entries: %w", err)
		}
		for _, row := range rows {
			ids, keys[row.ID] = append(ids, row.ID), row.Key
		}
	}
	records, err := k.Load(ctx, q, ids...)
	found := map[string]*record.Record{}
	for _, rec := range records {
		if rec.Deleted == 0 {
			found[keys[rec.ID]] = rec
		}
	}
	return found, err
}
