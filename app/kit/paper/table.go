package paper

import (
	"fmt"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

// row is a line of the table, cut into strips of one line of text each.
type row struct {
	strips []strip
	kind   string
	sum    int64 // what it adds to the sum so far
	counts bool  // whether it adds anything
}

// unit is what stands together on a page.
type unit struct {
	strip  strip
	sum    int64
	counts bool
	goesOn bool // it is the middle of a row
}

// table places the lines and, with the last of them, the totals.
func (s *sheet) table(totals []strip) error {
	if len(s.doc.Lines) == 0 {
		s.gap(4 * mm)
		s.whole(totals)
		return nil
	}
	rows, g, err := s.rows()
	if err != nil {
		return err
	}
	head := s.head(g)
	carry := s.sumRow(g, "carried", "")
	units := s.units(rows, s.room()-head.height-2*carry.height)
	after := heightOf(totals)

	// The last line stands together with the totals, unless both are more than a
	// page; any other leaves room for the sum carried forward.
	reserve := func(i int) um {
		switch {
		case i < len(units)-1:
			return carry.height
		case head.height+carry.height+cellTop+units[i].strip.height+after <= s.room():
			return after
		}
		return 0
	}
	s.gap(4 * mm)
	if !s.fits(head.height + units[0].strip.height + reserve(0)) {
		s.nextPage()
	}
	s.place(head)
	var sum int64
	counted := false
	for i, u := range units {
		if i > 0 && !s.fits(u.strip.height+reserve(i)) {
			if counted {
				s.place(s.sumRow(g, "carried", money.Format(sum, s.doc.Currency)))
			}
			s.nextPage()
			s.place(head)
			if counted {
				s.place(s.sumRow(g, "brought", money.Format(sum, s.doc.Currency)))
			}
			if u.goesOn {
				s.y += cellTop
			}
		}
		s.place(u.strip)
		if u.counts {
			next := sum + u.sum
			if (next > sum) != (u.sum > 0) && u.sum != 0 {
				return fault.Invalid("lines", "money.tooLarge", nil)
			}
			sum, counted = next, true
		}
	}
	s.whole(totals)
	return nil
}

// rows makes the rows of all lines and the grid they stand in.
func (s *sheet) rows() ([]row, grid, error) {
	all := make([]cells, len(s.doc.Lines))
	for i, l := range s.doc.Lines {
		all[i] = s.cells(l)
	}
	g := s.grid(all)
	rows := make([]row, len(all))
	for i, l := range s.doc.Lines {
		r := row{kind: l.Kind}
		switch l.Kind {
		case KindTitle:
			r.strips = s.titleRow(g, l, i == 0)
		case KindSubtotal:
			r.strips = []strip{s.subtotalRow(g, l, all[i])}
		case KindComment:
			r.strips = s.commentRow(g, l)
		default:
			r.strips = s.itemRow(g, l, all[i])
			if l.Amount != "" && !l.Optional {
				amount, err := money.Parse(l.Amount, s.currency())
				if err != nil {
					return nil, g, fault.Of(err).At(fmt.Sprintf("lines[%d].amount", i))
				}
				r.sum, r.counts = amount, true
			}
		}
		rows[i] = r
	}
	return rows, g, nil
}

// currency is the document's; one without reckons in two digits.
func (s *sheet) currency() string {
	if s.doc.Currency == "" {
		return "EUR"
	}
	return s.doc.Currency
}

// units decides what stays together: section heads with the row behind them, a
// subtotal with the row before it. What is taller than a page is cut by rows,
// and a row taller than a page by lines.
func (s *sheet) units(rows []row, page um) []unit {
	var units []unit
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && (rows[end-1].kind == KindTitle || rows[end].kind == KindSubtotal) {
			end++
		}
		units = append(units, together(rows[start:end], page)...)
		start = end
	}
	return units
}

