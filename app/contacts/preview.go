package contacts

import (
	"cmp"
	"context"
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/kit/vcard"
	"kontor/app/record"
	"kontor/storage"
)

// What becomes of a card.
const (
	CardNew    = "new"
	CardGrows  = "grows"  // a record that is there gets what it lacks
	CardKnown  = "known"  // a record has all of it
	CardAgain  = "again"  // an earlier card of the file says the same
	CardFailed = "failed" // a rule refuses it
)

// CardFound is one card of a file before it is taken in.
type CardFound struct {
	Line    int       `json:"line" doc:"of the file on which the card begins"`
	Kind    string    `json:"kind" enum:"company,person"`
	Name    string    `json:"name"`
	Detail  string    `json:"detail" doc:"e-mail address or telephone"`
	Company string    `json:"company,omitempty" doc:"where a person works"`
	Becomes string    `json:"becomes" enum:"new,grows,known,again,failed"`
	Record  record.ID `json:"record,omitempty" doc:"which it is met with"`
	Title   string    `json:"title,omitempty" doc:"of that record"`
	Changes []string  `json:"changes,omitempty" doc:"fields that it would get"`

	Fault *fault.Error `json:"-"`
}

// MaxPreview is how many cards of a file are looked at before it is taken in.
const MaxPreview = 1_000

// PreviewCards says what TakeCards would do with each card of a file, the first
// MaxPreview, and how many there are. Nothing is written.
func (c *Contacts) PreviewCards(ctx context.Context, q storage.Queryer, file string, data []byte) (found []CardFound, cards int, err error) {
	all := vcard.Read(data)
	if len(all) == 0 {
		return nil, 0, fault.Invalid("file", "rule.noCards", fault.Params{"name": record.Shorten(file, 80)})
	}
	seen := map[string]bool{}
	for _, card := range all[:min(len(all), MaxPreview)] {
		row, err := c.previewCard(ctx, q, card)
		if err != nil {
			return nil, 0, err
		}
		if row.Becomes == CardNew && before(seen, row.Kind, card) {
			row.Becomes = CardAgain
		}
		found = append(found, row)
	}
	return found, len(all), nil
}

func (c *Contacts) previewCard(ctx context.Context, q storage.Queryer, card vcard.Card) (CardFound, error) {
	k := c.Person
	if organized(card) {
		k = c.Company
	}
	row := CardFound{Line: card.Line, Kind: k.Name, Name: calledBy(card), Becomes: CardNew}
	if k == c.Person {
		row.Company = record.Shorten(card.Organization, 80)
	}
	for _, list := range [][]vcard.Entry{card.Emails, card.Phones} {
		if len(list) > 0 {
			row.Detail = cmp.Or(row.Detail, record.Shorten(list[0].Value, 80))
		}
	}
	env := c.r.Env(ctx)
	d := record.Draft{}
	var stored record.Values
	old, err := c.meet(ctx, q, k, env, card)
	if err == nil && old != nil {
		d.ID, stored = old.ID, old.Values
		row.Record, row.Title, row.Becomes = old.ID, old.Title(), CardKnown
	}
	var plan []*record.Pending
	works := false
	if err == nil {
		d.Values = valuesOf(env, k, card, stored)
		if old == nil {
			plan, err = c.rehearse(ctx, q, k, d, card)
		} else if plan, err = c.planned(ctx, q, k, d); err == nil && k == c.Person {
			works, err = c.worksElse(ctx, q, card, stored.Rows("roles"))
		}
	}
	if err != nil {
		f := fault.Of(err)
		if f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
			return row, err
		}
		row.Becomes, row.Fault = CardFailed, f
		return row, nil
	}
	if old == nil {
		return row, nil
	}
	for _, key := range plan[0].Changed {
		if k.Field(key).Mirror == "" { // the list that it is the first of is named
			row.Changes = append(row.Changes, key)
		}
	}
	if works {
		row.Changes = append(row.Changes, "roles")
	}
	if len(row.Changes) > 0 {
		row.Becomes = CardGrows
	}
	return row, nil
}

// worksElse reports whether a card names a role or company that a person does not
// have yet.
func (c *Contacts) worksElse(ctx context.Context, q storage.Queryer, card vcard.Card, roles []record.Values) (bool, error) {
	title, name := record.Clean(card.Title, false), record.Clean(card.Organization, false)
	if !visible(name) {
		return title != "" && !slices.ContainsFunc(roles, func(row record.Values) bool { return row.ID("company") == 0 && row.String("role") == title }), nil
	}
	companies, err := c.titled(ctx, q, c.Company, name)
	if err != nil {
		return false, err
	}
	has := slices.ContainsFunc(roles, func(row record.Values) bool {
		return (title == "" || row.String("role") == title) && slices.ContainsFunc(companies, func(rec *record.Record) bool { return rec.ID == row.ID("company") })
	})
	return !has, nil
}

// before reports whether an earlier card of the file is met by this one, and
// remembers it.
func before(seen map[string]bool, kind string, card vcard.Card) bool {
	keys := []string{}
	for _, e := range card.Emails {
		keys = append(keys, kind+" "+storage.Fold(e.Value))
	}
	if kind == "company" || len(keys) == 0 {
		keys = append(keys, kind+"/"+storage.Fold(calledBy(card)))
	}
	again := false
	for _, key := range keys {
		again = again || seen[key]
		seen[key] = true
	}
	return again
}
