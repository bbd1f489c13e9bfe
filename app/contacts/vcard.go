package contacts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kontor/app/kit/postal"
	"kontor/app/kit/vcard"
	"kontor/app/record"
	"kontor/storage"
)

// uidPrefix marks cards of our own: an id of ours is unique over all workspaces.
const uidPrefix = "urn:kontor:"

// The types of e-mails, telephones and addresses, ours and those of cards.
var (
	cardTypes = map[string]string{"mobile": "cell", "post": "work"}
	ourTypes  = map[string]string{"cell": "mobile", "mobile": "mobile", "iphone": "mobile", "main": "work", "home": "home", "work": "work", "fax": "fax", "billing": "billing", "delivery": "delivery", "parcel": "delivery"}
)

// Cards makes business cards of companies or people.
func (c *Contacts) Cards(ctx context.Context, q storage.Queryer, records []*record.Record) ([]vcard.Card, error) {
	links, err := c.r.Links(ctx, q, records...)
	if err != nil {
		return nil, err
	}
	language := c.r.Env(ctx).Language
	cards := make([]vcard.Card, len(records))
	for i, rec := range records {
		v := rec.Values
		card := vcard.Card{UID: uidPrefix + rec.ID.String(), Name: FullName(v), Language: v.String("language"), Birthday: v.String("birthday")}
		if rec.Kind == c.Company {
			card.Name, card.Organized, card.Organization = v.String("name"), true, v.String("name")
		} else {
			card.Family, card.Given, card.Prefix, card.Suffix, card.Title = v.String("lastName"), v.String("firstName"), v.String("title"), v.String("suffix"), v.String("role")
			card.Organization = links[v.ID("company")].Title
			card.Sex = map[string]string{postal.Ms: "F", postal.Mr: "M"}[v.String("salutation")]
		}
		card.Emails, card.Phones, card.URLs = entries(v.Rows("emails")), entries(v.Rows("phones")), entries(v.Rows("websites"))
		for _, row := range v.Rows("addresses") {
			a := vcard.Address{Types: typesOf(row), Street: row.String("street"), Extended: row.String("line2"), Postcode: row.String("postcode"), City: row.String("city"), Region: row.String("region")}
			if country := row.String("country"); country != "" {
				a.Country = postal.CountryName(country, language)
			}
			card.Addresses = append(card.Addresses, a)
		}
		cards[i] = card
	}
	return cards, nil
}

func entries(rows []record.Values) []vcard.Entry {
	var all []vcard.Entry
	for _, row := range rows {
		all = append(all, vcard.Entry{Types: typesOf(row), Value: row.String("value")})
	}
	return all
}

func typesOf(row record.Values) []string {
	kind := row.String("type")
	if other := cardTypes[kind]; other != "" {
		kind = other
	}
	if kind == "" || kind == "other" {
		return nil
	}
	return []string{kind}
}

// typeOf is the first of a card's types that a list of ours has.
func typeOf(list *record.Field, types []string) string {
	at := slices.IndexFunc(list.Fields, func(f record.Field) bool { return f.Key == "type" })
	options := list.Fields[at].Options
	if slices.Contains(types, "fax") && slices.Contains(options, "fax") { // a fax at work is a fax
		return "fax"
	}
	for _, kind := range types {
		ours := ourTypes[strings.ToLower(kind)]
		if ours == "work" && list.Key == "addresses" {
			ours = "post"
		}
		if slices.Contains(options, ours) {
			return ours
		}
	}
	return ""
}

// organized reports whether a card is that of a company: it says so, or names
// nobody but an organisation.
func organized(card vcard.Card) bool {
	nobody := card.Family == "" && card.Given == "" && (card.Name == "" || storage.Fold(card.Name) == storage.Fold(card.Organization))
	return card.Organized || card.Organization != "" && nobody
}

// valuesOf are the fields that a card fills, over what is stored: lists grow by
// what they lack, and what the card does not say stays.
func valuesOf(env record.Env, k *record.Kind, card vcard.Card, old record.Values) map[string]any {
	values := map[string]any{}
	say := func(key, text string) {
		if text != "" {
			values[key] = text
		}
	}
	grow := func(key string, fold func(record.Env, string) string, entries []vcard.Entry) {
		list := k.Field(key)
		rows := old.Rows(key)
		var more []any
		for _, e := range entries {
			if !slices.ContainsFunc(rows, func(row record.Values) bool { return fold(env, row.String("value")) == fold(env, e.Value) }) {
				row := record.Values{"type": typeOf(list, e.Types), "value": e.Value}
				rows = append(rows[:len(rows):len(rows)], row)
				more = append(more, map[string]any(row))
			}
		}
		extend(values, key, old, more)
	}
	plain := func(_ record.Env, text string) string { return storage.Fold(text) }
	grow("emails", plain, card.Emails)
	grow("phones", foldPhone, card.Phones)
	grow("websites", func(_ record.Env, text string) string { return siteKey(text) }, card.URLs)
	var more []any
	for _, a := range card.Addresses {
		if !slices.ContainsFunc(old.Rows("addresses"), func(row record.Values) bool {
			return placeKey(row.String("street")+row.String("postcode")+row.String("city")) == placeKey(a.Street+a.Postcode+a.City)
		}) {
			more = append(more, map[string]any{
				"type": typeOf(k.Field("addresses"), a.Types), "street": a.Street, "line2": a.Extended, "postcode": a.Postcode, "city": a.City, "region": a.Region, "country": a.Country,
			})
		}
	}
	extend(values, "addresses", old, more)
	say("language", card.Language)
	if k.Name == "company" {
		name := card.Organization
		if name == "" {
			name = card.Name
		}
		say("name", name)
		return values
	}
	say("birthday", card.Birthday)
	prefix := SplitName(strings.TrimSpace(card.Prefix + " X")) // Frau Dr. is salutation and title
	if card.Family+card.Given != "" {
		values["firstName"], values["lastName"] = card.Given, card.Family
		say("title", prefix.Title)
		say("suffix", card.Suffix)
	} else {
		say("name", card.Name)
	}
	if old.String("salutation") == "" {
		say("salutation", cmp.Or(prefix.Salutation, map[string]string{"F": postal.Ms, "M": postal.Mr}[card.Sex]))
	}
	return values
}

// extend sets a list to what is stored and more.
func extend(values map[string]any, key string, old record.Values, more []any) {
	if len(more) == 0 {
		return
	}
	var rows []any
	for _, row := range old.Rows(key) {
		rows = append(rows, map[string]any(row))
	}
	values[key] = append(rows, more...)
}

func siteKey(text string) string {
	text = strings.TrimPrefix(strings.TrimPrefix(storage.Fold(text), "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(text, "www."), "/")
}

// placeKey compares addresses by their letters and digits.
func placeKey(text string) string { return strings.Join(storage.Terms(text), "") }
