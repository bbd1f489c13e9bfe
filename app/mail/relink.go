package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// fewMails is how many mails are linked in the transaction in which an address
// becomes known; of more, all are linked in short ones after it.
const fewMails = 200

// heard links stored mails when a company or a person gets an address, and
// forgets what a mail says when it becomes private.
func (m *Mail) heard(ctx context.Context, tx *storage.Tx, changes []record.Change) error {
	addresses := map[string]bool{}
	for _, c := range changes {
		if c.Kind == m.Kind {
			if err := follow(ctx, tx, c); err != nil {
				return err
			}
		}
		if slices.Contains(m.contacts, c.Kind) {
			for _, address := range newAddresses(c) {
				addresses[address] = true
			}
		}
	}
	if len(addresses) == 0 {
		return nil
	}
	ctx = record.WithAct(ctx, changes[0].Act) // undone together with what caused it
	var some []record.ID
	if err := sqlx.SelectContext(ctx, tx, &some, "SELECT message_id FROM mail_participant LIMIT 1"); err != nil || len(some) == 0 {
		return err
	}
	list := keysOf(addresses)
	var messages []record.ID
	err := inChunks(list, func(marks string, args []any) error {
		if len(messages) > fewMails {
			return nil
		}
		var found []record.ID
		err := sqlx.SelectContext(ctx, tx, &found, fmt.Sprintf("SELECT DISTINCT message_id FROM mail_participant WHERE address IN (%s) LIMIT %d", marks, fewMails+1), args...)
		messages = append(messages, found...)
		return err
	})
	if err != nil {
		return fmt.Errorf("find mails: %w", err)
	}
	if len(messages) <= fewMails {
		return m.relink(ctx, tx, messages)
	}
	for _, address := range list {
		if _, err := tx.Exec(ctx, "INSERT INTO mail_pending (address) VALUES ($1) ON CONFLICT (address) DO NOTHING", address); err != nil {
			return fmt.Errorf("link mails later: %w", err)
		}
	}
	tx.AfterCommit(func() {
		if err := m.catchUp(context.WithoutCancel(ctx)); err != nil { // the next sync goes on
			slog.Error("link mails", "err", err)
		}
	})
	return nil
}

// follow keeps the bookkeeping of a mail in step with what happens to its
// record.
func follow(ctx context.Context, tx *storage.Tx, c record.Change) error {
	switch c.Op {
	case record.Update:
		if _, told := c.After["private"]; told {
			return forget(ctx, tx, c.Record.ID)
		}
	case record.Delete, record.Restore:
		withdrawn := c.Op == record.Delete && c.Act.Undoes != 0
		if _, err := tx.Exec(ctx, "UPDATE mail_message SET withdrawn = $1 WHERE id = $2", number(withdrawn), int64(c.Record.ID)); err != nil {
			return fmt.Errorf("withdraw mail: %w", err)
		}
	}
	return nil
}

// newAddresses are those that a change makes known.
func newAddresses(c record.Change) []string {
	var before []string
	switch c.Op {
	case record.Delete:
		return nil
	case record.Update:
		if _, told := c.After["emails"]; !told {
			return nil
		}
		before = addressesOf(c.Old)
	}
	return slices.DeleteFunc(addressesOf(c.Record), func(a string) bool { return slices.Contains(before, a) })
}

func addressesOf(r *record.Record) []string {
	var all []string
	for _, row := range r.Values.Rows("emails") {
		if value := row.String("value"); value != "" {
			all = append(all, mime.Address{Addr: value}.Key())
		}
	}
	return all
}

func keysOf(set map[string]bool) []any {
	list := make([]any, 0, len(set))
	for key := range set {
		list = append(list, key)
	}
	return list
}

