package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"kontor/app/kit/fault"
)

// WriteXLSX writes a workbook with one sheet: a bold header that stays in view,
// an automatic filter, typed columns as wide as their content. Rows stream, so
// a million of them need no more memory than a thousand; excelize keeps them in
// a temporary file meanwhile. The same table gives the same bytes.
//
// Numbers with more than 15 digits, and dates that Excel does not know, are
// written as text so that nothing of them is lost.
func WriteXLSX(ctx context.Context, w io.Writer, t Table) error {
	x := &xlsxWriter{table: &t, book: excelize.NewFile(), sheet: SheetName(t.Sheet)}
	defer x.book.Close()
	err := x.prepare()
	if err == nil {
		err = t.each(ctx, x.row)
	}
	if err == nil {
		err = x.finish(w)
	}
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	return nil
}

// widthRows is how many rows decide how wide the columns become: the stream
// takes the widths before the first row.
const widthRows = 1000

// Widths in characters. A column is never wider than a comfortable line.
const (
	minWidth     = 8
	maxWidth     = 60
	filterButton = 4
)

type xlsxWriter struct {
	table  *Table
	book   *excelize.File
	sheet  string
	stream *excelize.StreamWriter
	styles map[style]int
	head   [][]Value // the rows that decide the widths, until the stream begins
	cells  []any
	rows   int // number of the last row written
	sums   []decimal.Decimal
}

// style is what a cell looks like; excelize knows it by a number.
type style struct {
	format string
	bold   bool
	marked bool
}

// placeholder is the dimension written first; the zip writer puts the real one
// in its place, since the number of rows is only known at the end and many
// readers believe the dimension.
func (x *xlsxWriter) placeholder() string { return x.dimension(maxRows) }

func (x *xlsxWriter) dimension(rows int) string {
	return fmt.Sprintf("A1:%s%d", ColumnName(len(x.table.Columns)), rows)
}

func (x *xlsxWriter) prepare() error {
	switch n := len(x.table.Columns); {
	case n == 0:
		return errors.New("a table without columns")
	case n > maxColumns:
		return fault.New(fault.CodeTooLarge, "sheet.tooManyColumns", fault.Params{"row": 1, "file": x.sheet, "limit": maxColumns})
	}
	x.sums = make([]decimal.Decimal, len(x.table.Columns))
	x.styles = map[style]int{}
	x.cells = make([]any, len(x.table.Columns))
	created := x.table.Created
	if created.IsZero() {
		created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	stamp := created.UTC().Format(time.RFC3339)
	if err := x.book.SetDocProps(&excelize.DocProperties{Creator: x.table.Program, Created: stamp, Modified: stamp}); err != nil {
		return err
	}
	if err := x.book.SetAppProps(&excelize.AppProperties{Application: x.table.Program}); err != nil {
		return err
	}
	if err := x.book.SetSheetName("Sheet1", x.sheet); err != nil {
		return err
	}
	return x.book.SetSheetDimension(x.sheet, x.placeholder())
}

func (x *xlsxWriter) row(number int, row []Value) error {
	limit := maxRows
	if x.table.TotalsLabel != "" {
		limit--
	}
	if number > limit {
		return fault.New(fault.CodeTooLarge, "sheet.tooManyRows", fault.Params{"limit": limit - 1})
	}
	if x.stream == nil {
		x.head = append(x.head, slices.Clone(row))
		if len(x.head) < widthRows {
			return nil
		}
		return x.begin()
	}
	return x.write(row)
}

// begin starts the stream with widths and header, and writes the rows held back.
func (x *xlsxWriter) begin() error {
	var err error
	if x.stream, err = x.book.NewStreamWriter(x.sheet); err != nil {
		return err
	}
	for i := range x.table.Columns {
		if err := x.stream.SetColWidth(i+1, i+1, float64(x.width(i))); err != nil {
			return err
		}
	}
	err = x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	bold, err := x.style(style{bold: true})
	if err != nil {
		return err
	}
	for i, c := range x.table.Columns {
		x.cells[i] = excelize.Cell{StyleID: bold, Value: cleanText(c.Title)}
	}
	if err := x.setRow(); err != nil {
		return err
	}
	for _, row := range x.head {
		if err := x.write(row); err != nil {
			return err
		}
	}
	x.head = nil
	return nil
}

func (x *xlsxWriter) width(column int) int {
	widest := utf8.RuneCountInString(x.table.Columns[column].Title) + filterButton
	for _, row := range x.head {
		longest := 0
		for line := range strings.SplitSeq(row[column].Text, "\n") {
			longest = max(longest, utf8.RuneCountInString(line))
		}
		if x.table.typeOf(column, row[column]) == Number {
			// Separators of thousands, the decimals shown and the currency.
			longest += longest/3 + max(0, x.table.Columns[column].Digits) + len(x.table.Columns[column].Currency)
		}
		widest = max(widest, longest+1)
	}
	return min(max(widest, minWidth), maxWidth)
}

func (x *xlsxWriter) setRow() error {
	x.rows++
	return x.stream.SetRow(fmt.Sprintf("A%d", x.rows), x.cells)
}

func (x *xlsxWriter) write(row []Value) error {
	for i, v := range row {
		cell, err := x.cell(i, v)
		if err != nil {
			return err
		}
		x.cells[i] = cell
	}
	return x.setRow()
}

// cell makes what excelize writes of a value; nil is an empty cell.
func (x *xlsxWriter) cell(column int, v Value) (any, error) {
	c := x.table.Columns[column]
	var (
		value any
		err   error
		look  = style{marked: v.Marked}
	)
	kind := x.table.typeOf(column, v)
	switch kind {
	case Empty:
		if !v.Marked {
			return nil, nil
		}
		value = ""
	case Number:
		value, err = x.number(column, v.Text)
		look.format = numberFormat(c)
	case Bool:
		value = v.Text == "true"
	case Date, DateTime:
		var at time.Time
		if at, err = parseCanonical(v.Text); err != nil {
			return nil, fmt.Errorf("row %d, column %s: %w", x.rows+1, c.Title, err)
		}
		// Before March 1900 Excel counts days wrongly; there the text stays.
		if value = v.Text; at.Year() > 1900 || at.Year() == 1900 && at.Month() > 2 {
			value, look.format = at, dateFormat(kind)
		}
	default:
		text := cleanText(v.Text)
		if err := x.table.textLength(x.rows+1, column, text); err != nil {
			return nil, err
		}
		value = text
	}
	if err != nil {
		return nil, err
	}
	if _, isText := value.(string); isText {
		look.format = ""
	}
	id, err := x.style(look)
	return excelize.Cell{StyleID: id, Value: value}, err
}

// number takes a decimal. The float that excelize wants is written with the
// shortest digits that give it back, which up to 15 digits are those we had.
func (x *xlsxWriter) number(column int, text string) (any, error) {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return nil, fmt.Errorf("row %d, column %s: %w", x.rows+1, x.table.Columns[column].Title, err)
	}
	if x.table.Columns[column].Total {
		x.sums[column] = x.sums[column].Add(d)
	}
	if !precise(d) {
		return text, nil
	}
	return d.InexactFloat64(), nil
}

