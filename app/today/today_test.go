package today_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/app/today"
	"kontor/storage"
)

type v = map[string]any

// read shows the sections with the titles of what stands in them.
func read(h *apptest.House) string {
	h.Helper()
	sections, err := today.Today{Records: h.Records, Calendar: h.Activities}.Read(h.Ctx, h.DB.Reader())
	if err != nil {
		h.Fatal(err)
	}
	var all []string
	for _, s := range sections {
		var titles []string
		for _, rec := range s.Records {
			titles = append(titles, rec.Title())
		}
		all = append(all, fmt.Sprintf("%s %d: %s", s.Key, s.Count, strings.Join(titles, ", ")))
	}
	return strings.Join(all, "; ")
}

// mail puts a mail where a sync puts it.
func mail(h *apptest.House, n int, subject, direction string, at time.Time, bulk int) {
	h.Helper()
	err := h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		id := int64(record.NewID(h.DB.Now()))
		_, err := tx.Exec(h.Ctx, `INSERT INTO mail_message (id, version, created_at, updated_at, subject, subject_key, sender, sender_key, sender_name, recipients, copies, at, direction,
			preview, text, complete, auto, bulk, key, thread_id, strangers, level) VALUES ($1, 1, $2, $2, $3, $4, '', '', '', '', '', $5, $6, '', '', 1, 0, $7, $8, $1, 0, '')`,
			id, tx.Now, subject, storage.Fold(subject), at.UnixMilli(), direction, bulk, fmt.Sprint("k", n))
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
}

func TestToday(t *testing.T) {
	now := time.Date(2026, 12, 31, 22, 30, 0, 0, time.UTC) // 23:30 in Berlin
	var clock atomic.Int64
	clock.Store(now.UnixMilli())
	h := apptest.OpenAt(t, func() time.Time { return time.UnixMilli(clock.Add(1)) })
	if got := read(h); got != "" {
		t.Errorf("an empty workspace has %s", got)
	}
	bo := h.Make(h.Access.Kind, v{"name": "Bo", "role": "member"})
	for _, values := range []v{
		{"text": "Late", "due": "2026-12-30"},
		{"text": "Later", "due": "2026-11-01"},
		{"text": "Now", "due": "2026-12-31"},
		{"text": "Soon", "due": "2027-01-01"},
		{"text": "Bo's", "due": "2026-12-31", "assigned": bo.Record.ID},
		{"text": "Nobody's", "due": "2026-12-31", "assigned": nil},
		{"text": "Some day"},
	} {
		h.Make(h.Activities.Task, values)
	}
	for _, values := range []v{
		{"text": "Over", "from": "2026-12-31T10:00"},
		{"text": "Running", "from": "2026-12-31T23:00"},
		{"text": "New year", "day": "2027-01-01"},
		{"text": "Round", "from": "2026-12-21T09:00", "repeat": "weekly"},
		{"text": "Far", "from": "2027-01-05T09:00"},
	} {
		h.Make(h.Activities.Meeting, values)
	}
	mail(h, 1, "AW: Angebot", "in", now.Add(-time.Hour), 0)
	mail(h, 2, "re: an old one", "in", now.AddDate(0, 0, -9), 0)
	mail(h, 3, "Re: ours", "out", now, 0)
	mail(h, 4, "Research", "in", now, 0)
	mail(h, 5, "Re: newsletter", "in", now, 1)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	line := []any{v{"kind": "item", "text": "Counter", "quantity": "1", "price": "10", "category": "S", "rate": "19"}}
	quotation := func(values v) record.Change {
		values["company"], values["lines"], values["currency"] = company.Record.ID, line, "EUR"
		return h.Make(h.Sales.Quotation, values)
	}
	quotation(v{"subject": "Draft"})
	sent := quotation(v{"subject": "Sent", "validUntil": "2027-01-30"})
	fresh := quotation(v{"subject": "Fresh", "validUntil": "2027-01-30"})
	for q, days := range map[*record.Change]int{&sent: 8, &fresh: 1} {
		h.Do(h.Records.Save, h.Sales.Quotation, record.Draft{ID: q.Record.ID, System: true, Values: v{"status": "final", "finalisedAt": now.AddDate(0, 0, -days).UnixMilli()}})
	}
	want := "overdue 2: Later, Late; due 2: Now, Nobody's; meetings 2: Running, New year; replies 1: AW: Angebot; chase 1: Sent; drafts 1: Draft"
	if got := read(h); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	// An hour later it is another day, and another year.
	clock.Store(now.Add(time.Hour).UnixMilli())
	want = "overdue 4: Later, Late, Now, Nobody's; due 1: Soon; meetings 2: New year, Round; replies 1: AW: Angebot; chase 1: Sent; drafts 1: Draft"
	if got := read(h); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	var drafts []record.Draft
	for i := range 1500 {
		drafts = append(drafts, record.Draft{Values: v{"text": fmt.Sprintf("Task %04d", i), "due": "2026-01-01"}})
	}
	h.Do(h.Records.Save, h.Activities.Task, drafts...)
	sections, err := today.Today{Records: h.Records, Calendar: h.Activities}.Read(h.Ctx, h.DB.Reader())
	if err != nil {
		t.Fatal(err)
	}
	if s := sections[0]; len(s.Records) != 20 || s.Count != 999 || !s.Capped {
		t.Errorf("%d rows of %d, capped %v", len(s.Records), s.Count, s.Capped)
	}
}

// TestKindsThatAreNotThere: a program with fewer kinds has fewer sections.
func TestKindsThatAreNotThere(t *testing.T) {
	h := apptest.Open(t)
	h.Make(h.Activities.Task, v{"text": "Now", "due": "2026-03-04"})
	r := &record.Registry{Clock: h.Records.Clock, World: h.Records.World}
	r.Register(h.Access.Kind, h.Contacts.Company, h.Contacts.Person, h.Activities.Task)
	sections, err := today.Today{Records: r, Calendar: h.Activities}.Read(h.Ctx, h.DB.Reader())
	if err != nil || len(sections) != 1 || sections[0].Key != "due" {
		t.Errorf("%+v %v", sections, err)
	}
}
