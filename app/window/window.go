//go:build desktop

package window

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/adrg/xdg"
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/serve"
	"kontor/frontend"
	"kontor/storage"
)

// The window's least size: below it the lists have no room for two columns.
const (
	minWidth  = 760
	minHeight = 520
)

// goodbye is how long the window may take to end once it was told to. A native
// dialog that is still open holds GTK's main loop.
const goodbye = 4 * time.Second

//go:embed icon.png
var icon []byte

// Window is the one window of a process.
type Window struct {
	app      *app.App
	language string
	place    Place
	given    given // the files that pages may read

	ctx    context.Context // of Wails; nil until the window starts
	ready  chan struct{}   // closed when ctx is set
	pump   context.CancelFunc
	once   sync.Once // the window is shown once; pages may load again
	shown  atomic.Bool
	ending atomic.Bool
}

// Open opens the window on a workspace and returns when it is closed. If another
// process has a window on it, that one comes to the front instead.
func Open(ctx context.Context, workspace, version string) error {
	if err := display(); err != nil {
		return err
	}
	a, err := open(ctx, workspace, version)
	if err != nil || a == nil {
		return err
	}
	log := app.OpenLog(workspace)
	w := &Window{app: a, language: lang.Match(a.Settings.Text("language"), lang.Fallback), place: onScreen(readPlace()), ready: make(chan struct{})}
	handler := api.New(a)
	socket, err := serve.Socket(ctx, a, handler, w.routes)
	if err == nil {
		a.Work(ctx)
		err = errors.Join(w.run(ctx, handler), socket.Close())
	}
	return errors.Join(err, a.Close(), log.Close())
}

// run shows the window until it is closed.
func (w *Window) run(ctx context.Context, handler *api.API) error {
	err := wails.Run(&options.App{
		Title:            w.title(),
		Width:            w.place.Width,
		Height:           w.place.Height,
		MinWidth:         minWidth,
		MinHeight:        minHeight,
		StartHidden:      true, // shown when the page is loaded: no white flash
		WindowStartState: w.place.state(),
		AssetServer:      &assetserver.Options{Assets: frontend.Dist(), Handler: guard(w.language, w.withGiven(handler.Owned()))},
		Menu:             w.menu(),
		Bind:             []any{&Native{w}},
		ErrorFormatter:   w.errorText,
		// The webview's own menu stands over text fields and selected text only,
		// where it has copy and paste; Wails keeps it away elsewhere.
		EnableDefaultContextMenu: true,
		Logger:                   quiet{},
		LogLevelProduction:       logger.ERROR,
		OnStartup: func(c context.Context) {
			w.start(c)
			if ctx.Err() != nil { // told to end before Wails listened to signals
				runtime.Quit(c)
			}
		},
		OnDomReady:    func(context.Context) { w.once.Do(w.show) },
		OnBeforeClose: func(context.Context) bool { return !w.end() },
		Linux: &linux.Options{
			Icon: icon, ProgramName: programName,
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever, // blank windows on NVIDIA and some Wayland (Wails #2977)
		},
		Windows: &windows.Options{
			WebviewUserDataPath: filepath.Join(xdg.ConfigHome, "kontor", "webview"), IsZoomControlEnabled: true,
			Messages: w.webViewMessages(),
		},
	})
	if err != nil {
		return fault.Unavailable("window.noWebView", nil, err)
	}
	return nil
}

func (w *Window) text(key string, params fault.Params) string {
	return lang.Text(w.language, key, params)
}

// title is the company's name: with several workspaces the task bar tells them
// apart.
func (w *Window) title() string {
	if name := w.app.Settings.Text("seller.name"); name != "" {
		return name
	}
	return "Kontor"
}

