package sales

import (
	"context"
	"io"
	"strings"

	"kontor/app/contacts"
	"kontor/app/kit/lang"
	"kontor/app/kit/money"
	"kontor/app/kit/paper"
	"kontor/app/record"
	"kontor/app/settings"
	"kontor/storage"
)

// sheet sets a quotation with its figures on paper: pure data, complete in
// itself, from which alone the PDF is drawn.
func (s *Sales) sheet(ctx context.Context, q storage.Queryer, rec *record.Record, f Figures) (paper.Document, error) {
	v := rec.Values
	in := v.String("language")
	text := func(key string) string { return lang.Text(in, "sales.paper."+key, nil) }
	own := s.settings.Now()
	head, err := s.letterhead(ctx, q, own, in)
	if err != nil {
		return paper.Document{}, err
	}
	buyer, err := s.buyer(ctx, q, rec)
	if err != nil {
		return paper.Document{}, err
	}
	recipient, err := s.recipient(ctx, q, v, buyer, own.Values.String("seller.country"))
	if err != nil {
		return paper.Document{}, err
	}
	d := paper.Document{
		Layout: paper.Version, Language: in, Country: own.Values.String("seller.country"), Currency: v.String("currency"), Date: v.String("date"),
		Letterhead: head, Recipient: recipient, Title: lang.Text(in, "paper.quotation", nil), Number: v.String("number"), Subject: v.String("subject"),
		Intro: v.String("intro"), Terms: v.String("terms"), Closing: v.String("closing"), Lines: sheetLines(v, f), Totals: totals(v, f), Acceptance: &paper.Acceptance{},
	}
	meta := func(label, value string) {
		if value != "" {
			d.Meta = append(d.Meta, paper.Pair{Label: text(label), Value: value})
		}
	}
	meta("number", v.String("number"))
	meta("date", paper.Day(in, v.String("date")))
	meta("validUntil", paper.Day(in, v.String("validUntil")))
	if buyer != nil {
		meta("customerNumber", buyer.Values.String("number"))
	}
	meta("reference", v.String("reference"))
	meta("contact", own.Values.String("seller.contact"))
	if v.String("status") != Final {
		d.Watermark = lang.Text(in, "paper.draft", nil)
	}
	return d, nil
}

// letterhead makes the sender's paper of the settings.
func (s *Sales) letterhead(ctx context.Context, q storage.Queryer, own *record.Record, in string) (paper.Letterhead, error) {
	v := func(key string) string { return own.Values.String("seller." + key) }
	address := contacts.Address(record.Values{"street": v("street"), "postcode": v("postcode"), "city": v("city"), "country": v("country")}, v("country"), in)
	labelled := func(key, value string) string {
		if value == "" {
			return ""
		}
		return lang.Text(in, "sales.paper."+key, nil) + " " + value
	}
	head := paper.Letterhead{
		Name: v("name"), Slogan: v("slogan"), Accent: own.Values.String("accent"), Sender: strings.Join(append([]string{v("name")}, address...), " · "),
		Footer: columns(
			append([]string{v("name")}, address...),
			[]string{v("phone"), v("email"), v("website")},
			[]string{labelled("iban", v("iban")), labelled("bic", v("bic")), v("bank")},
			[]string{labelled("vat", v("vat")), labelled("taxNumber", v("taxNumber")), v("register"), v("director")},
		),
	}
	if head.Accent == "" {
		head.Accent = settings.DefaultAccent
	}
	if id := own.Values.ID("seller.logo"); id != 0 {
		_, content, err := s.files.Open(ctx, q, id)
		if err != nil {
			return head, err
		}
		defer content.Close()
		picture, err := io.ReadAll(content)
		if err != nil {
			return head, err
		}
		if head.Logo, err = paper.Logo(picture); err != nil {
			return head, err
		}
	}
	return head, nil
}

// columns leaves out what is empty.
func columns(all ...[]string) [][]string {
	var kept [][]string
	for _, column := range all {
		var lines []string
		for _, line := range column {
			if line != "" {
				lines = append(lines, line)
			}
		}
		if len(lines) > 0 {
			kept = append(kept, lines)
		}
	}
	return kept
}

// recipient is the address in the window: company, person, street, town.
func (s *Sales) recipient(ctx context.Context, q storage.Queryer, v record.Values, buyer *record.Record, from string) ([]string, error) {
	var lines []string
	address := record.Values{}
	if buyer != nil {
		lines = append(lines, buyer.Values.String("name"))
		address = buyer.Values
	}
	if id := v.ID("person"); id != 0 {
		person, err := s.person.One(ctx, q, id)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSpace(person.Values.String("title") + " " + person.Values.String("name") + " " + person.Values.String("suffix"))
		lines = append(lines, name)
		if buyer == nil || len(contacts.Address(address, from, "")) == 0 {
			address = person.Values
		}
	}
	// The post at home reads where a letter goes, whatever the customer speaks.
	return append(lines, contacts.Address(address, from, s.settings.Text("language"))...), nil
}

func sheetLines(v record.Values, f Figures) []paper.Line {
	doc := documentOf(v)
	lines := make([]paper.Line, len(doc.Lines))
	var section int64 // of the items since the last title or subtotal
	for i, l := range doc.Lines {
		lines[i] = paper.Line{Kind: l.Kind, Text: l.Text}
		switch l.Kind {
		case KindTitle:
			section = 0
		case KindSubtotal:
			lines[i].Amount = money.Format(section, doc.Currency)
			section = 0
		}
		if f.Lines[i] == nil {
			continue
		}
		if !l.Optional {
			section += v.Rows("lines")[i].Int("amount")
		}
		lines[i].Quantity, lines[i].Unit, lines[i].Price = string(l.Quantity), l.Unit, string(l.Price)
		lines[i].Amount, lines[i].Optional = f.Lines[i].Amount, l.Optional
		if l.Discount != nil {
			lines[i].Discount = &paper.Discount{Percent: string(l.Discount.Percent), Amount: string(l.Discount.Amount)}
		}
		if l.Tax != nil {
			lines[i].Tax = string(l.Tax.Rate)
		}
	}
	return paper.Numbered(lines)
}

func totals(v record.Values, f Figures) *paper.Totals {
	doc := documentOf(v)
	t := &paper.Totals{
		Subtotal: f.Subtotal, Discount: f.Discount, Inclusive: doc.Prices == Gross, Net: f.Net, Gross: f.Gross, Rounding: f.Rounding, Payable: f.Payable, Optional: f.Optional.Gross,
	}
	if doc.Discount != nil {
		t.DiscountPercent = string(doc.Discount.Percent)
	}
	for _, p := range doc.Prepaid {
		t.Prepaid = append(t.Prepaid, paper.Prepaid{Number: p.Number, Amount: string(p.Amount)})
	}
	for _, g := range f.Taxes {
		tax := paper.Tax{Rate: g.Rate, Base: g.Base, Amount: g.Amount, Reason: g.Reason}
		for _, p := range g.Parts {
			tax.Parts = append(tax.Parts, paper.TaxPart(p))
		}
		t.Taxes = append(t.Taxes, tax)
	}
	return t
}
