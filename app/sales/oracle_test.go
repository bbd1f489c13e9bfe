package sales_test

import (
	"math/big"
	"slices"
	"strings"

	"kontor/app/sales"
)

// The oracle prices a document a second time, in fractions and straight from
// the rules, and shares no arithmetic with the package: no minor units, no
// scaled integers, no decimals. It expects a document that is accepted.

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("no number: " + text)
	}
	return r
}

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat   { return new(big.Rat).Mul(a, b) }
func over(a, b *big.Rat) *big.Rat  { return new(big.Rat).Quo(a, b) }
func fraction(pc string) *big.Rat  { return over(rat(pc), rat("100")) }
func floor(r *big.Rat) *big.Rat    { return new(big.Rat).SetInt(new(big.Int).Div(r.Num(), r.Denom())) }
func equal(a, b *big.Rat) bool     { return a.Cmp(b) == 0 }
func zero() *big.Rat               { return new(big.Rat) }
func negative(r *big.Rat) bool     { return r.Sign() < 0 }
func nearest(r, u *big.Rat) *big.Rat { // the nearest multiple of u, half away from zero
	if negative(r) {
		return new(big.Rat).Neg(nearest(new(big.Rat).Neg(r), u))
	}
	return mul(floor(plus(over(r, u), rat("1/2"))), u)
}

func total(all []*big.Rat) *big.Rat {
	t := zero()
	for _, r := range all {
		t = plus(t, r)
	}
	return t
}

// largestRemainder hands out one unit after the other, each to whoever has got
// least of what is theirs.
func largestRemainder(amount, unit *big.Rat, weights []*big.Rat, first func(i, j int) bool) []*big.Rat {
	shares := make([]*big.Rat, len(weights))
	missing := make([]*big.Rat, len(weights))
	whole := total(weights)
	for i, w := range weights {
		shares[i], missing[i] = zero(), zero()
		if whole.Sign() != 0 {
			exact := over(mul(amount, w), whole)
			shares[i] = mul(floor(over(exact, unit)), unit)
			missing[i] = minus(exact, shares[i])
		}
	}
	for left := minus(amount, total(shares)); left.Sign() > 0; left = minus(left, unit) {
		best := -1
		for i := range shares {
			if best < 0 || missing[i].Cmp(missing[best]) > 0 || equal(missing[i], missing[best]) && first(i, best) {
				best = i
			}
		}
		shares[best] = plus(shares[best], unit)
		missing[best] = minus(missing[best], unit)
	}
	return shares
}

type oracleGroup struct {
	category, rate, reason string
	parts                  []sales.TaxPart
	sum, base, tax         *big.Rat
}

type oracle struct {
	doc  sales.Document
	unit *big.Rat
}

var oracleUnits = map[string]string{"EUR": "1/100", "JPY": "1", "KWD": "1/1000"}

func (o oracle) text(r *big.Rat) string {
	digits := map[string]int{"1/100": 2, "1": 0, "1/1000": 3}[strings.TrimSuffix(o.unit.String(), "/1")]
	if text := r.FloatString(digits); strings.Trim(text, "-0.") != "" {
		return text
	}
	return zero().FloatString(digits)
}

func (o oracle) lineAmount(l sales.Line) *big.Rat {
	exact := mul(rat(string(l.Quantity)), rat(string(l.Price)))
	switch {
	case l.Discount == nil:
	case l.Discount.Percent != "":
		exact = minus(exact, mul(exact, fraction(string(l.Discount.Percent))))
	default:
		exact = minus(exact, rat(string(l.Discount.Amount)))
	}
	return nearest(exact, o.unit)
}

func (o oracle) divide(rest *big.Rat, rate string) (base, tax *big.Rat) {
	if o.doc.Prices == sales.Gross {
		base = nearest(over(rest, plus(rat("1"), fraction(rate))), o.unit)
		return base, minus(rest, base)
	}
	return rest, nearest(mul(rest, fraction(rate)), o.unit)
}

// run prices the lines that are, or are not, optional.
func (o oracle) run(optional bool) (amounts []*big.Rat, discount *big.Rat, groups []*oracleGroup) {
	var of []*oracleGroup
	for _, l := range o.doc.Lines {
		if l.Kind == sales.KindTitle || l.Optional != optional {
			continue
		}
		amount := o.lineAmount(l)
		amounts = append(amounts, amount)
		category := l.Tax.Category
		if category == "" {
			category = "S"
			if rat(string(l.Tax.Rate)).Sign() == 0 {
				category = "Z"
			}
		}
		i := slices.IndexFunc(groups, func(g *oracleGroup) bool {
			return g.category == category && equal(rat(g.rate), rat(string(l.Tax.Rate))) && g.reason == l.Tax.Reason
		})
		if i < 0 {
			i = len(groups)
			groups = append(groups, &oracleGroup{
				category: category, rate: string(l.Tax.Rate), reason: l.Tax.Reason,
				parts: l.Tax.Parts, sum: zero(), base: zero(), tax: zero(),
			})
		}
		groups[i].sum = plus(groups[i].sum, amount)
		of = append(of, groups[i])
	}

	discount = zero()
	if d := o.doc.Discount; d != nil && !optional {
		if d.Percent != "" {
			discount = nearest(mul(total(amounts), fraction(string(d.Percent))), o.unit)
		} else {
			discount = rat(string(d.Amount))
		}
	}
	// What is shared, and the group that base and tax of each go to.
	shared, target := amounts, of
	if o.doc.Rounding != sales.ByLine {
		shared, target = nil, groups
		for _, g := range groups {
			shared = append(shared, g.sum)
		}
	}
	shares := make([]*big.Rat, len(shared))
	for i := range shares {
		shares[i] = zero()
	}
	if discount.Sign() != 0 {
		shares = largestRemainder(discount, o.unit, shared, func(i, j int) bool {
			if c := rat(target[i].rate).Cmp(rat(target[j].rate)); c != 0 {
				return c > 0
			}
			if c := shared[i].Cmp(shared[j]); c != 0 {
				return c > 0
			}
			return i < j
		})
	}
	for i := range shared {
		g := target[i]
		base, tax := o.divide(minus(shared[i], shares[i]), g.rate)
		g.base, g.tax = plus(g.base, base), plus(g.tax, tax)
	}
	groups = slices.Clone(groups)
	slices.SortStableFunc(groups, func(a, b *oracleGroup) int { return rat(b.rate).Cmp(rat(a.rate)) })
	return amounts, discount, groups
}

