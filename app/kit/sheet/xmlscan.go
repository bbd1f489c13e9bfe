package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What is wrong with the XML of a part.
var (
	errTruncated = errors.New("the XML ends too early")
	errMalformed = errors.New("the XML is malformed")
	errDTD       = errors.New("the XML has a document type declaration")
)

type token uint8

const (
	tokenEOF token = iota
	tokenStart
	tokenEnd
	tokenText
)

// maxTag is the longest tag with its attributes that the scanner takes.
const maxTag = 1 << 20

// scanner walks the XML of a workbook part in bounded memory: tags are whole,
// long texts come in pieces. It is several times faster than encoding/xml, and
// it refuses what no spreadsheet needs, first of all document types, with which
// a file of a few hundred bytes can unfold into gigabytes. Slices are valid
// until the next call of next.
type scanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	eof      bool
	depth    int
	rooted   bool

	name        []byte // local name of a tag
	attrs       []byte // attributes of a start tag as written
	text        []byte // a piece of text as written; unescape reads it
	literal     bool   // text stands in a CDATA section
	selfClosing bool
}

// newScanner starts a scan. UTF-16, which the format allows, is converted.
func newScanner(r io.Reader) *scanner {
	s := &scanner{src: r, buf: make([]byte, 64<<10)}
	for s.end < 4 && s.fill() == nil {
	}
	head := s.buf[:s.end]
	if bytes.HasPrefix(head, []byte{0xFE, 0xFF}) || bytes.HasPrefix(head, []byte{0xFF, 0xFE}) {
		whole := io.MultiReader(bytes.NewReader(bytes.Clone(head)), r)
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return &scanner{src: transform.NewReader(whole, decoder), buf: make([]byte, 64<<10)}
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		s.pos = 3
	}
	return s
}

// fill reads more behind what is there, and makes room for it.
func (s *scanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.pos > 0 {
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			return fmt.Errorf("%w: a tag is longer than %d bytes", errMalformed, maxTag)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.src.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	return err
}

// index finds a mark from an offset behind the current position on, reading
// until it is there. The position stays, so the offset stays true.
func (s *scanner) index(mark string, from int) (int, error) {
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
			return from + i, nil
		}
		from = max(from, s.end-s.pos-len(mark)+1)
		if err := s.fill(); err == io.EOF {
			return 0, errTruncated
		} else if err != nil {
			return 0, err
		}
	}
}

// skipPast throws away everything up to and with a mark, however long.
func (s *scanner) skipPast(mark string) error {
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return nil
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if err := s.fill(); err == io.EOF {
			return errTruncated
		} else if err != nil {
			return err
		}
	}
}

// next gives the next tag or piece of text.
func (s *scanner) next() (token, error) {
	if s.selfClosing {
		s.selfClosing = false
		s.depth--
		return tokenEnd, nil
	}
	for {
		if s.literal {
			if t, err := s.cdata(); t == tokenText || err != nil {
				return t, err
			}
			continue
		}
		if s.pos == s.end {
			if err := s.fill(); err == io.EOF {
				return s.close()
			} else if err != nil {
				return tokenEOF, err
			}
			continue
		}
		if s.buf[s.pos] != '<' {
			return s.characters()
		}
		if s.end-s.pos < 2 {
			if err := s.fill(); err != nil {
				return tokenEOF, errTruncated
			}
			continue
		}
		var err error
		switch s.buf[s.pos+1] {
		case '?':
			err = s.skipPast("?>")
		case '!':
			err = s.declaration()
		case '/':
			return s.endTag()
		default:
			return s.startTag()
		}
		if err != nil {
			return tokenEOF, err
		}
	}
}

func (s *scanner) close() (token, error) {
	if s.depth != 0 || !s.rooted {
		return tokenEOF, errTruncated
	}
	return tokenEOF, nil
}

// characters gives a piece of text that ends neither inside a reference nor
// inside a line break.
func (s *scanner) characters() (token, error) {
	for {
		piece := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(piece, '<'); i >= 0 {
			piece = piece[:i]
		} else if !s.eof {
			if i := bytes.LastIndexByte(piece, '&'); i >= 0 && len(piece)-i < 16 {
				piece = piece[:i]
			}
			piece = bytes.TrimSuffix(piece, []byte{'\r'})
		}
		if len(piece) == 0 {
			if err := s.fill(); err != nil {
				return tokenEOF, err
			}
			continue
		}
		s.text = piece
		s.pos += len(piece)
		return tokenText, nil
	}
}

