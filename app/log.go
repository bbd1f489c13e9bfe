package app

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// maxLog is where the log is set aside; the one before it goes.
const maxLog = 5 << 20

// OpenLog sends the program's log to the workspace's folder logs. Without such
// a folder there is none.
func OpenLog(workspace string) io.Closer {
	path := filepath.Join(workspace, "logs", "kontor.log")
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		_ = os.Rename(path, path+".1") // a log that cannot be set aside goes on growing
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		slog.SetDefault(slog.New(slog.DiscardHandler))
		return io.NopCloser(nil)
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelInfo})))
	return f
}
