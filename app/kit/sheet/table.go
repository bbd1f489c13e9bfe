package sheet

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"kontor/app/kit/fault"
)

// Table is what WriteXLSX and WriteCSV write: a header and rows.
type Table struct {
	Sheet   string // name of the sheet; what Excel does not allow in it is replaced
	Columns []Column
	// Rows gives the values of each row in the order of the columns, and may use
	// the slice again. Missing values at the end are empty. An error ends the
	// writing and is returned.
	Rows iter.Seq2[[]Value, error]
	// TotalsLabel, if not empty, adds a row of totals to a workbook and stands in
	// its first column. Text files never have one.
	TotalsLabel string
	// Program and Created go into the properties of a workbook, which say nothing
	// else: no name of a person, no folder.
	Program string
	Created time.Time
}

// Column says how the values below its title are written.
type Column struct {
	Title    string
	Type     Type   // Text, Number, Bool, Date or DateTime
	Digits   int    // decimals of a Number that are always shown; 0 shows what there is
	Currency string // ISO 4217 code of a Number that is money
	Total    bool   // summed in the row of totals
}

// Value is one cell to be written.
type Value struct {
	Text   string // canonical like Cell.Value: -1234.50, 2026-03-04, 2026-03-04T13:30:00, true, any text
	Type   Type   // where the cell is not of the column's type; Empty is the column's
	Marked bool   // coloured red in a workbook: something is wrong with it
}

// typeOf is the type that a value is written with.
func (t *Table) typeOf(column int, v Value) Type {
	switch {
	case v.Text == "":
		return Empty
	case v.Type != Empty:
		return v.Type
	}
	return t.Columns[column].Type
}

// each hands out the rows with their number, from 2, cut or filled up to the
// columns.
func (t *Table) each(ctx context.Context, do func(number int, row []Value) error) error {
	number := 1
	full := make([]Value, len(t.Columns))
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if number++; number%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(row) > len(t.Columns) {
			return fmt.Errorf("row %d has %d values for %d columns", number, len(row), len(t.Columns))
		}
		clear(full[copy(full, row):])
		if err := do(number, full); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// textLength refuses what does not fit into a cell. Cutting would lose words
// without a sign, and splitting would not come back in an import.
func (t *Table) textLength(row, column int, text string) error {
	if len(text) <= maxCellUnits {
		return nil
	}
	if units := utf16Length(text); units > maxCellUnits {
		return fault.New(fault.CodeTooLarge, "sheet.textTooLong", fault.Params{
			"row": row, "column": t.Columns[column].Title, "length": units, "limit": maxCellUnits,
		})
	}
	return nil
}

// SheetName makes a name that Excel takes: at most 31 characters, none of
// : \ / ? * [ ], no apostrophe at an end.
func SheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "'")
	for utf16Length(name) > 31 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	if name = strings.Trim(name, "' "); name == "" {
		return "Sheet1"
	}
	return name
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// precise reports whether Excel keeps all digits of a number.
func precise(d decimal.Decimal) bool {
	digits := strings.TrimRight(strings.TrimLeft(d.Abs().Coefficient().String(), "0"), "0")
	return len(digits) <= excelPrecise
}
