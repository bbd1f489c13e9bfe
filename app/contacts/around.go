package contacts

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// Node is a company or person around a record.
type Node struct {
	ID       record.ID `json:"id"`
	Kind     string    `json:"kind" doc:"company or person"`
	Label    string    `json:"label"`
	Subtitle string    `json:"subtitle,omitempty" doc:"role or city"`
	Step     int       `json:"step" doc:"0 is the record itself"`
}

// Edge joins two nodes: a relation, or the role of a person in a company.
type Edge struct {
	From     record.ID `json:"from"`
	To       record.ID `json:"to"`
	Type     string    `json:"type" doc:"of the relation, or role"`
	Label    string    `json:"label" doc:"as it reads from from to to, such as parent of"`
	Inverse  string    `json:"inverse" doc:"as it reads from to to from, such as subsidiary of"`
	Relation record.ID `json:"relation,omitempty" doc:"the record of the relation; absent for a role"`
	Role     string    `json:"role,omitempty"`
	Since    string    `json:"since,omitempty"`
	Until    string    `json:"until,omitempty"`
	Past     bool      `json:"past,omitempty" doc:"it has ended"`
}

// Around is what stands within two steps of a record.
type Around struct {
	Nodes []Node `json:"nodes" doc:"the record first, then by step"`
	Edges []Edge `json:"edges" doc:"between the nodes"`
	More  bool   `json:"more" doc:"there are more than these"`
}

// Bounds of what is shown around a record.
const (
	maxNodes = 200
	maxSteps = 2
	maxEdges = 1000 // read at one step, for each way of being joined
)

// Around finds what stands within two steps of a company or person: relations
// and roles, what goes on before what has ended.
func (c *Contacts) Around(ctx context.Context, q storage.Queryer, id record.ID, language string) (Around, error) {
	w := &web{c: c, today: c.r.Env(ctx).Today(), language: language, steps: map[record.ID]int{id: 0}, known: map[string]bool{}}
	if err := w.name(ctx, q, []record.ID{id}, 0); err != nil {
		return Around{}, err
	}
	if len(w.nodes) == 0 {
		return Around{}, fault.NotFound("rule.noParty", fault.Params{"id": id.String()})
	}
	for level, step := []record.ID{id}, 1; step <= maxSteps+1 && len(level) > 0; step++ {
		next, err := w.step(ctx, q, level, step)
		if err != nil {
			return Around{}, err
		}
		level = next
	}
	// The outermost nodes were asked too, for what joins them with each other.
	edges := []Edge{}
	for _, e := range w.edges {
		if w.shown(e.From) && w.shown(e.To) {
			edges = append(edges, e)
		}
	}
	return Around{w.nodes, edges, w.more}, nil
}

// web grows around a record.
type web struct {
	c        *Contacts
	today    string
	language string
	nodes    []Node
	steps    map[record.ID]int // of every record met; -1 lies in the bin or is one too many
	edges    []Edge
	known    map[string]bool // edges
	more     bool
}

func (w *web) shown(id record.ID) bool {
	step, met := w.steps[id]
	return met && step >= 0
}

// step reads the edges at the records of one level and gives the next one.
func (w *web) step(ctx context.Context, q storage.Queryer, level []record.ID, step int) ([]record.ID, error) {
	from, more := len(w.edges), w.more
	for ids := range slices.Chunk(level, listed) {
		if err := w.relations(ctx, q, ids); err != nil {
			return nil, err
		}
		if err := w.roles(ctx, q, ids); err != nil {
			return nil, err
		}
	}
	if step > maxSteps { // what lies beyond is not asked for
		w.more = more
		return nil, nil
	}
	fresh := w.edges[from:]
	slices.SortStableFunc(fresh, func(a, b Edge) int { return cmp.Compare(past(a), past(b)) })
	var next []record.ID
	for _, e := range fresh {
		for _, id := range []record.ID{e.From, e.To} {
			if _, met := w.steps[id]; !met {
				w.steps[id] = step
				next = append(next, id)
			}
		}
	}
	if err := w.name(ctx, q, next, step); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(next, func(id record.ID) bool { return !w.shown(id) }), nil
}

func past(e Edge) int {
	if e.Past {
		return 1
	}
	return 0
}

func (w *web) relations(ctx context.Context, q storage.Queryer, ids []record.ID) error {
	for _, column := range []string{"from_id", "to_id"} {
		edges, err := edgesAt(ctx, q, column, ids, "", maxEdges)
		if err != nil {
			return err
		}
		w.more = w.more || len(edges) == maxEdges
		for _, e := range edges {
			w.add(e.ID.String(), Edge{
				From: e.From, To: e.To, Type: e.Type, Label: tieName(w.language, e.Type, false), Inverse: tieName(w.language, e.Type, true),
				Relation: e.ID, Since: e.Since, Until: e.Until, Past: e.Until != "" && e.Until < w.today,
			})
		}
	}
	return nil
}

func (w *web) roles(ctx context.Context, q storage.Queryer, ids []record.ID) error {
	args := []any{int64(maxEdges)}
	for _, id := range ids {
		args = append(args, int64(id))
	}
	for _, column := range []string{"owner_id", "company_id"} {
		var rows []struct {
			role
			Pos  int    `db:"pos"`
			Name string `db:"role"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, `SELECT owner_id, company_id, pos, role, coalesce(since, '') AS since, coalesce(until, '') AS until
			FROM contacts_role WHERE company_id IS NOT NULL AND `+column+" IN ("+storage.Marks(2, len(ids))+") ORDER BY until IS NOT NULL, pos, owner_id LIMIT $1", args...)
		if err != nil {
			return fmt.Errorf("read roles: %w", err)
		}
		w.more = w.more || len(rows) == maxEdges
		for _, r := range rows {
			label := r.Name
			if label == "" {
				label = lang.Text(w.language, "contacts.tie.member", nil)
			}
			w.add(fmt.Sprint(r.Person, r.Pos), Edge{
				From: r.Person, To: r.Company, Type: "role", Label: label, Inverse: label, Role: r.Name, Since: r.Since, Until: r.Until, Past: r.Until != "" && r.Until < w.today,
			})
		}
	}
	return nil
}

func (w *web) add(key string, e Edge) {
	if !w.known[key] {
		w.known[key] = true
		w.edges = append(w.edges, e)
	}
}

// name makes nodes of the records that are not in the bin, as long as there is
// room.
func (w *web) name(ctx context.Context, q storage.Queryer, ids []record.ID, step int) error {
	found := map[record.ID]*record.Record{}
	for _, k := range []*record.Kind{w.c.Company, w.c.Person} {
		records, err := k.Load(ctx, q, ids...)
		if err != nil {
			return err
		}
		for _, rec := range records {
			if rec.Deleted == 0 || step == 0 {
				found[rec.ID] = rec
			}
		}
	}
	for _, id := range ids {
		rec := found[id]
		if rec == nil {
			w.steps[id] = -1
			continue
		}
		if len(w.nodes) == maxNodes {
			w.steps[id], w.more = -1, true
			continue
		}
		w.nodes = append(w.nodes, Node{id, rec.Kind.Name, rec.Title(), record.Shorten(rec.Values.String(rec.Kind.Subtitle), 80), step})
	}
	return nil
}
