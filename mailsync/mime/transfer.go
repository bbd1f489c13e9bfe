package mime

import "strings"

// DecodeTransfer undoes a Content-Transfer-Encoding. Damaged input gives what
// can be read of it; an unknown encoding leaves the bytes as they are.
func DecodeTransfer(encoding string, raw []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return decodeBase64(raw)
	case "quoted-printable":
		return decodeQuotedPrintable(raw)
	}
	return raw
}

const notBase64 = 0xff

var base64Value = func() (table [256]byte) {
	for i := range table {
		table[i] = notBase64
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		table[c] = byte(i)
	}
	return table
}()

// decodeBase64 skips everything outside the alphabet, as RFC 2045 section 6.8
// asks for, and accepts missing padding and several padded runs in a row.
func decodeBase64(raw []byte) []byte {
	out := make([]byte, 0, len(raw)/4*3+3)
	var group uint32
	n := 0
	flush := func() {
		switch n {
		case 2:
			out = append(out, byte(group>>4))
		case 3:
			out = append(out, byte(group>>10), byte(group>>2))
		}
		group, n = 0, 0
	}
	for _, c := range raw {
		v := base64Value[c]
		if v == notBase64 {
			if c == '=' {
				flush()
			}
			continue
		}
		group = group<<6 | uint32(v)
		if n++; n == 4 {
			out = append(out, byte(group>>16), byte(group>>8), byte(group))
			group, n = 0, 0
		}
	}
	flush()
	return out
}

// decodeQuotedPrintable keeps what is not a valid escape as it stands (RFC 2045
// section 6.7 notes).
func decodeQuotedPrintable(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		if i+2 < len(raw) && isHex(raw[i+1]) && isHex(raw[i+2]) {
			out = append(out, unhex(raw[i+1])<<4|unhex(raw[i+2]))
			i += 2
			continue
		}
		// A soft line break may carry blanks before the line's end.
		end := i + 1
		for end < len(raw) && (raw[end] == ' ' || raw[end] == '\t' || raw[end] == '\r') {
			end++
		}
		if end >= len(raw) || raw[end] == '\n' {
			i = end
			continue
		}
		out = append(out, c)
	}
	return out
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}
