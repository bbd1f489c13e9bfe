package record

import (
	"context"
	"slices"
	"sync"
)

// maxHeld is how many ids are held at most, of all lists together: 8 MB. The
// list asked last is held whatever its length.
const maxHeld = 1 << 20

// heldLists keeps the ids of whole lists, in order, until anything is written. A
// jump of the scroll bar is then a slice of them.
type heldLists struct {
	turn  sync.Mutex
	state int64 // of the data, as storage.StateOf numbers it
	lists []*heldList
}

// heldList is one of them, maybe not read yet.
type heldList struct {
	asked
	read chan struct{} // closed when it is
	ids  []ID
	err  error
}

// asked is what a list asks for, as SQL: so what is meant by "today" or "me" or
// by the name of a field is part of it.
type asked struct{ filter, order string }

// get gives a list. Whoever asks first builds it, others wait for that.
func (h *heldLists) get(ctx context.Context, state int64, a asked, build func() ([]ID, error)) ([]ID, error) {
	for {
		list, mine := h.take(state, a)
		if mine {
			h.build(list, build)
			return list.ids, list.err
		}
		select {
		case <-list.read:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if list.err == nil {
			return list.ids, nil
		}
		// Who built it failed, maybe only since nobody waited there any more.
	}
}

// take finds a list, or begins one that is now the caller's to build.
func (h *heldLists) take(state int64, a asked) (list *heldList, mine bool) {
	h.turn.Lock()
	defer h.turn.Unlock()
	list = &heldList{asked: a, read: make(chan struct{})}
	if state < h.state {
		return list, true // somebody wrote meanwhile: it is of use only here
	}
	if state > h.state {
		h.state, h.lists = state, nil
	}
	if i := h.index(a); i >= 0 {
		list = h.lists[i]
		h.lists = append(slices.Delete(h.lists, i, i+1), list)
		return list, false
	}
	h.lists = append(h.lists, list)
	return list, true
}

func (h *heldLists) index(a asked) int {
	return slices.IndexFunc(h.lists, func(list *heldList) bool { return list.asked == a })
}

func (h *heldLists) build(list *heldList, build func() ([]ID, error)) {
	list.err = context.Canceled // should build panic
	defer func() {
		close(list.read)
		h.turn.Lock()
		defer h.turn.Unlock()
		h.lists = slices.DeleteFunc(h.lists, func(other *heldList) bool { return other == list && list.err != nil })
		total := 0
		for _, other := range h.lists {
			total += other.length()
		}
		for ; total > maxHeld && len(h.lists) > 1; h.lists = slices.Delete(h.lists, 0, 1) {
			total -= h.lists[0].length()
		}
	}()
	list.ids, list.err = build()
}

// length is 0 until the list is read.
func (l *heldList) length() int {
	select {
	case <-l.read:
		return len(l.ids)
	default:
		return 0
	}
}

// seen gives a list if it is held, and nil otherwise.
func (h *heldLists) seen(state int64, a asked) []ID {
	h.turn.Lock()
	defer h.turn.Unlock()
	if i := h.index(a); i >= 0 && h.state == state && h.lists[i].length() > 0 {
		return h.lists[i].ids
	}
	return nil
}

// empty reports whether nothing is held, which need not be asked further.
func (h *heldLists) empty() bool {
	h.turn.Lock()
	defer h.turn.Unlock()
	return len(h.lists) == 0
}
