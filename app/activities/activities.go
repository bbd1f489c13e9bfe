// Package activities keeps what was done with customers: notes.
//
// A note is about a company or a person. It stands on that record's timeline,
// and, for a person, also on those of the companies where the person has a role
// at that time.
//
// Table: activities_note. It reads contacts_role.
package activities

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

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
	}}
	r.Register(a.Note)
	return a
}

// subjects are the record a note is about, and the companies where a person had
// a role on the note's day.
func subjects(ctx context.Context, q storage.Queryer, zone *time.Location, changes []record.Change) ([][]record.ID, error) {
	all := make([][]record.ID, len(changes))
	for i, c := range changes {
		about := c.Record.Values.ID("about")
		if about == 0 {
			continue
		}
		day := time.UnixMilli(c.Record.Values.Int("at")).In(zone).Format(time.DateOnly)
		var companies []record.ID
		err := sqlx.SelectContext(ctx, q, &companies, `SELECT company_id FROM contacts_role WHERE owner_id = $1 AND company_id IS NOT NULL
			AND (since IS NULL OR since <= $2) AND (until IS NULL OR until >= $2)`, int64(about), day)
		if err != nil {
			return nil, err
		}
		all[i] = append(companies, about)
	}
	return all, nil
}
