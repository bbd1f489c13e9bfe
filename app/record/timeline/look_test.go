package timeline_test

import (
	"fmt"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/record/timeline"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// TestSinceYouLastLooked: what others did is new, what one did oneself is not,
// and a visit goes on while one leafs through other records.
func TestSinceYouLastLooked(t *testing.T) {
	clock := storagetest.Clock()
	var later time.Duration
	h := apptest.OpenAt(t, func() time.Time { return clock().Add(later) })
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	other := h.Make(h.Access.Kind, v{"name": "Ben Otieno", "role": "member"}).Record.ID
	look := func(user record.ID) (l timeline.Look) {
		t.Helper()
		err := h.DB.Write(h.Ctx, func(tx *storage.Tx) (err error) {
			l, err = h.Timeline.Look(h.Ctx, tx, company.Record.ID, user)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	want := func(l timeline.Look, since bool, text string) {
		t.Helper()
		if got := fmt.Sprint(l.Counts, l.Fields, l.More); got != text || (l.Since != "") != since {
			t.Errorf("since %q %s, want %s", l.Since, got, text)
		}
	}
	want(look(other), false, "map[] [] false")
	later += time.Hour
	h.Make(h.Activities.Note, v{"text": "they called", "about": company.Record.ID, "at": "2020-01-01"})
	h.Set(company, v{"vat": "DE1", "name": "Falcon Ltd"})
	want(look(h.Owner), false, "map[] [] false")
	want(look(other), true, "map[note:1] [name vat] false")
	later += 20 * time.Minute
	want(look(other), true, "map[note:1] [name vat] false")
	later += time.Hour
	want(look(other), true, "map[] [] false")
	h.Make(h.Activities.Note, v{"text": "my own", "about": company.Record.ID})
	later += time.Hour
	want(look(h.Owner), true, "map[] [] false")
	want(look(other), true, "map[note:1] [] false")
}
