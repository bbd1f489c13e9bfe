package api

import (
	"context"
	"encoding/json"
	"net/http"

	"kontor/app/record"
	"kontor/app/settings"
	"kontor/storage"
)

type settingsOut struct {
	Body struct {
		Version int64          `json:"version"`
		Values  settingsValues `json:"values"`
		Fields  []record.Field `json:"fields"`
		Links   Links          `json:"links"`
		Batch   record.ID      `json:"batch,omitempty"`
	}
}

// settingsValues are the settings by key.
type settingsValues map[string]json.RawMessage

func (a *API) settings() {
	handle(a, operation{id: "get-settings", method: http.MethodGet, path: "/api/settings", summary: "All settings"}, a.getSettings)
	handle(a, operation{id: "update-settings", method: http.MethodPatch, path: "/api/settings", summary: "Change settings"}, a.setSettings)
}

func (a *API) getSettings(ctx context.Context, _ *struct{}) (*settingsOut, error) {
	return a.settingsAs(ctx, a.app.Settings.Now(), 0)
}

func (a *API) settingsAs(ctx context.Context, rec *record.Record, batch record.ID) (*settingsOut, error) {
	out := &settingsOut{}
	b := &out.Body
	b.Version, b.Fields, b.Values, b.Batch = rec.Version, rec.Kind.Fields, settingsValues{}, batch
	for _, f := range rec.Kind.Fields {
		b.Values[f.Key] = rec.Kind.Encode(f.Key, rec.Values)
	}
	var err error
	b.Links, err = a.app.Records.Links(ctx, a.app.DB.Reader(), rec)
	return out, err
}

func (a *API) setSettings(ctx context.Context, in *struct {
	Body struct {
		Version int64  `json:"version,omitempty"`
		Values  Values `json:"values"`
	}
},
) (*settingsOut, error) {
	rec, batch := a.app.Settings.Now(), record.ID(0)
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		changes, err := a.app.Records.Save(ctx, tx, a.app.Settings.Kind, record.Draft{ID: settings.ID, Version: in.Body.Version, Values: in.Body.Values})
		if len(changes) > 0 {
			rec, batch = changes[0].Record, changes[0].Act.Batch
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.settingsAs(ctx, rec, batch)
}
