package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/mailsync"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// Why mails are left out, besides what package mailsync says.
const (
	reasonPrivate = "private"
	reasonDeleted = "deleted"
)

// sink keeps what a sync of one account brings.
type sink struct {
	*Mail
	account Account
	since   time.Time // zero: no start date
	retry   bool      // quarantined mails are tried again

	us     own
	stored int             // mails met for the first time in this run
	again  map[uint32]bool // of the folder at hand: UIDs held that are to be examined again
}

// Folder tells what is held. UIDs are left out of what is known where the text
// is still wanted, so that they are examined again.
func (s *sink) Folder(ctx context.Context, folder mailsync.Folder) (mailsync.FolderState, error) {
	var state mailsync.FolderState
	s.again = map[uint32]bool{}
	us, err := ownAddresses(ctx, s.db.Reader())
	if err != nil {
		return state, err
	}
	s.us = us
	row, err := folderNamed(ctx, s.db.Reader(), s.account.ID, folder.Name)
	if storage.NoRows(err) {
		return state, nil
	}
	if err != nil {
		return state, fmt.Errorf("read folder: %w", err)
	}
	state.UIDValidity = uint32(row.UIDValidity)
	again := `SELECT l.uid FROM mail_message m JOIN mail_location l ON l.message_id = m.id WHERE m.complete = 0 AND m.deleted_at IS NULL AND coalesce(m.private, 0) = 0 AND l.folder_id = $1`
	if s.account.Mode == ModeEverything {
		again += ` UNION SELECT l.uid FROM mail_waiting w JOIN mail_location l ON l.message_id = w.id WHERE l.folder_id = $1`
	}
	again += ` UNION SELECT uid FROM mail_location WHERE folder_id = $1 AND outcome = 'failed'`
	if s.retry {
		again += ` UNION SELECT uid FROM mail_location WHERE folder_id = $1 AND outcome = 'quarantined'`
	}
	var uids []uint32
	if err := sqlx.SelectContext(ctx, s.db.Reader(), &uids, again, int64(row.ID)); err != nil {
		return state, fmt.Errorf("read folder: %w", err)
	}
	for _, uid := range uids {
		s.again[uid] = true
	}
	// Runs of numbers: a UID less its place among all stays the same along a run.
	var ranges []struct {
		First uint32 `db:"first"`
		Last  uint32 `db:"last"`
	}
	err = sqlx.SelectContext(ctx, s.db.Reader(), &ranges, `SELECT min(uid) AS first, max(uid) AS last FROM (
			SELECT uid, uid - row_number() OVER (ORDER BY uid) AS run FROM mail_location WHERE folder_id = $1 AND uid NOT IN (`+again+`)) AS known
		GROUP BY run ORDER BY first`, int64(row.ID))
	if err != nil {
		return state, fmt.Errorf("read folder: %w", err)
	}
	for _, r := range ranges {
		state.Known = append(state.Known, mailsync.UIDRange{First: r.First, Last: r.Last})
	}
	if row.UIDNext != nil && row.Messages != nil && len(uids) == 0 {
		state.Cursor = &mailsync.Cursor{UIDNext: uint32(*row.UIDNext), Messages: uint32(*row.Messages)}
	}
	return state, nil
}

// held is what is stored under a key.
type held struct {
	ID       record.ID `db:"id"`
	Key      string    `db:"key"`
	Complete bool      `db:"complete"`
	Shut     bool      `db:"shut"` // private or in the bin: nothing is fetched
	Waiting  bool
}

