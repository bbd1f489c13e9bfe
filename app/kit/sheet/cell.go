package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// Type says what a cell holds.
type Type uint8

// The types of cells. Everything in a text file is Text.
const (
	Empty    Type = iota
	Text          // Value is the text
	Number        // Value is a plain decimal such as -1234.5
	Bool          // Value is "true" or "false"
	Date          // Value is 2026-03-04
	DateTime      // Value is 2026-03-04T13:30:00, in nobody's time zone
	Time          // Value is 13:30:00
	Duration      // Value is hours, minutes, seconds such as 36:30:00
	Error         // Value is #DIV/0! and the like, or a formula never computed
)

// Cell is one cell that is not empty.
type Cell struct {
	Column int    // from 1
	Type   Type   // what it holds
	Text   string // as stored in the file
	Value  string // canonical, see Type
	Format string // number format code such as 0.00%, empty for General and for text files
}

// Uncomputed reports whether the cell is a formula whose value was never
// stored, as programs that write workbooks without Excel leave them. Its Value
// is then the formula with the equals sign before it.
func (c Cell) Uncomputed() bool { return c.Type == Error && strings.HasPrefix(c.Value, "=") }

// Percent reports whether the cell shows its number as a percentage: 0.19 as 19 %.
func (c Cell) Percent() bool {
	return c.Type == Number && strings.Contains(bareFormat(c.Format), "%")
}

// Blank reports whether the cell shows nothing.
func (c Cell) Blank() bool { return c.Type == Empty || strings.TrimSpace(c.Value) == "" }

// Row is a row with at least one cell that is not blank.
type Row struct {
	Number int    // as Excel shows it, from 1
	Cells  []Cell // from left to right, without the empty ones
	Totals bool   // every figure in it is a SUBTOTAL formula, as in the last row of our own exports
}

// At gives the cell of a column, which may be empty.
func (r Row) At(column int) Cell {
	// Rows without gaps, nearly all, hit at once.
	if i := column - 1; i >= 0 && i < len(r.Cells) && r.Cells[i].Column == column {
		return r.Cells[i]
	}
	for _, c := range r.Cells {
		if c.Column == column {
			return c
		}
	}
	return Cell{Column: column}
}

func (r Row) blank() bool {
	for _, c := range r.Cells {
		if !c.Blank() {
			return false
		}
	}
	return true
}

// Limits of Excel's own format, from "Excel specifications and limits".
const (
	maxRows      = 1 << 20
	maxColumns   = 1 << 14
	maxCellUnits = 32767 // UTF-16 units of text in a cell
	excelPrecise = 15    // significant digits Excel keeps of a number
)

// Limits of what is read, in bytes of text. They are far above Excel's, since
// other programs keep to none, and bound what a hostile file can take.
const (
	maxStoredCell = 1 << 20
	maxRecord     = 16 << 20
)

// ColumnName is the letters of a column: 1 is A, 28 is AB.
func ColumnName(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// columnOf reads the column out of a reference such as AB12; 0 is none.
func columnOf(ref []byte) int {
	column := 0
	for _, b := range ref {
		switch {
		case b >= 'A' && b <= 'Z':
			column = column*26 + int(b-'A') + 1
		case b >= 'a' && b <= 'z':
			column = column*26 + int(b-'a') + 1
		case b == '$':
		case b >= '0' && b <= '9':
			return column
		default:
			return 0
		}
		if column > maxColumns {
			return column
		}
	}
	return column
}

// plainDecimal writes a stored number without an exponent and with the 15
// digits that Excel shows: 0.30000000000000004 is 0.3, 4.9E+3 is 4900.
func plainDecimal(stored string) (string, bool) {
	if plainDigits(stored) {
		return stored, true
	}
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil || f-f != 0 { // infinite or no number
		return "", false
	}
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'e', excelPrecise-1, 64), 64)
	if f == 0 {
		return "0", true
	}
	return strconv.FormatFloat(f, 'f', -1, 64), true
}

// plainDigits reports whether a number is already written as plainDecimal would.
func plainDigits(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || len(digits) > excelPrecise || len(whole) > 1 && whole[0] == '0' ||
		point && (fraction == "" || strings.HasSuffix(fraction, "0")) || s == "-0" {
		return false
	}
	for _, part := range []string{whole, fraction} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return false
			}
		}
	}
	return true
}

// shortened matches what Excel makes of a long number in a narrow column when
// it saves a text file, such as 4.92E+11.
var shortened = regexp.MustCompile(`^\s*[+-]?\d+(?:[.,](\d+))?[eE]\+?(\d{1,3})\s*$`)

// LostDigits reports whether the cell was a number too long for its column or
// for Excel, so that its last digits are gone: 4.92E+11, 4915123456789012345. A
// phone or customer number like that must be reported, not imported.
func LostDigits(c Cell) bool {
	switch c.Type {
	case Text:
		m := shortened.FindStringSubmatch(c.Text)
		if m == nil {
			return false
		}
		exponent, _ := strconv.Atoi(m[2])
		return exponent > len(m[1])
	case Number:
		whole, _, _ := strings.Cut(strings.TrimPrefix(c.Value, "-"), ".")
		return len(whole) > excelPrecise
	}
	return false
}
