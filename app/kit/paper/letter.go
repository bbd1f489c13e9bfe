package paper

import "strings"

// How the parts of the letter are set.
var (
	bodyStyle    = style{Regular, 92, ink}
	nameStyle    = style{Bold, 155, ink}
	sloganStyle  = style{Regular, 82, grey}
	senderStyle  = style{Regular, 66, grey}
	addressStyle = style{Regular, 98, ink}
	labelStyle   = style{Regular, 81, grey}
	valueStyle   = style{Bold, 81, ink}
	titleStyle   = style{Bold, 172, ink}
	subjectStyle = style{Regular, 172, grey}
	runningStyle = style{Bold, 82, ink}
	footStyle    = style{Regular, 67, grey}
	headingStyle = style{Bold, 98, ink}
)

// firstPage draws what stands above the letter's text and leaves the running
// height below it.
func (s *sheet) firstPage() {
	s.pages = append(s.pages, Page{})
	s.draw(area(0, 0, s.width, barHeight, 0, s.colors.accent))
	s.letterhead()
	below := max(s.address(), s.card())
	s.y = max(below+7*mm, 91*mm)
	s.title()
}

// letterhead sets logo, name and slogan at the top.
func (s *sheet) letterhead() {
	const top, tallest, widest = 12 * mm, 17 * mm, 60 * mm
	l := s.doc.Letterhead
	x := s.left
	if s.logo != nil {
		w, h := fitInto(s.logo, widest, tallest)
		s.draw(Box{Kind: boxLogo, X: x, Y: top + (tallest-h)/2, W: w, H: h})
		x += w + 4*mm
		if l.LogoAlone {
			return
		}
	}
	nameTop := um(top + 2500)
	if l.Slogan == "" {
		nameTop += 2500
	}
	s.oneLine(nameStyle.in(s.colors.text), l.Name, x, nameTop, 7*mm, s.right-x, 110)
	s.oneLine(sloganStyle, l.Slogan, x, nameTop+7*mm, 4*mm, s.right-x, 65)
}

// fitInto scales a picture into a frame, keeping its shape.
func fitInto(p *picture, w, h um) (um, um) {
	if p.width*h > p.height*w {
		return w, max(1, w*p.height/p.width)
	}
	return max(1, h*p.width/p.height), h
}

// oneLine sets a text on one line: smaller if need be, and cut if even that is
// too wide.
func (s *sheet) oneLine(st style, text string, x, top, height, width um, smallest int) {
	if text == "" {
		return
	}
	st = st.fit(text, width, smallest)
	text, cut := st.cut(text, width)
	s.shortened = s.shortened || cut
	s.draw(textBox(st, text, x, top, height))
}

// few wraps a text into at most so many lines.
func (s *sheet) few(st style, text string, width um, most int) []string {
	lines := st.wrap(text, width)
	if len(lines) > most {
		s.shortened = true
		lines = lines[:most]
		last, _ := st.cut(lines[most-1]+" …", width)
		lines[most-1] = last
	}
	return lines
}

// address sets sender and recipient where the window of an envelope shows them
// (DIN 5008 form B: 45 to 90 mm from the top). It gives the height below.
func (s *sheet) address() um {
	const top, window, width = 45 * mm, 45 * mm, 80 * mm
	y := um(top)
	if sender := s.doc.Letterhead.Sender; sender != "" {
		s.oneLine(senderStyle, sender, s.left, y, 4*mm, width, 50)
		s.draw(rule(s.left, y+4200, 70*mm, hairline))
	}
	y += 6500
	type part struct {
		text string
		face Face
	}
	var parts []part
	for i, line := range s.doc.Recipient {
		st := addressStyle
		if i == 0 {
			st.face = Bold
		}
		for _, text := range s.few(st, line, width, 3) {
			parts = append(parts, part{text, st.face})
		}
	}
	const most = 16
	if len(parts) > most {
		s.shortened = true
		parts = parts[:most]
	}
	// Seven lines fill the window; more are set closer to stay in it.
	st, pitch := addressStyle, um(4850)
	if over := top + window - y; len(parts)*pitch > over {
		pitch = max(3500, over/len(parts))
		st.size = min(st.size, st.size*pitch/4500)
	}
	for _, p := range parts {
		st.face = p.face
		s.draw(textBox(st, p.text, s.left, y, pitch))
		y += pitch
	}
	return y
}

