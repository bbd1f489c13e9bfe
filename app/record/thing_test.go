package record_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// things is a workspace with one kind that has a field of every type, a link to
// its own kind, and two lists.
type things struct {
	t    testing.TB
	db   *storage.DB
	r    *record.Registry
	kind *record.Kind
	ctx  context.Context
}

const thingTables = `
CREATE TABLE thing (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER,
	title TEXT NOT NULL, title_key TEXT NOT NULL, note TEXT NOT NULL, mail TEXT NOT NULL, mail_key TEXT NOT NULL, tel TEXT NOT NULL, site TEXT NOT NULL,
	count INTEGER, price INTEGER, price_currency TEXT NOT NULL, day TEXT, at INTEGER, done INTEGER, size TEXT NOT NULL, land TEXT NOT NULL, tongue TEXT NOT NULL,
	parent_id INTEGER, label TEXT NOT NULL) STRICT;
CREATE INDEX thing_title ON thing (title_key) WHERE deleted_at IS NULL;
CREATE INDEX thing_mail ON thing (mail_key) WHERE deleted_at IS NULL;
CREATE INDEX thing_count ON thing (count) WHERE deleted_at IS NULL;
CREATE INDEX thing_day ON thing (day) WHERE deleted_at IS NULL;
CREATE INDEX thing_size ON thing (size) WHERE deleted_at IS NULL;
CREATE TABLE thing_label (owner_id INTEGER NOT NULL, pos INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, value_key TEXT NOT NULL, PRIMARY KEY (owner_id, pos)) STRICT;
CREATE TABLE thing_part (owner_id INTEGER NOT NULL, pos INTEGER NOT NULL, thing_id INTEGER, amount INTEGER, since TEXT, PRIMARY KEY (owner_id, pos)) STRICT;`

func openThings(t testing.TB) *things {
	t.Helper()
	db := storagetest.Open(t)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	r := &record.Registry{Clock: func() time.Time { return storagetest.Day }, World: func(context.Context) record.Env {
		return record.Env{Now: time.Time{}.In(zone), Currency: "EUR", Country: "DE", Language: "en"}
	}}
	kind := &record.Kind{
		Name: "thing", Module: "things", Table: "thing", TitleKey: "title", SortKey: "title",
		Fields: []record.Field{
			{Key: "title", Type: record.Text, Required: true, Index: record.Indexed},
			{Key: "note", Type: record.LongText},
			{Key: "mail", Type: record.Email, Index: record.Indexed},
			{Key: "tel", Type: record.Phone},
			{Key: "site", Type: record.URL},
			{Key: "count", Type: record.Number, Digits: 2, Index: record.Indexed},
			{Key: "price", Type: record.Money, Currency: "priceCurrency"},
			{Key: "priceCurrency", Type: record.Currency},
			{Key: "day", Type: record.Date, Index: record.Indexed},
			{Key: "at", Type: record.Instant},
			{Key: "done", Type: record.YesNo},
			{Key: "size", Type: record.Choice, Options: []string{"small", "medium", "large"}, Index: record.Indexed},
			{Key: "land", Type: record.Country},
			{Key: "tongue", Type: record.Language},
			{Key: "parent", Type: record.Link, Targets: []string{"thing"}, Column: "parent_id"},
			{Key: "labels", Type: record.List, Table: "thing_label", Fields: []record.Field{
				{Key: "type", Type: record.Choice, Options: []string{"work", "home"}},
				{Key: "value", Type: record.Text, Required: true, Index: record.Indexed},
			}},
			{Key: "label", Type: record.Text, Mirror: "labels.value"},
			{Key: "parts", Type: record.List, Table: "thing_part", Fields: []record.Field{
				{Key: "thing", Type: record.Link, Targets: []string{"thing"}, Column: "thing_id"},
				{Key: "amount", Type: record.Number},
				{Key: "since", Type: record.Date},
			}},
		},
	}
	r.Register(kind)
	w := &things{t: t, db: db, r: r, kind: kind, ctx: record.WithAct(context.Background(), record.Act{Actor: 7})}
	w.write(func(tx *storage.Tx) error {
		for _, statement := range strings.Split(thingTables, ";") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := tx.Exec(w.ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	return w
}

func (w *things) write(fn func(tx *storage.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.ctx, fn); err != nil {
		w.t.Fatal(err)
	}
}

// v are the values of a draft.
type v = map[string]any

func (w *things) try(d record.Draft) (*record.Record, error) {
	w.t.Helper()
	var rec *record.Record
	err := w.db.Write(w.ctx, func(tx *storage.Tx) error {
		changes, err := w.r.Save(w.ctx, tx, w.kind, d)
		if err != nil {
			return err
		}
		id := d.ID
		if len(changes) > 0 {
			id = changes[0].Record.ID
		}
		rec, err = w.kind.One(w.ctx, tx, id)
		return err
	})
	return rec, err
}

func (w *things) save(values v) *record.Record {
	w.t.Helper()
	rec, err := w.try(record.Draft{Values: values})
	if err != nil {
		w.t.Fatalf("save %v: %v", values, err)
	}
	return rec
}

func (w *things) set(id record.ID, values v) *record.Record {
	w.t.Helper()
	rec, err := w.try(record.Draft{ID: id, Values: values})
	if err != nil {
		w.t.Fatalf("set %v: %v", values, err)
	}
	return rec
}

// find gives the titles that a filter finds, in the order of the kind's sort.
func (w *things) find(where string) []string {
	w.t.Helper()
	f, err := record.ParseFilter(where)
	if err != nil {
		w.t.Fatalf("%s: %v", where, err)
	}
	page, err := w.r.List(w.ctx, w.db.Reader(), w.kind, record.Query{Where: f, Limit: record.MaxLimit})
	if err != nil {
		w.t.Fatalf("%s: %v", where, err)
	}
	titles := []string{}
	for _, rec := range page.Records {
		titles = append(titles, rec.Title())
	}
	return titles
}

// asJSON is a record as programs see it, without what every record has.
func asJSON(t testing.TB, rec *record.Record) map[string]any {
	t.Helper()
	data, err := rec.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	m := map[string]any{}
	if err := d.Decode(&m); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	for _, key := range []string{"id", "kind", "version", "label", "createdAt", "updatedAt", "deletedAt"} {
		if key != "label" {
			delete(m, key)
		}
	}
	return m
}

func wantFault(t testing.TB, err error, code fault.Code, key, field string) *fault.Error {
	t.Helper()
	if err == nil {
		t.Fatalf("no fault, want %s %s", code, key)
	}
	f := fault.Of(err)
	if f.Code != code || f.Key != key || f.Field != field {
		t.Fatalf("fault %s %s at %q, want %s %s at %q (%v)", f.Code, f.Key, f.Field, code, key, field, err)
	}
	return f
}
