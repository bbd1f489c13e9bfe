//go:build desktop

package window

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// patience is how long a start waits for a command that has the workspace open,
// or for a window that is about to end.
const patience = 15 * time.Second

// showPath is where a second start knocks on the workspace's socket. D-Bus would
// do on some desktops; the socket does on all, and knows workspaces.
const showPath = "/window/show"

// routes adds what the window answers on the workspace's socket.
func (w *Window) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST "+showPath, func(rw http.ResponseWriter, r *http.Request) {
		select {
		case <-w.ready:
			w.front(r.URL.Query().Get("token"))
		default: // just starting: it comes to the front by itself
		}
		rw.WriteHeader(http.StatusNoContent)
	})
}

// wake asks the process that has the workspace open to show its window. Nobody
// answers while that process starts or ends, or is a command at work.
func wake(ctx context.Context, workspace string) (answered bool, err error) {
	door, ok := storage.ReadDoor(workspace)
	if !ok || door.Socket == "" {
		return false, nil
	}
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", door.Socket)
		},
	}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://kontor"+showPath+"?token="+url.QueryEscape(activation()), nil)
	if err != nil {
		return false, err
	}
	answer, err := client.Do(r)
	if err != nil {
		return false, nil // who wrote this address is gone, or not there yet
	}
	if err := answer.Body.Close(); err != nil {
		return false, err
	}
	if answer.StatusCode != http.StatusNoContent {
		return false, fault.Conflict("", "cli.serveOpen", fault.Params{"dir": workspace}) // the browser door has it open
	}
	return true, nil
}

// activation is the desktop's permission to take the focus, which it gave to the
// process it started (freedesktop.org startup notification, xdg-activation).
func activation() string {
	if token := os.Getenv("XDG_ACTIVATION_TOKEN"); token != "" {
		return token
	}
	return os.Getenv("DESKTOP_STARTUP_ID")
}

// front brings the window before all others.
func (w *Window) front(token string) {
	useActivation(token)
	runtime.WindowShow(w.ctx)
	runtime.WindowUnminimise(w.ctx)
}
