package contacts_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// relate makes a relation, or says why not.
func relate(h *apptest.House, from, to record.Change, kind string, more v) (record.Change, error) {
	values := v{"from": from.Record.ID, "to": to.Record.ID, "type": kind}
	for key, value := range more {
		values[key] = value
	}
	changes, err := h.Try(h.Records.Save, h.Contacts.Relation, record.Draft{Values: values})
	if err != nil {
		return record.Change{}, err
	}
	return changes[0], nil
}

func wantFault(t *testing.T, err error, key, field string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key || f.Field != field {
		t.Errorf("%v, want %s at %s", err, key, field)
	}
}

func TestRelations(t *testing.T) {
	h := apptest.Open(t)
	firm := func(name string) record.Change { return h.Make(h.Contacts.Company, v{"name": name}) }
	a, b, c := firm("Alpha"), firm("Beta"), firm("Gamma")
	ada, max := h.Make(h.Contacts.Person, v{"name": "Ada King"}), h.Make(h.Contacts.Person, v{"name": "Max Groß"})
	do := func(from, to record.Change, kind string, more v) record.Change {
		t.Helper()
		change, err := relate(h, from, to, kind, more)
		if err != nil {
			t.Fatal(err)
		}
		return change
	}
	refuse := func(key, field string, from, to record.Change, kind string, more v) {
		t.Helper()
		_, err := relate(h, from, to, kind, more)
		wantFault(t, err, key, field)
	}

	first := do(a, b, "parentOf", nil)
	if first.Record.Title() != "Alpha – Beta" {
		t.Errorf("called %s", first.Record.Title())
	}
	refuse("rule.relationToItself", "to", a, a, "partner", nil)
	refuse("rule.relationTwice", "to", a, b, "parentOf", v{"since": "2020-01-01"})
	refuse("rule.relationCircle", "to", b, a, "parentOf", nil)
	do(b, c, "parentOf", nil)
	refuse("rule.relationCircle", "to", c, a, "parentOf", nil)
	refuse("rule.relationEnds", "type", a, ada, "parentOf", nil)
	refuse("rule.relationEnds", "type", a, b, "married", nil)
	refuse("rule.relationEnds", "type", ada, b, "supplies", nil)
	refuse("rule.relationEndsBeforeStart", "until", a, c, "partner", v{"since": "2026-01-02", "until": "2026-01-01"})
	refuse("record.date", "since", a, c, "partner", v{"since": "2026-02-30"})
	refuse("record.choice", "type", a, c, "loves", nil)
	refuse("record.tooLong", "note", a, c, "partner", v{"note": strings.Repeat("x", 2001)})
	if _, err := relate(h, a, record.Change{Record: &record.Record{ID: 99}}, "partner", nil); fault.Of(err).Key != "record.noLink" {
		t.Errorf("to nobody: %v", err)
	}

	// What is the same in both directions stands once, at one time.
	do(ada, max, "married", v{"since": "2001-05-05", "until": "2010-01-01"})
	refuse("rule.relationTwice", "to", max, ada, "married", v{"since": "2009-12-31"})
	do(max, ada, "married", v{"since": "2012-01-01"})
	do(ada, max, "referred", nil)
	do(max, ada, "referred", nil)

	// A hierarchy may turn round in time.
	do(ada, max, "leads", v{"until": "2020-12-31"})
	do(max, ada, "leads", v{"since": "2021-01-01"})

	// Changing one into a circle is refused, within one batch too; what lies in
	// the bin does not count until it comes out.
	third := do(a, c, "supplies", nil)
	_, err := h.Try(h.Records.Save, h.Contacts.Relation, record.Draft{ID: third.Record.ID, Values: v{"from": c.Record.ID, "to": a.Record.ID, "type": "parentOf"}})
	wantFault(t, err, "rule.relationCircle", "to")
	d, e := firm("Delta"), firm("Epsilon")
	_, err = h.Try(h.Records.Save, h.Contacts.Relation,
		record.Draft{Values: v{"from": d.Record.ID, "to": e.Record.ID, "type": "parentOf"}},
		record.Draft{Values: v{"from": e.Record.ID, "to": d.Record.ID, "type": "parentOf"}})
	wantFault(t, err, "rule.relationCircle", "to")
	_, err = h.Try(h.Records.Save, h.Contacts.Relation,
		record.Draft{Values: v{"from": d.Record.ID, "to": e.Record.ID, "type": "partner"}},
		record.Draft{Values: v{"from": e.Record.ID, "to": d.Record.ID, "type": "partner"}})
	wantFault(t, err, "rule.relationTwice", "to")
	h.Do(h.Records.Delete, h.Contacts.Relation, record.Draft{ID: first.Record.ID})
	do(b, a, "parentOf", nil)
	_, err = h.Try(h.Records.Restore, h.Contacts.Relation, record.Draft{ID: first.Record.ID})
	wantFault(t, err, "rule.relationCircle", "to")

	// The title follows the ends.
	moved := h.Set(third, v{"to": d.Record.ID})
	if moved.Record.Title() != "Alpha – Delta" {
		t.Errorf("moved, it is called %s", moved.Record.Title())
	}
	if _, err := h.History.Undo(h.Ctx, moved.Act.Batch, false); err != nil {
		t.Fatal(err)
	}
	back, err := h.Contacts.Relation.One(h.Ctx, h.DB.Reader(), third.Record.ID)
	if err != nil || back.Title() != "Alpha – Gamma" || back.Values.ID("to") != c.Record.ID {
		t.Errorf("after the undo %v, %v", back, err)
	}
}

