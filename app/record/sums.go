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
		f, err := k.sumField(key)
		if err != nil {
			return nil, err
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
		currency = l.k.Field(f.Currency).Column
	}
	w, err := l.added(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Currency string `db:"currency"`
		Count    int    `db:"count"`
		High     int64  `db:"high"`
		Low      int64  `db:"low"`
	}
	err = sqlx.SelectContext(ctx, q, &rows, fmt.Sprintf("SELECT %[1]s AS currency, count(*) AS count, sum(%[2]s / %[3]d) AS high, sum(%[2]s %% %[3]d) AS low FROM %[4]s WHERE %[5]s AND %[2]s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
		currency, f.Column, half, l.k.Table, w.sql()), w.args...)
	if err != nil {
		return nil, err
	}
	sums := make([]Sum, len(rows))
	for i, row := range rows {
		sums[i] = f.sumOf(row.Currency, sumPart{row.Count, row.High, row.Low})
	}
	return sums, nil
}

// sumField finds a field that can be added up.
func (k *Kind) sumField(key string) (*Field, error) {
	f := k.Field(key)
	if f == nil || f.Type != Number && f.Type != Money {
		return nil, fault.Invalid("fields", "record.noSum", fault.Params{"field": Shorten(key, 40), "kind": k.label()})
	}
	return f, nil
}

// sumPart is a sum in two halves, and of how many values.
type sumPart struct {
	count     int
	high, low int64
}

func (f *Field) sumOf(currency string, p sumPart) Sum {
	digits := f.Digits
	if f.Type == Money {
		if n, known := money.Digits(currency); known {
			digits = n
		}
	}
	total := new(big.Int).Mul(big.NewInt(p.high), big.NewInt(half))
	total.Add(total, big.NewInt(p.low))
	sum := decimal.NewFromBigInt(total, -int32(digits))
	text := sum.String()
	if f.Type == Money {
		text = sum.StringFixed(int32(digits))
	}
	return Sum{f.Key, currency, p.count, text}
}
