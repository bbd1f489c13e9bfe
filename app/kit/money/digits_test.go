package money_test

import (
	"testing"

	"kontor/app/kit/money"
)

func TestDigitsOfISO4217(t *testing.T) {
	for code, want := range map[string]int{
		"EUR": 2, "USD": 2, "HUF": 2, "JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "KWD": 3, "TND": 3, "IQD": 3, "RSD": 2, "PKR": 2, "COP": 2, "CLF": 4,
	} {
		if got, ok := money.Digits(code); !ok || got != want {
			t.Errorf("%s has %d digits, want %d", code, got, want)
		}
	}
}

func TestFormatPrice(t *testing.T) {
	for _, c := range []struct {
		v              int64
		currency, want string
	}{
		{649_000000, "EUR", "649.00"}, {12500, "EUR", "0.0125"}, {-1_500000, "EUR", "-1.50"}, {500_000000, "JPY", "500"}, {1_000000, "KWD", "1.000"}, {2_000000, "", "2"},
	} {
		if got := money.FormatPrice(c.v, 6, c.currency); got != c.want {
			t.Errorf("%d %s is %s, want %s", c.v, c.currency, got, c.want)
		}
	}
}
