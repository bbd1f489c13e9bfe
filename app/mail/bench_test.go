//go:build unix

package mail_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app/mail"
	"kontor/mailsync/mailtest"
)

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkSync brings 5,000 mails of a real server into a workspace, one in
// twenty-five of their senders being known, or all of them; beside it the CPU
// time of reading the same bytes and doing nothing with them.
func BenchmarkSync(b *testing.B) {
	const count = 5000
	keyring.MockInit()
	mails := mailtest.Mails(91, mailtest.Options{Count: count, Damaged: .006, Files: .09})
	server := mailtest.StartDovecot(b, mails)
	for _, mode := range []string{mail.ModeKnown, mail.ModeEverything} {
		b.Run(mode, func(b *testing.B) {
			for range b.N {
				raw := stream(b, server)
				d := &desk{TB: b, server: &mailtest.Server{Port: server.TLSPort, PEM: server.PEM}}
				d.open(nil)
				for n := range 16 {
					d.save(d.Contacts.Person, 0, map[string]any{"name": fmt.Sprintf("Person %d", n), "email": mails[n*100].From})
				}
				account := d.account()
				account.Mode = mode
				d.add(account)
				start, used := time.Now(), cpu(b)
				s := d.sync(false)
				used = cpu(b) - used
				wall := time.Since(start)
				b.ReportMetric(raw.Seconds(), "stream-cpu-s")
				b.ReportMetric(used.Seconds(), "cpu-s")
				b.ReportMetric(count/wall.Seconds(), "mails/s")
				again := cpu(b)
				d.sync(false)
				b.ReportMetric((cpu(b) - again).Seconds(), "again-cpu-s")
				b.Logf("%+v", folder(s, "INBOX"))
			}
		})
	}
}

// stream reads the whole mailbox and gives the CPU time that took.
func stream(b *testing.B, server *mailtest.Dovecot) time.Duration {
	start := cpu(b)
	conn, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", server.TLSPort), &tls.Config{RootCAs: server.Roots})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 256<<10)
	size := 0
	say := func(tag, command string) {
		if _, err := fmt.Fprintf(conn, "%s %s\r\n", tag, command); err != nil {
			b.Fatal(err)
		}
		for {
			line, err := in.ReadSlice('\n')
			size += len(line)
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil && err != io.EOF {
				b.Fatal(err)
			}
			if strings.HasPrefix(string(line), tag+" OK") || err == io.EOF {
				return
			}
		}
	}
	say("a", fmt.Sprintf("LOGIN %s %q", mailtest.User, mailtest.Password))
	say("b", "EXAMINE INBOX")
	say("c", "FETCH 1:* (BODY.PEEK[])")
	if size < 10_000_000 {
		b.Fatalf("only %d bytes came", size)
	}
	return cpu(b) - start
}
