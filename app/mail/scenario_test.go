package mail_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
	"github.com/zalando/go-keyring"

	"kontor/app/kit/fault"
	"kontor/app/mail"
	"kontor/app/record"
	"kontor/mailsync/mailtest"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// TestMailIntoHistories plays what a mailbox goes through and asserts what each
// step leaves on timelines, in the search and in the report.
func TestMailIntoHistories(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	falcon := d.save(d.Contacts.Company, 0, map[string]any{"name": "Falcon Ceramics", "email": "info@falcon.example"})
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada Lovelace", "company": falcon.ID.String(), "emails": []any{"ada@falcon.example", "Ada@Bücher.example"}})
	orchard := d.save(d.Contacts.Company, 0, map[string]any{"name": "Orchard Teakwood"})
	d.deliver("INBOX",
		letter{id: "1@x", from: "Ada <ADA@falcon.example>", to: mailtest.Owner, subject: "Offer wanted", text: "Please quote the teakwood counter."},
		letter{id: "2@x", from: "joe@elsewhere.example", to: mailtest.Owner, cc: "info@falcon.example", subject: "Delivery", text: "By lorry."},
		letter{id: "3@x", from: "ada@xn--bcher-kva.example", to: mailtest.Owner, subject: "Books", text: "Bücher."},
		letter{id: "4@x", from: "stranger@nowhere.example", to: mailtest.Owner, subject: "Hello", text: "A secret marzipan."},
		letter{id: "5@x", from: "news@nowhere.example", to: mailtest.Owner, subject: "News", header: "List-Id: <news.nowhere.example>\r\n", text: "Buy."},
		letter{id: "6@x", from: mailtest.Owner, to: mailtest.Owner, subject: "Note to self", text: "Milk."},
	)
	d.deliver("Sent", letter{id: "7@x", from: mailtest.Owner, to: "Ada <ada@falcon.example>", subject: "Our offer", text: "Herewith."})
	account := d.add(d.account())
	s := d.sync(false)
	if f := folder(s, "INBOX"); f.Seen != 6 || f.Linked != 3 || f.Waiting != 1 || f.Unlinked != 2 {
		t.Errorf("inbox %+v", f)
	}
	if f := folder(s, "Sent"); f.Seen != 1 || f.Linked != 1 {
		t.Errorf("sent %+v", f)
	}
	if got := d.line(ada); got != "Books,Our offer,Offer wanted" {
		t.Errorf("timeline of the person: %s", got)
	}
	if got := d.line(falcon); got != "Books,Delivery,Our offer,Offer wanted" {
		t.Errorf("timeline of the company: %s", got)
	}
	if got := d.found("teakwood"); got != "company,mail" {
		t.Errorf("the company with the word must come first: %s", got)
	}
	if got := d.found("marzipan") + d.found("stranger"); got != "" {
		t.Errorf("a mail with nobody known is found: %s", got)
	}

	t.Run("nothing new", func(t *testing.T) {
		before := d.count("SELECT count(*) FROM history_change")
		d.sync(false)
		d.sync(true)
		if after := d.count("SELECT count(*) FROM history_change"); after != before {
			t.Errorf("%d changes of nothing", after-before)
		}
	})
	t.Run("the folder is renumbered", func(t *testing.T) {
		d.server.Renumber(t, "Sent", []mailtest.Mail{letter{id: "7@x", from: mailtest.Owner, to: "Ada <ada@falcon.example>", subject: "Our offer", text: "Herewith."}.mail(0)})
		d.sync(false)
		if got := d.line(ada); got != "Books,Our offer,Offer wanted" {
			t.Errorf("timeline %s", got)
		}
	})
	t.Run("an address becomes known", func(t *testing.T) {
		d.save(d.Contacts.Company, orchard.ID, map[string]any{"email": "stranger@nowhere.example"})
		if got := d.line(orchard); got != "Hello" {
			t.Errorf("timeline before the sync: %s", got)
		}
		if d.found("marzipan") != "" || d.found("hello") != "mail" {
			t.Error("only the head is known")
		}
		if f := folder(d.sync(false), "INBOX"); f.Linked != 4 || f.Waiting != 0 {
			t.Errorf("inbox %+v", f)
		}
		m := d.only(orchard)
		if d.found("marzipan") != "mail" || m.Values["complete"] != true || why(m) != "from stranger@nowhere.example" {
			t.Errorf("text after the sync: %v", m.Values)
		}
	})
	t.Run("undo of the address", func(t *testing.T) {
		change := d.save(d.Contacts.Company, orchard.ID, map[string]any{"emails": []any{"stranger@nowhere.example", "news@nowhere.example"}})
		if got := d.line(orchard); got != "News,Hello" {
			t.Errorf("timeline %s", got)
		}
		var batch record.ID
		d.check(d.DB.Reader().QueryRowxContext(d.ctx, "SELECT batch_id FROM history_change WHERE record_id = $1 ORDER BY id DESC LIMIT 1", int64(change.ID)).Scan(&batch))
		_, err := d.History.Undo(d.ctx, batch, false)
		d.check(err)
		if got := d.line(orchard); got != "Hello" {
			t.Errorf("timeline after undo: %s", got)
		}
		if f := folder(d.sync(false), "INBOX"); f.Skipped != 0 || f.Unlinked != 2 {
			t.Errorf("inbox %+v", f)
		}
		d.save(d.Contacts.Company, orchard.ID, map[string]any{"emails": []any{"stranger@nowhere.example", "news@nowhere.example"}})
		d.sync(false)
		if got := d.line(orchard); got != "News,Hello" || d.found("buy") != "mail" {
			t.Errorf("timeline when it is known again: %s", got)
		}
		d.save(d.Contacts.Company, orchard.ID, map[string]any{"emails": []any{"stranger@nowhere.example"}})
		id := d.mailOf("5@x")
		d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
			_, err := d.Mail.Unlink(d.ctx, tx, id, orchard.ID)
			return err
		}))
	})
	t.Run("taken off by hand", func(t *testing.T) {
		id := d.only(orchard).ID
		d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
			_, err := d.Mail.Unlink(d.ctx, tx, id, orchard.ID)
			return err
		}))
		d.save(d.Contacts.Company, orchard.ID, map[string]any{"emails": []any{}})
		d.save(d.Contacts.Company, orchard.ID, map[string]any{"email": "stranger@nowhere.example"})
		if got := d.line(orchard); got != "" {
			t.Errorf("it came back: %s", got)
		}
	})
	t.Run("private", func(t *testing.T) {
		id := d.mailOf("2@x")
		d.save(d.Mail.Kind, id, map[string]any{"private": true})
		if got := d.line(falcon); strings.Contains(got, "Delivery") || d.found("lorry") != "" {
			t.Errorf("timeline %s", got)
		}
		if text, err := d.Mail.Text(d.ctx, id); err != nil || text != "" {
			t.Errorf("text %q, %v", text, err)
		}
		if f := folder(d.sync(true), "INBOX"); f.Reasons["private"] != 1 {
			t.Errorf("inbox %+v", f)
		}
		d.save(d.Mail.Kind, id, map[string]any{"private": false})
		d.sync(false)
		if got := d.line(falcon); !strings.Contains(got, "Delivery") || d.found("lorry") != "mail" {
			t.Errorf("timeline after it is no longer private: %s", got)
		}
	})
	t.Run("bin", func(t *testing.T) {
		id := d.mailOf("1@x")
		d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
			_, err := d.Records.Delete(d.ctx, tx, d.Mail.Kind, record.Draft{ID: id})
			return err
		}))
		if f := folder(d.sync(true), "INBOX"); f.Reasons["deleted"] != 1 || d.found("teakwood") != "company" {
			t.Errorf("inbox %+v", f)
		}
		d.check(d.DB.Write(d.ctx, func(tx *storage.Tx) error {
			_, err := d.Records.Restore(d.ctx, tx, d.Mail.Kind, record.Draft{ID: id})
			return err
		}))
		if d.found("teakwood") != "company,mail" || !strings.Contains(d.line(ada), "Offer wanted") {
			t.Error("what came out of the bin is not found again")
		}
	})
	t.Run("not by hand", func(t *testing.T) {
		err := d.DB.Write(d.ctx, func(tx *storage.Tx) error {
			_, err := d.Records.Save(d.ctx, tx, d.Mail.Kind, record.Draft{Values: map[string]any{"private": true}})
			return err
		})
		if !fault.Is(err, fault.CodeForbidden) {
			t.Errorf("error %v", err)
		}
	})
	if problems, err := d.Search.Check(d.ctx, d.DB.Reader()); err != nil || len(problems) > 0 {
		t.Errorf("search: %v %v", problems, err)
	}
	t.Run("remove", func(t *testing.T) {
		d.check(d.Mail.Remove(d.ctx, account.ID))
		if n := d.count("SELECT count(*) FROM mail_location") + d.count("SELECT count(*) FROM mail_waiting"); n != 0 {
			t.Errorf("%d rows left", n)
		}
		if d.line(ada) == "" {
			t.Error("the histories are gone")
		}
		if _, place, err := d.Mail.Secrets.Get(d.ctx, account.ID); err != nil || place != mail.Nowhere {
			t.Errorf("the password is still in %q, %v", place, err)
		}
	})
}

