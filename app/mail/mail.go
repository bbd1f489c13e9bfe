package mail

import (
	"context"
	"sync"
	"time"

	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Mail keeps accounts, reads them, and links what they bring.
type Mail struct {
	Kind *record.Kind
	// Secrets keeps the passwords.
	Secrets Secrets

	db       *storage.DB
	r        *record.Registry
	contacts []*record.Kind // whose addresses mails are linked by
	pictures pictures

	mu      sync.Mutex
	running map[record.ID]*turn
	life    context.Context // of syncs that nobody waits for
	end     context.CancelFunc
	jobs    sync.WaitGroup
}

// New registers the kind "mail", and links stored mails when one of the kinds
// of contacts gets an address.
func New(db *storage.DB, r *record.Registry, contacts ...*record.Kind) *Mail {
	m := &Mail{Secrets: SystemSecrets(), db: db, r: r, contacts: contacts, pictures: pictures{public}, running: map[record.ID]*turn{}}
	m.life, m.end = context.WithCancel(context.Background())
	m.Kind = m.kind()
	r.Register(m.Kind)
	r.Feed.Listen(m.heard)
	return m
}

// Close ends syncs that are under way; what they stored stays.
func (m *Mail) Close() {
	m.end()
	m.jobs.Wait()
}

// Why a mail is linked. The words are part of the contract.
const (
	reasonFrom   = "from"
	reasonTo     = "to"
	reasonCc     = "cc"
	reasonBcc    = "bcc"
	reasonThread = "thread"
)

// The directions of a mail.
const (
	directionIn  = "in"
	directionOut = "out"
)

// kind describes a mail. Its fields are filled by the sync; people may only make
// it private or put it into the bin.
func (m *Mail) kind() *record.Kind {
	var targets []string
	for _, k := range m.contacts {
		targets = append(targets, k.Name)
	}
	return &record.Kind{
		Name: "mail", Module: "mail", Table: "mail_message", TitleKey: "subject", Subtitle: "from", Outside: true,
		Columns: []string{"at", "direction", "fromName", "from", "subject", "preview"}, SortKey: "-at",
		Fields: []record.Field{
			{Key: "subject", Type: record.Text, ReadOnly: true, Personal: true, Index: record.Indexed, Find: record.InText},
			{Key: "fromName", Type: record.Text, ReadOnly: true, Personal: true, Column: "sender_name", Find: record.InText},
			{Key: "from", Type: record.Text, ReadOnly: true, Personal: true, Column: "sender", Index: record.Indexed, Find: record.InText},
			{Key: "to", Type: record.LongText, ReadOnly: true, Personal: true, Column: "recipients", Find: record.InText},
			{Key: "cc", Type: record.LongText, ReadOnly: true, Personal: true, Column: "copies"},
			{Key: "at", Type: record.Instant, ReadOnly: true, Required: true, Index: record.Indexed},
			{Key: "direction", Type: record.Choice, ReadOnly: true, Options: []string{directionIn, directionOut}},
			{Key: "preview", Type: record.LongText, ReadOnly: true, Personal: true},
			{Key: "text", Type: record.LongText, ReadOnly: true, Personal: true, Find: record.InText},
			{Key: "complete", Type: record.YesNo, ReadOnly: true},
			{Key: "attachments", Type: record.Number, ReadOnly: true},
			{Key: "size", Type: record.Number, ReadOnly: true},
			{Key: "auto", Type: record.YesNo, ReadOnly: true},
			{Key: "bulk", Type: record.YesNo, ReadOnly: true},
			{Key: "private", Type: record.YesNo},
			{Key: "links", Type: record.List, Table: "mail_link", ReadOnly: true, Fields: []record.Field{
				{Key: "record", Type: record.Link, Targets: targets, Column: "record_id"},
				{Key: "reason", Type: record.Choice, Options: []string{reasonFrom, reasonTo, reasonCc, reasonBcc, reasonThread}},
				{Key: "address", Type: record.Text},
			}},
		},
		Prepare: prepare,
		When:    func(rec *record.Record) int64 { return rec.Values.Int("at") },
		Subjects: func(ctx context.Context, q storage.Queryer, changes []record.Change) ([][]record.ID, error) {
			return subjects(ctx, q, m.zone(), changes)
		},
		Moves: contacts.Moves,
	}
}

// zone is where days begin and end.
func (m *Mail) zone() *time.Location { return m.r.Env(context.Background()).Now.Location() }

// prepare forgets what a mail says when it becomes private. One that is private
// no longer has to be fetched anew.
func prepare(_ record.Env, p *record.Pending) error {
	if p.New() {
		return fault.New(fault.CodeForbidden, "mail.notByHand", nil)
	}
	is, _ := p.Values["private"].(bool)
	was, _ := p.Old.Values["private"].(bool)
	switch {
	case is && !was:
		for _, key := range []string{"subject", "preview", "text", "attachments"} {
			p.Set(key, nil)
		}
		p.Values["complete"] = false
	case was && !is:
		p.Values["complete"] = false
	}
	return nil
}

// subjects are the linked records, and the companies where a linked person had a
// role on the mail's day.
func subjects(ctx context.Context, q storage.Queryer, zone *time.Location, changes []record.Change) ([][]record.ID, error) {
	all := make([][]record.ID, len(changes))
	for i, c := range changes {
		if private, _ := c.Record.Values["private"].(bool); private {
			continue
		}
		for _, row := range c.Record.Values.Rows("links") {
			all[i] = append(all[i], row.ID("record"))
		}
	}
	return all, contacts.WithCompanies(ctx, q, zone, all, func(i int) int64 { return changes[i].Record.Values.Int("at") })
}

// listed is how many values one IN list carries.
const listed = 500

// inChunks calls fn with the marks and values of IN lists.
func inChunks(values []any, fn func(marks string, args []any) error) error {
	for start := 0; start < len(values); start += listed {
		args := values[start:min(start+listed, len(values))]
		if err := fn(storage.Marks(1, len(args)), args); err != nil {
			return err
		}
	}
	return nil
}
