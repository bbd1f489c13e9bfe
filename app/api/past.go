package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/record/timeline"
	"kontor/storage"
)

func (a *API) past() {
	handle(a, operation{id: "get-timeline", method: http.MethodGet, path: "/api/records/{kind}/{id}/timeline", summary: "What happened around a record, newest first"}, a.timeline)
	handle(a, operation{id: "look", method: http.MethodPost, path: "/api/records/{kind}/{id}/look", summary: "Note that you look at a record, and hear what is new since your last visit"}, a.look)
	handle(a, operation{id: "get-record-history", method: http.MethodGet, path: "/api/records/{kind}/{id}/history", summary: "Every change of a record, newest first"}, a.recordHistory)
	handle(a, operation{id: "get-field-history", method: http.MethodGet, path: "/api/records/{kind}/{id}/history/{field}", summary: "Where a value comes from: the changes of one field, newest first"}, a.fieldHistory)
	handle(a, operation{id: "get-history", method: http.MethodGet, path: "/api/history", summary: "Every change, newest first"}, a.history)
	handle(a, operation{id: "undo", method: http.MethodPost, path: "/api/undo/{id}", summary: "Take back a change or a batch", job: true}, a.undo)
	handle(a, operation{id: "get-bin", method: http.MethodGet, path: "/api/bin", summary: "What lies in the bin, newest first"}, a.bin)
}

