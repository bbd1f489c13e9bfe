package sheet

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// CSV says how a text file is written. The zero value is RFC 4180 in UTF-8:
// commas, CRLF, no byte order mark, formulas disarmed.
type CSV struct {
	Delimiter rune // 0 is a comma
	BOM       bool // Excel takes the file for UTF-8 only with it
	Comma     bool // decimal comma, as Excel wants it in much of Europe beside ;
	// Formulas leaves texts that begin with = + - @ as they are. Opened in a
	// spreadsheet program they can run; leave it off for data of strangers.
	Formulas bool
}

// WriteCSV writes a text file: dates as 2026-03-04, yes and no as true and false.
// What guards against formulas is taken off again when this package reads it.
func WriteCSV(ctx context.Context, w io.Writer, t Table, c CSV) error {
	if c.BOM {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if c.Delimiter != 0 {
		out.Comma = c.Delimiter
	}
	record := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		record[i] = c.text(column.Title)
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	err := t.each(ctx, func(_ int, row []Value) error {
		for i, v := range row {
			switch t.typeOf(i, v) {
			case Number:
				if record[i] = v.Text; c.Comma {
					record[i] = strings.Replace(v.Text, ".", ",", 1)
				}
			case Bool, Date, DateTime:
				record[i] = v.Text
			default:
				record[i] = c.text(v.Text)
			}
		}
		return out.Write(record)
	})
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func (c CSV) text(s string) string {
	if s = cleanText(s); c.Formulas {
		return s
	}
	return guard(s)
}

// guarded reports whether a text would run as a formula when a spreadsheet
// program opens the text file, apart from apostrophes before it.
func guarded(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0]))
}

// guard disarms a formula by an apostrophe, as OWASP's page on CSV injection
// advises. A text that already begins with apostrophes gets one more, so that
// unguard gives back exactly what was written.
func guard(text string) string {
	if guarded(text) {
		return "'" + text
	}
	return text
}

// unguard undoes guard.
func unguard(text string) string {
	if strings.HasPrefix(text, "'") && guarded(text) {
		return text[1:]
	}
	return text
}
