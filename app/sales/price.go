package sales

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

// Price works out what a document comes to. What breaks a rule is a fault that
// names the field; several are joined.
func Price(doc Document) (Figures, error) {
	t, err := readTerms(doc)
	if err != nil {
		return Figures{}, err
	}
	s, err := t.settle()
	if err != nil {
		return Figures{}, err
	}
	return figures(t, s, len(doc.Lines)), nil
}

// settlement is what terms come to, in the currency's smallest unit.
type settlement struct {
	subtotal int64
	discount int64
	groups   []*group
	net      int64
	tax      int64
	rounding int64
	payable  int64

	optionalNet int64
	optionalTax int64
}

// group is what all items with one category, rate and reason come to.
type group struct {
	rate
	line  int // the first of its lines
	sum   int64
	base  int64
	tax   int64
	parts []int64
}

func (t terms) settle() (settlement, error) {
	var s settlement
	var fixed, optional []item
	for _, it := range t.items {
		if it.optional {
			optional = append(optional, it)
			continue
		}
		fixed = append(fixed, it)
		s.subtotal += it.amount
	}
	groups, groupOf := grouped(fixed)
	if err := sameParts(fixed, groupOf); err != nil {
		return s, err
	}
	var err error
	if s.discount, err = t.documentDiscount(s.subtotal, fixed, groups); err != nil {
		return s, err
	}
	t.levy(fixed, groups, groupOf, s.discount)
	s.groups = groups
	for _, g := range groups {
		s.net += g.base
		s.tax += g.tax
		g.shareTax()
	}
	gross := s.net + s.tax
	if t.step > 0 {
		s.rounding = proportion(gross, 1, t.step)*t.step - gross
	}
	s.payable = gross + s.rounding - t.prepaid

	groups, groupOf = grouped(optional)
	t.levy(optional, groups, groupOf, 0)
	for _, g := range groups {
		s.optionalNet += g.base
		s.optionalTax += g.tax
	}
	return s, nil
}

// grouped gathers items by category, rate and reason, from high rate to low and
// then by first line. The second answer is the group of each item.
func grouped(items []item) ([]*group, []*group) {
	type key struct {
		category string
		percent  int64
		reason   string
	}
	known := map[key]*group{}
	var groups []*group
	groupOf := make([]*group, len(items))
	for i, it := range items {
		k := key{it.tax.category, it.tax.percent, it.tax.reason}
		g := known[k]
		if g == nil {
			g = &group{rate: it.tax, line: it.line}
			known[k] = g
			groups = append(groups, g)
		}
		g.sum += it.amount
		groupOf[i] = g
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(b.percent, a.percent) })
	return groups, groupOf
}

// sameParts refuses lines of one group that divide its tax differently: nobody
// could say which part of the group's tax is whose.
func sameParts(items []item, groupOf []*group) error {
	for i, it := range items {
		if g := groupOf[i]; !slices.Equal(it.tax.parts, g.rate.parts) {
			return fault.Invalid("lines["+strconv.Itoa(it.line)+"].tax.parts", "sales.partsDiffer",
				fault.Params{"line": g.line + 1})
		}
	}
	return nil
}

// documentDiscount is what the discount on the whole document comes to.
func (t terms) documentDiscount(subtotal int64, items []item, groups []*group) (int64, error) {
	amount := t.discount.value
	switch t.discount.by {
	case "":
		return 0, nil
	case byPercent:
		amount = proportion(subtotal, t.discount.value, hundredPercent)
	case byAmount:
		if subtotal == 0 {
			return 0, fault.Invalid("discount.amount", "sales.discountOnNothing", nil)
		}
		if amount > subtotal {
			return 0, fault.Invalid("discount.amount", "sales.discountAboveSubtotal",
				fault.Params{"max": money.Format(subtotal, t.currency)})
		}
	}
	// A share of a negative sum would make it more negative instead of less.
	if t.byLine {
		for _, it := range items {
			if it.amount < 0 {
				return 0, fault.Invalid("discount", "sales.discountOnNegativeLine", fault.Params{"line": it.line + 1})
			}
		}
		return amount, nil
	}
	for _, g := range groups {
		if g.sum < 0 {
			return 0, fault.Invalid("discount", "sales.discountOnNegativeGroup",
				fault.Params{"rate": money.FormatScaled(g.percent, percentDigits), "line": g.line + 1})
		}
	}
	return amount, nil
}

