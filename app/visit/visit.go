// Package visit makes the sheet that somebody takes along to a customer: who is
// there, what is open, what was said last and what things cost last time, on one
// printed page with lines to write on.
package visit

import (
	"context"
	"strings"
	"time"

	"kontor/app/contacts"
	"kontor/app/kit/lang"
	"kontor/app/kit/money"
	"kontor/app/kit/paper"
	"kontor/app/record"
	"kontor/storage"
)

// Visit reads what a sheet shows. It knows kinds of other modules by name only:
// what is not there is left out.
type Visit struct {
	Records  *record.Registry
	Contacts *contacts.Contacts
	// Last gives the newest records of some kinds on somebody's timeline.
	Last func(ctx context.Context, q storage.Queryer, subject record.ID, kinds []string, limit int) ([]*record.Record, error)
	// Look gives the country and the colour of our papers.
	Look func() (country, accent string)
}

// How much of each section is read; the page shows what fits.
const (
	maxPeople     = 6
	maxOpen       = 10
	maxSaid       = 4
	maxQuotations = 20 // in which prices are looked for
	maxPrices     = 12
)

// Sheet draws the page of a company or person in a language.
func (v Visit) Sheet(ctx context.Context, q storage.Queryer, party *record.Record, language string) ([]byte, error) {
	s := &sheet{Visit: v, ctx: ctx, q: q, party: party, language: language}
	country, accent := v.Look()
	o := paper.Overview{
		Language: language, Country: country, Accent: accent, Title: party.Title(), Notes: s.word("notes"),
		Date: paper.Day(language, v.Records.Env(ctx).Today()), Subtitle: s.word("title"),
	}
	for _, section := range []struct {
		key  string
		rows func() ([]paper.Row, error)
	}{{"reach", s.reach}, {"people", s.people}, {"open", s.open}, {"prices", s.prices}, {"said", s.said}} {
		rows, err := section.rows()
		if err != nil {
			return nil, err
		}
		o.Sections = append(o.Sections, paper.Section{Title: s.word(section.key), Rows: rows})
	}
	return paper.RenderOverview(o)
}

// sheet is one on its way.
type sheet struct {
	Visit
	ctx      context.Context
	q        storage.Queryer
	party    *record.Record
	language string
}

func (s *sheet) word(key string) string { return lang.Text(s.language, "visit."+key, nil) }

// list reads records of a kind, none where the program has no such kind.
func (s *sheet) list(kind, where, sort string, limit int) ([]*record.Record, error) {
	k, err := s.Records.Kind(kind)
	if err != nil {
		return nil, nil // its module is not there
	}
	filter, err := record.ParseFilter(where)
	if err != nil {
		return nil, err
	}
	page, err := s.Records.List(s.ctx, s.q, k, record.Query{Where: filter, Sort: []string{sort}, Limit: limit})
	return page.Records, err
}

func (s *sheet) amount(amount, currency string) string {
	return paper.Amount(s.language, currency, amount) + " " + currency
}

func (s *sheet) id() string { return `"` + s.party.ID.String() + `"` }

func (s *sheet) reach() ([]paper.Row, error) {
	letter, err := s.Contacts.Letter(s.ctx, s.q, s.party, "post", s.language)
	if err != nil {
		return nil, err
	}
	call, err := s.Contacts.Call(s.ctx, s.q, s.party)
	if err != nil {
		return nil, err
	}
	rows := []paper.Row{
		{Label: s.word("address"), Text: strings.Join(letter.Address, ", ")},
		{Label: s.word("call"), Text: call.Line},
		{Label: s.word("phones"), Text: values(s.party, "phones")},
		{Label: s.word("emails"), Text: values(s.party, "emails")},
	}
	return filled(rows), nil
}

func values(r *record.Record, list string) string {
	var all []string
	for _, row := range r.Values.Rows(list) {
		all = append(all, row.String("value"))
	}
	return strings.Join(all, ", ")
}

