package sheet

import (
	"cmp"
	"slices"
)

// The readings of numbers and dates. A person answers a question about a column
// with one of them.
const (
	Comma = "comma" // 1.234,56
	Point = "point" // 1,234.56

	DayMonthYear = "dmy"
	MonthDayYear = "mdy"
	YearMonthDay = "ymd"
)

// Reading is what all texts of a column together say about how to read them.
type Reading struct {
	// Readings has one entry when the column decides, several when only a person
	// can, and none when every reading gives the same.
	Readings []string `json:"readings,omitempty"`
	// Evidence has rows that prove the reading or, in doubt, the same value under
	// each reading. When rows contradict each other it has some of each.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Unread counts the texts that no reading takes; Examples has the first.
	Unread   int        `json:"unread,omitempty"`
	Examples []Evidence `json:"examples,omitempty"`
}

// InDoubt reports whether a person has to choose.
func (r Reading) InDoubt() bool { return len(r.Readings) > 1 }

// Evidence is one value of a column under one reading.
type Evidence struct {
	Row     int    `json:"row"`
	Value   string `json:"value"`            // as it stands in the file
	Reading string `json:"reading"`          // empty where no reading takes it
	Result  string `json:"result,omitempty"` // canonical number or date under the reading
}

// maxEvidence is how many rows are shown for each finding.
const maxEvidence = 3

// ballot collects how the values of a column read under up to three readings.
type ballot struct {
	readings []string
	groups   map[pattern]*group
	unread   int
	examples []Evidence
}

// pattern says of each reading whether it takes a value, and which readings
// agree: 0 does not take it, equal numbers give equal results.
type pattern [3]byte

type group struct{ examples [][]Evidence }

// add counts one value. Results stand in the order of the readings; an empty
// one says that this reading does not take the value.
func (b *ballot) add(row int, value string, results []string) {
	var p pattern
	for i, result := range results {
		if result != "" {
			p[i] = byte(slices.Index(results, result) + 1)
		}
	}
	if p == (pattern{}) {
		b.unread++
		if len(b.examples) < maxEvidence {
			b.examples = append(b.examples, Evidence{Row: row, Value: value})
		}
		return
	}
	if neutral(p[:len(results)]) {
		return
	}
	if b.groups == nil {
		b.groups = map[pattern]*group{}
	}
	g := b.groups[p]
	if g == nil {
		g = &group{}
		b.groups[p] = g
	}
	if len(g.examples) < maxEvidence {
		var all []Evidence
		for i, result := range results {
			if result != "" {
				all = append(all, Evidence{row, value, b.readings[i], result})
			}
		}
		g.examples = append(g.examples, all)
	}
}

// neutral reports whether all readings take a value and agree about it.
func neutral(p []byte) bool {
	for _, result := range p {
		if result != 1 {
			return false
		}
	}
	return true
}

// decide weighs the values. A weak reading only counts where no other is left:
// 04-03-26 is a day in 2026, unless 98-12-31 stands in the column too.
func (b *ballot) decide(weak string) Reading {
	r := Reading{Unread: b.unread, Examples: b.examples}
	if len(b.groups) == 0 {
		return r
	}
	fits, taken := make([]bool, len(b.readings)), make([]bool, len(b.readings))
	for i := range fits {
		fits[i] = true
		for p := range b.groups {
			fits[i] = fits[i] && p[i] != 0
			taken[i] = taken[i] || p[i] != 0
		}
	}
	left := b.names(fits, weak)
	switch {
	case len(left) == 0:
		// The rows contradict each other: whichever is chosen, some will fail.
		if r.Readings = b.names(taken, weak); len(r.Readings) == 1 {
			r.Readings = b.names(taken, "")
		}
	case len(left) == 1 || b.differ(left):
		r.Readings = left
	default:
		return r
	}
	r.Evidence = b.evidence(r.Readings)
	return r
}

func (b *ballot) names(chosen []bool, weak string) []string {
	var names []string
	for i, ok := range chosen {
		if ok {
			names = append(names, b.readings[i])
		}
	}
	if len(names) > 1 {
		names = slices.DeleteFunc(names, func(name string) bool { return name == weak })
	}
	return names
}

// differ reports whether any value means something else under these readings.
func (b *ballot) differ(names []string) bool {
	for p := range b.groups {
		for _, name := range names[1:] {
			if p[slices.Index(b.readings, name)] != p[slices.Index(b.readings, names[0])] {
				return true
			}
		}
	}
	return false
}

// evidence lists the rows that speak about these readings, in their order: of a
// decided column those that no other reading takes, if there are any.
func (b *ballot) evidence(names []string) []Evidence {
	type witness struct {
		speaks []Evidence
		others int
	}
	var rows []witness
	for p, g := range b.groups {
		for _, example := range g.examples {
			speaks := slices.DeleteFunc(slices.Clone(example), func(e Evidence) bool {
				return !slices.Contains(names, e.Reading)
			})
			if len(names) > 1 && len(speaks) > 1 && !b.splits(p, names) {
				continue
			}
			if len(speaks) > 0 {
				rows = append(rows, witness{speaks, len(example) - len(speaks)})
			}
		}
	}
	slices.SortFunc(rows, func(a, b witness) int {
		return cmp.Or(a.others-b.others, a.speaks[0].Row-b.speaks[0].Row)
	})
	var all []Evidence
	shown := map[string]int{}
	for _, row := range rows {
		for _, e := range row.speaks {
			if shown[e.Reading]++; shown[e.Reading] <= maxEvidence {
				all = append(all, e)
			}
		}
	}
	return all
}

func (b *ballot) splits(p pattern, names []string) bool {
	first := p[slices.Index(b.readings, names[0])]
	for _, name := range names[1:] {
		if p[slices.Index(b.readings, name)] != first {
			return true
		}
	}
	return false
}
