package mailsync_test

import (
	"context"
	"net"
	"testing"
	"time"

	"kontor/app/kit/fault"
	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

func wantFault(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no fault, want %s", key)
	}
	if got := fault.Of(err).Key; got != key {
		t.Errorf("fault %s (%v), want %s", got, err, key)
	}
}

func TestSignIn(t *testing.T) {
	wrong := func(context.Context) (string, error) { return "wrong", nil }
	tests := []struct {
		name   string
		caps   string
		answer string // to LOGIN, instead of the honest one
		fault  string
		code   fault.Code
		logins int
	}{
		{"wrong password", "IMAP4rev1", "", "mail.password", fault.CodeUnauthorized, 1},
		{"wrong password, PLAIN", "IMAP4rev1 AUTH=PLAIN SASL-IR", "NO denied", "mail.password", fault.CodeUnauthorized, 1},
		{"no log-in by password", "IMAP4rev1 LOGINDISABLED", "", "mail.passwordRefused", fault.CodeUnauthorized, 0},
		{"password expired", "IMAP4rev1", "NO [EXPIRED] new one please", "mail.passwordExpired", fault.CodeUnauthorized, 1},
		{"server cannot check it", "IMAP4rev1", "NO [UNAVAILABLE] database down", "mail.serverUnavailable", fault.CodeUnavailable, 1},
		{"too many", "IMAP4rev1", "NO [LIMIT] 15 connections", "mail.tooManyConnections", fault.CodeUnavailable, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &script{caps: tt.caps, answer: func(c *scriptConn, tag, name, _ string) bool {
				if tt.answer != "" && (name == "LOGIN" || name == "AUTHENTICATE") {
					c.say("%s %s\r\n", tag, tt.answer)
					return true
				}
				return false
			}}
			_, err := mailsync.Sync(t.Context(), s.serve(t), wrong, newSink(), mailsync.Options{})
			wantFault(t, err, tt.fault)
			if got := fault.Of(err).Code; got != tt.code {
				t.Errorf("code %s, want %s", got, tt.code)
			}
			if s.logins != tt.logins || s.connections != 1 {
				t.Errorf("%d log-ins on %d connections, want %d on 1", s.logins, s.connections, tt.logins)
			}
			if _, again := mailsync.Backoff(1, err); again != (tt.code == fault.CodeUnavailable) {
				t.Errorf("tried again: %t", again)
			}
		})
	}
}

func TestEncryption(t *testing.T) {
	good := mailtest.Certify(t, mailtest.Certificate{})
	other := mailtest.Certify(t, mailtest.Certificate{})
	host := mailtest.Certify(t, mailtest.Certificate{Name: "mail.elsewhere.example"})
	expired := mailtest.Certify(t, mailtest.Certificate{Expired: true})
	tests := []struct {
		name   string
		script *script
		trust  mailtest.Certified
		start  bool // connect by STARTTLS
		fault  string
	}{
		{"self-signed", &script{config: other.Config}, good, false, "mail.certificateUnknown"},
		{"another host's", &script{config: host.Config}, host, false, "mail.certificateHost"},
		{"expired", &script{config: expired.Config}, expired, false, "mail.certificateExpired"},
		{"no TLS there", &script{plain: true}, good, false, "mail.noTLS"},
		{"STARTTLS stripped", &script{plain: true}, good, true, "mail.noStartTLS"},
		{"signed in before STARTTLS", &script{plain: true, greeting: "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n"}, good, true, "mail.noStartTLS"},
		{"STARTTLS, self-signed", &script{plain: true, startTLS: other.Config}, good, true, "mail.certificateUnknown"},
		{"STARTTLS, another host's", &script{plain: true, startTLS: host.Config}, host, true, "mail.certificateHost"},
		{"STARTTLS, expired", &script{plain: true, startTLS: expired.Config}, expired, true, "mail.certificateExpired"},
		{"STARTTLS", &script{plain: true, startTLS: good.Config}, good, true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := tt.script.serve(t)
			a.RootCAs = tt.trust.Roots
			if tt.start {
				a.Security = mailsync.SecurityStartTLS
			}
			asked := false
			secret := func(context.Context) (string, error) { asked = true; return mailtest.Password, nil }
			_, err := mailsync.Folders(t.Context(), a, secret, mailsync.Limits{Silence: time.Second})
			if tt.fault == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			wantFault(t, err, tt.fault)
			if asked || tt.script.logins > 0 {
				t.Error("the password left before the server was verified")
			}
			if fault.Is(err, fault.CodeUnavailable) {
				t.Error("a certificate does not become good by waiting")
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := listener.Addr().(*net.TCPAddr).Port
		listener.Close()
		a := mailsync.Account{Address: "me@x.example", Host: "127.0.0.1", Port: port, Security: mailsync.SecurityTLS}
		_, err = mailsync.Folders(t.Context(), a, password, mailsync.Limits{})
		wantFault(t, err, "mail.unreachable")
	})
	t.Run("hangs up at once", func(t *testing.T) {
		s := &script{greeting: "* BYE too busy\r\n"}
		_, err := mailsync.Folders(t.Context(), s.serve(t), password, mailsync.Limits{Silence: time.Second})
		wantFault(t, err, "mail.refused")
	})
}

func TestAccount_incomplete(t *testing.T) {
	full := mailsync.Account{Address: "me@x.example", Host: "127.0.0.1", Port: 993, Security: mailsync.SecurityTLS}
	tests := []struct {
		key  string
		edit func(*mailsync.Account)
	}{
		{"mail.hostMissing", func(a *mailsync.Account) { a.Host = "" }},
		{"mail.portRange", func(a *mailsync.Account) { a.Port = 70000 }},
		{"mail.securityUnknown", func(a *mailsync.Account) { a.Security = "none" }},
		{"mail.userMissing", func(a *mailsync.Account) { a.Address = "" }},
		{"mail.caUnreadable", func(a *mailsync.Account) { a.CAFile = "/nowhere/ca.pem" }},
		{"mail.caEmpty", func(a *mailsync.Account) { a.CAFile = "doc.go" }},
	}
	for _, tt := range tests {
		a := full
		tt.edit(&a)
		_, err := mailsync.Folders(t.Context(), a, password, mailsync.Limits{})
		wantFault(t, err, tt.key)
	}
}
