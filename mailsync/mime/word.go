package mime

import (
	"strings"
	"unicode"
)

// decodeWords decodes the RFC 2047 words of a header value. Neighbouring words
// of one charset are joined before decoding, since many programs cut a
// character in two between words.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		if isASCII(s) {
			return s
		}
		return guessText([]byte(s))
	}
	var out strings.Builder
	var pending []byte // decoded bytes of the words not yet converted
	var charset string // their charset
	inWords := false
	flush := func() {
		if inWords {
			out.WriteString(decodeCharset(charset, pending))
			pending, inWords = pending[:0], false
		}
	}
	for len(s) > 0 {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		name, data, rest, ok := cutWord(s[start:])
		if !ok {
			flush()
			out.WriteString(plain(s[:start+2]))
			s = s[start+2:]
			continue
		}
		between := s[:start]
		// Blanks between two words only separate them (RFC 2047 section 6.2).
		if !inWords || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(plain(between))
		}
		if inWords && !strings.EqualFold(name, charset) {
			flush()
		}
		charset, inWords = name, true
		pending = append(pending, data...)
		s = rest
	}
	flush()
	out.WriteString(plain(s))
	return out.String()
}

func plain(s string) string {
	if isASCII(s) {
		return s
	}
	return guessText([]byte(s))
}

// cutWord reads one encoded word at the start of s. Blanks inside Q words,
// missing padding in B words and RFC 2231 language tags are accepted.
func cutWord(s string) (charset string, data []byte, rest string, ok bool) {
	charset, body, ok := strings.Cut(s[2:], "?")
	if !ok || charset == "" || len(charset) > 60 || len(body) < 2 || body[1] != '?' {
		return "", nil, "", false
	}
	method, text := body[0]|0x20, body[2:]
	end := strings.Index(text, "?=")
	if end < 0 {
		return "", nil, "", false
	}
	text, rest = text[:end], text[end+2:]
	switch method {
	case 'b':
		data = decodeBase64([]byte(text))
	case 'q':
		data = decodeQuotedWord(text)
	default:
		return "", nil, "", false
	}
	charset, _, _ = strings.Cut(charset, "*")
	return charset, data, rest, true
}

// decodeQuotedWord decodes the Q form, where an underscore stands for a space.
func decodeQuotedWord(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '_':
			out = append(out, ' ')
		case c == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// cleanText makes one line fit to show: decoded, valid, without control,
// invisible and bidirectional override characters, blanks collapsed.
func cleanText(s string) string {
	if isTidy(s) {
		return s
	}
	return strings.Join(strings.Fields(strings.Map(visible, strings.ToValidUTF8(s, "\ufffd"))), " ")
}

// visible maps characters that hide or reorder others to nothing and line
// breaks to blanks (Unicode TR 36 section 2.8).
func visible(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case unicode.IsControl(r),
		r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e,
		r >= 0x2060 && r <= 0x206f, r == 0x061c, r == 0xfeff,
		r >= 0xe0000 && r <= 0xe007f:
		return -1
	}
	return r
}

// isTidy reports that a string is plain ASCII without anything to clean.
func isTidy(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
