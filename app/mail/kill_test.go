//go:build unix

package mail_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/app/mail"
	"kontor/mailsync/mailtest"
	"kontor/storage"
)

// childVariable makes the test program sync a workspace until it is killed.
const childVariable = "KONTOR_TEST_SYNC"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		keyring.MockInit()
		if err := child(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child syncs and says a word after each transaction.
func child(dir string) error {
	a, err := app.Open(context.Background(), dir, storage.Options{Version: "test"})
	if err != nil {
		return err
	}
	ctx, _, err := a.AsOwner(context.Background())
	if err != nil {
		return err
	}
	events := a.Records.Feed.Subscribe(ctx)
	go func() {
		for range events {
			fmt.Println("stored")
		}
	}()
	_, err = a.Mail.Sync(ctx, mail.Request{Password: mailtest.Password})
	fmt.Println("done", err)
	return err
}

// TestKilled kills the program in the middle of a sync, again and again; in the
// end nothing is lost and nothing double.
func TestKilled(t *testing.T) {
	d := sit(t)
	mails := mailtest.Mails(41, mailtest.Options{Count: 1500, Files: .02})
	d.server.Append(t, "INBOX", mails)
	d.open(nil)
	account := d.account()
	account.Mode = mail.ModeEverything
	d.add(account)
	dir := d.DB.Dir
	d.check(d.DB.Close())
	finished := false
	for n := 1; n <= 12 && !finished; n++ {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childVariable+"="+dir)
		out, err := cmd.StdoutPipe()
		d.check(err)
		d.check(cmd.Start())
		lines := bufio.NewScanner(out)
		for range 1 + n%3 {
			if !lines.Scan() || lines.Text() != "stored" {
				finished = true
				break
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	a, err := app.Open(t.Context(), dir, storage.Options{Version: "test"})
	d.check(err)
	t.Cleanup(func() { _ = a.Close() })
	d.App = a
	keys := d.count("SELECT count(*) FROM mail_location")
	t.Logf("%d of %d mails when it was killed last", keys, len(mails))
	list, err := d.Mail.Sync(d.ctx, mail.Request{Password: mailtest.Password})
	d.check(err)
	f := folder(list[0], "INBOX")
	if list[0].Fault != nil || f.Seen != len(mails) || f.Stored != len(mails) {
		t.Errorf("status %v %+v", list[0].Fault, f)
	}
	unique := map[string]bool{}
	for _, m := range mails {
		unique[m.MessageID] = true
	}
	// Mails that share a Message-ID are told apart by date and sender.
	if n := d.count("SELECT count(*) FROM mail_message"); n < len(unique) || n > len(mails) {
		t.Errorf("%d records, %d Message-IDs", n, len(unique))
	}
	if n := d.count("SELECT count(*) FROM mail_message WHERE complete = 0"); n != 0 {
		t.Errorf("%d without text", n)
	}
	for _, query := range []string{
		"SELECT count(*) FROM mail_location l LEFT JOIN mail_message m ON m.id = l.message_id WHERE m.id IS NULL",
		"SELECT count(*) FROM mail_message m WHERE NOT EXISTS (SELECT 1 FROM history_change h WHERE h.record_id = m.id)",
		"SELECT count(*) FROM mail_participant p LEFT JOIN mail_message m ON m.id = p.message_id WHERE m.id IS NULL",
	} {
		if n := d.count(query); n != 0 {
			t.Errorf("%d: %s", n, query)
		}
	}
	if problems, err := d.Search.Check(d.ctx, d.DB.Reader()); err != nil || len(problems) > 0 {
		t.Errorf("search: %v %v", problems, err)
	}
}
