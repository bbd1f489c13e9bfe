package mime

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// FieldNames are the header fields that ParseHeader reads and that a mailbox
// scan has to ask for.
var FieldNames = []string{
	"From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject", "Date",
	"Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe",
	"Auto-Submitted", "Precedence", "Content-Type",
}

// Header is what the fields of a mail say.
type Header struct {
	MessageID  string    `json:"messageID"`  // without angle brackets; "" if there is none
	InReplyTo  []string  `json:"inReplyTo"`  // message ids
	References []string  `json:"references"` // message ids, oldest first, at most 50
	From       []Address `json:"from"`
	Sender     []Address `json:"sender"`
	ReplyTo    []Address `json:"replyTo"`
	To         []Address `json:"to"`
	Cc         []Address `json:"cc"`
	Bcc        []Address `json:"bcc"`
	Subject    string    `json:"subject"`
	Date       time.Time `json:"date"`     // what the sender says, UTC; zero if unreadable
	Received   time.Time `json:"received"` // topmost Received stamp, UTC; zero in a scan of FieldNames
	ListID     string    `json:"listID"`   // RFC 2919 identifier without brackets
	Unsub      string    `json:"unsub"`    // List-Unsubscribe as written
	MediaType  string    `json:"mediaType"`
	Auto       bool      `json:"auto"` // written by a program: auto-reply, bounce, notification
	Bulk       bool      `json:"bulk"` // sent to many: list, newsletter
	// Key recognises the mail anywhere: 32 hexadecimal digits over Message-ID,
	// From and Date, or over the fields that tell mails apart if there is no
	// Message-ID.
	Key string `json:"key"`
	// Anonymous mails have neither Message-ID nor Date: their Key may be shared
	// by different mails, and callers add what else they know.
	Anonymous bool `json:"anonymous"`
}

// ParseHeader reads header fields: a whole mail's header or the answer to a
// request for FieldNames.
func ParseHeader(raw []byte) Header {
	fields, _ := splitMail(raw)
	return readHeader(fields)
}

func readHeader(fields []field) Header {
	var h Header
	var dateText, fromText string
	for _, f := range fields {
		switch f.name {
		case "from":
			h.From = append(h.From, parseAddresses(unfold(f.value))...)
			fromText += unfold(f.value)
		case "sender":
			h.Sender = append(h.Sender, parseAddresses(unfold(f.value))...)
		case "reply-to":
			h.ReplyTo = append(h.ReplyTo, parseAddresses(unfold(f.value))...)
		case "to":
			h.To = append(h.To, parseAddresses(unfold(f.value))...)
		case "cc":
			h.Cc = append(h.Cc, parseAddresses(unfold(f.value))...)
		case "bcc":
			h.Bcc = append(h.Bcc, parseAddresses(unfold(f.value))...)
		case "subject":
			if h.Subject == "" {
				h.Subject = cleanText(decodeWords(unfold(f.value)))
			}
		case "date":
			if dateText == "" {
				dateText = unfold(f.value)
				h.Date, _ = parseDate(dateText)
			}
		case "received":
			if h.Received.IsZero() {
				h.Received, _ = receivedDate(unfold(f.value))
			}
		case "message-id":
			if h.MessageID == "" {
				if ids := parseIDs(unfold(f.value), 1); len(ids) > 0 {
					h.MessageID = ids[0]
				}
			}
		case "in-reply-to":
			h.InReplyTo = limitIDs(append(h.InReplyTo, parseIDs(unfold(f.value), maxReferences)...))
		case "references":
			h.References = limitIDs(append(h.References, parseIDs(unfold(f.value), 0)...))
		case "list-id":
			h.ListID = listID(unfold(f.value))
		case "list-unsubscribe":
			h.Unsub = cleanText(unfold(f.value))
		case "auto-submitted":
			kind := strings.ToLower(strings.TrimSpace(unfold(f.value)))
			h.Auto = h.Auto || kind != "" && !strings.HasPrefix(kind, "no")
		case "x-autoreply", "x-autorespond":
			h.Auto = true
		case "precedence":
			switch strings.ToLower(strings.TrimSpace(unfold(f.value))) {
			case "bulk", "list", "junk":
				h.Bulk = true
			case "auto_reply", "auto-reply":
				h.Auto = true
			}
		case "content-type":
			if h.MediaType == "" {
				h.MediaType, _ = parseParams(unfold(f.value))
				h.Auto = h.Auto || h.MediaType == "multipart/report"
			}
		}
	}
	h.Bulk = h.Bulk || h.ListID != "" || h.Unsub != ""
	h.Anonymous = h.MessageID == "" && dateText == ""
	h.Key = h.key(fields, fromText, dateText)
	return h
}

// When is the moment to file a mail under: the sender's date unless it is
// missing or cannot be true, else the time it arrived. Clocks up to two days
// fast are believed, since zones are often wrong.
func (h Header) When(arrived time.Time) time.Time {
	if arrived.IsZero() {
		arrived = h.Received
	}
	switch {
	case h.Date.IsZero():
		return arrived
	case arrived.IsZero():
		return h.Date
	case h.Date.After(arrived.Add(48 * time.Hour)), h.Date.Year() < 1980:
		return arrived
	}
	return h.Date
}

// key hashes what identifies a mail. Same Message-ID with another sender or
// date is another mail, since careless programs use an id twice.
func (h Header) key(fields []field, fromText, dateText string) string {
	sum := sha256.New()
	put := func(parts ...string) {
		for _, part := range parts {
			sum.Write([]byte(part))
			sum.Write([]byte{0})
		}
	}
	date := dateText
	if !h.Date.IsZero() {
		date = strconv.FormatInt(h.Date.Unix(), 10)
	}
	if h.MessageID != "" {
		from := strings.ToLower(fromText)
		if len(h.From) > 0 {
			from = h.From[0].Key()
		}
		put("id", h.MessageID, from, date)
	} else {
		put("fields", date)
		for _, name := range []string{"from", "to", "cc", "subject", "in-reply-to", "references"} {
			put(first(fields, name))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

func listID(value string) string {
	if open := strings.LastIndexByte(value, '<'); open >= 0 {
		value, _, _ = strings.Cut(value[open+1:], ">")
	}
	return cleanText(decodeWords(value))
}
