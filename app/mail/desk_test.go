package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/app/apptest"
	"kontor/app/mail"
	"kontor/app/record"
	"kontor/mailsync"
	"kontor/mailsync/mailtest"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// desk is a workspace with a mailbox.
type desk struct {
	testing.TB
	*app.App
	ctx    context.Context
	server *mailtest.Server
}

// sit makes a workspace beside a server; its passwords lie in a key ring of the
// test.
func sit(t testing.TB) *desk {
	t.Helper()
	keyring.MockInit()
	return &desk{TB: t, server: mailtest.Serve(t, nil)}
}

func (d *desk) open(now func() time.Time) *desk {
	d.Helper()
	h := apptest.OpenAt(d, now)
	d.App, d.ctx = h.App, h.Ctx
	return d
}

func (d *desk) check(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// account is the mailbox on the server.
func (d *desk) account() mail.Account {
	return mail.Account{
		Address: mailtest.Owner, Host: "127.0.0.1", Port: d.server.Port, Security: string(mailsync.SecurityTLS), User: mailtest.User, CA: string(d.server.PEM),
	}
}

func (d *desk) add(a mail.Account) mail.Account {
	d.Helper()
	a, _, _, err := d.Mail.Add(d.ctx, a, mailtest.Password)
	d.check(err)
	return a
}

// sync reads the mailbox and checks that the report adds up.
func (d *desk) sync(full bool) mail.Status {
	d.Helper()
	list, err := d.Mail.Sync(d.ctx, mail.Request{Full: full})
	d.check(err)
	s := list[0]
	if s.Fault != nil {
		d.Fatal(s.Fault)
	}
	for _, f := range s.Folders {
		reasons := 0
		for _, n := range f.Reasons {
			reasons += n
		}
		if f.Fault != nil || f.Seen != f.Server || f.Seen != f.Stored+f.Skipped+f.Quarantined+f.Failed || f.Stored != f.Linked+f.Waiting+f.Unlinked || reasons != f.Skipped {
			d.Errorf("%s does not add up: %+v", f.Name, f)
		}
	}
	return s
}

func folder(s mail.Status, name string) mail.FolderStatus {
	for _, f := range s.Folders {
		if f.Name == name {
			return f
		}
	}
	return mail.FolderStatus{}
}

// save makes a record, or changes one.
func (d *desk) save(k *record.Kind, id record.ID, values map[string]any) *record.Record {
	d.Helper()
	var rec *record.Record
	err := d.DB.Write(d.ctx, func(tx *storage.Tx) error {
		changes, err := d.Records.Save(d.ctx, tx, k, record.Draft{ID: id, Values: values})
		if err == nil {
			rec = changes[0].Record
		}
		return err
	})
	d.check(err)
	return rec
}

// line tells the subjects of the mails on a timeline, newest first.
func (d *desk) line(r *record.Record) string {
	d.Helper()
	entries, _, err := d.Timeline.Read(d.ctx, d.DB.Reader(), r.ID, []string{"mail"}, "", 200)
	d.check(err)
	var subjects []string
	for _, e := range entries {
		subjects = append(subjects, e.Title)
	}
	return strings.Join(subjects, ",")
}

// only finds the one mail on a timeline.
func (d *desk) only(r *record.Record) *record.Record {
	d.Helper()
	records, err := d.Mail.About(d.ctx, r.ID, 10, 0)
	d.check(err)
	if len(records) != 1 {
		d.Fatalf("%d mails on the timeline of %s", len(records), r.Title())
	}
	return records[0]
}

func why(r *record.Record) string {
	var all []string
	for _, row := range r.Values.Rows("links") {
		all = append(all, row.String("reason")+" "+row.String("address"))
	}
	return strings.Join(all, ",")
}

func (d *desk) count(query string, args ...any) int {
	d.Helper()
	var n int
	d.check(d.DB.Reader().QueryRowxContext(d.ctx, query, args...).Scan(&n))
	return n
}

// found tells the kinds of what a search finds.
func (d *desk) found(text string) string {
	d.Helper()
	hits, err := d.Search.Find(d.ctx, d.DB.Reader(), text, "", 10)
	d.check(err)
	var kinds []string
	for _, h := range hits {
		kinds = append(kinds, h.Kind)
	}
	return strings.Join(kinds, ",")
}

// letter is a mail as somebody writes it.
type letter struct {
	id, from, to, cc, subject, text, answers string
	header                                   string // more lines
}

func (l letter) mail(hour int) mailtest.Mail {
	date := storagetest.Day.Add(time.Duration(hour-1000) * time.Hour)
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	line("From", l.from)
	line("To", l.to)
	line("Cc", l.cc)
	line("Subject", l.subject)
	line("Date", date.Format(time.RFC1123Z))
	if l.id != "" {
		line("Message-ID", "<"+l.id+">")
	}
	if l.answers != "" {
		line("In-Reply-To", "<"+l.answers+">")
	}
	b.WriteString(l.header)
	if !strings.Contains(l.header, "Content-Type") {
		line("Content-Type", "text/plain; charset=utf-8")
	}
	b.WriteString("\r\n" + l.text + "\r\n")
	return mailtest.Mail{Raw: []byte(b.String()), Date: date}
}

func (d *desk) deliver(folder string, letters ...letter) {
	d.Helper()
	var mails []mailtest.Mail
	for i, l := range letters {
		mails = append(mails, l.mail(i))
	}
	d.server.Append(d, folder, mails)
}
