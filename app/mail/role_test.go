package mail_test

import (
	"testing"

	"kontor/app/record"
	"kontor/mailsync/mailtest"
	"kontor/storage/storagetest"
)

// TestRoleBringsOldMails: mails of a person come onto the timeline of a company
// where the person gets a role, stay when it is taken out, and go with its undo
// unless they belong there for themselves.
func TestRoleBringsOldMails(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	falcon := d.save(d.Contacts.Company, 0, map[string]any{"name": "Falcon Ceramics", "email": "info@falcon.example"})
	osprey := d.save(d.Contacts.Company, 0, map[string]any{"name": "Osprey"})
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada Lovelace", "email": "ada@falcon.example"})
	d.deliver("INBOX",
		letter{id: "1@x", from: "ada@falcon.example", to: mailtest.Owner, cc: "info@falcon.example", subject: "Both", text: "Hazel."},
		letter{id: "2@x", from: "ada@falcon.example", to: mailtest.Owner, cc: "bob@x.example", subject: "Hers", text: "Walnut."})
	d.add(d.account())
	d.sync(false)
	want := func(what string, falcons, ospreys string) {
		t.Helper()
		if f, o := d.line(falcon), d.line(osprey); f != falcons || o != ospreys {
			t.Errorf("%s: %q and %q, want %q and %q", what, f, o, falcons, ospreys)
		}
	}
	want("without a role", "Both", "")
	d.save(d.Contacts.Person, ada.ID, map[string]any{"company": falcon.ID.String()})
	want("with one", "Hers,Both", "")
	var change record.ID
	d.check(d.DB.Reader().QueryRowxContext(d.ctx, "SELECT id FROM history_change WHERE record_id = $1 ORDER BY id DESC LIMIT 1", int64(ada.ID)).Scan(&change))
	undone, err := d.History.Undo(d.ctx, change, false)
	d.check(err)
	want("after its undo", "Both", "")
	_, err = d.History.Undo(d.ctx, undone.Batch, false)
	d.check(err)
	want("with it again", "Hers,Both", "")
	d.save(d.Contacts.Person, ada.ID, map[string]any{"company": osprey.ID.String()})
	want("with another one instead", "Hers,Both", "Hers,Both")
	d.save(d.Contacts.Person, 0, map[string]any{"name": "Bob", "email": "bob@x.example"})
	want("after one more link", "Hers,Both", "Hers,Both")
	d.save(d.Mail.Kind, d.mailOf("2@x"), map[string]any{"private": true})
	want("after one is private", "Both", "Both")
}
