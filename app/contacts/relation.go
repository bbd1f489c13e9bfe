package contacts

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// tie is a type of relation: what it leads from and to, and whether it is the
// same in both directions or one of a hierarchy.
type tie struct {
	from, to  string // kinds; empty for either
	mutual    bool
	hierarchy bool
}

// tieTypes in the order in which people choose; ties says what each is. The
// words of both directions stand in the catalogues under option and inverse.
var (
	tieTypes = []string{
		"parentOf", "owns", "supplies", "partner", "competitor", "referred", "advises",
		"leads", "assists", "colleague", "married", "hasChild", "relative", "friend",
	}
	ties = map[string]tie{
		"parentOf":   {from: "company", to: "company", hierarchy: true},
		"owns":       {to: "company"},
		"supplies":   {from: "company", to: "company"},
		"partner":    {mutual: true},
		"competitor": {from: "company", to: "company", mutual: true},
		"referred":   {},
		"advises":    {},
		"leads":      {from: "person", to: "person", hierarchy: true},
		"assists":    {from: "person", to: "person"},
		"colleague":  {from: "person", to: "person", mutual: true},
		"married":    {from: "person", to: "person", mutual: true},
		"hasChild":   {from: "person", to: "person", hierarchy: true},
		"relative":   {from: "person", to: "person", mutual: true},
		"friend":     {from: "person", to: "person", mutual: true},
	}
)

// tieName is a type as it reads from its first end, or from its second one.
func tieName(language, kind string, inverse bool) string {
	if inverse && !ties[kind].mutual {
		return lang.Text(language, "contacts.inverse.relation.type."+kind, nil)
	}
	return lang.Text(language, "contacts.option.relation.type."+kind, nil)
}

func (c *Contacts) relation() *record.Kind {
	return &record.Kind{
		Name: "relation", Module: "contacts", Table: "contacts_relation", TitleKey: "title", Subtitle: "type",
		Columns: []string{"from", "type", "to", "since", "until"}, SortKey: "title",
		Fields: []record.Field{
			{Key: "title", Type: record.Text, ReadOnly: true, Index: record.Indexed, Personal: true},
			{Key: "from", Type: record.Link, Targets: []string{"company", "person"}, Column: "from_id", Required: true, Index: record.Indexed, Personal: true},
			{Key: "type", Type: record.Choice, Options: tieTypes, Required: true, Personal: true},
			{Key: "to", Type: record.Link, Targets: []string{"company", "person"}, Column: "to_id", Required: true, Index: record.Indexed, Personal: true},
			{Key: "since", Type: record.Date, Personal: true},
			{Key: "until", Type: record.Date, Personal: true},
			{Key: "note", Type: record.LongText, Max: 2000, Personal: true},
		},
		Prepare: prepareRelation,
		Check:   c.checkRelations,
	}
}

func prepareRelation(_ record.Env, p *record.Pending) error {
	v := p.Values
	if from, to := v.ID("from"), v.ID("to"); from == to && from != 0 {
		return fault.Invalid("to", "rule.relationToItself", nil)
	}
	if since, until := v.String("since"), v.String("until"); since != "" && until != "" && until < since {
		return fault.Invalid("until", "rule.relationEndsBeforeStart", fault.Params{"since": since, "until": until})
	}
	return nil
}

// edge is a relation as the rules look at it.
type edge struct {
	ID    record.ID `db:"id"`
	From  record.ID `db:"from_id"`
	To    record.ID `db:"to_id"`
	Type  string    `db:"type"`
	Since string    `db:"since"`
	Until string    `db:"until"`
}

const edgeColumns = "id, from_id, to_id, type, coalesce(since, '') AS since, coalesce(until, '') AS until"

func edgeOf(p *record.Pending) edge {
	v := p.Values
	return edge{p.ID, v.ID("from"), v.ID("to"), v.String("type"), v.String("since"), v.String("until")}
}

// meets reports whether two relations held on a common day.
func (e edge) meets(other edge) bool {
	return (e.Until == "" || other.Since == "" || other.Since <= e.Until) && (other.Until == "" || e.Since == "" || e.Since <= other.Until)
}

// checkRelations names the relations and holds the rules that need the others:
// the type fits both ends, nothing stands twice, and no hierarchy is a circle.
func (c *Contacts) checkRelations(ctx context.Context, q storage.Queryer, pending []*record.Pending) error {
	names := map[record.ID]record.LinkTitle{}
	var ends []record.ID
	for _, p := range pending {
		if p.Err == nil {
			ends = append(ends, p.Values.ID("from"), p.Values.ID("to"))
		}
	}
	for _, k := range []*record.Kind{c.Company, c.Person} {
		if err := k.Titles(ctx, q, ends, names); err != nil {
			return err
		}
	}
	var before []edge // of the same plan
	for _, p := range pending {
		if p.Err != nil {
			continue
		}
		e := edgeOf(p)
		setTitle(p, names[e.From].Title+" – "+names[e.To].Title)
		if err := c.checkRelation(ctx, q, e, names, before, pending); err != nil {
			p.Refuse(err)
			continue
		}
		before = append(before, e)
	}
	return nil
}

