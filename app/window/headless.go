//go:build !desktop

// Package window is the window door. This half of it stands in for builds
// without the tag desktop, which must run where there is no GTK.
package window

import (
	"context"

	"kontor/app/kit/fault"
)

// Open says that this build has no window.
func Open(context.Context, string, string) error {
	return fault.New(fault.CodeUnavailable, "cli.noWindow", nil)
}
