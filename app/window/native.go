//go:build desktop

package window

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"github.com/adrg/xdg"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/storage"
)

// Native is what the pages may ask of the desktop. Its methods are bound to the
// page as window.go.window.Native; their errors reach it as JSON text.
type Native struct{ w *Window }

// OpenFiles lets the user choose a file, or several. The pattern is a list such as
// "*.png;*.jpg". Nothing chosen is nothing answered.
func (n *Native) OpenFiles(title, pattern string, several bool) (files []Given, err error) {
	defer caught(&err)
	wanted := runtime.OpenDialogOptions{Title: title, DefaultDirectory: home(), Filters: filters(pattern)}
	var paths []string
	if several {
		paths, err = runtime.OpenMultipleFilesDialog(n.w.ctx, wanted)
	} else {
		var path string
		if path, err = runtime.OpenFileDialog(n.w.ctx, wanted); path != "" {
			paths = []string{path}
		}
	}
	if err != nil {
		return nil, err
	}
	return n.w.given.add(paths), nil
}

// SaveFile lets the user choose where the base64 data goes and writes it there.
// It reports whether they did.
func (n *Native) SaveFile(name, data string) (saved bool, err error) {
	defer caught(&err)
	content, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return false, fmt.Errorf("save %s: %w", name, err)
	}
	path, err := runtime.SaveFileDialog(n.w.ctx, runtime.SaveDialogOptions{
		Title: n.w.text("window.save", nil), DefaultDirectory: downloads(), DefaultFilename: fileName(name), CanCreateDirectories: true,
	})
	if err != nil || path == "" {
		return false, err
	}
	if err := storage.WriteFile(path, content); err != nil {
		return false, fault.Unavailable("window.notSaved", fault.Params{"file": path, "reason": reason(err)}, err)
	}
	return true, nil
}

// caught turns a panic into an error: without it the page's promise would never
// be answered.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic in the window: %v\n%s", p, debug.Stack())
	}
}

func unreadable(path string, err error) error {
	return fault.Unavailable("window.notRead", fault.Params{"file": path, "reason": reason(err)}, err)
}

// reason is the system's own word for what went wrong, without our path around it.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// filters shows the wanted files only.
func filters(pattern string) []runtime.FileFilter {
	if pattern == "" {
		return nil
	}
	// GTK's patterns know capital letters from small ones; files from cameras do not.
	all := pattern
	if upper := strings.ToUpper(pattern); upper != pattern {
		all += ";" + upper
	}
	return []runtime.FileFilter{{DisplayName: strings.ReplaceAll(pattern, ";", " "), Pattern: all}}
}

// fileName makes a proposed name safe to offer: no folders, nothing that Windows
// forbids.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		return "Kontor"
	}
	return name
}

func home() string { return existing(xdg.UserDirs.Documents, xdg.Home) }

func downloads() string { return existing(xdg.UserDirs.Download, xdg.Home) }

// existing is the first folder that is there: a dialog refuses others.
func existing(folders ...string) string {
	for _, dir := range folders {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return ""
}

// say shows a sentence in a dialog of the desktop.
func (w *Window) say(kind runtime.DialogType, title, text string) {
	if _, err := runtime.MessageDialog(w.ctx, runtime.MessageDialogOptions{Type: kind, Title: title, Message: dialogText(text)}); err != nil {
		slog.Warn("dialog", "err", err)
	}
}

// complain shows an error in a dialog.
func (w *Window) complain(err error) {
	f := fault.Of(err)
	if f.Code == fault.CodeInternal {
		slog.Error("window", "err", err)
	}
	w.say(runtime.ErrorDialog, "Kontor", lang.Text(w.language, f.Key, f.Params))
}
