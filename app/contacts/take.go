package contacts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/vcard"
	"kontor/app/record"
	"kontor/storage"
)

// Taken is the outcome of taking cards in. Created, updated, unchanged and
// failed add up to the cards.
type Taken struct {
	Batch     record.ID     `json:"batch,omitempty" doc:"undo it to take all back"`
	Cards     int           `json:"cards"`
	Created   int           `json:"created"`
	Updated   int           `json:"updated"`
	Unchanged int           `json:"unchanged"`
	Failed    int           `json:"failed"`
	Companies int           `json:"companies" doc:"made for people who work there; not among the cards"`
	Notes     int           `json:"notes" doc:"kept as notes about their record"`
	Pictures  int           `json:"pictures" doc:"pictures, sounds and keys, which were left out"`
	Problems  []CardProblem `json:"-"`
}

// CardProblem says why a card failed.
type CardProblem struct {
	Line  int // of the file on which the card begins
	Name  string
	Fault *fault.Error
}

// TakeCards writes the cards of a file as one batch, in short transactions, but
// for those that begin on lines that are left out. A record is met by our own id, by e-mail as imports do, or, if it has all that
// the card says, by name; a company also by its name alone. A card that a rule
// refuses fails, and the others go on.
func (c *Contacts) TakeCards(ctx context.Context, db *storage.DB, file string, data []byte, leave ...int) (Taken, error) {
	cards := vcard.Read(data)
	if len(cards) == 0 {
		return Taken{}, fault.Invalid("file", "rule.noCards", fault.Params{"name": record.Shorten(file, 80)})
	}
	cards = slices.DeleteFunc(cards, func(card vcard.Card) bool { return slices.Contains(leave, card.Line) })
	act := record.ActOf(ctx)
	act.Batch, act.Label = record.NewID(db.Now()), record.Shorten(file, 120)
	ctx = record.WithAct(ctx, act)
	t := Taken{Cards: len(cards)}
	err := record.InChunks(ctx, db, len(cards), func(tx *storage.Tx, from, to int) error {
		for _, card := range cards[from:to] {
			t.Pictures += card.Skipped
			if err := c.takeCard(ctx, tx, card, &t); err != nil {
				return err
			}
		}
		return nil
	})
	if t.Created+t.Updated+t.Companies+t.Notes > 0 {
		t.Batch = act.Batch
	}
	return t, err
}

// takeCard writes one card, and counts what became of it.
func (c *Contacts) takeCard(ctx context.Context, tx *storage.Tx, card vcard.Card, t *Taken) error {
	changed, made, err := c.writeCard(ctx, tx, card, t)
	if err != nil {
		f := fault.Of(err)
		if f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
			return err
		}
		t.Failed++
		t.Problems = append(t.Problems, CardProblem{card.Line, calledBy(card), f})
		return nil
	}
	switch {
	case made:
		t.Created++
	case changed:
		t.Updated++
	default:
		t.Unchanged++
	}
	return nil
}

// calledBy is what people call a card.
func calledBy(card vcard.Card) string {
	return record.Shorten(cmp.Or(card.Name, strings.TrimSpace(card.Given+" "+card.Family), card.Organization), 80)
}

func (c *Contacts) writeCard(ctx context.Context, tx *storage.Tx, card vcard.Card, t *Taken) (changed, made bool, err error) {
	k := c.Person
	if organized(card) {
		k = c.Company
	}
	env := c.r.Env(ctx)
	old, err := c.meet(ctx, tx, k, env, card)
	if err != nil {
		return false, false, err
	}
	d := record.Draft{}
	var stored record.Values
	if old != nil {
		d.ID, stored = old.ID, old.Values
	}
	d.Values = valuesOf(env, k, card, stored)
	plan, err := c.rehearse(ctx, tx, k, d, card)
	if err == nil && k == c.Person {
		if err = c.atCompany(ctx, tx, card, d.Values, stored.Rows("roles"), t); err == nil {
			plan, err = c.planned(ctx, tx, k, d)
		}
	}
	if err != nil {
		return false, false, err
	}
	changes, err := c.r.Apply(ctx, tx, k, plan)
	if err != nil {
		return false, false, err
	}
	noted, err := c.keepNote(ctx, tx, plan[0].ID, card.Note)
	if err == nil && noted {
		t.Notes++
	}
	return len(changes) > 0 || noted, old == nil, err
}

