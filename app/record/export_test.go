package record

// Bounds are the bounds of the ways to a list.
type Bounds = bounds

// SetBounds makes them small enough for a test.
func SetBounds(b Bounds) (back func()) {
	was := limits
	limits = b
	return func() { limits = was }
}

// Pairs reports whether an index has one field first and then another.
func Pairs(k *Kind, f, other *Field) bool { return k.pairs(f, other) }