// cdata gives a piece of a CDATA section, or tokenEOF at its end.
func (s *scanner) cdata() (token, error) {
	for {
		piece := s.buf[s.pos:s.end]
		if i := bytes.Index(piece, []byte("]]>")); i > 0 {
			piece = piece[:i]
		} else if i == 0 {
			s.pos += 3
			s.literal = false
			return tokenEOF, nil
		} else if len(piece) > 2 && !(len(piece) == 3 && piece[0] == '\r') {
			piece = bytes.TrimSuffix(piece[:len(piece)-2], []byte{'\r'})
		} else {
			if err := s.fill(); err == io.EOF {
				return tokenEOF, errTruncated
			} else if err != nil {
				return tokenEOF, err
			}
			continue
		}
		s.text = piece
		s.pos += len(piece)
		return tokenText, nil
	}
}

func (s *scanner) declaration() error {
	for s.end-s.pos < 9 {
		if err := s.fill(); err != nil {
			return errTruncated
		}
	}
	switch head := s.buf[s.pos:s.end]; {
	case bytes.HasPrefix(head, []byte("<!--")):
		s.pos += 4
		return s.skipPast("-->")
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		s.pos += 9
		s.literal = true
		return nil
	case bytes.HasPrefix(head, []byte("<!DOCTYPE")):
		return errDTD
	}
	return errMalformed
}

func (s *scanner) endTag() (token, error) {
	i, err := s.index(">", 2)
	if err != nil {
		return tokenEOF, err
	}
	s.name = localName(bytes.TrimRight(s.buf[s.pos+2:s.pos+i], " \t\r\n"))
	s.pos += i + 1
	if s.depth--; s.depth < 0 {
		return tokenEOF, errMalformed
	}
	return tokenEnd, nil
}

func (s *scanner) startTag() (token, error) {
	i, err := s.index(">", 1)
	for ; err == nil; i, err = s.index(">", i+1) { // a > may stand inside an attribute
		if balanced(s.buf[s.pos : s.pos+i]) {
			break
		}
	}
	if err != nil {
		return tokenEOF, err
	}
	tag := s.buf[s.pos+1 : s.pos+i]
	s.pos += i + 1
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		s.selfClosing = true
		tag = tag[:len(tag)-1]
	}
	name, attrs := tag, []byte(nil)
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		name, attrs = tag[:i], tag[i:]
	}
	if len(name) == 0 || s.depth == 0 && s.rooted {
		return tokenEOF, errMalformed
	}
	s.name, s.attrs = localName(name), attrs
	s.depth++
	s.rooted = true
	return tokenStart, nil
}

// balanced reports whether all quotation marks of a tag are closed.
func balanced(tag []byte) bool {
	if bytes.IndexByte(tag, '\'') < 0 {
		return bytes.Count(tag, []byte{'"'})%2 == 0
	}
	var open byte
	for _, b := range tag {
		switch {
		case open == 0 && (b == '"' || b == '\''):
			open = b
		case b == open:
			open = 0
		}
	}
	return open == 0
}

func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// attr gives an attribute of the current start tag as written. The name is
// taken without a prefix; prefixed ones such as r:id are asked for as such.
func (s *scanner) attr(name string) []byte {
	rest := s.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : end+1]
		}
		rest = rest[end+2:]
	}
}

// attrText is attr without references.
func (s *scanner) attrText(name string) string {
	text, err := unescape(nil, s.attr(name))
	if err != nil {
		return string(s.attr(name))
	}
	return string(text)
}

// unescape appends text with its references read. Only the five that XML has
// of itself and numbers exist where there is no document type.
func unescape(to, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(to, text...), nil
		}
		to = append(to, text[:i]...)
		text = text[i+1:]
		end := bytes.IndexByte(text, ';')
		if end < 1 {
			return to, fmt.Errorf("%w: a lone &", errMalformed)
		}
		switch ref := string(text[:end]); ref {
		case "amp":
			to = append(to, '&')
		case "lt":
			to = append(to, '<')
		case "gt":
			to = append(to, '>')
		case "quot":
			to = append(to, '"')
		case "apos":
			to = append(to, '\'')
		default:
			r, err := characterReference(ref)
			if err != nil {
				return to, err
			}
			to = utf8.AppendRune(to, r)
		}
		text = text[end+1:]
	}
}

func characterReference(ref string) (rune, error) {
	if len(ref) < 2 || ref[0] != '#' {
		return 0, fmt.Errorf("%w: unknown entity", errMalformed)
	}
	digits, base := ref[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, fmt.Errorf("%w: bad character reference", errMalformed)
	}
	return rune(n), nil
}
