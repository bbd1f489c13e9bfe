package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// Row is a record as JSON has it: flat, with every field of its kind by key.
type Row struct{ *record.Record }

// Schema tells OpenAPI what MarshalJSON writes; the fields depend on the kind.
func (Row) Schema(r huma.Registry) *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString}
	return &huma.Schema{
		Type: huma.TypeObject,
		Properties: map[string]*huma.Schema{
			"id": text, "kind": text, "label": text, "createdAt": text, "updatedAt": text, "deletedAt": text,
			"version": {Type: huma.TypeInteger},
		},
		Required:             []string{"id", "kind", "version", "label", "createdAt", "updatedAt"},
		AdditionalProperties: true,
		Description:          "A record: id, kind, version, label (its title), times, and every field of its kind by key (see /api/kinds).",
	}
}

// Values are fields by key as a program sends them; numbers keep every digit.
type Values map[string]any

// UnmarshalJSON keeps numbers as they are written.
func (v *Values) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode((*map[string]any)(v))
}

// Schema tells OpenAPI that any field may stand there.
func (Values) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: "Fields by key; absent ones stay as they are, null empties."}
}

// Links name the records that the answer links to.
type Links map[record.ID]record.LinkTitle

// Saved answers a save. Undo its batch to take it back.
type Saved struct {
	Record  Row       `json:"record"`
	Links   Links     `json:"links"`
	Batch   record.ID `json:"batch,omitempty"`
	Changed bool      `json:"changed" doc:"false when everything was so already"`
}

// KindPath names a kind. It and its like are exported since huma fills no others.
type KindPath struct {
	Kind string `path:"kind" maxLength:"40"`
}

// RecordPath names one record.
type RecordPath struct {
	KindPath
	ID IDParam `path:"id"`
}

// IDParam is an id in a path or query: huma would read the bare type as the
// integer that it is.
type IDParam struct {
	record.ID
	err error
}

// UnmarshalText reads the id; what is none is told by Resolve, with its field.
func (p *IDParam) UnmarshalText(text []byte) error {
	p.err = p.ID.UnmarshalText(text)
	return nil
}

// Resolve is asked by huma for what is wrong.
func (p *IDParam) Resolve(huma.Context) []error {
	if p.err == nil {
		return nil
	}
	return []error{p.err}
}

// ListQuery picks records of a kind.
type ListQuery struct {
	KindPath
	Where string `query:"where" doc:"filter, such as: city = \"Leeds\" and customerSince >= 2026-01-01"`
	Bin   bool   `query:"bin" doc:"the deleted ones instead"`
}

func (a *API) records() {
	handle(a, operation{id: "list-kinds", method: http.MethodGet, path: "/api/kinds", summary: "Kinds of records and their fields"}, a.listKinds)
	handle(a, operation{id: "list-records", method: http.MethodGet, path: "/api/records/{kind}", summary: "One stretch of a list"}, a.list)
	handle(a, operation{id: "count-records", method: http.MethodGet, path: "/api/records/{kind}/count", summary: "How many a filter finds"}, a.count)
	handle(a, operation{id: "create-record", method: http.MethodPost, path: "/api/records/{kind}", summary: "Make a record", status: 201}, a.create)
	handle(a, operation{id: "get-record", method: http.MethodGet, path: "/api/records/{kind}/{id}", summary: "One record"}, a.get)
	handle(a, operation{id: "update-record", method: http.MethodPatch, path: "/api/records/{kind}/{id}", summary: "Change fields of a record"}, a.update)
	handle(a, operation{id: "delete-record", method: http.MethodDelete, path: "/api/records/{kind}/{id}", summary: "Put a record into the bin"}, a.delete)
	handle(a, operation{id: "restore-record", method: http.MethodPost, path: "/api/records/{kind}/{id}/restore", summary: "Take a record out of the bin"}, a.restore)
	handle(a, operation{id: "check-filter", method: http.MethodPost, path: "/api/filter/{kind}", summary: "Check a filter without running it"}, a.checkFilter)
}

type kindsOut struct {
	Body struct {
		Kinds []*record.Kind `json:"kinds"`
	}
}

func (a *API) listKinds(context.Context, *struct{}) (*kindsOut, error) {
	out := &kindsOut{}
	out.Body.Kinds = a.app.Records.Kinds()
	return out, nil
}

type listOut struct {
	Body struct {
		Rows     []Row  `json:"rows"`
		Next     string `json:"next" doc:"give it as after; empty at the end"`
		Previous string `json:"previous" doc:"give it as before; empty at the start"`
		Links    Links  `json:"links"`
	}
}

func (a *API) list(ctx context.Context, in *struct {
	ListQuery
	Sort   string `query:"sort" doc:"fields, -field downwards, separated by commas"`
	Limit  int    `query:"limit"`
	After  string `query:"after"`
	Before string `query:"before"`
	Offset int    `query:"offset"`
},
) (*listOut, error) {
	k, query, err := a.query(in.ListQuery)
	if err != nil {
		return nil, err
	}
	if in.Sort != "" {
		query.Sort = strings.Split(in.Sort, ",")
	}
	query.Limit, query.After, query.Before, query.Offset = in.Limit, in.After, in.Before, in.Offset
	q := a.app.DB.Reader()
	page, err := a.app.Records.List(ctx, q, k, query)
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Rows, out.Body.Next, out.Body.Previous = rows(page.Records), page.Next, page.Previous
	out.Body.Links, err = a.app.Records.Links(ctx, q, page.Records...)
	return out, err
}

func rows(records []*record.Record) []Row {
	rows := make([]Row, len(records))
	for i, r := range records {
		rows[i] = Row{r}
	}
	return rows
}

