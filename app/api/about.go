package api

import (
	"context"
	"net/http"

	"kontor/app/access"
	"kontor/app/record"
)

type sessionOut struct {
	Body struct {
		Workspace string      `json:"workspace" doc:"the company's name"`
		User      access.User `json:"user"`
		Language  string      `json:"language"`
		Currency  string      `json:"currency"`
		Country   string      `json:"country"`
		Timezone  string      `json:"timezone"`
		Accent    string      `json:"accent"`
		Today     string      `json:"today" doc:"the workspace's day"`
		Version   string      `json:"version"`
		Door      string      `json:"door" enum:"window,browser,program"`
	}
}

type doorKey struct{}

// WithDoor tells the pages through which door they came.
func WithDoor(ctx context.Context, door string) context.Context {
	return context.WithValue(ctx, doorKey{}, door)
}

func (a *API) about() {
	handle(a, operation{id: "get-session", method: http.MethodGet, path: "/api/session", summary: "Who is acting in which workspace"}, a.session)
}

func (a *API) session(ctx context.Context, _ *struct{}) (*sessionOut, error) {
	out := &sessionOut{}
	b := &out.Body
	users, err := a.app.Access.Kind.Load(ctx, a.app.DB.Reader(), record.ActOf(ctx).Actor)
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		b.User = access.User{ID: u.ID, Name: u.Values.String("name"), Role: u.Values.String("role")}
	}
	s := a.app.Settings
	b.Workspace, b.Language, b.Currency, b.Country, b.Timezone, b.Accent = s.Text("seller.name"), s.Text("language"), s.Text("currency"), s.Text("seller.country"), s.Text("timezone"), s.Text("accent")
	b.Today, b.Version, b.Door = a.app.Records.Env(ctx).Today(), a.app.Version, "program"
	if door, ok := ctx.Value(doorKey{}).(string); ok {
		b.Door = door
	}
	return out, nil
}
