// A small window with files to drag out of it, as out of a file manager: drag FILE...
#include <gtk/gtk.h>

static char **uris;

static void give(GtkWidget *w, GdkDragContext *c, GtkSelectionData *data, guint info, guint time, gpointer unused) {
	gtk_selection_data_set_uris(data, uris);
}

int main(int count, char **names) {
	gtk_init(&count, &names);
	uris = g_new0(char *, count);
	for (int i = 1; i < count; i++) uris[i - 1] = g_filename_to_uri(names[i], NULL, NULL);
	GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *box = gtk_event_box_new();
	GtkTargetEntry target = {"text/uri-list", 0, 0};
	gtk_window_set_title(GTK_WINDOW(window), "Files to drag");
	gtk_window_set_default_size(GTK_WINDOW(window), 120, 80);
	gtk_window_set_keep_above(GTK_WINDOW(window), TRUE);
	gtk_container_add(GTK_CONTAINER(window), box);
	gtk_drag_source_set(box, GDK_BUTTON1_MASK, &target, 1, GDK_ACTION_COPY);
	g_signal_connect(box, "drag-data-get", G_CALLBACK(give), NULL);
	// Who started this waits for the end of the drag.
	g_signal_connect(box, "drag-end", G_CALLBACK(gtk_main_quit), NULL);
	gtk_widget_show_all(window);
	gtk_main();
	return 0;
}
