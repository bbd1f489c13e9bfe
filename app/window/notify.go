//go:build desktop

package window

import (
	"log/slog"
	goruntime "runtime"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// notifications are set up when the first one is sent, once for the process.
var notifications struct {
	sync.Mutex
	ready bool
}

// What somebody did with a notification, and the buttons it has.
const (
	clicked = "DEFAULT_ACTION" // Wails' name for a click on the notification itself
	opened  = "open"
	buttons = "page"
)

// Notify shows a message of the desktop and reports whether there was one to
// show it: without a D-Bus or a service for it there is none, nor where somebody
// does not allow it, which is no failure. Its button brings the window to the
// front with the page of a path.
func (n *Native) Notify(title, body, path string) (shown bool, err error) {
	defer caught(&err)
	if !n.w.canNotify() {
		return false, nil
	}
	message := runtime.NotificationOptions{ID: "kontor" + path, Title: title, Body: body, CategoryID: buttons, Data: map[string]any{"path": path}}
	if err := runtime.SendNotificationWithActions(n.w.ctx, message); err != nil {
		slog.Info("notification", "err", err)
		return false, nil
	}
	return true, nil
}

// canNotify sets notifications up and asks for the leave where the system wants
// that. What fails is tried again with the next one.
func (w *Window) canNotify() bool {
	notifications.Lock()
	defer notifications.Unlock()
	if notifications.ready {
		return true
	}
	if err := runtime.InitializeNotifications(w.ctx); err != nil {
		slog.Info("notifications", "err", err)
		return false
	}
	if allowed, err := runtime.RequestNotificationAuthorization(w.ctx); err != nil || !allowed {
		slog.Info("notifications are not allowed", "err", err)
		return false
	}
	open := runtime.NotificationAction{ID: opened, Title: w.text("activities.page.open", nil)}
	if err := runtime.RegisterNotificationCategory(w.ctx, runtime.NotificationCategory{ID: buttons, Actions: []runtime.NotificationAction{open}}); err != nil {
		slog.Info("buttons of notifications", "err", err) // they come without
	}
	runtime.OnNotificationResponse(w.ctx, w.answered)
	notifications.ready = true
	return true
}

// answered opens the page of a notification. On Linux only its button does: Wails
// calls it a click, too, when somebody wipes a notification away there.
func (w *Window) answered(result runtime.NotificationResult) {
	r := result.Response
	path, ok := r.UserInfo["path"].(string)
	wanted := r.ActionIdentifier == opened || r.ActionIdentifier == clicked && goruntime.GOOS != "linux"
	if result.Error != nil || !ok || !wanted {
		return
	}
	w.front("")
	runtime.EventsEmit(w.ctx, "notified", path)
}
