package mailsync_test

import (
	"testing"

	"kontor/app/kit/fault"
)

func wantFault(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no fault, want %s", key)
	}
	if got := fault.Of(err).Key; got != key {
		t.Errorf("fault %s (%v), want %s", got, err, key)
	}
}