// card sets labels and values beside the address. It gives the height below.
func (s *sheet) card() um {
	if len(s.doc.Meta) == 0 {
		return 0
	}
	const top, width, pad, between, pitch = 43 * mm, 66 * mm, 4 * mm, 3 * mm, 5 * mm
	x := s.right - width
	pairs := s.doc.Meta
	const most = 14
	if len(pairs) > most {
		s.shortened = true
		pairs = pairs[:most]
	}
	labels := um(0)
	for _, p := range pairs {
		labels = max(labels, min(labelStyle.width(p.Label), 27*mm))
	}
	values := width - 2*pad - labels - between
	rows := strip{height: pad - 600}
	for _, p := range pairs {
		label := labelStyle.fit(p.Label, labels, 60)
		text, cut := label.cut(p.Label, labels)
		s.shortened = s.shortened || cut
		rows.add(textBox(label, text, x+pad, rows.height, pitch))
		lines := s.few(valueStyle, p.Value, values, 3)
		for i, line := range lines {
			rows.add(textBox(valueStyle, line, x+pad+labels+between, rows.height+i*pitch*4/5, pitch))
		}
		rows.height += pitch + max(0, len(lines)-1)*pitch*4/5
	}
	rows.height += pad - 600
	s.draw(area(x, top, width, rows.height, 2*mm, s.colors.tint))
	for _, b := range rows.boxes {
		b.Y += top
		s.draw(b)
	}
	return top + rows.height
}

// title sets what the letter is and, beside it where there is room, what about.
func (s *sheet) title() {
	const height, between = 9 * mm, 6 * mm
	width := s.right - s.left
	st := titleStyle.fit(s.doc.Title, width, 120)
	s.oneLine(st, s.doc.Title, s.left, s.y, height, width, 120)
	used := st.width(s.doc.Title) + between
	if beside := subjectStyle.fit(s.doc.Subject, width-used, 130); s.doc.Subject != "" && beside.width(s.doc.Subject) <= width-used {
		s.draw(textBox(beside, s.doc.Subject, s.left+used, s.y, height))
		s.y += height + 2*mm
		return
	}
	s.y += height
	under := subjectStyle
	under.size = 120
	for _, line := range s.few(under, s.doc.Subject, width, 3) {
		s.draw(textBox(under, line, s.left, s.y, under.height()))
		s.y += under.height()
	}
	s.y += 2 * mm
}

// nextPage begins a page with the running head.
func (s *sheet) nextPage() {
	if len(s.pages) == mostPages {
		s.full, s.y = true, bodyTop
		return
	}
	s.pages = append(s.pages, Page{})
	const top, height = 9 * mm, 8 * mm
	s.draw(area(0, 0, s.width, barHeight, 0, s.colors.accent))
	x := s.left
	if s.logo != nil {
		w, h := fitInto(s.logo, 28*mm, height)
		s.draw(Box{Kind: boxLogo, X: x, Y: top + (height-h)/2, W: w, H: h})
		x += w + 3*mm
	}
	what := strings.TrimSpace(s.doc.Title + " " + s.doc.Number)
	var parts []string
	if len(s.doc.Recipient) > 0 {
		parts = append(parts, s.doc.Recipient[0])
	}
	if s.doc.Date != "" {
		parts = append(parts, Day(s.doc.Language, s.doc.Date))
	}
	about := strings.Join(parts, " · ")
	widths := share(s.right-x-6*mm, []um{runningStyle.width(what), labelStyle.width(about)})
	s.oneLine(runningStyle, what, x, top, height, widths[0], 65)
	st := labelStyle.fit(about, widths[1], 65)
	about, cut := st.cut(about, widths[1])
	s.shortened = s.shortened || cut
	if about != "" {
		s.draw(textEnding(st, about, s.right, top, height))
	}
	s.y = bodyTop
}

