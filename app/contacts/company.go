package contacts

import (
	"kontor/app/kit/fault"
	"kontor/app/record"
)

func company() *record.Kind {
	k := &record.Kind{
		Name: "company", Module: "contacts", Table: "contacts_company", TitleKey: "name", Subtitle: "city",
		Columns: []string{"name", "number", "city", "country", "phone", "email", "customerSince", "revenue"}, SortKey: "name",
		Fields: fields([]record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName, Group: "who"},
			{Key: "number", Type: record.Text, Max: 40, Index: record.Indexed, Find: record.InName, Group: "who"},
		}, reach(false, "billing"), []record.Field{
			{Key: "vat", Type: record.Text, Max: 40, Index: record.Indexed, Fold: foldCode, Find: record.InName, Group: "business"},
			{Key: "customerSince", Type: record.Date, Index: record.Indexed, Group: "business"},
			{Key: "revenue", Type: record.Money, Currency: "revenueCurrency", Index: record.Indexed, Group: "business"},
			{Key: "revenueCurrency", Type: record.Currency, Group: "business"},
			{Key: "language", Type: record.Language, Group: "business"},
		}),
	}
	k.Check = record.Unique(k, "number", numberTaken)
	return k
}

func numberTaken(p *record.Pending, by string) error {
	return fault.Conflict("number", "rule.numberTaken", fault.Params{"number": p.Values.String("number"), "name": by})
}
