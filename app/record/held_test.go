package record

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// TestHeldLists: a list is built once, again after a change, and by who waits
// for it if its builder gives up.
func TestHeldLists(t *testing.T) {
	ctx := t.Context()
	var h heldLists
	built := 0
	build := func() ([]ID, error) {
		built++
		return []ID{3, 1, 2}, nil
	}
	a, b := asked{"a", "x"}, asked{"b", "x"}
	for _, step := range []struct {
		state int64
		asked asked
		built int
	}{{1, a, 1}, {1, a, 1}, {1, b, 2}, {1, asked{"a", "y"}, 3}, {1, a, 3}, {2, a, 4}, {2, a, 4}, {1, a, 5}, {2, a, 5}} {
		ids, err := h.get(ctx, step.state, step.asked, build)
		if err != nil || !slices.Equal(ids, []ID{3, 1, 2}) || built != step.built {
			t.Fatalf("%v: %v, %v, built %d times", step, ids, err, built)
		}
	}
	if h.seen(2, a) == nil || h.seen(3, a) != nil || h.seen(2, b) != nil {
		t.Error("held is what nobody asked for, or not what they asked for")
	}

	broken := errors.New("broken")
	if _, err := h.get(ctx, 2, b, func() ([]ID, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if ids, err := h.get(ctx, 2, b, build); err != nil || len(ids) != 3 {
		t.Error("a failure is held", ids, err)
	}
}

func TestHeldListsGivenUp(t *testing.T) {
	var h heldLists
	a := asked{"a", "x"}
	begun, end := make(chan struct{}), make(chan struct{})
	gone, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := h.get(gone, 1, a, func() ([]ID, error) {
			close(begun)
			<-end
			return nil, gone.Err()
		})
		first <- err
	}()
	<-begun
	if ids := h.seen(1, a); ids != nil {
		t.Error("seen before it was read", ids)
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	if _, err := h.get(left, 1, a, func() ([]ID, error) { return nil, errors.New("built twice at once") }); !errors.Is(err, context.Canceled) {
		t.Error("who does not wait:", err)
	}
	second := make(chan []ID)
	go func() {
		ids, err := h.get(context.WithoutCancel(gone), 1, a, func() ([]ID, error) { return []ID{5}, nil })
		if err != nil {
			t.Error(err)
		}
		second <- ids
	}()
	cancel()
	close(end)
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if ids := <-second; !slices.Equal(ids, []ID{5}) {
		t.Error(ids)
	}
}

// TestHeldListsBound: the oldest go when all are too long together, and the list
// asked last stays.
func TestHeldListsBound(t *testing.T) {
	var h heldLists
	get := func(filter string, n int) {
		t.Helper()
		if ids, err := h.get(t.Context(), 1, asked{filter: filter}, func() ([]ID, error) { return make([]ID, n), nil }); err != nil || len(ids) != n {
			t.Fatal(len(ids), err)
		}
	}
	held := func() (held []string) {
		for _, list := range h.lists {
			held = append(held, list.filter)
		}
		return held
	}
	get("a", maxHeld/2)
	get("b", maxHeld/4)
	get("a", maxHeld/2)
	get("c", maxHeld/2)
	if !slices.Equal(held(), []string{"a", "c"}) {
		t.Error(held())
	}
	get("long", 2*maxHeld)
	if !slices.Equal(held(), []string{"long"}) {
		t.Error(held())
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = h.get(t.Context(), 1, asked{filter: "panic"}, func() ([]ID, error) { panic("so") })
	}()
	get("panic", 1)
}
