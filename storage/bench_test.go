package storage_test

import (
	"fmt"
	"testing"

	"kontor/storage"
	"kontor/storage/storagetest"
)

var companyColumns = []string{
	"id", "version", "created_at", "updated_at", "name", "name_key", "number", "number_key", "email", "email_key",
	"phone", "website", "street", "postcode", "postcode_key", "city", "city_key", "region", "country", "vat", "vat_key",
	"revenue_currency", "language",
}

func companyRow(i int) []any {
	name := fmt.Sprintf("Bäckerei Nummer %d", i)
	return []any{
		int64(i), int64(1), int64(1772616600000), int64(1772616600000), name, storage.Fold(name), fmt.Sprint(i), fmt.Sprint(i),
		"info@example.org", "info@example.org", "+49 221 1234567", "https://example.org", "Hauptstraße 5", "50667", "50667",
		"Köln", "koln", "NRW", "DE", "", "", "EUR", "de",
	}
}

// BenchmarkCommit saves one row durably.
func BenchmarkCommit(b *testing.B) {
	db := storagetest.Open(b)
	for i := 0; b.Loop(); i++ {
		putMeta(b, db, fmt.Sprintf("key %d", i), "value")
	}
}

// BenchmarkInsert writes 100,000 companies in one transaction, beside the same
// by one prepared statement a row.
func BenchmarkInsert(b *testing.B) {
	const rows = 100_000
	bulk := func(tx *storage.Tx) error {
		var values []any
		for i := range rows {
			if values = append(values, companyRow(i+1)...); len(values) == 1000*len(companyColumns) {
				if err := tx.Insert(b.Context(), "contacts_company", companyColumns, values); err != nil {
					return err
				}
				values = values[:0]
			}
		}
		return nil
	}
	single := func(tx *storage.Tx) error {
		for i := range rows {
			if err := tx.Insert(b.Context(), "contacts_company", companyColumns, companyRow(i+1)); err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range []struct {
		name  string
		write func(tx *storage.Tx) error
	}{{"bulk", bulk}, {"single", single}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := storagetest.Open(b)
				b.StartTimer()
				if err := db.Write(b.Context(), c.write); err != nil {
					b.Fatal(err)
				}
				if err := db.Close(); err != nil { // the writing back counts
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkFold(b *testing.B) {
	for _, text := range []string{"info@example.org", "Bakery Number Five", "Bäckerei Łoś, Hauptstraße 5", "山田太郎"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				storage.Fold(text)
			}
		})
	}
}

func BenchmarkTerms(b *testing.B) {
	for b.Loop() {
		storage.Terms("Bäckerei Łoś, Hauptstraße 5, 50667 Köln, info@example.org")
	}
}
