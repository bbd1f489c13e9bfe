package sales

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/app/record"
)

// Quotation is a quotation as programs and the editor write it: a document to
// be priced, for whom, and until when.
type Quotation struct {
	Document
	Subject    string `json:"subject,omitempty"`
	Company    string `json:"company,omitempty"` // id, or the name where there is one of it
	Person     string `json:"person,omitempty"`
	Reference  string `json:"reference,omitempty"` // what the customer calls it
	Date       string `json:"date,omitempty"`
	ValidUntil string `json:"validUntil,omitempty"`
	Language   string `json:"language,omitempty"` // of the paper
	Texts      Texts  `json:"texts"`
	// Own are fields of the user's own by key, as a draft of a record has them.
	// They are notes of the house and stand on no paper; those it does not name
	// stay as they are.
	Own map[string]any `json:"own,omitempty"`
}

// Texts stand around the lines.
type Texts struct {
	Intro   string `json:"intro,omitempty"`
	Closing string `json:"closing,omitempty"`
	Terms   string `json:"terms,omitempty"`
}

// DecodeQuotation reads a quotation from JSON as DecodeDocument reads a document.
func DecodeQuotation(r io.Reader) (Quotation, error) {
	var q Quotation
	err := decode(r, &q)
	return q, err
}

// The states of a quotation.
const (
	Draft = "draft"
	Final = "final"
)

// validFor is how long a quotation holds unless it says otherwise.
const validFor = 30 * 24 * time.Hour

func quotation() *record.Kind {
	amount := func(key string) record.Field {
		return record.Field{Key: key, Type: record.Money, Currency: "currency", ReadOnly: true, Group: "figures"}
	}
	gross := amount("gross")
	gross.Index = record.Indexed
	k := &record.Kind{
		Name: "quotation", Module: "sales", Table: "sales_quotation", Extensible: true, TitleKey: "name", Subtitle: "reference",
		Columns: []string{"number", "subject", "company", "status", "date", "validUntil", "gross"}, SortKey: "-date",
		Fields: []record.Field{
			{Key: "name", Type: record.Text, ReadOnly: true, Index: record.Indexed, Find: record.InName},
			{Key: "number", Type: record.Text, ReadOnly: true, Index: record.Indexed},
			{Key: "revision", Type: record.Number, ReadOnly: true},
			{Key: "status", Type: record.Choice, Options: []string{Draft, Final}, ReadOnly: true, Index: record.Indexed},
			{Key: "subject", Type: record.Text},
			{Key: "company", Type: record.Link, Targets: []string{"company"}, Column: "company_id", Index: record.Indexed},
			{Key: "person", Type: record.Link, Targets: []string{"person"}, Column: "person_id", Index: record.Indexed},
			{Key: "reference", Type: record.Text, Find: record.InName},
			{Key: "date", Type: record.Date, Index: record.Indexed},
			{Key: "validUntil", Type: record.Date, Index: record.Indexed},
			{Key: "language", Type: record.Language},
			{Key: "currency", Type: record.Currency},
			{Key: "prices", Type: record.Choice, Options: []string{Net, Gross}},
			{Key: "rounding", Type: record.Choice, Options: []string{ByDocument, ByLine}},
			{Key: "cashRounding", Type: record.Money, Currency: "currency"},
			{Key: "discountPercent", Type: record.Number, Digits: percentDigits},
			{Key: "discountAmount", Type: record.Money, Currency: "currency"},
			{Key: "prepaid", Type: record.List, Table: "sales_prepaid", Currency: "currency", Fields: []record.Field{
				{Key: "number", Type: record.Text, Max: 60}, {Key: "amount", Type: record.Money, Currency: "currency"},
			}},
			{Key: "lines", Type: record.List, Table: "sales_line", Currency: "currency", Max: maxLines, Fields: []record.Field{
				{Key: "kind", Type: record.Choice, Options: []string{KindItem, KindTitle, KindSubtotal, KindComment}},
				{Key: "text", Type: record.LongText, Max: 20_000, Find: record.InText},
				{Key: "quantity", Type: record.Number, Digits: quantityDigits},
				{Key: "unit", Type: record.Text, Max: 20},
				{Key: "price", Type: record.Number, Digits: priceDigits, Currency: "currency"},
				{Key: "discountPercent", Type: record.Number, Digits: percentDigits},
				{Key: "discountAmount", Type: record.Money, Currency: "currency"},
				{Key: "optional", Type: record.YesNo},
				{Key: "category", Type: record.Text, Max: 2},
				{Key: "rate", Type: record.Number, Digits: percentDigits},
				{Key: "reason", Type: record.Text},
				{Key: "parts", Type: record.LongText, Max: 5_000}, // JSON of the rate's named parts
				{Key: "product", Type: record.Link, Targets: []string{"product"}, Column: "product_id"},
				{Key: "amount", Type: record.Money, Currency: "currency"},
			}},
			{Key: "intro", Type: record.LongText, Find: record.InText},
			{Key: "closing", Type: record.LongText, Find: record.InText},
			{Key: "terms", Type: record.LongText},
			amount("subtotal"), amount("discount"), amount("net"), amount("tax"), gross, amount("payable"),
			{Key: "finalisedAt", Type: record.Instant, ReadOnly: true},
			{Key: "snapshot", Type: record.Text, ReadOnly: true}, // hash of what was issued
			{Key: "pdf", Type: record.Link, Targets: []string{"file"}, Column: "pdf_id", ReadOnly: true},
		},
		Keep: func(r *record.Record) error {
			if r.Values.String("status") == Final {
				return issued(r.Values)
			}
			return nil
		},
		When:     func(r *record.Record) int64 { return max(r.Created, r.Values.Int("finalisedAt")) },
		Subjects: subjects,
	}
	k.Prepare = func(env record.Env, p *record.Pending) error {
		if !p.New() && p.Old.Values.String("status") == Final {
			return prepareIssued(k, p)
		}
		return prepareQuotation(env, p)
	}
	k.Final = func(p *record.Pending) string {
		if p.Values.String("status") == Final && slices.ContainsFunc(p.Changed, func(key string) bool { return !k.Field(key).Own }) {
			return "rule.issued"
		}
		return ""
	}
	return k
}

