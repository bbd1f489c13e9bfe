package sales_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"kontor/app"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/sales"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// office is a workspace in which somebody acts.
type office struct {
	t   *testing.T
	app *app.App
	ctx context.Context
}

func open(t *testing.T) *office {
	t.Helper()
	a, err := app.Create(t.Context(), t.TempDir(), storage.Options{Version: "test", Now: storagetest.Clock()},
		app.Start{Company: "Northwind Interiors", Owner: "Ines", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, _, err := a.AsOwner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &office{t, a, ctx}
}

// save stores a quotation written as JSON.
func (o *office) save(id record.ID, document string) (*record.Record, error) {
	o.t.Helper()
	q, err := sales.DecodeQuotation(strings.NewReader(document))
	if err != nil {
		return nil, err
	}
	var rec *record.Record
	err = o.app.DB.Write(o.ctx, func(tx *storage.Tx) (err error) {
		rec, _, err = o.app.Sales.Save(o.ctx, tx, id, 0, q)
		return err
	})
	return rec, err
}

func (o *office) draft(document string) *record.Record {
	o.t.Helper()
	rec, err := o.save(0, document)
	if err != nil {
		o.t.Fatal(err)
	}
	return rec
}

func (o *office) company(values map[string]any) record.ID {
	o.t.Helper()
	var id record.ID
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		changes, err := o.app.Records.Save(o.ctx, tx, o.app.Contacts.Company, record.Draft{Values: values})
		if err == nil {
			id = changes[0].Record.ID
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

const desks = `{"subject":"Studio fit-out","lines":[{"text":"Desk","quantity":"12","unit":"pcs","price":"649.00","discount":{"percent":"10"},"tax":"20"}]}`

func TestQuotation_figuresAreStored(t *testing.T) {
	o := open(t)
	rec := o.draft(desks)
	v := rec.Values
	if v.Int("net") != 700920 || v.Int("tax") != 140184 || v.Int("gross") != 841104 || v.Rows("lines")[0].Int("amount") != 700920 {
		t.Errorf("stored %v", v)
	}
	if v.String("status") != sales.Draft || v.String("number") != "" || v.String("date") != "2026-03-04" || v.String("validUntil") != "2026-04-03" || v.String("currency") != "EUR" {
		t.Errorf("a new quotation is %v", v)
	}
	f, err := o.app.Sales.Figures(o.ctx, rec)
	if err != nil || f.Gross != "8411.04" {
		t.Errorf("figures %v, %v", f.Gross, err)
	}
}

// TestQuotation_roundTrip: what is written comes back as it was written.
func TestQuotation_roundTrip(t *testing.T) {
	o := open(t)
	document := `{"currency":"EUR","prices":"gross","rounding":"line","cashRounding":"0.05","discount":{"amount":"10.00"},"subject":"S","reference":"PO 17","date":"2026-02-01","validUntil":"2026-03-01",
		"texts":{"intro":"Hello\nthere","closing":"Bye","terms":"30 days"},"prepaid":[{"number":"I-1","amount":"5.00"}],
		"lines":[{"kind":"title","text":"Section"},{"kind":"item","text":"Thing\nwith two lines","quantity":"1.5","unit":"m²","price":"0.0125","tax":"19"},
		{"kind":"item","text":"Service","quantity":"1000","price":"1.00","discount":{"amount":"5.00"},"optional":true,"tax":{"rate":"0","category":"E","reason":"Exempt"}},
		{"kind":"item","text":"Parts","quantity":"10","price":"20.00","tax":{"rate":"6","parts":[{"name":"State","rate":"4"},{"name":"County","rate":"2"}]}},{"kind":"comment","text":"c"},{"kind":"subtotal"}]}`
	want, err := sales.DecodeQuotation(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	rec := o.draft(document)
	stored, err := o.app.Sales.Find(o.ctx, o.app.DB.Reader(), rec.ID.String())
	if err != nil {
		t.Fatal(err)
	}
	got := sales.QuotationOf(stored)
	before, err := sales.Price(want.Document)
	if err != nil {
		t.Fatal(err)
	}
	after, err := sales.Price(got.Document)
	if err != nil || after.Payable != before.Payable || after.Optional != before.Optional || len(got.Lines) != len(want.Lines) {
		t.Errorf("comes to %v after, %v before: %v", after.Payable, before.Payable, err)
	}
	for i, l := range want.Lines {
		if g := got.Lines[i]; g.Text != l.Text || g.Quantity != l.Quantity || g.Price != l.Price || g.Optional != l.Optional || g.Kind != l.Kind {
			t.Errorf("line %d is %+v, was %+v", i, g, l)
		}
	}
	if got.Texts != want.Texts || got.Reference != want.Reference || got.ValidUntil != want.ValidUntil || got.CashRounding != want.CashRounding {
		t.Errorf("comes back as %+v", got)
	}
}

func TestQuotation_saveEmptiesWhatIsNotSaid(t *testing.T) {
	o := open(t)
	rec := o.draft(`{"reference":"PO 17","discount":{"percent":"5"},"lines":[{"quantity":"1","price":"10","tax":"19"},{"quantity":"2","price":"10","tax":"19"}]}`)
	again, err := o.save(rec.ID, `{"lines":[{"quantity":"1","price":"10","tax":"19"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if again.Values.String("reference") != "" || again.Values.Int("net") != 1000 || len(again.Values.Rows("lines")) != 1 {
		t.Errorf("saved as %v", again.Values)
	}
	changes, err := o.app.History.Undo(o.ctx, lastBatch(o, rec.ID), false)
	if err != nil || changes.Undone != 1 {
		t.Fatalf("undo: %+v, %v", changes, err)
	}
	back, err := o.app.Sales.Find(o.ctx, o.app.DB.Reader(), rec.ID.String())
	if err != nil || back.Values.Int("net") != 2850 || back.Values.String("reference") != "PO 17" {
		t.Errorf("undone to %v, %v", back.Values, err)
	}
}

func TestQuotation_refused(t *testing.T) {
	o := open(t)
	for _, c := range []struct{ name, document, field string }{
		{"price", `{"lines":[{"quantity":"1","price":"x","tax":"19"}]}`, "lines[0].price"},
		{"discount", `{"lines":[{"quantity":"1","price":"1","tax":"19","discount":{"percent":"101"}}]}`, "lines[0].discount.percent"},
		{"unknown company", `{"company":"Nobody","lines":[]}`, "company"},
		{"ends before it begins", `{"date":"2026-03-01","validUntil":"2026-02-01","lines":[]}`, "validUntil"},
		{"impossible day", `{"date":"2026-02-30","lines":[]}`, "date"},
		{"unknown field", `{"colour":"red","lines":[]}`, "colour"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := o.save(0, c.document)
			if f := fault.Of(err); f == nil || f.Code != fault.CodeInvalid || f.Field != c.field {
				t.Errorf("answers %v", err)
			}
		})
	}
}

// TestIssue: numbers have no gap, and what is issued stays as it is.
func TestIssue(t *testing.T) {
	o := open(t)
	buyer := o.company(map[string]any{"name": "Brightwater Ltd", "street": "14 Canal Walk", "city": "Manchester", "postcode": "M1 5GD", "country": "GB"})
	first := o.draft(strings.Replace(desks, "{", `{"company":"`+buyer.String()+`",`, 1))
	issued, err := o.app.Sales.Issue(o.ctx, first.ID, first.Version)
	if err != nil {
		t.Fatal(err)
	}
	if n := issued.Values.String("number"); n != "Q-2026-0001" || issued.Values.ID("pdf") == 0 || issued.Title() != "Q-2026-0001 Studio fit-out" {
		t.Errorf("issued as %s: %v", n, issued.Values)
	}
	for name, attempt := range map[string]func() error{
		"issue again": func() error { _, err := o.app.Sales.Issue(o.ctx, first.ID, 0); return err },
		"save":        func() error { _, err := o.save(first.ID, desks); return err },
		"delete": func() error {
			return o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
				_, err := o.app.Records.Delete(o.ctx, tx, o.app.Sales.Quotation, record.Draft{ID: first.ID})
				return err
			})
		},
	} {
		if err := attempt(); !fault.Is(err, fault.CodeConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	undone, err := o.app.History.Undo(o.ctx, lastBatch(o, first.ID), false)
	if err != nil || undone.Undone != 0 || len(undone.Conflicts) == 0 {
		t.Errorf("undo of an issued document: %+v, %v", undone, err)
	}

	before, err := o.app.Sales.PDF(o.ctx, issued)
	if err != nil || !bytes.HasPrefix(before, []byte("%PDF-")) {
		t.Fatalf("pdf: %v", err)
	}
	err = o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		_, err := o.app.Records.Save(o.ctx, tx, o.app.Contacts.Company, record.Draft{ID: buyer, Values: map[string]any{"name": "Renamed Ltd"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := o.app.Sales.PDF(o.ctx, issued)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("an issued PDF changed with the customer's name: %v", err)
	}
	second := o.draft(desks)
	if issued, err = o.app.Sales.Issue(o.ctx, second.ID, 0); err != nil || issued.Values.String("number") != "Q-2026-0002" {
		t.Errorf("second number %v, %v", issued, err)
	}
	old := o.draft(strings.Replace(desks, "{", `{"date":"2025-12-31","validUntil":"2026-01-31",`, 1))
	if issued, err = o.app.Sales.Issue(o.ctx, old.ID, 0); err != nil || issued.Values.String("number") != "Q-2025-0001" {
		t.Errorf("each year counts by itself: %v, %v", issued, err)
	}
}

func TestIssue_rules(t *testing.T) {
	o := open(t)
	for _, c := range []struct{ name, document, field string }{
		{"nothing on it", `{"lines":[{"kind":"comment","text":"x"}]}`, "lines"},
		{"reverse charge without the buyer's number", `{"lines":[{"quantity":"1","price":"1","tax":{"category":"AE","reason":"Reverse charge"}}]}`, "company"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := o.draft(c.document)
			_, err := o.app.Sales.Issue(o.ctx, rec.ID, 0)
			if f := fault.Of(err); f == nil || f.Code != fault.CodeInvalid || f.Field != c.field {
				t.Errorf("answers %v", err)
			}
		})
	}
	// A refusal takes no number.
	rec := o.draft(desks)
	if issued, err := o.app.Sales.Issue(o.ctx, rec.ID, 0); err != nil || issued.Values.String("number") != "Q-2026-0001" {
		t.Errorf("after two refusals: %v, %v", issued, err)
	}
}

// TestIssue_together: many at once get numbers without gap or repetition, and a
// rolled back transaction gives its number back.
func TestIssue_together(t *testing.T) {
	o := open(t)
	const n = 12
	var ids []record.ID
	for range n {
		ids = append(ids, o.draft(desks).ID)
	}
	lost := errors.New("power cut")
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		if _, err := o.app.Sales.Finalise(o.ctx, tx, ids[0], 0); err != nil {
			return err
		}
		return lost
	})
	if !errors.Is(err, lost) {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	numbers := make([]string, n)
	for i, id := range ids {
		wait.Go(func() {
			rec, err := o.app.Sales.Issue(o.ctx, id, 0)
			if err != nil {
				t.Error(err)
				return
			}
			numbers[i] = rec.Values.String("number")
		})
	}
	wait.Wait()
	seen := map[string]bool{}
	for _, number := range numbers {
		seen[number] = true
	}
	if len(seen) != n || !seen["Q-2026-0001"] || !seen["Q-2026-0012"] {
		t.Errorf("numbers %v", numbers)
	}
}

// TestFileMissing: a crash between issuing and filing is made good at the start.
func TestFileMissing(t *testing.T) {
	o := open(t)
	rec := o.draft(desks)
	err := o.app.DB.Write(o.ctx, func(tx *storage.Tx) error {
		_, err := o.app.Sales.Finalise(o.ctx, tx, rec.ID, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := o.app.Sales.FileMissing(o.ctx); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := o.app.Sales.Find(o.ctx, o.app.DB.Reader(), "q-2026-0001")
	if err != nil || stored.Values.ID("pdf") == 0 || stored.Version != 3 {
		t.Errorf("filed as %v, %v", stored, err)
	}
}

func TestPreview(t *testing.T) {
	o := open(t)
	q, err := sales.DecodeQuotation(strings.NewReader(desks))
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := o.app.Sales.Preview(o.ctx, q)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("preview: %v", err)
	}
	n, err := o.app.Records.Count(o.ctx, o.app.DB.Reader(), o.app.Sales.Quotation, record.Query{}, 10)
	if err != nil || n != 0 {
		t.Errorf("a preview stored %d quotations, %v", n, err)
	}
}

func lastBatch(o *office, id record.ID) record.ID {
	o.t.Helper()
	changes, err := o.app.History.List(o.ctx, o.app.DB.Reader(), history.Filter{Record: id, Limit: 1})
	if err != nil || len(changes) == 0 {
		o.t.Fatalf("history: %v", err)
	}
	return changes[0].Batch
}
