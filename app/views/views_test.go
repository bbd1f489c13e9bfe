package views_test

import (
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/views"
)

func names(t *testing.T, h *apptest.House, kind string) string {
	t.Helper()
	all, err := h.Views.Of(h.Ctx, h.DB.Reader(), kind)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, v := range all {
		names = append(names, v.Name)
	}
	return strings.Join(names, ",")
}

func TestViews(t *testing.T) {
	h := apptest.Open(t)
	made := map[string]views.View{}
	for _, name := range []string{"Hamburg", "New", "Big"} {
		v, batch, err := h.Views.Make(h.Ctx, "company", name, "?where=city+%3D+%22Hamburg%22&sort=-name", false)
		if err != nil || batch == 0 || v.Shared || v.State != "where=city+%3D+%22Hamburg%22&sort=-name" {
			t.Fatal(v, batch, err)
		}
		made[name] = v
	}
	if _, _, err := h.Views.Make(h.Ctx, "person", "Buyers", "", true); err != nil {
		t.Fatal(err)
	}
	if got := names(t, h, "company"); got != "Hamburg,New,Big" {
		t.Errorf("views %s", got)
	}
	if _, _, err := h.Views.Move(h.Ctx, made["Big"].ID, -1); err != nil || names(t, h, "company") != "Hamburg,Big,New" {
		t.Errorf("moved: %s, %v", names(t, h, "company"), err)
	}
	shared, name := true, "Hanse"
	v, batch, err := h.Views.Change(h.Ctx, made["Hamburg"].ID, 0, views.Change{Name: &name, Shared: &shared})
	if err != nil || !v.Shared || v.Name != "Hanse" {
		t.Errorf("changed: %+v, %v", v, err)
	}
	if _, err := h.History.Undo(h.Ctx, batch, false); err != nil || names(t, h, "company") != "Hamburg,Big,New" {
		t.Errorf("undone: %s, %v", names(t, h, "company"), err)
	}
	_, batch, err = h.Views.Delete(h.Ctx, made["New"].ID)
	if err != nil || names(t, h, "company") != "Hamburg,Big" {
		t.Errorf("deleted: %s, %v", names(t, h, "company"), err)
	}
	if _, err := h.Views.One(h.Ctx, h.DB.Reader(), made["New"].ID); !fault.Is(err, fault.CodeNotFound) || fault.Of(err).Key != "view.deleted" {
		t.Errorf("a deleted one: %v", err)
	}
	if _, err := h.History.Undo(h.Ctx, batch, false); err != nil || names(t, h, "company") != "Hamburg,Big,New" {
		t.Errorf("brought back: %s, %v", names(t, h, "company"), err)
	}
}

func TestViewsOfOthers(t *testing.T) {
	h := apptest.Open(t)
	other := h.Make(h.Access.Kind, map[string]any{"name": "Jan", "role": "member"})
	mine, _, err := h.Views.Make(h.Ctx, "company", "Mine", "", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Views.Make(h.Ctx, "company", "Ours", "", true); err != nil {
		t.Fatal(err)
	}
	h.Ctx = record.WithAct(h.Ctx, record.Act{Actor: other.Record.ID})
	if got := names(t, h, "company"); got != "Ours" {
		t.Errorf("another user sees %s", got)
	}
	if _, err := h.Views.One(h.Ctx, h.DB.Reader(), mine.ID); fault.Of(err) == nil || fault.Of(err).Key != "view.foreign" {
		t.Errorf("another user opens it: %v", err)
	}
	if _, _, err := h.Views.Delete(h.Ctx, mine.ID); !fault.Is(err, fault.CodeForbidden) {
		t.Errorf("another user deletes it: %v", err)
	}
}

func TestViewsRefused(t *testing.T) {
	h := apptest.Open(t)
	for _, c := range []struct{ kind, name, state, key string }{
		{"company", "", "", "record.required"},
		{"company", strings.Repeat("x", 81), "", "record.tooLong"},
		{"company", "Broken", "where=%zz", "view.state"},
		{"spaceship", "Mine", "", "record.noKind"},
	} {
		if _, _, err := h.Views.Make(h.Ctx, c.kind, c.name, c.state, false); err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
