package api

import (
	"cmp"
	"context"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/activities"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/app/today"
	"kontor/storage"
)

func (a *API) activities() {
	handle(a, operation{id: "settle-activity", method: http.MethodPost, path: "/api/activities/{kind}/{id}/settle", summary: "Do a task, put it off, or open it again; one that repeats is followed by the next"}, a.settle)
	handle(a, operation{id: "snooze-reminder", method: http.MethodPost, path: "/api/activities/{kind}/{id}/snooze", summary: "Be reminded of a task or meeting again"}, a.snooze)
	handle(a, operation{id: "get-today", method: http.MethodGet, path: "/api/today", summary: "What waits to be done today"}, a.today)
	handle(a, operation{id: "get-calendar", method: http.MethodGet, path: "/api/calendar", summary: "Meetings and due tasks of some days"}, a.calendar)
	handle(a, operation{id: "export-calendar", method: http.MethodGet, path: "/api/calendar.ics", summary: "All meetings and tasks as a calendar file (iCalendar)", job: true}, a.exportCalendar)
	// The module says itself what is too large, with its own limit.
	handle(a, operation{id: "import-calendar", method: http.MethodPost, path: "/api/calendar/import", summary: "Take a calendar file in (iCalendar); what came before is updated", maxBody: 2 * activities.MaxICalendar, job: true}, a.importCalendar)
}

// SettleOut answers a settlement as a save is answered.
type SettleOut struct {
	Saved
	Next *Row `json:"next,omitempty" doc:"the task that comes after one that repeats"`
}

type settleOut struct{ Body SettleOut }

func (a *API) settle(ctx context.Context, in *struct {
	RecordPath
	Body struct {
		How     string `json:"how" doc:"done, tomorrow, nextWeek (Monday), until, reopen"`
		Until   string `json:"until,omitempty" doc:"YYYY-MM-DD, for until"`
		Version int64  `json:"version,omitempty" doc:"the one it was decided from; a record that moved on answers stale"`
	}
},
) (*settleOut, error) {
	out := &settleOut{}
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		s, err := a.app.Activities.Settle(ctx, tx, in.Kind, in.ID.ID, activities.Settlement{How: in.Body.How, Until: in.Body.Until, Version: in.Body.Version})
		if err != nil {
			return err
		}
		out.Body = SettleOut{Saved: Saved{Record: Row{s.Task}, Batch: s.Batch, Changed: s.Changed}}
		records := []*record.Record{s.Task}
		if s.Next != nil {
			out.Body.Next = &Row{s.Next}
			records = append(records, s.Next)
		}
		out.Body.Links, err = a.app.Records.Links(ctx, tx, records...)
		return err
	})
	return out, err
}

type snoozeOut struct {
	Body struct {
		Until string `json:"until" doc:"when it will be told"`
	}
}

func (a *API) snooze(ctx context.Context, in *struct {
	RecordPath
	Body struct {
		How  string    `json:"how" doc:"tenMinutes, hour, tomorrow (in the morning)"`
		When time.Time `json:"when" doc:"the moment that the reminder named"`
	}
},
) (*snoozeOut, error) {
	out := &snoozeOut{}
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		until, err := a.app.Activities.Snooze(ctx, tx, in.Kind, in.ID.ID, in.Body.How, in.Body.When)
		out.Body.Until = record.InstantText(until.UnixMilli())
		return err
	})
	return out, err
}

// TodaySection is one part of what waits.
type TodaySection struct {
	Key     string             `json:"key" enum:"overdue,due,meetings,replies,chase,drafts"`
	Kind    string             `json:"kind"`
	Where   string             `json:"where" doc:"filter that lists all of them; empty for meetings"`
	Sort    string             `json:"sort"`
	Count   int                `json:"count"`
	Capped  bool               `json:"capped" doc:"there are more"`
	Rows    []Row              `json:"rows" doc:"the first 20; none for meetings"`
	Entries []activities.Entry `json:"entries" doc:"meetings, the first 20"`
}

