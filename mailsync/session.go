package mailsync

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"kontor/app/kit/fault"
)

// dialTimeout bounds reaching the host; the rest is bounded by Limits.Silence.
const dialTimeout = 30 * time.Second

// session is one signed-in connection.
type session struct {
	account Account
	limits  Limits
	conn    *connection
	client  *imapclient.Client
	caps    imap.CapSet
	stop    func() bool // ends the watch over the context
}

// dial connects, verifies the server and signs in. Cancelling ctx closes the
// connection at any later time too.
func dial(ctx context.Context, account Account, secret Secret, limits Limits) (*session, error) {
	if err := account.check(); err != nil {
		return nil, err
	}
	roots, err := account.roots()
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: dialTimeout}
	raw, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(account.Host, strconv.Itoa(account.Port)))
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fault.Unavailable("mail.unreachable", account.params(), err)
	}
	s := &session{account: account, limits: limits, conn: newConnection(raw, limits.Silence)}
	s.stop = context.AfterFunc(ctx, func() { raw.Close() })
	if err := s.open(ctx, &tls.Config{ServerName: account.Host, RootCAs: roots, MinVersion: tls.VersionTLS12}); err != nil {
		s.close()
		return nil, err
	}
	if err := s.signIn(ctx, secret); err != nil {
		s.close()
		return nil, err
	}
	s.conn.rest()
	return s, nil
}

// open brings up TLS and waits for the greeting.
func (s *session) open(ctx context.Context, config *tls.Config) error {
	var err error
	if s.account.Security == SecurityStartTLS {
		// The library refuses PREAUTH and plain text after STARTTLS, and forgets
		// what the server claimed to be capable of before it.
		s.client, err = imapclient.NewStartTLS(s.conn, &imapclient.Options{TLSConfig: config})
		if err != nil {
			return s.startFailure(ctx, err)
		}
	} else {
		config.NextProtos = []string{"imap"}
		secured := tls.Client(s.conn, config)
		if err = secured.HandshakeContext(ctx); err != nil {
			return s.startFailure(ctx, err)
		}
		s.client = imapclient.New(secured, nil)
	}
	if err = s.greeted(); err != nil {
		return s.explain(ctx, err)
	}
	return nil
}

// greeted waits for the greeting. Where a BYE and the end of the connection are
// there together, the library tells one of them by chance: asked again, it soon
// tells the BYE, which says why.
func (s *session) greeted() error {
	var bye *imap.Error
	err := s.client.WaitGreeting()
	for tries := 0; err != nil && !errors.As(err, &bye) && tries < 30; tries++ {
		err = s.client.WaitGreeting()
	}
	return err
}

// signIn authenticates once: a wrong password tried again locks accounts. Other
// mechanisms than a password, such as OAuth2 tokens, are further SASL clients
// chosen here.
func (s *session) signIn(ctx context.Context, secret Secret) error {
	caps := s.client.Caps()
	if caps == nil {
		return s.explain(ctx, errNoAnswer)
	}
	plain := caps.Has(imap.AuthCap("PLAIN"))
	if !plain && caps.Has(imap.CapLoginDisabled) {
		return fault.New(fault.CodeUnauthorized, "mail.passwordRefused", s.account.params())
	}
	if s.client.State() == imap.ConnStateNotAuthenticated {
		password, err := secret(ctx)
		if err != nil {
			return err
		}
		if plain {
			err = s.client.Authenticate(sasl.NewPlainClient("", s.account.user(), password))
		} else {
			err = s.client.Login(s.account.user(), password).Wait()
		}
		if err != nil {
			return s.signInFailure(ctx, err)
		}
	}
	if s.caps = s.client.Caps(); s.caps == nil {
		return s.explain(ctx, errNoAnswer)
	}
	return nil
}

// command runs one command to its end and explains its failure.
func (s *session) command(ctx context.Context, run func() error) error {
	err := run()
	s.conn.rest()
	if err == nil {
		return nil
	}
	return s.explain(ctx, err)
}

// alive reports that the last failure left the connection usable. The library
// sets its state before it lets commands fail.
func (s *session) alive() bool {
	return s.conn.cause() == nil && s.client.State() != imap.ConnStateLogout
}

// hangUp ends the network connection beneath TLS and the library; failing to
// close it changes nothing.
func (s *session) hangUp() { _ = s.conn.Conn.Close() }

// close ends the connection at once. Nothing is lost by not logging out, and a
// server that hangs cannot delay it.
func (s *session) close() {
	if s.stop != nil {
		s.stop()
	}
	s.hangUp()
	if s.client != nil {
		_ = s.client.Close() // waits for the library's reader to end
	}
}

// examine opens a folder for reading only.
func (s *session) examine(ctx context.Context, folder string) (*imap.SelectData, error) {
	var data *imap.SelectData
	err := s.command(ctx, func() (err error) {
		data, err = s.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		return err
	})
	if err != nil {
		return nil, atFolder(err, folder)
	}
	if data.UIDValidity == 0 {
		// Without it a UID may name another mail tomorrow (RFC 9051 section 2.3.1.1).
		return nil, fault.Unavailable("mail.noUIDValidity", fault.Params{"folder": folder}, nil)
	}
	return data, nil
}

// search lists UIDs, as ranges where the server can.
func (s *session) search(ctx context.Context, criteria *imap.SearchCriteria) (UIDs, error) {
	var options *imap.SearchOptions
	if s.caps.Has(imap.CapESearch) || s.caps.Has(imap.CapIMAP4rev2) {
		options = &imap.SearchOptions{ReturnAll: true}
	}
	var data *imap.SearchData
	err := s.command(ctx, func() (err error) {
		data, err = s.client.UIDSearch(criteria, options).Wait()
		return err
	})
	if err != nil {
		return nil, err
	}
	set, _ := data.All.(imap.UIDSet)
	return fromSet(set), nil
}

func (a Account) params() fault.Params {
	return fault.Params{"host": a.Host, "port": a.Port, "user": a.user(), "address": a.Address}
}

// atFolder names the folder a fault is about.
func atFolder(err error, folder string) error {
	f := fault.Of(err)
	if f.Params == nil {
		f.Params = fault.Params{}
	}
	f.Params["folder"] = folder
	if f.Key == "mail.refused" && strings.Contains(f.Op, string(imap.ResponseCodeNonExistent)) {
		return fault.NotFound("mail.folderMissing", f.Params).Because(err)
	}
	return f
}
