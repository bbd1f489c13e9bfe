package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/mailsync"
	"kontor/storage"
)

// Request says what to sync.
type Request struct {
	Address  string // empty: all accounts
	Full     bool   // compare mail by mail
	Password string // for this run; the kept one when empty
	Keep     bool   // keep the password if the run does not fail
}

// Times of the loop.
const (
	interval = 5 * time.Minute
	daily    = 24 * time.Hour // after which folders are compared mail by mail
)

// Batches of bodies are small, so that somebody who saves meanwhile waits for
// one of them only.
const bodiesAtOnce = 100

// turn lets one sync at a time read an account.
type turn struct {
	free     chan struct{}
	progress *Progress
}

// Progress tells how far a running sync is with a folder.
type Progress struct {
	Folder string `json:"folder"`
	Done   int    `json:"done"`
	Total  int    `json:"total"`
}

func (m *Mail) turnOf(id record.ID) *turn {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.running[id]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		m.running[id] = t
	}
	return t
}

// take waits until nobody else reads the account.
func (m *Mail) take(ctx context.Context, id record.ID) (release func(), err error) {
	t := m.turnOf(id)
	select {
	case t.free <- struct{}{}:
		m.report(id, &Progress{})
		return func() {
			m.report(id, nil)
			<-t.free
		}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (m *Mail) report(id record.ID, p *Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running[id].progress = p
}

// progress tells whether an account is being read, and how far that is.
func (m *Mail) progress(id record.ID) *Progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t := m.running[id]; t != nil {
		return t.progress
	}
	return nil
}

// Sync reads accounts, one after the other, and says how each stands
// afterwards. Faults of accounts and folders stand in the status.
func (m *Mail) Sync(ctx context.Context, req Request) ([]Status, error) {
	accounts, err := m.chosen(ctx, req)
	if err != nil {
		return nil, err
	}
	if err := m.catchUp(ctx); err != nil {
		return nil, err
	}
	var ids []record.ID
	for _, a := range accounts {
		secret := m.secret(a)
		if req.Password != "" && len(accounts) == 1 {
			secret = given(req.Password)
		}
		err := m.syncAccount(ctx, a, secret, req.Full)
		if ctx.Err() != nil {
			return nil, err
		}
		if err == nil && req.Keep && req.Password != "" && len(accounts) == 1 {
			if _, err := m.Secrets.Set(ctx, a.ID, req.Password); err != nil {
				return nil, err
			}
		}
		ids = append(ids, a.ID)
	}
	return m.Status(ctx, ids...)
}

// Start syncs without anybody waiting for it.
func (m *Mail) Start(ctx context.Context, req Request) error {
	if _, err := m.chosen(ctx, req); err != nil {
		return err
	}
	ctx = record.WithAct(m.life, record.ActOf(ctx))
	m.jobs.Go(func() {
		if _, err := m.Sync(ctx, req); err != nil && ctx.Err() == nil {
			slog.Error("mail", "err", err)
		}
	})
	return nil
}

func (m *Mail) chosen(ctx context.Context, req Request) ([]Account, error) {
	if req.Address != "" {
		a, err := m.AccountOf(ctx, req.Address)
		return []Account{a}, err
	}
	return m.Accounts(ctx)
}

// syncAccount reads one account and keeps how that ended.
func (m *Mail) syncAccount(ctx context.Context, a Account, secret mailsync.Secret, full bool) error {
	release, err := m.take(ctx, a.ID)
	if err != nil {
		return err
	}
	defer release()
	if a, err = m.Account(ctx, a.ID); err != nil { // it may have changed meanwhile
		return err
	}
	act := record.ActOf(ctx)
	act.Batch, act.Label = record.NewID(m.db.Now()), a.Address
	ctx = record.WithAct(ctx, act)
	report, err := m.read(ctx, a, secret, full)
	if ctx.Err() != nil {
		return ctx.Err() // whoever ended it knows; the next run goes on
	}
	return errors.Join(err, m.ended(ctx, a, report, full && err == nil, err))
}

// read runs a sync, and a second one if answers were found whose text is
// missing.
func (m *Mail) read(ctx context.Context, a Account, secret mailsync.Secret, full bool) (mailsync.Report, error) {
	server, err := a.server()
	if err != nil {
		return mailsync.Report{}, err
	}
	s := &sink{Mail: m, account: a, retry: full}
	if a.Since != "" {
		if s.since, err = time.ParseInLocation(time.DateOnly, a.Since, m.zone()); err != nil {
			return mailsync.Report{}, err
		}
	}
	options := mailsync.Options{
		Scope: mailsync.Scope(a.Folders), Since: s.since, Full: full, Limits: mailsync.Limits{Bodies: bodiesAtOnce},
		Progress: func(p mailsync.Progress) { m.report(a.ID, &Progress{p.Folder, p.Done, p.Total}) },
	}
	report, err := mailsync.Sync(ctx, server, secret, s, options)
	if err != nil || s.stored == 0 {
		return report, err
	}
	found, err := m.answers(ctx)
	if err != nil || found == 0 {
		return report, err
	}
	options.Full = false
	return mailsync.Sync(ctx, server, secret, s, options)
}

// ended keeps how a run ended, and forgets folders that are no longer chosen.
func (m *Mail) ended(ctx context.Context, a Account, report mailsync.Report, compared bool, failure error) error {
	return m.db.Write(ctx, func(tx *storage.Tx) error {
		var at any
		if failure == nil {
			at = tx.Now
		}
		_, err := tx.Exec(ctx, "UPDATE mail_account SET fault = $1, synced_at = coalesce($2, synced_at) WHERE id = $3", faultText(failure), at, int64(a.ID))
		if err != nil {
			return fmt.Errorf("keep status: %w", err)
		}
		names := []any{int64(a.ID)}
		for _, f := range report.Folders {
			compared = compared && f.Err == nil
			names = append(names, f.Name)
			// A folder that was never reached has a row as well, to say why.
			_, err := tx.Exec(ctx, `INSERT INTO mail_folder (id, account_id, name, role, uid_validity, server, fault) VALUES ($1, $2, $3, $4, 0, $5, $6)
				ON CONFLICT (account_id, name) DO UPDATE SET server = excluded.server, fault = excluded.fault`,
				int64(record.NewID(m.db.Now())), int64(a.ID), f.Name, string(f.Role), f.Server, faultText(f.Err))
			if err != nil {
				return fmt.Errorf("keep status: %w", err)
			}
		}
		if failure != nil {
			return nil
		}
		gone := "account_id = $1"
		if len(names) > 1 {
			gone += " AND name NOT IN (" + storage.Marks(2, len(names)-1) + ")"
		}
		for _, query := range []string{
			"DELETE FROM mail_location WHERE folder_id IN (SELECT id FROM mail_folder WHERE " + gone + ")",
			"DELETE FROM mail_folder WHERE " + gone,
		} {
			if _, err := tx.Exec(ctx, query, names...); err != nil {
				return fmt.Errorf("forget folders: %w", err)
			}
		}
		if !compared {
			return nil
		}
		if _, err := tx.Exec(ctx, "UPDATE mail_account SET compared_at = $1 WHERE id = $2", tx.Now, int64(a.ID)); err != nil {
			return fmt.Errorf("keep status: %w", err)
		}
		return prune(ctx, tx)
	})
}

// kept is a fault as the database keeps it: to be told later in any language.
type kept struct {
	Code   fault.Code   `json:"code"`
	Key    string       `json:"key"`
	Params fault.Params `json:"params,omitempty"`
}

func faultText(err error) any {
	if err == nil {
		return nil
	}
	f := fault.Of(err)
	if f.Code == fault.CodeInternal {
		slog.Error("mail", "err", err)
	}
	text, err := json.Marshal(kept{f.Code, f.Key, maps.Clone(f.Params)})
	if err != nil {
		return `{"code":"internal","key":"fault.internal"}`
	}
	return string(text)
}

func faultOf(text string) *fault.Error {
	var k kept
	if text == "" || json.Unmarshal([]byte(text), &k) != nil {
		return nil
	}
	return fault.New(k.Code, k.Key, k.Params)
}

// due is when an account is to be read again by itself.
type due struct {
	at       time.Time
	failures int // in a row
}

// Run reads all accounts each five minutes until the context ends. After a
// failure it waits longer and longer; a refused password is not tried again
// until the account was changed or somebody synced it.
func (m *Mail) Run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(m.life, stop)()
	m.jobs.Add(1)
	defer m.jobs.Done()
	plan := map[record.ID]*due{}
	for ctx.Err() == nil {
		next := m.round(ctx, plan)
		select {
		case <-ctx.Done():
		case <-time.After(time.Until(next)):
		}
	}
}

