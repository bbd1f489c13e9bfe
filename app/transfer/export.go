package transfer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/kit/money"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/storage"
)

// Export says what is given out.
type Export struct {
	Kind     string
	Query    record.Query // its limit and place do not count
	Fields   []string     // all of them when empty
	Format   string       // xlsx or csv
	Language string       // of the titles
}

// The formats.
const (
	XLSX = "xlsx"
	CSV  = "csv"
)

// outColumn writes one field.
type outColumn struct {
	key   string
	field *record.Field // nil for id and times
	kind  *record.Kind
}

// Prepared is an export that has been checked and can be written.
type Prepared struct {
	t       *Transfer
	e       Export
	kind    *record.Kind
	columns []outColumn
	table   sheet.Table
	zone    *time.Location
}

// Prepare checks an export before its first byte is written. The file is then
// written by Write.
func (t *Transfer) Prepare(ctx context.Context, e Export) (*Prepared, error) {
	k, err := t.reg.Kind(e.Kind)
	if err != nil {
		return nil, err
	}
	if k.Hidden {
		return nil, fault.NotFound("record.noKind", fault.Params{"kind": e.Kind})
	}
	if e.Format != XLSX && e.Format != CSV {
		return nil, fault.Invalid("format", "transfer.format", fault.Params{"text": record.Shorten(e.Format, 20)})
	}
	p := &Prepared{t: t, e: e, kind: k, zone: t.env(ctx).Now.Location()}
	if err := p.choose(ctx); err != nil {
		return nil, err
	}
	if err := t.reg.CheckFilter(ctx, k, e.Query.Where); err != nil {
		return nil, err
	}
	check := e.Query
	check.Limit = 1
	if _, err := t.reg.List(ctx, t.db.Reader(), k, check); err != nil {
		return nil, err
	}
	p.table = sheet.Table{Sheet: p.label("many"), Program: "Kontor", Created: t.db.Now()}
	for _, c := range p.columns {
		column, err := p.column(ctx, c)
		if err != nil {
			return nil, err
		}
		if column.Total {
			p.table.TotalsLabel = lang.Text(e.Language, "transfer.total", nil)
		}
		p.table.Columns = append(p.table.Columns, column)
	}
	return p, nil
}

// FileName is what the file is called unless somebody names it.
func (p *Prepared) FileName() string {
	return p.label("many") + "." + p.e.Format
}

func (p *Prepared) label(form string) string {
	key := p.kind.Module + ".kind." + p.kind.Name + "." + form
	if text := lang.Text(p.e.Language, key, nil); text != key {
		return text
	}
	return p.kind.Name
}

// choose picks the columns. Without a choice there are all fields, but of lists
// only those that say more than the fields which mirror them.
func (p *Prepared) choose(ctx context.Context) error {
	if len(p.e.Fields) > 0 {
		for _, key := range p.e.Fields {
			f := p.kind.Field(key)
			if f == nil && !slices.Contains([]string{idField, "createdAt", "updatedAt"}, key) {
				return fault.Invalid("fields", "record.noField", fault.Params{"field": record.Shorten(key, 40), "kind": p.kind.Name})
			}
			p.columns = append(p.columns, outColumn{key, f, p.kind})
		}
		return nil
	}
	p.columns = []outColumn{{idField, nil, p.kind}}
	var lists []outColumn
	for _, f := range p.kind.Shown() {
		if f.Type != record.List {
			p.columns = append(p.columns, outColumn{f.Key, f, p.kind})
			continue
		}
		more, err := p.saysMore(ctx, f)
		if err != nil {
			return err
		}
		if more {
			lists = append(lists, outColumn{f.Key, f, p.kind})
		}
	}
	p.columns = append(p.columns, lists...)
	return nil
}

// saysMore reports whether any record has a second row in a list, or one with
// parts that no field mirrors, such as its type.
func (p *Prepared) saysMore(ctx context.Context, list *record.Field) (bool, error) {
	if list.Table == "" {
		return true, nil
	}
	conditions := []string{"pos > 0"}
	for i := range list.Fields {
		part := &list.Fields[i]
		if slices.ContainsFunc(p.kind.All(), func(f *record.Field) bool { return f.Mirror == list.Key+"."+part.Key }) {
			continue
		}
		condition := part.Column + " IS NOT NULL"
		switch part.Type {
		case record.Number, record.Money, record.Instant, record.YesNo, record.Link, record.Date:
		default:
			condition = part.Column + " <> ''"
		}
		conditions = append(conditions, condition)
	}
	query := fmt.Sprintf("SELECT 1 FROM %s WHERE (%s) AND owner_id IN (SELECT id FROM %s WHERE deleted_at IS NULL) LIMIT 1",
		list.Table, strings.Join(conditions, " OR "), p.kind.Table)
	var one int
	err := sqlx.GetContext(ctx, p.t.db.Reader(), &one, query)
	if storage.NoRows(err) {
		return false, nil
	}
	return err == nil, err
}

