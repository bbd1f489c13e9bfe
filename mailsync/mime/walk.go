package mime

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// parts is what a walk through the structure of a mail collects.
type parts struct {
	text, html  string
	attachments []Attachment
}

func (p parts) empty() bool {
	return strings.TrimSpace(p.text) == "" && strings.TrimSpace(p.html) == "" && len(p.attachments) == 0
}

var (
	errTooMany    = errors.New("too many or too deeply nested parts")
	errNoBoundary = errors.New("multipart without boundary")
)

// walker reads the multipart tree with go-message, keeping what came before an
// error. A damaged mail may panic a library: that is an error like another.
type walker struct {
	parts
	count int
}

// leaf describes a part that has no parts of its own.
type leaf struct {
	mediaType, charset, encoding, disposition string
	name, contentID, section                  string
}

func walkMail(fields []field, body []byte) (p parts, err error) {
	w := &walker{}
	defer func() {
		if cause := recover(); cause != nil {
			p, err = w.parts, fmt.Errorf("reading parts: %v", cause)
		}
	}()
	get := func(name string) string { return first(fields, name) }
	err = w.entity(get, body, "", 0, "text/plain", false)
	return w.parts, err
}

// entity reads one part. get gives its header fields; inAlternative tells that
// its text is another form of one already taken. What a damaged part hides does
// not keep the parts after it from being read.
func (w *walker) entity(get func(string) string, body []byte, section string, depth int, defaultType string, inAlternative bool) error {
	if w.count++; w.count > maxParts || depth > maxDepth {
		return errTooMany
	}
	mediaType, params := parseParams(get("content-type"))
	if !strings.Contains(mediaType, "/") {
		mediaType = defaultType
	}
	encoding := strings.ToLower(strings.TrimSpace(get("content-transfer-encoding")))
	if strings.HasPrefix(mediaType, "multipart/") {
		return w.multipart(mediaType, params["boundary"], encoding, body, section, depth)
	}
	l := leaf{
		mediaType: mediaType, charset: params["charset"], encoding: encoding, section: section,
		name: params["name"], contentID: strings.Trim(strings.TrimSpace(get("content-id")), "<>"),
	}
	if l.section == "" {
		l.section = "1"
	}
	disposition, more := parseParams(get("content-disposition"))
	l.disposition = disposition
	if more["filename"] != "" {
		l.name = more["filename"]
	}
	w.take(l, body, inAlternative)
	return nil
}

func (w *walker) multipart(mediaType, boundary, encoding string, body []byte, section string, depth int) error {
	var damage error
	if boundary == "" || !bytes.Contains(body, []byte("--"+boundary)) {
		damage = errNoBoundary
		if boundary = boundaryLine(body); boundary == "" {
			w.take(leaf{mediaType: "text/plain", section: "1", encoding: encoding}, body, false)
			return damage
		}
	}
	defaultType := "text/plain"
	if mediaType == "multipart/digest" {
		defaultType = "message/rfc822"
	}
	reader := textproto.NewMultipartReader(bytes.NewReader(body), boundary)
	for n := 1; ; n++ {
		part, err := reader.NextPart()
		if err == io.EOF { // bare: the end; wrapped: the end is missing
			return damage
		}
		read := func(get func(string) string, content []byte) error {
			sub := strconv.Itoa(n)
			if section != "" {
				sub = section + "." + sub
			}
			return w.entity(get, content, sub, depth+1, defaultType, mediaType == "multipart/alternative")
		}
		if err != nil {
			// go-message gives up at a malformed part header; we do not.
			damage = fmt.Errorf("part %d of %q: %w", n, section, err)
			rest := splitParts(body, boundary)
			for ; n <= len(rest); n++ {
				fields, content := splitPart(rest[n-1])
				if err := read(func(name string) string { return first(fields, name) }, content); errors.Is(err, errTooMany) {
					return err
				}
			}
			return damage
		}
		content, err := io.ReadAll(part)
		if err != nil {
			damage = err
		}
		if err = read(part.Header.Get, content); errors.Is(err, errTooMany) {
			return err
		}
		if err != nil {
			damage = err
		}
	}
}

