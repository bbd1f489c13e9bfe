package mail

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"kontor/app/record"
	"kontor/mailsync"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// maxText is how many characters of a mail's text are kept beside its record, to
// be searched and shown. Of a longer one the whole lies in a blob.
const maxText = 100_000

// message is a mail on its way into the tables.
type message struct {
	id         record.ID
	key        string
	idHash     int64 // 0: it has no Message-ID
	parentHash int64 // of the mail it answers; 0: of none
	thread     record.ID

	subject, sender, senderName, recipients, copies string
	at                                              int64
	direction                                       string
	size                                            int64
	auto, bulk                                      bool
	participants                                    []participant
	strangers                                       int

	links []link
	body  *body // nil: only the head is known
}

// body is what a mail says.
type body struct {
	text, preview     string
	level             mime.Level
	attachments       []mime.Attachment
	raw, html, entire []byte // to be kept as blobs; nil for none

	rawHash, htmlHash, textHash any // of the kept blobs
}

// headOf reads what the head of a mail says.
func headOf(e mailsync.Head, us own, sent bool) *message {
	h := e.Header
	m := &message{
		key: e.Key, subject: record.Shorten(record.Clean(h.Subject, false), 500), recipients: written(h.To), copies: written(h.Cc),
		at: h.When(e.Arrived).UnixMilli(), direction: us.direction(h, sent), size: e.Size, auto: h.Auto, bulk: h.Bulk,
		participants: us.participants(h, sent),
	}
	m.strangers = strangers(m.participants)
	if len(h.From) > 0 {
		m.sender, m.senderName = h.From[0].Addr, h.From[0].Name
	}
	if h.MessageID != "" {
		m.idHash = hash(h.MessageID)
	}
	if ancestors := h.Ancestors(); len(ancestors) > 0 {
		m.parentHash = hash(ancestors[len(ancestors)-1])
	}
	return m
}

// maxWritten bounds a list of recipients as it is shown; all of them are
// participants.
const maxWritten = 2000

