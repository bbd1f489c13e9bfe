//go:build desktop

package window

/*
#cgo pkg-config: gtk+-3.0 webkit2gtk-4.1

#include <stdlib.h>
#include <string.h>
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

typedef struct { int x, y, width, height; } Area;

static GtkWindow *mainWindow(void) {
	GtkWindow *found = NULL;
	GList *all = gtk_window_list_toplevels();
	for (GList *l = all; l != NULL && found == NULL; l = l->next)
		if (GTK_IS_BIN(l->data) && GTK_IS_BOX(gtk_bin_get_child(GTK_BIN(l->data))) && gtk_window_get_window_type(GTK_WINDOW(l->data)) == GTK_WINDOW_TOPLEVEL && !GTK_IS_DIALOG(l->data))
			found = GTK_WINDOW(l->data);
	g_list_free(all);
	return found;
}

static GtkWidget *viewIn(GtkWidget *w) {
	if (WEBKIT_IS_WEB_VIEW(w)) return w;
	if (!GTK_IS_CONTAINER(w)) return NULL;
	GtkWidget *found = NULL;
	GList *children = gtk_container_get_children(GTK_CONTAINER(w));
	for (GList *l = children; l != NULL && found == NULL; l = l->next) found = viewIn(GTK_WIDGET(l->data));
	g_list_free(children);
	return found;
}

static WebKitWebView *view(void) {
	GtkWindow *w = mainWindow();
	return w == NULL ? NULL : (WebKitWebView *)viewIn(GTK_WIDGET(w));
}

// What follows runs on GTK's own thread, where g_idle_add brings it.

static gboolean editNow(gpointer command) {
	WebKitWebView *v = view();
	if (v != NULL) webkit_web_view_execute_editing_command(v, command);
	g_free(command);
	return G_SOURCE_REMOVE;
}
static void edit(const char *command) { g_idle_add(editNow, g_strdup(command)); }

static gboolean zoomNow(gpointer percent) {
	WebKitWebView *v = view();
	if (v != NULL) webkit_web_view_set_zoom_level(v, GPOINTER_TO_INT(percent) / 100.0);
	return G_SOURCE_REMOVE;
}
static void zoom(int percent) { g_idle_add(zoomNow, GINT_TO_POINTER(percent)); }

static gboolean startupNow(gpointer token) {
	GtkWindow *w = mainWindow();
	if (w != NULL) gtk_window_set_startup_id(w, token);
	g_free(token);
	return G_SOURCE_REMOVE;
}
static void startup(const char *token) { g_idle_add(startupNow, g_strdup(token)); }

static gboolean moveNow(gpointer data) {
	Area *a = data;
	GtkWindow *w = mainWindow();
	if (w != NULL) {
		gtk_window_move(w, a->x, a->y);
		gtk_window_resize(w, a->width, a->height);
	}
	g_free(a);
	return G_SOURCE_REMOVE;
}
static void move(int x, int y, int width, int height) {
	Area *a = g_new(Area, 1);
	a->x = x; a->y = y; a->width = width; a->height = height;
	g_idle_add(moveNow, a);
}

// screenAt is the usable part of the screen nearest to a point.
static Area screenAt(int x, int y) {
	GdkRectangle r;
	gdk_monitor_get_workarea(gdk_display_get_monitor_at_point(gdk_display_get_default(), x, y), &r);
	return (Area){r.x, r.y, r.width, r.height};
}

static int onX11(void) { return strcmp(G_OBJECT_TYPE_NAME(gdk_display_get_default()), "GdkX11Display") == 0; }

// A web process that dies leaves a white window. All that matters is stored, so
// the page is loaded again; one that keeps dying is left alone.
static gboolean reloadNow(gpointer v) {
	webkit_web_view_reload(v);
	return G_SOURCE_REMOVE;
}
static void died(WebKitWebView *v, WebKitWebProcessTerminationReason reason, gpointer unused) {
	static int deaths = 0;
	if (++deaths <= 10) g_timeout_add(300, reloadNow, v);
}

// Files that are dragged over the window reach the page through drop_linux.go.
extern void filesDragged(char **paths, int count);
extern void filesLetGo(void);

static void received(GtkWidget *w, GdkDragContext *c, gint x, gint y, GtkSelectionData *data, guint info, guint time, gpointer unused) {
	if (gtk_selection_data_get_target(data) != gdk_atom_intern_static_string("text/uri-list")) return;
	gchar **uris = gtk_selection_data_get_uris(data);
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	for (gchar **u = uris; u != NULL && *u != NULL; u++) {
		char *path = g_filename_from_uri(*u, NULL, NULL); // NULL for what is no file
		if (path != NULL) g_ptr_array_add(paths, path);
	}
	filesDragged((char **)paths->pdata, (int)paths->len);
	g_ptr_array_free(paths, TRUE);
	g_strfreev(uris);
}

// WebKit answers "drag-drop" before handlers of ours would be asked; a hook is
// called before all of them.
static gboolean letGo(GSignalInvocationHint *hint, guint n, const GValue *values, gpointer v) {
	if (g_value_get_object(&values[0]) == v) filesLetGo();
	return TRUE;
}

// stay keeps all but the pages themselves and the mails in them out of the
// window, which has no way back from a file or a site that took their place.
static gboolean stay(WebKitWebView *v, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, gpointer unused) {
	if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE) return FALSE;
	WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action(WEBKIT_NAVIGATION_POLICY_DECISION(decision));
	const char *uri = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action));
	if (g_str_has_prefix(uri, "wails:") || g_str_has_prefix(uri, "about:")) return FALSE;
	webkit_policy_decision_ignore(decision);
	return TRUE;
}

static gboolean watchNow(gpointer unused) {
	static gboolean watched = FALSE;
	WebKitWebView *v = view();
	if (v == NULL || watched) return G_SOURCE_REMOVE;
	watched = TRUE;
	g_signal_connect(v, "web-process-terminated", G_CALLBACK(died), NULL);
	g_signal_connect(v, "decide-policy", G_CALLBACK(stay), NULL);
	g_signal_connect(v, "drag-data-received", G_CALLBACK(received), NULL);
	g_signal_add_emission_hook(g_signal_lookup("drag-drop", GTK_TYPE_WIDGET), 0, letGo, v, NULL);
	return G_SOURCE_REMOVE;
}
static void watch(void) { g_idle_add(watchNow, NULL); }

static int begin(const char *name) {
	g_set_prgname(name);
	return gtk_init_check(NULL, NULL);
}
*/
import "C"

