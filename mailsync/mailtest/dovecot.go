//go:build unix

package mailtest

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Dovecot is a private Dovecot on the loopback address: a server that nobody of
// us wrote. Its mailbox is User's, with Password.
type Dovecot struct {
	Port    int    // STARTTLS
	TLSPort int    // TLS from the first byte
	CAFile  string // to verify it by
	PEM     []byte // what stands there
	Roots   *x509.CertPool
	dir     string
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
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
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

// StartDovecot runs a server with these mails in the INBOX; it ends with the
// test. Where Dovecot is not installed or may not run, the test is skipped.
func StartDovecot(t testing.TB, mails []Mail) *Dovecot {
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
	certificate := Certify(t, Certificate{})
	key, err := x509.MarshalPKCS8PrivateKey(certificate.Key)
	must(t, err)
	writePEM(t, filepath.Join(dir, "cert.pem"), "CERTIFICATE", certificate.DER)
	writePEM(t, filepath.Join(dir, "key.pem"), "PRIVATE KEY", key)
	must(t, os.WriteFile(filepath.Join(dir, "users"), []byte(User+":{PLAIN}"+Password+"\n"), 0o644))

	port, tlsPort := freePort(t), freePort(t)
	config := strings.NewReplacer("DIR", dir, "TLSPORT", strconv.Itoa(tlsPort), "PORT", strconv.Itoa(port)).Replace(dovecotConfig)
	must(t, os.WriteFile(filepath.Join(dir, "dovecot.conf"), []byte(config), 0o644))

	d := &Dovecot{dir: dir, Port: port, TLSPort: tlsPort, CAFile: filepath.Join(dir, "cert.pem"), Roots: certificate.Roots}
	d.PEM, err = os.ReadFile(d.CAFile)
	must(t, err)
	d.Deliver(t, 0, mails)

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
func (d *Dovecot) stop(t testing.TB) {
	_ = d.process.Process.Signal(syscall.SIGTERM)
	_ = d.process.Wait()
	if t.Failed() {
		log, _ := os.ReadFile(filepath.Join(d.dir, "log"))
		t.Logf("%s", log[max(0, len(log)-2000):])
	}
}

// Maildir is where the mails lie.
func (d *Dovecot) Maildir() string { return filepath.Join(d.dir, "mail", User, "Maildir") }

// Deliver writes mails into the Maildir; their names sort as they shall be
// numbered. Deliveries begin at a number, so that later ones come after.
func (d *Dovecot) Deliver(t testing.TB, from int, mails []Mail) {
	t.Helper()
	for _, sub := range []string{"cur", "new", "tmp"} {
		must(t, os.MkdirAll(filepath.Join(d.Maildir(), sub), 0o755))
	}
	for i, m := range mails {
		name := fmt.Sprintf("%d.M%06dP1.test,S=%d:2,", 1600000000+from+i, from+i, len(m.Raw))
		path := filepath.Join(d.Maildir(), "cur", name)
		must(t, os.WriteFile(path, m.Raw, 0o644))
		must(t, os.Chtimes(path, m.Date, m.Date))
	}
	must(t, exec.Command("chown", "-R", "mail:mail", filepath.Join(d.dir, "mail")).Run())
}

// KillChildren ends the server's imap processes as a crash would.
func (d *Dovecot) KillChildren(t testing.TB) int {
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