// round reads the accounts whose time has come and says when to look again.
func (m *Mail) round(ctx context.Context, plan map[record.ID]*due) time.Time {
	accounts, err := m.Accounts(ctx)
	if err != nil && ctx.Err() == nil {
		slog.Error("mail", "err", err)
	}
	next := time.Now().Add(interval)
	for _, a := range accounts {
		d := plan[a.ID]
		if d == nil {
			d = &due{}
			plan[a.ID] = d
		}
		if f := faultOf(a.Fault); f != nil && f.Code != fault.CodeUnavailable && f.Code != fault.CodeInternal {
			continue // only a person helps
		}
		if !time.Now().Before(d.at) {
			m.visit(ctx, a, d)
		}
		if d.at.Before(next) {
			next = d.at
		}
	}
	return next
}

// visit reads one account by itself and plans the next time.
func (m *Mail) visit(ctx context.Context, a Account, d *due) {
	full := m.db.Now().UnixMilli()-a.ComparedAt > daily.Milliseconds()
	if err := m.catchUp(ctx); err != nil {
		slog.Error("mail", "err", err)
	}
	err := m.syncAccount(ctx, a, m.secret(a), full)
	wait := interval
	if err == nil {
		d.failures = 0
	} else {
		d.failures++
		if again, ok := mailsync.Backoff(d.failures, err); ok {
			wait = max(again, time.Second)
		}
	}
	d.at = time.Now().Add(wait)
}
