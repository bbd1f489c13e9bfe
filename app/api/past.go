package api

import (
	"context"
	"maps"
	"net/http"

	"kontor/app/record"
	"kontor/app/record/timeline"
	"kontor/storage"
)

func (a *API) past() {
	handle(a, operation{id: "look", method: http.MethodPost, path: "/api/records/{kind}/{id}/look", summary: "Note that you look at a record, and hear what is new since your last visit"}, a.look)
	a.historyOperations()
	a.binOperations()
}

// Stretch is how much of a long list is asked for.
type Stretch struct {
	Limit int `query:"limit" default:"50" minimum:"1" maximum:"200"`
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

// briefly is how much of a text that nobody types here a timeline carries, in
// characters: whoever reads a mail asks for it.
const briefly = 500

// brief shortens such texts.
func brief(rec *record.Record) *record.Record {
	short := *rec
	short.Values = maps.Clone(rec.Values)
	for _, f := range rec.Kind.All() {
		if f.ReadOnly && f.Type == record.LongText {
			if text := rec.Values.String(f.Key); len(text) > briefly {
				short.Values[f.Key] = record.Shorten(text, briefly)
			}
		}
	}
	return &short
}
