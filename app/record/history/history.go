package history

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// History keeps and undoes changes.
type History struct {
	db *storage.DB
	r  *record.Registry

	counted counted
}

// New makes the history of a workspace and lets it listen.
func New(db *storage.DB, r *record.Registry) *History {
	h := &History{db: db, r: r}
	r.Feed.Listen(h.keep)
	r.Feed.OnPurge(record.Purger{Stay: h.worked, Gone: h.purge})
	return h
}

// keep writes changes down in the transaction that makes them.
func (h *History) keep(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	act := changes[0].Act
	_, err := tx.Exec(ctx, "INSERT INTO history_batch (id, at, actor, label, undoes) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
		int64(act.Batch), tx.Now, act.Actor, act.Label, act.Undoes)
	if err != nil {
		return fmt.Errorf("keep batch: %w", err)
	}
	columns := []string{"id", "batch_id", "at", "actor", "kind", "record_id", "op", "version", "title", "before", "after", "line", "because"}
	rows := make([]any, 0, len(changes)*len(columns))
	for i := range changes {
		c := &changes[i]
		var before, after, line, because any
		if c.Op == record.Create || c.Op == record.Update {
			after = c.AfterJSON()
		}
		if c.Op == record.Update {
			before = c.BeforeJSON()
		}
		if c.Row > 0 {
			line = int64(c.Row)
		}
		if c.Final {
			because = c.Because
		}
		rows = append(rows, int64(c.ID), int64(c.Act.Batch), c.At, c.Act.Actor, c.Kind.Name, int64(c.Record.ID), string(c.Op),
			c.Record.Version, c.Record.Title(), before, after, line, because)
	}
	return tx.InsertAlike(ctx, "history_change", columns, rows)
}

// Actor is who did it.
type Actor struct {
	ID   record.ID `json:"id"`
	Name string    `json:"name"`
}

// Change is one kept change.
type Change struct {
	ID         record.ID `json:"id"`
	Batch      record.ID `json:"batch"`
	At         string    `json:"at"`
	Actor      Actor     `json:"actor"`
	Kind       string    `json:"kind"`
	Record     record.ID `json:"record"`
	Title      string    `json:"title"`
	Op         record.Op `json:"op"`
	Fields     []Field   `json:"fields"`
	Source     string    `json:"source,omitempty" doc:"what the batch is called, such as an imported file"`
	Row        int       `json:"row,omitempty" doc:"row of the spreadsheet"`
	Reversible bool      `json:"reversible"`
	Reason     string    `json:"reason,omitempty" doc:"catalogue key that says why it cannot be undone"`
	Undone     bool      `json:"undone"`

	millis int64
}

// Field is one changed field.
type Field struct {
	Key    string          `json:"key"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`

	Currency *Coin `json:"currency,omitempty" doc:"of an amount"`
}

// Millis is when it happened, as the database has it.
func (c *Change) Millis() int64 { return c.millis }

// Filter picks changes; empty fields pick all.
type Filter struct {
	Record record.ID
	Kind   string
	Actor  record.ID
	Batch  record.ID
	Op     record.Op
	Field  string    // key of a field that was changed
	Since  time.Time // from this moment on
	Until  time.Time // before this moment
	Before record.ID // older than this change, or batch
	Limit  int
}

type row struct {
	ID       record.ID  `db:"id"`
	Batch    record.ID  `db:"batch_id"`
	At       int64      `db:"at"`
	Actor    record.ID  `db:"actor"`
	Name     *string    `db:"name"`
	Kind     string     `db:"kind"`
	Record   record.ID  `db:"record_id"`
	Op       record.Op  `db:"op"`
	Title    string     `db:"title"`
	Before   *string    `db:"before"`
	After    *string    `db:"after"`
	Line     *int       `db:"line"`
	Because  *string    `db:"because"`
	UndoneBy *record.ID `db:"undone_by"`
	Label    string     `db:"label"`
	Undoes   record.ID  `db:"undoes"`
}

const selectChanges = `SELECT c.id, c.batch_id, c.at, c.actor, u.name, c.kind, c.record_id, c.op, c.title, c.before, c.after, c.line, c.because, c.undone_by, b.label, b.undoes
	FROM history_change c JOIN history_batch b ON b.id = c.batch_id LEFT JOIN access_user u ON u.id = c.actor`

