package money_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

func TestRound(t *testing.T) {
	for _, c := range []struct {
		number string
		digits int
		want   int64
	}{
		{"0.125", 2, 13},
		{"-0.125", 2, -13},
		{"0.1249999999999", 2, 12},
		{"-0.1249999999999", 2, -12},
		{"0.005", 2, 1},
		{"0.0049", 2, 0},
		{"-0.005", 2, -1},
		{"2.5", 0, 3},
		{"-2.5", 0, -3},
		{"1.5", 0, 2},
		{"1.0005", 3, 1001},
		{"7", 2, 700},
		{"7e3", 2, 700000},
		{"0e99", 2, 0},
		{"0.9", 0, 1},
		{"5e-1", 0, 1},
		{"4e-1", 0, 0},
		{"49999e-7", 2, 0},
		{"1e-9999", 2, 0},
		{"92233720368547758.074", 2, math.MaxInt64},
		{"-92233720368547758.084", 2, math.MinInt64},
	} {
		if got := money.Round(decimal.RequireFromString(c.number), c.digits); got != c.want {
			t.Errorf("Round(%s, %d) = %d, want %d", c.number, c.digits, got, c.want)
		}
	}
}

func TestRoundChecked_doesNotFit(t *testing.T) {
	for _, d := range []decimal.Decimal{
		decimal.RequireFromString("92233720368547758.075"),
		decimal.RequireFromString("-92233720368547758.085"),
		decimal.New(1, 17),
		decimal.New(-1, math.MaxInt32),
	} {
		if v, err := money.RoundChecked(d, 2); fault.Of(err) == nil || fault.Of(err).Key != "money.tooLarge" {
			t.Errorf("exponent %d gives %d, %v", d.Exponent(), v, err)
		}
	}
}

func TestQuotient(t *testing.T) {
	for _, c := range []struct{ dividend, divisor, want int64 }{
		{99900, 119, 839}, // 9.99 with 19 % inside is 8.39 without
		{1, 2, 1},
		{-1, 2, -1},
		{1, -2, -1},
		{-1, -2, 1},
		{1, 3, 0},
		{2, 3, 1},
		{-2, 3, -1},
		{0, 7, 0},
	} {
		got, err := money.Quotient(big.NewInt(c.dividend), big.NewInt(c.divisor))
		if err != nil || got != c.want {
			t.Errorf("Quotient(%d, %d) = %d, %v, want %d", c.dividend, c.divisor, got, err, c.want)
		}
	}
}
