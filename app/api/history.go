package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/app/record/history"
)

func (a *API) historyOperations() {
	handle(a, operation{id: "get-record-history", method: http.MethodGet, path: "/api/records/{kind}/{id}/history", summary: "Every change of a record, newest first"}, a.recordHistory)
	handle(a, operation{id: "get-field-history", method: http.MethodGet, path: "/api/records/{kind}/{id}/history/{field}", summary: "Where a value comes from: the changes of one field, newest first"}, a.fieldHistory)
	handle(a, operation{id: "get-history", method: http.MethodGet, path: "/api/history", summary: "Every change, newest first"}, a.history)
	handle(a, operation{id: "get-batches", method: http.MethodGet, path: "/api/batches", summary: "What was done, newest first: the changes that were made together as one entry"}, a.batches)
	handle(a, operation{id: "undo", method: http.MethodPost, path: "/api/undo/{id}", summary: "Take back a change or a batch", job: true}, a.undo)
}

type historyOut struct {
	Body struct {
		Changes []history.Change `json:"changes"`
		Next    record.ID        `json:"next" doc:"give it as before; empty at the end"`
		Links   Links            `json:"links"`
	}
}

// HistoryStretch is a stretch of changes.
type HistoryStretch struct {
	Stretch
	Before IDParam `query:"before"`
}

func (a *API) recordHistory(ctx context.Context, in *struct {
	RecordPath
	HistoryStretch
},
) (*historyOut, error) {
	if _, err := a.app.Records.Kind(in.Kind); err != nil {
		return nil, err
	}
	return a.changes(ctx, history.Filter{Record: in.ID.ID, Before: in.Before.ID, Limit: in.Limit})
}

func (a *API) fieldHistory(ctx context.Context, in *struct {
	RecordPath
	Field string `path:"field"`
	Limit int    `query:"limit" default:"10" minimum:"1" maximum:"200"`
},
) (*historyOut, error) {
	if _, err := a.app.Records.Kind(in.Kind); err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	out := &historyOut{}
	var err error
	if out.Body.Changes, err = a.app.History.OfField(ctx, q, in.ID.ID, in.Field, in.Limit); err != nil {
		return nil, err
	}
	out.Body.Links, err = a.app.History.Links(ctx, q, out.Body.Changes)
	return out, err
}

// HistoryQuery picks changes; what is empty picks all.
type HistoryQuery struct {
	HistoryStretch
	Record IDParam `query:"record"`
	Kind   string  `query:"kind"`
	Actor  IDParam `query:"actor"`
	Batch  IDParam `query:"batch"`
	Op     string  `query:"op" doc:"create, update, delete, restore or purge"`
	Field  string  `query:"field" doc:"key of a field that was changed"`
	Days
}

// Days is a span of days in the workspace's time zone.
type Days struct {
	Day   string `query:"day" doc:"YYYY-MM-DD in the workspace's time zone"`
	Since string `query:"since" doc:"the first day"`
	Until string `query:"until" doc:"the last day"`
}

// moments are the first of a span and the first after it, zero where it is open.
func (a *API) moments(ctx context.Context, d Days) (since, until time.Time, err error) {
	zone := a.app.Records.Env(ctx).Now.Location()
	day := func(field, text string, days int) time.Time {
		if text == "" || err != nil {
			return time.Time{}
		}
		t, wrong := time.ParseInLocation(time.DateOnly, text, zone)
		if wrong != nil {
			err = fault.Invalid(field, "record.date", fault.Params{"text": record.Shorten(text, 20)})
		}
		return t.AddDate(0, 0, days)
	}
	if d.Day != "" {
		return day("day", d.Day, 0), day("day", d.Day, 1), err
	}
	return day("since", d.Since, 0), day("until", d.Until, 1), err
}

func (a *API) historyFilter(ctx context.Context, in HistoryQuery) (history.Filter, error) {
	f := history.Filter{Record: in.Record.ID, Kind: in.Kind, Actor: in.Actor.ID, Batch: in.Batch.ID, Op: record.Op(in.Op), Field: in.Field, Before: in.Before.ID, Limit: in.Limit}
	if f.Op != "" && !slices.Contains(history.Ops, f.Op) {
		return f, fault.Invalid("op", "rule.noOperation", fault.Params{"text": record.Shorten(in.Op, 20)})
	}
	if in.Kind != "" {
		k, err := a.app.Records.Kind(in.Kind)
		if err != nil {
			return f, err
		}
		if field := k.Field(f.Field); field != nil && field.Mirror != "" {
			list, _, _ := strings.Cut(field.Mirror, ".") // which tells what it mirrors
			f.Field = list
		}
	}
	var err error
	f.Since, f.Until, err = a.moments(ctx, in.Days)
	return f, err
}

func (a *API) history(ctx context.Context, in *HistoryQuery) (*historyOut, error) {
	f, err := a.historyFilter(ctx, *in)
	if err != nil {
		return nil, err
	}
	return a.changes(ctx, f)
}

func (a *API) changes(ctx context.Context, f history.Filter) (*historyOut, error) {
	q := a.app.DB.Reader()
	limit := f.Limit
	f.Limit++
	changes, err := a.app.History.List(ctx, q, f)
	if err != nil {
		return nil, err
	}
	out := &historyOut{}
	if len(changes) > limit {
		changes = changes[:limit]
		out.Body.Next = changes[limit-1].ID
	}
	out.Body.Changes = changes
	out.Body.Links, err = a.app.History.Links(ctx, q, changes)
	return out, err
}

type batchesOut struct {
	Body struct {
		Batches []history.Batch `json:"batches"`
		Next    record.ID       `json:"next" doc:"give it as before; empty at the end"`
		Links   Links           `json:"links"`
	}
}

func (a *API) batches(ctx context.Context, in *HistoryQuery) (*batchesOut, error) {
	f, err := a.historyFilter(ctx, *in)
	if err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	out := &batchesOut{}
	if out.Body.Batches, out.Body.Next, err = a.app.History.Batches(ctx, q, f); err != nil {
		return nil, err
	}
	var changes []history.Change
	for _, b := range out.Body.Batches {
		changes = append(changes, b.Changes...)
	}
	out.Body.Links, err = a.app.History.Links(ctx, q, changes)
	return out, err
}

type undoOut struct{ Body history.Undone }

func (a *API) undo(ctx context.Context, in *struct {
	ID     IDParam `path:"id" doc:"of a change or a batch"`
	DryRun bool    `query:"dryRun" doc:"only say what would happen"`
},
) (*undoOut, error) {
	u, err := a.app.History.Undo(ctx, in.ID.ID, in.DryRun)
	if err == nil && in.DryRun {
		err = a.app.History.Explain(ctx, a.app.DB.Reader(), u.Conflicts)
	}
	for i := range u.Conflicts {
		if c := &u.Conflicts[i]; c.Refused != nil {
			f := fault.Of(c.Refused)
			c.Message = lang.Text(languageOf(ctx), f.Key, f.Params)
		}
	}
	return &undoOut{u}, err
}