// List reads changes, newest first; those of a kind or an operation batch by
// batch.
func (h *History) List(ctx context.Context, q storage.Queryer, f Filter) ([]Change, error) {
	found := []Change{}
	for {
		rows, err := h.stretch(ctx, q, f)
		if err != nil {
			return nil, fmt.Errorf("list changes: %w", err)
		}
		for _, r := range rows {
			c, err := r.change()
			if err != nil {
				return nil, err
			}
			if f.Field == "" || c.touches(f.Field) {
				found = append(found, c)
			}
		}
		if len(found) >= f.Limit || len(rows) < f.Limit {
			found = found[:min(len(found), f.Limit)]
			return found, h.coins(ctx, q, found)
		}
		f.Before = rows[len(rows)-1].ID
	}
}

// stretch reads the rows of a list by the index that has them in order.
func (h *History) stretch(ctx context.Context, q storage.Queryer, f Filter) (rows []row, err error) {
	if f.sorted() {
		return h.bySort(ctx, q, f)
	}
	w := f.where()
	if f.Before != 0 {
		w.add("c.id < $%d", int64(f.Before))
	}
	err = sqlx.SelectContext(ctx, q, &rows, selectChanges+w.sql()+fmt.Sprintf(" ORDER BY c.id DESC LIMIT %d", f.Limit), w.args...)
	return rows, err
}

// page is how many changes are read at a time in search of a field's.
const page = 200

// OfField reads the changes of one field of a record, newest first, without the
// other fields they touched: where its value comes from.
func (h *History) OfField(ctx context.Context, q storage.Queryer, rec record.ID, key string, limit int) ([]Change, error) {
	found := []Change{}
	for f := (Filter{Record: rec, Limit: page}); ; {
		changes, err := h.List(ctx, q, f)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			at := slices.IndexFunc(c.Fields, func(f Field) bool { return f.Key == key })
			if at < 0 {
				continue
			}
			c.Fields = c.Fields[at : at+1]
			if found = append(found, c); len(found) == limit {
				return found, nil
			}
		}
		if len(changes) < page {
			return found, nil
		}
		f.Before = changes[len(changes)-1].ID
	}
}

func (r *row) change() (Change, error) {
	c := Change{
		ID: r.ID, Batch: r.Batch, At: record.InstantText(r.At), Actor: Actor{ID: r.Actor}, Kind: r.Kind, Record: r.Record,
		Title: r.Title, Op: r.Op, Fields: []Field{}, Source: r.Label, Reversible: r.Because == nil, Undone: r.UndoneBy != nil, millis: r.At,
	}
	if r.Name != nil {
		c.Actor.Name = *r.Name
	}
	if r.Line != nil {
		c.Row = *r.Line
	}
	if r.Because != nil {
		c.Reason = *r.Because
	}
	if r.After == nil {
		return c, nil
	}
	before := map[string]json.RawMessage{}
	if r.Before != nil {
		if err := json.Unmarshal([]byte(*r.Before), &before); err != nil {
			return c, fmt.Errorf("change %s: %w", r.ID, err)
		}
	}
	d := json.NewDecoder(strings.NewReader(*r.After)) // token by token, to keep the order of the fields
	if _, err := d.Token(); err != nil {
		return c, fmt.Errorf("change %s: %w", r.ID, err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return c, fmt.Errorf("change %s: %w", r.ID, err)
		}
		f := Field{Key: fmt.Sprint(key), Before: json.RawMessage("null")}
		if err := d.Decode(&f.After); err != nil {
			return c, fmt.Errorf("change %s: %w", r.ID, err)
		}
		if old, ok := before[f.Key]; ok {
			f.Before = old
		}
		c.Fields = append(c.Fields, f)
	}
	return c, nil
}

// Links names the records that the values of changes link to.
func (h *History) Links(ctx context.Context, q storage.Queryer, changes []Change) (map[record.ID]record.LinkTitle, error) {
	env := h.r.Env(ctx)
	var records []*record.Record
	for _, c := range changes {
		k, err := h.r.Kind(c.Kind)
		if err != nil {
			continue // its module is gone; the values stay readable
		}
		for _, pick := range []func(Field) json.RawMessage{func(f Field) json.RawMessage { return f.Before }, func(f Field) json.RawMessage { return f.After }} {
			values := map[string]any{}
			for _, f := range c.Fields {
				values[f.Key] = plain(pick(f))
			}
			records = append(records, &record.Record{Kind: k, Values: k.Decode(env, values)})
		}
	}
	return h.r.Links(ctx, q, records...)
}

// plain reads a JSON value as drafts take it.
func plain(raw json.RawMessage) any {
	var v any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}