// catchUp links the mails of addresses for which there was no time.
func (m *Mail) catchUp(ctx context.Context) error {
	for {
		var pending []string
		if err := sqlx.SelectContext(ctx, m.db.Reader(), &pending, "SELECT address FROM mail_pending LIMIT 100"); err != nil || len(pending) == 0 {
			return err
		}
		for _, address := range pending {
			var messages []record.ID
			if err := sqlx.SelectContext(ctx, m.db.Reader(), &messages, "SELECT DISTINCT message_id FROM mail_participant WHERE address = $1", address); err != nil {
				return fmt.Errorf("find mails: %w", err)
			}
			err := record.InChunks(ctx, m.db, len(messages), func(tx *storage.Tx, from, to int) error {
				return m.relink(ctx, tx, messages[from:to])
			})
			if err != nil {
				return err
			}
			err = m.db.Write(ctx, func(tx *storage.Tx) error {
				_, err := tx.Exec(ctx, "DELETE FROM mail_pending WHERE address = $1", address)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
}

// relink looks anew for whom stored mails concern.
func (m *Mail) relink(ctx context.Context, tx *storage.Tx, messages []record.ID) error {
	ids := numbers(messages)
	sides, err := participantsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	taken, err := unlinked(ctx, tx, ids)
	if err != nil {
		return err
	}
	us, err := ownAddresses(ctx, tx)
	if err != nil {
		return err
	}
	addresses := map[string]bool{}
	for _, list := range sides {
		for _, p := range list {
			addresses[p.address] = !us[p.address]
		}
	}
	contacts, err := match(ctx, tx, addresses)
	if err != nil {
		return err
	}
	links := map[record.ID][]link{}
	for id, list := range sides {
		if found := contacts.links(list, taken[id]); len(found) > 0 {
			links[id] = found
		}
	}
	return m.link(ctx, tx, links)
}

// link adds links to mails; those that waited become records.
func (m *Mail) link(ctx context.Context, tx *storage.Tx, links map[record.ID][]link) error {
	ids := make([]record.ID, 0, len(links))
	for id := range links {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	records, err := m.Kind.Load(ctx, tx, ids...)
	if err != nil {
		return err
	}
	back, err := m.bringBack(ctx, tx, records)
	if err != nil {
		return err
	}
	var drafts []record.Draft
	for _, rec := range records {
		have := rec.Values.Rows("links")
		if back[rec.ID] {
			drafts = append(drafts, record.Draft{ID: rec.ID, System: true, Values: map[string]any{"links": rows(links[rec.ID])}})
			continue
		}
		all := slices.Clone(have)
		for _, l := range links[rec.ID] {
			if !slices.ContainsFunc(have, func(row record.Values) bool { return row.ID("record") == l.record }) {
				all = append(all, rows([]link{l})...)
			}
		}
		if len(all) > len(have) && rec.Deleted == 0 {
			drafts = append(drafts, record.Draft{ID: rec.ID, System: true, Values: map[string]any{"links": all}})
		}
	}
	if len(drafts) > 0 {
		if _, err := m.r.Save(ctx, tx, m.Kind, drafts...); err != nil {
			return err
		}
	}
	return m.promote(ctx, tx, numbers(ids), links)
}

// bringBack takes those mails out of the bin that an undo had put there.
func (m *Mail) bringBack(ctx context.Context, tx *storage.Tx, records []*record.Record) (map[record.ID]bool, error) {
	var binned []record.ID
	for _, rec := range records {
		if rec.Deleted != 0 {
			binned = append(binned, rec.ID)
		}
	}
	back := map[record.ID]bool{}
	err := inChunks(numbers(binned), func(marks string, args []any) error {
		var ids []record.ID
		if err := sqlx.SelectContext(ctx, tx, &ids, "SELECT id FROM mail_message WHERE withdrawn <> 0 AND id IN ("+marks+")", args...); err != nil {
			return err
		}
		var drafts []record.Draft
		for _, id := range ids {
			back[id] = true
			drafts = append(drafts, record.Draft{ID: id})
		}
		_, err := m.r.Restore(ctx, tx, m.Kind, drafts...)
		return err
	})
	return back, err
}

// promote makes records of waiting mails.
func (m *Mail) promote(ctx context.Context, tx *storage.Tx, ids []any, links map[record.ID][]link) error {
	var list []*message
	err := inChunks(ids, func(marks string, args []any) error {
		var rows []waitingRow
		err := sqlx.SelectContext(ctx, tx, &rows, `SELECT id, key, coalesce(id_hash, 0) AS id_hash, coalesce(parent_hash, 0) AS parent_hash, thread_id, subject, sender, sender_name,
			recipients, copies, at, direction, size, auto, bulk, strangers FROM mail_waiting WHERE id IN (`+marks+") ORDER BY id", args...)
		if err != nil {
			return err
		}
		for _, row := range rows {
			list = append(list, row.message(links[row.ID]))
		}
		_, err = tx.Exec(ctx, "DELETE FROM mail_waiting WHERE id IN ("+marks+")", args...)
		return err
	})
	return errors.Join(err, m.addMessages(ctx, tx, list))
}

type waitingRow struct {
	ID         record.ID `db:"id"`
	Key        string    `db:"key"`
	IDHash     int64     `db:"id_hash"`
	ParentHash int64     `db:"parent_hash"`
	Thread     record.ID `db:"thread_id"`
	Subject    string    `db:"subject"`
	Sender     string    `db:"sender"`
	SenderName string    `db:"sender_name"`
	Recipients string    `db:"recipients"`
	Copies     string    `db:"copies"`
	At         int64     `db:"at"`
	Direction  string    `db:"direction"`
	Size       int64     `db:"size"`
	Auto       bool      `db:"auto"`
	Bulk       bool      `db:"bulk"`
	Strangers  int       `db:"strangers"`
}

func (w waitingRow) message(links []link) *message {
	return &message{
		id: w.ID, key: w.Key, idHash: w.IDHash, parentHash: w.ParentHash, thread: w.Thread, subject: w.Subject, sender: w.Sender, senderName: w.SenderName,
		recipients: w.Recipients, copies: w.Copies, at: w.At, direction: w.Direction, size: w.Size, auto: w.Auto, bulk: w.Bulk, strangers: w.Strangers, links: links,
	}
}

// participantsOf reads the addresses of mails, in the order in which their roles
// explain a link.
func participantsOf(ctx context.Context, q storage.Queryer, messages []any) (map[record.ID][]participant, error) {
	sides := map[record.ID][]participant{}
	err := inChunks(messages, func(marks string, args []any) error {
		var rows []struct {
			Message record.ID `db:"message_id"`
			Address string    `db:"address"`
			Role    string    `db:"role"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, `SELECT message_id, address, role FROM mail_participant WHERE message_id IN (`+marks+`)
			ORDER BY CASE role WHEN 'from' THEN 1 WHEN 'to' THEN 2 WHEN 'cc' THEN 3 ELSE 4 END, address`, args...)
		for _, row := range rows {
			sides[row.Message] = append(sides[row.Message], participant{row.Role, row.Address})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read participants: %w", err)
	}
	return sides, nil
}

func numbers(ids []record.ID) []any {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return list
}

// answers links what came in reply to a mail of ours from an address that nobody
// has: whoever we wrote to answers from another one. Somebody to whom that mail
// went under this address is another person and not meant.
func (m *Mail) answers(ctx context.Context) (int, error) {
	var found []struct {
		Child   record.ID `db:"child"`
		Address string    `db:"address"`
		Record  record.ID `db:"record_id"`
	}
	among := func(table, condition string) string {
		return `SELECT c.id AS child, f.address, l.record_id FROM ` + table + ` c
			JOIN mail_message p ON p.id_hash = c.parent_hash JOIN mail_link l ON l.owner_id = p.id JOIN mail_participant f ON f.message_id = c.id AND f.role = 'from'
			WHERE c.direction = 'in' AND c.auto = 0 AND c.bulk = 0 AND p.direction = 'out' AND p.deleted_at IS NULL AND coalesce(p.private, 0) = 0
				AND l.reason = 'to' AND l.record_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mail_participant x WHERE x.address = f.address AND x.message_id = p.id)
				AND NOT EXISTS (SELECT 1 FROM mail_unlinked u WHERE u.message_id = c.id)` + condition
	}
	err := sqlx.SelectContext(ctx, m.db.Reader(), &found, among("mail_waiting", "")+" UNION "+
		among("mail_message", " AND c.deleted_at IS NULL AND coalesce(c.private, 0) = 0 AND NOT EXISTS (SELECT 1 FROM mail_link o WHERE o.owner_id = c.id)"))
	if err != nil {
		return 0, fmt.Errorf("find answers: %w", err)
	}
	links := map[record.ID][]link{}
	var ids []record.ID
	for _, f := range found {
		if links[f.Child] == nil {
			ids = append(ids, f.Child)
		}
		links[f.Child] = append(links[f.Child], link{f.Record, reasonThread, f.Address})
	}
	return len(ids), record.InChunks(ctx, m.db, len(ids), func(tx *storage.Tx, from, to int) error {
		some := map[record.ID][]link{}
		for _, id := range ids[from:to] {
			some[id] = links[id]
		}
		return m.link(ctx, tx, some)
	})
}

// Unlink takes a mail off the timeline of a record, for good.
func (m *Mail) Unlink(ctx context.Context, tx *storage.Tx, id, from record.ID) (*record.Record, error) {
	rec, err := m.Kind.One(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO mail_unlinked (message_id, record_id) VALUES ($1, $2) ON CONFLICT (message_id, record_id) DO NOTHING", int64(id), int64(from)); err != nil {
		return nil, fmt.Errorf("unlink mail: %w", err)
	}
	rest := slices.DeleteFunc(slices.Clone(rec.Values.Rows("links")), func(row record.Values) bool { return row.ID("record") == from })
	changes, err := m.r.Save(ctx, tx, m.Kind, record.Draft{ID: id, System: true, Values: map[string]any{"links": rest}})
	if err != nil || len(changes) == 0 {
		return rec, err
	}
	return changes[0].Record, nil
}
