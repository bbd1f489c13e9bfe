package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
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

func (s *spy) keep(query string, args []any) { s.asked = append(s.asked, question{query, args}) }

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
	plans := map[string]string{}
	for _, q := range asked(t, a, k, query) {
		plans[q.query] = plan(t, a, q)
	}
	return plans
}

// lastPlan is how SQLite runs the last query for ids, if the page is full.
func lastPlan(t *testing.T, a *app.App, k *record.Kind, query record.Query) string {
	t.Helper()
	query.Limit = 5
	for _, q := range slices.Backward(asked(t, a, k, query)) {
		if strings.Contains(q.query, "ORDER BY") {
			return plan(t, a, q)
		}
	}
	t.Fatal("List asked for no ids")
	return ""
}

func asked(t *testing.T, a *app.App, k *record.Kind, query record.Query) []question {
	t.Helper()
	s := &spy{Queryer: a.DB.Reader()}
	if _, err := a.Records.List(context.Background(), s, k, query); err != nil {
		t.Fatal(err)
	}
	asked := slices.DeleteFunc(s.asked, func(q question) bool { // the records themselves, by id
		return !strings.Contains(q.query, "FROM "+k.Table+" WHERE") || strings.HasPrefix(q.query, "SELECT id, version")
	})
	if len(asked) == 0 {
		t.Fatal("List asked nothing")
	}
	return asked
}

func plan(t *testing.T, a *app.App, q question) string {
	t.Helper()
	rows, err := a.DB.Reader().QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+q.query, q.args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
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
	return strings.Join(lines, "; ")
}

func empty(t *testing.T) *app.App {
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
	return a
}

func planned(t *testing.T) *app.App {
	t.Helper()
	a := empty(t)
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
		`createdAt < 2000-01-01`:                "contacts_company_created",
		`name = "x" or number = "C-8"`:          "contacts_company_number",
		`number = "C-8" or emails = "x@y"`:      "contacts_email_value",
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

// TestCommonFilters: each way of a filter that finds much takes the indexes it is
// meant to take, and none sorts what an index could give in order.
func TestCommonFilters(t *testing.T) {
	a := planned(t)
	const all = 1 << 30
	stroll := record.Bounds{First: all, Walk: all, Far: all}
	set := record.Bounds{First: 1, Walk: 1, Far: 1, Set: all}
	for _, c := range []struct {
		where, sort string
		bounds      record.Bounds
		plan        string // of the last query
	}{
		// The sort's index is walked, and each row is looked at.
		{`country = "DE"`, "name", stroll, "SEARCH contacts_company USING INDEX contacts_company_name (name_key>?)"},
		{`name ^ "company"`, "-updatedAt", stroll, "SCAN contacts_company USING INDEX contacts_company_updated"},
		{`name ^ "company" and country = "DE"`, "name", stroll, "SEARCH contacts_company USING INDEX contacts_company_name (name_key>? AND name_key<?)"},
		{`name ^ "company 00" and language is empty`, "name", record.Bounds{Few: all}, "SEARCH contacts_company USING INDEX contacts_company_name (name_key>? AND name_key<?)"},
		{`language is empty`, "customerSince", stroll, "SEARCH contacts_company USING INDEX contacts_company_since (customer_since>?)"},
		// One index has both.
		{`city = "City 1"`, "country", stroll, "SEARCH contacts_company USING INDEX contacts_company_city_country (city_key=? AND country>?)"},
		{`city = "City 1" and revenue > 3`, "-country", stroll, "SEARCH contacts_company USING INDEX contacts_company_city_country (city_key=? AND country>?)"},
		{`country = "DE"`, "city", stroll, "SEARCH contacts_company USING INDEX contacts_company_country_city (country=? AND city_key>?)"},
		{`country = "DE"`, "-createdAt", stroll, "SEARCH contacts_company USING INDEX contacts_company_country (country=?)"},
		// The filter's ids are collected, and looked up along the sort's index.
		{`number > "C-2"`, "name", set, "SEARCH contacts_company USING INDEX contacts_company_name (name_key>?); LIST SUBQUERY 1; SEARCH contacts_company USING INDEX contacts_company_number_sort (number_key>?)"},
		{`emails ^ "c"`, "name", set, "SEARCH contacts_company USING INDEX contacts_company_name (name_key>?); LIST SUBQUERY 1; SEARCH contacts_email USING INDEX contacts_email_value (value_key>? AND value_key<?)"},
		// All rows are read as they lie.
		{`region = "x"`, "name", set, "SCAN contacts_company; USE TEMP B-TREE FOR ORDER BY"},
		{`region = "x"`, "createdAt", set, "SCAN contacts_company; USE TEMP B-TREE FOR ORDER BY"},
	} {
		f, err := record.ParseFilter(c.where)
		if err != nil {
			t.Fatal(err)
		}
		back := record.SetBounds(c.bounds)
		plan := lastPlan(t, a, a.Contacts.Company, record.Query{Where: f, Sort: []string{c.sort}})
		back()
		if plan, _, _ = strings.Cut(plan, "; CREATE BLOOM FILTER"); strings.ReplaceAll(plan, "COVERING ", "") != c.plan {
			t.Errorf("%s by %s: %s\nwant %s", c.where, c.sort, plan, c.plan)
		}
	}
}

// TestPairsHaveAnIndex of both fields.
func TestPairsHaveAnIndex(t *testing.T) {
	a := planned(t)
	defer record.SetBounds(record.Bounds{Few: -1})()
	pairs := 0
	for _, k := range a.Records.Kinds() {
		for i := range k.Fields {
			for j := range k.Fields {
				f, s := &k.Fields[i], &k.Fields[j]
				if !record.Pairs(k, f, s) {
					continue
				}
				pairs++
				filter, err := record.ParseFilter(f.Key + ` = "DE"`)
				if err != nil {
					t.Fatal(err)
				}
				questions := asked(t, a, k, record.Query{Where: filter, Sort: []string{s.Key}})
				first := slices.IndexFunc(questions, func(q question) bool { return strings.Contains(q.query, "ORDER BY") })
				plan := plan(t, a, questions[first])
				if index := " " + k.Table + "_" + f.Key + "_" + s.Key + " "; !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%s = … by %s does not use%s: %s", f.Key, s.Key, index, plan)
				}
			}
		}
	}
	if pairs != 4 {
		t.Errorf("%d pairs, want city and country both ways of companies and of people", pairs)
	}
}
