package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
)

// spy passes queries on and keeps them.
type spy struct {
	storage.Queryer
	asked []question
}

type question struct {
	query string
	args  []any
}

func (s *spy) keep(query string, args []any) {
	if !strings.HasPrefix(query, "EXPLAIN") {
		s.asked = append(s.asked, question{query, args})
	}
}

func (s *spy) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s.keep(query, args)
	return s.Queryer.QueryContext(ctx, query, args...)
}

func (s *spy) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	s.keep(query, args)
	return s.Queryer.QueryxContext(ctx, query, args...)
}

func (s *spy) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row {
	s.keep(query, args)
	return s.Queryer.QueryRowxContext(ctx, query, args...)
}

// plans asks SQLite how it runs what List asks of one table.
func plans(t *testing.T, a *app.App, k *record.Kind, query record.Query) map[string]string {
	t.Helper()
	ctx := context.Background()
	s := &spy{Queryer: a.DB.Reader()}
	if _, err := a.Records.List(ctx, s, k, query); err != nil {
		t.Fatal(err)
	}
	plans := map[string]string{}
	for _, q := range s.asked {
		if !strings.Contains(q.query, "FROM "+k.Table+" WHERE") || strings.HasPrefix(q.query, "SELECT id, version") {
			continue // the records themselves, by id
		}
		rows, err := s.QueryContext(ctx, "EXPLAIN QUERY PLAN "+q.query, q.args...)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, detail)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		plans[q.query] = strings.Join(lines, "; ")
	}
	if len(plans) == 0 {
		t.Fatal("List asked nothing")
	}
	return plans
}

func planned(t *testing.T) *app.App {
	t.Helper()
	a, err := app.Create(context.Background(), t.TempDir(), storage.Options{Version: "test"},
		app.Start{Company: "Harbor Trading", Owner: "Ines Okafor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Write(ctx, func(tx *storage.Tx) error {
		var drafts []record.Draft
		for i := range 300 {
			values := v{"name": fmt.Sprintf("Company %03d", i), "number": fmt.Sprint("C-", i), "city": fmt.Sprint("City ", i%3), "country": "DE", "revenue": fmt.Sprint(i)}
			if i%2 == 0 {
				values["customerSince"], values["email"], values["vat"] = "2020-01-01", fmt.Sprintf("c%d@x.example", i), fmt.Sprint("DE", i)
			}
			drafts = append(drafts, record.Draft{Values: values})
		}
		_, err := a.Records.Save(ctx, tx, a.Contacts.Company, drafts...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSortsWalkTheirIndex: no shipped sort reads a whole table or sorts it, on
// the first page, behind a cursor, or before one.
func TestSortsWalkTheirIndex(t *testing.T) {
	a := planned(t)
	for _, k := range a.Records.Kinds() {
		sorts := []string{"createdAt", "updatedAt"}
		if k.Name == "user" {
			sorts = sorts[:1] // a handful of people
		}
		for i := range k.Fields {
			if k.Fields[i].Index == record.Indexed {
				sorts = append(sorts, k.Fields[i].Key)
			}
		}
		for _, sort := range sorts {
			for _, sort := range []string{sort, "-" + sort} {
				query := record.Query{Sort: []string{sort}, Limit: 20}
				page, err := a.Records.List(context.Background(), a.DB.Reader(), k, query)
				if err != nil {
					t.Fatal(err)
				}
				after, before := query, query
				after.After, before.Before = page.Next, page.Next
				for _, query := range []record.Query{query, after, before} {
					for asked, plan := range plans(t, a, k, query) {
						scan := "SCAN " + k.Table
						if strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, scan) && !strings.Contains(plan, scan+" USING") && strings.TrimPrefix(sort, "-") != "createdAt" {
							t.Errorf("%s by %s: %s\n%s", k.Name, sort, plan, asked)
						}
					}
				}
			}
		}
	}
}

// TestRareFiltersUseTheirIndex, whatever the list is sorted by.
func TestRareFiltersUseTheirIndex(t *testing.T) {
	a := planned(t)
	for where, index := range map[string]string{
		`number = "C-7"`:                        "contacts_company_number",
		`email = "c8@x.example"`:                "contacts_company_email",
		`name ^ "company 01"`:                   "contacts_company_name",
		`revenue > 280`:                         "contacts_company_revenue",
		`revenue is empty`:                      "contacts_company_revenue",
		`customerSince >= 2026-01-01`:           "contacts_company_since",
		`country = "AT"`:                        "contacts_company_country",
		`city = "City 1" and vat = "DE6"`:       "contacts_company_vat",
		`vat is empty`:                          "contacts_company_vat",
		`postcode in ("1", "2")`:                "contacts_company_postcode",
		`region = "x" and number = "C-8"`:       "contacts_company_number",
		`emails = "c8@x.example"`:               "contacts_email_value",
		`phone = "040 123456"`:                  "contacts_phone_value",
		`not name = "x" and number = "C-8"`:     "contacts_company_number",
		`updatedAt >= today and number = "C-8"`: "contacts_company_number",
	} {
		f, err := record.ParseFilter(where)
		if err != nil {
			t.Fatal(err)
		}
		for _, sort := range []string{"updatedAt", "-city", "createdAt"} {
			used := false
			for asked, plan := range plans(t, a, a.Contacts.Company, record.Query{Where: f, Sort: []string{sort}}) {
				if strings.Contains(asked, "ORDER BY") && strings.Contains(plan, "USING") && strings.Contains(plan, " "+index) {
					used = true
				}
			}
			if !used {
				t.Errorf("%s by %s does not use %s: %v", where, sort, index, plans(t, a, a.Contacts.Company, record.Query{Where: f, Sort: []string{sort}}))
			}
		}
	}
}
