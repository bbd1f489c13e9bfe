package app_test

import (
	"context"
	"fmt"
	"testing"

	"kontor/app/record"
)

// BenchmarkGroups: 200,000 companies by each kind of field, without a filter and
// with one, with the sum of their revenue and without, beside a bare count by an
// indexed column.
func BenchmarkGroups(b *testing.B) {
	a := create(b)
	fill(b, a, 200_000)
	ctx, q, k := context.Background(), a.DB.Reader(), a.Contacts.Company
	b.ResetTimer()
	for range b.N {
		measured(b, "floor: SELECT country, count(*) … GROUP BY", 10, func() error {
			rows, err := q.QueryxContext(ctx, "SELECT country, count(*) FROM contacts_company WHERE deleted_at IS NULL GROUP BY country")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
			}
			return rows.Err()
		})
		for _, by := range []string{"country", "city", "region", "name", "language", "assigned", "tag", "customerSince:month", "createdAt:month"} {
			for _, text := range []string{"", `city = "Malmö"`, `name ~ "1"`} {
				where, err := record.ParseFilter(text)
				if err != nil {
					b.Fatal(err)
				}
				for _, sums := range [][]string{nil, {"revenue"}} {
					measured(b, fmt.Sprintf("by %s of %q %v", by, text, sums), 5, func() error {
						_, err := a.Records.Groups(ctx, q, k, record.Query{Where: where}, by, "", sums)
						return err
					})
				}
			}
		}
	}
}