// together makes one unit of rows or, if they are taller than a page, several.
func together(rows []row, page um) []unit {
	if whole := merged(rows); whole.strip.height <= page {
		return []unit{whole}
	}
	var units []unit
	for start := 0; start < len(rows); {
		end := start
		for end < len(rows)-1 && rows[end].kind == KindTitle {
			end++
		}
		heads, r := merged(rows[start:end]), rows[end]
		if heads.strip.height > page/2 { // one after the other, with nothing between
			units = append(units, heads.cut(rows[start:end], 1)...)
			heads = unit{}
		}
		if heads.strip.height > 0 {
			r.strips = append([]strip{heads.strip}, r.strips...)
		}
		if whole := merged([]row{r}); whole.strip.height <= page {
			units = append(units, whole)
		} else {
			units = append(units, whole.cut([]row{r}, 4)...)
		}
		start = end + 1
	}
	return units
}

// merged makes one unit of rows.
func merged(rows []row) unit {
	var all unit
	var strips []strip
	for _, r := range rows {
		strips = append(strips, r.strips...)
		all.sum += r.sum
		all.counts = all.counts || r.counts
	}
	all.strip = stack(strips)
	return all
}

// cut parts a unit into its strips, so many together at the beginning and two at
// the end. The first part keeps the sum: the amount is printed there.
func (u unit) cut(rows []row, first int) []unit {
	var strips []strip
	for _, r := range rows {
		strips = append(strips, r.strips...)
	}
	var units []unit
	for i := 0; i < len(strips); {
		n := 1
		if i == 0 {
			n = first
		}
		if rest := len(strips) - i; rest <= n+1 {
			n = rest
		}
		units = append(units, unit{strip: stack(strips[i : i+n]), goesOn: i > 0})
		i += n
	}
	units[0].sum, units[0].counts = u.sum, u.counts
	return units
}

// itemRow sets the text on the left, its first line bold, and the numbers beside
// the first line.
func (s *sheet) itemRow(g grid, l Line, c cells) []strip {
	text, numbers, sums := itemStyle, numberStyle, itemStyle
	if l.Optional {
		text, numbers, sums = text.in(grey), numbers.in(grey), sums.in(grey)
	}
	first, rest, _ := strings.Cut(l.Text, "\n")
	titles := text.wrap(first, g.text.w)
	if len(titles) == 0 {
		titles = []string{""}
	}
	const pitch = 4000
	var strips []strip
	for _, line := range titles {
		strips = append(strips, strip{height: pitch, boxes: textIf(text, line, g.text.x, pitch)})
	}
	if l.Optional {
		strips = s.badge(strips, g, text.width(titles[len(titles)-1]), pitch)
	}
	lead := &strips[0]
	var left []Box
	if l.Number != "" {
		left = append(left, s.fitted(positionStyle, l.Number, g.position.x, g.position.w, pitch))
	}
	lead.boxes = append(left, lead.boxes...)
	for i, cell := range []struct {
		column column
		style  style
		text   string
	}{
		{g.quantity, numbers, c.quantity},
		{g.price, numbers, c.price},
		{g.discount, numbers.in(rust), c.discount},
		{g.tax, numbers, c.tax},
		{g.amount, sums, c.amount},
	} {
		if cell.text != "" {
			st := cell.style.fit(cell.text, cell.column.w, 30)
			lead.add(textEnding(st, cell.text, cell.column.end(), 0, pitch))
		}
		if i == 0 && c.unit != "" { // behind the quantity, as it is read
			lead.add(s.fitted(unitStyle.in(numbers.color), c.unit, g.unit.x, g.unit.w, pitch))
		}
	}
	for _, line := range detailStyle.wrap(rest, g.text.w) {
		strips = append(strips, strip{height: 3700, boxes: textIf(detailStyle, line, g.text.x, 3700)})
	}
	tint := ""
	if l.Optional {
		tint = sand
	}
	return s.cell(strips, tint)
}

func textIf(st style, text string, x, height um) []Box {
	if text == "" {
		return nil
	}
	return []Box{textBox(st, text, x, 0, height)}
}

// fitted sets a short text into a column, smaller or cut if need be.
func (s *sheet) fitted(st style, text string, x, width, height um) Box {
	st = st.fit(text, width, 50)
	text, cut := st.cut(text, width)
	s.shortened = s.shortened || cut
	return textBox(st, text, x, 0, height)
}