// mailOf finds a record by its Message-ID.
func (d *desk) mailOf(messageID string) record.ID {
	d.Helper()
	raw := map[string]record.ID{}
	records, err := d.Records.List(d.ctx, d.DB.Reader(), d.Mail.Kind, record.Query{Limit: 100})
	d.check(err)
	for _, r := range records.Records {
		source, err := d.Mail.Raw(d.ctx, r.ID)
		d.check(err)
		for line := range strings.Lines(string(source)) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "Message-ID: "); ok {
				raw[strings.Trim(id, "<>")] = r.ID
			}
		}
	}
	if raw[messageID] == 0 {
		d.Fatalf("no mail %s", messageID)
	}
	return raw[messageID]
}

func TestAnswerFromAnotherAddress(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada Lovelace", "email": "ada@falcon.example"})
	d.deliver("Sent", letter{id: "ask@x", from: mailtest.Owner, to: "ada@falcon.example", cc: "bob@falcon.example", subject: "Question", text: "Well?"})
	d.deliver("INBOX",
		letter{id: "a@x", from: "ada.private@free.example", to: mailtest.Owner, subject: "Re: Question", text: "Yes, saffron.", answers: "ask@x"},
		letter{id: "b@x", from: "bob@falcon.example", to: mailtest.Owner, subject: "Re: Question", text: "No.", answers: "ask@x"},
		letter{id: "c@x", from: "robot@free.example", to: mailtest.Owner, subject: "Re: Question", text: "Away.", answers: "ask@x", header: "Auto-Submitted: auto-replied\r\n"},
	)
	d.add(d.account())
	s := d.sync(false)
	if got := d.line(ada); got != "Re: Question,Question" && got != "Question,Re: Question" {
		t.Errorf("timeline %s", got)
	}
	if f := folder(s, "INBOX"); f.Linked != 1 || f.Waiting != 1 || f.Unlinked != 1 {
		t.Errorf("inbox %+v", f)
	}
	if d.found("saffron") != "mail" {
		t.Error("its text was not fetched")
	}
	detail, err := d.Mail.Detail(d.ctx, d.mailOf("a@x"))
	d.check(err)
	if why(detail.Record) != "thread ada.private@free.example" || len(detail.Thread) != 2 {
		t.Errorf("why %s, %d in the thread", why(detail.Record), len(detail.Thread))
	}
}

