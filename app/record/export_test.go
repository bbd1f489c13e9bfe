package record

// SetBounds makes the bounds of the ways to a list small enough for a test.
func SetBounds(few, walk, set int) (back func()) {
	f, w, s := fewRows, walkRows, setRows
	fewRows, walkRows, setRows = few, walk, set
	return func() { fewRows, walkRows, setRows = f, w, s }
}
