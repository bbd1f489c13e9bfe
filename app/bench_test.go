package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/record"
	"kontor/storage"
)

// The benchmarks behind build/bench. Each prints CPU time (user + system) beside
// a floor measured in the same run; none of them judges.

// cpu is what this process has used.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func create(t testing.TB) *app.App {
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

var (
	firsts  = []string{"Falcon", "Zenith", "Juniper", "Lumen", "Iris", "Maple", "River", "Cobalt", "Summit", "Harbour", "Yarrow", "Quartz", "Orchard", "Amber", "Łąka", "Østre"}
	seconds = []string{"Ceramics", "Motors", "Legal", "Dental", "Robotics", "Architects", "Wines", "Bakeries", "Foods", "Energy", "Plumbing"}
	forms   = []string{"GmbH", "AB", "BV", "ApS", "Ltd", "SARL", "S.p.A."}
	cities  = []string{"Hamburg", "Malmö", "Lyon", "Turin", "Porto", "Gdańsk", "Cork", "Valencia", "Leeds", "Wien"}
	lands   = []string{"DE", "SE", "FR", "IT", "PT", "PL", "IE", "ES", "GB", "AT"}
)

// companyDraft is the n-th of a believable lot: 12 fields, and one e-mail,
// telephone and address. Its fields do not depend on each other.
func companyDraft(n int) record.Draft {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	place := r.IntN(len(cities))
	return record.Draft{Values: map[string]any{
		"name":   fmt.Sprintf("%s %s %d %s", firsts[r.IntN(len(firsts))], seconds[r.IntN(len(seconds))], n, forms[r.IntN(len(forms))]),
		"number": fmt.Sprintf("C-%06d", n), "email": fmt.Sprintf("info@%d.example", n), "phone": fmt.Sprintf("+49 40 %07d", r.IntN(1e7)),
		"street": fmt.Sprintf("Hafenstraße %d", r.IntN(200)), "postcode": fmt.Sprintf("%05d", r.IntN(99999)), "city": cities[place],
		"country": lands[place], "vat": fmt.Sprintf("DE%09d", n), "customerSince": fmt.Sprintf("20%02d-%02d-%02d", r.IntN(26), r.IntN(12)+1, r.IntN(28)+1),
		"revenue": fmt.Sprintf("%d.%02d", r.IntN(1e6), n%100), "language": "de",
	}}
}

// fill saves companies through the bulk path, as imports do.
func fill(t testing.TB, a *app.App, n int) {
	t.Helper()
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx = record.WithAct(ctx, record.Act{Actor: record.ActOf(ctx).Actor, Batch: record.NewID(time.Now()), Label: "bench.xlsx"})
	err = record.InChunks(ctx, a.DB, n, func(tx *storage.Tx, from, to int) error {
		drafts := make([]record.Draft, 0, to-from)
		for i := from; i < to; i++ {
			drafts = append(drafts, companyDraft(i))
		}
		_, err := a.Records.Save(ctx, tx, a.Contacts.Company, drafts...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkBulkCompanies: 100,000 companies with rules, history, timeline and
// search, beside a bare prepared insert into their four tables.
func BenchmarkBulkCompanies(b *testing.B) {
	const n = 100_000
	for range b.N {
		floor := bareInsert(b, n)
		a := create(b)
		start := cpu(b)
		fill(b, a, n)
		used := cpu(b) - start
		b.ReportMetric(floor.Seconds(), "floor-cpu-s")
		b.ReportMetric(used.Seconds(), "cpu-s")
		b.ReportMetric(used.Seconds()/floor.Seconds(), "ratio")
	}
}

func bareInsert(b *testing.B, n int) time.Duration {
	a := create(b)
	ctx := context.Background()
	start := cpu(b)
	const chunk = 1000
	for from := 0; from < n; from += chunk {
		err := a.DB.Write(ctx, func(tx *storage.Tx) error {
			for i := from; i < from+chunk; i++ {
				v := companyDraft(i).Values
				id := int64(record.NewID(time.Now()))
				name, mail, phone := v["name"].(string), v["email"].(string), v["phone"].(string)
				if _, err := tx.Exec(ctx, `INSERT INTO contacts_company (id, version, created_at, updated_at, name, name_key, number, number_key, email, email_key, phone, website,
					street, postcode, postcode_key, city, city_key, region, country, vat, vat_key, customer_since, revenue, revenue_currency, language)
					VALUES ($1, 1, $2, $2, $3, $3, $4, $4, $5, $5, $6, '', $7, $8, $8, $9, $9, '', $10, $11, $11, $12, $13, 'EUR', 'de')`,
					id, tx.Now, name, v["number"], mail, phone, v["street"], v["postcode"], v["city"], v["country"], v["vat"], v["customerSince"], int64(i)); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, "INSERT INTO contacts_email (owner_id, pos, type, value, value_key) VALUES ($1, 0, '', $2, $2)", id, mail); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, "INSERT INTO contacts_phone (owner_id, pos, type, value, value_key) VALUES ($1, 0, '', $2, $2)", id, phone); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, "INSERT INTO contacts_address (owner_id, pos, type, street, postcode, city, region, country) VALUES ($1, 0, '', $2, $3, $4, '', $5)",
					id, v["street"], v["postcode"], v["city"], v["country"]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return cpu(b) - start
}

// median and 99th percentile of wall times.
func spread(times []time.Duration) (time.Duration, time.Duration) {
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}
