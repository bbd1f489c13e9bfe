package settings_test

import (
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/settings"
)

type v = map[string]any

func TestSettings(t *testing.T) {
	h := apptest.Open(t)
	for _, c := range []struct {
		key, value, fault string
	}{
		{"seller.name", "Falcon GmbH", ""},
		{"seller.name", "", "record.required"},
		{"seller.country", "Österreich", ""},
		{"seller.country", "Atlantis", "record.country"},
		{"seller.country", "", "record.required"},
		{"seller.email", "nobody", "record.email"},
		{"seller.website", "no site", "record.url"},
		{"seller.iban", "DE89 3704 0044 0532 0130 00", ""},
		{"seller.iban", "de89370400440532013000", ""},
		{"seller.iban", "DE88 3704 0044 0532 0130 00", "rule.iban"},
		{"seller.iban", "DE", "rule.iban"},
		{"seller.iban", "", ""},
		{"accent", "#0f766e", ""},
		{"accent", "teal", "rule.accent"},
		{"accent", "#12345g", "rule.accent"},
		{"currency", "chf", ""},
		{"currency", "XXX", "record.currency"},
		{"currency", "", "record.required"},
		{"language", "de", ""},
		{"language", "fr", "record.choice"},
		{"timezone", "America/New_York", ""},
		{"timezone", "Local", "rule.timezone"},
		{"timezone", "Mars/Olympus", "rule.timezone"},
		{"timezone", "../../etc/passwd", "rule.timezone"},
		{"timezone", "", "record.required"},
		{"seller.logo", "0000000000009", "record.noLink"},
		{"nothing", "x", "record.noField"},
	} {
		before := h.Settings.Text(c.key)
		_, err := h.Try(h.Records.Save, h.Settings.Kind, record.Draft{ID: settings.ID, Values: v{c.key: c.value}})
		if c.fault == "" {
			if err != nil {
				t.Errorf("%s = %q: %v", c.key, c.value, err)
			}
			continue
		}
		if f := fault.Of(err); f == nil || f.Code != fault.CodeInvalid || f.Key != c.fault || f.Field != c.key {
			t.Errorf("%s = %q: %v, want %s", c.key, c.value, err, c.fault)
		}
		if h.Settings.Text(c.key) != before {
			t.Errorf("%s = %q was refused and kept", c.key, c.value)
		}
	}
	env := h.Records.Env(h.Ctx)
	if env.Currency != "CHF" || env.Country != "AT" || env.Language != "de" || env.Now.Location().String() != "America/New_York" || env.Actor != h.Owner {
		t.Errorf("the world after it: %+v", env)
	}
}

func TestSettingsAreUndone(t *testing.T) {
	h := apptest.Open(t)
	c := h.Do(h.Records.Save, h.Settings.Kind, record.Draft{ID: settings.ID, Values: v{"currency": "USD", "seller.city": "Leeds"}})[0]
	changes, err := h.History.List(h.Ctx, h.DB.Reader(), history.Filter{Record: settings.ID, Limit: 10})
	if err != nil || len(changes) != 2 || changes[0].Title != "Harbor Trading" || len(changes[0].Fields) != 2 || changes[0].Actor.ID != h.Owner {
		t.Fatalf("history %+v, %v", changes, err)
	}
	if _, err := h.History.Undo(h.Ctx, c.ID, true); err != nil || h.Settings.Text("currency") != "USD" {
		t.Errorf("a dry run left %s, %v", h.Settings.Text("currency"), err)
	}
	if _, err := h.History.Undo(h.Ctx, c.ID, false); err != nil || h.Settings.Text("currency") != "EUR" || h.Settings.Text("seller.city") != "" {
		t.Errorf("after undo: %s, %v", h.Settings.Text("currency"), err)
	}
	hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), "Harbor", "", 5)
	if err != nil || len(hits) != 0 {
		t.Errorf("settings are found by search: %v, %v", hits, err)
	}
}
