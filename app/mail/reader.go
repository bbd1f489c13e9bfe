package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/mailsync"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// Detail is a mail with what stands around it.
type Detail struct {
	Record       *record.Record
	Participants []Participant
	Attachments  []Attachment
	Thread       []*record.Record // the whole conversation, oldest first
}

// Participant is an address of a mail and what it is there.
type Participant struct {
	Role    string `json:"role" doc:"from, to, cc or bcc"`
	Address string `json:"address"`
}

// Attachment is a file of a mail. Its number is its place in the mail.
type Attachment struct {
	Number    int    `json:"number" db:"pos"`
	Name      string `json:"name" db:"name"`
	MediaType string `json:"mediaType" db:"media_type"`
	Size      int64  `json:"size" db:"size" doc:"bytes; an estimate while the mail's server has it"`
	Inline    bool   `json:"inline" db:"inline" doc:"stands inside the text"`
	ContentID string `json:"-" db:"content_id"`
	Section   string `json:"-" db:"section"`
	Encoding  string `json:"-" db:"encoding"`
}

// maxThread bounds how much of a conversation is told.
const maxThread = 200

// Detail reads a mail.
func (m *Mail) Detail(ctx context.Context, id record.ID) (*Detail, error) {
	q := m.db.Reader()
	rec, err := m.Kind.One(ctx, q, id)
	if err != nil {
		return nil, err
	}
	d := &Detail{Record: rec, Participants: []Participant{}}
	sides, err := participantsOf(ctx, q, []any{int64(id)})
	if err != nil {
		return nil, err
	}
	for _, p := range sides[id] {
		d.Participants = append(d.Participants, Participant{p.role, p.address})
	}
	if d.Attachments, err = m.attachments(ctx, id); err != nil {
		return nil, err
	}
	var others []record.ID
	err = sqlx.SelectContext(ctx, q, &others, fmt.Sprintf(`SELECT id FROM mail_message WHERE thread_id = (SELECT thread_id FROM mail_message WHERE id = $1)
		AND deleted_at IS NULL ORDER BY at, id LIMIT %d`, maxThread), int64(id))
	if err != nil {
		return nil, fmt.Errorf("read thread: %w", err)
	}
	d.Thread, err = m.Kind.Load(ctx, q, others...)
	return d, err
}

func (m *Mail) attachments(ctx context.Context, id record.ID) ([]Attachment, error) {
	list := []Attachment{}
	err := sqlx.SelectContext(ctx, m.db.Reader(), &list, `SELECT pos, name, media_type, size, inline, content_id, section, encoding FROM mail_attachment
		WHERE message_id = $1 ORDER BY pos`, int64(id))
	return list, err
}

// About lists the mails on the timeline of a record, newest first.
func (m *Mail) About(ctx context.Context, subject record.ID, limit, offset int) ([]*record.Record, error) {
	var ids []record.ID
	err := sqlx.SelectContext(ctx, m.db.Reader(), &ids, "SELECT ref_id FROM timeline_entry WHERE subject_id = $1 AND kind = $2 ORDER BY at DESC, ref_id DESC LIMIT $3 OFFSET $4",
		int64(subject), m.Kind.Name, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("list mails: %w", err)
	}
	return m.Kind.Load(ctx, m.db.Reader(), ids...)
}

// source is what is kept of a mail beside its record.
type source struct {
	Complete bool    `db:"complete"`
	Raw      *string `db:"raw_hash"`
	HTML     *string `db:"html_hash"`
	Text     *string `db:"text_hash"`
	Short    string  `db:"text"`
}

func (m *Mail) source(ctx context.Context, id record.ID) (source, error) {
	var s source
	err := sqlx.GetContext(ctx, m.db.Reader(), &s, "SELECT complete <> 0 AS complete, raw_hash, html_hash, text_hash, text FROM mail_message WHERE id = $1", int64(id))
	if storage.NoRows(err) {
		return s, fault.NotFound("record.noRecord", fault.Params{"kind": m.Kind.Name, "id": id.String()})
	}
	return s, err
}

func (m *Mail) blob(ctx context.Context, hash string) ([]byte, error) {
	content, err := m.db.Blob(ctx, m.db.Reader(), hash)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return io.ReadAll(content)
}

// parsed reads the kept source of a mail; nil if it is not kept.
func (m *Mail) parsed(ctx context.Context, s source) (*mime.Message, error) {
	if s.Raw == nil {
		return nil, nil
	}
	raw, err := m.blob(ctx, *s.Raw)
	if err != nil {
		return nil, err
	}
	msg := mime.Parse(raw)
	return &msg, nil
}

