// Package products keeps what the firm sells: goods and services with unit,
// price, cost and tax.
//
// A price is that of one unit and may have up to six digits behind the point. A
// product number belongs to one product. What is no longer sold is set inactive
// and stays in the documents that name it.
//
// Tables: products_product, products_tag.
package products

import (
	"kontor/app/kit/fault"
	"kontor/app/record"
)

// Digits behind the point of prices and of rates in percent.
const (
	priceDigits = 6
	rateDigits  = 4
)

// Products holds the kind.
type Products struct{ Product *record.Kind }

// New registers products.
func New(r *record.Registry) *Products {
	p := &Products{Product: &record.Kind{
		Name: "product", Module: "products", Table: "products_product", Extensible: true, TitleKey: "name", Subtitle: "number",
		Columns: []string{"number", "name", "category", "unit", "price", "taxRate", "active"}, SortKey: "name",
		Fields: []record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName, Group: "what"},
			{Key: "number", Type: record.Text, Max: 60, Index: record.Indexed, Find: record.InName, Group: "what"},
			{Key: "category", Type: record.Text, Max: 120, Index: record.Indexed, Find: record.InName, Group: "what"},
			{Key: "description", Type: record.LongText, Find: record.InText, Group: "what"},
			record.Tags("products_tag", "what", false),
			{Key: "unit", Type: record.Text, Max: 20, Group: "price"},
			{Key: "currency", Type: record.Currency, Group: "price"},
			{Key: "price", Type: record.Number, Digits: priceDigits, Currency: "currency", Index: record.Indexed, Group: "price"},
			{Key: "cost", Type: record.Number, Digits: priceDigits, Currency: "currency", Group: "price"},
			{Key: "taxRate", Type: record.Number, Digits: rateDigits, Group: "price"},
			{Key: "active", Type: record.YesNo, Group: "price"},
		},
		Prepare: prepare,
		Looks:   []string{},
	}}
	p.Product.Check = record.Unique(p.Product, "number", numberTaken)
	r.Register(p.Product)
	return p
}

func prepare(env record.Env, p *record.Pending) error {
	if p.Values.String("currency") == "" {
		p.Set("currency", env.Currency)
	}
	if p.New() && !p.Given("active") {
		p.Set("active", true)
	}
	for _, key := range []string{"price", "cost"} {
		if p.Values.Int(key) < 0 {
			return fault.Invalid(key, "rule.negative", fault.Params{"field": key})
		}
	}
	if rate := p.Values.Int("taxRate"); rate < 0 || rate > 100_0000 {
		return fault.Invalid("taxRate", "sales.percentRange", nil)
	}
	return nil
}

func numberTaken(p *record.Pending, by string) error {
	return fault.Conflict("number", "rule.productNumberTaken", fault.Params{"number": p.Values.String("number"), "name": by})
}