// column describes one column. Amounts of one currency show it and are summed;
// of several the column beside them tells, and a sum would mean nothing.
func (p *Prepared) column(ctx context.Context, c outColumn) (sheet.Column, error) {
	out := sheet.Column{Title: p.title(c), Type: sheet.Text}
	if c.field == nil {
		if c.key != idField {
			out.Type = sheet.DateTime
		}
		return out, nil
	}
	switch c.field.Type {
	case record.Number:
		out.Type = sheet.Number // with the decimals it has
	case record.Money:
		out.Type = sheet.Number
		codes, err := p.currencies(ctx, c.field)
		if err != nil {
			return out, err
		}
		if len(codes) == 1 {
			digits, _ := money.Digits(codes[0])
			out.Currency, out.Digits, out.Total = codes[0], digits, true
		}
	case record.Date:
		out.Type = sheet.Date
	case record.Instant:
		out.Type = sheet.DateTime
	case record.YesNo:
		out.Type = sheet.Bool
	}
	return out, nil
}

func (p *Prepared) title(c outColumn) string {
	switch c.key {
	case idField, "createdAt", "updatedAt":
		return lang.Text(p.e.Language, "transfer."+c.key, nil)
	}
	return fieldTitle(p.e.Language, p.kind, c.key)
}

// currencies are those of a field's amounts, at most two.
func (p *Prepared) currencies(ctx context.Context, f *record.Field) ([]string, error) {
	of := p.kind.Field(f.Currency)
	if of == nil {
		return []string{p.t.env(ctx).Currency}, nil
	}
	var codes []string
	query := fmt.Sprintf("SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL AND deleted_at IS NULL LIMIT 2", of.Column, p.kind.Table, f.Column)
	err := sqlx.SelectContext(ctx, p.t.db.Reader(), &codes, query)
	return codes, err
}

// File is the file, to be read once.
func (p *Prepared) File(ctx context.Context) (*File, error) {
	return p.t.file(func(w io.Writer) error { return p.Write(ctx, w) })
}

// file writes a file into the workspace's folder for such: whoever waits for it
// hears of a failure before its first byte. It goes when it is closed.
func (t *Transfer) file(write func(w io.Writer) error) (*File, error) {
	dir, err := t.folder(random())
	if err != nil {
		return nil, err
	}
	f := &File{dir: dir}
	if f.File, err = os.OpenFile(filepath.Join(dir, "export"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("export: %w", err), os.RemoveAll(dir))
	}
	out := bufio.NewWriterSize(f.File, 1<<16)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// File is a finished file that lives until it is closed.
type File struct {
	*os.File
	dir string
}

// Close takes the file away.
func (f *File) Close() error { return errors.Join(f.File.Close(), os.RemoveAll(f.dir)) }

// Write writes the file.
func (p *Prepared) Write(ctx context.Context, w io.Writer) error {
	p.table.Rows = p.rows(ctx)
	if p.e.Format == CSV {
		return sheet.WriteCSV(ctx, w, p.table, sheet.CSV{BOM: true})
	}
	return sheet.WriteXLSX(ctx, w, p.table)
}

// rows reads the list page by page.
func (p *Prepared) rows(ctx context.Context) iter.Seq2[[]sheet.Value, error] {
	return func(yield func([]sheet.Value, error) bool) {
		q := p.t.db.Reader()
		query := p.e.Query
		query.Limit, query.After, query.Before, query.Offset = record.MaxLimit, "", "", 0
		values := make([]sheet.Value, len(p.columns))
		for {
			page, err := p.t.reg.List(ctx, q, p.kind, query)
			if err != nil {
				yield(nil, err)
				return
			}
			links, err := p.t.reg.Links(ctx, q, page.Records...)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, rec := range page.Records {
				for i, c := range p.columns {
					values[i] = p.value(c, rec, links)
				}
				if !yield(values, nil) {
					return
				}
			}
			if query.After = page.Next; query.After == "" {
				return
			}
		}
	}
}

func (p *Prepared) value(c outColumn, rec *record.Record, links map[record.ID]record.LinkTitle) sheet.Value {
	switch {
	case c.key == idField && c.field == nil:
		return sheet.Value{Text: rec.ID.String()}
	case c.field == nil && c.key == "createdAt":
		return p.instant(rec.Created)
	case c.field == nil:
		return p.instant(rec.Updated)
	case c.field.Type == record.List:
		rows := rec.Values.Rows(c.key)
		return sheet.Value{Text: writeList(p.e.Language, p.kind, c.field, rows, func(f *record.Field, row record.Values) string {
			return p.text(f, row, rec.Values, links).Text
		})}
	}
	return p.text(c.field, rec.Values, rec.Values, links)
}

func (p *Prepared) instant(ms int64) sheet.Value {
	return sheet.Value{Text: time.UnixMilli(ms).In(p.zone).Format("2006-01-02T15:04:05")}
}

// text is one value; of are the record's, for the currency of amounts.
func (p *Prepared) text(f *record.Field, values, of record.Values, links map[record.ID]record.LinkTitle) sheet.Value {
	switch v := values[f.Key].(type) {
	case string:
		if f.Type == record.Choice {
			v = optionTitle(p.e.Language, p.kind, f, v)
		}
		return sheet.Value{Text: v}
	case bool:
		return sheet.Value{Text: fmt.Sprint(v)}
	case record.ID:
		// A title that was cut would not be found again.
		if l, ok := links[v]; ok && !l.Deleted && !strings.HasSuffix(l.Title, "…") {
			return sheet.Value{Text: l.Title}
		}
		return sheet.Value{Text: v.String()}
	case int64:
		switch f.Type {
		case record.Instant:
			return p.instant(v)
		case record.Money:
			return sheet.Value{Text: money.Format(v, of.String(f.Currency))}
		}
		return sheet.Value{Text: money.FormatScaled(v, f.Digits)}
	}
	return sheet.Value{}
}
