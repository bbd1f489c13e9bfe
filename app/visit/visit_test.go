package visit_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/sales"
	"kontor/storage"
)

type v = map[string]any

// text is what a sheet says, page by page.
func text(h *apptest.House, rec *record.Record, language string) []string {
	h.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		h.Skip("pdftotext (poppler-utils) is not installed")
	}
	pdf, err := h.Visit.Sheet(h.Ctx, h.DB.Reader(), rec, language)
	if err != nil {
		h.Fatal(err)
	}
	file := filepath.Join(h.TempDir(), "visit.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		h.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		h.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(out), "\u00a0", " "), "\f"), "\f")
}

func TestSheet(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon Ceramics GmbH", "street": "Hafenstraße 14", "postcode": "20457", "city": "Hamburg", "country": "DE", "phone": "+49 40 1234567", "email": "info@falcon.example"})
	h.Make(h.Contacts.Person, v{"name": "Ada Berg", "phone": "+49 40 7654321", "roles": []any{v{"company": falcon.Record.ID, "role": "Head of Purchasing"}}})
	h.Make(h.Activities.Task, v{"text": "Bring the glaze samples", "due": "2026-03-20", "about": falcon.Record.ID})
	h.Do(h.Records.Save, h.Activities.Task, record.Draft{System: true, Values: v{"text": "An old one", "due": "2026-02-20", "about": falcon.Record.ID, "done": "2026-02-21"}})
	h.Make(h.Activities.Note, v{"text": "They fire with a cobalt underglaze.", "about": falcon.Record.ID, "at": "2026-02-01"})
	company := falcon.Record.ID.String()
	for i, price := range []string{"24.50", "26.90"} {
		q, err := sales.DecodeQuotation(strings.NewReader(fmt.Sprintf(`{"company": %q, "subject": "Spring %d", "date": "2026-0%d-15", "currency": "EUR",
			"lines": [{"kind": "item", "text": "Vase, glazed\nwith a long story", "quantity": "12", "unit": "pcs", "price": %q, "tax": {"rate": "19"}}]}`, company, i, i+1, price)))
		if err != nil {
			t.Fatal(err)
		}
		var made *record.Record
		err = h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
			made, _, err = h.Sales.Save(h.Ctx, tx, 0, 0, q)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Sales.Issue(h.Ctx, made.ID, 0); err != nil {
			t.Fatal(err)
		}
	}
	pages := text(h, falcon.Record, "en")
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, want := range []string{
		"Falcon Ceramics GmbH", "Hafenstraße 14, 20457 Hamburg", "+49 40 1234567", "info@falcon.example", "Head of Purchasing", "Ada Berg", "Bring the glaze samples",
		"Vase, glazed", "26.90 EUR / pcs", "1 February 2026", "They fire with a cobalt underglaze.", "Notes", "Q-2026-0002",
	} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("%q is missing in\n%s", want, pages[0])
		}
	}
	for _, not := range []string{"An old one", "24.50", "long story"} {
		if strings.Contains(pages[0], not) {
			t.Errorf("%q stands in\n%s", not, pages[0])
		}
	}
	if german := text(h, falcon.Record, "de")[0]; !strings.Contains(german, "Offene Punkte") || !strings.Contains(german, "26,90") {
		t.Errorf("in German:\n%s", german)
	}
}

// TestMuchAndLittle: one page, whatever there is to say, with room to write.
func TestMuchAndLittle(t *testing.T) {
	h := apptest.Open(t)
	empty := h.Make(h.Contacts.Person, v{"name": "Nobody Known"})
	if pages := text(h, empty.Record, "en"); len(pages) != 1 || strings.Contains(pages[0], "People") {
		t.Errorf("%d pages: %s", len(pages), pages[0])
	}
	long := strings.Repeat("Very long names and \u202ereversed texts ☃ 山田 ", 12)
	full := h.Make(h.Contacts.Company, v{"name": "Full House", "phone": "1"})
	for i := range 30 {
		h.Make(h.Contacts.Person, v{"name": fmt.Sprint("Person ", i), "roles": []any{v{"company": full.Record.ID, "role": "Head of all that is long and wide in the house of Full"}}})
		h.Make(h.Activities.Task, v{"text": fmt.Sprint(i, " ", long), "about": full.Record.ID})
		h.Make(h.Activities.Note, v{"text": strings.Repeat(long, 20), "about": full.Record.ID})
	}
	pages := text(h, full.Record, "en")
	if len(pages) != 1 || !strings.Contains(pages[0], "more") || !strings.Contains(pages[0], "Notes") {
		t.Errorf("%d pages:\n%s", len(pages), pages[0])
	}
}