// Stretch is how much of a long list is asked for.
type Stretch struct {
	Limit int `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type timelineOut struct {
	Body struct {
		Entries []timelineEntry `json:"entries"`
		Next    string          `json:"next"`
		Links   Links           `json:"links"`
	}
}

type timelineEntry struct {
	timeline.Entry
	Record *Row `json:"record,omitempty"`
}

func (a *API) timeline(ctx context.Context, in *struct {
	RecordPath
	Stretch
	Kinds  []string `query:"kinds" doc:"kinds of entries, such as note or change; all when empty"`
	Before string   `query:"before"`
},
) (*timelineOut, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	if _, err := k.One(ctx, q, in.ID.ID); err != nil {
		return nil, err
	}
	entries, next, err := a.app.Timeline.Read(ctx, q, in.ID.ID, in.Kinds, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &timelineOut{}
	out.Body.Entries, out.Body.Next = make([]timelineEntry, len(entries)), next
	var records []*record.Record
	var changes []history.Change
	for i, e := range entries {
		out.Body.Entries[i] = timelineEntry{Entry: e}
		if e.Record != nil {
			out.Body.Entries[i].Record = &Row{brief(e.Record)}
			records = append(records, e.Record)
		}
		if e.Change != nil {
			changes = append(changes, *e.Change)
		}
	}
	if out.Body.Links, err = a.app.Records.Links(ctx, q, records...); err != nil {
		return nil, err
	}
	links, err := a.app.History.Links(ctx, q, changes)
	for id, link := range links {
		out.Body.Links[id] = link
	}
	return out, err
}

type lookOut struct{ Body timeline.Look }

func (a *API) look(ctx context.Context, in *RecordPath) (*lookOut, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	if _, err := k.One(ctx, a.app.DB.Reader(), in.ID.ID); err != nil {
		return nil, err
	}
	out := &lookOut{}
	err = a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		out.Body, err = a.app.Timeline.Look(ctx, tx, in.ID.ID, record.ActOf(ctx).Actor)
		return err
	})
	return out, err
}

// told is how much of a text that nobody types here a timeline carries, in
// characters: whoever reads a mail asks for it.
const told = 500

// brief shortens such texts.
func brief(rec *record.Record) *record.Record {
	short := *rec
	short.Values = maps.Clone(rec.Values)
	for _, f := range rec.Kind.Fields {
		if f.ReadOnly && f.Type == record.LongText {
			if text := rec.Values.String(f.Key); len(text) > told {
				short.Values[f.Key] = record.Shorten(text, told)
			}
		}
	}
	return &short
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

func (a *API) history(ctx context.Context, in *struct {
	HistoryStretch
	Kind  string  `query:"kind"`
	Actor IDParam `query:"actor"`
	Batch IDParam `query:"batch"`
	Day   string  `query:"day" doc:"YYYY-MM-DD in the workspace's time zone"`
},
) (*historyOut, error) {
	f := history.Filter{Kind: in.Kind, Actor: in.Actor.ID, Batch: in.Batch.ID, Before: in.Before.ID, Limit: in.Limit}
	if in.Day != "" {
		var err error
		if f.Day, err = time.ParseInLocation(time.DateOnly, in.Day, a.app.Records.Env(ctx).Now.Location()); err != nil {
			return nil, fault.Invalid("day", "record.date", fault.Params{"text": record.Shorten(in.Day, 20)})
		}
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

type undoOut struct{ Body history.Undone }

func (a *API) undo(ctx context.Context, in *struct {
	ID     IDParam `path:"id" doc:"of a change or a batch"`
	DryRun bool    `query:"dryRun" doc:"only say what would happen"`
},
) (*undoOut, error) {
	u, err := a.app.History.Undo(ctx, in.ID.ID, in.DryRun)
	return &undoOut{u}, err
}

type binOut struct {
	Body struct {
		Rows []binRow `json:"rows"`
		Next string   `json:"next"`
	}
}

type binRow struct {
	ID        record.ID     `json:"id"`
	Kind      string        `json:"kind"`
	Title     string        `json:"title"`
	DeletedAt string        `json:"deletedAt"`
	Actor     history.Actor `json:"actor"`
	deleted   int64
}

// bin merges the deleted records of all kinds. Its cursor is the moment of the
// last row, since a bulk delete shares one.
func (a *API) bin(ctx context.Context, in *struct {
	Stretch
	Kind   string `query:"kind"`
	Before string `query:"before"`
},
) (*binOut, error) {
	var before time.Time
	if in.Before != "" {
		var err error
		if before, err = time.Parse(time.RFC3339Nano, in.Before); err != nil {
			return nil, fault.Invalid("before", "record.cursor", nil)
		}
	}
	q := a.app.DB.Reader()
	out := &binOut{}
	out.Body.Rows = []binRow{}
	for _, k := range a.app.Records.Kinds() {
		if in.Kind != "" && in.Kind != k.Name {
			continue
		}
		rows, err := a.binOf(ctx, q, k, before, in.Limit+1)
		if err != nil {
			return nil, err
		}
		out.Body.Rows = append(out.Body.Rows, rows...)
	}
	slices.SortFunc(out.Body.Rows, func(x, y binRow) int {
		if x.deleted != y.deleted {
			return int(y.deleted - x.deleted)
		}
		return strings.Compare(x.Title, y.Title)
	})
	if len(out.Body.Rows) > in.Limit {
		last := out.Body.Rows[in.Limit-1]
		cut := in.Limit
		for cut < len(out.Body.Rows) && out.Body.Rows[cut].deleted == last.deleted {
			cut++
		}
		out.Body.Rows = out.Body.Rows[:cut]
		out.Body.Next = last.DeletedAt
	}
	return out, nil
}

func (a *API) binOf(ctx context.Context, q sqlx.QueryerContext, k *record.Kind, before time.Time, limit int) ([]binRow, error) {
	var found []struct {
		ID      record.ID `db:"id"`
		Title   string    `db:"title"`
		Deleted int64     `db:"deleted_at"`
		Actor   record.ID `db:"actor"`
		Name    string    `db:"name"`
	}
	condition := ""
	args := []any{limit}
	if !before.IsZero() {
		condition = " AND t.deleted_at < $2"
		args = append(args, before.UnixMilli())
	}
	// The rows that share the last moment come along, so that the next stretch
	// can begin before it.
	err := sqlx.SelectContext(ctx, q, &found, `SELECT t.id, t.`+k.Field(k.TitleKey).Column+` AS title, t.deleted_at, coalesce(c.actor, 0) AS actor, coalesce(u.name, '') AS name
		FROM `+k.Table+` t LEFT JOIN history_change c ON c.record_id = t.id AND c.op = 'delete' AND c.at = t.deleted_at LEFT JOIN access_user u ON u.id = c.actor
		WHERE t.deleted_at IS NOT NULL`+condition+` AND t.deleted_at >= (SELECT min(deleted_at) FROM (SELECT deleted_at FROM `+k.Table+` t
			WHERE t.deleted_at IS NOT NULL`+condition+` ORDER BY deleted_at DESC LIMIT $1) AS newest) ORDER BY t.deleted_at DESC`, args...)
	if err != nil {
		return nil, err
	}
	rows := make([]binRow, len(found))
	for i, f := range found {
		rows[i] = binRow{f.ID, k.Name, record.Shorten(f.Title, 80), record.InstantText(f.Deleted), history.Actor{ID: f.Actor, Name: f.Name}, f.Deleted}
	}
	return rows, nil
}
