package mime

import (
	"bytes"
	"strings"
)

// Level says how a mail could be read; callers store it, so that mails read
// badly can be read again by a better parser.
type Level string

// The levels, best first.
const (
	LevelFull    Level = "full"    // everything was understood
	LevelPartial Level = "partial" // damaged: the parts before the damage are here
	LevelRaw     Level = "raw"     // the text is what stands after the header, undecoded
)

// Message is one mail.
type Message struct {
	Header      Header
	Level       Level
	Text        string // plain text body, UTF-8, line feeds
	HTML        string // HTML body as sent, UTF-8; never show it unsanitised
	Attachments []Attachment
	Preview     string // beginning of what the sender wrote
	Truncated   bool   // bodies were cut at a size limit
}

// Attachment is a part of a mail that is not its text.
type Attachment struct {
	Name      string // cleaned file name; never empty
	MediaType string
	ContentID string // without angle brackets, for cid: links
	Inline    bool   // shown inside the HTML body
	Section   string // IMAP part number such as 2.1; "" if unknown
	Encoding  string // transfer encoding the part has on the server
	Size      int64  // bytes after decoding; an estimate if the part was not fetched
	content   []byte
}

// Bytes gives the decoded content, nil if the part was not fetched.
func (a Attachment) Bytes() []byte { return a.content }

// Limits of one mail. Larger bodies are cut; what is lost is kept by the server
// and marked by Truncated.
const (
	maxMailBytes = 64 << 20
	maxTextBytes = 4 << 20
	maxParts     = 1000
	maxDepth     = 20
)

// Parse reads a whole mail. It never fails: Level says how well it went.
func Parse(raw []byte) Message {
	truncated := false
	if len(raw) > maxMailBytes {
		raw, truncated = raw[:maxMailBytes], true
	}
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	fields, body := splitMail(raw)
	m := Message{Header: readHeader(fields), Level: LevelFull, Truncated: truncated}

	parts, err := walkMail(fields, body)
	if err != nil {
		m.Level = LevelPartial
	}
	// Parts that were understood and hold nothing are no loss; a damaged mail
	// shows what stands there.
	if parts.empty() && err != nil && len(bytes.TrimSpace(body)) > 0 {
		parts.text, m.Level = guessText(body), LevelRaw
	}
	m.fill(parts)
	return m
}

// fill puts the collected parts into the message, cut to size and cleaned.
func (m *Message) fill(p parts) {
	var cut bool
	m.Text, cut = limitText(tidyLines(p.text))
	m.Truncated = m.Truncated || cut
	m.HTML, cut = limitText(tidyLines(p.html))
	m.Truncated = m.Truncated || cut
	m.Attachments = p.attachments
	m.Preview = m.preview()
}

// preview takes the plain text, or the HTML's where that says nothing.
func (m *Message) preview() string {
	if preview := Preview(m.Text, previewRunes); preview != "" {
		return preview
	}
	if m.HTML == "" {
		return ""
	}
	return Preview(PlainText(m.HTML), previewRunes)
}

// Body is the readable text of the mail: its plain text, or the HTML's if it
// has none.
func (m Message) Body() string {
	if strings.TrimSpace(m.Text) != "" || m.HTML == "" {
		return m.Text
	}
	return PlainText(m.HTML)
}

// tidyLines gives line feeds only and no NUL, which neither database nor
// window takes.
func tidyLines(s string) string {
	if !strings.ContainsAny(s, "\r\x00") {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return strings.ReplaceAll(s, "\x00", "")
}

func limitText(s string) (string, bool) {
	if len(s) <= maxTextBytes {
		return s, false
	}
	return strings.ToValidUTF8(s[:maxTextBytes], ""), true
}