// badge marks an optional item behind its bold text, or below it.
func (s *sheet) badge(strips []strip, g grid, used, pitch um) []strip {
	const height, pad = 3100, 1100
	word := s.label("optional")
	width := badgeStyle.width(word) + 2*pad
	x := g.text.x + used
	if used > 0 {
		x += 2200
	}
	if x+width > g.text.x+g.text.w && used > 0 {
		x = g.text.x
		strips = append(strips, strip{height: pitch})
	}
	last := &strips[len(strips)-1]
	top := (pitch - height) / 2
	last.add(frame(x, top, width, height, 700, rust), textBox(badgeStyle, word, x+pad, top, height))
	return strips
}

// cell adds the room above and below a row, its tint and the rule at its foot.
func (s *sheet) cell(strips []strip, tint string) []strip {
	width := s.right - s.left
	strips[0] = shifted(strips[0], cellTop)
	last := len(strips) - 1
	strips[last].height += cellBottom
	for i := range strips {
		if tint != "" {
			top := 0
			if i == 0 {
				top = 100 // leaves the rule above it to be seen
			}
			strips[i].boxes = append([]Box{area(s.left, top, width, strips[i].height-top, 0, tint)}, strips[i].boxes...)
		}
	}
	strips[last].add(rule(s.left, strips[last].height, width, hairline))
	return strips
}

// shifted adds room above a strip.
func shifted(st strip, by um) strip {
	for i := range st.boxes {
		st.boxes[i].Y += by
	}
	st.height += by
	return st
}

// titleRow is the head of a section.
func (s *sheet) titleRow(g grid, l Line, first bool) []strip {
	const pitch = 4600
	st := sectionStyle.in(s.colors.text)
	var strips []strip
	for _, line := range st.wrap(l.Text, s.right-edge-g.text.x) {
		strips = append(strips, strip{height: pitch, boxes: textIf(st, line, g.text.x, pitch)})
	}
	if len(strips) == 0 {
		strips = []strip{{height: pitch}}
	}
	if l.Number != "" {
		number := s.fitted(st, l.Number, g.position.x, g.position.w+2*mm, pitch)
		strips[0].boxes = append([]Box{number}, strips[0].boxes...)
	}
	above := um(2300)
	if first {
		above = 1200
	}
	strips[0] = shifted(strips[0], above)
	return strips
}

// commentRow is text across the columns.
func (s *sheet) commentRow(g grid, l Line) []strip {
	strips := paragraph(detailStyle.in(ink), l.Text, g.text.x, s.right-edge-g.text.x)
	if len(strips) == 0 {
		strips = []strip{{height: 3700}}
	}
	return s.cell(strips, "")
}

// subtotalRow is a sum within the table.
func (s *sheet) subtotalRow(g grid, l Line, c cells) strip {
	const height = 7 * mm
	word := strings.ReplaceAll(l.Text, "\n", " ")
	if word == "" {
		word = s.label("subtotal")
	}
	r := strip{height: height}
	r.add(area(s.left, 100, s.right-s.left, height-100, 0, s.colors.tint)) // below the rule above it
	end := s.right - edge
	if c.amount != "" {
		end = g.amount.x - columnGap
	}
	st := itemStyle.fit(word, end-g.text.x, 60)
	word, cut := st.cut(word, end-g.text.x)
	s.shortened = s.shortened || cut
	r.add(textEnding(st, word, end, 0, height))
	if c.amount != "" {
		r.add(textEnding(itemStyle.fit(c.amount, g.amount.w, 30), c.amount, g.amount.end(), 0, height))
	}
	r.add(rule(s.left, height, s.right-s.left, hairline))
	return r
}

// sumRow carries a sum to the next page.
func (s *sheet) sumRow(g grid, key, sum string) strip {
	const height = 6500
	r := strip{height: height}
	if sum == "" {
		return r
	}
	text := s.amount(sum)
	st := sumStyle
	st.face = Bold
	st = st.fit(text, g.amount.w, 30)
	r.add(textEnding(sumStyle, s.label(key), g.amount.x-columnGap, 0, height), textEnding(st, text, g.amount.end(), 0, height))
	if key == "brought" {
		r.add(rule(s.left, height, s.right-s.left, hairline))
	}
	return r
}
