package mail

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/mailsync"
)

// Status says how an account stands.
type Status struct {
	Account  Account
	Fault    *fault.Error // why the last run ended; nil if it did not fail
	Running  *Progress    // nil: nobody reads it now
	Password Place
	Folders  []FolderStatus
}

// FolderStatus counts what became of the mails of a folder; a mail counts in
// each folder where it lies.
//
//	Seen   = Stored + Skipped + Quarantined + Failed
//	Stored = Linked + Waiting + Unlinked
type FolderStatus struct {
	Name        string         `json:"name"`
	Server      int            `json:"server" doc:"mails in the folder at the end of the last run"`
	Seen        int            `json:"seen" doc:"mails that were looked at and are in the folder"`
	Stored      int            `json:"stored"`
	Linked      int            `json:"linked" doc:"stand on a timeline"`
	Waiting     int            `json:"waiting" doc:"with people whom nobody knows"`
	Unlinked    int            `json:"unlinked" doc:"from programs, to many, among ourselves, or taken off by hand"`
	Skipped     int            `json:"skipped"`
	Reasons     map[string]int `json:"reasons" doc:"of the skipped"`
	Quarantined int            `json:"quarantined" doc:"broke the conversation with the server"`
	Failed      int            `json:"failed" doc:"listed by the server and not given; tried again"`
	Fault       *fault.Error   `json:"-"`
}

// count is a number of mails of a folder that share their fate.
type count struct {
	Folder  record.ID `db:"folder_id"`
	Outcome string    `db:"outcome"`
	Reason  string    `db:"reason"`
	Fate    string    `db:"fate"`
	N       int       `db:"n"`
}

const countMails = `SELECT folder_id, outcome, reason, fate, count(*) AS n FROM (
	SELECT l.folder_id, l.outcome, l.reason, CASE
		WHEN l.message_id IS NULL THEN ''
		WHEN m.deleted_at IS NOT NULL AND m.withdrawn = 0 THEN 'deleted'
		WHEN m.private <> 0 THEN 'private'
		WHEN m.deleted_at IS NULL AND EXISTS (SELECT 1 FROM mail_link k WHERE k.owner_id = l.message_id) THEN 'linked'
		WHEN coalesce(m.auto, w.auto, 0) <> 0 OR coalesce(m.bulk, w.bulk, 0) <> 0 OR coalesce(m.strangers, w.strangers, 0) = 0
			OR EXISTS (SELECT 1 FROM mail_unlinked u WHERE u.message_id = l.message_id) THEN 'unlinked'
		ELSE 'waiting' END AS fate
	FROM mail_location l JOIN mail_folder f ON f.id = l.folder_id
	LEFT JOIN mail_message m ON m.id = l.message_id LEFT JOIN mail_waiting w ON w.id = l.message_id
	WHERE f.account_id = $1) AS mails GROUP BY folder_id, outcome, reason, fate`

// Status says how accounts stand, all when none is named.
func (m *Mail) Status(ctx context.Context, ids ...record.ID) ([]Status, error) {
	accounts, err := m.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	list := []Status{}
	for _, a := range accounts {
		if len(ids) > 0 && !slices.Contains(ids, a.ID) {
			continue
		}
		s := Status{Account: a, Fault: faultOf(a.Fault), Running: m.progress(a.ID), Folders: []FolderStatus{}}
		// A key ring that does not answer must not hide how the mails stand.
		_, s.Password, _ = m.Secrets.Get(ctx, a.ID)
		if s.Folders, err = m.folders(ctx, a.ID); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func (m *Mail) folders(ctx context.Context, account record.ID) ([]FolderStatus, error) {
	q := m.db.Reader()
	var rows []folderRow
	if err := sqlx.SelectContext(ctx, q, &rows, selectFolder+" WHERE account_id = $1 ORDER BY CASE role WHEN 'inbox' THEN 1 WHEN 'sent' THEN 2 ELSE 3 END, name", int64(account)); err != nil {
		return nil, fmt.Errorf("read folders: %w", err)
	}
	var counts []count
	if err := sqlx.SelectContext(ctx, q, &counts, countMails, int64(account)); err != nil {
		return nil, fmt.Errorf("count mails: %w", err)
	}
	list := make([]FolderStatus, len(rows))
	for i, row := range rows {
		f := FolderStatus{Name: row.Name, Server: row.Server, Reasons: map[string]int{}}
		if row.Fault != nil {
			f.Fault = faultOf(*row.Fault)
		}
		for _, c := range counts {
			if c.Folder == row.ID {
				f.add(c)
			}
		}
		list[i] = f
	}
	return list, nil
}

// add sorts a number of mails in.
func (f *FolderStatus) add(c count) {
	f.Seen += c.N
	skip := func(reason string) {
		f.Skipped += c.N
		f.Reasons[reason] += c.N
	}
	switch mailsync.Outcome(c.Outcome) {
	case mailsync.OutcomeSkipped:
		skip(c.Reason)
		return
	case mailsync.OutcomeQuarantined:
		f.Quarantined += c.N
		return
	case mailsync.OutcomeFailed:
		f.Failed += c.N
		return
	}
	switch c.Fate {
	case reasonDeleted, reasonPrivate:
		skip(c.Fate)
		return
	case "linked":
		f.Linked += c.N
	case "waiting":
		f.Waiting += c.N
	default:
		f.Unlinked += c.N
	}
	f.Stored += c.N
}
