package api

import (
	"context"
	"net/http"

	"kontor/app/record/search"
)

func (a *API) find() {
	handle(a, operation{id: "search", method: http.MethodGet, path: "/api/search", summary: "Records that hold all these words, best first"}, a.search)
	handle(a, operation{id: "recent", method: http.MethodGet, path: "/api/recent", summary: "Records changed last"}, a.recent)
}

type hitsOut struct {
	Body struct {
		Hits []search.Hit `json:"hits"`
	}
}

func (a *API) search(ctx context.Context, in *struct {
	Q     string `query:"q" maxLength:"500"`
	Kind  string `query:"kind"`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
},
) (out *hitsOut, err error) {
	out = &hitsOut{}
	out.Body.Hits, err = a.app.Search.Find(ctx, a.app.DB.Reader(), in.Q, in.Kind, in.Limit)
	return out, err
}

func (a *API) recent(ctx context.Context, in *struct {
	Limit int `query:"limit" default:"10" minimum:"1" maximum:"50"`
},
) (out *hitsOut, err error) {
	out = &hitsOut{}
	out.Body.Hits, err = a.app.Search.Recent(ctx, a.app.DB.Reader(), in.Limit)
	return out, err
}