func totals(groups []*oracleGroup) (net, tax *big.Rat) {
	net, tax = zero(), zero()
	for _, g := range groups {
		net, tax = plus(net, g.base), plus(tax, g.tax)
	}
	return net, tax
}

func (o oracle) figures() sales.Figures {
	fixed, discount, groups := o.run(false)
	net, tax := totals(groups)
	gross, rounding, prepaid := plus(net, tax), zero(), zero()
	if step := o.doc.CashRounding; step != "" && rat(string(step)).Sign() != 0 {
		rounding = minus(nearest(gross, rat(string(step))), gross)
	}
	for _, p := range o.doc.Prepaid {
		prepaid = plus(prepaid, rat(string(p.Amount)))
	}
	f := sales.Figures{
		Lines: []*sales.LineFigures{}, Taxes: []sales.TaxFigures{},
		Subtotal: o.text(total(fixed)), Discount: o.text(discount),
		Net: o.text(net), Tax: o.text(tax), Gross: o.text(gross),
		Rounding: o.text(rounding), Prepaid: o.text(prepaid),
		Payable: o.text(minus(plus(gross, rounding), prepaid)),
	}
	for _, l := range o.doc.Lines {
		if l.Kind == sales.KindTitle {
			f.Lines = append(f.Lines, nil)
			continue
		}
		f.Lines = append(f.Lines, &sales.LineFigures{Amount: o.text(o.lineAmount(l))})
	}
	for _, g := range groups {
		f.Taxes = append(f.Taxes, sales.TaxFigures{
			Category: g.category, Rate: trimmed(g.rate), Reason: g.reason,
			Base: o.text(g.base), Amount: o.text(g.tax), Parts: o.parts(g),
		})
	}
	_, _, groups = o.run(true)
	net, tax = totals(groups)
	f.Optional = sales.OptionalFigures{Net: o.text(net), Tax: o.text(tax), Gross: o.text(plus(net, tax))}
	return f
}

func (o oracle) parts(g *oracleGroup) []sales.PartFigures {
	parts := []sales.PartFigures{}
	if len(g.parts) == 0 {
		return parts
	}
	var weights []*big.Rat
	for _, p := range g.parts {
		weights = append(weights, rat(string(p.Rate)))
	}
	tax, sign := g.tax, rat("1")
	if negative(tax) {
		sign = rat("-1")
	}
	shares := largestRemainder(mul(tax, sign), o.unit, weights, func(i, j int) bool {
		c := weights[i].Cmp(weights[j])
		return c > 0 || c == 0 && i < j
	})
	for i, p := range g.parts {
		parts = append(parts, sales.PartFigures{Name: p.Name, Rate: trimmed(string(p.Rate)), Amount: o.text(mul(shares[i], sign))})
	}
	return parts
}

func trimmed(number string) string {
	if strings.Contains(number, ".") {
		return strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number
}

// refuses is the fault key of the first discount rule that a random document
// breaks.
func (o oracle) refuses() string {
	for _, l := range o.doc.Lines {
		if l.Kind == sales.KindTitle || l.Discount == nil || l.Discount.Amount == "" {
			continue
		}
		if mul(rat(string(l.Quantity)), rat(string(l.Price))).Cmp(rat(string(l.Discount.Amount))) < 0 {
			return "sales.discountAboveLine"
		}
	}
	d := o.doc.Discount
	if d == nil {
		return ""
	}
	withoutDiscount := o
	withoutDiscount.doc.Discount = nil
	amounts, _, groups := withoutDiscount.run(false)
	subtotal := total(amounts)
	if d.Amount != "" {
		if subtotal.Sign() == 0 {
			return "sales.discountOnNothing"
		}
		if rat(string(d.Amount)).Cmp(subtotal) > 0 {
			return "sales.discountAboveSubtotal"
		}
	}
	if o.doc.Rounding == sales.ByLine {
		if slices.ContainsFunc(amounts, negative) {
			return "sales.discountOnNegativeLine"
		}
		return ""
	}
	if slices.ContainsFunc(groups, func(g *oracleGroup) bool { return negative(g.sum) }) {
		return "sales.discountOnNegativeGroup"
	}
	return ""
}
