package sales_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/fault"
	"kontor/app/sales"
)

// randomDocument makes a document that is accepted, unless a discount falls on
// too little or on something negative.
func randomDocument(r *rand.Rand) sales.Document {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	number := func(of ...string) sales.Number { return sales.Number(pick(of...)) }
	amount := func(most int64, digits int) sales.Number {
		tens := []int64{1, 10, 100, 1000, 1e4, 1e5, 1e6}[digits]
		return sales.Number(big.NewRat(r.Int64N(most), tens).FloatString(digits))
	}
	currency := pick("EUR", "EUR", "JPY", "KWD")
	digits := map[string]int{"EUR": 2, "JPY": 0, "KWD": 3}[currency]
	doc := sales.Document{
		Currency: currency,
		Prices:   pick("", sales.Net, sales.Gross),
		Rounding: pick("", sales.ByDocument, sales.ByLine),
	}
	if r.IntN(3) == 0 {
		doc.CashRounding = amount(100, digits)
	}
	if r.IntN(3) == 0 {
		doc.Prepaid = []sales.Prepaid{{Amount: amount(1000, digits)}, {Amount: "-" + amount(10, digits)}}
	}
	taxes := []sales.Tax{
		{Rate: "20"},
		{Rate: "20.00"},
		{Rate: "19"},
		{Rate: "7"},
		{Rate: "5.5"},
		{Rate: "2.1"},
		{Rate: "100"},
		{Rate: "0"},
		{Rate: "0", Category: "E", Reason: "one"},
		{Rate: "0", Category: "E", Reason: "other"},
		{Rate: "0", Category: "AE", Reason: "one"},
		{Rate: "8.875", Parts: []sales.TaxPart{{Name: "State", Rate: "4"}, {Name: "City", Rate: "4.5"}, {Name: "MCTD", Rate: "0.375"}}},
		{Rate: "6", Reason: "parts", Parts: []sales.TaxPart{{Name: "State", Rate: "3"}, {Name: "City", Rate: "3"}}},
	}
	for range r.IntN(12) {
		l := sales.Line{
			Kind:     pick("", sales.KindItem),
			Quantity: number("1", "1", "3", "2.5", "0.0001", "1000"),
			Price:    amount([]int64{10, 1000, 1e6, 1e12}[r.IntN(4)], []int{0, 2, 3, 6}[r.IntN(4)]),
			Optional: r.IntN(5) == 0,
			Tax:      &taxes[r.IntN(len(taxes))],
		}
		switch r.IntN(8) {
		case 0:
			l.Discount = &sales.Discount{Percent: number("0", "10", "33.3333", "50", "100")}
		case 1:
			l.Discount = &sales.Discount{Amount: amount(500, digits)}
		case 2:
			l.Quantity = "-" + l.Quantity
		case 3:
			l.Kind = sales.KindTitle
		}
		doc.Lines = append(doc.Lines, l)
	}
	switch r.IntN(4) {
	case 0:
		doc.Discount = &sales.Discount{Percent: number("0.0001", "3", "33.3333", "50", "100")}
	case 1:
		doc.Discount = &sales.Discount{Amount: amount(1000, digits)}
	}
	return doc
}

// Random documents come to what the oracle says, to the last unit, and are
// refused for the reason it says.
func TestPrice_oracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused := map[string]int{}
	discounted := 0
	for range 8_000 {
		doc := randomDocument(r)
		got, err := sales.Price(doc)
		o := oracle{doc, rat(oracleUnits[doc.Currency])}
		if key := o.refuses(); err != nil || key != "" {
			if f := fault.Of(err); f == nil || f.Key != key {
				t.Fatalf("%s\n%v, want %s", show(doc), err, key)
			}
			refused[key]++
			continue
		}
		if doc.Discount != nil {
			discounted++
		}
		if diff := cmp.Diff(o.figures(), got); diff != "" {
			t.Fatalf("%s\n%s", show(doc), diff)
		}
		invariants(t, doc, got)
		sameInAnotherOrder(t, r, doc, got)
	}
	if discounted < 1000 || len(refused) < 5 {
		t.Errorf("the documents do not try enough: %d with a discount, refused %v", discounted, refused)
	}
}

// The order of lines decides only between equals, so no total knows it.
func sameInAnotherOrder(t *testing.T, r *rand.Rand, doc sales.Document, before sales.Figures) {
	t.Helper()
	doc.Lines = slices.Clone(doc.Lines)
	r.Shuffle(len(doc.Lines), func(i, j int) { doc.Lines[i], doc.Lines[j] = doc.Lines[j], doc.Lines[i] })
	after, err := sales.Price(doc)
	if err != nil {
		t.Fatal(err)
	}
	before.Lines, before.Taxes, after.Lines, after.Taxes = nil, nil, nil, nil
	if diff := cmp.Diff(before, after); diff != "" {
		t.Fatalf("%s\nin another order:\n%s", show(doc), diff)
	}
}

// invariants hold for whatever was accepted.
func invariants(t *testing.T, doc sales.Document, f sales.Figures) {
	t.Helper()
	var items, bases, taxes []*big.Rat
	for i, l := range f.Lines {
		if l != nil && !doc.Lines[i].Optional {
			items = append(items, rat(l.Amount))
		}
	}
	for _, g := range f.Taxes {
		bases, taxes = append(bases, rat(g.Base)), append(taxes, rat(g.Amount))
		parts := zero()
		for _, p := range g.Parts {
			parts = plus(parts, rat(p.Amount))
		}
		if len(g.Parts) > 0 && !equal(parts, rat(g.Amount)) {
			t.Errorf("parts of %s %s: %v", g.Category, g.Rate, g.Parts)
		}
	}
	priced := rat(f.Net)
	if doc.Prices == sales.Gross {
		priced = rat(f.Gross)
	}
	for _, c := range []struct {
		rule string
		a, b *big.Rat
	}{
		{"amounts = subtotal", total(items), rat(f.Subtotal)},
		{"bases = net", total(bases), rat(f.Net)},
		{"taxes = tax", total(taxes), rat(f.Tax)},
		{"net + tax = gross", plus(rat(f.Net), rat(f.Tax)), rat(f.Gross)},
		{"subtotal - discount = net, or gross", minus(rat(f.Subtotal), rat(f.Discount)), priced},
		{"gross + rounding - prepaid = payable", minus(plus(rat(f.Gross), rat(f.Rounding)), rat(f.Prepaid)), rat(f.Payable)},
		{"optional net + tax = gross", plus(rat(f.Optional.Net), rat(f.Optional.Tax)), rat(f.Optional.Gross)},
	} {
		if !equal(c.a, c.b) {
			t.Errorf("%s\n%s does not hold: %s, %s", show(doc), c.rule, c.a.FloatString(3), c.b.FloatString(3))
		}
	}
	if step := doc.CashRounding; step != "" && rat(string(step)).Sign() != 0 {
		if steps := over(plus(rat(f.Gross), rat(f.Rounding)), rat(string(step))); !steps.IsInt() {
			t.Errorf("%s\n%s %s is no step of %s", show(doc), f.Gross, f.Rounding, step)
		}
	}
}

func show(doc sales.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s cash %s discount %v\n", doc.Currency, doc.Prices, doc.Rounding, doc.CashRounding, doc.Discount)
	for _, l := range doc.Lines {
		fmt.Fprintf(&b, "  %s %s × %s discount %v optional %v tax %v\n", l.Kind, l.Quantity, l.Price, l.Discount, l.Optional, l.Tax)
	}
	return b.String()
}