// issued says that a finalised quotation stays as it is.
func issued(v record.Values) error {
	return fault.Conflict("", "rule.issuedStays", fault.Params{"number": v.String("number")})
}

// prepareIssued lets a finalised quotation take nothing but its PDF and the
// user's own fields, which are no part of what was issued.
func prepareIssued(k *record.Kind, p *record.Pending) error {
	for _, key := range p.GivenKeys() {
		if f := k.Field(key); key != "pdf" && !f.Own {
			return issued(p.Old.Values)
		}
	}
	return nil
}

// prepareQuotation fills what a new quotation leaves open and works its figures
// out.
func prepareQuotation(env record.Env, p *record.Pending) error {
	v := p.Values
	for key, value := range map[string]string{"status": Draft, "date": env.Today(), "currency": env.Currency, "prices": Net, "rounding": ByDocument, "language": env.Language} {
		if v.String(key) == "" {
			p.Set(key, value)
		}
	}
	if v.String("validUntil") == "" && p.New() {
		day, err := time.Parse(time.DateOnly, v.String("date"))
		if err != nil {
			return err
		}
		p.Set("validUntil", day.Add(validFor).Format(time.DateOnly))
	}
	if until := v.String("validUntil"); until != "" && until < v.String("date") {
		return fault.Invalid("validUntil", "sales.validBeforeDate", fault.Params{"date": v.String("date"), "until": until})
	}
	p.Set("name", strings.TrimSpace(v.String("number")+" "+v.String("subject")))
	t, err := readTerms(documentOf(v))
	if err != nil {
		return err
	}
	settled, err := t.settle()
	if err != nil {
		return err
	}
	lines := slices.Clone(v.Rows("lines")) // the rows themselves may be those of the stored record
	for i, row := range lines {
		lines[i] = maps.Clone(row)
		delete(lines[i], "amount")
	}
	for _, it := range t.items {
		lines[it.line]["amount"] = it.amount
	}
	if len(lines) > 0 {
		v["lines"] = lines
	}
	maps.Copy(v, settled.totals())
	return nil
}

// totals are the sums that lists of quotations show.
func (s settlement) totals() record.Values {
	return record.Values{
		"subtotal": s.subtotal, "discount": s.discount, "net": s.net, "tax": s.tax, "gross": s.net + s.tax, "payable": s.payable,
	}
}

