package paper

import "strings"

// Overview is one page to take along: facts in sections, and lines to write on.
// What does not fit is counted at the end of its section.
type Overview struct {
	Language string
	Country  string // of the sender; it decides the paper
	Accent   string
	Title    string
	Subtitle string
	Date     string // as it stands on the page
	Sections []Section
	Notes    string // stands above the empty lines
}

// Section is a part of an Overview. It is left out where it has no rows.
type Section struct {
	Title string
	Rows  []Row
}

// Row is one fact: a label, what it says, and a figure at the right edge.
type Row struct{ Label, Text, Figure string }

// How an Overview is set.
const (
	labelWidth  = 36 * mm
	figureWidth = 30 * mm
	rowLines    = 3       // of one text
	writing     = 70 * mm // kept free for writing
	lineGap     = 8 * mm
)

// RenderOverview draws an Overview as PDF.
func RenderOverview(o Overview) ([]byte, error) {
	doc := Document{Language: o.Language, Country: o.Country, Title: o.Title, Letterhead: Letterhead{Accent: o.Accent}}
	s, err := newSheet(doc)
	if err != nil {
		return nil, err
	}
	s.bottom = s.height - 14*mm
	s.pages = append(s.pages, Page{})
	s.draw(area(0, 0, s.width, barHeight, 0, s.colors.accent))
	s.y = 14 * mm
	s.oneLine(nameStyle.in(s.colors.text), s.doc.Title, s.left, s.y, 7*mm, s.right-s.left-figureWidth, 110)
	if date := s.cleaner.line(o.Date); date != "" {
		s.draw(textEnding(labelStyle, date, s.right, s.y, 7*mm))
	}
	s.y += 7 * mm
	s.oneLine(sloganStyle, s.cleaner.line(o.Subtitle), s.left, s.y, 5*mm, s.right-s.left, 65)
	s.y += 8 * mm
	for _, section := range o.Sections {
		s.section(section)
	}
	s.writing(s.cleaner.line(o.Notes))
	return Draw(s.doc, Pages{Width: s.width, Height: s.height, Pages: s.pages})
}

// section places rows as long as there is room above the lines for writing.
func (s *sheet) section(section Section) {
	limit := s.height - 14*mm - writing
	if len(section.Rows) == 0 || s.y+12*mm > limit {
		return
	}
	s.draw(textBox(headingStyle.in(s.colors.text), s.cleaner.line(section.Title), s.left, s.y, 6*mm))
	s.y += 6 * mm
	s.draw(rule(s.left, s.y, s.right-s.left, hairline))
	s.y += 1 * mm
	for i, row := range section.Rows {
		text := s.few(bodyStyle, strings.TrimSpace(s.cleaner.text(row.Text)), s.right-s.left-labelWidth-figureWidth, rowLines)
		height := max(1, len(text)) * bodyStyle.height()
		if rest := len(section.Rows) - i; s.y+height > limit || s.y+height+bodyStyle.height() > limit && rest > 1 {
			s.draw(textBox(labelStyle, s.labelWith("more", map[string]any{"count": rest}), s.left+labelWidth, s.y, bodyStyle.height()))
			s.y += bodyStyle.height()
			break
		}
		s.oneLine(labelStyle, s.cleaner.line(row.Label), s.left, s.y, bodyStyle.height(), labelWidth-2*mm, 50)
		for n, line := range text {
			s.draw(textBox(bodyStyle, line, s.left+labelWidth, s.y+n*bodyStyle.height(), bodyStyle.height()))
		}
		if figure := s.cleaner.line(row.Figure); figure != "" {
			s.draw(textEnding(valueStyle.fit(figure, figureWidth, 50), figure, s.right, s.y, bodyStyle.height()))
		}
		s.y += height
	}
	s.y += 4 * mm
}

// writing rules the rest of the page.
func (s *sheet) writing(title string) {
	if title != "" {
		s.draw(textBox(headingStyle.in(s.colors.text), title, s.left, s.y, 6*mm))
		s.y += 6 * mm
	}
	for s.y += lineGap; s.y <= s.bottom; s.y += lineGap {
		s.draw(rule(s.left, s.y, s.right-s.left, faint))
	}
}