// footer is the letterhead's columns at the foot of each page, each as wide as it
// needs, and room for the number of the page.
func (s *sheet) footer() strip {
	const pitch, most = um(3150), 7
	columns := s.doc.Letterhead.Footer
	if len(columns) > 5 {
		s.shortened = true
		columns = columns[:5]
	}
	const pageNumber = 11 * mm
	if len(columns) == 0 {
		return strip{height: pageNumber}
	}
	width := s.right - s.left
	natural, rows := make([]um, len(columns)), 0
	for i, column := range columns {
		if len(column) > most {
			s.shortened = true
			columns[i] = column[:most]
		}
		rows = max(rows, len(columns[i]))
		for _, line := range columns[i] {
			natural[i] = max(natural[i], footStyle.width(line))
		}
	}
	widths := share(width-um(len(columns)-1)*5*mm, natural)
	foot := strip{height: pageNumber + 2*mm + um(rows)*pitch}
	foot.add(rule(s.left, 0, width, hairline))
	x := s.left
	// What is left over parts the columns, so that the last ends at the margin.
	spare := (width - sum(widths)) / max(1, len(columns)-1)
	for i, column := range columns {
		for j, line := range column {
			st := footStyle.fit(line, widths[i], 50)
			text, cut := st.cut(line, widths[i])
			s.shortened = s.shortened || cut
			foot.add(textBox(st, text, x, 1500+um(j)*pitch, pitch))
		}
		x += widths[i] + spare
	}
	return foot
}

func sum(of []um) um {
	total := 0
	for _, v := range of {
		total += v
	}
	return total
}

// share gives each what it wants where there is enough for all. Where there is
// not, those who want less than an even part get it, and the others divide the
// rest evenly.
func share(width um, wants []um) []um {
	if sum(wants) <= width {
		return wants
	}
	given := make([]um, len(wants))
	rest, open := width, 0
	for _, want := range wants {
		if want > 0 {
			open++
		}
	}
	for changed := true; changed && open > 0; {
		changed = false
		even := rest / open
		for i, want := range wants {
			if given[i] == 0 && want <= even && want > 0 {
				given[i] = want
				rest -= want
				open--
				changed = true
			}
		}
	}
	for i, want := range wants {
		if given[i] == 0 && want > 0 {
			given[i] = rest / open
		}
	}
	return given
}

// finish adds to a page what needs to know the number of pages.
func (s *sheet) finish(i int, foot strip) {
	page := &s.pages[i]
	top := s.height - foot.height
	for _, b := range foot.boxes {
		b.Y += top
		page.Boxes = append(page.Boxes, b)
	}
	number := s.labelWith("page", map[string]any{"n": i + 1, "m": len(s.pages)})
	page.Boxes = append(page.Boxes, textEnding(footStyle, number, s.right, s.height-8*mm, 3*mm))
	if i == 0 {
		for _, y := range s.folds() {
			page.Boxes = append(page.Boxes, rule(4*mm, y, 4*mm, faint))
		}
	}
	if text := s.doc.Watermark; text != "" {
		page.Boxes = append([]Box{s.watermark(text)}, page.Boxes...)
		page.Boxes = append(page.Boxes, s.stamp(text)...)
	}
}

// stamp says in plain words at the top what the watermark says across the page,
// for whoever copies or searches the text.
func (s *sheet) stamp(text string) []Box {
	const top, height, pad, widest = 4800, 3800, 1500, 60 * mm
	st := badgeStyle.in(s.colors.text)
	text, cut := st.cut(text, widest)
	s.shortened = s.shortened || cut
	width := st.width(text) + 2*pad
	return []Box{
		frame(s.right-width, top, width, height, 800, s.colors.text),
		textBox(st, text, s.right-width+pad, top, height),
	}
}

// folds are where the letter is folded: DIN 5008 form B, or thirds of US Letter.
func (s *sheet) folds() []um {
	if s.height == 297*mm {
		return []um{105 * mm, 210 * mm}
	}
	return []um{s.height / 3, s.height * 2 / 3}
}

// watermark runs from the lower left to the upper right, behind all else.
func (s *sheet) watermark(text string) Box {
	st := style{Bold, 1200, s.colors.ghost}
	length := um(220 * mm)
	st = st.fit(text, length, 300)
	text, cut := st.cut(text, length)
	s.shortened = s.shortened || cut
	return Box{
		Kind: boxTurnt, X: s.width / 2, Y: s.height / 2, W: st.width(text),
		Text: text, Face: st.face, Size: st.size, Color: st.color,
	}
}
