package record

import (
	"context"
	"fmt"
	"math/big"

	"github.com/jmoiron/sqlx"
	"github.com/shopspring/decimal"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/storage"
)

// Sum is the exact sum of one field, of one currency where it has one.
type Sum struct {
	Field    string `json:"field"`
	Currency string `json:"currency,omitempty"`
	Count    int    `json:"count" doc:"records that have a value"`
	Sum      string `json:"sum"`
}

// Sums adds numbers and amounts up over all records that a query finds.
func (r *Registry) Sums(ctx context.Context, q storage.Queryer, k *Kind, query Query, keys []string) ([]Sum, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return nil, err
	}
	sums := []Sum{}
	for _, key := range keys {
		f := k.byKey[key]
		if f == nil || f.Type != Number && f.Type != Money {
			return nil, fault.Invalid("fields", "record.noSum", fault.Params{"field": Shorten(key, 40), "kind": k.label()})
		}
		of, err := l.sum(ctx, q, f)
		if err != nil {
			return nil, fmt.Errorf("sum %s.%s: %w", k.Name, key, err)
		}
		sums = append(sums, of...)
	}
	return sums, nil
}

// half splits numbers, so that the sum of as many as a workspace can hold stays in
// 64 bits.
const half = 1_000_000_000

func (l *list) sum(ctx context.Context, q storage.Queryer, f *Field) ([]Sum, error) {
	currency := "''"
	if f.Currency != "" {
		currency = l.k.byKey[f.Currency].Column
	}
	w := l.where(anyWay)
	var rows []struct {
		Currency string `db:"currency"`
		Count    int    `db:"count"`
		High     int64  `db:"high"`
		Low      int64  `db:"low"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf("SELECT %[1]s AS currency, count(*) AS count, sum(%[2]s / %[3]d) AS high, sum(%[2]s %% %[3]d) AS low FROM %[4]s WHERE %[5]s AND %[2]s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
		currency, f.Column, half, l.k.Table, w.sql()), w.args...)
	if err != nil {
		return nil, err
	}
	sums := make([]Sum, len(rows))
	for i, row := range rows {
		digits := f.Digits
		if f.Type == Money {
			if n, known := money.Digits(row.Currency); known {
				digits = n
			}
		}
		total := new(big.Int).Mul(big.NewInt(row.High), big.NewInt(half))
		total.Add(total, big.NewInt(row.Low))
		sum := decimal.NewFromBigInt(total, -int32(digits))
		text := sum.String()
		if f.Type == Money {
			text = sum.StringFixed(int32(digits))
		}
		sums[i] = Sum{f.Key, row.Currency, row.Count, text}
	}
	return sums, nil
}
