package record

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/lang"
	"kontor/storage"
)

// Own is a field of the user's own as its kind takes it.
func Own(f Field) *Field {
	f.Own = true
	f.finish()
	return &f
}

// columns are what a field of the user's own needs in a table.
func (f *Field) columns() []storage.Column {
	t := "TEXT NOT NULL DEFAULT ''"
	switch {
	case f.Type == Date:
		t = "TEXT"
	case f.nullable():
		t = "INTEGER"
	}
	all := []storage.Column{{Name: f.Column, Type: t}}
	if f.keyed() {
		all = append(all, storage.Column{Name: f.Column + "_key", Type: t})
	}
	return all
}

// Build makes the column, or the table, of a new field of the user's own, and
// its index.
func (k *Kind) Build(ctx context.Context, tx *storage.Tx, f *Field) error {
	table, parts := k.Table, []*Field{f}
	if f.Type == List {
		table, parts = f.Table, nil
		var columns []storage.Column
		for i := range f.Fields {
			parts = append(parts, &f.Fields[i])
			columns = append(columns, f.Fields[i].columns()...)
		}
		if err := tx.AddRows(ctx, table, columns...); err != nil {
			return err
		}
	} else {
		for _, c := range f.columns() {
			if err := tx.AddColumn(ctx, table, c); err != nil {
				return err
			}
		}
	}
	for _, part := range parts {
		if part.Index != Indexed {
			continue
		}
		if err := tx.AddIndex(ctx, table, part.compared(), f.Type != List); err != nil {
			return err
		}
	}
	return nil
}

// Accepts says why a field does not take a text, as the rules of its type have it.
func (f *Field) Accepts(env Env, text string) error {
	_, err := f.fromText(env, text, env.Currency)
	return err
}

// Text is a value as people write it, so that a field of another type may read it.
func (f *Field) Text(env Env, of Values) string {
	switch v := of[f.Key].(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return lang.Text(env.Language, "record.yes", nil)
		}
		return lang.Text(env.Language, "record.no", nil)
	case []Values:
		var all []string
		for _, row := range v {
			all = append(all, row.String(f.main().Key))
		}
		return strings.Join(all, listBreak)
	default:
		text := strings.Trim(string(f.append(nil, v, of)), `"`)
		if currency := of.String(f.Currency); f.Type == Money && currency != env.Currency {
			text += " " + currency
		}
		return text
	}
}

// listBreak stands between several values in one text.
const listBreak = ", "

// fromText reads what Text has written. Links do not have such a text.
func (f *Field) fromText(env Env, text, currency string) (any, error) {
	if f.Type != List {
		return f.decode(env, text, currency)
	}
	if value, err := f.decode(env, []any{text}, currency); err == nil { // one option, whatever stands in it
		return value, nil
	}
	var rows []any
	for _, one := range strings.Split(text, strings.TrimSpace(listBreak)) {
		rows = append(rows, strings.TrimSpace(one))
	}
	return f.decode(env, rows, currency)
}

// Misfit is a value that another type does not take.
type Misfit struct {
	ID    ID     `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Convert gives the values of one field to another one, which has been built, and
// to that of its currency if it is an amount. It tells those that do not fit, and
// how many do. Without tx it only tells.
func (k *Kind) Convert(ctx context.Context, env Env, q storage.Queryer, tx *storage.Tx, from *Field, to []*Field, tell func(Misfit)) (int, error) {
	var ids []ID
	query := "SELECT id FROM " + k.Table + " WHERE " + from.isEmpty(from.Column, from.Column, true)
	if from.Type == List {
		query = "SELECT DISTINCT owner_id FROM " + from.Table
	}
	if err := sqlx.SelectContext(ctx, q, &ids, query); err != nil {
		return 0, fmt.Errorf("find values: %w", err)
	}
	fit := 0
	for part := range slices.Chunk(ids, loadChunk) {
		records, err := k.Load(ctx, q, part...)
		if err != nil {
			return fit, err
		}
		for _, rec := range records {
			text := from.Text(env, rec.Values)
			value, err := to[0].fromText(env, text, env.Currency)
			if err != nil {
				tell(Misfit{rec.ID, rec.Title(), Shorten(text, 80)})
				continue
			}
			fit++
			if tx == nil {
				continue
			}
			values := Values{to[0].Key: value}
			if len(to) > 1 {
				values[to[1].Key] = env.Currency
			}
			if err := k.put(ctx, tx, env, rec.ID, to, values); err != nil {
				return fit, err
			}
		}
	}
	return fit, nil
}

// put writes values beside the rules, and makes drafts of the record stale.
func (k *Kind) put(ctx context.Context, tx *storage.Tx, env Env, id ID, fields []*Field, values Values) error {
	sets := []string{"version = version + 1", "updated_at = $1"}
	args := []any{tx.Now}
	for _, f := range fields {
		if f.Type == List {
			if err := f.insertRows(ctx, tx, env, []addition{{id, 0, values.Rows(f.Key)}}); err != nil {
				return err
			}
			continue
		}
		args = f.appendCells(args, env, values[f.Key])
		columns := appendColumns(nil, []*Field{f})
		for i, column := range columns {
			sets = append(sets, fmt.Sprintf("%s = $%d", column, len(args)-len(columns)+1+i))
		}
	}
	args = append(args, int64(id))
	_, err := tx.Exec(ctx, fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d", k.Table, strings.Join(sets, ", "), len(args)), args...)
	return err
}

// Respell writes another text wherever a field of choices has one, since the
// option is called so now.
func (k *Kind) Respell(ctx context.Context, tx *storage.Tx, f *Field, was, now string) error {
	where, args := f.Column+" = $1", []any{was}
	if f.Type == List {
		where = "id IN (SELECT owner_id FROM " + f.Table + " WHERE " + f.main().Column + " = $1)"
	}
	set := ""
	if f.Type != List {
		set, args = ", "+f.Column+" = $3", append(args, tx.Now, now)
	} else {
		args = append(args, tx.Now)
	}
	if _, err := tx.Exec(ctx, "UPDATE "+k.Table+" SET version = version + 1, updated_at = $2"+set+" WHERE "+where, args...); err != nil {
		return fmt.Errorf("rename option: %w", err)
	}
	if f.Type != List {
		return nil
	}
	column := f.main().Column
	_, err := tx.Exec(ctx, fmt.Sprintf("UPDATE %s SET %s = $1 WHERE %s = $2", f.Table, column, column), now, was)
	return err
}

// Uses counts the records that have an option, in the bin too.
func (k *Kind) Uses(ctx context.Context, q storage.Queryer, f *Field, option string) (int, error) {
	query := "SELECT count(*) FROM " + k.Table + " WHERE " + f.Column + " = $1"
	if f.Type == List {
		query = "SELECT count(*) FROM " + f.Table + " WHERE " + f.main().Column + " = $1"
	}
	var n int
	err := sqlx.GetContext(ctx, q, &n, query, option)
	return n, err
}

// Filled counts the records that have any value, in the bin too.
func (k *Kind) Filled(ctx context.Context, q storage.Queryer, f *Field) (int, error) {
	query := "SELECT count(*) FROM " + k.Table + " WHERE " + f.isEmpty(f.Column, f.Column, true)
	if f.Type == List {
		query = "SELECT count(DISTINCT owner_id) FROM " + f.Table
	}
	var n int
	err := sqlx.GetContext(ctx, q, &n, query)
	return n, err
}