func filled(rows []paper.Row) []paper.Row {
	var kept []paper.Row
	for _, row := range rows {
		if row.Text != "" {
			kept = append(kept, row)
		}
	}
	return kept
}

func (s *sheet) people() ([]paper.Row, error) {
	if s.party.Kind != s.Contacts.Company {
		return nil, nil
	}
	people, err := s.list("person", "roles.company = "+s.id(), "lastName", maxPeople)
	var rows []paper.Row
	for _, p := range people {
		parts := []string{p.Title()}
		for _, key := range []string{"phone", "email"} {
			if text := p.Values.String(key); text != "" {
				parts = append(parts, text)
			}
		}
		role := ""
		for _, r := range p.Values.Rows("roles") {
			if r.ID("company") == s.party.ID {
				role = r.String("role")
			}
		}
		rows = append(rows, paper.Row{Label: role, Text: strings.Join(parts, " · ")})
	}
	return rows, err
}

func (s *sheet) open() ([]paper.Row, error) {
	tasks, err := s.list("task", "done is empty and about = "+s.id(), "due", maxOpen)
	if err != nil {
		return nil, err
	}
	var rows []paper.Row
	for _, t := range tasks {
		label := s.word("task")
		if due := t.Values.String("due"); due != "" {
			label = paper.Day(s.language, due)
		}
		rows = append(rows, paper.Row{Label: label, Text: t.Title()})
	}
	quotations, err := s.list("quotation", s.party.Kind.Name+" = "+s.id()+` and (status = "draft" or validUntil >= today)`, "-date", maxOpen)
	for _, o := range quotations {
		currency := o.Values.String("currency")
		label := o.Values.String("number")
		if label == "" {
			label = s.word("draft")
		}
		rows = append(rows, paper.Row{Label: label, Text: o.Values.String("subject"), Figure: s.amount(money.Format(o.Values.Int("gross"), currency), currency)})
	}
	return rows, err
}

// prices are those of the newest issued quotation in which each thing stands.
func (s *sheet) prices() ([]paper.Row, error) {
	quotations, err := s.list("quotation", s.party.Kind.Name+" = "+s.id()+` and status = "final"`, "-date", maxQuotations)
	var rows []paper.Row
	seen := map[string]bool{}
	for _, o := range quotations {
		currency := o.Values.String("currency")
		digits := 0
		for _, part := range o.Kind.Field("lines").Fields {
			if part.Key == "price" {
				digits = part.Digits
			}
		}
		for _, line := range o.Values.Rows("lines") {
			text, _, _ := strings.Cut(line.String("text"), "\n")
			if line["price"] == nil || text == "" || seen[storage.Fold(text)] || len(rows) == maxPrices {
				continue
			}
			seen[storage.Fold(text)] = true
			price := s.amount(money.FormatPrice(line.Int("price"), digits, currency), currency)
			if unit := line.String("unit"); unit != "" {
				price += " / " + unit
			}
			rows = append(rows, paper.Row{Label: paper.Day(s.language, o.Values.String("date")), Text: text, Figure: price})
		}
	}
	return rows, err
}

func (s *sheet) said() ([]paper.Row, error) {
	zone := s.Records.Env(s.ctx).Now.Location()
	last, err := s.Last(s.ctx, s.q, s.party.ID, []string{"mail", "call", "meeting", "note"}, maxSaid)
	var rows []paper.Row
	for _, r := range last {
		text := r.Values.String("text")
		if text == "" {
			text = r.Title()
		}
		at := r.Created
		if r.Kind.When != nil {
			at = r.Kind.When(r)
		}
		rows = append(rows, paper.Row{Label: paper.Day(s.language, time.UnixMilli(at).In(zone).Format(time.DateOnly)), Text: record.Shorten(strings.Join(strings.Fields(text), " "), 240)})
	}
	return rows, err
}