// written writes addresses as people read them.
func written(list []mime.Address) string {
	var b strings.Builder
	for i, a := range list {
		text := a.Addr
		if a.Name != "" {
			text = a.Name + " <" + a.Addr + ">"
		}
		if b.Len()+len(text) > maxWritten {
			b.WriteString(", …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(text)
	}
	return b.String()
}

// bodyOf reads what a mail says. Of a mail that was fetched whole the source is
// kept, which holds everything; of a large one its HTML.
func bodyOf(e mailsync.Examined) *body {
	m := e.Message
	b := &body{preview: record.Clean(m.Preview, true), level: m.Level, attachments: m.Attachments}
	full := record.Clean(m.Body(), true)
	b.text = cut(full, maxText)
	switch {
	case e.Raw != nil:
		b.raw = e.Raw
	default:
		if m.HTML != "" {
			b.html = []byte(m.HTML)
		}
		if len(b.text) < len(full) {
			b.entire = []byte(full)
		}
	}
	return b
}

// cut shortens text to n characters.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}

// keep stores the blobs of a mail.
func (b *body) keep(ctx context.Context, tx *storage.Tx) error {
	for _, blob := range []struct {
		content []byte
		hash    *any
	}{{b.raw, &b.rawHash}, {b.html, &b.htmlHash}, {b.entire, &b.textHash}} {
		if blob.content == nil {
			continue
		}
		hash, _, err := tx.PutBlob(ctx, bytes.NewReader(blob.content))
		if err != nil {
			return fmt.Errorf("keep mail: %w", err)
		}
		*blob.hash = hash
	}
	return nil
}

// values are the fields of the record.
func (m *message) values() record.Values {
	v := record.Values{"at": m.at, "direction": m.direction, "size": m.size, "complete": m.body != nil, "auto": m.auto, "bulk": m.bulk}
	for key, text := range map[string]string{"subject": m.subject, "fromName": m.senderName, "from": m.sender, "to": m.recipients, "cc": m.copies} {
		if text != "" {
			v[key] = text
		}
	}
	if len(m.links) > 0 {
		v["links"] = rows(m.links)
	}
	if m.body != nil {
		for key, value := range m.body.values() {
			v[key] = value
		}
	}
	return v
}

// values are the fields that come with the body.
func (b *body) values() record.Values {
	v := record.Values{"complete": true}
	for key, text := range map[string]string{"text": b.text, "preview": b.preview} {
		if text != "" {
			v[key] = text
		}
	}
	if n := shownFiles(b.attachments); n > 0 {
		v["attachments"] = int64(n)
	}
	return v
}

// shownFiles counts attachments but pictures that stand inside the text.
func shownFiles(list []mime.Attachment) int {
	n := 0
	for _, a := range list {
		if !a.Inline {
			n++
		}
	}
	return n
}

// addWaiting stores heads of mails with nobody known.
func addWaiting(ctx context.Context, tx *storage.Tx, list []*message) error {
	columns := []string{
		"id", "key", "id_hash", "parent_hash", "thread_id", "subject", "sender", "sender_name", "recipients", "copies", "at", "direction", "size", "auto", "bulk", "strangers",
	}
	cells := make([]any, 0, len(list)*len(columns))
	for _, m := range list {
		cells = append(cells, int64(m.id), m.key, orNull(m.idHash), orNull(m.parentHash), int64(m.thread), m.subject, m.sender, m.senderName, m.recipients, m.copies,
			m.at, m.direction, m.size, number(m.auto), number(m.bulk), m.strangers)
	}
	return tx.Insert(ctx, "mail_waiting", columns, cells)
}

// addMessages makes records and publishes them. Thousands of mails are made by
// a machine, so their rows are written in bulk here instead of as drafts; and
// the history tells that a mail came, but does not keep its text a second time.
func (m *Mail) addMessages(ctx context.Context, tx *storage.Tx, list []*message) error {
	if len(list) == 0 {
		return nil
	}
	columns := []string{
		"id", "version", "created_at", "updated_at", "subject", "subject_key", "sender", "sender_key", "sender_name", "recipients", "copies", "at", "direction",
		"preview", "text", "complete", "attachments", "size", "auto", "bulk", "key", "id_hash", "parent_hash", "thread_id", "strangers", "level", "raw_hash", "html_hash", "text_hash",
	}
	act := record.ActOf(ctx)
	var cells, links, files []any
	changes := make([]record.Change, 0, len(list))
	for _, msg := range list {
		b := &body{}
		var complete int64
		var count any
		if msg.body != nil {
			b, complete = msg.body, 1
			if err := b.keep(ctx, tx); err != nil {
				return err
			}
			if n := shownFiles(b.attachments); n > 0 {
				count = n
			}
			files = appendFiles(files, msg.id, b.attachments)
		}
		cells = append(cells, int64(msg.id), 1, tx.Now, tx.Now, msg.subject, storage.Fold(msg.subject), msg.sender, storage.Fold(msg.sender), msg.senderName, msg.recipients, msg.copies,
			msg.at, msg.direction, b.preview, b.text, complete, count, msg.size, number(msg.auto), number(msg.bulk), msg.key, orNull(msg.idHash), orNull(msg.parentHash),
			int64(msg.thread), msg.strangers, string(b.level), b.rawHash, b.htmlHash, b.textHash)
		for pos, l := range msg.links {
			links = append(links, int64(msg.id), pos, int64(l.record), l.reason, l.address)
		}
		values := msg.values()
		after := record.Values{}
		for key, value := range values {
			if key != "text" && key != "preview" {
				after[key] = value
			}
		}
		changes = append(changes, record.Change{
			ID: record.NewID(m.db.Now()), Kind: m.Kind, Op: record.Create, Before: record.Values{}, After: after, Act: act, At: tx.Now,
			Record: &record.Record{Kind: m.Kind, ID: msg.id, Version: 1, Created: tx.Now, Updated: tx.Now, Values: values},
		})
	}
	if err := tx.Insert(ctx, "mail_message", columns, cells); err != nil {
		return err
	}
	if err := tx.Insert(ctx, "mail_link", []string{"owner_id", "pos", "record_id", "reason", "address"}, links); err != nil {
		return err
	}
	if err := tx.Insert(ctx, "mail_attachment", fileColumns, files); err != nil {
		return err
	}
	return m.r.Feed.Publish(ctx, tx, changes)
}

var fileColumns = []string{"message_id", "pos", "name", "media_type", "content_id", "inline", "section", "encoding", "size"}

func appendFiles(cells []any, id record.ID, list []mime.Attachment) []any {
	for pos, a := range list {
		cells = append(cells, int64(id), pos, a.Name, a.MediaType, a.ContentID, number(a.Inline), a.Section, a.Encoding, a.Size)
	}
	return cells
}

// complete adds its text to a record of which only the head was known.
func (m *Mail) complete(ctx context.Context, tx *storage.Tx, id record.ID, subject string, b *body) error {
	if err := b.keep(ctx, tx); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE mail_message SET level = $1, raw_hash = $2, html_hash = $3, text_hash = $4 WHERE id = $5", string(b.level), b.rawHash, b.htmlHash, b.textHash, int64(id))
	if err != nil {
		return fmt.Errorf("complete mail: %w", err)
	}
	if _, err := tx.Exec(ctx, "DELETE FROM mail_attachment WHERE message_id = $1", int64(id)); err != nil {
		return fmt.Errorf("complete mail: %w", err)
	}
	if err := tx.Insert(ctx, "mail_attachment", fileColumns, appendFiles(nil, id, b.attachments)); err != nil {
		return err
	}
	values := map[string]any(b.values())
	values["subject"] = subject // one that was private has lost it
	_, err = m.r.Save(ctx, tx, m.Kind, record.Draft{ID: id, System: true, Values: values})
	return err
}

// forget takes away what is kept of a private mail beside its record.
func forget(ctx context.Context, tx *storage.Tx, id record.ID) error {
	if _, err := tx.Exec(ctx, "UPDATE mail_message SET raw_hash = NULL, html_hash = NULL, text_hash = NULL WHERE id = $1", int64(id)); err != nil {
		return fmt.Errorf("forget mail: %w", err)
	}
	_, err := tx.Exec(ctx, "DELETE FROM mail_attachment WHERE message_id = $1", int64(id))
	return err
}

func number(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// orNull keeps a missing hash as NULL.
func orNull(hash int64) any {
	if hash == 0 {
		return nil
	}
	return hash
}
