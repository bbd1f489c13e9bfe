package mime

import (
	"bytes"
	"strings"
)

// field is one header field: its name in lower case and its value as it came,
// folds included.
type field struct {
	name  string
	value []byte
}

// maxFields bounds the fields of one header; real mails stay below 200.
const maxFields = 2000

// splitMail separates header fields from the body, forgiving an mbox "From "
// line, blank or indented lines at the top and header lines without a colon.
func splitMail(raw []byte) (fields []field, body []byte) {
	rest := skipPreamble(raw)
	for len(rest) > 0 {
		line, next := cutLine(rest)
		if len(bytes.TrimSpace(line)) == 0 {
			rest = next
			break
		}
		name, value, ok := cutField(line)
		if !ok {
			rest = next // a stray line; its continuation goes with it
			for len(rest) > 0 && isFold(rest) {
				_, rest = cutLine(rest)
			}
			continue
		}
		end := next
		for len(end) > 0 && isFold(end) {
			folded, after := cutLine(end)
			if len(bytes.TrimSpace(folded)) == 0 {
				break // a line of blanks ends the header, as mail programs read it
			}
			end = after
		}
		value = value[:len(value)+(len(next)-len(end))]
		if len(fields) < maxFields {
			fields = append(fields, field{name, value})
		}
		rest = end
	}
	if len(fields) == 0 {
		return nil, raw
	}
	return fields, rest
}

// skipPreamble drops what mail stores and careless scripts leave before the
// first header field.
func skipPreamble(raw []byte) []byte {
	rest := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for len(rest) > 0 {
		line, next := cutLine(rest)
		blank := len(bytes.TrimSpace(line)) == 0
		mbox := bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
		if !blank && !mbox && !isFold(line) {
			break
		}
		rest = next
	}
	return rest
}

// cutLine splits off the first line; the line keeps its capacity over its end,
// so that a value can grow over the folds that follow it.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return b, nil
	}
	return b[:i+1], b[i+1:]
}

func isFold(b []byte) bool { return len(b) > 0 && (b[0] == ' ' || b[0] == '\t') }

// cutField splits "Name: value". A name is printable ASCII without blanks
// inside (RFC 5322 section 2.2); blanks before the colon are forgiven.
func cutField(line []byte) (name string, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return "", nil, false
	}
	key := bytes.TrimRight(line[:colon], " \t")
	for _, c := range key {
		if c <= ' ' || c >= 0x7f {
			return "", nil, false
		}
	}
	if len(key) == 0 {
		return "", nil, false
	}
	return lowerName(key), line[colon+1:], true
}

// lowerName avoids an allocation for the names every mail has.
func lowerName(key []byte) string {
	var buf [32]byte
	if len(key) <= len(buf) {
		low := buf[:len(key)]
		for i, c := range key {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			low[i] = c
		}
		if known, ok := knownFields[string(low)]; ok {
			return known
		}
		return string(low)
	}
	return strings.ToLower(string(key))
}

var knownFields = func() map[string]string {
	known := map[string]string{}
	for _, name := range append([]string{
		"received", "content-transfer-encoding", "content-disposition", "content-id",
		"mime-version", "return-path", "dkim-signature",
	}, FieldNames...) {
		known[strings.ToLower(name)] = strings.ToLower(name)
	}
	return known
}()

// unfold gives a value on one line, blanks at folds and ends removed, still
// encoded.
func unfold(value []byte) string {
	value = bytes.TrimSpace(value)
	if bytes.IndexByte(value, '\n') < 0 && bytes.IndexByte(value, '\r') < 0 {
		return string(value)
	}
	var b strings.Builder
	b.Grow(len(value))
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case '\r':
		case '\n':
			// The fold's own blank follows; a run of blanks counts as one.
			for i+1 < len(value) && (value[i+1] == ' ' || value[i+1] == '\t' || value[i+1] == '\r' || value[i+1] == '\n') {
				i++
			}
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// first gives the first field of a name, unfolded but still encoded.
func first(fields []field, name string) string {
	for _, f := range fields {
		if f.name == name {
			return unfold(f.value)
		}
	}
	return ""
}
