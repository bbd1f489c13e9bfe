package api

import (
	"context"
	"net/http"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

// groups are the operations that see a list by the values of a field.
func (a *API) groups() {
	m := a.bulk
	handle(a, operation{id: "group-records", method: http.MethodGet, path: "/api/records/{kind}/groups", summary: "What a filter finds by the values of a field, with counts and sums"}, a.groupRecords)
	handle(a, operation{id: "delete-tag", method: http.MethodPost, path: "/api/tags/delete", summary: "Take a tag off all records", job: true}, m.deleteTag)
}

type groupsOut struct{ Body record.Groups }

func (a *API) groupRecords(ctx context.Context, in *struct {
	ListQuery
	By   string `query:"by" required:"true" doc:"a field such as city, tag, customerSince:month or customerSince:year"`
	Sort string `query:"sort" doc:"value, -value, count or -count; what has no value comes last"`
	Sums string `query:"sums" doc:"numbers and amounts to add up, separated by commas"`
},
) (*groupsOut, error) {
	k, query, err := a.query(in.ListQuery)
	if err != nil {
		return nil, err
	}
	var sums []string
	if in.Sums != "" {
		sums = strings.Split(in.Sums, ",")
	}
	out := &groupsOut{}
	out.Body, err = a.app.Records.Groups(ctx, a.app.DB.Reader(), k, query, in.By, in.Sort, sums)
	return out, err
}

// deleteTag takes a tag off the records of all kinds, under one batch.
func (m *manyJobs) deleteTag(ctx context.Context, in *struct {
	Body struct {
		Tag string `json:"tag"`
	}
},
) (*bulkOut, error) {
	r, db := m.api.app.Records, m.api.app.DB
	has := record.Condition{Path: []string{"tag"}, Op: "=", Values: []record.Literal{{Form: "text", Text: in.Body.Tag}}}
	type part struct {
		kind *record.Kind
		ids  []record.ID
	}
	var parts []part
	total := 0
	for _, k := range r.Kinds() {
		if f := k.Field("tags"); f == nil || f.Alias != "tag" {
			continue
		}
		ids, err := r.EachID(ctx, db.Reader(), k, record.Query{Where: has}, maxCount)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{k, ids})
		total += len(ids)
	}
	if total == 0 {
		return nil, fault.NotFound("record.noTag", fault.Params{"tag": record.Shorten(in.Body.Tag, 60)})
	}
	edit := record.Edit{Remove: map[string][]any{"tags": {in.Body.Tag}}}
	return m.run(ctx, total, func(ctx context.Context, tell func(int)) (record.Edited, error) {
		act := record.ActOf(ctx)
		act.Batch = record.NewID(db.Now())
		ctx = record.WithAct(ctx, act)
		all, before := record.Edited{Batch: act.Batch}, 0
		for _, p := range parts {
			done, err := r.EditMany(ctx, db, p.kind, p.ids, edit, func(n int) { tell(before + n) })
			all.Changed += done.Changed
			all.Unchanged += done.Unchanged
			all.Failed = append(all.Failed, done.Failed...)
			all.More += done.More
			if err != nil {
				return all, err
			}
			before += len(p.ids)
		}
		return all, nil
	})
}