type todayOut struct {
	Body struct {
		Today    string         `json:"today"`
		Sections []TodaySection `json:"sections" doc:"those that are not empty"`
		Links    Links          `json:"links"`
	}
}

func (a *API) today(ctx context.Context, _ *struct{}) (*todayOut, error) {
	q := a.app.DB.Reader()
	sections, err := today.Today{Records: a.app.Records, Calendar: a.app.Activities}.Read(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &todayOut{}
	out.Body.Today, out.Body.Sections = a.app.Records.Env(ctx).Today(), []TodaySection{}
	var all []*record.Record
	for _, s := range sections {
		part := TodaySection{Key: s.Key, Kind: s.Kind, Where: s.Where, Sort: s.Sort, Count: s.Count, Capped: s.Capped, Rows: []Row{}, Entries: append([]activities.Entry{}, s.Entries...)}
		for _, rec := range s.Records {
			if len(s.Entries) == 0 {
				part.Rows = append(part.Rows, Row{brief(rec)})
			}
			all = append(all, rec)
		}
		out.Body.Sections = append(out.Body.Sections, part)
	}
	out.Body.Links, err = a.app.Records.Links(ctx, q, all...)
	return out, err
}

type calendarOut struct {
	Body struct {
		Entries []activities.Entry `json:"entries" doc:"by day; whole days first"`
		More    bool               `json:"more" doc:"there are more than were listed"`
		Links   Links              `json:"links"`
	}
}

func (a *API) calendar(ctx context.Context, in *struct {
	From string `query:"from" required:"true" doc:"YYYY-MM-DD"`
	To   string `query:"to" required:"true" doc:"YYYY-MM-DD, included; at most 400 days"`
},
) (*calendarOut, error) {
	q := a.app.DB.Reader()
	entries, more, err := a.app.Activities.Calendar(ctx, q, in.From, in.To)
	if err != nil {
		return nil, err
	}
	out := &calendarOut{}
	out.Body.Entries, out.Body.More = append([]activities.Entry{}, entries...), more
	var records []*record.Record
	for _, e := range entries {
		records = append(records, e.Record())
	}
	slices.SortFunc(records, func(x, y *record.Record) int { return cmp.Compare(x.ID, y.ID) })
	records = slices.CompactFunc(records, func(x, y *record.Record) bool { return x.ID == y.ID }) // the times of a series
	out.Body.Links, err = a.app.Records.Links(ctx, q, records...)
	return out, err
}

func (a *API) exportCalendar(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	file, err := a.app.Activities.ICalendar(ctx, a.app.DB.Reader(), a.app.Version)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", "text/calendar; charset=utf-8")
		c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "kontor.ics"}))
		_, _ = c.BodyWriter().Write(file) // a client that has gone cannot be told
	}}, nil
}

// CalendarProblem is something in a calendar file that a person should know of.
type CalendarProblem struct {
	Line    int    `json:"line"`
	Title   string `json:"title" doc:"of the entry; empty where there is none"`
	Message string `json:"message"`
}

type intakeOut struct {
	Body struct {
		activities.Intake
		Problems []CalendarProblem `json:"problems" doc:"the first 200"`
	}
}

func (a *API) importCalendar(ctx context.Context, in *struct {
	Name    string `query:"name" maxLength:"500" doc:"of the file"`
	RawBody []byte `contentType:"application/octet-stream"`
},
) (*intakeOut, error) {
	taken, err := a.app.Activities.Take(ctx, in.RawBody, in.Name)
	if err != nil {
		return nil, err
	}
	out := &intakeOut{}
	out.Body.Intake, out.Body.Problems = taken, []CalendarProblem{}
	for _, p := range taken.Problems {
		out.Body.Problems = append(out.Body.Problems, CalendarProblem{p.Line, p.Title, lang.Text(languageOf(ctx), p.Fault.Key, p.Fault.Params)})
	}
	return out, nil
}
