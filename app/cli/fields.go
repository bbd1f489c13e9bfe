package cli

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
)

// fieldCmd adds and changes fields of the user's own; the command fields lists all
// of a kind.
type fieldCmd struct {
	Add fieldAddCmd `cmd:"" help:"Add a field of your own to a kind of records."`
	Set fieldSetCmd `cmd:"" help:"Change a field of your own: label, group, help, default, required, options, hidden."`
}

type fieldAddCmd struct {
	Kind  string   `arg:""`
	Label string   `arg:""`
	Type  string   `arg:"" help:"text, longtext, number, money, date, yesno, choice, choices, link, email, phone or url"`
	Pairs []string `arg:"" optional:"" name:"field=value" help:"such as options=[\"Fair\",\"Website\"], digits=2, target=person or required=true"`
}

type ownField struct {
	Field struct {
		ID  string `json:"id"`
		Key string `json:"key"`
	} `json:"field"`
	Batch string `json:"batch"`
}

func (cmd fieldAddCmd) Run(r *run) error {
	values, err := pairs(cmd.Pairs)
	if err != nil {
		return err
	}
	maps.Copy(values, map[string]any{"kind": cmd.Kind, "label": cmd.Label, "type": cmd.Type})
	return r.onField(http.MethodPost, "/api/fields", values)
}

type fieldSetCmd struct {
	ID    string   `arg:"" help:"of the field, as field add prints it"`
	Pairs []string `arg:"" name:"field=value"`
}

func (cmd fieldSetCmd) Run(r *run) error {
	values, err := pairs(cmd.Pairs)
	if err != nil {
		return err
	}
	return r.onField(http.MethodPatch, "/api/fields/"+url.PathEscape(cmd.ID), values)
}

func (r *run) onField(method, path string, values map[string]any) error {
	return r.with(func(c *client) error {
		var saved ownField
		if err := c.call(method, path, map[string]any{"values": values}, &saved); err != nil {
			return err
		}
		r.answer(map[string]any{"id": saved.Field.ID, "key": saved.Field.Key, "batch": saved.Batch}, func() {
			fmt.Fprintln(r.Out, saved.Field.ID, saved.Field.Key)
		})
		return nil
	})
}
