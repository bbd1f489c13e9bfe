//go:build unix

package mailsync_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
	"kontor/mailsync/mime"
)

// BenchmarkDovecot reads the headers and then the whole mails of 10,000 from a
// real server. It reports this process's CPU time beside that of a client that
// only receives the same bytes, in the same run.
func BenchmarkDovecot(b *testing.B) {
	const count = 10_000
	d := startDovecot(b, mailtest.Mails(61, mailtest.Options{Count: count, Damaged: .006, Files: .09}))
	fields := strings.Join(mime.FieldNames, " ")
	skip := func(mailsync.Head) mailsync.Verdict { return mailsync.Verdict{Reason: "unknown"} }
	for _, bb := range []struct {
		name  string
		want  func(mailsync.Head) mailsync.Verdict
		items string
	}{
		{"headers", skip, "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (" + fields + ")]"},
		{"whole", nil, "UID BODY.PEEK[]"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			raw(b, d, bb.items) // the server's caches are warm for both
			var ours, floor time.Duration
			for b.Loop() {
				floor += cpuOf(func() { raw(b, d, bb.items) })
				ours += cpuOf(func() {
					sink := &countingSink{want: bb.want}
					if _, err := mailsync.Sync(b.Context(), d.tls, password, sink, mailsync.Options{Scope: "INBOX"}); err != nil {
						b.Fatal(err)
					}
					if sink.examined != count {
						b.Fatalf("%d of %d mails", sink.examined, count)
					}
				})
			}
			b.ReportMetric(float64(ours.Milliseconds())/float64(b.N), "ms-cpu")
			b.ReportMetric(float64(floor.Milliseconds())/float64(b.N), "ms-cpu-raw")
		})
	}
}

// countingSink keeps nothing.
type countingSink struct {
	want     func(mailsync.Head) mailsync.Verdict
	examined int
}

func (s *countingSink) Folder(_ context.Context, _ mailsync.Folder) (mailsync.FolderState, error) {
	return mailsync.FolderState{}, nil
}

func (s *countingSink) Wanted(_ context.Context, _ mailsync.Folder, heads []mailsync.Head) ([]mailsync.Verdict, error) {
	verdicts := make([]mailsync.Verdict, len(heads))
	for i, head := range heads {
		verdicts[i].Take = mailsync.TakeBody
		if s.want != nil {
			verdicts[i] = s.want(head)
		}
	}
	return verdicts, nil
}

func (s *countingSink) Store(_ context.Context, batch mailsync.Batch) error {
	s.examined += len(batch.Examined)
	return nil
}

// raw receives the answer to one FETCH over everything and throws it away.
func raw(b *testing.B, d *dovecot, items string) {
	b.Helper()
	pem, err := os.ReadFile(d.tls.CAFile)
	must(b, err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(d.tls.Port))
	conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"})
	must(b, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "1 LOGIN %s %q\r\n2 EXAMINE INBOX\r\n3 UID FETCH 1:* (%s)\r\n4 LOGOUT\r\n", mailtest.User, mailtest.Password, items)
	must(b, err)
	_, err = io.Copy(io.Discard, bufio.NewReaderSize(conn, 256<<10))
	must(b, err)
}

func cpuOf(run func()) time.Duration {
	before := usage()
	run()
	return usage() - before
}

func usage() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
