package paper

import "fmt"

// How the table is set.
var (
	headStyle     = style{Bold, 74, white}
	itemStyle     = style{Bold, 87, ink}
	detailStyle   = style{Regular, 79, grey}
	numberStyle   = style{Regular, 87, ink}
	positionStyle = style{Regular, 82, grey}
	unitStyle     = style{Regular, 72, ink}
	sectionStyle  = style{Bold, 93, ink}
	sumStyle      = style{Italic, 82, grey}
	badgeStyle    = style{Bold, 56, rust}
)

const (
	edge       = 2300 // from the table's edge to the first and last column
	columnGap  = 3600
	cellTop    = 1500
	cellBottom = 1600
)

// column is where a column stands; one that no line fills has no width.
type column struct{ x, w um }

func (c column) end() um { return c.x + c.w }

// grid are the columns of the table.
type grid struct {
	position, text, quantity, unit, price, discount, tax, amount column
}

// cells are the numbers of a row as they are printed.
type cells struct{ quantity, unit, price, discount, tax, amount string }

func (s *sheet) cells(l Line) cells {
	if l.Kind != "" && l.Kind != KindItem && l.Kind != KindSubtotal {
		return cells{}
	}
	var c cells
	if l.Amount != "" {
		c.amount = s.amount(l.Amount)
	}
	if l.Kind == KindSubtotal {
		return c
	}
	c.unit = l.Unit
	if l.Quantity != "" {
		c.quantity = s.numerals.write(trimZeros(l.Quantity), 0)
	}
	if l.Price != "" {
		c.price = s.amount(l.Price)
	}
	if l.Tax != "" {
		c.tax = s.percent(l.Tax)
	}
	if d := l.Discount; d != nil {
		switch {
		case d.Percent != "" && !isZero(d.Percent):
			c.discount = negated(s.percent(d.Percent))
		case d.Amount != "" && !isZero(d.Amount):
			c.discount = negated(s.amount(d.Amount))
		}
	}
	if l.Optional && c.amount != "" {
		c.amount = "(" + c.amount + ")"
	}
	return c
}

// negated writes what is deducted as a negative number.
func negated(number string) string {
	if rest, negative := cutMinus(number); negative {
		return rest
	}
	return minus + number
}

func cutMinus(number string) (string, bool) {
	if len(number) >= len(minus) && number[:len(minus)] == minus {
		return number[len(minus):], true
	}
	return number, false
}

func (s *sheet) amount(text string) string {
	return s.numerals.write(text, digitsOf(s.doc.Currency))
}

func (s *sheet) percent(text string) string {
	return s.numerals.write(trimZeros(text), 0) + nbsp + "%"
}

// grid makes each column of numbers as wide as its widest number and gives the
// rest to the text, which keeps at least a third of the table.
func (s *sheet) grid(rows []cells) grid {
	var g grid
	widest := func(c *column, st style, text string) {
		if text != "" {
			c.w = max(c.w, st.width(text))
		}
	}
	for i, row := range rows {
		widest(&g.position, positionStyle, s.doc.Lines[i].Number)
		widest(&g.quantity, numberStyle, row.quantity)
		widest(&g.unit, unitStyle, row.unit)
		widest(&g.price, numberStyle, row.price)
		widest(&g.discount, numberStyle, row.discount)
		widest(&g.tax, numberStyle, row.tax)
		widest(&g.amount, itemStyle, row.amount)
	}
	g.position.w = min(g.position.w, 22*mm)
	g.unit.w = min(g.unit.w, 18*mm)
	for _, c := range []struct {
		column *column
		head   string
	}{
		{&g.price, s.label("head.price")},
		{&g.discount, s.label("head.discount")},
		{&g.tax, s.doc.TaxName},
		{&g.amount, s.amountHead()},
	} {
		if c.column.w > 0 {
			c.column.w = max(c.column.w, min(headStyle.width(c.head), 26*mm))
		}
	}
	if g.quantity.w > 0 {
		unit := 0
		if g.unit.w > 0 {
			unit = g.unit.w + 1*mm
		}
		g.quantity.w = max(g.quantity.w, headStyle.width(s.label("head.quantity"))-unit)
	}

	inner := s.right - s.left - 2*edge
	numbers := []*column{&g.quantity, &g.unit, &g.price, &g.discount, &g.tax, &g.amount}
	var wants []um
	gaps := 0
	for _, c := range numbers {
		wants = append(wants, c.w)
		if c.w > 0 {
			gaps += columnGap
		}
	}
	given := share(inner*2/3-gaps-g.position.w, wants)
	end := s.right - edge
	for i := len(numbers) - 1; i >= 0; i-- {
		c := numbers[i]
		if c.w = given[i]; c.w == 0 {
			c.x = end
			continue
		}
		c.x = end - c.w
		end = c.x - columnGap
		if c == &g.unit { // it belongs to the quantity
			end = c.x - 1*mm
		}
	}
	g.position.x = s.left + edge
	g.text.x = g.position.x
	if g.position.w > 0 {
		g.position.w = max(g.position.w, 4*mm)
		g.text.x = g.position.end() + 3*mm
	}
	g.text.w = end - g.text.x
	return g
}

func (s *sheet) amountHead() string {
	if s.doc.Currency == "" {
		return s.label("head.amount")
	}
	return s.label("head.amount") + " " + s.doc.Currency
}

// head is the bar above the columns.
func (s *sheet) head(g grid) strip {
	const height = 7200
	h := strip{height: height + 800}
	h.add(area(s.left, 0, s.right-s.left, height, 1200, s.colors.accent))
	st := headStyle.in(s.colors.onIt)
	if g.position.w > 0 {
		h.add(textBox(st, "#", g.position.x, 0, height))
	}
	h.add(textBox(st, s.label("head.text"), g.text.x, 0, height))
	ending := func(c column, end um, text string) {
		if c.w > 0 {
			h.add(textEnding(st.fit(text, c.w+columnGap-1*mm, 50), text, end, 0, height))
		}
	}
	quantityEnd := g.quantity.end()
	if g.unit.w > 0 {
		quantityEnd = g.unit.end()
	}
	ending(column{w: quantityEnd - g.quantity.x}, quantityEnd, s.label("head.quantity"))
	ending(g.price, g.price.end(), s.label("head.price"))
	ending(g.discount, g.discount.end(), s.label("head.discount"))
	ending(g.tax, g.tax.end(), s.doc.TaxName)
	ending(g.amount, g.amount.end(), s.amountHead())
	return h
}

// Numbered gives the lines of a table their positions where they have none:
// 1, 2, 3 for items without sections; with sections 1 for the first section and
// 1.1, 1.2 for its items. The given lines are left as they are.
func Numbered(lines []Line) []Line {
	numbered := append([]Line(nil), lines...)
	section, item := 0, 0
	for i := range numbered {
		l := &numbered[i]
		number := ""
		switch l.Kind {
		case KindTitle:
			section, item = section+1, 0
			number = fmt.Sprint(section)
		case "", KindItem:
			item++
			number = fmt.Sprint(item)
			if section > 0 {
				number = fmt.Sprintf("%d.%d", section, item)
			}
		}
		if l.Number == "" {
			l.Number = number
		}
	}
	return numbered
}