func TestManyMailsBecomeKnown(t *testing.T) {
	d := sit(t).open(nil)
	var letters []letter
	for range 450 {
		letters = append(letters, letter{from: "late@firm.example", to: mailtest.Owner, subject: "Letter", text: "Words."})
	}
	d.deliver("INBOX", letters...)
	d.add(d.account())
	if f := folder(d.sync(false), "INBOX"); f.Waiting != 450 {
		t.Fatalf("inbox %+v", f)
	}
	late := d.save(d.Contacts.Person, 0, map[string]any{"name": "Late", "email": "late@firm.example"})
	if n := d.count("SELECT count(*) FROM timeline_entry WHERE subject_id = $1", int64(late.ID)); n != 450 {
		t.Errorf("%d on the timeline", n)
	}
	if n := d.count("SELECT count(*) FROM mail_pending"); n != 0 {
		t.Errorf("%d addresses left over", n)
	}
	if f := folder(d.sync(false), "INBOX"); f.Linked != 450 {
		t.Errorf("inbox %+v", f)
	}
	if n := d.count("SELECT count(*) FROM mail_message WHERE complete = 1"); n != 450 {
		t.Errorf("%d with text", n)
	}
}

func TestModes(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	d.deliver("INBOX",
		letter{id: "1@x", from: "a@x.example", to: mailtest.Owner, subject: "One", text: "Walnut."},
		letter{id: "2@x", from: "b@x.example", to: mailtest.Owner, subject: "Two", text: "Hazel."})
	account := d.add(d.account())
	d.sync(false)
	account.Version, account.Mode = 0, mail.ModeEverything
	account, err := d.Mail.Change(d.ctx, account, "")
	d.check(err)
	if f := folder(d.sync(false), "INBOX"); f.Waiting != 2 || d.found("walnut") != "mail" {
		t.Errorf("inbox %+v", f)
	}
	account.Since = storagetest.Day.AddDate(0, 0, -7).Format("2006-01-02")
	account, err = d.Mail.Change(d.ctx, account, "")
	d.check(err)
	d.deliver("INBOX", letter{id: "3@x", from: "c@x.example", to: mailtest.Owner, subject: "Old", text: "Oak."})
	if f := folder(d.sync(false), "INBOX"); f.Reasons["before-start"] != 1 {
		t.Errorf("inbox %+v", f)
	}
	account.Since = ""
	_, err = d.Mail.Change(d.ctx, account, "")
	d.check(err)
	if f := folder(d.sync(false), "INBOX"); f.Waiting != 3 || f.Skipped != 0 {
		t.Errorf("inbox %+v", f)
	}
}

