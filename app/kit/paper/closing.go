package paper

import "strings"

// How the parts below the table are set.
var (
	totalStyle  = style{Regular, 88, ink}
	netStyle    = style{Bold, 88, ink}
	bannerStyle = style{Bold, 118, white}
	partStyle   = style{Regular, 76, grey}
	noteStyle   = style{Regular, 76, grey}
	termStyle   = style{Regular, 84, ink}
)

// totals are the sums at the right, and at their left the notes that explain
// them. They are one strip as long as they fit on a page.
func (s *sheet) totals() []strip {
	if s.doc.Totals == nil {
		return nil
	}
	const width = 74 * mm
	b := sums{sheet: s, x: s.right - width, end: s.right - edge, width: width}
	b.list(*s.doc.Totals)
	if len(b.strips) == 0 {
		return nil
	}
	const beside = 8 * mm
	notes := s.notes(*s.doc.Totals, s.left, b.x-s.left-beside)
	above := strip{height: 4 * mm}
	all := heightOf(b.strips)
	switch {
	case len(notes) == 0:
	case heightOf(notes) <= all && all <= s.room():
		left, right := stack(notes), stack(b.strips)
		right.boxes = append(right.boxes, left.boxes...)
		return []strip{stack([]strip{above, right})}
	default:
		notes = s.notes(*s.doc.Totals, s.left, s.right-s.left)
		b.strips = append(append(b.strips, strip{height: 3 * mm}), notes...)
	}
	if all = heightOf(b.strips) + above.height; all <= s.room() {
		return []strip{stack(append([]strip{above}, b.strips...))}
	}
	return append([]strip{above}, b.strips...)
}

// notes are the reasons why groups bear no tax, and what the options would add.
func (s *sheet) notes(t Totals, x, width um) []strip {
	var strips []strip
	for _, tax := range t.Taxes {
		if tax.Reason != "" {
			text := s.doc.TaxName + " " + s.percent(orZero(tax.Rate)) + ": " + tax.Reason
			strips = append(append(strips, paragraph(noteStyle, text, x, width)...), strip{height: 1 * mm})
		}
	}
	if t.Optional != "" && !isZero(t.Optional) {
		text := s.labelWith("optionalSum", map[string]any{"amount": s.money(t.Optional)})
		strips = append(strips, paragraph(noteStyle, text, x, width)...)
	}
	if len(strips) > 0 {
		strips[0] = shifted(strips[0], 800)
	}
	return strips
}

func orZero(number string) string {
	if number == "" {
		return "0"
	}
	return number
}

// money is an amount with its currency, never parted.
func (s *sheet) money(amount string) string {
	if s.doc.Currency == "" {
		return s.amount(amount)
	}
	return s.doc.Currency + nbsp + s.amount(amount)
}

// sums is the block of totals while it is built.
type sums struct {
	sheet         *sheet
	x, end, width um
	strips        []strip
}

