package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kontor/app/kit/fault"
)

func TestOf(t *testing.T) {
	cause := errors.New("disk")
	wrapped := fmt.Errorf("save company: %w", fault.Invalid("name", "record.required", nil).Because(cause))
	for _, c := range []struct {
		name string
		err  error
		code fault.Code
	}{
		{"wrapped fault", wrapped, fault.CodeInvalid},
		{"deadline", fmt.Errorf("list: %w", context.DeadlineExceeded), fault.CodeUnavailable},
		{"anything else", cause, fault.CodeInternal},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.Of(c.err).Code; got != c.code {
				t.Errorf("code %s, want %s", got, c.code)
			}
		})
	}
	if !errors.Is(wrapped, cause) {
		t.Error("the cause is lost")
	}
	if fault.Of(nil) != nil {
		t.Error("no error is no fault")
	}
}

func TestAll(t *testing.T) {
	joined := errors.Join(
		fault.Invalid("name", "record.required", nil),
		errors.Join(fault.Invalid("email", "record.email", nil), errors.New("boom")))
	var fields []string
	for _, f := range fault.All(joined) {
		fields = append(fields, f.Field+":"+string(f.Code))
	}
	want := "[name:invalid email:invalid :internal]"
	if got := fmt.Sprint(fields); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
