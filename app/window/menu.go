//go:build desktop

package window

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// places are the kinds whose lists have a menu item, in its order, where the
// program has them.
var places = []string{"company", "person", "product", "quotation"}

// menu is the menu bar. GTK gives a menu's keys precedence over the page, so the
// keys of editing stay out of it: the webview has them already.
func (w *Window) menu() *menu.Menu {
	bar := menu.NewMenu()
	if goruntime.GOOS == "darwin" {
		bar.Append(menu.AppMenu())
	}
	file := bar.AddSubmenu(w.text("window.menu.file", nil))
	w.command(file, w.text("contacts.kind.company.new", nil), "create:company", keys.CmdOrCtrl("n"))
	w.command(file, w.text("contacts.kind.person.new", nil), "create:person", keys.Combo("n", keys.CmdOrCtrlKey, keys.ShiftKey))
	w.command(file, w.text("sales.kind.quotation.new", nil), "create:quotation", nil)
	file.AddSeparator()
	w.command(file, w.text("transfer.page.command.import.company", nil), "import:company", nil)
	w.command(file, w.text("transfer.page.command.export.xlsx", nil), "export:xlsx", keys.CmdOrCtrl("e"))
	file.AddSeparator()
	w.item(file, "window.menu.folder", nil, w.openFolder)
	w.item(file, "window.menu.backup", nil, w.backup)
	file.AddSeparator()
	w.item(file, "window.menu.quit", keys.CmdOrCtrl("q"), func() { runtime.Quit(w.ctx) })

	if edit := w.editMenu(); edit != nil {
		bar.Append(edit)
	}

	view := bar.AddSubmenu(w.text("window.menu.view", nil))
	if canZoom {
		w.item(view, "window.menu.zoomIn", keys.CmdOrCtrl("+"), func() { w.zoom(zoomStep) })
		w.item(view, "window.menu.zoomOut", keys.CmdOrCtrl("-"), func() { w.zoom(-zoomStep) })
		w.item(view, "window.menu.zoomReset", keys.CmdOrCtrl("0"), func() { w.zoom(0) })
		view.AddSeparator()
	}
	w.item(view, "window.menu.fullscreen", keys.Key("f11"), w.fullscreen)
	w.item(view, "window.menu.reload", keys.Key("f5"), func() { runtime.WindowReload(w.ctx) })

	to := bar.AddSubmenu(w.text("window.menu.go", nil))
	w.command(to, w.text("ui.command.palette", nil), "palette", keys.CmdOrCtrl("k"))
	to.AddSeparator()
	for _, name := range places {
		if kind, err := w.app.Records.Kind(name); err == nil {
			w.command(to, w.text(kind.Module+".kind."+name+".many", nil), "go:/"+name, nil)
		}
	}
	to.AddSeparator()
	w.command(to, w.text("transfer.page.title", nil), "go:/import", nil)
	w.command(to, w.text("mail.page.title", nil), "go:/mail", nil)
	w.command(to, w.text("history.title", nil), "go:/history", nil)
	w.command(to, w.text("history.bin.title", nil), "go:/bin", nil)
	w.command(to, w.text("settings.title", nil), "go:/settings", keys.CmdOrCtrl(","))

	help := bar.AddSubmenu(w.text("window.menu.help", nil))
	w.command(help, w.text("ui.command.help", nil), "help", keys.Key("f1"))
	w.item(help, "window.menu.about", nil, w.about)
	return bar
}

// command adds an item that asks the pages for one of their commands.
func (w *Window) command(in *menu.Menu, label, id string, key *keys.Accelerator) {
	in.AddText(label, key, func(*menu.CallbackData) { runtime.EventsEmit(w.ctx, "command", id) })
}

// item adds an item that the window itself answers.
func (w *Window) item(in *menu.Menu, label string, key *keys.Accelerator, do func()) {
	in.AddText(w.text(label, nil), key, func(*menu.CallbackData) {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("panic", "menu", label, "panic", p, "stack", string(debug.Stack()))
			}
		}()
		do()
	})
}

// openFolder shows the workspace's folder in the file manager.
func (w *Window) openFolder() {
	opener := map[string]string{"windows": "explorer", "darwin": "open"}[goruntime.GOOS]
	if opener == "" {
		opener = "xdg-open"
	}
	show := exec.Command(opener, w.app.DB.Dir)
	if err := show.Start(); err != nil {
		// Nothing here opens folders: say at least where it is.
		w.say(runtime.InfoDialog, "Kontor", w.app.DB.Dir)
		return
	}
	_ = show.Wait() // Windows' explorer answers 1 when all is well
}

// backup copies the workspace to where the user says.
func (w *Window) backup() {
	name := fileName(w.title() + " " + time.Now().Format("2006-01-02 1504") + ".zip")
	file, err := runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
		Title: w.text("window.backup.title", nil), DefaultDirectory: home(), DefaultFilename: name, CanCreateDirectories: true,
		Filters: []runtime.FileFilter{{DisplayName: "*.zip", Pattern: "*.zip"}},
	})
	if err != nil || file == "" {
		return
	}
	if !strings.EqualFold(filepath.Ext(file), ".zip") {
		file += ".zip"
	}
	target := file
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		target = file + ".new" // the dialog has asked; the old one stays until the new one is proven
	}
	b, err := w.app.DB.Backup(w.ctx, target)
	if err == nil && target != file {
		err = os.Rename(target, file)
	}
	if err != nil {
		w.complain(err)
		return
	}
	w.say(runtime.InfoDialog, "Kontor", w.text("window.backup.done", map[string]any{"file": file, "size": (b.Bytes + 1<<20 - 1) >> 20}))
}

func (w *Window) fullscreen() {
	if runtime.WindowIsFullscreen(w.ctx) {
		runtime.WindowUnfullscreen(w.ctx)
	} else {
		runtime.WindowFullscreen(w.ctx)
	}
}

func (w *Window) about() {
	w.say(runtime.InfoDialog, "Kontor", w.text("window.about", map[string]any{"version": w.app.Version, "dir": w.app.DB.Dir}))
}
