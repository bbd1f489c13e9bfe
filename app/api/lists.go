package api

import (
	"context"
	"net/http"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/views"
)

// lists are the operations that stand beside the rows of a list: its sums, the
// tags of its records and the views of it.
func (a *API) lists() {
	m := a.bulk
	handle(a, operation{id: "sum-records", method: http.MethodGet, path: "/api/records/{kind}/sums", summary: "Exact sums of what a filter finds, each currency by itself"}, a.sums)
	handle(a, operation{id: "list-tags", method: http.MethodGet, path: "/api/tags", summary: "Tags in use, with how many records have them"}, a.tags)
	handle(a, operation{id: "rename-tag", method: http.MethodPost, path: "/api/tags/rename", summary: "Rename a tag on all records, or merge it into another", job: true}, m.renameTag)
	a.groups()
	handle(a, operation{id: "list-views", method: http.MethodGet, path: "/api/views", summary: "Saved views of lists"}, a.listViews)
	handle(a, operation{id: "create-view", method: http.MethodPost, path: "/api/views", summary: "Save a view of a list", status: 201}, a.createView)
	handle(a, operation{id: "get-view", method: http.MethodGet, path: "/api/views/{id}", summary: "One view"}, a.getView)
	handle(a, operation{id: "change-view", method: http.MethodPatch, path: "/api/views/{id}", summary: "Rename, share, redefine or move a view"}, a.changeView)
	handle(a, operation{id: "delete-view", method: http.MethodDelete, path: "/api/views/{id}", summary: "Put a view into the bin"}, a.deleteView)
}

type sumsOut struct {
	Body struct {
		Sums []record.Sum `json:"sums"`
	}
}

func (a *API) sums(ctx context.Context, in *struct {
	ListQuery
	Fields string `query:"fields" required:"true" doc:"numbers and amounts, separated by commas"`
},
) (*sumsOut, error) {
	k, query, err := a.query(in.ListQuery)
	if err != nil {
		return nil, err
	}
	out := &sumsOut{}
	out.Body.Sums, err = a.app.Records.Sums(ctx, a.app.DB.Reader(), k, query, strings.Split(in.Fields, ","))
	return out, err
}

type tagsOut struct {
	Body struct {
		Tags []record.Tag `json:"tags"`
	}
}

func (a *API) tags(ctx context.Context, in *struct {
	Kind string `query:"kind" doc:"of the records; all when empty"`
},
) (*tagsOut, error) {
	tags, err := a.app.Records.TagsInUse(ctx, a.app.DB.Reader(), in.Kind)
	out := &tagsOut{}
	out.Body.Tags = tags
	return out, err
}

func (m *manyJobs) renameTag(ctx context.Context, in *struct {
	Body struct {
		From string `json:"from"`
		To   string `json:"to" doc:"a tag that exists takes the other one in"`
	}
},
) (*bulkOut, error) {
	r := m.api.app.Records
	tags, err := r.TagsInUse(ctx, m.api.app.DB.Reader(), "")
	if err != nil {
		return nil, err
	}
	total := 0
	for _, tag := range tags {
		if record.SameTag(tag.Name, in.Body.From) {
			total = tag.Count
		}
	}
	if total == 0 {
		return nil, fault.NotFound("record.noTag", fault.Params{"tag": record.Shorten(in.Body.From, 60)})
	}
	return m.run(ctx, total, func(ctx context.Context, tell func(int)) (record.Edited, error) {
		return r.RenameTag(ctx, m.api.app.DB, in.Body.From, in.Body.To, tell)
	})
}

type viewsOut struct {
	Body struct {
		Views []views.View `json:"views"`
	}
}

func (a *API) listViews(ctx context.Context, in *struct {
	Kind string `query:"kind" doc:"of the records in the list; all when empty"`
},
) (*viewsOut, error) {
	all, err := a.app.Views.Of(ctx, a.app.DB.Reader(), in.Kind)
	out := &viewsOut{}
	out.Body.Views = all
	return out, err
}

// SavedView answers a save. Undo its batch to take it back.
type SavedView struct {
	View  views.View `json:"view"`
	Batch record.ID  `json:"batch,omitempty"`
}

type viewOut struct{ Body SavedView }

func viewAnswer(v views.View, batch record.ID, err error) (*viewOut, error) {
	return &viewOut{SavedView{v, batch}}, err
}

func (a *API) createView(ctx context.Context, in *struct {
	Body struct {
		Kind   string `json:"kind"`
		Name   string `json:"name"`
		State  string `json:"state" doc:"search parameters of the list"`
		Shared bool   `json:"shared,omitempty"`
	}
},
) (*viewOut, error) {
	return viewAnswer(a.app.Views.Make(ctx, in.Body.Kind, in.Body.Name, in.Body.State, in.Body.Shared))
}

// ViewPath names a view.
type ViewPath struct {
	ID IDParam `path:"id"`
}

func (a *API) getView(ctx context.Context, in *ViewPath) (*viewOut, error) {
	v, err := a.app.Views.One(ctx, a.app.DB.Reader(), in.ID.ID)
	return viewAnswer(v, 0, err)
}

func (a *API) changeView(ctx context.Context, in *struct {
	ViewPath
	Body struct {
		Version int64 `json:"version,omitempty"`
		Move    int   `json:"move,omitempty" doc:"so many places to the back, or to the front; the rest is then left alone"`
		views.Change
	}
},
) (*viewOut, error) {
	if in.Body.Move != 0 {
		return viewAnswer(a.app.Views.Move(ctx, in.ID.ID, in.Body.Move))
	}
	return viewAnswer(a.app.Views.Change(ctx, in.ID.ID, in.Body.Version, in.Body.Change))
}

func (a *API) deleteView(ctx context.Context, in *ViewPath) (*viewOut, error) {
	return viewAnswer(a.app.Views.Delete(ctx, in.ID.ID))
}
