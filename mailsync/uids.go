package mailsync

import (
	"slices"
	"sort"

	"github.com/emersion/go-imap/v2"
)

// UIDRange is an unbroken run of UIDs, both ends included.
type UIDRange struct{ First, Last uint32 }

// UIDs is a set of UIDs as sorted ranges that neither touch nor overlap. A
// folder of 100,000 mails is usually a few hundred ranges.
type UIDs []UIDRange

// NewUIDs makes a set of numbers in any order.
func NewUIDs(numbers ...uint32) UIDs {
	sorted := slices.Clone(numbers)
	slices.Sort(sorted)
	var set UIDs
	for _, n := range sorted {
		if n == 0 {
			continue // UIDs begin at 1; some servers say 0
		}
		if last := len(set) - 1; last >= 0 && n <= set[last].Last+1 && set[last].Last != 1<<32-1 {
			set[last].Last = max(set[last].Last, n)
			continue
		}
		if last := len(set) - 1; last >= 0 && n <= set[last].Last {
			continue
		}
		set = append(set, UIDRange{n, n})
	}
	return set
}

// Union joins two sets.
func (s UIDs) Union(other UIDs) UIDs {
	all := append(slices.Clone(s), other...)
	sort.Slice(all, func(i, j int) bool { return all[i].First < all[j].First })
	var set UIDs
	for _, r := range all {
		if last := len(set) - 1; last >= 0 && uint64(r.First) <= uint64(set[last].Last)+1 {
			set[last].Last = max(set[last].Last, r.Last)
			continue
		}
		set = append(set, r)
	}
	return set
}

// Minus gives what is in s and not in other.
func (s UIDs) Minus(other UIDs) UIDs {
	var set UIDs
	j := 0
	for _, r := range s {
		first := uint64(r.First)
		for j < len(other) && other[j].Last < r.First {
			j++
		}
		for k := j; k < len(other) && other[k].First <= r.Last && first <= uint64(r.Last); k++ {
			if uint64(other[k].First) > first {
				set = append(set, UIDRange{uint32(first), other[k].First - 1})
			}
			first = max(first, uint64(other[k].Last)+1)
		}
		if first <= uint64(r.Last) {
			set = append(set, UIDRange{uint32(first), r.Last})
		}
	}
	return set
}

// Both gives what is in s and in other.
func (s UIDs) Both(other UIDs) UIDs { return s.Minus(s.Minus(other)) }

// Count is how many UIDs the set holds.
func (s UIDs) Count() int {
	n := 0
	for _, r := range s {
		n += int(r.Last-r.First) + 1
	}
	return n
}

// Has reports whether the set holds a UID.
func (s UIDs) Has(uid uint32) bool {
	i := sort.Search(len(s), func(i int) bool { return s[i].Last >= uid })
	return i < len(s) && s[i].First <= uid
}

// newest gives the n highest UIDs, highest last.
func (s UIDs) newest(n int) []uint32 {
	var list []uint32
	for i := len(s) - 1; i >= 0 && len(list) < n; i-- {
		for uid := s[i].Last; len(list) < n; uid-- {
			list = append(list, uid)
			if uid == s[i].First {
				break
			}
		}
	}
	slices.Reverse(list)
	return list
}

// String is the set as IMAP writes it, such as 1:4,7.
func (s UIDs) String() string { return s.set().String() }

func (s UIDs) set() imap.UIDSet {
	set := make(imap.UIDSet, len(s))
	for i, r := range s {
		set[i] = imap.UIDRange{Start: imap.UID(r.First), Stop: imap.UID(r.Last)}
	}
	return set
}

// fromSet drops the wildcard, which a server must not answer.
func fromSet(set imap.UIDSet) UIDs {
	var uids UIDs
	for _, r := range set {
		if r.Start != 0 && r.Stop != 0 {
			uids = append(uids, UIDRange{uint32(r.Start), uint32(r.Stop)})
		}
	}
	return UIDs{}.Union(uids)
}
