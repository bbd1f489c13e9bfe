package sheet_test

import (
	"strings"
	"testing"

	"kontor/app/kit/sheet"
)

// rowsFrom makes rows of text out of lines; blank lines count.
func rowsFrom(lines string) []sheet.Row {
	var rows []sheet.Row
	for i, line := range strings.Split(lines, "\n") {
		row := sheet.Row{Number: i + 1}
		for j, value := range strings.Split(line, "|") {
			if value != "" {
				c := text(value)
				c.Column = j + 1
				row.Cells = append(row.Cells, c)
			}
		}
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

func TestGuessHeader(t *testing.T) {
	for _, c := range []struct {
		name, lines string
		row         int
		titles      string
	}{
		{"first row", "Name|City|Since\nAda|Leeds|2026-01-02", 1, "Name City Since"},
		{"below a title", "Customer list 2026\n\nName|City|Mail\nAda|Leeds|a@b.example\nBo|York|", 3, "Name City Mail"},
		{"below title and date", "Report|2026-03-04\nName|City|Mail|Tel|Zip\nAda|Leeds|a@b.example|1|2", 2, "Name City Mail Tel Zip"},
		{"two tiers", "Person|||Address\nName|Mail|Tel|Street|City\nAda|a@b.example|1|x|y", 2, "Name Mail Tel Street City"},
		{"without", "Ada|Leeds|a@b.example|12\nBo|York|b@b.example|13", 0, ""},
		{"numbers without", "1|2|3\n4|5|6", 0, ""},
		{"ragged data", "Name|City|Mail\nAda\nBo|York\nCy|Bath|c@c.example|extra", 1, "Name City Mail"},
		{"gaps", "Name||Mail|City\nAda||a@b.example|Leeds", 1, "Name Mail City"},
		{"one column", "Mail\na@b.example\nb@b.example", 1, "Mail"},
		{"one column without", "a@b.example\nHello\nb@b.example", 0, ""},
		{"only a header", "Name|City", 1, "Name City"},
		{"nothing", "", 0, ""},
		{"spaces", " First \u00A0name |Last\tname\nAda|King", 1, "First name Last name"},
		{"two phones", "Name|Phone|Phone\nAda|1|2", 1, "Name Phone Phone"},
		{"the same word all over", "x|x|x|x\nAda|b|c|d", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := sheet.GuessHeader(rowsFrom(c.lines))
			var titles []string
			for _, title := range h.Titles {
				titles = append(titles, title.Text)
			}
			if h.Row != c.row || strings.Join(titles, " ") != c.titles {
				t.Errorf("row %d, %v", h.Row, titles)
			}
		})
	}
}

func TestRepeatedHeader(t *testing.T) {
	rows := rowsFrom("Name||City\nAda||Leeds\nName||City\n Name ||City \nName|City\nName||City|x\nName")
	h := sheet.GuessHeader(rows)
	for _, row := range rows {
		if got, want := h.Repeats(row), row.Number == 3 || row.Number == 4; got != want {
			t.Errorf("row %d: %v", row.Number, got)
		}
	}
}
