package activities

import (
	"context"
	"fmt"
	"time"

	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// parties are the kinds that an activity may be about.
var parties = []string{"company", "person"}

// aboutOne is the link of what is about one party.
func aboutOne() record.Field {
	return record.Field{Key: "about", Type: record.Link, Targets: parties, Column: "about_id", Index: record.Indexed}
}

// aboutOf lists whom a record is about.
func aboutOf(v record.Values) []record.ID {
	var all []record.ID
	if id := v.ID("about"); id != 0 {
		all = append(all, id)
	}
	for _, row := range v.Rows("about") {
		if id := row.ID("record"); id != 0 {
			all = append(all, id)
		}
	}
	return all
}

// subjects gives the records that activities are about, and the companies where
// a person had a role on the activity's day.
func (a *Activities) subjects(ctx context.Context, q storage.Queryer, changes []record.Change) ([][]record.ID, error) {
	all := make([][]record.ID, len(changes))
	for i, c := range changes {
		all[i] = aboutOf(c.Record.Values)
	}
	return all, contacts.WithCompanies(ctx, q, a.zone(ctx), all, func(i int) int64 { return changes[i].Kind.When(changes[i].Record) })
}

// zone is where days begin and end.
func (a *Activities) zone(ctx context.Context) *time.Location { return a.r.Env(ctx).Now.Location() }

// living refuses to link an activity to what lies in the bin. A link that was
// there before may stay.
func (a *Activities) living(ctx context.Context, q storage.Queryer, pending []*record.Pending) error {
	type link struct {
		p    *record.Pending
		path string
		id   record.ID
	}
	var fresh []link
	var ids []record.ID
	for _, p := range pending {
		if p.Err != nil {
			continue
		}
		old := map[record.ID]bool{}
		if !p.New() {
			for _, id := range append(aboutOf(p.Old.Values), p.Old.Values.ID("assigned")) {
				old[id] = true
			}
		}
		add := func(path string, id record.ID) {
			if id != 0 && !old[id] {
				fresh, ids = append(fresh, link{p, path, id}), append(ids, id)
			}
		}
		add("about", p.Values.ID("about"))
		add("assigned", p.Values.ID("assigned"))
		for i, row := range p.Values.Rows("about") {
			add(fmt.Sprintf("about[%d].record", i), row.ID("record"))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	titles := map[record.ID]record.LinkTitle{}
	for _, name := range append([]string{"user"}, parties...) {
		k, err := a.r.Kind(name)
		if err != nil {
			return err
		}
		if err := k.Titles(ctx, q, ids, titles); err != nil {
			return err
		}
	}
	for _, l := range fresh {
		if t := titles[l.id]; t.Deleted {
			l.p.Refuse(fault.Invalid(l.path, "rule.aboutDeleted", fault.Params{"title": t.Title}))
		}
	}
	return nil
}
