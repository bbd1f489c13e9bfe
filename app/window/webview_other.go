//go:build desktop && !linux

package window

import (
	goruntime "runtime"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

const programName = "kontor"

// canZoom: the webviews of Windows and macOS zoom by their own keys.
const canZoom = false

func setZoom(float64) {}

// display: these systems always have a screen.
func display() error { return nil }

// onScreen: the screens are known once the window is there (putBack).
func onScreen(p Place) Place { return p }

// putBack gives the window its last place, as far as the screen has room.
func (w *Window) putBack() {
	p := w.place
	if !p.Known || p.Maximised {
		return
	}
	screens, err := runtime.ScreenGetAll(w.ctx)
	if err != nil {
		return
	}
	for _, s := range screens {
		if s.IsCurrent {
			p = p.within(0, 0, s.Size.Width, s.Size.Height)
		}
	}
	runtime.WindowSetSize(w.ctx, p.Width, p.Height)
	runtime.WindowSetPosition(w.ctx, p.X, p.Y)
}

func tellsPlace() bool { return true }

func useActivation(string) {}

// editMenu has the system's own items where roles are known.
func (w *Window) editMenu() *menu.MenuItem {
	if goruntime.GOOS == "darwin" {
		return menu.EditMenu()
	}
	return nil // the webview's keys and context menu have them
}

func dialogText(text string) string { return text }
