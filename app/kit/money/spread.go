package money

import (
	"math/big"
	"slices"
)

// Spread divides a total over parts in proportion to their weights and to the
// last unit: each part gets the whole units of its share, and the units left
// over go one each to the parts with the largest remainders. Remainders are
// compared exactly. Among equal ones, before says whether part i comes before
// part j; where it says neither, or is nil, the earlier part comes first.
//
// A negative total is spread as its opposite. Weights of zero all over count as
// equal ones. A negative weight has no meaning here: the caller refuses it
// first, and Spread panics.
func Spread(total int64, weights []int64, before func(i, j int) bool) []int64 {
	shares := make([]int64, len(weights))
	if len(weights) == 0 || total == 0 {
		return shares
	}
	sum := new(big.Int)
	for _, w := range weights {
		if w < 0 {
			panic("money: spread over a negative weight")
		}
		sum.Add(sum, big.NewInt(w))
	}
	weight := func(i int) int64 { return weights[i] }
	if sum.Sign() == 0 {
		weight = func(int) int64 { return 1 }
		sum.SetInt64(int64(len(weights)))
	}

	left := big.NewInt(total)
	size := new(big.Int).Abs(left)
	sign := int64(left.Sign())
	left.Abs(left)
	remainders := make([]big.Int, len(weights))
	var whole big.Int
	for i := range shares {
		remainders[i].Mul(size, big.NewInt(weight(i)))
		whole.QuoRem(&remainders[i], sum, &remainders[i])
		left.Sub(left, &whole)
		// Multiplied by the sign as a big number: the size of the smallest
		// int64 is one more than the largest.
		shares[i] = new(big.Int).Mul(&whole, big.NewInt(sign)).Int64()
	}

	if left.Sign() == 0 {
		return shares
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if c := remainders[j].Cmp(&remainders[i]); c != 0 || before == nil {
			return c
		}
		switch {
		case before(i, j):
			return -1
		case before(j, i):
			return 1
		}
		return 0
	})
	for _, i := range order[:left.Int64()] {
		shares[i] += sign
	}
	return shares
}
