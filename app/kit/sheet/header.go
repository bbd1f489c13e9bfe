package sheet

import "strings"

// Header is the row of titles.
type Header struct {
	Row    int     `json:"row"` // its number, 0 if the sheet has none
	Titles []Title `json:"titles"`
}

// Title is one column's.
type Title struct {
	Column int    `json:"column"`
	Text   string `json:"text"` // in one line
}

// HeaderAt makes a header of a row that a person has chosen.
func HeaderAt(row Row) Header {
	h := Header{Row: row.Number}
	for _, c := range row.Cells {
		if text := oneLine(c); text != "" {
			h.Titles = append(h.Titles, Title{c.Column, text})
		}
	}
	return h
}

func oneLine(c Cell) string { return strings.Join(strings.Fields(c.Value), " ") }

// headerRows is how far down a header is looked for.
const headerRows = 30

// GuessHeader finds the header among the first rows of a sheet: the first row
// about as wide as the rows below it, if its cells are texts, mostly different
// ones, and hardly any a number, a date or an address. What stands above it, such as
// a title or the date of the report, is passed over. Give it about 100 rows.
func GuessHeader(rows []Row) Header {
	for i, row := range rows[:min(len(rows), headerRows)] {
		if filled(row)*10 < typicalWidth(rows[i:])*6 {
			continue
		}
		if isHeader(row) {
			return HeaderAt(row)
		}
		break // the first row of full width is data, so there is no header
	}
	return Header{}
}

func filled(r Row) int {
	n := 0
	for _, c := range r.Cells {
		if !c.Blank() {
			n++
		}
	}
	return n
}

// typicalWidth is the width that most rows of a table reach: that of the row at
// the third quarter.
func typicalWidth(rows []Row) int {
	var counts [maxColumns + 1]int32
	for _, r := range rows {
		counts[min(filled(r), maxColumns)]++
	}
	left := len(rows) * 3 / 4
	for width, n := range counts {
		if left -= int(n); left < 0 {
			return width
		}
	}
	return 0
}

// longestTitle is more than any title; longer texts are explanations.
const longestTitle = 120

func isHeader(r Row) bool {
	seen := map[string]bool{}
	titles, odd, twice := 0, 0, 0
	for _, c := range r.Cells {
		text := oneLine(c)
		if text == "" {
			continue
		}
		titles++
		if c.Type != Text || len(text) > longestTitle || looksData(text) {
			odd++
		} else if seen[strings.ToLower(text)] {
			twice++
		}
		seen[strings.ToLower(text)] = true
	}
	return titles > 0 && odd*5 <= titles && twice*2 <= titles
}

// looksData reports whether a text is a value rather than a title.
func looksData(text string) bool {
	if strings.Contains(text, "@") || strings.Contains(text, "://") {
		return true
	}
	if Guess(text) != Text {
		return true
	}
	// Postcodes and phone numbers stay text for Guess, but are no titles.
	return strings.Trim(text, "0123456789+-/() .") == ""
}

// Repeats reports whether a row is the header once more, as on every page of a
// printed list.
func (h Header) Repeats(row Row) bool {
	if row.Number <= h.Row || len(h.Titles) == 0 {
		return false
	}
	i := 0
	for _, c := range row.Cells {
		text := oneLine(c)
		if text == "" {
			continue
		}
		if i == len(h.Titles) || h.Titles[i] != (Title{c.Column, text}) {
			return false
		}
		i++
	}
	return i == len(h.Titles)
}