func TestWrongPassword(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	_, _, _, err := d.Mail.Add(d.ctx, d.account(), "wrong")
	if f := fault.Of(err); f == nil || f.Key != "mail.password" {
		t.Fatalf("error %v", err)
	}
	account := d.add(d.account())
	_, err = d.Mail.Secrets.Set(d.ctx, account.ID, "changed meanwhile")
	d.check(err)
	list, err := d.Mail.Sync(d.ctx, mail.Request{})
	d.check(err)
	if f := list[0].Fault; f == nil || f.Key != "mail.password" || f.Params["user"] != mailtest.User {
		t.Errorf("status %v", f)
	}
	_, err = d.Mail.Change(d.ctx, account, mailtest.Password)
	d.check(err)
	d.sync(false)
}

// TestPasswordsAreNowhere: neither the workspace nor a backup holds a password,
// with a key ring and without.
func TestPasswordsAreNowhere(t *testing.T) {
	for _, ring := range []bool{true, false} {
		t.Setenv("XDG_CONFIG_HOME", t.TempDir())
		xdg.Reload()
		d := sit(t)
		if !ring {
			keyring.MockInitWithError(os.ErrPermission)
		}
		d.open(nil)
		d.deliver("INBOX", letter{id: "1@x", from: "a@x.example", to: mailtest.Owner, subject: "One", text: "Walnut."})
		account, _, place, err := d.Mail.Add(d.ctx, d.account(), mailtest.Password)
		d.check(err)
		if want := map[bool]mail.Place{true: mail.InKeyRing, false: mail.InFile}[ring]; place != want {
			t.Errorf("kept in %q, want %q", place, want)
		}
		if password, _, err := d.Mail.Secrets.Get(d.ctx, account.ID); err != nil || password != mailtest.Password {
			t.Errorf("got %q, %v", password, err)
		}
		d.sync(false)
		_, err = d.DB.Backup(context.Background(), "")
		d.check(err)
		for _, root := range []string{d.DB.Dir, xdg.ConfigHome} {
			d.check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				data, err := os.ReadFile(path)
				if strings.Contains(string(data), mailtest.Password) {
					t.Errorf("%s holds the password", filepath.Base(path))
				}
				if info, _ := entry.Info(); root == xdg.ConfigHome && info.Mode().Perm() != 0o600 {
					t.Errorf("%s has mode %v", filepath.Base(path), info.Mode())
				}
				return err
			}))
		}
		d.check(d.Mail.Remove(d.ctx, account.ID))
		if _, place, err := d.Mail.Secrets.Get(d.ctx, account.ID); err != nil || place != mail.Nowhere {
			t.Errorf("still in %q, %v", place, err)
		}
	}
}