// heldUnder finds the mails that are stored under keys.
func heldUnder(ctx context.Context, q storage.Queryer, keys []any) (map[string]held, error) {
	found := map[string]held{}
	err := inChunks(keys, func(marks string, args []any) error {
		var messages, waiting []held
		err := sqlx.SelectContext(ctx, q, &messages, `SELECT id, key, complete <> 0 AS complete, deleted_at IS NOT NULL OR coalesce(private, 0) <> 0 AS shut
			FROM mail_message WHERE key IN (`+marks+`)`, args...)
		if err != nil {
			return err
		}
		if err := sqlx.SelectContext(ctx, q, &waiting, "SELECT id, key FROM mail_waiting WHERE key IN ("+marks+")", args...); err != nil {
			return err
		}
		for _, h := range messages {
			found[h.Key] = h
		}
		for _, h := range waiting {
			h.Waiting = true
			found[h.Key] = h
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find mails: %w", err)
	}
	return found, nil
}

// Wanted wants the text of mails with somebody known, of the others the head.
func (s *sink) Wanted(ctx context.Context, folder mailsync.Folder, heads []mailsync.Head) ([]mailsync.Verdict, error) {
	q := s.db.Reader()
	keys := make([]any, len(heads))
	sides := make([][]participant, len(heads))
	addresses := map[string]bool{}
	for i, h := range heads {
		keys[i] = h.Key
		sides[i] = s.us.participants(h.Header, sent(folder))
		for _, p := range sides[i] {
			addresses[p.address] = true
		}
	}
	known, err := heldUnder(ctx, q, keys)
	if err != nil {
		return nil, err
	}
	contacts, err := match(ctx, q, addresses)
	if err != nil {
		return nil, err
	}
	verdicts := make([]mailsync.Verdict, len(heads))
	for i, h := range heads {
		have, old := known[h.Key]
		wanted := s.account.Mode == ModeEverything || contacts.any(sides[i])
		switch {
		case old && (have.Complete || have.Shut || have.Waiting && !wanted):
			verdicts[i].Take = mailsync.TakeKnown
		case old && !have.Waiting: // linked before its text was there
			verdicts[i].Take = mailsync.TakeBody
		case h.Header.When(h.Arrived).Before(s.since):
			verdicts[i].Reason = mailsync.ReasonBeforeStart
		case wanted:
			verdicts[i].Take = mailsync.TakeBody
		default:
			verdicts[i].Take = mailsync.TakeHeader
		}
	}
	return verdicts, nil
}

func sent(f mailsync.Folder) bool { return f.Role == mailsync.RoleSent }

// Store keeps a batch in one transaction.
func (s *sink) Store(ctx context.Context, batch mailsync.Batch) error {
	fresh := 0
	err := s.db.Write(ctx, func(tx *storage.Tx) error {
		folder, err := s.folder(ctx, tx, batch)
		if err != nil {
			return err
		}
		ids, n, err := s.messages(ctx, tx, batch)
		if err != nil {
			return err
		}
		fresh = n
		if err := locate(ctx, tx, folder, batch, ids); err != nil {
			return err
		}
		return s.vanished(ctx, tx, folder, batch)
	})
	if err != nil {
		return err
	}
	s.stored += fresh
	for _, e := range batch.Examined {
		delete(s.again, e.UID)
	}
	return nil
}

// vanished forgets, at the end of a complete run, the UIDs that were to be
// examined again and were not: the server no longer lists them.
func (s *sink) vanished(ctx context.Context, tx *storage.Tx, folder record.ID, batch mailsync.Batch) error {
	if batch.Cursor == nil || batch.Reset {
		return nil
	}
	for _, e := range batch.Examined {
		delete(s.again, e.UID)
	}
	for uid := range s.again {
		if _, err := tx.Exec(ctx, "DELETE FROM mail_location WHERE folder_id = $1 AND uid = $2", int64(folder), int64(uid)); err != nil {
			return fmt.Errorf("forget deleted mails: %w", err)
		}
	}
	return nil
}

// folder brings the folder's row up to date and takes away what is void.
func (s *sink) folder(ctx context.Context, tx *storage.Tx, batch mailsync.Batch) (record.ID, error) {
	f := batch.Folder
	var id record.ID
	err := sqlx.GetContext(ctx, tx, &id, `INSERT INTO mail_folder (id, account_id, name, role, uid_validity, server) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (account_id, name) DO UPDATE SET role = excluded.role, uid_validity = excluded.uid_validity, server = excluded.server RETURNING id`,
		int64(record.NewID(s.db.Now())), int64(s.account.ID), f.Name, string(f.Role), int64(f.UIDValidity), int64(f.Messages))
	if err != nil {
		return 0, fmt.Errorf("keep folder: %w", err)
	}
	if batch.Reset {
		if _, err := tx.Exec(ctx, "DELETE FROM mail_location WHERE folder_id = $1", int64(id)); err != nil {
			return 0, fmt.Errorf("reset folder: %w", err)
		}
	}
	for _, gone := range batch.Gone {
		if _, err := tx.Exec(ctx, "DELETE FROM mail_location WHERE folder_id = $1 AND uid BETWEEN $2 AND $3", int64(id), int64(gone.First), int64(gone.Last)); err != nil {
			return 0, fmt.Errorf("forget deleted mails: %w", err)
		}
	}
	// Until the run is complete the old cursor must not say that nothing is new.
	var next, messages any
	if c := batch.Cursor; c != nil {
		next, messages = int64(c.UIDNext), int64(c.Messages)
	}
	_, err = tx.Exec(ctx, "UPDATE mail_folder SET uid_next = $1, messages = $2 WHERE id = $3", next, messages, int64(id))
	return id, err
}

// messages stores the mails of a batch that are new, or whose text is, and tells
// the id of each by UID.
func (s *sink) messages(ctx context.Context, tx *storage.Tx, batch mailsync.Batch) (map[uint32]record.ID, int, error) {
	ids := map[uint32]record.ID{}
	var keys []any
	for _, e := range batch.Examined {
		if taken(e) {
			keys = append(keys, e.Key)
		}
	}
	known, err := heldUnder(ctx, tx, keys)
	if err != nil {
		return nil, 0, err
	}
	var fresh []*message
	var headers []mime.Header
	for _, e := range batch.Examined {
		if !taken(e) {
			continue
		}
		have, old := known[e.Key]
		switch {
		case old && (e.Outcome != mailsync.OutcomeBody || have.Complete || have.Shut):
		case old && !have.Waiting:
			if err := s.complete(ctx, tx, have.ID, headOf(e.Head, s.us, sent(batch.Folder)).subject, bodyOf(e)); err != nil {
				return nil, 0, err
			}
		default: // new, or waiting and now wanted whole
			msg := headOf(e.Head, s.us, sent(batch.Folder))
			if e.Outcome == mailsync.OutcomeBody {
				msg.body = bodyOf(e)
			}
			if msg.id = have.ID; !old {
				msg.id = record.NewID(s.db.Now())
			}
			fresh, headers = append(fresh, msg), append(headers, e.Header)
			have.ID = msg.id
		}
		have.Key, have.Waiting, have.Complete = e.Key, false, have.Complete || e.Outcome == mailsync.OutcomeBody
		known[e.Key] = have // the same mail may lie in a batch twice
		ids[e.UID] = have.ID
	}
	return ids, len(fresh), s.add(ctx, tx, fresh, headers)
}

// taken tells whether a UID stands for a stored mail.
func taken(e mailsync.Examined) bool {
	switch e.Outcome {
	case mailsync.OutcomeBody, mailsync.OutcomeHeader, mailsync.OutcomeKnown:
		return true
	}
	return false
}

// add links new mails and stores each as a record, or as waiting.
func (s *sink) add(ctx context.Context, tx *storage.Tx, list []*message, headers []mime.Header) error {
	if len(list) == 0 {
		return nil
	}
	if err := s.threads(ctx, tx, list, headers); err != nil {
		return err
	}
	addresses := map[string]bool{}
	var ids []any
	for _, msg := range list {
		ids = append(ids, int64(msg.id))
		for _, p := range msg.participants {
			addresses[p.address] = true
		}
	}
	contacts, err := match(ctx, tx, addresses)
	if err != nil {
		return err
	}
	if err := inChunks(ids, func(marks string, args []any) error { // those that were waiting are met again
		if _, err := tx.Exec(ctx, "DELETE FROM mail_waiting WHERE id IN ("+marks+")", args...); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM mail_participant WHERE message_id IN ("+marks+")", args...)
		return err
	}); err != nil {
		return fmt.Errorf("keep mails: %w", err)
	}
	var records, waiting []*message
	var people []any
	for _, msg := range list {
		msg.links = contacts.links(msg.participants, nil)
		if msg.body != nil || len(msg.links) > 0 {
			records = append(records, msg)
		} else {
			waiting = append(waiting, msg)
		}
		for _, p := range msg.participants {
			people = append(people, p.address, int64(msg.id), p.role)
		}
	}
	if err := tx.Insert(ctx, "mail_participant", []string{"address", "message_id", "role"}, people); err != nil {
		return err
	}
	if err := addWaiting(ctx, tx, waiting); err != nil {
		return err
	}
	return s.addMessages(ctx, tx, records)
}

// locate records every examined UID. One that is examined again is written
// anew.
func locate(ctx context.Context, tx *storage.Tx, folder record.ID, batch mailsync.Batch, ids map[uint32]record.ID) error {
	var uids []uint32
	cells := make([]any, 0, len(batch.Examined)*5)
	for _, e := range batch.Examined {
		uids = append(uids, e.UID)
		var message any
		if id := ids[e.UID]; id != 0 {
			message = int64(id)
		}
		cells = append(cells, int64(folder), int64(e.UID), message, string(e.Outcome), e.Reason)
	}
	for _, r := range mailsync.NewUIDs(uids...) {
		if _, err := tx.Exec(ctx, "DELETE FROM mail_location WHERE folder_id = $1 AND uid BETWEEN $2 AND $3", int64(folder), int64(r.First), int64(r.Last)); err != nil {
			return fmt.Errorf("locate mails: %w", err)
		}
	}
	return tx.Insert(ctx, "mail_location", []string{"folder_id", "uid", "message_id", "outcome", "reason"}, cells)
}

type folderRow struct {
	ID          record.ID `db:"id"`
	Account     record.ID `db:"account_id"`
	Name        string    `db:"name"`
	Role        string    `db:"role"`
	UIDValidity int64     `db:"uid_validity"`
	UIDNext     *int64    `db:"uid_next"`
	Messages    *int64    `db:"messages"`
	Server      int       `db:"server"`
	Fault       *string   `db:"fault"`
}

const selectFolder = "SELECT id, account_id, name, role, uid_validity, uid_next, messages, server, fault FROM mail_folder"

func folderNamed(ctx context.Context, q storage.Queryer, account record.ID, name string) (folderRow, error) {
	var row folderRow
	err := sqlx.GetContext(ctx, q, &row, selectFolder+" WHERE account_id = $1 AND name = $2", int64(account), name)
	return row, err
}