// Text gives all of what a mail says, as plain text.
func (m *Mail) Text(ctx context.Context, id record.ID) (string, error) {
	s, err := m.source(ctx, id)
	switch {
	case err != nil:
		return "", err
	case s.Text != nil:
		whole, err := m.blob(ctx, *s.Text)
		return string(whole), err
	case len(s.Short) < maxText:
		return s.Short, nil
	}
	msg, err := m.parsed(ctx, s)
	if err != nil || msg == nil {
		return s.Short, err
	}
	return record.Clean(msg.Body(), true), nil
}

// What pictures may add to a mail's page, in bytes of the page: as much as may be
// fetched, and some of the mail's own. One picture may stand there many times.
const (
	maxInline = 2 << 20 // one of the mail's own
	maxShown  = 40 << 20
)

// HTML gives a mail's page, safe to show; empty if it has none. Pictures of its
// own stand inside; those of the network are held back or, if asked for, fetched
// and put inside as well.
func (m *Mail) HTML(ctx context.Context, id record.ID, remote bool) (mime.SafeHTML, error) {
	s, err := m.source(ctx, id)
	if err != nil {
		return mime.SafeHTML{}, err
	}
	msg, err := m.parsed(ctx, s)
	if err != nil {
		return mime.SafeHTML{}, err
	}
	if msg == nil {
		msg = &mime.Message{}
		if s.HTML != nil {
			page, err := m.blob(ctx, *s.HTML)
			if err != nil {
				return mime.SafeHTML{}, err
			}
			msg.HTML = string(page)
		}
	}
	show := func(album map[string]string) mime.SafeHTML {
		room := maxShown
		fit := func(picture string) string {
			if len(picture) > room {
				return ""
			}
			room -= len(picture)
			return picture
		}
		return mime.SanitizeHTML(msg.HTML, mime.HTMLOptions{
			Inline: func(contentID string) string { return fit(inline(msg, contentID)) },
			Remote: func(address string) string { return fit(album[address]) },
		})
	}
	safe := show(nil)
	if !remote || len(safe.Blocked) == 0 {
		return safe, nil
	}
	return show(m.pictures.fetch(ctx, safe.Blocked)), nil
}

// inline gives a picture of the mail's own.
func inline(msg *mime.Message, contentID string) string {
	for _, a := range msg.Attachments {
		if a.ContentID != contentID || !strings.HasPrefix(a.MediaType, "image/") || a.MediaType == "image/svg+xml" {
			continue
		}
		if content := a.Bytes(); len(content) > 0 && len(content) <= maxInline {
			return dataURL(a.MediaType, content)
		}
	}
	return ""
}

// Raw gives a mail's source. That of a large one is fetched.
func (m *Mail) Raw(ctx context.Context, id record.ID) ([]byte, error) {
	s, err := m.source(ctx, id)
	if err != nil {
		return nil, err
	}
	if s.Raw != nil {
		return m.blob(ctx, *s.Raw)
	}
	return m.fetch(ctx, id, "", "")
}

// Attachment gives a file of a mail. Those of large mails are fetched.
func (m *Mail) Attachment(ctx context.Context, id record.ID, number int) (Attachment, []byte, error) {
	list, err := m.attachments(ctx, id)
	if err != nil {
		return Attachment{}, nil, err
	}
	if number < 0 || number >= len(list) {
		return Attachment{}, nil, fault.NotFound("mail.noAttachment", fault.Params{"number": number})
	}
	s, err := m.source(ctx, id)
	if err != nil {
		return list[number], nil, err
	}
	msg, err := m.parsed(ctx, s)
	if err != nil {
		return list[number], nil, err
	}
	if msg != nil && number < len(msg.Attachments) {
		return list[number], msg.Attachments[number].Bytes(), nil
	}
	content, err := m.fetch(ctx, id, list[number].Section, list[number].Encoding)
	return list[number], content, err
}

// fetch reads a part of a mail from where the mail lies.
func (m *Mail) fetch(ctx context.Context, id record.ID, section, encoding string) ([]byte, error) {
	var place struct {
		Account  record.ID `db:"account_id"`
		Folder   string    `db:"name"`
		Validity uint32    `db:"uid_validity"`
		UID      uint32    `db:"uid"`
	}
	err := sqlx.GetContext(ctx, m.db.Reader(), &place, `SELECT f.account_id, f.name, f.uid_validity, l.uid FROM mail_location l JOIN mail_folder f ON f.id = l.folder_id
		WHERE l.message_id = $1 ORDER BY f.id LIMIT 1`, int64(id))
	if storage.NoRows(err) {
		return nil, fault.NotFound("mail.notOnServer", nil)
	}
	if err != nil {
		return nil, fmt.Errorf("find mail: %w", err)
	}
	account, err := m.Account(ctx, place.Account)
	if err != nil {
		return nil, err
	}
	server, err := account.server()
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	part := mailsync.Part{Folder: place.Folder, UIDValidity: place.Validity, UID: place.UID, Section: section, Encoding: encoding}
	err = mailsync.FetchPart(ctx, server, m.secret(account), part, &content, mailsync.Limits{})
	return content.Bytes(), err
}
