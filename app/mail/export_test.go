package mail

import (
	"context"

	"kontor/app/record"
)

// Rounds does n rounds of the background loop at once, with what it remembers
// from one to the next.
func (m *Mail) Rounds(ctx context.Context, n int) {
	plan := map[record.ID]*due{}
	for range n {
		m.round(ctx, plan)
		for _, d := range plan {
			d.at = d.at.Add(-interval) // as if the time had passed
		}
	}
}
