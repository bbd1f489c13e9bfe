//go:build unix

package mailsync_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// dovecot is a server and the two ways to reach it.
type dovecot struct {
	*mailtest.Dovecot
	plain mailsync.Account // by STARTTLS
	tls   mailsync.Account
}

func startDovecot(t testing.TB, mails []mailtest.Mail) *dovecot {
	t.Helper()
	d := &dovecot{Dovecot: mailtest.StartDovecot(t, mails)}
	d.tls = mailsync.Account{
		Address: mailtest.Owner, Host: "127.0.0.1", Port: d.TLSPort,
		Security: mailsync.SecurityTLS, User: mailtest.User, CAFile: d.CAFile,
	}
	d.plain = d.tls
	d.plain.Port, d.plain.Security = d.Port, mailsync.SecurityStartTLS
	return d
}

func TestDovecot(t *testing.T) {
	mails := mailtest.Mails(31, mailtest.Options{Count: 600, Damaged: .05, Files: .1})
	d := startDovecot(t, mails)
	files := func() []string {
		names, err := filepath.Glob(filepath.Join(d.Maildir(), "*", "*:2,*"))
		must(t, err)
		return names
	}
	before := files()
	sink := newSink()
	limits := mailsync.Limits{Headers: 100, Bodies: 40}
	report := mustSync(t, d.tls, sink, mailsync.Options{Limits: limits})
	sink.compare(t, "INBOX", mails)
	if len(report.Folders) != 2 || report.Folders[1].Role != mailsync.RoleSent {
		t.Errorf("report %+v", report.Folders)
	}
	if !slices.Equal(before, files()) {
		t.Error("reading changed flags")
	}

	t.Run("nothing new by STARTTLS", func(t *testing.T) {
		report := mustSync(t, d.plain, sink, mailsync.Options{})
		if !report.Folders[0].Unchanged {
			t.Errorf("report %+v", report.Folders[0])
		}
	})
	t.Run("mail comes while syncing", func(t *testing.T) {
		more := mailtest.Mails(32, mailtest.Options{Count: 20})
		d.Deliver(t, len(mails), more[:10])
		late := false
		sink.check = func(mailsync.Batch) error {
			if !late {
				late = true
				d.Deliver(t, len(mails)+10, more[10:])
			}
			return nil
		}
		mustSync(t, d.tls, sink, mailsync.Options{})
		sink.check = nil
		mails = append(mails, more...)
		mustSync(t, d.tls, sink, mailsync.Options{})
		sink.compare(t, "INBOX", mails)
	})
	t.Run("renumbered", func(t *testing.T) {
		lists, err := filepath.Glob(filepath.Join(d.Maildir(), "dovecot*"))
		must(t, err)
		d.KillChildren(t)
		for _, list := range lists {
			must(t, os.Remove(list))
		}
		// Dovecot takes the second of the clock for a new UIDVALIDITY.
		for time.Now().Unix() <= int64(sink.folders["INBOX"].validity) {
			runtime.Gosched()
		}
		mustSync(t, d.tls, sink, mailsync.Options{})
		if sink.folders["INBOX"].resets != 1 {
			t.Errorf("%d resets", sink.folders["INBOX"].resets)
		}
		sink.compare(t, "INBOX", mails)
		if got := sink.outcomes("INBOX"); got[mailsync.OutcomeKnown] != len(mails) {
			t.Errorf("%v: texts were fetched again", got)
		}
	})
	t.Run("deleted", func(t *testing.T) {
		must(t, os.Remove(files()[0]))
		report := mustSync(t, d.tls, sink, mailsync.Options{})
		if report.Folders[0].Gone != 1 {
			t.Errorf("report %+v", report.Folders[0])
		}
	})
}

// The server's process is killed again and again while it answers.
func TestDovecot_killed(t *testing.T) {
	mails := mailtest.Mails(33, mailtest.Options{Count: 400, Files: .1})
	d := startDovecot(t, mails)
	sink := newSink()
	kills := 0
	sink.check = func(mailsync.Batch) error {
		if kills < 10 {
			kills += d.KillChildren(t)
		}
		return nil
	}
	limits := mailsync.Limits{Headers: 60, Bodies: 20}
	mustSync(t, d.tls, sink, mailsync.Options{Scope: "INBOX", Limits: limits})
	sink.compare(t, "INBOX", mails)
	if kills < 10 {
		t.Errorf("only %d processes killed", kills)
	}
}

// A file whose name lies about its size makes Dovecot hang up in the middle of
// an answer, each time.
func TestDovecot_poison(t *testing.T) {
	mails := mailtest.Mails(34, mailtest.Options{Count: 60})
	d := startDovecot(t, mails)
	names, err := filepath.Glob(filepath.Join(d.Maildir(), "cur", "*"))
	must(t, err)
	old := names[29]
	must(t, os.Rename(old, strings.Replace(old, fmt.Sprintf(",S=%d", len(mails[29].Raw)), ",S=3,W=3", 1)))
	sink := newSink()
	report := mustSync(t, d.tls, sink, mailsync.Options{Scope: "INBOX"})
	got := sink.outcomes("INBOX")
	if got[mailsync.OutcomeBody] < 59 || got[mailsync.OutcomeBody]+got[mailsync.OutcomeQuarantined] != 60 {
		t.Errorf("%v, report %+v", got, report.Folders[0])
	}
	t.Logf("%v", got)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
