package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// answer prints the document for programs, or what people read.
func (r *run) answer(document any, people func()) {
	if r.json {
		r.print(document)
		return
	}
	people()
}

// table prints aligned columns with heads on a terminal, and lines with tabs in
// a pipe.
type table struct {
	r    *run
	head []string
	rows [][]string
}

func (r *run) table(head ...string) *table { return &table{r: r, head: head} }

func (t *table) add(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(c), " ")
	}
	t.rows = append(t.rows, cells)
}

func (t *table) print() {
	if !t.r.terminal() {
		for _, row := range t.rows {
			fmt.Fprintln(t.r.Out, strings.Join(row, "\t"))
		}
		return
	}
	w := tabwriter.NewWriter(t.r.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.ToUpper(strings.Join(t.head, "\t")))
	for _, row := range t.rows {
		for i, cell := range row {
			if runes := []rune(cell); len(runes) > 40 {
				row[i] = string(runes[:39]) + "…"
			}
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	_ = w.Flush()
}

// rows prints a list with the titles of linked records.
func (r *run) rows(fields []string, all listAnswer) {
	t := r.table(append([]string{"id"}, fields...)...)
	for _, record := range all.Rows {
		cells := []string{plain(record.values["id"], nil)}
		for _, f := range fields {
			cells = append(cells, plain(record.values[f], all.Links))
		}
		t.add(cells...)
	}
	t.print()
}

// pairs prints values by key, in the given order or by name.
func (r *run) pairs(values map[string]json.RawMessage, keys ...string) {
	if len(keys) == 0 {
		for key := range values {
			keys = append(keys, key)
		}
		slices.Sort(keys)
	}
	t := r.table("field", "value")
	for _, key := range keys {
		if text := plain(values[key], nil); text != "" {
			t.add(key, text)
		}
	}
	t.print()
}

// plain writes a JSON value as people read it.
func plain(raw json.RawMessage, links map[string]link) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		if l, ok := links[text]; ok {
			return l.Title
		}
		return text
	}
	if s := string(raw); s != "null" && s != "[]" {
		return s
	}
	return ""
}