// levy spreads the document's discount and works out base and tax of each group.
func (t terms) levy(items []item, groups, groupOf []*group, discount int64) {
	if !t.byLine {
		shares := spread(discount, groups, func(g *group) (int64, int64) { return g.sum, g.percent })
		for i, g := range groups {
			g.base, g.tax = t.split(g.sum-shares[i], g.percent)
		}
		return
	}
	shares := spread(discount, items, func(it item) (int64, int64) { return it.amount, it.tax.percent })
	for i, it := range items {
		base, tax := t.split(it.amount-shares[i], it.tax.percent)
		groupOf[i].base += base
		groupOf[i].tax += tax
	}
}

// spread divides the document's discount; ties go to the higher rate, then the
// larger amount, then the earlier one.
func spread[T any](discount int64, over []T, of func(T) (amount, percent int64)) []int64 {
	if discount == 0 {
		return make([]int64, len(over)) // amounts may be negative here
	}
	amounts := make([]int64, len(over))
	percents := make([]int64, len(over))
	for i := range over {
		amounts[i], percents[i] = of(over[i])
	}
	return money.Spread(discount, amounts, func(i, j int) bool {
		if percents[i] != percents[j] {
			return percents[i] > percents[j]
		}
		return amounts[i] > amounts[j]
	})
}

// split says what of an amount is base and what is tax.
func (t terms) split(amount, percent int64) (base, tax int64) {
	if t.gross {
		base = proportion(amount, hundredPercent, hundredPercent+percent)
		return base, amount - base
	}
	return amount, proportion(amount, percent, hundredPercent)
}

// shareTax divides the tax of a group over the named parts of its rate; ties go
// to the higher rate, then the earlier part.
func (g *group) shareTax() {
	named := g.rate.parts
	percents := make([]int64, len(named))
	for i, p := range named {
		percents[i] = p.percent
	}
	g.parts = money.Spread(g.tax, percents, func(i, j int) bool { return percents[i] > percents[j] })
}

// proportion is amount × part ÷ whole, rounded. Here part is never larger than
// whole, so that the result fits where the amount does.
func proportion(amount, part, whole int64) int64 {
	product := new(big.Int).Mul(big.NewInt(amount), big.NewInt(part))
	result, err := money.Quotient(product, big.NewInt(whole))
	if err != nil {
		panic("sales: a proportion above the whole")
	}
	return result
}

// figures writes a settlement out as text.
func figures(t terms, s settlement, lines int) Figures {
	text := func(minor int64) string { return money.Format(minor, t.currency) }
	percent := func(p int64) string { return money.FormatScaled(p, percentDigits) }
	f := Figures{
		Lines:    make([]*LineFigures, lines),
		Subtotal: text(s.subtotal),
		Discount: text(s.discount),
		Net:      text(s.net),
		Taxes:    make([]TaxFigures, len(s.groups)),
		Tax:      text(s.tax),
		Gross:    text(s.net + s.tax),
		Rounding: text(s.rounding),
		Prepaid:  text(t.prepaid),
		Payable:  text(s.payable),
		Optional: OptionalFigures{
			Net:   text(s.optionalNet),
			Tax:   text(s.optionalTax),
			Gross: text(s.optionalNet + s.optionalTax),
		},
	}
	for _, it := range t.items {
		f.Lines[it.line] = &LineFigures{text(it.amount)}
	}
	for i, g := range s.groups {
		parts := make([]PartFigures, len(g.parts))
		for j, p := range g.rate.parts {
			parts[j] = PartFigures{p.name, percent(p.percent), text(g.parts[j])}
		}
		f.Taxes[i] = TaxFigures{g.category, percent(g.percent), g.reason, text(g.base), text(g.tax), parts}
	}
	return f
}
