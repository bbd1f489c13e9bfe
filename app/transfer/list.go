package transfer

import (
	"strings"

	"kontor/app/record"
)

// A list in one cell is written so that people can read and write it:
//
//	Work: ada@example.com; Home: ada@home.example
//	Post: Hafenstraße 1 | 20095 | Hamburg |  | DE
//
// Rows are set apart by semicolons or line breaks, parts by bars, in the order
// of the list's fields; the type stands before a colon. What contains one of
// these stands in quotation marks, doubled inside.

// partsOf are the fields of a list's rows but their type.
func partsOf(list *record.Field) (parts []*record.Field, kind *record.Field) {
	for i := range list.Fields {
		if list.Fields[i].Key == "type" {
			kind = &list.Fields[i]
		} else {
			parts = append(parts, &list.Fields[i])
		}
	}
	return parts, kind
}

// writeList writes rows; text gives each part as text.
func writeList(language string, k *record.Kind, list *record.Field, rows []record.Values, text func(f *record.Field, row record.Values) string) string {
	parts, kind := partsOf(list)
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			b.WriteString("; ")
		}
		if kind != nil {
			if option := row.String("type"); option != "" {
				b.WriteString(optionTitle(language, k, kind, option) + ": ")
			}
		}
		for j, part := range parts {
			if j > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(quoteList(text(part, row)))
		}
	}
	return b.String()
}

func quoteList(text string) string {
	if strings.ContainsAny(text, ";|\n\"") || strings.Contains(text, ": ") || text != strings.TrimSpace(text) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// readList reads rows as drafts have them.
func readList(k *record.Kind, list *record.Field, text string) []map[string]any {
	parts, kind := partsOf(list)
	rowMarks, partMark := ";\n", rune(-1)
	if len(parts) > 1 {
		partMark = '|'
	} else if parts[0].Type == record.Email {
		rowMarks = ";,\n"
	}
	var rows []map[string]any
	for _, cells := range cutList(text, rowMarks, partMark) {
		row := map[string]any{}
		if kind != nil && !cells[0].quoted {
			if name, rest, ok := strings.Cut(cells[0].text, ":"); ok {
				if option, ok := optionOf(k, kind, name); ok {
					row["type"] = option
					cells[0].text = strings.TrimSpace(rest)
				}
			}
		}
		if kind != nil && cells[0].before != "" {
			if option, ok := optionOf(k, kind, strings.TrimSuffix(cells[0].before, ":")); ok {
				row["type"] = option
			}
		}
		said := false
		for i, cell := range cells {
			if i >= len(parts) || cell.text == "" {
				continue
			}
			if option, ok := optionOf(k, parts[i], cell.text); ok && parts[i].Type == record.Choice {
				cell.text = option
			}
			row[parts[i].Key], said = cell.text, true
		}
		if said {
			rows = append(rows, row)
		}
	}
	return rows
}

type listCell struct {
	before string // what stands before a quotation
	text   string
	quoted bool
}

// cutList cuts text into rows of cells.
func cutList(text, rowMarks string, partMark rune) [][]listCell {
	var rows [][]listCell
	var row []listCell
	var cell listCell
	var b strings.Builder
	endCell := func() {
		if rest := strings.TrimSpace(b.String()); !cell.quoted {
			cell.text = rest
		}
		row = append(row, cell)
		cell = listCell{}
		b.Reset()
	}
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		before := strings.TrimSpace(b.String())
		switch {
		case r == '"' && !cell.quoted && (before == "" || strings.HasSuffix(before, ":")):
			cell.before, cell.quoted = before, true
			b.Reset()
			for i++; i < len(runes); i++ {
				if runes[i] == '"' {
					if i+1 == len(runes) || runes[i+1] != '"' {
						break
					}
					i++
				}
				b.WriteRune(runes[i])
			}
			cell.text = b.String()
			b.Reset()
		case strings.ContainsRune(rowMarks, r):
			endCell()
			rows = append(rows, row)
			row = nil
		case r == partMark:
			endCell()
		default:
			b.WriteRune(r)
		}
	}
	endCell()
	return append(rows, row)
}
