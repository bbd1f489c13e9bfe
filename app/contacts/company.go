package contacts

import (
	"kontor/app/kit/fault"
	"kontor/app/record"
)

// Household is the form of a company that is a family or people who live
// together. Without a form it is a business.
const Household = "household"

// partyTypes are what somebody is to the firm, several at once.
var partyTypes = []string{"customer", "prospect", "supplier", "partner", "reseller", "competitor", "authority", "association", "press"}

func company() *record.Kind {
	k := &record.Kind{
		Name: "company", Module: "contacts", Table: "contacts_company", Extensible: true, TitleKey: "name", Subtitle: "city",
		Columns: []string{"name", "number", "city", "country", "phone", "email", "customerSince", "revenue"}, SortKey: "name",
		Fields: fields([]record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName, Group: "who"},
			{Key: "number", Type: record.Text, Max: 40, Index: record.Indexed, Find: record.InName, Group: "who"},
			partyKinds(false),
			record.Tags("contacts_tag", "who", false),
			{Key: "form", Type: record.Choice, Options: []string{"business", Household}, Group: "who"},
		}, reach(false, "billing"), []record.Field{
			{Key: "vat", Type: record.Text, Max: 40, Index: record.Indexed, Fold: foldCode, Find: record.InName, Group: "business"},
			{Key: "customerSince", Type: record.Date, Index: record.Indexed, Group: "business"},
			{Key: "revenue", Type: record.Money, Currency: "revenueCurrency", Index: record.Indexed, Group: "business"},
			{Key: "revenueCurrency", Type: record.Currency, Group: "business"},
			{Key: "language", Type: record.Language, Group: "business"},
			assigned,
			{Key: "howMet", Type: record.Text, Max: 300, Group: "business"},
		}),
		Prepare: prepareCompany,
		Looks:   []string{"kinds"},
	}
	k.Check = record.Unique(k, "number", numberTaken)
	return k
}

// assigned is the user who looks after a party.
var assigned = record.Field{Key: "assigned", Type: record.Link, Targets: []string{"user"}, Column: "assigned_id", Index: record.Indexed, Group: "business"}

// partyKinds is a list with one column, since records have no field of several
// choices: a filter finds it by kinds = "customer".
func partyKinds(personal bool) record.Field {
	return record.Field{Key: "kinds", Type: record.List, Table: "contacts_kind", Group: "who", Personal: personal, Max: 20, Fields: []record.Field{
		{Key: "kind", Type: record.Choice, Options: partyTypes, Required: true, Personal: personal, Index: record.Indexed},
	}}
}

func prepareCompany(_ record.Env, p *record.Pending) error {
	if !visible(p.Values.String("name")) {
		p.Set("name", nil)
	}
	oneOfEach(p)
	return nil
}

// oneOfEach leaves every type of party standing once.
func oneOfEach(p *record.Pending) {
	seen := map[string]bool{}
	var kept []record.Values
	for _, row := range p.Values.Rows("kinds") {
		if kind := row.String("kind"); !seen[kind] {
			seen[kind] = true
			kept = append(kept, row)
		}
	}
	if len(kept) < len(p.Values.Rows("kinds")) {
		p.Values["kinds"] = kept
	}
}

func numberTaken(p *record.Pending, by string) error {
	return fault.Conflict("number", "rule.numberTaken", fault.Params{"number": p.Values.String("number"), "name": by})
}
