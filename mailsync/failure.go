package mailsync

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"kontor/app/kit/fault"
)

var (
	errNoAnswer = errors.New("no answer to CAPABILITY")
	errNotGiven = errors.New("left out of every answer")
)

// explain turns a failed command into a fault. The library reports a broken
// connection as text, so the connection itself is asked what happened.
func (s *session) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var answer *imap.Error
	if errors.As(err, &answer) {
		return s.answerFault(answer)
	}
	switch cause := s.conn.cause(); {
	case errors.Is(cause, os.ErrDeadlineExceeded):
		return fault.Unavailable("mail.silent", s.account.params(), errors.Join(err, cause))
	case cause != nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed):
		return fault.Unavailable("mail.connectionLost", s.account.params(), errors.Join(err, cause))
	}
	return fault.Unavailable("mail.notUnderstood", s.account.params(), err)
}

// answerFault is for NO, BAD and BYE.
func (s *session) answerFault(answer *imap.Error) *fault.Error {
	params := s.account.params()
	params["answer"] = strings.TrimSpace(answer.Text)
	key := "mail.refused"
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse:
		key = "mail.serverUnavailable"
	case imap.ResponseCodeLimit, imap.ResponseCodeTooMany:
		key = "mail.tooManyConnections"
	case imap.ResponseCodeOverQuota:
		key = "mail.overQuota"
	default:
		if strings.Contains(strings.ToLower(answer.Text), "too many") {
			key = "mail.tooManyConnections"
		}
	}
	f := fault.Unavailable(key, params, answer)
	f.Op = string(answer.Code)
	return f
}

// signInFailure tells a wrong password, which is never tried again, from a
// server that cannot check it now.
func (s *session) signInFailure(ctx context.Context, err error) error {
	f := fault.Of(s.explain(ctx, err))
	if f.Key != "mail.refused" {
		return f
	}
	switch imap.ResponseCode(f.Op) {
	case imap.ResponseCodeExpired:
		return fault.New(fault.CodeUnauthorized, "mail.passwordExpired", f.Params).Because(err)
	case imap.ResponseCodeContactAdmin, imap.ResponseCodePrivacyRequired:
		return fault.New(fault.CodeUnauthorized, "mail.passwordRefused", f.Params).Because(err)
	}
	return fault.New(fault.CodeUnauthorized, "mail.password", f.Params).Because(err)
}

// startFailure explains why no trustworthy encryption came about. Certificate
// faults are forbidden, not unavailable: trying again does not help, and nobody
// is asked to look away.
func (s *session) startFailure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	params := s.account.params()
	var (
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
		plain   tls.RecordHeaderError
		answer  *imap.Error
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		params["until"] = invalid.Cert.NotAfter.UTC().Format(time.DateOnly)
		return fault.New(fault.CodeForbidden, "mail.certificateExpired", params).Because(err)
	case errors.As(err, &host):
		params["names"] = strings.Join(host.Certificate.DNSNames, ", ")
		return fault.New(fault.CodeForbidden, "mail.certificateHost", params).Because(err)
	case errors.As(err, &unknown), errors.As(err, &invalid):
		return fault.New(fault.CodeForbidden, "mail.certificateUnknown", params).Because(err)
	case errors.As(err, &plain):
		return fault.New(fault.CodeForbidden, "mail.noTLS", params).Because(err)
	case errors.As(err, &answer), strings.Contains(err.Error(), "PREAUTH"):
		return fault.New(fault.CodeForbidden, "mail.noStartTLS", params).Because(err)
	}
	return s.explain(ctx, err)
}

// Backoff says how long to wait before an account is synced again after its
// attempt-th failure in a row (1 is the first): up to 15 minutes, spread so that
// many accounts do not return together. ok is false where only a person helps.
func Backoff(attempt int, err error) (wait time.Duration, ok bool) {
	if !fault.Is(err, fault.CodeUnavailable) {
		return 0, false
	}
	const longest = 15 * time.Minute
	ceiling := longest
	if attempt = max(attempt, 1); attempt <= 10 {
		ceiling = min(longest, time.Second<<(attempt-1))
	}
	return time.Second + rand.N(ceiling), true
}
