package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
)

var errCellLength = errors.New("a cell holds more text than any spreadsheet")

// appendText adds a piece of text to a cell, within limits.
func appendText(to *[]byte, s *scanner) error {
	piece, err := s.text, error(nil)
	if bytes.IndexByte(piece, '\r') >= 0 {
		piece = xmlLineBreaks(piece)
	}
	if s.literal {
		*to = append(*to, piece...)
	} else {
		*to, err = unescape(*to, piece)
	}
	if len(*to) > maxStoredCell {
		return errCellLength
	}
	return err
}

// xmlLineBreaks makes the line breaks that stand in a file as such to \n, which
// every XML parser does (XML 1.0, 2.11). Those written as &#13; stay.
func xmlLineBreaks(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
}

// sheetReader reads the rows of one worksheet.
type sheetReader struct {
	book    *workbook
	strings []string
	kinds   []Type // what a number of each cell style shows
	scan    *scanner
	emit    func(*Row) error

	// What is known at the end.
	merged  []string
	rows    int
	columns int

	// The current row: its cells that are no text, those that are SUBTOTAL
	// formulas among them, and its bytes of text.
	row       Row
	figures   int
	subtotals int
	size      int

	// The current cell.
	column    int
	kind      []byte // attribute t
	style     int
	value     []byte
	formula   []byte
	hasValue  bool
	isFormula bool
	inline    richText
}

// read streams the rows of a part to emit, or only measures it if emit is nil.
func (w *workbook) read(part string, texts []string, emit func(*Row) error) (*sheetReader, error) {
	r, err := w.parts.open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s := &sheetReader{book: w, strings: texts, scan: newScanner(r), emit: emit}
	for _, code := range w.formats {
		s.kinds = append(s.kinds, formatType(code))
	}
	return s, s.sheet()
}

// maxMerged is how many merged ranges are remembered of one sheet.
const maxMerged = 10000

func (s *sheetReader) sheet() error {
	for {
		t, err := s.scan.next()
		if err != nil || t == tokenEOF {
			return err
		}
		if t != tokenStart {
			continue
		}
		switch string(s.scan.name) {
		case "sheetData":
			if err := s.data(); err != nil {
				return err
			}
		case "mergeCell":
			if len(s.merged) < maxMerged {
				s.merged = append(s.merged, s.scan.attrText("ref"))
			}
		}
	}
}

func (s *sheetReader) data() error {
	for {
		t, err := s.scan.next()
		if err != nil {
			return err
		}
		switch {
		case t == tokenEOF:
			return errTruncated
		case t == tokenEnd && string(s.scan.name) == "sheetData":
			return nil
		case t == tokenStart && string(s.scan.name) == "row":
			if err := s.startRow(); err != nil {
				return err
			}
		case t == tokenStart && string(s.scan.name) == "c":
			if err := s.cell(); err != nil {
				return err
			}
		case t == tokenEnd && string(s.scan.name) == "row":
			if err := s.endRow(); err != nil {
				return err
			}
		}
	}
}

func (s *sheetReader) startRow() error {
	number := s.row.Number + 1
	if r := s.scan.attr("r"); r != nil {
		n, err := strconv.Atoi(string(r))
		if err != nil || n < 1 {
			return fmt.Errorf("%w: row %q", errMalformed, r)
		}
		number = n
	}
	if number > maxRows {
		return fmt.Errorf("%w: row %d", errMalformed, number)
	}
	// Cells are used again: emit has written them out when it returns.
	s.row = Row{Number: number, Cells: s.row.Cells[:0]}
	s.column, s.subtotals, s.figures, s.size = 0, 0, 0, 0
	return nil
}

func (s *sheetReader) endRow() error {
	s.row.Totals = s.subtotals > 0 && s.subtotals == s.figures
	if s.emit == nil || s.row.blank() {
		return nil
	}
	return s.emit(&s.row)
}