// planned plans one draft; what a rule refuses is an error.
func (c *Contacts) planned(ctx context.Context, q storage.Queryer, k *record.Kind, d record.Draft) ([]*record.Pending, error) {
	plan, err := c.r.Plan(ctx, q, k, d)
	if err == nil {
		err = plan[0].Err
	}
	return plan, err
}

// rehearse plans a draft with the role that the card names, but in no company:
// none is to be made for somebody whom a rule refuses.
func (c *Contacts) rehearse(ctx context.Context, q storage.Queryer, k *record.Kind, d record.Draft, card vcard.Card) ([]*record.Pending, error) {
	if k == c.Company {
		return c.planned(ctx, q, k, d)
	}
	d.Values = maps.Clone(d.Values)
	d.Values["roles"] = []any{map[string]any{"role": card.Title}}
	return c.planned(ctx, q, k, d)
}

// atCompany adds the role that a card names, in a company that is made if there
// is none of the name.
func (c *Contacts) atCompany(ctx context.Context, tx *storage.Tx, card vcard.Card, values map[string]any, roles []record.Values, t *Taken) error {
	title := record.Clean(card.Title, false)
	company, err := c.employer(ctx, tx, record.Clean(card.Organization, false), roles, t)
	if err != nil || company == 0 && title == "" {
		return err
	}
	var rows []any
	known := false
	for _, row := range roles {
		next := maps.Clone(row)
		if row.ID("company") == company && !known {
			known = true
			next["role"] = cmp.Or(title, row.String("role"))
		}
		rows = append(rows, map[string]any(next))
	}
	if !known {
		row := map[string]any{"role": title}
		if company != 0 {
			row["company"] = company
		}
		rows = append(rows, row)
	}
	values["roles"] = rows
	return nil
}

// employer finds the company of a name, of several the one where the person is
// already, or makes it.
func (c *Contacts) employer(ctx context.Context, tx *storage.Tx, name string, roles []record.Values, t *Taken) (record.ID, error) {
	if !visible(name) {
		return 0, nil
	}
	found, err := c.titled(ctx, tx, c.Company, name)
	switch {
	case err != nil:
		return 0, err
	case len(found) == 1:
		return found[0].ID, nil
	case len(found) == 0:
		changes, err := c.r.Save(ctx, tx, c.Company, record.Draft{Values: map[string]any{"name": name}})
		if err != nil {
			return 0, err
		}
		t.Companies++
		return changes[0].Record.ID, nil
	}
	for _, row := range roles {
		if slices.ContainsFunc(found, func(rec *record.Record) bool { return rec.ID == row.ID("company") }) {
			return row.ID("company"), nil
		}
	}
	return 0, fault.Conflict("company", "record.manyLinks", fault.Params{"text": record.Shorten(name, 60)})
}

// meet finds the record that a card means; nil is a new one.
func (c *Contacts) meet(ctx context.Context, q storage.Queryer, k *record.Kind, env record.Env, card vcard.Card) (*record.Record, error) {
	if text, ours := strings.CutPrefix(card.UID, uidPrefix); ours {
		if id, err := record.ParseID(text); err == nil {
			records, err := k.Load(ctx, q, id)
			if err != nil {
				return nil, err
			}
			if len(records) == 1 && records[0].Deleted == 0 {
				return records[0], nil
			}
		}
	}
	name := cmp.Or(card.Name, strings.TrimSpace(card.Given+" "+card.Family))
	if k == c.Company {
		name = cmp.Or(card.Organization, card.Name)
	}
	met, err := c.byEmail(ctx, q, k, card)
	if err != nil {
		return nil, err
	}
	if k == c.Person {
		met = slices.DeleteFunc(met, func(rec *record.Record) bool { return strangers(name, rec.Title()) })
	}
	if len(met) > 1 {
		same := slices.DeleteFunc(slices.Clone(met), func(rec *record.Record) bool { return storage.Fold(rec.Title()) != storage.Fold(name) })
		if len(same) != 1 {
			return nil, fault.Conflict("email", "rule.manyContacts", fault.Params{"email": card.Emails[0].Value, "number": len(met)})
		}
		met = same
	}
	if len(met) == 1 {
		return met[0], nil
	}
	return c.twin(ctx, q, k, env, card, name)
}

