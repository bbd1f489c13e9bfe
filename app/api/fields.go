package api

import (
	"context"
	"net/http"

	"kontor/app/fields"
	"kontor/app/record"
	"kontor/storage"
)

// fields are the operations on fields of the user's own.
func (a *API) fields() {
	handle(a, operation{id: "list-fields", method: http.MethodGet, path: "/api/fields", summary: "Fields of your own, in their order, the hidden ones too"}, a.listFields)
	handle(a, operation{id: "create-field", method: http.MethodPost, path: "/api/fields", summary: "Add a field to a kind of records", status: 201}, a.createField)
	handle(a, operation{id: "change-field", method: http.MethodPatch, path: "/api/fields/{id}", summary: "Rename a field, hide it, or change its options, group, default and help"}, a.changeField)
	handle(a, operation{id: "convert-field", method: http.MethodPost, path: "/api/fields/{id}/convert", summary: "Give a field another type, or see what would become of its values", job: true}, a.convertField)
	handle(a, operation{id: "order-fields", method: http.MethodPut, path: "/api/fields/order", summary: "Put the fields of a kind in order"}, a.orderFields)
}

type ownFieldsOut struct {
	Body struct {
		Fields []Row             `json:"fields" doc:"label, kind, key, type, group, place, required, default, help, digits, target, hidden, options"`
		Filled map[record.ID]int `json:"filled" doc:"how many records have a value"`
	}
}

func (a *API) listFields(ctx context.Context, in *struct {
	Kind string `query:"kind" required:"true" doc:"of the records"`
},
) (*ownFieldsOut, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	defined, err := a.app.Fields.Of(ctx, q, k.Name)
	if err != nil {
		return nil, err
	}
	out := &ownFieldsOut{}
	out.Body.Fields, out.Body.Filled = []Row{}, map[record.ID]int{}
	for _, d := range defined {
		if d.Deleted != 0 {
			continue
		}
		out.Body.Fields = append(out.Body.Fields, Row{d})
		if f := k.Field(d.Values.String("key")); f != nil {
			if out.Body.Filled[d.ID], err = k.Filled(ctx, q, f); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

type ownFieldOut struct {
	Body struct {
		Field      Row               `json:"field"`
		Batch      record.ID         `json:"batch,omitempty"`
		Conversion fields.Conversion `json:"conversion"`
	}
}

func (a *API) createField(ctx context.Context, in *struct {
	Body struct {
		Values Values `json:"values"`
	}
},
) (*ownFieldOut, error) {
	return a.saveField(ctx, record.Draft{Values: in.Body.Values})
}

func (a *API) changeField(ctx context.Context, in *struct {
	ID   IDParam `path:"id"`
	Body struct {
		Version int64  `json:"version,omitempty"`
		Values  Values `json:"values"`
	}
},
) (*ownFieldOut, error) {
	return a.saveField(ctx, record.Draft{ID: in.ID.ID, Version: in.Body.Version, Values: in.Body.Values})
}

func (a *API) saveField(ctx context.Context, d record.Draft) (*ownFieldOut, error) {
	out := &ownFieldOut{}
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		change, err := a.app.Fields.Save(ctx, tx, d)
		if err != nil {
			return err
		}
		out.Body.Batch = change.Act.Batch
		rec := change.Record
		if rec == nil {
			rec, err = a.app.Fields.Kind.One(ctx, tx, d.ID)
		}
		out.Body.Field = Row{rec}
		return err
	})
	return out, err
}

func (a *API) convertField(ctx context.Context, in *struct {
	ID   IDParam `path:"id"`
	Body struct {
		Version int64  `json:"version,omitempty"`
		Values  Values `json:"values" doc:"type, and options or digits where it needs them"`
		Dry     bool   `json:"dry,omitempty" doc:"only say what would become of the values"`
	}
},
) (*ownFieldOut, error) {
	change, conversion, err := a.app.Fields.Convert(ctx, record.Draft{ID: in.ID.ID, Version: in.Body.Version, Values: in.Body.Values}, in.Body.Dry)
	if err != nil {
		return nil, err
	}
	out := &ownFieldOut{}
	out.Body.Conversion, out.Body.Batch = conversion, change.Act.Batch
	rec, err := a.app.Fields.Kind.One(ctx, a.app.DB.Reader(), in.ID.ID)
	out.Body.Field = Row{rec}
	return out, err
}

type batchOut struct {
	Body struct {
		Batch record.ID `json:"batch"`
	}
}

func (a *API) orderFields(ctx context.Context, in *struct {
	Body struct {
		Kind string   `json:"kind"`
		IDs  []string `json:"ids"`
	}
},
) (*batchOut, error) {
	ids := make([]record.ID, len(in.Body.IDs))
	for i, text := range in.Body.IDs {
		id, err := record.ParseID(text)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	batch, err := a.app.Fields.Order(ctx, in.Body.Kind, ids)
	out := &batchOut{}
	out.Body.Batch = batch
	return out, err
}
