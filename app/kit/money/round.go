package money

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// Round gives a number in units of so many digits behind the point, half away
// from zero: 0.125 with two digits is 13. It is for numbers known to fit, and
// panics when one does not; RoundChecked is for all others.
func Round(d decimal.Decimal, digits int) int64 {
	v, err := RoundChecked(d, digits)
	if err != nil {
		panic("money: a number does not fit")
	}
	return v
}

// RoundChecked is Round with a fault for a number that does not fit.
func RoundChecked(d decimal.Decimal, digits int) (int64, error) {
	number := d.Coefficient()
	// The power of ten is bounded before it is written out: a number such as
	// 1e999999999 is cheap to name and takes all memory to write.
	switch shift := int64(d.Exponent()) + int64(digits); {
	case number.Sign() == 0:
		return 0, nil
	case shift > 18:
		return 0, tooLarge()
	case shift >= 0:
		return fit(number.Mul(number, tenTo(shift)))
	case -shift > int64(number.BitLen()):
		return 0, nil // a number below 2^n is far below half of 10^n
	default:
		return Quotient(number, tenTo(-shift))
	}
}

// Quotient divides and rounds half away from zero. The divisor is not zero.
func Quotient(dividend, divisor *big.Int) (int64, error) {
	quotient, rest := new(big.Int).QuoRem(dividend, divisor, new(big.Int))
	rest.Lsh(rest, 1)
	if rest.CmpAbs(divisor) >= 0 {
		away := int64(dividend.Sign() * divisor.Sign())
		quotient.Add(quotient, big.NewInt(away))
	}
	return fit(quotient)
}

func fit(v *big.Int) (int64, error) {
	if !v.IsInt64() {
		return 0, tooLarge()
	}
	return v.Int64(), nil
}

func tenTo(n int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)
}