func (a *API) query(in ListQuery) (*record.Kind, record.Query, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, record.Query{}, err
	}
	where, err := record.ParseFilter(in.Where)
	return k, record.Query{Where: where, Bin: in.Bin}, err
}

// maxCount is where counting stops: "100,000+" tells a person enough.
const maxCount = 1_000_000

type countOut struct {
	Body struct {
		Count  int  `json:"count"`
		Capped bool `json:"capped" doc:"there are more"`
	}
}

func (a *API) count(ctx context.Context, in *struct{ ListQuery }) (*countOut, error) {
	k, query, err := a.query(in.ListQuery)
	if err != nil {
		return nil, err
	}
	out := &countOut{}
	n, err := a.app.Records.Count(ctx, a.app.DB.Reader(), k, query, maxCount)
	out.Body.Count, out.Body.Capped = min(n, maxCount), n > maxCount
	return out, err
}

type recordOut struct {
	Body struct {
		Record Row   `json:"record"`
		Links  Links `json:"links"`
	}
}

func (a *API) get(ctx context.Context, in *RecordPath) (*recordOut, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	rec, err := k.One(ctx, q, in.ID.ID)
	if err != nil {
		return nil, err
	}
	out := &recordOut{}
	out.Body.Record = Row{rec}
	out.Body.Links, err = a.app.Records.Links(ctx, q, rec)
	return out, err
}

type savedOut struct{ Body Saved }

func (a *API) create(ctx context.Context, in *struct {
	KindPath
	Body struct {
		Values Values `json:"values"`
	}
},
) (*savedOut, error) {
	return a.save(ctx, in.Kind, record.Draft{Values: in.Body.Values}, a.app.Records.Save)
}

func (a *API) update(ctx context.Context, in *struct {
	RecordPath
	Body struct {
		Version int64  `json:"version,omitempty" doc:"the one it was made from; a record that moved on answers stale"`
		Values  Values `json:"values"`
	}
},
) (*savedOut, error) {
	return a.save(ctx, in.Kind, record.Draft{ID: in.ID.ID, Version: in.Body.Version, Values: in.Body.Values}, a.app.Records.Save)
}

func (a *API) delete(ctx context.Context, in *struct {
	RecordPath
	Version int64 `query:"version"`
},
) (*savedOut, error) {
	return a.save(ctx, in.Kind, record.Draft{ID: in.ID.ID, Version: in.Version}, a.app.Records.Delete)
}

func (a *API) restore(ctx context.Context, in *RecordPath) (*savedOut, error) {
	return a.save(ctx, in.Kind, record.Draft{ID: in.ID.ID}, a.app.Records.Restore)
}

type write func(ctx context.Context, tx *storage.Tx, k *record.Kind, drafts ...record.Draft) ([]record.Change, error)

// save writes one draft in one transaction and answers with what is stored.
func (a *API) save(ctx context.Context, kind string, d record.Draft, do write) (*savedOut, error) {
	k, err := a.app.Records.Kind(kind)
	if err != nil {
		return nil, err
	}
	if k.Hidden {
		return nil, fault.New(fault.CodeForbidden, "record.noKind", fault.Params{"kind": kind})
	}
	out := &savedOut{}
	err = a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		changes, err := do(ctx, tx, k, d)
		if err != nil {
			return err
		}
		var rec *record.Record
		if len(changes) > 0 {
			rec, out.Body.Batch, out.Body.Changed = changes[0].Record, changes[0].Act.Batch, true
		} else if rec, err = k.One(ctx, tx, d.ID); err != nil {
			return err
		}
		out.Body.Record = Row{rec}
		out.Body.Links, err = a.app.Records.Links(ctx, tx, rec)
		return err
	})
	return out, err
}

type filterOut struct {
	Body struct {
		OK       bool   `json:"ok"`
		Position any    `json:"position,omitempty" doc:"character at which the filter goes wrong, from 1"`
		Message  string `json:"message,omitempty"`
		Tree     *Node  `json:"tree,omitempty"`
	}
}

func (a *API) checkFilter(ctx context.Context, in *struct {
	KindPath
	Body struct {
		Where string `json:"where"`
	}
},
) (*filterOut, error) {
	k, query, err := a.query(ListQuery{KindPath: in.KindPath, Where: in.Body.Where})
	if err == nil {
		err = a.app.Records.CheckFilter(ctx, k, query.Where)
	}
	out := &filterOut{}
	if err != nil {
		if !fault.Is(err, fault.CodeInvalid) {
			return nil, err
		}
		p := problemOf(ctx, "check-filter", err)
		out.Body.Position, out.Body.Message = p.Position, p.Detail
		return out, nil
	}
	out.Body.OK, out.Body.Tree = true, node(query.Where)
	return out, nil
}

// Node is a filter as a tree, for pages that show it as chips.
type Node struct {
	Op     string   `json:"op" doc:"and, or, not, or the operator of a condition"`
	Parts  []*Node  `json:"parts,omitempty"`
	Field  string   `json:"field,omitempty"`
	Values []string `json:"values,omitempty"`
	Form   string   `json:"form,omitempty" doc:"of the values: text, number, date, day, yesno, me"`
}

func node(f record.Filter) *Node {
	all := func(op string, parts []record.Filter) *Node {
		n := &Node{Op: op}
		for _, p := range parts {
			n.Parts = append(n.Parts, node(p))
		}
		return n
	}
	switch f := f.(type) {
	case record.And:
		return all("and", f)
	case record.Or:
		return all("or", f)
	case record.Not:
		return all("not", []record.Filter{f.Filter})
	case record.Condition:
		n := &Node{Op: f.Op, Field: strings.Join(f.Path, ".")}
		for _, v := range f.Values {
			n.Values, n.Form = append(n.Values, v.Text), v.Form
		}
		return n
	}
	return nil
}