// documentOf gives the document that a record's values are, for the engine.
func documentOf(v record.Values) Document {
	currency := v.String("currency")
	doc := Document{Currency: currency, Prices: v.String("prices"), Rounding: v.String("rounding"), Lines: []Line{}}
	amount := func(of record.Values, key string) Number {
		if n, ok := of[key].(int64); ok {
			return Number(money.Format(n, currency))
		}
		return ""
	}
	scaled := func(of record.Values, key string, digits int) Number {
		if n, ok := of[key].(int64); ok {
			return Number(money.FormatScaled(n, digits))
		}
		return ""
	}
	price := func(of record.Values) Number {
		if n, ok := of["price"].(int64); ok {
			return Number(money.FormatPrice(n, priceDigits, currency))
		}
		return ""
	}
	off := func(of record.Values) *Discount {
		d := Discount{Percent: scaled(of, "discountPercent", percentDigits), Amount: amount(of, "discountAmount")}
		if d == (Discount{}) {
			return nil
		}
		return &d
	}
	doc.CashRounding, doc.Discount = amount(v, "cashRounding"), off(v)
	for _, row := range v.Rows("prepaid") {
		doc.Prepaid = append(doc.Prepaid, Prepaid{Number: row.String("number"), Amount: amount(row, "amount")})
	}
	for _, row := range v.Rows("lines") {
		l := Line{
			Kind: row.String("kind"), Text: row.String("text"), Quantity: scaled(row, "quantity", quantityDigits), Unit: row.String("unit"),
			Price: price(row), Discount: off(row), Optional: row["optional"] == true,
		}
		t := Tax{Rate: scaled(row, "rate", percentDigits), Category: row.String("category"), Reason: row.String("reason")}
		_ = json.Unmarshal([]byte(row.String("parts")), &t.Parts) // what valuesOf wrote; empty text is no parts
		if t.Rate != "" || t.Category != "" || t.Reason != "" || len(t.Parts) > 0 {
			l.Tax = &t
		}
		doc.Lines = append(doc.Lines, l)
	}
	return doc
}

// QuotationOf gives a stored quotation in the shape in which it is written.
func QuotationOf(r *record.Record) Quotation {
	q := paperOf(r)
	for _, f := range r.Kind.Shown() {
		if _, ok := r.Values[f.Key]; !f.Own || !ok {
			continue
		}
		if q.Own == nil {
			q.Own = map[string]any{}
		}
		var value any
		_ = json.Unmarshal(r.Kind.Encode(f.Key, r.Values), &value) // what Encode wrote
		q.Own[f.Key] = value
	}
	return q
}

// paperOf is QuotationOf as far as it is issued.
func paperOf(r *record.Record) Quotation {
	v := r.Values
	return Quotation{
		Document: documentOf(v), Subject: v.String("subject"), Company: v.ID("company").String(), Person: v.ID("person").String(), Reference: v.String("reference"),
		Date: v.String("date"), ValidUntil: v.String("validUntil"), Language: v.String("language"),
		Texts: Texts{v.String("intro"), v.String("closing"), v.String("terms")},
	}
}

// valuesOf gives a quotation as a draft of its record takes it.
func valuesOf(k *record.Kind, q Quotation) (map[string]any, error) {
	v := map[string]any{
		"subject": q.Subject, "company": q.Company, "person": q.Person, "reference": q.Reference, "date": q.Date, "validUntil": q.ValidUntil, "language": q.Language,
		"currency": q.Currency, "prices": q.Prices, "rounding": q.Rounding, "cashRounding": string(q.CashRounding),
		"intro": q.Texts.Intro, "closing": q.Texts.Closing, "terms": q.Texts.Terms,
	}
	discount := func(into map[string]any, d *Discount) {
		if d == nil {
			d = &Discount{}
		}
		into["discountPercent"], into["discountAmount"] = string(d.Percent), string(d.Amount)
	}
	discount(v, q.Discount)
	prepaid, lines := []any{}, []any{}
	for _, p := range q.Prepaid {
		prepaid = append(prepaid, map[string]any{"number": p.Number, "amount": string(p.Amount)})
	}
	for _, l := range q.Lines {
		kind := l.Kind
		if kind == "" {
			kind = KindItem
		}
		row := map[string]any{"kind": kind, "text": l.Text, "quantity": string(l.Quantity), "unit": l.Unit, "price": string(l.Price), "optional": l.Optional}
		discount(row, l.Discount)
		if t := l.Tax; t != nil {
			row["rate"], row["category"], row["reason"] = string(t.Rate), t.Category, t.Reason
			if len(t.Parts) > 0 {
				parts, err := json.Marshal(t.Parts)
				if err != nil {
					return nil, err
				}
				row["parts"] = string(parts)
			}
		}
		lines = append(lines, row)
	}
	v["prepaid"], v["lines"] = prepaid, lines
	for key, value := range q.Own {
		if f := k.Field(key); f == nil || !f.Own {
			return nil, fault.Invalid("own."+key, "sales.unknownField", fault.Params{"name": key})
		}
		v[key] = value
	}
	return v, nil
}

// subjects: a quotation stands with its company and its person.
func subjects(_ context.Context, _ sqlx.QueryerContext, changes []record.Change) ([][]record.ID, error) {
	all := make([][]record.ID, len(changes))
	for i, c := range changes {
		for _, key := range []string{"company", "person"} {
			if id := c.Record.Values.ID(key); id != 0 {
				all[i] = append(all[i], id)
			}
		}
	}
	return all, nil
}
