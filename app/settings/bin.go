package settings

import (
	"context"
	"log/slog"
	"runtime/debug"
	"strconv"
	"time"

	"kontor/app/record"
)

// DefaultBin is for how many days the bin of a new workspace keeps what was
// deleted.
const DefaultBin = "90"

// binTimes are the days that people can choose; what is deleted stays in the bin
// until they are over, or for ever.
var binTimes = []string{"30", "90", "180", "365", "never"}

// Clearing the bin: an open door looks once after it was opened and then once a
// day. What must stay is looked at again the next time.
const (
	clearFirst = 5 * time.Minute
	clearEvery = 24 * time.Hour
	clearMost  = 1_000_000 // records at a time
)

// Run clears the bin while a door is open, until the context ends.
func (s *Settings) Run(ctx context.Context) {
	for wait := clearFirst; ; wait = clearEvery {
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		s.clear(ctx)
	}
}

// clear is one round of Run, which nothing that goes wrong may end.
func (s *Settings) clear(ctx context.Context) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic in the background", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	done, err := s.ClearBin(ctx)
	if err != nil && ctx.Err() == nil {
		slog.Error("clear the bin", "err", err)
		return
	}
	if done.Changed > 0 {
		slog.Info("the bin is cleared", "purged", done.Changed, "kept", len(done.Failed)+done.More)
	}
}

// ClearBin deletes for good what has been in the bin for longer than the settings
// say. Kontor does it, not whoever has a door open.
func (s *Settings) ClearBin(ctx context.Context) (record.Edited, error) {
	days, err := strconv.Atoi(s.Text("bin"))
	if err != nil || days <= 0 { // never
		return record.Edited{}, nil
	}
	end := s.r.Env(ctx).Now.AddDate(0, 0, -days)
	refs, err := s.r.Binned(ctx, s.db.Reader(), end, clearMost)
	if err != nil || len(refs) == 0 {
		return record.Edited{}, err
	}
	ctx = record.WithAct(ctx, record.Act{})
	return s.r.PurgeMany(ctx, s.db, refs, func(int) {})
}
