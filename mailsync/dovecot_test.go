package mailsync_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// dovecot is a private Dovecot on the loopback address.
type dovecot struct {
	dir     string
	plain   mailsync.Account // by STARTTLS
	tls     mailsync.Account
	process *exec.Cmd
}

const dovecotConfig = `
base_dir = DIR/run
state_dir = DIR/state
log_path = DIR/log
protocols = imap
listen = 127.0.0.1
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:~/Maildir
maildir_very_dirty_syncs = yes
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \Sent
    auto = create
  }
  mailbox Trash {
    special_use = \Trash
    auto = create
  }
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u DIR/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=DIR/mail/%u
}
service imap-login {
  inet_listener imap {
    port = PORT
  }
  inet_listener imaps {
    port = TLSPORT
  }
}
`

// startDovecot runs a server with these mails in the INBOX; it ends with the
// test.
func startDovecot(t testing.TB, mails []mailtest.Mail) *dovecot {
	t.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		if program = "/usr/sbin/dovecot"; !exists(program) {
			t.Skip("dovecot is not installed (Debian: dovecot-imapd)")
		}
	}
	if os.Getuid() != 0 {
		t.Skip("dovecot serves another user's mail only when started as root")
	}
	// Its socket paths must stay below 108 bytes and its uid must reach the mail,
	// which t.TempDir grants neither.
	dir, err := os.MkdirTemp("", "dovecot")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o711))
	for _, sub := range []string{"run", "state", "mail"} {
		must(t, os.Mkdir(filepath.Join(dir, sub), 0o755))
	}
	certificate := mailtest.Certify(t, mailtest.Certificate{})
	key, err := x509.MarshalPKCS8PrivateKey(certificate.Key)
	must(t, err)
	writePEM(t, filepath.Join(dir, "cert.pem"), "CERTIFICATE", certificate.DER)
	writePEM(t, filepath.Join(dir, "key.pem"), "PRIVATE KEY", key)
	must(t, os.WriteFile(filepath.Join(dir, "users"), []byte(mailtest.User+":{PLAIN}"+mailtest.Password+"\n"), 0o644))

	port, tlsPort := freePort(t), freePort(t)
	config := strings.NewReplacer("DIR", dir, "TLSPORT", strconv.Itoa(tlsPort), "PORT", strconv.Itoa(port)).Replace(dovecotConfig)
	must(t, os.WriteFile(filepath.Join(dir, "dovecot.conf"), []byte(config), 0o644))

	d := &dovecot{dir: dir, tls: mailsync.Account{
		Address: mailtest.Owner, Host: "127.0.0.1", Port: tlsPort,
		Security: mailsync.SecurityTLS, User: mailtest.User, CAFile: filepath.Join(dir, "cert.pem"),
	}}
	d.plain = d.tls
	d.plain.Port, d.plain.Security = port, mailsync.SecurityStartTLS
	d.deliver(t, 0, mails)

	d.process = exec.Command(program, "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	must(t, d.process.Start())
	t.Cleanup(func() { d.stop(t) })
	// Another process's readiness shows only in its port.
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(tlsPort)))
		if err == nil {
			conn.Close()
			return d
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// stop ends the server with all its processes.
func (d *dovecot) stop(t testing.TB) {
	_ = d.process.Process.Signal(syscall.SIGTERM)
	_ = d.process.Wait()
	if t.Failed() {
		log, _ := os.ReadFile(filepath.Join(d.dir, "log"))
		t.Logf("%s", log[max(0, len(log)-2000):])
	}
}

func (d *dovecot) maildir() string { return filepath.Join(d.dir, "mail", mailtest.User, "Maildir") }

// deliver writes mails into the Maildir; their names sort as they shall be
// numbered. Deliveries begin at a number, so that later ones come after.
func (d *dovecot) deliver(t testing.TB, from int, mails []mailtest.Mail) {
	t.Helper()
	for _, sub := range []string{"cur", "new", "tmp"} {
		must(t, os.MkdirAll(filepath.Join(d.maildir(), sub), 0o755))
	}
	for i, m := range mails {
		name := fmt.Sprintf("%d.M%06dP1.test,S=%d:2,", 1600000000+from+i, from+i, len(m.Raw))
		path := filepath.Join(d.maildir(), "cur", name)
		must(t, os.WriteFile(path, m.Raw, 0o644))
		must(t, os.Chtimes(path, m.Date, m.Date))
	}
	must(t, exec.Command("chown", "-R", "mail:mail", filepath.Join(d.dir, "mail")).Run())
}

// killChildren ends the server's imap processes as a crash would.
func (d *dovecot) killChildren(t *testing.T) int {
	t.Helper()
	killed := 0
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	must(t, err)
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		pid, rest, _ := strings.Cut(string(stat), " (")
		name, rest, _ := strings.Cut(rest, ") ")
		fields := strings.Fields(rest)
		if name == "imap" && len(fields) > 1 && fields[1] == strconv.Itoa(d.process.Process.Pid) {
			number, err := strconv.Atoi(pid)
			must(t, err)
			must(t, syscall.Kill(number, syscall.SIGKILL))
			killed++
		}
	}
	return killed
}

func TestDovecot(t *testing.T) {
	mails := mailtest.Mails(31, mailtest.Options{Count: 600, Damaged: .05, Files: .1})
	d := startDovecot(t, mails)
	files := func() []string {
		names, err := filepath.Glob(filepath.Join(d.maildir(), "*", "*:2,*"))
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
		d.deliver(t, len(mails), more[:10])
		late := false
		sink.check = func(mailsync.Batch) error {
			if !late {
				late = true
				d.deliver(t, len(mails)+10, more[10:])
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
		lists, err := filepath.Glob(filepath.Join(d.maildir(), "dovecot*"))
		must(t, err)
		d.killChildren(t)
		for _, list := range lists {
			must(t, os.Remove(list))
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
			kills += d.killChildren(t)
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
	names, err := filepath.Glob(filepath.Join(d.maildir(), "cur", "*"))
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

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func writePEM(t testing.TB, path, kind string, der []byte) {
	t.Helper()
	var b bytes.Buffer
	must(t, pem.Encode(&b, &pem.Block{Type: kind, Bytes: der}))
	must(t, os.WriteFile(path, b.Bytes(), 0o644))
}
