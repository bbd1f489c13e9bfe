package record

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// loadChunk is how many ids one IN list carries.
const loadChunk = 500

// Load reads records by id, in the order of the ids; unknown ones are absent.
// Records in the bin are read too: whoever must not see them looks at Deleted.
func (k *Kind) Load(ctx context.Context, q storage.Queryer, ids ...ID) ([]*Record, error) {
	found := make(map[ID]*Record, len(ids))
	for start := 0; start < len(ids); start += loadChunk {
		if err := k.load(ctx, q, ids[start:min(start+loadChunk, len(ids))], found); err != nil {
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

func (k *Kind) load(ctx context.Context, q storage.Queryer, ids []ID, into map[ID]*Record) error {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	// Marks without numbers, as in storage.Tx.Insert: SQLite looks numbered ones up.
	in := " IN (?" + strings.Repeat(", ?", len(ids)-1) + ")"
	if err := k.loadBase(ctx, q, in, args, into); err != nil {
		return err
	}
	for _, f := range k.lists {
		if err := f.loadRows(ctx, q, in, args, into); err != nil {
			return err
		}
	}
	return nil
}

func (k *Kind) loadBase(ctx context.Context, q storage.Queryer, in string, args []any, into map[ID]*Record) error {
	var columns strings.Builder
	for _, f := range k.stored {
		columns.WriteString(", " + f.Column)
	}
	rows, err := q.QueryContext(ctx, "SELECT id, version, created_at, updated_at, deleted_at"+columns.String()+" FROM "+k.Table+" WHERE id"+in, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := newCells(k.stored)
	for rows.Next() {
		r := &Record{Kind: k, Values: make(Values, len(k.stored))}
		var deleted sql.NullInt64
		if err := rows.Scan(append([]any{&r.ID, &r.Version, &r.Created, &r.Updated, &deleted}, cells.targets...)...); err != nil {
			return err
		}
		r.Deleted = deleted.Int64
		cells.into(r.Values)
		into[r.ID] = r
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
	rows, err := q.QueryContext(ctx, "SELECT owner_id"+columns.String()+" FROM "+f.Table+" WHERE owner_id"+in+" ORDER BY owner_id, pos", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := newCells(parts)
	for rows.Next() {
		var owner ID
		if err := rows.Scan(append([]any{&owner}, cells.targets...)...); err != nil {
			return err
		}
		row := make(Values, len(parts))
		cells.into(row)
		if r := into[owner]; r != nil {
			list, _ := r.Values[f.Key].([]Values)
			r.Values[f.Key] = append(list, row)
		}
	}
	return rows.Err()
}

// cells take one row of a query and turn it into Values.
type cells struct {
	fields  []*Field
	targets []any
}

func newCells(fields []*Field) *cells {
	c := &cells{fields: fields, targets: make([]any, len(fields))}
	for i, f := range fields {
		switch f.Type {
		case Number, Money, Instant, YesNo, Link:
			c.targets[i] = new(sql.NullInt64)
		default:
			c.targets[i] = new(sql.NullString)
		}
	}
	return c
}

func (c *cells) into(v Values) {
	for i, f := range c.fields {
		switch cell := c.targets[i].(type) {
		case *sql.NullString:
			if cell.String != "" {
				v[f.Key] = cell.String
			}
		case *sql.NullInt64:
			if !cell.Valid {
				continue
			}
			switch f.Type {
			case YesNo:
				v[f.Key] = cell.Int64 != 0
			case Link:
				v[f.Key] = ID(cell.Int64)
			default:
				v[f.Key] = cell.Int64
			}
		}
	}
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
		for i := range rec.Kind.Fields {
			f := &rec.Kind.Fields[i]
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
			links[row.ID] = LinkTitle{k.Name, Shorten(row.Title, titleLength), row.Deleted}
		}
	}
	return nil
}
