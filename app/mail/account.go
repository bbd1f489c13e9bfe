package mail

import (
	"context"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/mailsync"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// The modes of an account: which mails become records.
const (
	ModeKnown      = "known"      // those with somebody who is in the contacts
	ModeEverything = "everything" // all
)

// Account is a mailbox that is read.
type Account struct {
	ID       record.ID `json:"id" db:"id"`
	Version  int64     `json:"version" db:"version"`
	Address  string    `json:"address" db:"address"`
	Host     string    `json:"host" db:"host"`
	Port     int       `json:"port" db:"port"`
	Security string    `json:"security" db:"security" doc:"tls or starttls"`
	User     string    `json:"user" db:"login" doc:"log-in name; the address when empty"`
	CA       string    `json:"ca" db:"ca" doc:"certificates in PEM to trust besides the system's"`
	Folders  string    `json:"folders" db:"scope" doc:"auto, all, or names divided by commas"`
	Since    string    `json:"since" db:"since" doc:"YYYY-MM-DD; older mails are left out"`
	Mode     string    `json:"mode" db:"mode" doc:"known or everything"`

	SyncedAt   int64  `json:"-" db:"synced_at"`
	ComparedAt int64  `json:"-" db:"compared_at"` // mail by mail
	Fault      string `json:"-" db:"fault"`
}

const selectAccount = `SELECT id, version, address, host, port, security, login, ca, scope, coalesce(since, '') AS since, mode,
	coalesce(synced_at, 0) AS synced_at, coalesce(compared_at, 0) AS compared_at, coalesce(fault, '') AS fault FROM mail_account`

// Accounts lists all.
func (m *Mail) Accounts(ctx context.Context) ([]Account, error) {
	list := []Account{}
	err := sqlx.SelectContext(ctx, m.db.Reader(), &list, selectAccount+" ORDER BY id")
	return list, err
}

// Account finds one by id.
func (m *Mail) Account(ctx context.Context, id record.ID) (Account, error) {
	var a Account
	err := sqlx.GetContext(ctx, m.db.Reader(), &a, selectAccount+" WHERE id = $1", int64(id))
	if storage.NoRows(err) {
		return a, fault.NotFound("mail.noAccount", fault.Params{"address": id.String()})
	}
	return a, err
}

// AccountOf finds one by address.
func (m *Mail) AccountOf(ctx context.Context, address string) (Account, error) {
	var a Account
	err := sqlx.GetContext(ctx, m.db.Reader(), &a, selectAccount+" WHERE address_key = $1", mime.Address{Addr: address}.Key())
	if storage.NoRows(err) {
		return a, fault.NotFound("mail.noAccount", fault.Params{"address": record.Shorten(address, 80)})
	}
	return a, err
}

// check brings an account to its form and says what is wrong with it.
func (a *Account) check() error {
	for _, text := range []*string{&a.Address, &a.Host, &a.Security, &a.User, &a.Folders, &a.Since, &a.Mode} {
		*text = record.Clean(*text, false)
	}
	local, domain, ok := strings.Cut(a.Address, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(a.Address, " ,;<>\"") {
		return fault.Invalid("address", "record.email", fault.Params{"text": record.Shorten(a.Address, 80)})
	}
	if a.Security == "" {
		if a.Security = string(mailsync.SecurityTLS); a.Port == 143 { // RFC 8314: 143 speaks plain text first
			a.Security = string(mailsync.SecurityStartTLS)
		}
	}
	if a.Port == 0 {
		if a.Port = 993; a.Security == string(mailsync.SecurityStartTLS) {
			a.Port = 143
		}
	}
	if a.Folders == "" {
		a.Folders = string(mailsync.ScopeAuto)
	}
	if a.Mode == "" {
		a.Mode = ModeKnown
	}
	if a.Mode != ModeKnown && a.Mode != ModeEverything {
		return fault.Invalid("mode", "record.choice", fault.Params{"text": record.Shorten(a.Mode, 40), "options": ModeKnown + ", " + ModeEverything})
	}
	if a.Since != "" {
		if _, err := time.Parse(time.DateOnly, a.Since); err != nil {
			return fault.Invalid("since", "record.date", fault.Params{"text": record.Shorten(a.Since, 40)})
		}
	}
	return nil
}

// server is how the account is reached.
func (a *Account) server() (mailsync.Account, error) {
	s := mailsync.Account{Address: a.Address, Host: a.Host, Port: a.Port, Security: mailsync.Security(a.Security), User: a.User}
	if a.CA == "" {
		return s, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without authorities of its own
	}
	if !pool.AppendCertsFromPEM([]byte(a.CA)) {
		return s, fault.Invalid("ca", "mail.caNoCertificate", nil)
	}
	s.RootCAs = pool
	return s, nil
}

// given hands out a password that a person has typed.
func given(password string) mailsync.Secret {
	return func(context.Context) (string, error) { return password, nil }
}

// try signs in and sees whether the chosen folders are there.
func (a *Account) try(ctx context.Context, secret mailsync.Secret) ([]mailsync.Folder, error) {
	server, err := a.server()
	if err != nil {
		return nil, err
	}
	folders, err := mailsync.Folders(ctx, server, secret, mailsync.Limits{})
	if err != nil {
		return nil, err
	}
	if a.Folders == string(mailsync.ScopeAuto) || a.Folders == string(mailsync.ScopeAll) {
		return folders, nil
	}
	for name := range strings.SplitSeq(a.Folders, ",") {
		name = strings.TrimSpace(name)
		there := slices.ContainsFunc(folders, func(f mailsync.Folder) bool {
			return f.Name == name || strings.EqualFold(name, "INBOX") && strings.EqualFold(f.Name, "INBOX")
		})
		if name != "" && !there {
			return nil, fault.Invalid("folders", "mail.folderMissing", fault.Params{"folder": record.Shorten(name, 80)})
		}
	}
	return folders, nil
}

// Add keeps an account that can be signed in to, and its password.
func (m *Mail) Add(ctx context.Context, a Account, password string) (Account, []mailsync.Folder, Place, error) {
	if err := a.check(); err != nil {
		return a, nil, Nowhere, err
	}
	if password == "" {
		return a, nil, Nowhere, passwordMissing(a)
	}
	if _, err := m.AccountOf(ctx, a.Address); err == nil {
		return a, nil, Nowhere, fault.Conflict("address", "mail.accountExists", fault.Params{"address": a.Address})
	}
	folders, err := a.try(ctx, given(password))
	if err != nil {
		return a, nil, Nowhere, err
	}
	a.ID, a.Version = record.NewID(m.db.Now()), 1
	place, err := m.Secrets.Set(ctx, a.ID, password)
	if err != nil {
		return a, nil, Nowhere, err
	}
	key := mime.Address{Addr: a.Address}.Key()
	err = m.db.Write(ctx, func(tx *storage.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO mail_account (id, version, created_at, updated_at, address, address_key, host, port, security, login, ca, scope, since, mode)
			VALUES ($1, 1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			int64(a.ID), tx.Now, a.Address, key, a.Host, a.Port, a.Security, a.User, a.CA, a.Folders, textOrNull(a.Since), a.Mode)
		if storage.Unique(err) {
			return fault.Conflict("address", "mail.accountExists", fault.Params{"address": a.Address})
		}
		if err != nil {
			return fmt.Errorf("add account: %w", err)
		}
		_, err = tx.Exec(ctx, "DELETE FROM mail_participant WHERE address = $1", key) // it is ours from now on
		return err
	})
	if err != nil {
		_ = m.Secrets.Delete(ctx, a.ID) // of an account that there is not
		return a, nil, Nowhere, err
	}
	return a, folders, place, nil
}

func passwordMissing(a Account) error {
	return fault.New(fault.CodeUnauthorized, "mail.passwordMissing", fault.Params{"address": a.Address}).At("password")
}

// Change saves an account over the version it was made from (0: whichever), and
// its password unless that is empty. What decides about the sign-in is tried
// first.
func (m *Mail) Change(ctx context.Context, a Account, password string) (Account, error) {
	old, err := m.Account(ctx, a.ID)
	if err != nil {
		return a, err
	}
	if a.Address = old.Address; a.Version == 0 {
		a.Version = old.Version
	}
	if err := a.check(); err != nil {
		return a, err
	}
	if a.Host != old.Host || a.Port != old.Port || a.Security != old.Security || a.User != old.User || a.CA != old.CA || a.Folders != old.Folders || password != "" {
		secret := m.secret(old)
		if password != "" {
			secret = given(password)
		}
		if _, err := a.try(ctx, secret); err != nil {
			return a, err
		}
	}
	err = m.db.Write(ctx, func(tx *storage.Tx) error {
		result, err := tx.Exec(ctx, `UPDATE mail_account SET version = version + 1, updated_at = $1, host = $2, port = $3, security = $4, login = $5, ca = $6,
			scope = $7, since = $8, mode = $9, fault = NULL WHERE id = $10 AND version = $11`,
			tx.Now, a.Host, a.Port, a.Security, a.User, a.CA, a.Folders, textOrNull(a.Since), a.Mode, int64(a.ID), a.Version)
		if err != nil {
			return fmt.Errorf("change account: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return fault.New(fault.CodeStale, "record.stale", fault.Params{"title": a.Address})
		}
		if a.Since == old.Since {
			return nil
		}
		for _, query := range []string{
			"DELETE FROM mail_location WHERE reason = 'before-start' AND folder_id IN (SELECT id FROM mail_folder WHERE account_id = $1)",
			"UPDATE mail_folder SET uid_next = NULL, messages = NULL WHERE account_id = $1",
		} {
			if _, err := tx.Exec(ctx, query, int64(a.ID)); err != nil {
				return fmt.Errorf("change account: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return a, err
	}
	if password != "" {
		if _, err := m.Secrets.Set(ctx, a.ID, password); err != nil {
			return a, err
		}
	}
	return m.Account(ctx, a.ID)
}

// Remove forgets an account and its password. Mails in histories stay; what
// only waited goes.
func (m *Mail) Remove(ctx context.Context, id record.ID) error {
	a, err := m.Account(ctx, id)
	if err != nil {
		return err
	}
	release, err := m.take(ctx, id)
	if err != nil {
		return err
	}
	defer release()
	err = m.db.Write(ctx, func(tx *storage.Tx) error {
		for _, query := range []string{
			"DELETE FROM mail_location WHERE folder_id IN (SELECT id FROM mail_folder WHERE account_id = $1)",
			"DELETE FROM mail_folder WHERE account_id = $1",
			"DELETE FROM mail_account WHERE id = $1",
		} {
			if _, err := tx.Exec(ctx, query, int64(a.ID)); err != nil {
				return fmt.Errorf("remove account: %w", err)
			}
		}
		return prune(ctx, tx)
	})
	if err != nil {
		return err
	}
	return m.Secrets.Delete(ctx, id)
}

// prune forgets heads of mails that lie in no folder any more.
func prune(ctx context.Context, tx *storage.Tx) error {
	for _, query := range []string{
		"DELETE FROM mail_participant WHERE message_id IN (SELECT w.id FROM mail_waiting w WHERE NOT EXISTS (SELECT 1 FROM mail_location l WHERE l.message_id = w.id))",
		"DELETE FROM mail_waiting WHERE NOT EXISTS (SELECT 1 FROM mail_location l WHERE l.message_id = mail_waiting.id)",
	} {
		if _, err := tx.Exec(ctx, query); err != nil {
			return fmt.Errorf("prune waiting mails: %w", err)
		}
	}
	return nil
}

// secret hands out the kept password when a connection asks for it.
func (m *Mail) secret(a Account) mailsync.Secret {
	return func(ctx context.Context) (string, error) {
		password, place, err := m.Secrets.Get(ctx, a.ID)
		if err == nil && place == Nowhere {
			err = passwordMissing(a)
		}
		return password, err
	}
}

func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
