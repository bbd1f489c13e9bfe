package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"kontor/app"
	"kontor/app/access"
	"kontor/app/api"
	"kontor/app/kit/fault"
)

// DefaultListen is where the browser door opens unless told otherwise.
const DefaultListen = "127.0.0.1:8790"

// Options are what serve may be told.
type Options struct {
	Listen string
	Token  string // a program may send this one, besides those of the workspace
	Pages  fs.FS  // the built front end
	Out    io.Writer
}

// Run serves the workspace to browsers until the context ends.
func Run(ctx context.Context, a *app.App, handler *api.API, o Options) error {
	listener, err := listen(o.Listen)
	if err != nil {
		return err
	}
	socket, err := Socket(ctx, a, handler)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer socket.Close()
	a.Work(ctx)
	address := listener.Addr().String()
	d := &door{app: a, api: handler, host: address, key: access.NewSecret(), token: o.Token, sessions: map[string]bool{}, pages: http.FileServerFS(o.Pages), files: o.Pages}
	server := &http.Server{Handler: d, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	// Streams of events end with the context, so that Shutdown need not wait.
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	fmt.Fprintf(o.Out, "Kontor is open at http://%s/#/open?key=%s\n", address, d.key)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}

// listen opens a loopback address and no other.
func listen(address string) (net.Listener, error) {
	refuse := fault.Invalid("listen", "cli.listenAddress", fault.Params{"address": address})
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, refuse
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, refuse
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.Conflict("listen", "cli.listen", fault.Params{"address": address}).Because(err)
	}
	return listener, nil
}
