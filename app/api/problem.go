package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

// Problem is a fault as programs and people get it (RFC 9457).
type Problem struct {
	Status    int           `json:"status"`
	Title     string        `json:"title"`
	Detail    string        `json:"detail" doc:"what happened and what to do, in the language of the request"`
	Code      fault.Code    `json:"code" doc:"invalid, unauthorized, forbidden, not_found, conflict, stale, too_large, unavailable, internal"`
	Field     string        `json:"field,omitempty"`
	Errors    []ProblemPart `json:"errors,omitempty"`
	Position  any           `json:"position,omitempty" doc:"character of a filter"`
	Current   *Row          `json:"current,omitempty" doc:"of a stale save: the record as it is now"`
	Reference string        `json:"reference,omitempty" doc:"entry of the log"`
}

// ProblemPart is one of several faults.
type ProblemPart struct {
	Field   string     `json:"field"`
	Code    fault.Code `json:"code"`
	Message string     `json:"message"`
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus is asked by huma.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is asked by huma.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statuses = map[fault.Code]int{
	fault.CodeInvalid: 422, fault.CodeUnauthorized: 401, fault.CodeForbidden: 403, fault.CodeNotFound: 404, fault.CodeConflict: 409,
	fault.CodeStale: 409, fault.CodeTooLarge: 413, fault.CodeUnavailable: 503, fault.CodeInternal: 500,
}

// problemOf translates an error for who asked. Mistakes of ours are logged here,
// once, with a reference.
func problemOf(ctx context.Context, op string, err error) *Problem {
	all := fault.All(err)
	first := all[0]
	p := &Problem{Status: statuses[first.Code], Title: strings.ReplaceAll(string(first.Code), "_", " "), Code: first.Code, Field: first.Field}
	for _, f := range all {
		message := lang.Text(languageOf(ctx), f.Key, f.Params)
		if p.Detail == "" {
			p.Detail = message
		}
		if len(all) > 1 {
			p.Errors = append(p.Errors, ProblemPart{f.Field, f.Code, message})
		}
	}
	p.Position = first.Params["position"]
	switch detail := first.Detail.(type) {
	case *record.Record:
		p.Current = &Row{detail}
	case string:
		p.Reference = detail
	}
	if first.Code == fault.CodeInternal && p.Reference == "" {
		p.Reference = newReference()
		slog.Error("operation failed", "op", op, "ref", p.Reference, "err", err)
	} else if first.Code == fault.CodeUnavailable && !errors.Is(ctx.Err(), context.Canceled) { // who hung up went on
		slog.Warn("operation failed", "op", op, "err", err)
	}
	return p
}

// writeProblem answers outside of huma's operations.
func writeProblem(w http.ResponseWriter, ctx context.Context, err error) {
	p := problemOf(ctx, "", err)
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that has gone cannot be told
}

// requestFault is huma's own complaint about a request that does not fit the
// operation's description.
func requestFault(c huma.Context, status int, message string, errs ...error) huma.StatusError {
	ctx := context.Background()
	if c != nil {
		ctx = c.Context()
	}
	for _, err := range errs { // a fault that a decoder of ours met
		var f *fault.Error
		if errors.As(err, &f) {
			return problemOf(ctx, "", f)
		}
	}
	code, key := fault.CodeInvalid, "fault.badRequest"
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return problemOf(ctx, "", fault.New(fault.CodeTooLarge, "fault.tooLarge", fault.Params{"megabytes": 1}))
	case status >= 500:
		code = fault.CodeInternal
	}
	field := ""
	for _, err := range errs {
		var d *huma.ErrorDetail
		if errors.As(err, &d) {
			message = d.Message
			field = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "query."), "path.")
			break
		}
		message = err.Error()
	}
	p := problemOf(ctx, "", &fault.Error{Code: code, Key: key, Field: field, Params: fault.Params{"problem": record.Shorten(message, 200)}})
	if status > 400 && status < 500 {
		p.Status = status
	}
	return p
}

// WriteFault answers a request that a door refuses.
func WriteFault(w http.ResponseWriter, r *http.Request, language string, err error) {
	writeProblem(w, withLanguage(r.Context(), language), err)
}
