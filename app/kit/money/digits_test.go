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