// byEmail finds the records that have one of a card's addresses.
func (c *Contacts) byEmail(ctx context.Context, q storage.Queryer, k *record.Kind, card vcard.Card) ([]*record.Record, error) {
	where := record.Condition{Path: []string{"emails", "value"}, Op: "in"}
	for _, e := range card.Emails[:min(len(card.Emails), maxAsked)] {
		where.Values = append(where.Values, record.Literal{Form: "text", Text: e.Value})
	}
	if len(where.Values) == 0 {
		return nil, nil
	}
	return c.found(ctx, q, k, where)
}

// titled finds the records of a name.
func (c *Contacts) titled(ctx context.Context, q storage.Queryer, k *record.Kind, name string) ([]*record.Record, error) {
	if !visible(name) {
		return nil, nil
	}
	return c.found(ctx, q, k, record.Condition{Path: []string{k.TitleKey}, Op: "=", Values: []record.Literal{{Form: "text", Text: name}}})
}

// maxMet is how many records of one address or name are looked at, maxAsked how
// many addresses of one card.
const (
	maxMet   = 20
	maxAsked = 100
)

func (c *Contacts) found(ctx context.Context, q storage.Queryer, k *record.Kind, where record.Filter) ([]*record.Record, error) {
	ids, err := c.r.EachID(ctx, q, k, record.Query{Where: where}, maxMet)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	slices.Sort(ids)
	return k.Load(ctx, q, ids...)
}

// twin finds by name: a company if there is one of the name, a person if the card
// says nothing new of them.
func (c *Contacts) twin(ctx context.Context, q storage.Queryer, k *record.Kind, env record.Env, card vcard.Card, name string) (*record.Record, error) {
	if k == c.Person { // as it is stored, without titles
		made, err := c.r.Plan(ctx, q, k, record.Draft{Values: valuesOf(env, k, card, nil)})
		if err != nil {
			return nil, err
		}
		name = made[0].Values.String("name")
	}
	all, err := c.titled(ctx, q, k, name)
	if err != nil || k == c.Company && len(all) != 1 {
		return nil, err
	}
	for _, rec := range all {
		if k == c.Company {
			return rec, nil
		}
		plan, err := c.r.Plan(ctx, q, k, record.Draft{ID: rec.ID, Values: valuesOf(env, k, card, rec.Values)})
		if err != nil {
			return nil, err
		}
		if plan[0].Err == nil && len(plan[0].Changed) == 0 {
			return rec, nil
		}
	}
	return nil, nil
}

// strangers reports whether two people's names have no word in common: they
// share an address without being one person.
func strangers(a, b string) bool {
	wa, wb := storage.Terms(a), storage.Terms(b)
	if len(wa) == 0 || len(wb) == 0 || strings.Contains(a+b, "@") {
		return false
	}
	return !slices.ContainsFunc(wa, func(word string) bool { return slices.Contains(wb, word) })
}

// keepNote keeps what a card says in words as a note, unless there is the same
// already. A program without notes leaves it out.
func (c *Contacts) keepNote(ctx context.Context, tx *storage.Tx, about record.ID, text string) (bool, error) {
	notes, err := c.r.Kind("note")
	const maxNote = 100_000 // characters, which a note can hold
	if runes := []rune(text); len(runes) > maxNote {
		text = string(runes[:maxNote])
	}
	if text = record.Clean(text, true); err != nil || text == "" {
		return false, nil
	}
	ids, err := c.r.EachID(ctx, tx, notes, record.Query{Where: record.Condition{Path: []string{"about"}, Op: "=", Values: []record.Literal{{Form: "text", Text: about.String()}}}}, maxMet*maxMet)
	if err != nil {
		return false, err
	}
	stored, err := notes.Load(ctx, tx, ids...)
	if err != nil || slices.ContainsFunc(stored, func(rec *record.Record) bool { return rec.Values.String("text") == text }) {
		return false, err
	}
	if _, err := c.r.Save(ctx, tx, notes, record.Draft{Values: map[string]any{"text": text, "about": about}}); err != nil {
		return false, fmt.Errorf("keep note: %w", err)
	}
	return true, nil
}
