package mail_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app/kit/fault"
	"kontor/mailsync/mailtest"
	"kontor/storage/storagetest"
)

// counted is a desk whose server counts connections.
func counted(t testing.TB) (*desk, *atomic.Int32) {
	t.Helper()
	keyring.MockInit()
	var n atomic.Int32
	return &desk{TB: t, server: mailtest.Serve(t, func(c net.Conn) net.Conn {
		n.Add(1)
		return c
	})}, &n
}

func TestLoopNeverRepeatsARefusedPassword(t *testing.T) {
	d, connections := counted(t)
	d.open(storagetest.Clock())
	d.deliver("INBOX", letter{id: "1@x", from: "a@x.example", to: mailtest.Owner, subject: "One", text: "Walnut."})
	account := d.add(d.account())
	_, err := d.Mail.Secrets.Set(d.ctx, account.ID, "changed meanwhile")
	d.check(err)
	before := connections.Load()
	d.Mail.Rounds(d.ctx, 5)
	if n := connections.Load() - before; n != 1 {
		t.Errorf("%d connections with a refused password", n)
	}
	list, err := d.Mail.Status(d.ctx)
	d.check(err)
	if f := list[0].Fault; f == nil || f.Code != fault.CodeUnauthorized {
		t.Errorf("status %v", f)
	}
	_, err = d.Mail.Change(d.ctx, account, mailtest.Password)
	d.check(err)
	d.Mail.Rounds(d.ctx, 2)
	if list, err = d.Mail.Status(d.ctx); err != nil || list[0].Fault != nil || folder(list[0], "INBOX").Seen != 1 {
		t.Errorf("after the right one: %+v %v", list, err)
	}
}

func TestRunReadsByItselfAndEnds(t *testing.T) {
	d := sit(t).open(nil)
	d.save(d.Contacts.Person, 0, map[string]any{"name": "A", "email": "a@x.example"})
	d.deliver("INBOX", letter{id: "1@x", from: "a@x.example", to: mailtest.Owner, subject: "One", text: "Walnut."})
	d.add(d.account())
	ctx, stop := context.WithCancel(d.ctx)
	events := d.Records.Feed.Subscribe(ctx)
	ended := make(chan struct{})
	go func() {
		d.Mail.Run(ctx)
		close(ended)
	}()
	if e := <-events; len(e.Changes) != 1 || e.Changes[0].Kind != "mail" {
		t.Errorf("event %+v", e)
	}
	stop()
	<-ended
}

// TestLargeMail: only the texts of a large mail are fetched; its files come when
// they are opened, if the server can be reached.
func TestLargeMail(t *testing.T) {
	d := sit(t).open(storagetest.Clock())
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada", "email": "ada@x.example"})
	plan := strings.Repeat("0123456789abcdef", 30_000)
	var body strings.Builder
	body.WriteString("--b\r\nContent-Type: text/plain\r\n\r\nThe plan of the pavilion.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p onclick=\"x()\">The plan</p><img src=\"http://x.example/p.png\">\r\n" +
		"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	encoded := base64.StdEncoding.EncodeToString([]byte(plan))
	for len(encoded) > 76 {
		fmt.Fprintf(&body, "%s\r\n", encoded[:76])
		encoded = encoded[76:]
	}
	fmt.Fprintf(&body, "%s\r\n--b--\r\n", encoded)
	d.deliver("INBOX", letter{id: "1@x", from: "ada@x.example", to: mailtest.Owner, subject: "Plan", text: body.String(), header: "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"})
	account := d.add(d.account())
	d.sync(false)
	m := d.only(ada)
	if m.Values.Int("attachments") != 1 || d.found("pavilion") != "mail" {
		t.Errorf("stored %v", m.Values)
	}
	file, content, err := d.Mail.Attachment(d.ctx, m.ID, 0)
	if err != nil || file.Name != "plan.pdf" || string(content) != plan {
		t.Errorf("file %+v, %d bytes, %v", file, len(content), err)
	}
	raw, err := d.Mail.Raw(d.ctx, m.ID)
	if err != nil || len(raw) < len(plan) {
		t.Errorf("%d bytes of source, %v", len(raw), err)
	}
	page, err := d.Mail.HTML(d.ctx, m.ID, false)
	if err != nil || strings.Contains(page.HTML, "onclick") || len(page.Blocked) != 1 {
		t.Errorf("page %+v, %v", page, err)
	}
	if _, _, err := d.Mail.Attachment(d.ctx, m.ID, 7); !fault.Is(err, fault.CodeNotFound) {
		t.Errorf("no such file: %v", err)
	}
	d.check(d.Mail.Remove(d.ctx, account.ID))
	if _, _, err := d.Mail.Attachment(d.ctx, m.ID, 0); fault.Of(err).Key != "mail.notOnServer" {
		t.Errorf("without its mailbox: %v", err)
	}
}