func numberFormat(c Column) string {
	if c.Type != Number || c.Digits <= 0 && c.Currency == "" {
		return ""
	}
	format := "#,##0"
	if c.Digits > 0 {
		format += "." + strings.Repeat("0", c.Digits)
	}
	if c.Currency != "" {
		format += " [$" + c.Currency + "]"
	}
	return format
}

// dateFormat takes the formats that Excel shows in the order of the user's
// country.
func dateFormat(kind Type) string {
	if kind == Date {
		return "m/d/yyyy"
	}
	return "m/d/yyyy h:mm"
}

func parseCanonical(text string) (time.Time, error) {
	if len(text) == len(time.DateOnly) {
		return time.Parse(time.DateOnly, text)
	}
	return time.Parse("2006-01-02T15:04:05", text)
}

func (x *xlsxWriter) style(s style) (int, error) {
	if s == (style{}) {
		return 0, nil
	}
	if id, ok := x.styles[s]; ok {
		return id, nil
	}
	e := &excelize.Style{}
	switch s.format {
	case "":
	case dateFormat(Date):
		e.NumFmt = 14
	case dateFormat(DateTime):
		e.NumFmt = 22
	default:
		e.CustomNumFmt = &s.format
	}
	if s.bold {
		e.Font = &excelize.Font{Bold: true}
	}
	if s.marked {
		e.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}}
	}
	id, err := x.book.NewStyle(e)
	x.styles[s] = id
	return id, err
}

func (x *xlsxWriter) finish(w io.Writer) error {
	if x.stream == nil {
		if err := x.begin(); err != nil {
			return err
		}
	}
	last := x.rows
	if err := x.book.AutoFilter(x.sheet, x.dimension(max(last, 2)), nil); err != nil {
		return err
	}
	if x.table.TotalsLabel != "" && last > 1 {
		if err := x.totals(last); err != nil {
			return err
		}
	}
	if err := x.stream.Flush(); err != nil {
		return err
	}
	x.book.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return newBookZip(w, x.placeholder(), x.dimension(x.rows))
	})
	// The zip writer writes to w at once; excelize's own way holds the whole
	// workbook in memory.
	_, err := x.book.WriteToBuffer()
	return err
}

// totals writes sums that follow the filter, with their values stored so that
// programs which compute nothing see them too.
func (x *xlsxWriter) totals(last int) error {
	for i, c := range x.table.Columns {
		x.cells[i] = nil
		if !c.Total {
			continue
		}
		id, err := x.style(style{bold: true, format: numberFormat(c)})
		if err != nil {
			return err
		}
		name := ColumnName(i + 1)
		x.cells[i] = excelize.Cell{
			StyleID: id, Value: x.sums[i].InexactFloat64(),
			Formula: fmt.Sprintf("SUBTOTAL(109,%s2:%s%d)", name, name, last),
		}
	}
	if x.cells[0] == nil {
		bold, err := x.style(style{bold: true})
		if err != nil {
			return err
		}
		x.cells[0] = excelize.Cell{StyleID: bold, Value: cleanText(x.table.TotalsLabel)}
	}
	return x.setRow()
}