func (b *sums) list(t Totals) {
	s := b.sheet
	reduced := t.Discount != "" && !isZero(t.Discount)
	if reduced && t.Subtotal != "" {
		key := "subtotalNet"
		if t.Inclusive {
			key = "subtotalGross"
		}
		b.line(totalStyle, s.labelWith(key, map[string]any{"tax": s.doc.TaxName}), s.amount(t.Subtotal))
	}
	if reduced {
		label := s.label("discount")
		if t.DiscountPercent != "" {
			label += " " + s.percent(t.DiscountPercent)
		}
		b.line(totalStyle, label, negated(s.amount(t.Discount)))
	}
	if t.Net != "" && len(t.Taxes) > 0 {
		if reduced {
			b.rule()
		}
		b.line(netStyle, s.label("net"), s.amount(t.Net))
	}
	for _, tax := range t.Taxes {
		label := s.doc.TaxName + " " + s.percent(orZero(tax.Rate))
		if tax.Base != "" {
			label = s.labelWith("taxOn", map[string]any{"tax": s.doc.TaxName, "rate": s.percent(orZero(tax.Rate)), "base": s.amount(tax.Base)})
		}
		b.line(totalStyle, label, s.amount(orZero(tax.Amount)))
		for _, part := range tax.Parts {
			b.line(partStyle, "   "+strings.TrimSpace(part.Name+" "+s.percent(orZero(part.Rate))), s.amount(orZero(part.Amount)))
		}
	}
	due := t.Gross
	if t.Payable != "" && (len(t.Prepaid) > 0 || t.Rounding != "" && !isZero(t.Rounding)) {
		due = t.Payable
		if t.Gross != "" {
			b.rule()
			b.line(netStyle, s.labelWith("gross", map[string]any{"tax": s.doc.TaxName}), s.amount(t.Gross))
		}
		if t.Rounding != "" && !isZero(t.Rounding) {
			b.line(totalStyle, s.label("rounding"), s.amount(t.Rounding))
		}
		for _, p := range t.Prepaid {
			b.line(totalStyle, strings.TrimSpace(s.label("prepaid")+" "+p.Number), negated(s.amount(orZero(p.Amount))))
		}
		b.banner(s.label("payable"), due)
		return
	}
	if due != "" {
		b.banner(s.label("total"), due)
	}
}

// line sets a label, on several lines if need be, and an amount.
func (b *sums) line(st style, label, amount string) {
	const between = 4 * mm
	pitch := st.size * 58 // of 8.8 points: 5.1 mm
	set := st.fit(amount, b.width/2, 30)
	room := b.width - 2*edge - set.width(amount) - between
	st = st.fit(label, room, st.size*3/4)
	lines := st.wrap(label, room)
	if len(lines) == 0 {
		lines = []string{""}
	}
	var strips []strip
	for i, text := range lines {
		l := strip{height: pitch, boxes: textIf(st, text, b.x+edge, pitch)}
		if i == 0 {
			l.add(textEnding(set, amount, b.end, 0, pitch))
		}
		strips = append(strips, l)
	}
	b.strips = append(b.strips, stack(strips))
}

func (b *sums) rule() {
	b.strips = append(b.strips, strip{height: 900, boxes: []Box{rule(b.x+edge, 300, b.width-edge, hairline)}})
}

// banner is the one figure everybody looks for.
func (b *sums) banner(label, amount string) {
	const above, height, pad = 1400, 10 * mm, 3300
	s := b.sheet
	if s.doc.Currency != "" {
		label += " " + s.doc.Currency
	}
	text := s.amount(amount)
	st := bannerStyle.in(s.colors.onIt)
	st = st.fit(label+text, b.width-2*pad-3*mm, 50)
	l := strip{height: above + height}
	l.add(
		area(b.x, above, b.width, height, 1500, s.colors.accent),
		textBox(st, label, b.x+pad, above, height),
		textEnding(st, text, b.x+b.width-pad, above, height))
	b.strips = append(b.strips, l)
}

// closing sets terms, last words and the box to sign.
func (s *sheet) closing() {
	if s.doc.Terms != "" {
		s.gap(6 * mm)
		lines := s.terms()
		if len(lines) > 1 { // the heading never stands alone
			lines = append([]strip{stack(lines[:2])}, lines[2:]...)
		}
		s.text(lines)
	}
	if s.doc.Closing != "" {
		s.gap(5 * mm)
		s.text(paragraph(bodyStyle, s.doc.Closing, s.left, s.right-s.left))
	}
	if s.doc.Acceptance != nil {
		s.gap(6 * mm)
		s.whole([]strip{s.acceptance(*s.doc.Acceptance)})
	}
}

