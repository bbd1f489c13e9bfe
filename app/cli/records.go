package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
)

// row is a record as it was answered, with its fields in their order.
type row struct {
	keys   []string
	values map[string]json.RawMessage
}

func (r *row) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	r.values = map[string]json.RawMessage{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		r.keys = append(r.keys, fmt.Sprint(key))
		r.values[fmt.Sprint(key)] = value
	}
	return nil
}

func (r row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, key := range r.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(key)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(r.values[key])
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// only keeps id, version and the given fields, in their order.
func (r row) only(fields []string) row {
	keys := []string{"id", "version"}
	for _, f := range fields {
		if !slices.Contains(keys, f) {
			keys = append(keys, f)
		}
	}
	return row{keys, r.values}
}

type link struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
}

type kindsAnswer struct {
	Kinds []kindAnswer `json:"kinds"`
}

type kindAnswer struct {
	Name   string            `json:"name"`
	List   []string          `json:"list"`
	Fields []json.RawMessage `json:"fields"`
}

// key reads the key of a field.
func fieldKey(raw json.RawMessage) (key, kind string) {
	var f struct{ Key, Type string }
	_ = json.Unmarshal(raw, &f) // what the API describes has a key
	return f.Key, f.Type
}

func (c *client) kind(name string) (kindAnswer, error) {
	var all kindsAnswer
	if err := c.get("/api/kinds", nil, &all); err != nil {
		return kindAnswer{}, err
	}
	for _, k := range all.Kinds {
		if k.Name == name {
			return k, nil
		}
	}
	return kindAnswer{}, fault.NotFound("record.noKind", fault.Params{"kind": name})
}

type kindsCmd struct{}

func (kindsCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var all json.RawMessage
		var parsed kindsAnswer
		if err := c.get("/api/kinds", nil, &all); err != nil {
			return err
		}
		r.answer(all, func() {
			_ = json.Unmarshal(all, &parsed)
			for _, k := range parsed.Kinds {
				fmt.Fprintln(r.Out, k.Name)
			}
		})
		return nil
	})
}

type fieldsCmd struct {
	Kind string `arg:""`
}

func (cmd fieldsCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		k, err := c.kind(cmd.Kind)
		if err != nil {
			return err
		}
		r.answer(map[string]any{"kind": k.Name, "fields": k.Fields}, func() {
			t := r.table("field", "type")
			for _, f := range k.Fields {
				t.add(fieldKey(f))
			}
			t.print()
		})
		return nil
	})
}

type listCmd struct {
	Kind   string `arg:""`
	Where  string `help:"Filter, such as 'city = \"Leeds\"'." placeholder:"EXPR"`
	Sort   string `help:"Fields, -field downwards." placeholder:"-FIELD"`
	Fields string `help:"Only these fields." placeholder:"A,B"`
	Limit  int    `help:"How many rows." default:"50"`
}

type listAnswer struct {
	Rows  []row           `json:"rows"`
	Next  string          `json:"next"`
	Links map[string]link `json:"links"`
}

// pageRows is how many rows a long list is read in.
const pageRows = 1000

func (cmd listCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		k, err := c.kind(cmd.Kind)
		if err != nil {
			return err
		}
		var fields []string
		if cmd.Fields != "" {
			fields = strings.Split(cmd.Fields, ",")
		}
		for _, key := range fields {
			if !k.has(key) {
				return fault.Invalid("fields", "record.noField", fault.Params{"field": key, "kind": k.Name})
			}
		}
		all := listAnswer{Rows: []row{}, Links: map[string]link{}}
		for left := cmd.Limit; left > 0 || cmd.Limit <= 0; left = cmd.Limit - len(all.Rows) {
			var page listAnswer
			query := url.Values{"where": {cmd.Where}, "sort": {cmd.Sort}, "after": {all.Next}, "limit": {strconv.Itoa(min(left, pageRows))}}
			if err := c.get("/api/records/"+url.PathEscape(cmd.Kind), query, &page); err != nil {
				return err
			}
			all.Rows, all.Next = append(all.Rows, page.Rows...), page.Next
			for id, l := range page.Links {
				all.Links[id] = l
			}
			if page.Next == "" {
				break
			}
		}
		shown := fields
		if fields == nil {
			shown = k.List
		} else {
			for i := range all.Rows {
				all.Rows[i] = all.Rows[i].only(fields)
			}
		}
		r.answer(all, func() { r.rows(shown, all) })
		return nil
	})
}

func (k kindAnswer) has(key string) bool {
	return slices.Contains([]string{"id", "label", "createdAt", "updatedAt"}, key) || slices.ContainsFunc(k.Fields, func(raw json.RawMessage) bool {
		name, _ := fieldKey(raw)
		return name == key
	})
}

func (a listAnswer) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Rows  []row           `json:"rows"`
		Next  *string         `json:"next"`
		Links map[string]link `json:"links"`
	}{a.Rows, orNull(a.Next), a.Links})
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// one is the answer of commands on one record.
type one struct {
	Record row             `json:"record"`
	Links  map[string]link `json:"links"`
}

func (r *run) record(o one) {
	r.answer(o.Record, func() { r.pairs(o.Record.values, o.Record.keys...) })
}

func recordPath(kind, id string) string {
	return "/api/records/" + url.PathEscape(kind) + "/" + url.PathEscape(id)
}

type showCmd struct {
	Kind string `arg:""`
	ID   string `arg:""`
}

func (cmd showCmd) Run(r *run) error {
	return r.onRecord(http.MethodGet, recordPath(cmd.Kind, cmd.ID), nil)
}

// onRecord calls an operation that answers with one record, and prints it.
func (r *run) onRecord(method, path string, body any) error {
	return r.with(func(c *client) error {
		var o one
		if err := c.call(method, path, body, &o); err != nil {
			return err
		}
		r.record(o)
		return nil
	})
}

type newCmd struct {
	Kind  string   `arg:""`
	Pairs []string `arg:"" optional:"" name:"field=value"`
}

func (cmd newCmd) Run(r *run) error {
	values, err := pairs(cmd.Pairs)
	if err != nil {
		return err
	}
	return r.onRecord(http.MethodPost, "/api/records/"+url.PathEscape(cmd.Kind), map[string]any{"values": values})
}

type setCmd struct {
	Kind  string   `arg:""`
	ID    string   `arg:""`
	Pairs []string `arg:"" name:"field=value"`
}

func (cmd setCmd) Run(r *run) error {
	values, err := pairs(cmd.Pairs)
	if err != nil {
		return err
	}
	return r.onRecord(http.MethodPatch, recordPath(cmd.Kind, cmd.ID), map[string]any{"values": values})
}

type deleteCmd struct {
	Kind string `arg:""`
	ID   string `arg:""`
}

func (cmd deleteCmd) Run(r *run) error {
	return r.onRecord(http.MethodDelete, recordPath(cmd.Kind, cmd.ID), nil)
}

// upload keeps a file of this computer and gives its id.
func (c *client) upload(path string) (string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", fault.NotFound("storage.noBackup", fault.Params{"file": path})
	}
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(c.r.ctx, http.MethodPost, "http://kontor/api/files?"+url.Values{"name": {filepath.Base(path)}}.Encode(), bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Accept-Language", c.r.language)
	answer, err := c.do(req)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var saved struct {
		Record struct {
			ID string `json:"id"`
		} `json:"record"`
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		return "", err
	}
	if answer.StatusCode >= 400 {
		return "", remoteProblem(answer.StatusCode, body.Bytes())
	}
	return saved.Record.ID, json.Unmarshal(body.Bytes(), &saved)
}
