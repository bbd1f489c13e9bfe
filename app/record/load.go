package record

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// loadChunk is how many ids one IN list carries.
const loadChunk = storage.MaxIn

// Load reads records by id, in the order of the ids; unknown ones are absent.
// Records in the bin are read too: whoever must not see them looks at Deleted.
func (k *Kind) Load(ctx context.Context, q storage.Queryer, ids ...ID) ([]*Record, error) {
	return k.loadWith(ctx, q, k.shape().lists, ids)
}

// loadWith reads records with some of their lists; the others are not told.
func (k *Kind) loadWith(ctx context.Context, q storage.Queryer, lists []*Field, ids []ID) ([]*Record, error) {
	found := make(map[ID]*Record, len(ids))
	for part := range slices.Chunk(ids, loadChunk) {
		if err := k.load(ctx, q, lists, part, found); err != nil {
			return nil, fmt.Errorf("load %s: %w", k.Name, err)
		}
	}
	records := make([]*Record, 0, len(found))
	for _, id := range ids {
		if r := found[id]; r != nil {
			records = append(records, r)
			delete(found, id)
		}
	}
	return records, nil
}

// Complete reads the lists without which records were loaded.
func Complete(ctx context.Context, q storage.Queryer, records []*Record) error {
	for len(records) > 0 {
		first, n := records[0], 1
		for n < min(len(records), loadChunk) && records[n].Kind == first.Kind && slices.Equal(records[n].unread, first.unread) {
			n++
		}
		part := records[:n]
		records = records[n:]
		if len(first.unread) == 0 {
			continue
		}
		ids := make([]ID, n)
		into := make(map[ID]*Record, n)
		for i, r := range part {
			ids[i], into[r.ID] = r.ID, r
		}
		in, args := storage.In(nil, ids)
		for _, f := range first.unread {
			if err := f.loadRows(ctx, q, in, args, into); err != nil {
				return fmt.Errorf("load %s of %s: %w", f.Key, first.Kind.Name, err)
			}
		}
		for _, r := range part {
			r.unread = nil
		}
	}
	return nil
}

// One reads one record, or says that there is none.
func (k *Kind) One(ctx context.Context, q storage.Queryer, id ID) (*Record, error) {
	records, err := k.Load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, noRecord(k, id)
	}
	return records[0], nil
}

func (k *Kind) load(ctx context.Context, q storage.Queryer, lists []*Field, ids []ID, into map[ID]*Record) error {
	in, args := storage.In(nil, ids)
	if err := k.loadBase(ctx, q, in, args, into); err != nil {
		return err
	}
	for _, f := range lists {
		if err := f.loadRows(ctx, q, in, args, into); err != nil {
			return err
		}
	}
	return nil
}

// read runs a query; on the writer it is prepared once.
func read(ctx context.Context, q storage.Queryer, query string, args []any) (*sql.Rows, error) {
	if tx, ok := q.(*storage.Tx); ok {
		return tx.Select(ctx, query, args...)
	}
	return q.QueryContext(ctx, query, args...)
}