import (
	"math"
	"os"
	goruntime "runtime"
	"strings"
	"unsafe"

	"github.com/wailsapp/wails/v2/pkg/menu"

	"kontor/app/kit/fault"
)

// programName is how the desktop knows the window (WM_CLASS, StartupWMClass). It
// also names the folder in which WebKit keeps what the pages store: "kontor" is
// the usual workspace there.
const programName = "kontor-window"

// canZoom says that the menu can zoom the pages.
const canZoom = true

// display makes sure that there is a screen to open a window on.
func display() error {
	none := os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
	goruntime.LockOSThread()                          // GTK stays on the thread that began it
	setDefault("WEBKIT_DISABLE_DMABUF_RENDERER", "1") // blank windows on NVIDIA (WebKit bug 261874)
	if session := os.Getenv("XDG_SESSION_TYPE"); session != "wayland" && os.Getenv("WAYLAND_DISPLAY") == "" {
		setDefault("GDK_BACKEND", "x11") // as Wails does; without it GTK warns
	}
	name := C.CString(programName)
	defer C.free(unsafe.Pointer(name))
	if none || C.begin(name) == 0 {
		return fault.Unavailable("window.noDisplay", nil, nil)
	}
	return nil
}

func setDefault(name, value string) {
	if os.Getenv(name) == "" {
		_ = os.Setenv(name, value) // fails for malformed names only
	}
}

// onScreen moves a place to where a screen is now. It runs on GTK's thread,
// before the window begins.
func onScreen(p Place) Place {
	if !p.Known {
		return p
	}
	s := C.screenAt(C.int(p.X+p.Width/2), C.int(p.Y+p.Height/2))
	return p.within(int(s.x), int(s.y), int(s.width), int(s.height))
}

// putBack gives the window its last place and zoom.
func (w *Window) putBack() {
	C.watch()
	setZoom(w.place.Zoom)
	if p := w.place; p.Known && !p.Maximised {
		C.move(C.int(p.X), C.int(p.Y), C.int(p.Width), C.int(p.Height))
	}
}

// tellsPlace: Wayland tells no program where its windows are.
func tellsPlace() bool { return C.onX11() != 0 }

func setZoom(level float64) { C.zoom(C.int(math.Round(level * 100))) }

// useActivation hands on the desktop's permission to take the focus.
func useActivation(token string) {
	if token == "" {
		return
	}
	c := C.CString(token)
	defer C.free(unsafe.Pointer(c))
	C.startup(c)
}

// editMenu does on Linux what roles do on a Mac. Undo goes to the pages, which
// know whether a text or a record was changed last.
func (w *Window) editMenu() *menu.MenuItem {
	sub := menu.NewMenu()
	w.command(sub, w.text("ui.action.undo", nil), "undo", nil)
	sub.AddSeparator()
	for _, e := range []struct{ key, command string }{
		{"window.menu.cut", "Cut"}, {"window.menu.copy", "Copy"}, {"window.menu.paste", "Paste"}, {"window.menu.selectAll", "SelectAll"},
	} {
		w.item(sub, e.key, nil, func() {
			command := C.CString(e.command)
			defer C.free(unsafe.Pointer(command))
			C.edit(command)
		})
	}
	return menu.SubMenu(w.text("window.menu.edit", nil), sub)
}

// dialogText keeps percent signs: GTK's dialogs take their text for a format.
func dialogText(text string) string { return strings.ReplaceAll(text, "%", "%%") }
