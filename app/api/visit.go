package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/kit/fault"
)

func (a *API) visits() {
	handle(a, operation{id: "get-visit-sheet", method: http.MethodGet, path: "/api/visits/{kind}/{id}", summary: "A page to take along to a customer, as PDF", job: true}, a.visitSheet)
}

func (a *API) visitSheet(ctx context.Context, in *RecordPath) (*huma.StreamResponse, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	if k != a.app.Contacts.Company && k != a.app.Contacts.Person {
		return nil, fault.Invalid("kind", "record.noKind", fault.Params{"kind": in.Kind})
	}
	q := a.app.DB.Reader()
	rec, err := k.One(ctx, q, in.ID.ID)
	if err != nil {
		return nil, err
	}
	pdf, err := a.app.Visit.Sheet(ctx, q, rec, languageOf(ctx))
	if err != nil {
		return nil, err
	}
	return asPDF(pdf), nil
}
