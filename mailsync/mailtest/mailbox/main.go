//go:build unix

// Command mailbox runs a private Dovecot on the loopback address for tests of
// the pages, with the mails of the .eml files named on its command line, in that
// order. A name on a line of its standard input is delivered later. Each time it
// says so in one line of JSON; the first one tells how to sign in. It ends, and
// the server with it, when its standard input does.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/mail"
	"os"
	"testing"
	"time"

	"kontor/mailsync/mailtest"
)

// exit ends the run from within mailtest, as a failed test ends.
type exit struct {
	code int
	why  string
}

// bench plays the test that mailtest asks for; whatever mailtest does not call
// is left out.
type bench struct {
	testing.TB
	cleanups []func()
}

func (b *bench) Helper()                   {}
func (b *bench) Failed() bool              { return false }
func (b *bench) Cleanup(f func())          { b.cleanups = append(b.cleanups, f) }
func (b *bench) Fatal(args ...any)         { panic(exit{1, fmt.Sprint(args...)}) }
func (b *bench) Skip(args ...any)          { panic(exit{1, fmt.Sprint(args...)}) }
func (b *bench) Logf(string, ...any)       {}
func (b *bench) say(answer map[string]any) { must(b, json.NewEncoder(os.Stdout).Encode(answer)) }

func main() {
	os.Exit(run(os.Args[1:], os.Stdin))
}

func run(files []string, lines io.Reader) (code int) {
	b := &bench{}
	defer func() {
		for i := len(b.cleanups) - 1; i >= 0; i-- {
			b.cleanups[i]()
		}
		switch end := recover().(type) {
		case nil:
		case exit:
			fmt.Fprintln(os.Stderr, end.why)
			code = end.code
		default:
			panic(end)
		}
	}()
	var mails []mailtest.Mail
	for _, file := range files {
		mails = append(mails, b.read(file))
	}
	server := mailtest.StartDovecot(b, mails)
	b.say(map[string]any{
		"host": "127.0.0.1", "port": server.TLSPort, "user": mailtest.User, "password": mailtest.Password, "ca": string(server.PEM),
	})
	for names, n := bufio.NewScanner(lines), len(mails); names.Scan(); n++ {
		server.Deliver(b, n, []mailtest.Mail{b.read(names.Text())})
		b.say(map[string]any{"delivered": names.Text()})
	}
	return 0
}

// read takes a mail as its file has it; it arrives at the date in its head.
func (b *bench) read(file string) mailtest.Mail {
	raw, err := os.ReadFile(file)
	must(b, err)
	date := time.Now()
	if parsed, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		if at, err := parsed.Header.Date(); err == nil {
			date = at
		}
	}
	return mailtest.Mail{Raw: raw, Date: date}
}

func must(b *bench, err error) {
	if err != nil {
		b.Fatal(err)
	}
}
