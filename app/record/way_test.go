package record_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
)

// someCompanies saves companies whose fields have to do with each other, many
// equal and many empty, and puts some into the bin.
func someCompanies(t *testing.T, a *app.App, n int) []*record.Record {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	cities := []string{"Aarhus", "aarhus", "Bonn", "Wien", "", "Malmö"}
	lands := []any{"DK", "DK", "DE", "AT", nil, "SE"}
	var drafts []record.Draft
	for i := range n {
		place := random.IntN(len(cities))
		values := v{"name": fmt.Sprintf("Company %d", i%37), "city": cities[place], "country": lands[place], "number": fmt.Sprintf("C-%03d", i)}
		if i%3 > 0 {
			values["emails"] = []any{v{"value": fmt.Sprintf("c%d@x.example", i%50)}, v{"value": fmt.Sprintf("d%d@x.example", i)}}
			values["revenue"], values["revenueCurrency"] = fmt.Sprint(i%11), []any{"EUR", "SEK"}[i%2]
		}
		if i%4 > 0 {
			values["phones"] = []any{v{"value": fmt.Sprintf("040 %d", 1000+i)}}
			values["customerSince"], values["vat"] = fmt.Sprintf("20%02d-01-01", i/10), fmt.Sprint(lands[place], i%5)
		}
		drafts = append(drafts, record.Draft{Values: values})
	}
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var alive []*record.Record
	err = a.DB.Write(ctx, func(tx *storage.Tx) error {
		changes, err := a.Records.Save(ctx, tx, a.Contacts.Company, drafts...)
		if err != nil {
			return err
		}
		var bin []record.Draft
		for i, c := range changes {
			if i%20 == 19 {
				bin = append(bin, record.Draft{ID: c.Record.ID})
				continue
			}
			alive = append(alive, c.Record)
		}
		_, err = a.Records.Delete(ctx, tx, a.Contacts.Company, bin...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return alive
}

// TestWaysAgree: whatever way a list takes, it is what the filter finds without
// one, in the order of a sort in memory, page by page in both directions.
func TestWaysAgree(t *testing.T) {
	a := empty(t)
	all := someCompanies(t, a, 220)
	k := a.Contacts.Company
	ctx, q := context.Background(), a.DB.Reader()
	for i, where := range []string{
		`city = "aarhus"`, `country = "DK"`, `country in ("DK", "SE")`, `country = "NO"`, `city is empty`, `country is empty`, `vat is empty`, `email is empty`, `emails is empty`,
		`number >= "C-150"`, `number ^ "c-1"`, `name = "company 7"`, `revenue > 4`, `revenue = 3`, `revenue is empty`, `customerSince < 2010-01-01`,
		`emails ^ "c1"`, `emails.value = "d4@x.example"`, `emails.type is empty`, `phone ^ "+49 40 10"`, `phone is empty`, `phones = "040 1005"`, `region = "x"`, `language is empty`,
		`createdAt >= 2020-01-01`, `updatedAt < 2020-01-01`, `id is empty`, `not country = "DK"`, `emails != "c1@x.example"`, `name ~ "ny 1"`,
		`country = "DK" or number = "C-003"`, `city = "Bonn" or emails = "c2@x.example" or revenue > 9`, `city = "Bonn" or (name = "company 1" or region = "x")`,
		`city = "aarhus" and revenue > 4`, `city = "aarhus" and country = "DK" and customerSince >= 2005-01-01`, `country = "DK" and region = "x"`, `phone ^ "+49" and not vat is empty`,
		`number ^ "c-1" and region = "x"`, `city = "aarhus" and revenue > 2 and revenue < 9`,
	} {
		f, err := record.ParseFilter(where)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := a.Records.EachID(ctx, q, k, record.Query{Where: f}, len(all))
		if err != nil {
			t.Fatal(where, err)
		}
		var found []*record.Record
		for _, r := range all {
			if slices.Contains(ids, r.ID) {
				found = append(found, r)
			}
		}
		for name, bounds := range ways {
			back := record.SetBounds(bounds)
			for n, sort := range [][]string{
				{"country"},
				{"-country"},
				{"city"},
				{"-city"},
				{"createdAt"},
				{"-createdAt"},
				{"number"},
				{"-number"},
				{"revenue"},
				{"-revenue"},
				{"customerSince"},
				{"vat"},
				{"-email"},
				{"region"},
				{"country", "-city"},
				{"city", "name"},
				{"-name", "number"},
			} {
				if (i+n)%4 > 0 {
					continue // enough of each filter, of each sort
				}
				limit := []int{7, 20, 60}[n%3]
				want := inOrder(found, sort)
				var got []record.ID
				query := record.Query{Where: f, Sort: sort, Limit: limit}
				for {
					page, err := a.Records.List(ctx, q, k, query)
					if err != nil {
						t.Fatalf("%s by %s, %s: %v", where, sort, name, err)
					}
					got = append(got, idsOf(page.Records)...)
					if page.Previous != "" {
						before, err := a.Records.List(ctx, q, k, record.Query{Where: f, Sort: sort, Limit: limit, Before: page.Previous})
						if err != nil || !slices.Equal(idsOf(before.Records), got[len(got)-len(page.Records)-limit:len(got)-len(page.Records)]) {
							t.Fatalf("%s by %s, %s: before a page stand %v, %v", where, sort, name, idsOf(before.Records), err)
						}
					}
					if query.After = page.Next; page.Next == "" || len(got) > len(want) {
						break
					}
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%s by %s, %s:\n%v\nwant\n%v", where, sort, name, got, want)
				}
			}
			back()
		}
	}
}
