package money_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"kontor/app/kit/money"
)

func TestSpread(t *testing.T) {
	last := func(i, j int) bool { return i > j }
	for _, c := range []struct {
		name    string
		total   int64
		weights []int64
		before  func(i, j int) bool
		want    []int64
	}{
		{"hundred by three", 10000, []int64{1, 1, 1}, nil, []int64{3334, 3333, 3333}},
		{"hundred by three, last first", 10000, []int64{1, 1, 1}, last, []int64{3333, 3333, 3334}},
		{"negative", -10000, []int64{1, 1, 1}, nil, []int64{-3334, -3333, -3333}},
		{"the largest remainder wins", 10, []int64{10, 25, 65}, nil, []int64{1, 3, 6}},
		{"a tie", 10, []int64{25, 75}, nil, []int64{3, 7}},
		{"a tie, last first", 10, []int64{25, 75}, last, []int64{2, 8}},
		{"exact", 100, []int64{20, 30, 50}, nil, []int64{20, 30, 50}},
		{"nothing for no weight", 5, []int64{0, 1, 0, 1}, nil, []int64{0, 3, 0, 2}},
		{"no weights at all", 5, []int64{0, 0, 0}, nil, []int64{2, 2, 1}},
		{"nothing", 0, []int64{1, 2}, nil, []int64{0, 0}},
		{"over nobody", 5, nil, nil, []int64{}},
		{"the largest numbers", math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64}, nil, []int64{math.MaxInt64/2 + 1, math.MaxInt64 / 2}},
		{"the smallest number", math.MinInt64, []int64{1}, nil, []int64{math.MinInt64}},
		// In floating point both remainders are 1/3.
		{"compared exactly", 1, []int64{1 << 60, 1<<60 + 1, 1 << 60}, nil, []int64{0, 1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := money.Spread(c.total, c.weights, c.before); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Whatever is spread: nothing is lost, no share is a unit or more away from its
// exact one, a larger weight never gets less, and turning the parts around
// turns the shares around when no tie decides.
func TestSpread_properties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		weights := make([]int64, 1+r.IntN(12))
		for i := range weights {
			weights[i] = r.Int64N([]int64{3, 1000, math.MaxInt64}[r.IntN(3)])
		}
		total := r.Int64N([]int64{10, 1e6, math.MaxInt64}[r.IntN(3)])
		if r.IntN(2) == 0 {
			total = -total
		}
		byWeight := func(i, j int) bool { return weights[i] > weights[j] }
		shares := money.Spread(total, weights, byWeight)
		check(t, total, weights, shares)

		turned := slices.Clone(weights)
		slices.Reverse(turned)
		again := money.Spread(total, turned, func(i, j int) bool { return turned[i] > turned[j] })
		slices.Sort(shares)
		slices.Sort(again)
		if !slices.Equal(shares, again) {
			t.Fatalf("%d over %v: %v, turned around %v", total, weights, shares, again)
		}
	}
}

func check(t *testing.T, total int64, weights, shares []int64) {
	t.Helper()
	sum, weight := new(big.Int), new(big.Int)
	for i := range shares {
		sum.Add(sum, big.NewInt(shares[i]))
		weight.Add(weight, big.NewInt(weights[i]))
	}
	if sum.Cmp(big.NewInt(total)) != 0 {
		t.Fatalf("%d over %v is %v, together %s", total, weights, shares, sum)
	}
	if weight.Sign() == 0 {
		return
	}
	for i := range shares {
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])), weight)
		off := exact.Sub(exact, new(big.Rat).SetInt64(shares[i]))
		if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("%d over %v: share %d is %d", total, weights, i, shares[i])
		}
	}
}

func TestSpread_negativeWeight(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a negative weight went through")
		}
	}()
	money.Spread(1, []int64{1, -1}, nil)
}
