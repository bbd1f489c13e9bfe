package paper

import (
	"fmt"
	"slices"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

// checkNumbers demands a number, or nothing, wherever a number belongs, and a
// currency where there are amounts.
func checkNumbers(doc Document) error {
	if _, known := money.Digits(doc.Currency); doc.Currency != "" && !known {
		return fault.Invalid("currency", "money.unknownCurrency", fault.Params{"currency": shorten(doc.Currency)})
	}
	for i, l := range doc.Lines {
		at := fmt.Sprintf("lines[%d].", i)
		if !slices.Contains([]string{"", KindItem, KindTitle, KindSubtotal, KindComment}, l.Kind) {
			return fault.Invalid(at+"kind", "paper.unknownKind", nil)
		}
		if err := numbers(at, "quantity", l.Quantity, "price", l.Price, "tax", l.Tax, "amount", l.Amount); err != nil {
			return err
		}
		if d := l.Discount; d != nil {
			if err := numbers(at+"discount.", "percent", d.Percent, "amount", d.Amount); err != nil {
				return err
			}
		}
	}
	if doc.Totals == nil {
		return nil
	}
	t := doc.Totals
	if err := numbers("totals.", "subtotal", t.Subtotal, "discount", t.Discount, "discountPercent", t.DiscountPercent, "net", t.Net,
		"gross", t.Gross, "rounding", t.Rounding, "payable", t.Payable, "optional", t.Optional); err != nil {
		return err
	}
	for i, tax := range t.Taxes {
		at := fmt.Sprintf("totals.taxes[%d].", i)
		if err := numbers(at, "rate", tax.Rate, "base", tax.Base, "amount", tax.Amount); err != nil {
			return err
		}
		for j, part := range tax.Parts {
			if err := numbers(fmt.Sprintf("%sparts[%d].", at, j), "rate", part.Rate, "amount", part.Amount); err != nil {
				return err
			}
		}
	}
	for i, p := range t.Prepaid {
		if err := numbers(fmt.Sprintf("totals.prepaid[%d].", i), "amount", p.Amount); err != nil {
			return err
		}
	}
	return nil
}

// numbers takes pairs of field and number.
func numbers(at string, pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if text := pairs[i+1]; text != "" && !isNumber(text) {
			return fault.Invalid(at+pairs[i], "money.notNumber", fault.Params{"text": shorten(text)})
		}
	}
	return nil
}

func shorten(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// bytes is how much text a document has.
func (d Document) bytes() int {
	l := d.Letterhead
	n := 0
	for _, text := range []string{
		d.Language, d.Country, d.Date, l.Name, l.Slogan, l.Sender, d.Title, d.Number, d.Subject, d.Intro, d.TaxName, d.Terms, d.Closing, d.Watermark,
	} {
		n += len(text)
	}
	for _, column := range append(slices.Clone(l.Footer), d.Recipient) {
		n += len(strings.Join(column, "\n"))
	}
	for _, p := range d.Meta {
		n += len(p.Label) + len(p.Value)
	}
	for _, line := range d.Lines {
		n += len(line.Number) + len(line.Text) + len(line.Unit)
	}
	if d.Totals != nil {
		for _, t := range d.Totals.Taxes {
			n += len(t.Reason) + 1
			for _, p := range t.Parts {
				n += len(p.Name) + 1
			}
		}
		for _, p := range d.Totals.Prepaid {
			n += len(p.Number) + 1
		}
	}
	if d.Acceptance != nil {
		n += len(d.Acceptance.Title) + len(d.Acceptance.Text)
	}
	return n
}

// document cleans every text of a document. The given one is left as it is.
func (c *cleaner) document(d Document) Document {
	for _, text := range []*string{
		&d.Letterhead.Name, &d.Letterhead.Slogan, &d.Letterhead.Sender, &d.Title, &d.Number, &d.Subject, &d.TaxName, &d.Watermark,
	} {
		*text = c.line(*text)
	}
	for _, text := range []*string{&d.Intro, &d.Terms, &d.Closing} {
		*text = strings.Trim(c.text(*text), "\n ")
	}
	d.Recipient = c.list(d.Recipient)
	d.Letterhead.Footer = slices.Clone(d.Letterhead.Footer)
	for i, column := range d.Letterhead.Footer {
		d.Letterhead.Footer[i] = c.list(column)
	}
	d.Meta = slices.Clone(d.Meta)
	for i, p := range d.Meta {
		d.Meta[i] = Pair{c.line(p.Label), c.line(p.Value)}
	}
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		l := &d.Lines[i]
		l.Number, l.Unit = c.line(l.Number), c.line(l.Unit)
		l.Text = strings.Trim(c.text(l.Text), "\n ")
	}
	if d.Totals != nil {
		t := *d.Totals
		t.Taxes, t.Prepaid = slices.Clone(t.Taxes), slices.Clone(t.Prepaid)
		for i, tax := range t.Taxes {
			t.Taxes[i].Reason = c.line(tax.Reason)
			t.Taxes[i].Parts = slices.Clone(tax.Parts)
			for j, p := range tax.Parts {
				t.Taxes[i].Parts[j].Name = c.line(p.Name)
			}
		}
		for i, p := range t.Prepaid {
			t.Prepaid[i].Number = c.line(p.Number)
		}
		d.Totals = &t
	}
	if d.Acceptance != nil {
		d.Acceptance = &Acceptance{c.line(d.Acceptance.Title), strings.Trim(c.text(d.Acceptance.Text), "\n ")}
	}
	return d
}

// list cleans lines and drops those that are empty then.
func (c *cleaner) list(lines []string) []string {
	var kept []string
	for _, text := range lines {
		for line := range strings.SplitSeq(c.text(text), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				kept = append(kept, line)
			}
		}
	}
	return kept
}