// setTitle fills the title after the changes were found: it needs the names of
// both ends, which only the database knows. It stays as it was at that time.
func setTitle(p *record.Pending, title string) {
	const key = "title"
	if !p.New() && !slices.Contains(p.Changed, "from") && !slices.Contains(p.Changed, "to") || p.Values.String(key) == title {
		return
	}
	p.Set(key, title)
	if !slices.Contains(p.Changed, key) {
		p.Changed = append(p.Changed, key)
	}
}

func (c *Contacts) checkRelation(ctx context.Context, q storage.Queryer, e edge, names map[record.ID]record.LinkTitle, before []edge, pending []*record.Pending) error {
	t := ties[e.Type]
	from, to := names[e.From], names[e.To]
	if t.from != "" && t.from != from.Kind || t.to != "" && t.to != to.Kind {
		return fault.Invalid("type", "rule.relationEnds", fault.Params{
			"type": lang.Name{Key: "contacts.option.relation.type." + e.Type, Otherwise: e.Type}, "from": from.Title, "to": to.Title,
		})
	}
	var stored []edge
	err := sqlx.SelectContext(ctx, q, &stored, "SELECT "+edgeColumns+" FROM contacts_relation WHERE deleted_at IS NULL AND type = $1 AND (from_id = $2 AND to_id = $3 OR from_id = $3 AND to_id = $2)",
		e.Type, int64(e.From), int64(e.To))
	if err != nil {
		return fmt.Errorf("read relations: %w", err)
	}
	for _, other := range slices.Concat(alone(stored, pending), before) {
		same := other.From == e.From && other.To == e.To || t.mutual && other.From == e.To && other.To == e.From
		if same && other.Type == e.Type && (other.ID != e.ID || e.ID == 0) && other.meets(e) {
			return fault.Conflict("to", "rule.relationTwice", fault.Params{"from": from.Title, "to": to.Title})
		}
	}
	if !t.hierarchy {
		return nil
	}
	circle, err := leadsBack(ctx, q, e, before, pending)
	if err == nil && circle {
		err = fault.Conflict("to", "rule.relationCircle", fault.Params{"from": from.Title, "to": to.Title})
	}
	return err
}

// alone leaves out the stored relations that the plan changes itself.
func alone(stored []edge, pending []*record.Pending) []edge {
	return slices.DeleteFunc(stored, func(e edge) bool {
		return slices.ContainsFunc(pending, func(p *record.Pending) bool { return p.ID == e.ID && p.Err == nil })
	})
}

// leadsBack goes down a hierarchy from the second end of a relation and reports
// whether it comes to the first one. Only what held in the same time counts: a
// firm that once was a subsidiary may own its parent today.
func leadsBack(ctx context.Context, q storage.Queryer, e edge, before []edge, pending []*record.Pending) (bool, error) {
	met := map[record.ID]bool{e.To: true}
	for level := []record.ID{e.To}; len(level) > 0; {
		var next []record.ID
		for ids := range slices.Chunk(level, listed) {
			below, err := edgesAt(ctx, q, "from_id", ids, e.Type, -1)
			if err != nil {
				return false, err
			}
			for _, other := range slices.Concat(alone(below, pending), before) {
				if other.Type != e.Type || !slices.Contains(ids, other.From) || met[other.To] || !other.meets(e) {
					continue
				}
				if other.To == e.From {
					return true, nil
				}
				met[other.To] = true
				next = append(next, other.To)
			}
		}
		level = next
	}
	return false, nil
}

// edgesAt reads the relations at some records, at most most of them, those that
// go on first; column says at which end, and an empty kind takes all types.
func edgesAt(ctx context.Context, q storage.Queryer, column string, ids []record.ID, kind string, most int) ([]edge, error) {
	args := []any{kind, int64(most)}
	for _, id := range ids {
		args = append(args, int64(id))
	}
	var edges []edge
	err := sqlx.SelectContext(ctx, q, &edges, "SELECT "+edgeColumns+" FROM contacts_relation WHERE deleted_at IS NULL AND ($1 = '' OR type = $1) AND "+
		column+" IN ("+storage.Marks(3, len(ids))+") ORDER BY until IS NOT NULL, id LIMIT $2", args...)
	if err != nil {
		return nil, fmt.Errorf("read relations: %w", err)
	}
	return edges, nil
}