// Every type has its words in both directions and both languages.
func TestRelationWords(t *testing.T) {
	h := apptest.Open(t)
	for _, language := range lang.Languages() {
		for _, kind := range h.Contacts.Relation.Field("type").Options {
			there, back := contacts.TieName(language, kind, false), contacts.TieName(language, kind, true)
			if strings.Contains(there+back, "contacts.") {
				t.Errorf("%s %s is %q and %q", language, kind, there, back)
			}
		}
	}
}

func TestAround(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon", "city": "Hamburg"})
	lumen := h.Make(h.Contacts.Company, v{"name": "Lumen"})
	gone := h.Make(h.Contacts.Company, v{"name": "Gone"})
	ada := h.Make(h.Contacts.Person, v{"name": "Ada King", "roles": []any{v{"company": falcon.Record.ID, "role": "CEO"}, v{"company": lumen.Record.ID, "until": "2020-01-01"}}})
	max := h.Make(h.Contacts.Person, v{"name": "Max Groß"})
	far := h.Make(h.Contacts.Person, v{"name": "Far Away"})
	for _, r := range []struct {
		from, to record.Change
		kind     string
	}{{falcon, gone, "parentOf"}, {ada, max, "leads"}, {max, far, "friend"}, {max, falcon, "advises"}, {lumen, falcon, "supplies"}} {
		if _, err := relate(h, r.from, r.to, r.kind, nil); err != nil {
			t.Fatal(err)
		}
	}
	h.Do(h.Records.Delete, h.Contacts.Company, record.Draft{ID: gone.Record.ID})

	around, err := h.Contacts.Around(h.Ctx, h.DB.Reader(), falcon.Record.ID, "de")
	if err != nil {
		t.Fatal(err)
	}
	var nodes, edges []string
	for _, n := range around.Nodes {
		nodes = append(nodes, fmt.Sprintf("%d %s %s", n.Step, n.Kind, n.Label))
	}
	name := map[record.ID]string{}
	for _, n := range around.Nodes {
		name[n.ID] = n.Label
	}
	for _, e := range around.Edges {
		edges = append(edges, fmt.Sprintf("%s %s %s/%s %v", name[e.From], e.Label, name[e.To], e.Inverse, e.Past))
	}
	if got := strings.Join(nodes, ", "); got != "0 company Falcon, 1 person Max Groß, 1 company Lumen, 1 person Ada King, 2 person Far Away" {
		t.Errorf("nodes %s", got)
	}
	for _, want := range []string{"Max Groß berät Falcon/wird beraten von false", "Ada King CEO Falcon/CEO false", "Ada King gehört zu Lumen/gehört zu true", "Ada King leitet Max Groß/berichtet an false", "Max Groß befreundet mit Far Away/befreundet mit false"} {
		if !strings.Contains(strings.Join(edges, "\n"), want) {
			t.Errorf("no edge %q in\n%s", want, strings.Join(edges, "\n"))
		}
	}
	if len(edges) != 6 || around.More {
		t.Errorf("%d edges, more %v", len(edges), around.More)
	}
	if _, err := h.Contacts.Around(h.Ctx, h.DB.Reader(), 99, "en"); !fault.Is(err, fault.CodeNotFound) {
		t.Errorf("around nobody: %v", err)
	}
}

// A company with more people than fit shows 200 nodes and says that there are
// more.
func TestAroundIsBounded(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	err := record.InChunks(h.Ctx, h.DB, 300, func(tx *storage.Tx, from, to int) error {
		var drafts []record.Draft
		for i := from; i < to; i++ {
			drafts = append(drafts, record.Draft{Values: v{"name": fmt.Sprintf("Ada King%d", i), "company": falcon.Record.ID}})
		}
		_, err := h.Records.Save(h.Ctx, tx, h.Contacts.Person, drafts...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	around, err := h.Contacts.Around(h.Ctx, h.DB.Reader(), falcon.Record.ID, "en")
	if err != nil || len(around.Nodes) != 200 || len(around.Edges) != 199 || !around.More {
		t.Errorf("%d nodes, %d edges, more %v, %v", len(around.Nodes), len(around.Edges), around.More, err)
	}
}