// start lets the pages hear what changed.
func (w *Window) start(ctx context.Context) {
	feed, stop := context.WithCancel(ctx)
	w.ctx, w.pump = ctx, stop
	close(w.ready)
	dropped.Lock()
	dropped.tell = func(held bool) { runtime.EventsEmit(ctx, "dragged", held) }
	dropped.Unlock()
	events := w.app.Records.Feed.Subscribe(feed)
	reminders := w.app.Activities.Reminders(feed)
	go func() {
		title := w.title()
		for {
			select {
			case <-feed.Done():
				return
			case e := <-events:
				runtime.EventsEmit(ctx, "changed", e)
				if now := w.title(); now != title {
					title = now
					runtime.WindowSetTitle(ctx, now)
				}
			case e := <-reminders:
				runtime.EventsEmit(ctx, "reminder", e)
			}
		}
	}()
}

// show brings the loaded window up where it was the last time.
func (w *Window) show() {
	w.putBack()
	runtime.WindowShow(w.ctx)
	w.putBack() // some window managers place what they show
	w.shown.Store(true)
}

// end prepares the end and reports whether it was the first to ask for it. Wails
// must not be told to quit twice.
func (w *Window) end() (first bool) {
	if !w.ending.CompareAndSwap(false, true) {
		return false
	}
	time.AfterFunc(goodbye, func() {
		if err := w.app.Close(); err != nil {
			slog.Error("close", "err", err)
			os.Exit(1)
		}
		os.Exit(0)
	})
	<-w.ready
	w.pump()
	runtime.WindowGetSize(w.ctx) // answered by the main loop: one that does not run yet cannot be told to end
	if w.shown.Load() {
		w.remember()
	}
	return true
}

// errorText answers the failure of a bound method: Wails hands only text on.
func (w *Window) errorText(err error) any {
	f := fault.Of(err)
	if f.Code == fault.CodeInternal {
		slog.Error("window", "err", err)
	}
	data, err := json.Marshal(map[string]string{"code": string(f.Code), "field": f.Field, "detail": lang.Text(w.language, f.Key, f.Params)})
	if err != nil {
		return `{"code":"internal","field":"","detail":""}`
	}
	return string(data)
}

// guard tells the handler which door this is, and keeps a panic from ending the
// program: there is no net/http around it.
func guard(language string, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("panic", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				api.WriteFault(rw, r, language, fault.New(fault.CodeInternal, "fault.internal", nil))
			}
		}()
		handler.ServeHTTP(rw, r.WithContext(api.WithDoor(r.Context(), "window")))
	})
}

// webViewMessages replaces Wails' English sentences about a missing WebView2.
func (w *Window) webViewMessages() *windows.Messages {
	m := windows.DefaultMessages()
	m.InstallationRequired, m.UpdateRequired = w.text("window.webView.ask", nil), w.text("window.webView.askNewer", nil)
	m.MissingRequirements, m.Error = "Kontor", "Kontor"
	m.FailedToInstall, m.Webview2NotInstalled = w.text("window.webView.failed", nil), w.text("window.noWebView", nil)
	m.WebView2ProcessCrash = w.text("window.webView.crashed", nil)
	return m
}

// quiet sends what Wails has to say to our log.
type quiet struct{}

func (quiet) Print(s string)   { slog.Debug("wails", "text", s) }
func (quiet) Trace(s string)   { slog.Debug("wails", "text", s) }
func (quiet) Debug(s string)   { slog.Debug("wails", "text", s) }
func (quiet) Info(s string)    { slog.Debug("wails", "text", s) }
func (quiet) Warning(s string) { slog.Warn("wails", "text", s) }
func (quiet) Error(s string)   { slog.Error("wails", "text", s) }
func (quiet) Fatal(s string)   { slog.Error("wails", "text", s); os.Exit(1) }

// open opens the workspace, or answers nothing when the window that has it open
// already was brought to the front.
func open(ctx context.Context, workspace, version string) (*app.App, error) {
	deadline := time.Now().Add(patience)
	for {
		a, err := app.Open(ctx, workspace, storage.Options{Version: version})
		if f := fault.Of(err); f == nil || f.Key != "storage.inUse" {
			return a, err
		}
		answered, err := wake(ctx, workspace)
		if answered || err != nil {
			return nil, err
		}
		if time.Now().After(deadline) {
			return nil, fault.Conflict("", "cli.serveOpen", fault.Params{"dir": workspace})
		}
		select { // a command is at work, or a window is just starting or ending
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}