// terms are a heading and lines, of which those with a dash become a list.
func (s *sheet) terms() []strip {
	const indent = 3 * mm
	heading := headingStyle.in(s.colors.text)
	strips := []strip{{height: heading.height() + 800, boxes: []Box{textBox(heading, s.label("terms"), s.left, 0, heading.height())}}}
	for line := range strings.SplitSeq(s.doc.Terms, "\n") {
		text, bullet := cutBullet(line)
		if !bullet {
			strips = append(strips, orBlank(paragraph(termStyle, text, s.left, s.right-s.left))...)
			continue
		}
		item := orBlank(paragraph(termStyle, text, s.left+indent, s.right-s.left-indent))
		dot := textBox(termStyle.in(s.colors.text), "•", s.left, 0, item[0].height)
		item[0].boxes = append([]Box{dot}, item[0].boxes...)
		strips = append(strips, item...)
	}
	return strips
}

func cutBullet(line string) (string, bool) {
	for _, mark := range []string{"- ", "• ", "* "} {
		if text, ok := strings.CutPrefix(line, mark); ok {
			return text, true
		}
	}
	return line, false
}

func orBlank(strips []strip) []strip {
	if len(strips) == 0 {
		return []strip{{height: termStyle.height() / 2}}
	}
	return strips
}

// acceptance is the box to sign. It stays whole; a text too long for it is cut.
func (s *sheet) acceptance(a Acceptance) strip {
	const pad, most = 4 * mm, 24
	x, width := s.left+pad, s.right-s.left-2*pad
	heading := headingStyle.in(s.colors.text)
	title := a.Title
	if title == "" {
		title = s.label("acceptance")
	}
	heading = heading.fit(title, width, 70)
	title, cut := heading.cut(title, width)
	s.shortened = s.shortened || cut
	rows := []strip{{height: pad - 800}, {height: heading.height() + 600, boxes: []Box{textBox(heading, title, x, 0, heading.height())}}}
	for _, line := range s.few(termStyle, a.Text, width, most) {
		rows = append(rows, strip{height: termStyle.height(), boxes: textIf(termStyle, line, x, termStyle.height())})
	}
	rows = append(rows, s.options(x, width)...)
	rows = append(rows, strip{height: 13 * mm}, s.signatures(x, width), strip{height: pad - 1000})
	box := stack(rows)
	box.boxes = append([]Box{frame(s.left, 0, s.right-s.left, box.height, 2*mm, s.colors.accent)}, box.boxes...)
	return box
}

// options are boxes to tick, one for each optional line that has a number.
func (s *sheet) options(x, width um) []strip {
	const height, side, most = 5500, 3200, 8 // most rows of boxes
	var rows []strip
	label := s.label("options")
	at := x + termStyle.width(label) + 3*mm
	begin := at
	if begin > x+width/2 {
		begin = x
	}
	for _, l := range s.doc.Lines {
		if !l.Optional || l.Number == "" || l.Kind != "" && l.Kind != KindItem {
			continue
		}
		number, cut := termStyle.cut(l.Number, 40*mm)
		s.shortened = s.shortened || cut
		w := side + 1500 + termStyle.width(number)
		switch {
		case len(rows) == 0:
			rows = []strip{{height: height, boxes: []Box{textBox(termStyle, label, x, 0, height)}}}
		case at+w > x+width && len(rows) == most:
			s.shortened = true
			return rows
		case at+w > x+width:
			rows, at = append(rows, strip{height: height}), begin
		}
		last := &rows[len(rows)-1]
		last.add(frame(at, (height-side)/2, side, side, 600, grey), textBox(termStyle, number, at+side+1500, 0, height))
		at += w + 5*mm
	}
	return rows
}

func (s *sheet) signatures(x, width um) strip {
	const between = 5 * mm
	each := (width - 2*between) / 3
	row := strip{height: 5 * mm}
	for i, key := range []string{"sign.place", "sign.name", "sign.signature"} {
		at := x + um(i)*(each+between)
		row.add(rule(at, 0, each, grey), s.fitted(footStyle, s.label(key), at, each, 4400))
	}
	return row
}
