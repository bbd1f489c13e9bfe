package mail

import (
	"context"
	"net/netip"

	"kontor/app/record"
)

// ReachAll lets pictures come from this computer.
func (m *Mail) ReachAll() { m.pictures.reachable = func(netip.Addr) bool { return true } }

// Pictures fetches pictures from where it may.
func Pictures(ctx context.Context, reachable func(netip.Addr) bool, addresses ...string) map[string]string {
	return pictures{reachable}.fetch(ctx, addresses)
}

// Picture says why one cannot be had.
func Picture(ctx context.Context, reachable func(netip.Addr) bool, address string) error {
	_, _, err := picture(ctx, pictures{reachable}.client(), address)
	return err
}

// The guard and its refusal.
var (
	Public     = public
	ErrRefused = errRefused
)

// The limits.
const (
	MaxPictures = maxPictures
	MaxPicture  = maxPicture
	MaxAlbum    = maxAlbum
	MaxShown    = maxShown
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
