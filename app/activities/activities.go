// Package activities keeps what was done with customers: notes.
//
// A note is about a company or a person. It stands on that record's timeline,
// and, for a person, also on those of the companies where the person has a role
// on the note's day, whenever that role was entered.
//
// Table: activities_note.
package activities

import (
	"context"
	"time"

	"kontor/app/contacts"
	"kontor/app/record"
	"kontor/storage"
)

// Activities holds the kinds.
type Activities struct{ Note *record.Kind }

// New registers notes.
func New(r *record.Registry) *Activities {
	a := &Activities{Note: &record.Kind{
		Name: "note", Module: "activities", Table: "activities_note", TitleKey: "text", Columns: []string{"text", "about", "at"}, SortKey: "-at",
		Fields: []record.Field{
			{Key: "text", Type: record.LongText, Required: true, Find: record.InText, Personal: true},
			{Key: "about", Type: record.Link, Targets: []string{"company", "person"}, Column: "about_id", Index: record.Indexed},
			{Key: "at", Type: record.Instant, Index: record.Indexed},
		},
		Prepare: func(env record.Env, p *record.Pending) error {
			if p.Values["at"] == nil {
				p.Set("at", env.Now.UnixMilli())
			}
			return nil
		},
		When: func(rec *record.Record) int64 { return rec.Values.Int("at") },
		Subjects: func(ctx context.Context, q storage.Queryer, changes []record.Change) ([][]record.ID, error) {
			return subjects(ctx, q, r.Env(ctx).Now.Location(), changes)
		},
		Moves: contacts.Moves,
	}}
	r.Register(a.Note)
	return a
}

// subjects are the record a note is about, and the companies where a person had
// a role on the note's day.
func subjects(ctx context.Context, q storage.Queryer, zone *time.Location, changes []record.Change) ([][]record.ID, error) {
	all := make([][]record.ID, len(changes))
	for i, c := range changes {
		if about := c.Record.Values.ID("about"); about != 0 {
			all[i] = []record.ID{about}
		}
	}
	return all, contacts.WithCompanies(ctx, q, zone, all, func(i int) int64 { return changes[i].Record.Values.Int("at") })
}
