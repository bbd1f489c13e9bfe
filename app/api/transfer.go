package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/transfer"
)

// transfers are the operations on spreadsheets.
type transfers struct {
	api *API
	t   *transfer.Transfer
}

func (a *API) transfer() {
	o := &transfers{a, transfer.New(a.app.DB, a.app.Records)}
	handle(a, operation{id: "open-import", method: http.MethodPost, path: "/api/imports", summary: "Take a spreadsheet in and guess what it holds", status: 201, maxBody: transfer.MaxSize, job: true}, o.open)
	handle(a, operation{id: "get-import", method: http.MethodGet, path: "/api/imports/{import}", summary: "What an import knows and how far it is"}, o.get)
	handle(a, operation{id: "change-import", method: http.MethodPatch, path: "/api/imports/{import}", summary: "Choose sheet, mapping, answers, match", job: true}, o.change)
	handle(a, operation{id: "plan-import", method: http.MethodGet, path: "/api/imports/{import}/plan", summary: "What an import would do, row by row; nothing is written", job: true}, o.plan)
	handle(a, operation{id: "apply-import", method: http.MethodPost, path: "/api/imports/{import}/apply", summary: "Start an import", status: 202}, o.apply)
	handle(a, operation{id: "cancel-import", method: http.MethodPost, path: "/api/imports/{import}/cancel", summary: "Stop a running import; what is written stays and can be undone"}, o.cancel)
	handle(a, operation{id: "close-import", method: http.MethodDelete, path: "/api/imports/{import}", summary: "End an import and forget its file", status: 204}, o.close)
	handle(a, operation{id: "get-failed-rows", method: http.MethodGet, path: "/api/imports/{import}/failed", summary: "A workbook of the rows that failed, with the reasons", job: true}, o.failed)
	handle(a, operation{id: "export-records", method: http.MethodGet, path: "/api/export/{kind}", summary: "A list as a spreadsheet", job: true}, o.export)
}

// ImportPath names a session.
type ImportPath struct {
	Import string `path:"import" maxLength:"40"`
}

type importOut struct{ Body transfer.State }

func (o *transfers) open(ctx context.Context, in *struct {
	Name      string `query:"name" required:"true" maxLength:"500" doc:"of the file"`
	Kind      string `query:"kind" doc:"of the records; guessed when empty"`
	Sheet     string `query:"sheet"`
	Header    int    `query:"header" doc:"row of the titles; 0 guesses, -1 is none"`
	Encoding  string `query:"encoding"`
	Delimiter string `query:"delimiter"`
	Password  string `header:"X-Sheet-Password" doc:"of a protected workbook, percent-encoded"`
	RawBody   []byte `contentType:"application/octet-stream"`
},
) (*importOut, error) {
	password, err := url.PathUnescape(in.Password) // headers hold ASCII only
	if err != nil {
		return nil, fault.Invalid("password", "sheet.passwordWrong", fault.Params{"file": record.Shorten(in.Name, 80)})
	}
	s, err := o.t.Open(ctx, in.Name, in.RawBody, transfer.Options{
		Kind: in.Kind, Sheet: in.Sheet, Header: in.Header, Encoding: in.Encoding, Delimiter: in.Delimiter, Password: password,
	})
	if err != nil {
		return nil, err
	}
	return o.state(ctx, s)
}

func (o *transfers) state(ctx context.Context, s *transfer.Session) (*importOut, error) {
	state, err := s.State(languageOf(ctx))
	return &importOut{state}, err
}

// with calls fn for a session and answers with its state.
func (o *transfers) with(ctx context.Context, id string, fn func(s *transfer.Session) error) (*importOut, error) {
	s, err := o.t.Session(id)
	if err != nil {
		return nil, err
	}
	if err := fn(s); err != nil {
		return nil, err
	}
	return o.state(ctx, s)
}

func (o *transfers) get(ctx context.Context, in *ImportPath) (*importOut, error) {
	return o.with(ctx, in.Import, func(*transfer.Session) error { return nil })
}

func (o *transfers) change(ctx context.Context, in *struct {
	ImportPath
	Body transfer.Options
},
) (*importOut, error) {
	return o.with(ctx, in.Import, func(s *transfer.Session) error { return s.Change(ctx, in.Body) })
}

func (o *transfers) apply(ctx context.Context, in *ImportPath) (*importOut, error) {
	return o.with(ctx, in.Import, func(s *transfer.Session) error { return s.Apply(ctx) })
}

func (o *transfers) cancel(ctx context.Context, in *ImportPath) (*importOut, error) {
	return o.with(ctx, in.Import, func(s *transfer.Session) error {
		s.Cancel()
		return nil
	})
}

func (o *transfers) close(_ context.Context, in *ImportPath) (*struct{}, error) {
	return nil, o.t.Close(in.Import)
}

type planOut struct {
	Body struct {
		Result transfer.Result    `json:"result" doc:"as an import would answer"`
		Rows   []transfer.PlanRow `json:"rows"`
	}
}

func (o *transfers) plan(ctx context.Context, in *struct {
	ImportPath
	Action   string `query:"action" enum:"created,updated,unchanged,skipped,failed," doc:"only these rows"`
	Offset   int    `query:"offset" minimum:"0"`
	Limit    int    `query:"limit" default:"100" minimum:"0" maximum:"10000"`
	Problems int    `query:"problems" default:"200" minimum:"0" maximum:"50000" doc:"how many errors, and how many warnings, are listed"`
},
) (*planOut, error) {
	s, err := o.t.Session(in.Import)
	if err != nil {
		return nil, err
	}
	out := &planOut{}
	out.Body.Result, out.Body.Rows, err = s.Planned(ctx, languageOf(ctx), transfer.Page{
		Action: transfer.Action(in.Action), Offset: in.Offset, Limit: in.Limit, Problems: in.Problems,
	})
	return out, err
}

func (o *transfers) failed(ctx context.Context, in *ImportPath) (*huma.StreamResponse, error) {
	s, err := o.t.Session(in.Import)
	if err != nil {
		return nil, err
	}
	file, err := s.FailedFile(ctx, languageOf(ctx))
	if err != nil {
		return nil, err
	}
	return asDownload(file, "failed.xlsx", transfer.XLSX), nil
}

func (o *transfers) export(ctx context.Context, in *struct {
	ListQuery
	Sort   string `query:"sort" doc:"fields, -field downwards, separated by commas"`
	Fields string `query:"fields" doc:"separated by commas; all when empty"`
	Format string `query:"format" default:"xlsx" doc:"xlsx or csv"`
},
) (*huma.StreamResponse, error) {
	_, query, err := o.api.query(in.ListQuery)
	if err != nil {
		return nil, err
	}
	if in.Sort != "" {
		query.Sort = strings.Split(in.Sort, ",")
	}
	e := transfer.Export{Kind: in.Kind, Query: query, Format: in.Format, Language: languageOf(ctx)}
	if in.Fields != "" {
		e.Fields = strings.Split(in.Fields, ",")
	}
	prepared, err := o.t.Prepare(ctx, e)
	if err != nil {
		return nil, err
	}
	file, err := prepared.File(ctx)
	if err != nil {
		return nil, err
	}
	return asDownload(file, prepared.FileName(), in.Format), nil
}

var sheetTypes = map[string]string{
	transfer.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	transfer.CSV:  "text/csv; charset=utf-8",
}

func asDownload(file io.ReadCloser, name, format string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		defer file.Close()
		c.SetHeader("Content-Type", sheetTypes[format])
		c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		_, _ = io.Copy(c.BodyWriter(), file) // a client that has gone cannot be told
	}}
}
