//go:build !desktop

package window

import (
	"context"

	"kontor/app/kit/fault"
)

// Open says that this build has no window.
func Open(context.Context, string, string) error {
	return fault.New(fault.CodeUnavailable, "cli.noWindow", nil)
}
