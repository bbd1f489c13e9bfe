// Package storagetest gives tests a real workspace in a temporary folder.
package storagetest

import (
	"sync/atomic"
	"testing"
	"time"

	"kontor/storage"
)

// Day is the moment at which tests live.
var Day = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

// Clock gives Day, one millisecond later at each question, so that order by
// time is order of events.
func Clock() func() time.Time {
	var asked atomic.Int64
	return func() time.Time { return Day.Add(time.Duration(asked.Add(1)) * time.Millisecond) }
}

// Open makes a workspace that goes when the test ends.
func Open(t testing.TB) *storage.DB {
	t.Helper()
	db, err := storage.Create(t.Context(), t.TempDir(), storage.Options{Version: "test", Now: Clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