func (k *Kind) loadBase(ctx context.Context, q storage.Queryer, in string, args []any, into map[ID]*Record) error {
	stored := k.shape().stored // once: another moment may have another field
	var columns strings.Builder
	for _, f := range stored {
		columns.WriteString(", " + f.Column)
	}
	rows, err := read(ctx, q, "SELECT id, version, created_at, updated_at, deleted_at"+columns.String()+" FROM "+k.Table+" WHERE id"+in, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	var row Record
	var deleted sql.NullInt64
	cells := newCells(stored, &row.ID, &row.Version, &row.Created, &row.Updated, &deleted)
	for rows.Next() {
		if err := rows.Scan(cells.targets...); err != nil {
			return err
		}
		r := row
		r.Kind, r.Deleted, r.Values = k, deleted.Int64, cells.values()
		into[r.ID] = &r
	}
	return rows.Err()
}

func (f *Field) loadRows(ctx context.Context, q storage.Queryer, in string, args []any, into map[ID]*Record) error {
	parts := make([]*Field, len(f.Fields))
	var columns strings.Builder
	for i := range f.Fields {
		parts[i] = &f.Fields[i]
		columns.WriteString(", " + parts[i].Column)
	}
	rows, err := read(ctx, q, "SELECT owner_id, pos"+columns.String()+" FROM "+f.Table+" WHERE owner_id"+in+" ORDER BY owner_id, pos", args)
	if err != nil {
		return err
	}
	defer rows.Close()
	var owner ID
	var pos int
	cells := newCells(parts, &owner, &pos)
	for rows.Next() {
		if err := rows.Scan(cells.targets...); err != nil {
			return err
		}
		if r := into[owner]; r != nil {
			list, _ := r.Values[f.Key].([]Values)
			r.gaps = r.gaps || pos != len(list)
			r.Values[f.Key] = append(list, cells.values())
		}
	}
	return rows.Err()
}

// cells take one row of a query and turn it into Values.
type cells struct {
	fields  []*Field
	texts   []sql.NullString // one of both a field
	numbers []sql.NullInt64
	targets []any
}

// newCells makes cells for the columns of fields behind others.
func newCells(fields []*Field, others ...any) *cells {
	c := &cells{fields: fields, texts: make([]sql.NullString, len(fields)), numbers: make([]sql.NullInt64, len(fields)), targets: others}
	for i, f := range fields {
		switch f.Type {
		case Number, Money, Instant, YesNo, Link:
			c.targets = append(c.targets, &c.numbers[i])
		default:
			c.targets = append(c.targets, &c.texts[i])
		}
	}
	return c
}

// values are those of the row that was scanned last.
func (c *cells) values() Values {
	n := 0
	for i := range c.fields {
		if c.texts[i].String != "" || c.numbers[i].Valid {
			n++
		}
	}
	v := make(Values, n)
	for i, f := range c.fields {
		switch cell := &c.numbers[i]; {
		case c.texts[i].String != "":
			v[f.Key] = c.texts[i].String
		case !cell.Valid:
		case f.Type == YesNo:
			v[f.Key] = cell.Int64 != 0
		case f.Type == Link:
			v[f.Key] = ID(cell.Int64)
		default:
			v[f.Key] = cell.Int64
		}
	}
	return v
}

// LinkTitle is what a link shows of the record it leads to.
type LinkTitle struct {
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Deleted bool   `json:"deleted,omitempty"`
}

// Links names every record that these records link to.
func (r *Registry) Links(ctx context.Context, q storage.Queryer, records ...*Record) (map[ID]LinkTitle, error) {
	wanted := map[string]map[ID]bool{} // by target kind
	want := func(f *Field, v Values) {
		if f.Type != Link {
			return
		}
		if id := v.ID(f.Key); id != 0 {
			for _, target := range f.Targets {
				if wanted[target] == nil {
					wanted[target] = map[ID]bool{}
				}
				wanted[target][id] = true
			}
		}
	}
	for _, rec := range records {
		for _, f := range rec.Kind.All() {
			want(f, rec.Values)
			for _, row := range rec.Values.Rows(f.Key) {
				for j := range f.Fields {
					want(&f.Fields[j], row)
				}
			}
		}
	}
	links := map[ID]LinkTitle{}
	for target, ids := range wanted {
		k, err := r.Kind(target)
		if err != nil {
			return nil, err
		}
		list := make([]ID, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		if err := k.Titles(ctx, q, list, links); err != nil {
			return nil, err
		}
	}
	return links, nil
}

// Titles adds the titles of records to links.
func (k *Kind) Titles(ctx context.Context, q storage.Queryer, ids []ID, links map[ID]LinkTitle) error {
	for start := 0; start < len(ids); start += loadChunk {
		chunk := ids[start:min(start+loadChunk, len(ids))]
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = int64(id)
		}
		var rows []struct {
			ID      ID     `db:"id"`
			Title   string `db:"title"`
			Deleted bool   `db:"deleted"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf("SELECT id, %s AS title, deleted_at IS NOT NULL AS deleted FROM %s WHERE id IN (%s)",
			k.Field(k.TitleKey).Column, k.Table, storage.Marks(1, len(chunk))), args...)
		if err != nil {
			return fmt.Errorf("titles of %s: %w", k.Name, err)
		}
		for _, row := range rows {
			links[row.ID] = LinkTitle{k.Name, k.TitleOf(row.Title), row.Deleted}
		}
	}
	return nil
}
