package mail

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// hash brings a message id to a number: a million of them share one with a
// probability of one in ten million.
func hash(messageID string) int64 {
	sum := sha256.Sum256([]byte(messageID))
	if n := int64(binary.BigEndian.Uint64(sum[:8])); n != 0 {
		return n
	}
	return 1 // 0 is none
}

// threads gives each of the mails its conversation, by what they answer. Mails
// that name two conversations make them one.
func (m *Mail) threads(ctx context.Context, tx *storage.Tx, list []*message, headers []mime.Header) error {
	names := make([][]int64, len(list))
	var all []any
	for i, h := range headers {
		if list[i].idHash != 0 {
			names[i] = append(names[i], list[i].idHash)
		}
		for _, id := range h.Ancestors() {
			names[i] = append(names[i], hash(id))
		}
		for _, name := range names[i] {
			all = append(all, name)
		}
	}
	known, err := threadsOf(ctx, tx, all)
	if err != nil {
		return err
	}
	var fresh []any
	for i, msg := range list {
		var found []record.ID
		for _, name := range names[i] {
			if thread := known[name]; thread != 0 && !slices.Contains(found, thread) {
				found = append(found, thread)
			}
		}
		switch len(found) {
		case 0:
			msg.thread = record.NewID(m.db.Now())
		default:
			msg.thread = slices.Min(found)
		}
		for _, gone := range found {
			if gone == msg.thread {
				continue
			}
			if err := mergeThread(ctx, tx, gone, msg.thread); err != nil {
				return err
			}
			for name, thread := range known {
				if thread == gone {
					known[name] = msg.thread
				}
			}
			for _, earlier := range list[:i] {
				if earlier.thread == gone {
					earlier.thread = msg.thread
				}
			}
			for at := 1; at < len(fresh); at += 2 {
				if fresh[at] == int64(gone) {
					fresh[at] = int64(msg.thread)
				}
			}
		}
		for _, name := range names[i] {
			if known[name] == 0 {
				known[name] = msg.thread
				fresh = append(fresh, name, int64(msg.thread))
			}
		}
	}
	return tx.Insert(ctx, "mail_thread_ref", []string{"id_hash", "thread_id"}, fresh)
}

func threadsOf(ctx context.Context, q storage.Queryer, names []any) (map[int64]record.ID, error) {
	known := map[int64]record.ID{}
	err := inChunks(names, func(marks string, args []any) error {
		var rows []struct {
			Name   int64     `db:"id_hash"`
			Thread record.ID `db:"thread_id"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, "SELECT id_hash, thread_id FROM mail_thread_ref WHERE id_hash IN ("+marks+")", args...)
		for _, row := range rows {
			known[row.Name] = row.Thread
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read threads: %w", err)
	}
	return known, nil
}

// mergeThread lets one conversation go on as another.
func mergeThread(ctx context.Context, tx *storage.Tx, gone, kept record.ID) error {
	for _, query := range []string{
		"UPDATE mail_message SET thread_id = $1 WHERE thread_id = $2",
		"UPDATE mail_waiting SET thread_id = $1 WHERE thread_id = $2",
		"UPDATE mail_thread_ref SET thread_id = $1 WHERE thread_id = $2",
	} {
		if _, err := tx.Exec(ctx, query, int64(kept), int64(gone)); err != nil {
			return fmt.Errorf("merge threads: %w", err)
		}
	}
	return nil
}
