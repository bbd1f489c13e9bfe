package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// User and Password sign in to a Server.
const (
	User     = "me"
	Password = "correct horse"
)

// Server is an IMAP server in this process.
type Server struct {
	Port  int            // on 127.0.0.1, TLS from the first byte
	Roots *x509.CertPool // to verify it by
	PEM   []byte         // the same as a file has it
	user  *imapmemserver.User
}

// Serve starts a server with an INBOX, Sent, Drafts, Trash and Junk folder. It
// ends with the test. wrap, if not nil, sees each accepted connection beneath
// TLS, so that a test can cut it.
func Serve(t testing.TB, wrap func(net.Conn) net.Conn) *Server {
	t.Helper()
	user := imapmemserver.NewUser(User, Password)
	s := &Server{user: user}
	for _, folder := range []string{"INBOX", "Sent", "Drafts", "Trash", "Junk"} {
		s.Create(t, folder)
	}
	memory := imapmemserver.New()
	memory.AddUser(user)

	certificate := Certify(t, Certificate{})
	s.Roots = certificate.Roots
	s.PEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.DER})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = listener.Addr().(*net.TCPAddr).Port
	if wrap != nil {
		listener = wrappedListener{listener, wrap}
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapSpecialUse: {},
		},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	go func() { _ = server.Serve(tls.NewListener(listener, certificate.Config)) }() // ends by Close
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// Create adds a folder.
func (s *Server) Create(t testing.TB, folder string) {
	t.Helper()
	if err := s.user.Create(folder, nil); err != nil {
		t.Fatal(err)
	}
}

// Renumber replaces a folder by one of another UIDVALIDITY with these mails.
func (s *Server) Renumber(t testing.TB, folder string, mails []Mail) {
	t.Helper()
	if err := s.user.Delete(folder); err != nil {
		t.Fatal(err)
	}
	s.Create(t, folder)
	s.Append(t, folder, mails)
}

// Append delivers mails; each arrives at its own date.
func (s *Server) Append(t testing.TB, folder string, mails []Mail) {
	t.Helper()
	for _, m := range mails {
		if _, err := s.user.Append(folder, literal{bytes.NewReader(m.Raw)}, &imap.AppendOptions{Time: m.Date}); err != nil {
			t.Fatal(err)
		}
	}
}

// Expunge deletes mails by UID.
func (s *Server) Expunge(t testing.TB, folder string, uids ...imap.UID) {
	t.Helper()
	session := imapmemserver.NewUserSession(s.user)
	if _, err := session.Select(folder, nil); err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	set := imap.UIDSetNum(uids...)
	flags := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := session.Store(nil, set, flags, nil); err != nil {
		t.Fatal(err)
	}
	if err := session.Expunge(nil, &set); err != nil {
		t.Fatal(err)
	}
}

type literal struct{ *bytes.Reader }

type wrappedListener struct {
	net.Listener
	wrap func(net.Conn) net.Conn
}

func (l wrappedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.wrap(conn), nil
}

// Certificate describes a server certificate; the zero value is a good one for
// 127.0.0.1.
type Certificate struct {
	Name    string // DNS name instead of 127.0.0.1
	Expired bool
}

// Certified is a certificate and what verifies it.
type Certified struct {
	Config *tls.Config
	Roots  *x509.CertPool
	DER    []byte
	Key    *ecdsa.PrivateKey
}

// Certify makes a self-signed certificate that is its own authority.
func Certify(t testing.TB, c Certificate) Certified {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mailtest"},
		NotBefore: now.Add(-48 * time.Hour), NotAfter: now.Add(48 * time.Hour),
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	if c.Name != "" {
		template.IPAddresses, template.DNSNames = nil, []string{c.Name}
	}
	if c.Expired {
		template.NotAfter = now.Add(-24 * time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	return Certified{config, roots, der, key}
}
