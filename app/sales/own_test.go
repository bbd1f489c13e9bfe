package sales_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/sales"
	"kontor/storage"
)

// field adds a field of the user's own to quotations.
func (o *office) field(values map[string]any) string {
	o.t.Helper()
	values["kind"] = "quotation"
	var key string
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		c, err := o.app.Fields.Save(o.ctx, tx, record.Draft{Values: values})
		if err == nil {
			key = c.Record.Values.String("key")
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return key
}

// set changes fields of a stored quotation as lists and its page do.
func (o *office) set(rec *record.Record, values map[string]any) (record.Change, error) {
	var change record.Change
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		changes, err := o.app.Records.Save(o.ctx, tx, rec.Kind, record.Draft{ID: rec.ID, Values: values})
		if len(changes) > 0 {
			change = changes[0]
		}
		return err
	})
	return change, err
}

const withOwn = `{"currency":"EUR","subject":"Bar","lines":[{"kind":"item","text":"Stool","quantity":"1","price":"89.90","tax":{"rate":"19"}}],"own":%s}`

func TestOwnFields(t *testing.T) {
	o := open(t)
	project := o.field(map[string]any{"label": "Project", "type": "text"})
	chance := o.field(map[string]any{"label": "Chance", "type": "number"})
	budget := o.field(map[string]any{"label": "Budget", "type": "money"})
	wood := o.field(map[string]any{"label": "Wood", "type": "choices", "options": []any{"Oak", "Ash"}})
	rec := o.draft(fmt.Sprintf(withOwn, `{"_project":"Harbour hall","_chance":"40","_budget":"1500","_wood":["Oak"]}`))

	want := map[string]string{project: `"Harbour hall"`, chance: `"40"`, budget: `"1500.00"`, wood: `[{"value":"Oak"}]`}
	for key, json := range want {
		if got := string(rec.Kind.Encode(key, rec.Values)); got != json {
			t.Errorf("%s is %s, want %s", key, got, json)
		}
	}
	// The document says them again, and leaves those it does not name as they are.
	again, err := json.Marshal(sales.QuotationOf(rec))
	if err != nil {
		t.Fatal(err)
	}
	same, err := o.save(rec.ID, string(again))
	if err != nil || same.Version != rec.Version {
		t.Errorf("saved as it was: version %d, want %d (%v)", same.Version, rec.Version, err)
	}
	if rec, err = o.save(rec.ID, fmt.Sprintf(withOwn, `{"_chance":null}`)); err != nil {
		t.Fatal(err)
	}
	if rec.Values[chance] != nil || rec.Values[project] != "Harbour hall" {
		t.Errorf("chance %v, project %v", rec.Values[chance], rec.Values[project])
	}
	if _, err := o.save(rec.ID, fmt.Sprintf(withOwn, `{"subject":"not own"}`)); !fault.Is(err, fault.CodeInvalid) || fault.Of(err).Field != "own.subject" {
		t.Errorf("a field that is not own: %v", err)
	}
	if _, err := o.save(rec.ID, fmt.Sprintf(withOwn, `{"_chance":"often"}`)); fault.Of(err).Field != chance {
		t.Errorf("a wrong number: %v", err)
	}
	for where, n := range map[string]int{`_project ~ "harbour"`: 1, `_wood = "Oak"`: 1, `_budget > 2000`: 0} {
		filter, err := record.ParseFilter(where)
		if err != nil {
			t.Fatal(err)
		}
		page, err := o.app.Records.List(o.ctx, o.app.DB.Reader(), rec.Kind, record.Query{Where: filter, Limit: 10})
		if err != nil || len(page.Records) != n {
			t.Errorf("%s: %d quotations, want %d (%v)", where, len(page.Records), n, err)
		}
	}
}

// An own field is a note of the house: it changes after issuing, is undone, and
// leaves paper and snapshot alone.
func TestOwnFields_issued(t *testing.T) {
	o := open(t)
	project := o.field(map[string]any{"label": "Project", "type": "text"})
	rec, err := o.app.Sales.Issue(o.ctx, o.draft(fmt.Sprintf(withOwn, `{"_project":"Before"}`)).ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	paper, err := o.app.Sales.PDF(o.ctx, rec)
	if err != nil {
		t.Fatal(err)
	}
	snapshot := rec.Values.String("snapshot")
	blob, err := o.app.DB.Blob(o.ctx, o.app.DB.Reader(), snapshot)
	if err != nil {
		t.Fatal(err)
	}
	defer blob.Close()
	kept, err := io.ReadAll(blob)
	if err != nil || strings.Contains(string(kept), "Before") {
		t.Errorf("the snapshot holds an own field (%v)", err)
	}

	change, err := o.set(rec, map[string]any{project: "After"})
	if err != nil || change.Final {
		t.Fatalf("final %v: %v", change.Final, err)
	}
	if change.Before[project] != "Before" || change.After[project] != "After" {
		t.Errorf("changed %v to %v", change.Before, change.After)
	}
	for _, values := range []map[string]any{{"subject": "Other"}, {project: "Third", "subject": "Other"}} {
		if _, err := o.set(rec, values); !fault.Is(err, fault.CodeConflict) {
			t.Errorf("%v was taken: %v", values, err)
		}
	}
	if _, err := o.save(rec.ID, fmt.Sprintf(withOwn, `{"_project":"Third"}`)); !fault.Is(err, fault.CodeConflict) {
		t.Errorf("the whole document was taken: %v", err)
	}
	done, err := o.app.History.Undo(o.ctx, change.ID, false)
	if err != nil || done.Undone != 1 {
		t.Errorf("undone %d, conflicts %v (%v)", done.Undone, done.Conflicts, err)
	}
	now, err := rec.Kind.One(o.ctx, o.app.DB.Reader(), rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	after, err := o.app.Sales.PDF(o.ctx, now)
	if err != nil || string(after) != string(paper) || now.Values.String("snapshot") != snapshot || now.Values[project] != "Before" {
		t.Errorf("paper alike %v, snapshot alike %v, project %v (%v)", string(after) == string(paper), now.Values.String("snapshot") == snapshot, now.Values[project], err)
	}
}

func TestOwnFields_required(t *testing.T) {
	o := open(t)
	before := o.draft(fmt.Sprintf(withOwn, `{}`))
	o.field(map[string]any{"label": "Cost centre", "type": "text", "required": true})
	document := fmt.Sprintf(withOwn, `{}`)
	if _, err := o.save(0, document); fault.Of(err).Field != "_cost_centre" {
		t.Errorf("a new quotation without: %v", err)
	}
	q, err := sales.DecodeQuotation(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.app.Sales.Preview(o.ctx, q); err != nil {
		t.Errorf("its paper: %v", err)
	}
	if _, err := o.app.Sales.Issue(o.ctx, before.ID, 0); err != nil {
		t.Errorf("one from before the field: %v", err)
	}
}
