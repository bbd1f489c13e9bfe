package vcard

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// property is one content line: group.NAME;PARAM=value:value.
type property struct {
	line   int
	group  string
	name   string // upper case
	params []param
	raw    []byte
}

type param struct{ name, value string } // the name in upper case, empty in 2.1

// types are the values of TYPE, and in 2.1 those without a name.
func (p property) types() []string {
	var types []string
	for _, at := range p.params {
		if at.name != "TYPE" && at.name != "" {
			continue
		}
		for value := range strings.SplitSeq(at.value, ",") {
			if value = strings.ToLower(strings.TrimSpace(value)); value != "" {
				types = append(types, value)
			}
		}
	}
	return types
}

func (p property) param(name string) string {
	for _, at := range p.params {
		if at.name == name {
			return at.value
		}
	}
	return ""
}

// encoded reports whether the value is in an encoding.
func (p property) encoded(names ...string) bool {
	for _, at := range p.params {
		for _, name := range names {
			if (at.name == "ENCODING" || at.name == "") && strings.EqualFold(at.value, name) {
				return true
			}
		}
	}
	return false
}

func (p property) quoted() bool { return p.encoded("QUOTED-PRINTABLE", "Q") }
func (p property) base64() bool { return p.encoded("BASE64", "B") }

// text decodes the value to UTF-8, escapes still in it.
func (p property) text() string {
	raw := p.raw
	switch {
	case p.quoted():
		// What is no quoted-printable stays as it stands behind what was read.
		decoded, _ := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw)))
		if len(decoded) > 0 || len(raw) == 0 {
			raw = decoded
		}
	case p.base64():
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(raw)), ""))
		if err == nil {
			raw = decoded
		}
	}
	return inUTF8(raw, p.param("CHARSET"))
}

// inUTF8 reads bytes in a charset; what is no UTF-8 and names none is Windows's,
// which has a character for every byte that Latin 1 has.
func inUTF8(raw []byte, charset string) string {
	if charset != "" && !strings.EqualFold(charset, "utf-8") {
		if e, err := htmlindex.Get(charset); err == nil {
			if text, err := e.NewDecoder().Bytes(raw); err == nil {
				return string(text)
			}
		}
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil { // it has no errors
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return string(text)
}

// withoutBOM takes the byte order mark off, and reads UTF-16.
func withoutBOM(data []byte) []byte {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err == nil {
				return text
			}
		}
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
}

// maxHead is how long a name with its parameters may be over folded lines.
const maxHead = 4096

// properties cuts a file into content lines; what is none is left out.
func properties(data []byte) []property {
	var all []property
	lines := split(withoutBOM(data))
	for i := 0; i < len(lines); i++ {
		p, ok := parse(lines[i])
		p.line = i + 1
		head := lines[i]
		// Folded lines begin with a blank; soft breaks end with an equals sign.
		for ; i+1 < len(lines); i++ {
			next := lines[i+1]
			if ok && p.quoted() && bytes.HasSuffix(p.raw, []byte("=")) {
				p.raw = append(append(p.raw, '\n'), bytes.TrimLeft(next, " \t")...)
				continue
			}
			if len(next) == 0 || next[0] != ' ' && next[0] != '\t' {
				break
			}
			if ok {
				p.raw = append(p.raw, next[1:]...)
			} else if len(head) < maxHead { // the fold was within the name or its parameters
				line := p.line
				head = append(append([]byte{}, head...), next[1:]...)
				p, ok = parse(head)
				p.line = line
			}
		}
		if ok {
			all = append(all, p)
		}
	}
	return all
}

// split cuts at every way of ending a line.
func split(data []byte) [][]byte {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.Split(bytes.ReplaceAll(data, []byte("\r"), []byte("\n")), []byte("\n"))
}

// parse reads one content line up to its colon.
func parse(line []byte) (property, bool) {
	var p property
	head, quoted := -1, false
	var cuts []int
	for i, c := range line {
		if c == '"' && i > 0 {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == ';' {
			cuts = append(cuts, i)
		}
		if c == ':' {
			head = i
			break
		}
	}
	if head < 0 {
		return p, false
	}
	cuts = append(cuts, head)
	name := strings.TrimSpace(string(line[:cuts[0]]))
	if group, rest, ok := strings.Cut(name, "."); ok {
		p.group, name = strings.ToLower(group), rest
	}
	p.name, p.raw = strings.ToUpper(name), bytes.Clone(line[head+1:]) // grows by what is folded
	for i := 0; i+1 < len(cuts); i++ {
		key, value, named := strings.Cut(inUTF8(line[cuts[i]+1:cuts[i+1]], ""), "=")
		if !named {
			key, value = "", key
		}
		p.params = append(p.params, param{strings.ToUpper(strings.TrimSpace(key)), strings.ReplaceAll(strings.TrimSpace(value), `"`, "")})
	}
	return p, p.name != ""
}
