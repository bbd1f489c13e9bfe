package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"

	"kontor/app"
	"kontor/app/api"
)

// Socket lets the command line of the same user into an open workspace. The
// socket lies in the user's runtime folder and is named in the workspace. A door
// may add routes of its own beside /api/.
func Socket(ctx context.Context, a *app.App, handler *api.API, own ...func(*http.ServeMux)) (io.Closer, error) {
	path, err := socketPath(a.DB.Dir)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("socket: %w", err) // the lock is ours, so what lies there is a leftover
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("socket: %w", err), listener.Close())
	}
	if err := a.DB.Announce(path); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("/", handler.Owned())
	for _, add := range own {
		add(mux)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("socket", "err", err)
		}
	}()
	return server, nil
}

// socketPath is short, since Unix sockets have 107 bytes for theirs, and inside
// a folder that only this user may enter.
func socketPath(workspace string) (string, error) {
	sum := sha256.Sum256([]byte(workspace))
	name := hex.EncodeToString(sum[:8]) + ".sock"
	for _, base := range []string{xdg.RuntimeDir, os.TempDir()} {
		dir := filepath.Join(base, fmt.Sprintf("kontor-%d", os.Getuid()))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			continue
		}
		info, err := os.Lstat(dir)
		if err == nil && info.IsDir() && info.Mode().Perm() == 0o700 && ownedByUs(info) && len(dir)+len(name) < 100 {
			return filepath.Join(dir, name), nil
		}
	}
	return "", errors.New("no folder for the socket")
}
