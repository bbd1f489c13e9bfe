package paper

import (
	"fmt"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
)

// Limits that keep a slip, or malice, from filling memory.
const (
	mostLines = 10_000
	mostPages = 2_000
	mostBytes = 2 << 20 // of text
)

// sheet is a document being laid out.
type sheet struct {
	doc      Document // its texts cleaned
	numerals numerals
	colors   colors
	logo     *picture

	width, height um // of the paper
	left, right   um // where text begins and ends
	bottom        um // nothing of the letter's body goes below

	pages     []Page
	y         um // where the next strip goes
	cleaner   cleaner
	shortened bool // something of the head did not fit
	full      bool // there are as many pages as may be; nothing more is drawn
}

// The left margin puts the address inside the window of an envelope, 20 mm from
// the paper's edge and 5 mm within (DIN 5008).
const (
	leftMargin  = 25 * mm
	rightMargin = 20 * mm
	barHeight   = 3 * mm
	bodyTop     = 24 * mm // on the pages after the first
)

// Layout places a document on pages. A fault names the field it stands beside.
func Layout(doc Document) (pages Pages, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fault.New(fault.CodeInternal, "paper.notDrawn", nil).Because(fmt.Errorf("layout: %v", cause))
		}
	}()
	s, err := newSheet(doc)
	if err != nil {
		return Pages{}, err
	}
	if err := s.compose(); err != nil {
		return Pages{}, err
	}
	return Pages{Width: s.width, Height: s.height, Pages: s.pages, Warnings: s.warnings(), logo: s.logo}, nil
}

func newSheet(doc Document) (*sheet, error) {
	if err := check(doc); err != nil {
		return nil, err
	}
	s := &sheet{width: 210 * mm, height: 297 * mm}
	if paperOf(doc) == Letter {
		s.width, s.height = 215_900, 279_400
	}
	s.left, s.right = leftMargin, s.width-rightMargin
	s.doc = s.cleaner.document(doc)
	if s.doc.Title == "" {
		s.doc.Title = s.label("quotation")
	}
	if s.doc.TaxName == "" {
		s.doc.TaxName = s.label("tax")
	}
	s.numerals = numeralsOf(doc.Language)
	s.colors = colorsOf(strings.ToLower(doc.Letterhead.Accent))
	if len(doc.Letterhead.Logo) > 0 {
		var err error
		if s.logo, err = readLogo(doc.Letterhead.Logo); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// compose lays the letter out from top to bottom.
func (s *sheet) compose() error {
	foot := s.footer()
	s.bottom = s.height - foot.height - 4*mm
	s.firstPage()
	s.text(paragraph(bodyStyle, s.doc.Intro, s.left, s.right-s.left))
	totals := s.totals()
	if err := s.table(totals); err != nil {
		return err
	}
	s.closing()
	if s.full {
		return fault.New(fault.CodeTooLarge, "paper.tooManyPages", fault.Params{"max": mostPages})
	}
	for i := range s.pages {
		s.finish(i, foot)
	}
	return nil
}

// check refuses what cannot be laid out, before any work is done.
func check(doc Document) error {
	if doc.Layout < 0 || doc.Layout > Version {
		return fault.Invalid("layout", "paper.unknownLayout", fault.Params{"layout": doc.Layout, "newest": Version})
	}
	if doc.Paper != "" && doc.Paper != A4 && doc.Paper != Letter {
		return fault.Invalid("paper", "paper.unknownPaper", nil)
	}
	if _, err := time.Parse(time.DateOnly, doc.Date); doc.Date != "" && err != nil {
		return fault.Invalid("date", "paper.notDay", fault.Params{"text": shorten(doc.Date)})
	}
	if len(doc.Lines) > mostLines {
		return fault.Invalid("lines", "paper.tooManyLines", fault.Params{"lines": len(doc.Lines), "max": mostLines})
	}
	if doc.bytes() > mostBytes {
		return fault.Invalid("", "paper.tooMuchText", fault.Params{"megabytes": mostBytes >> 20})
	}
	return checkNumbers(doc)
}

// paperOf gives the paper of the sender's country. US Letter is what CLDR names
// for these; all others use A4.
func paperOf(doc Document) string {
	if doc.Paper != "" {
		return doc.Paper
	}
	switch strings.ToUpper(doc.Country) {
	case "US", "CA", "MX", "PR", "PH", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "SV", "VE", "BZ":
		return Letter
	}
	return A4
}

// label is a word of the form in the document's language.
func (s *sheet) label(key string) string { return s.labelWith(key, nil) }

func (s *sheet) labelWith(key string, params map[string]any) string {
	return lang.Text(baseOf(s.doc.Language), "paper."+key, params)
}

// draw puts boxes on the page where they say they are.
func (s *sheet) draw(boxes ...Box) {
	if !s.full {
		page := &s.pages[len(s.pages)-1]
		page.Boxes = append(page.Boxes, boxes...)
	}
}

// place puts a strip at the running height.
func (s *sheet) place(st strip) {
	for _, b := range st.boxes {
		b.Y += s.y
		s.draw(b)
	}
	s.y += st.height
}

func (s *sheet) fits(height um) bool { return s.y+height <= s.bottom }

// room is what a page after the first has for the body.
func (s *sheet) room() um { return s.bottom - bodyTop }

// whole places strips together, on the next page if need be. What is taller than
// a page is cut between strips.
func (s *sheet) whole(strips []strip) {
	if height := heightOf(strips); !s.fits(height) && height <= s.room() {
		s.nextPage()
	}
	for _, st := range strips {
		if !s.fits(st.height) {
			s.nextPage()
		}
		s.place(st)
	}
}

// text places lines of running text. Of a text that is cut, at least two lines
// stand on either side.
func (s *sheet) text(lines []strip) {
	for i := 0; i < len(lines); {
		together := 1
		if i == 0 {
			together = min(2, len(lines))
		}
		if rest := len(lines) - i; rest <= together+1 {
			together = rest
		}
		next := stack(lines[i : i+together])
		if !s.fits(next.height) && s.y > bodyTop {
			s.nextPage()
		}
		s.place(next)
		i += together
	}
}

// gap leaves room, which vanishes at the end of a page.
func (s *sheet) gap(height um) {
	if s.y > bodyTop {
		s.y += height
	}
}

func (s *sheet) warnings() []Warning {
	var all []Warning
	if lost := s.cleaner.lost; len(lost) > 0 {
		named := strings.Builder{}
		for _, r := range lost {
			fmt.Fprintf(&named, "%c ", r)
		}
		if s.cleaner.leftOut {
			named.WriteString("…")
		}
		all = append(all, Warning{"paper.missingCharacters", map[string]any{"characters": strings.TrimSpace(named.String())}})
	}
	if s.cleaner.rtl {
		all = append(all, Warning{"paper.rightToLeft", nil})
	}
	if s.shortened {
		all = append(all, Warning{"paper.shortened", nil})
	}
	return all
}
