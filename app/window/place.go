//go:build desktop

package window

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/storage"
)

// Place is where and how large the window was when it was closed.
type Place struct {
	X         int     `json:"x"`
	Y         int     `json:"y"`
	Width     int     `json:"width"`
	Height    int     `json:"height"`
	Known     bool    `json:"known"` // X and Y were read from a desktop that tells them
	Maximised bool    `json:"maximised"`
	Zoom      float64 `json:"zoom"`
}

// firstPlace is the size of the very first window.
var firstPlace = Place{Width: 1360, Height: 860, Zoom: 1}

// The zoom goes from half to three times, in steps of ten per cent.
const (
	minZoom  = 0.5
	maxZoom  = 3.0
	zoomStep = 0.1
)

// The window state belongs to the user at this computer, not to the workspace.
func placeFile() string { return filepath.Join(xdg.ConfigHome, "kontor", "window.json") }

// readPlace reads the last place. A file that is missing or makes no sense is
// worth no message.
func readPlace() Place {
	p := firstPlace
	data, err := os.ReadFile(placeFile())
	if err != nil || json.Unmarshal(data, &p) != nil {
		return firstPlace
	}
	return p.sane()
}

// sane keeps a place within what any screen could have.
func (p Place) sane() Place {
	if p.Width < minWidth || p.Height < minHeight || p.Width > 20_000 || p.Height > 20_000 {
		p.Width, p.Height, p.Known = firstPlace.Width, firstPlace.Height, false
	}
	if p.Zoom < minZoom || p.Zoom > maxZoom {
		p.Zoom = 1
	}
	return p
}

// within moves and shrinks the place so that it lies on a screen of this size
// whose upper left corner is at x, y.
func (p Place) within(x, y, width, height int) Place {
	p.Width, p.Height = min(p.Width, max(width, minWidth)), min(p.Height, max(height, minHeight))
	p.X = max(x, min(p.X, x+width-p.Width))
	p.Y = max(y, min(p.Y, y+height-p.Height))
	return p
}

func (p Place) state() options.WindowStartState {
	if p.Maximised {
		return options.Maximised
	}
	return options.Normal
}

// remember writes the place down for the next start.
func (w *Window) remember() {
	p := w.place
	p.Maximised = runtime.WindowIsMaximised(w.ctx)
	if runtime.WindowIsNormal(w.ctx) { // else the size before it was maximised stays
		p.Width, p.Height = runtime.WindowGetSize(w.ctx)
		p.X, p.Y = runtime.WindowGetPosition(w.ctx)
		p.Known = tellsPlace()
	}
	data, err := json.Marshal(p.sane())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(placeFile()), 0o700)
	}
	if err == nil {
		err = storage.WriteFile(placeFile(), data)
	}
	if err != nil {
		slog.Warn("window place", "err", err)
	}
}

// zoom changes the size of everything on the pages; 0 takes it back to normal.
func (w *Window) zoom(by float64) {
	w.place.Zoom += by
	if by == 0 {
		w.place.Zoom = 1
	}
	w.place.Zoom = min(max(w.place.Zoom, minZoom), maxZoom)
	setZoom(w.place.Zoom)
}
