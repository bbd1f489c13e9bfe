package contacts

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/postal"
	"kontor/app/record"
	"kontor/storage"
)

// Letter is what a letter to a company or person begins with.
type Letter struct {
	Language string   `json:"language" doc:"of the greeting"`
	Greeting string   `json:"greeting"`
	Own      bool     `json:"own,omitempty" doc:"the greeting was written by hand"`
	Name     []string `json:"name" doc:"lines above the address"`
	Address  []string `json:"address" doc:"lines as the post of the country wants them; none where no address is known"`
	Envelope []string `json:"envelope" doc:"name and address"`
}

// Letter makes greeting and envelope of a company or person. Purpose is the type
// of address: post, billing or delivery; language and the rest come from what is
// known, in the end from the workspace.
func (c *Contacts) Letter(ctx context.Context, q storage.Queryer, party *record.Record, purpose, language string) (Letter, error) {
	env := c.r.Env(ctx)
	l := Letter{Language: cmp.Or(language, party.Values.String("language"))}
	var address record.Values
	var err error
	if party.Kind == c.Person {
		address, err = c.toPerson(ctx, q, party, purpose, &l)
	} else {
		address = addressFor(party.Values, purpose)
		l.Name = []string{party.Title()}
		l.Language = cmp.Or(l.Language, env.Language)
		l.Greeting = postal.Greeting(postal.Person{}, l.Language)
		if party.Values.String("form") == Household {
			err = c.toHousehold(ctx, q, party, env.Today(), &l)
		}
	}
	if err != nil {
		return l, err
	}
	// The post at home reads the name of a far country in its own language.
	l.Address = Address(address, env.Country, env.Language)
	if l.Address == nil {
		l.Address = []string{}
	}
	l.Envelope = append(append([]string{}, l.Name...), l.Address...)
	return l, nil
}

// toPerson greets a person. Who has a company is written to there, unless another
// address of their own than the private one is known.
func (c *Contacts) toPerson(ctx context.Context, q storage.Queryer, person *record.Record, purpose string, l *Letter) (record.Values, error) {
	v := person.Values
	address := addressFor(v, purpose)
	if id := v.ID("company"); id != 0 && purpose != "home" {
		at, err := c.Company.One(ctx, q, id)
		if err != nil {
			return nil, err
		}
		l.Language = cmp.Or(l.Language, at.Values.String("language"))
		there := addressFor(at.Values, purpose)
		private := len(Address(address, "", "")) == 0 || address.String("type") == "home"
		if !private || len(Address(there, "", "")) > 0 {
			l.Name = append(l.Name, at.Title())
			if private {
				address = there
			}
		}
	}
	l.Language = cmp.Or(l.Language, c.r.Env(ctx).Language)
	l.Name = append(l.Name, onEnvelope(v, l.Language))
	l.Greeting = postal.Greeting(greeted(v), l.Language)
	if own := v.String("greeting"); own != "" {
		l.Greeting, l.Own = own, true
	}
	return address, nil
}

func greeted(v record.Values) postal.Person {
	familiar, _ := v["familiar"].(bool)
	return postal.Person{Salutation: v.String("salutation"), Title: v.String("title"), First: v.String("firstName"), Last: v.String("lastName"), Familiar: familiar}
}

// onEnvelope is the name with title, in German with the salutation before it.
func onEnvelope(v record.Values, language string) string {
	name := FullName(v)
	if name == "" {
		return v.String("email")
	}
	if base, _, _ := strings.Cut(language, "-"); base != "de" || v.String("lastName") == "" {
		return name
	}
	switch v.String("salutation") {
	case postal.Ms:
		return "Frau " + name
	case postal.Mr:
		return "Herrn " + name
	}
	return name
}

// maxGreeted is how many members of a household a greeting names.
const maxGreeted = 2

// toHousehold greets the members of a household, if they are few.
func (c *Contacts) toHousehold(ctx context.Context, q storage.Queryer, home *record.Record, today string, l *Letter) error {
	var ids []record.ID
	err := sqlx.SelectContext(ctx, q, &ids, `SELECT owner_id FROM contacts_role JOIN contacts_person ON id = owner_id
		WHERE contacts_role.company_id = $1 AND deleted_at IS NULL AND (since IS NULL OR since <= $2) AND (until IS NULL OR until >= $2)
		GROUP BY owner_id ORDER BY min(contact != 'main'), owner_id LIMIT $3`, int64(home.ID), today, maxGreeted+1)
	if err != nil {
		return fmt.Errorf("read roles: %w", err)
	}
	if len(ids) == 0 || len(ids) > maxGreeted {
		return nil
	}
	people, err := c.Person.Load(ctx, q, ids...)
	if err != nil {
		return err
	}
	var all []string
	for i, p := range people {
		text := cmp.Or(p.Values.String("greeting"), postal.Greeting(greeted(p.Values), l.Language))
		if i > 0 { // Sehr geehrte Frau Müller, sehr geehrter Herr Müller,
			r, size := utf8.DecodeRuneInString(text)
			text = string(unicode.ToLower(r)) + text[size:]
		}
		if i < len(people)-1 {
			text = strings.TrimRight(text, ",:") + ","
		}
		all = append(all, text)
	}
	l.Greeting = strings.Join(all, " ")
	return nil
}
