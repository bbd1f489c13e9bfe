package transfer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/app/record"
	"kontor/app/transfer"
	"kontor/storage"
)

// withLink is an office whose companies and people have a link to their like.
func withLink(t testing.TB) *office {
	o := newOffice(t)
	for _, values := range []map[string]any{
		{"kind": "company", "label": "Mother", "type": "link", "target": "company"},
		{"kind": "person", "label": "Mentor", "type": "link", "target": "person"},
	} {
		err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
			_, err := o.app.Fields.Save(o.ctx, tx, record.Draft{Values: values})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// mothers tells who is whose mother, by name.
func (o *office) mothers(kind, field string) string {
	o.t.Helper()
	names := map[record.ID]string{}
	for _, rec := range o.list(kind, "") {
		names[rec.ID] = rec.Title()
	}
	var all []string
	for _, rec := range o.list(kind, field+" is not empty") {
		all = append(all, rec.Title()+">"+names[rec.Values.ID(field)])
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// TestLinksWithinAFile: rows link to rows of the same file, before and behind
// them, in any order; the second time nothing changes.
func TestLinksWithinAFile(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"behind":        {"Ash,Birch|Birch,", "Ash>Birch"},
		"before":        {"Birch,|Ash,Birch", "Ash>Birch"},
		"a chain":       {"Ash,Birch|Birch,Cedar|Cedar,Elm|Elm,", "Ash>Birch Birch>Cedar Cedar>Elm"},
		"a chain back":  {"Elm,|Cedar,Elm|Birch,Cedar|Ash,Birch", "Ash>Birch Birch>Cedar Cedar>Elm"},
		"a pair":        {"Ash,Birch|Birch,Ash", "Ash>Birch Birch>Ash"},
		"a ring of own": {"Ash,Birch|Birch,Cedar|Cedar,Ash|Elm,Ash", "Ash>Birch Birch>Cedar Cedar>Ash Elm>Ash"},
		"itself":        {"Ash,ash", "Ash>Ash"},
		"folded":        {"Ash,LOS & SOHNE|Łoś & Söhne,", "Ash>Łoś & Söhne"},
	} {
		t.Run(name, func(t *testing.T) {
			o := withLink(t)
			data := csv(append([]string{"Name,Mother"}, strings.Split(c.rows, "|")...)...)
			n := strings.Count(c.rows, "|") + 1
			first := o.importAll("tree.csv", data, transfer.Options{Kind: "company"})
			wantCounts(t, first, transfer.Counts{Created: n})
			if got := o.mothers("company", "_mother"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			wantCounts(t, o.importAll("tree.csv", data, transfer.Options{Kind: "company"}), transfer.Counts{Unchanged: n})
			done, err := o.app.History.Undo(o.ctx, first.Batch, false)
			if err != nil || len(done.Conflicts) > 0 || len(o.list("company", "")) > 0 {
				t.Errorf("undone %+v: %v", done, err)
			}
		})
	}
}

// TestLinksWithinAFile_people: names that rules compose are known as well.
func TestLinksWithinAFile_people(t *testing.T) {
	o := withLink(t)
	r := o.importAll("people.csv", csv("First name,Last name,Mentor", "Ada,King,Łucja Stone", "Łucja,Stone,Ada King"), transfer.Options{Kind: "person"})
	wantCounts(t, r, transfer.Counts{Created: 2})
	if got, want := o.mothers("person", "_mentor"), "Ada King>Łucja Stone Łucja Stone>Ada King"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLinksWithinAFile_wrong: what a name cannot mean is said with its cell, and
// the order of the rows makes no difference.
func TestLinksWithinAFile_wrong(t *testing.T) {
	many := "“Birch” is the name of 2 records, of rows %s among them. Give the ID of the one you mean, or make the names differ."
	for name, c := range map[string]struct {
		rows   string
		failed int
		row    int
		text   string
	}{
		"twice behind":   {"1,Ash,Birch,|2,Birch,,|3,Birch,,", 1, 2, fmt.Sprintf(many, "3, 4")},
		"twice before":   {"2,Birch,,|3,Birch,,|1,Ash,Birch,", 1, 4, fmt.Sprintf(many, "2, 3")},
		"twice between":  {"2,Birch,,|1,Ash,Birch,|3,Birch,,", 1, 3, fmt.Sprintf(many, "2, 4")},
		"nobody":         {"1,Ash,Beech,", 1, 2, "There is nothing called “Beech” to link to."},
		"one that fails": {"1,Ash,Birch,|2,Birch,,no address", 2, 2, "There is nothing called “Birch” to link to."},
	} {
		t.Run(name, func(t *testing.T) {
			o := withLink(t)
			data := csv(append([]string{"Number,Name,Mother,Email"}, strings.Split(c.rows, "|")...)...)
			r := o.importAll("tree.csv", data, transfer.Options{Kind: "company"})
			if r.Failed != c.failed || len(r.Errors) != c.failed {
				t.Fatalf("failed %d: %+v", r.Failed, r.Errors)
			}
			if p := r.Errors[0]; p.Row != c.row || p.Column != "Mother" || p.Problem != c.text || p.Sheet == "" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// TestLinksWithinAFile_stored: a row that meets a stored record is the one that
// its name means, and a stored namesake makes a name doubtful.
func TestLinksWithinAFile_stored(t *testing.T) {
	o := withLink(t)
	o.save(o.app.Contacts.Company, map[string]any{"number": "2", "name": "Birch"})
	rows := func(birch string) []byte { return csv("Number,Name,Mother", "1,Ash,Birch", birch+",Birch,") }
	if r := o.importAll("tree.csv", rows("3"), transfer.Options{Kind: "company"}); r.Failed != 1 || r.Created != 1 {
		t.Errorf("a namesake: %+v", r.Counts)
	}
	o = withLink(t)
	o.save(o.app.Contacts.Company, map[string]any{"number": "2", "name": "Birch"})
	wantCounts(t, o.importAll("tree.csv", rows("2"), transfer.Options{Kind: "company"}), transfer.Counts{Created: 1, Unchanged: 1})
	wantCounts(t, o.importAll("tree.csv", csv("Number,Name,Mother", "1,Ash,Cedar", "4,Cedar,Ash"), transfer.Options{Kind: "company"}), transfer.Counts{Updated: 1, Created: 1})
	if got, want := o.mothers("company", "_mother"), "Ash>Cedar Cedar>Ash"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Filling leaves what is there.
	wantCounts(t, o.importAll("tree.csv", csv("Number,Name,Mother", "1,Ash,Elm", "5,Elm,Ash"), transfer.Options{Kind: "company", OnMatch: transfer.OnMatchFill}), transfer.Counts{Unchanged: 1, Created: 1})
	if got, want := o.mothers("company", "_mother"), "Ash>Cedar Cedar>Ash Elm>Ash"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLinksWithinAFile_many: long chains and many pairs end, and plan and import
// agree.
func TestLinksWithinAFile_many(t *testing.T) {
	o := withLink(t)
	lines := []string{"Name,Mother"}
	const n = 100 // longer than the rounds that a chain may take
	for i := range n {
		lines = append(lines, fmt.Sprintf("Chain %d,Chain %d", i, i+1), fmt.Sprintf("Left %d,Right %d", i, i), fmt.Sprintf("Right %d,Left %d", i, i))
	}
	lines = append(lines, fmt.Sprintf("Chain %d,", n))
	wantCounts(t, o.importAll("many.csv", csv(lines...), transfer.Options{Kind: "company"}), transfer.Counts{Created: 3*n + 1})
	if got := len(o.list("company", "_mother is not empty")); got != 3*n {
		t.Errorf("%d links, want %d", got, 3*n)
	}
}
