package mail_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"kontor/app/record"
	"kontor/mailsync/mailtest"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// purge puts a record into the bin and takes it away for good.
func (d *desk) purge(rec *record.Record) record.Edited {
	d.Helper()
	d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
		_, err := d.Records.Delete(d.ctx, tx, rec.Kind, record.Draft{ID: rec.ID})
		return err
	}))
	done, err := d.Records.PurgeMany(d.ctx, d.DB, []record.Ref{{Kind: rec.Kind.Name, ID: rec.ID}}, func(int) {})
	d.check(err)
	return done
}

// TestPurgedRecordsLeaveTheirMails: whoever is purged leaves no link in a mail,
// the mail stays with the others it concerns, and does not bring the link back.
func TestPurgedRecordsLeaveTheirMails(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada Lovelace", "email": "ada@falcon.example"})
	bob := d.save(d.Contacts.Person, 0, map[string]any{"name": "Bob Babbage", "email": "bob@falcon.example"})
	d.deliver("INBOX", letter{id: "1@x", from: "ada@falcon.example", to: mailtest.Owner, cc: "bob@falcon.example", subject: "Plans", text: "Herewith."})
	d.add(d.account())
	d.sync(false)
	if got := d.line(ada) + d.line(bob); got != "PlansPlans" {
		t.Fatalf("timelines %s", got)
	}
	if done := d.purge(ada); done.Changed != 1 || len(done.Failed) > 0 {
		t.Fatalf("a mail held her: %+v", done)
	}
	for _, query := range []string{
		"SELECT count(*) FROM mail_link WHERE record_id = $1",
		"SELECT count(*) FROM timeline_entry WHERE subject_id = $1 OR ref_id = $1",
	} {
		if n := d.count(query, int64(ada.ID)); n != 0 {
			t.Errorf("%s: %d", query, n)
		}
	}
	d.sync(true)
	if m := d.only(bob); why(m) != "cc bob@falcon.example" || d.line(bob) != "Plans" {
		t.Errorf("his mail: %s, %s", why(m), d.line(bob))
	}
	again := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada King", "email": "ada@falcon.example"})
	if d.line(again) != "Plans" {
		t.Errorf("a new record of the address has %q", d.line(again))
	}
}

// TestPurgedFilesLeaveWhatMailsNeed: a file with the same bytes as what a mail
// keeps can go, the bytes stay.
func TestPurgedFilesLeaveWhatMailsNeed(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada Lovelace", "email": "ada@falcon.example"})
	d.deliver("INBOX", letter{id: "1@x", from: "ada@falcon.example", to: mailtest.Owner, subject: "Plans", text: strings.Repeat("The plan of the pavilion. ", 40)})
	d.add(d.account())
	d.sync(false)
	m := d.only(ada)
	var hash string
	d.check(d.DB.Reader().QueryRowxContext(d.ctx, "SELECT coalesce(raw_hash, html_hash, text_hash) FROM mail_message WHERE id = $1", int64(m.ID)).Scan(&hash))
	blob, err := d.DB.Blob(d.ctx, d.DB.Reader(), hash)
	d.check(err)
	content, err := io.ReadAll(blob)
	d.check(err)
	d.check(blob.Close())

	var file *record.Record
	d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
		c, err := d.Files.Add(d.ctx, tx, "plans.eml", ada.ID, bytes.NewReader(content))
		if err == nil {
			file = c.Record
		}
		return err
	}))
	if file.Values.String("hash") != hash {
		t.Fatalf("other bytes: %s, %s", file.Values.String("hash"), hash)
	}
	if done := d.purge(file); done.Changed != 1 {
		t.Fatalf("purged %+v", done)
	}
	if raw, err := d.Mail.Raw(d.ctx, m.ID); err != nil || !strings.Contains(string(raw), "pavilion") {
		t.Errorf("%d bytes of the mail are left: %v", len(raw), err)
	}
	if n := d.count("SELECT count(*) FROM storage_blob WHERE hash = $1", hash); n != 1 {
		t.Errorf("%d blobs", n)
	}
}
