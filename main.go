// Kontor is a CRM in one program on the user's own computer. This file picks the
// door: window, browser or command line.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Windows has no zone database

	"kontor/app"
	"kontor/app/api"
	"kontor/app/cli"
	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/serve"
	"kontor/app/window"
	"kontor/frontend"
	"kontor/storage"
)

// version is set by the build.
var version = "0.1.0"

func main() {
	if sheet.Worker(os.Args[1:]) {
		return // this process only reads a spreadsheet for another one
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Run(ctx, cli.Program{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Version: version,

		Window: func(ctx context.Context, workspace string) error { return window.Open(ctx, workspace, version) },
		Serve:  openServe,
	})
	stop()
	os.Exit(status)
}

func openServe(ctx context.Context, workspace, listen string, out io.Writer) error {
	a, err := app.Open(ctx, workspace, storage.Options{Version: version})
	if f := fault.Of(err); f != nil && f.Key == "storage.inUse" {
		return fault.Conflict("", "cli.serveOpen", fault.Params{"dir": workspace})
	}
	if err != nil {
		return err
	}
	defer a.Close()
	log := app.OpenLog(workspace)
	defer log.Close()
	return serve.Run(ctx, a, api.New(a), serve.Options{Listen: listen, Token: os.Getenv("KONTOR_TOKEN"), Pages: frontend.Dist(), Out: out})
}