func (s *sheetReader) cell() error {
	s.column++
	if ref := s.scan.attr("r"); ref != nil {
		s.column = columnOf(ref)
	}
	if s.column < 1 || s.column > maxColumns {
		return fmt.Errorf("%w: cell %q", errMalformed, s.scan.attr("r"))
	}
	if s.emit != nil {
		s.kind = append(s.kind[:0], s.scan.attr("t")...)
		s.style, _ = strconv.Atoi(string(s.scan.attr("s")))
		s.value, s.formula = s.value[:0], s.formula[:0]
		s.hasValue, s.isFormula = false, false
		s.inline.reset()
	}
	depth := s.scan.depth
	var in byte
	for {
		t, err := s.scan.next()
		if err != nil {
			return err
		}
		switch {
		case t == tokenEOF:
			return errTruncated
		case t == tokenEnd && s.scan.depth < depth:
			return s.endCell()
		case s.emit == nil:
			// When a sheet is measured, only that the cell is not empty counts.
			s.columns = max(s.columns, s.column)
			s.rows = max(s.rows, s.row.Number)
		case t == tokenStart && s.scan.depth == depth+1:
			switch string(s.scan.name) {
			case "v":
				in, s.hasValue = 'v', true
			case "f":
				in, s.isFormula = 'f', true
			case "is":
				in, s.hasValue = 'i', true
			}
		case t == tokenEnd && s.scan.depth == depth:
			in = 0
		case t == tokenText && in == 'v':
			err = appendText(&s.value, s.scan)
		case t == tokenText && in == 'f':
			err = appendText(&s.formula, s.scan)
		}
		if in == 'i' && err == nil {
			err = s.inline.take(s.scan, t)
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetReader) endCell() error {
	if s.emit == nil {
		return nil
	}
	cell := Cell{Column: s.column}
	if s.style < 0 || s.style >= len(s.kinds) {
		s.style = 0
	}
	if s.style < len(s.kinds) {
		cell.Format = s.book.formats[s.style]
	}
	if err := s.typed(&cell); err != nil {
		return err
	}
	if cell.Type == Empty {
		return nil
	}
	if s.size += len(cell.Text); s.size > maxRecord {
		return errCellLength
	}
	if cell.Type != Text && cell.Type != Error {
		s.figures++
		if s.isFormula && bytes.HasPrefix(s.formula, []byte("SUBTOTAL(")) {
			s.subtotals++
		}
	}
	s.row.Cells = append(s.row.Cells, cell)
	return nil
}

// typed gives the cell its type and value (ECMA-376 part 1, 18.18.11).
func (s *sheetReader) typed(c *Cell) error {
	if s.isFormula && (!s.hasValue || len(s.value) == 0 && string(s.kind) != "str") {
		c.Type, c.Text = Error, "="+string(s.formula)
		c.Value = c.Text
		return nil
	}
	if len(s.value) == 0 && string(s.kind) != "inlineStr" {
		return nil
	}
	switch string(s.kind) {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(string(s.value)))
		if err != nil || i < 0 || i >= len(s.strings) {
			return fmt.Errorf("%w: shared string %q of %d", errMalformed, s.value, len(s.strings))
		}
		c.setText(s.strings[i])
	case "inlineStr":
		c.setText(string(s.inline.text))
	case "str":
		c.setText(string(s.value))
	case "b":
		c.Type, c.Text, c.Value = Bool, string(s.value), strconv.FormatBool(isTrue(s.value))
	case "e":
		c.Type, c.Text = Error, string(s.value)
		c.Value = c.Text
	case "d":
		c.Text = string(s.value)
		c.Type, c.Value, _ = fromISO(c.Text)
		if c.Type == Error {
			c.setText(c.Text)
		}
	default:
		s.number(c)
	}
	return nil
}

// number reads the figure of a cell, which the style may show as a date.
func (s *sheetReader) number(c *Cell) {
	c.Text = string(s.value)
	value, ok := plainDecimal(c.Text)
	if !ok {
		c.setText(c.Text)
		return
	}
	c.Type, c.Value = Number, value
	if s.style < len(s.kinds) && s.kinds[s.style] != Number {
		if kind, date := fromSerial(c.Text, s.kinds[s.style], s.book.date1904); kind != Number {
			c.Type, c.Value = kind, date
		}
	}
}

// setText makes the cell a text. The format writes characters that XML cannot
// hold as _x000D_ (ECMA-376 part 1, 22.9.2.19).
func (c *Cell) setText(stored string) {
	if stored == "" {
		return
	}
	c.Type, c.Text = Text, stored
	c.Value = cleanText(decodeEscapes(stored))
}

func decodeEscapes(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString("_x")
			s = s[i+2:]
			continue
		}
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
}

// cleanText brings line breaks to one form and takes out what is no text:
// control characters and broken UTF-8.
func cleanText(s string) string {
	clean := true
	for i := range len(s) {
		if b := s[i]; b < ' ' && b != '\n' && b != '\t' || b >= 0x7F {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

// sheetFault says where in a sheet reading had to stop.
func (o *opened) sheetFault(sheet string, row int, err error) error {
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		return err
	}
	params := fault.Params{"sheet": sheet, "row": row}
	switch {
	case errors.Is(err, errDTD):
		return o.refuse("sheet.dtd", nil).Because(err)
	case errors.Is(err, errCellLength):
		return o.refuse("sheet.cellTooLong", params).Because(err)
	case errors.Is(err, errMalformed):
		return o.refuse("sheet.damaged", params).Because(err)
	}
	return o.refuse("sheet.truncatedSheet", params).Because(err)
}