// splitParts cuts a multipart at the lines that begin with its boundary.
func splitParts(body []byte, boundary string) [][]byte {
	delimiter := []byte("--" + boundary)
	var parts [][]byte
	start := -1
	for at := 0; at < len(body) && len(parts) <= maxParts; {
		line, rest := cutLine(body[at:])
		if bytes.HasPrefix(line, delimiter) {
			if start >= 0 {
				parts = append(parts, bytes.TrimSuffix(bytes.TrimSuffix(body[start:at], []byte("\n")), []byte("\r")))
			}
			start = at + len(line)
			if bytes.HasPrefix(line[len(delimiter):], []byte("--")) {
				return parts
			}
		}
		at = len(body) - len(rest)
	}
	if start >= 0 {
		parts = append(parts, body[start:])
	}
	return parts
}

// splitPart separates a part's header, which may be empty, from its content.
func splitPart(part []byte) ([]field, []byte) {
	for _, end := range []string{"\r\n", "\n"} {
		if content, ok := bytes.CutPrefix(part, []byte(end)); ok {
			return nil, content
		}
	}
	return splitMail(part)
}

// boundaryLine finds the boundary of a multipart that names none or a wrong
// one: the first line that looks like a boundary.
func boundaryLine(raw []byte) string {
	for rest := raw; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		line = bytes.TrimRight(line, " \t\r\n")
		if bytes.HasPrefix(line, []byte("--")) && len(line) > 4 && len(line) <= 74 &&
			!bytes.HasSuffix(line, []byte("--")) && bytes.IndexByte(line, ' ') < 0 {
			return string(line[2:])
		}
	}
	return ""
}

// take files a leaf as body text or as attachment. A text counts as body unless
// it says it is an attachment or has a name beside a body already found.
func (w *walker) take(l leaf, raw []byte, inAlternative bool) {
	isText := l.mediaType == "text/plain" || l.mediaType == "text" || l.mediaType == ""
	isHTML := l.mediaType == "text/html"
	named := l.name != "" && (w.text != "" || w.html != "")
	if (isText || isHTML) && l.disposition != "attachment" && !named {
		decoded := DecodeTransfer(l.encoding, raw)
		if isHTML {
			w.addHTML(decodeHTML(l.charset, decoded))
		} else if !inAlternative || w.text == "" {
			w.addText(decodeCharset(l.charset, decoded))
		}
		return
	}
	content := DecodeTransfer(l.encoding, raw)
	if len(content) == 0 && l.name == "" && l.disposition == "" {
		return
	}
	w.attachments = append(w.attachments, newAttachment(l, content, int64(len(content))))
}

func (w *walker) addText(s string) { w.text = join(w.text, s) }
func (w *walker) addHTML(s string) { w.html = join(w.html, s) }

func join(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	if strings.TrimSpace(b) == "" {
		return a
	}
	return strings.TrimRight(a, "\r\n") + "\n\n" + b
}

// newAttachment names and describes a part.
func newAttachment(l leaf, content []byte, size int64) Attachment {
	name := cleanName(l.name)
	if name == "" && l.mediaType == "message/rfc822" && content != nil {
		if subject := ParseHeader(content).Subject; subject != "" {
			name = cleanName(strings.NewReplacer("/", "-", `\`, "-").Replace(subject)) + ".eml"
		}
	}
	if name == "" {
		name = defaultName(l.mediaType)
	}
	return Attachment{
		Name: name, MediaType: l.mediaType, ContentID: cleanText(l.contentID),
		Inline:  l.disposition != "attachment" && l.contentID != "" && strings.HasPrefix(l.mediaType, "image/"),
		Section: l.section, Encoding: l.encoding, Size: size, content: content,
	}
}

// defaultName names a nameless part by what it is; the words are file names,
// the same in every language.
func defaultName(mediaType string) string {
	switch mediaType {
	case "message/rfc822":
		return "message.eml"
	case "text/calendar":
		return "invite.ics"
	case "text/html":
		return "part.html"
	case "text/plain":
		return "part.txt"
	case "message/delivery-status":
		return "delivery-status.txt"
	case "text/rfc822-headers":
		return "headers.txt"
	}
	_, sub, _ := strings.Cut(mediaType, "/")
	sub, _, _ = strings.Cut(sub, "+")
	if sub == "" || len(sub) > 8 || strings.Trim(sub, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return "part.bin"
	}
	return "part." + sub
}
