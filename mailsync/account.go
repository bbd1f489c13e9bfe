package mailsync

import (
	"context"
	"crypto/x509"
	"os"
	"time"

	"kontor/app/kit/fault"
)

// Security is how a connection is encrypted. There is no unencrypted kind.
type Security string

// The kinds of encryption.
const (
	SecurityTLS      Security = "tls"      // from the first byte (port 993)
	SecurityStartTLS Security = "starttls" // after STARTTLS (port 143)
)

// Account is where a mailbox lives and how to reach it.
type Account struct {
	Address  string // mail address, for messages
	Host     string
	Port     int
	Security Security
	User     string // log-in name; Address if empty
	// RootCAs replaces the system's certificate authorities; CAFile adds those
	// of a PEM file to whichever are used.
	RootCAs *x509.CertPool
	CAFile  string
}

// Secret gives the password when a connection needs it; it is not kept.
type Secret func(ctx context.Context) (string, error)

// Limits bound one conversation with a server. The zero value of each means its
// default.
type Limits struct {
	Silence    time.Duration // without an answer: 60 s
	Headers    int           // mails a header command: 1,000
	Bodies     int           // mails a body command: 500
	BatchBytes int64         // a body command and a batch: 8 MB
	WholeMail  int64         // larger mails are fetched by their text parts: 256 KB
	Chunk      int64         // one partial fetch: 1 MB
}

func (l Limits) withDefaults() Limits {
	orDefault(&l.Silence, 60*time.Second)
	orDefault(&l.Headers, 1000)
	orDefault(&l.Bodies, 500)
	orDefault(&l.BatchBytes, 8<<20)
	orDefault(&l.WholeMail, 256<<10)
	orDefault(&l.Chunk, 1<<20)
	return l
}

// cautiousWhole bounds the second try for a small mail, which may be larger than
// its server says.
func (l Limits) cautiousWhole() int64 { return max(l.Chunk, l.WholeMail) }

func orDefault[T int | int64 | time.Duration](value *T, fallback T) {
	if *value <= 0 {
		*value = fallback
	}
}

// check reports what is missing or cannot be.
func (a Account) check() error {
	switch {
	case a.Host == "":
		return fault.Invalid("host", "mail.hostMissing", nil)
	case a.Port < 1 || a.Port > 65535:
		return fault.Invalid("port", "mail.portRange", fault.Params{"port": a.Port})
	case a.Security != SecurityTLS && a.Security != SecurityStartTLS:
		return fault.Invalid("security", "mail.securityUnknown", fault.Params{"security": string(a.Security)})
	case a.user() == "":
		return fault.Invalid("user", "mail.userMissing", nil)
	}
	return nil
}

func (a Account) user() string {
	if a.User != "" {
		return a.User
	}
	return a.Address
}

// roots are the authorities to verify the server by; nil means the system's.
func (a Account) roots() (*x509.CertPool, error) {
	if a.CAFile == "" {
		return a.RootCAs, nil
	}
	pem, err := os.ReadFile(a.CAFile)
	if err != nil {
		return nil, fault.Invalid("ca", "mail.caUnreadable", fault.Params{"file": a.CAFile}).Because(err)
	}
	pool := x509.NewCertPool()
	if a.RootCAs != nil {
		pool = a.RootCAs.Clone()
	} else if system, err := x509.SystemCertPool(); err == nil {
		pool = system
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fault.Invalid("ca", "mail.caEmpty", fault.Params{"file": a.CAFile})
	}
	return pool, nil
}
