package mime

import (
	"strings"

	"golang.org/x/net/idna"
)

// Address is one mailbox of an address header.
type Address struct {
	Name string `json:"name"` // display name, decoded and cleaned; may be empty
	Addr string `json:"addr"` // local@domain as written
}

// Key is the form in which addresses are compared: lower case, the domain in
// its ASCII form (IDNA). Servers that tell capitals apart are not met.
func (a Address) Key() string {
	at := strings.LastIndexByte(a.Addr, '@')
	if at < 0 {
		return strings.ToLower(a.Addr)
	}
	domain := strings.TrimSuffix(strings.ToLower(a.Addr[at+1:]), ".")
	if !isASCII(domain) {
		if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
			domain = ascii
		}
	}
	return strings.ToLower(a.Addr[:at]) + "@" + domain
}

// maxAddresses bounds one header; larger recipient lists carry no meaning for
// anybody's history.
const maxAddresses = 500

// parseAddresses reads an address list as leniently as mail programs do:
// groups, comments, unquoted commas in encoded names, semicolons as separators,
// missing angle brackets. What holds no @ is left out.
func parseAddresses(value string) []Address {
	var list []Address
	for _, token := range splitAddresses(value) {
		if len(list) == maxAddresses {
			break
		}
		if a, ok := parseAddress(token); ok {
			list = append(list, a)
		}
	}
	return list
}

// splitAddresses cuts at commas and semicolons outside quotes, comments and
// angle brackets. The colon after a group's name drops that name.
func splitAddresses(s string) []string {
	var tokens []string
	start, depth := 0, 0
	quoted, angled := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && (quoted || depth > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '=' && depth == 0 && strings.HasPrefix(s[i:], "=?"):
			if _, _, rest, ok := cutWord(s[i:]); ok {
				i = len(s) - len(rest) - 1 // separators inside an encoded word are text
			}
		case c == '"' && depth == 0 && opensQuote(s[i+1:]):
			quoted = true
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angled = true
		case c == '>':
			angled = false
		case c == ':' && !angled && !strings.Contains(s[start:i], "@"):
			start = i + 1
		case (c == ',' || c == ';') && !angled:
			tokens = append(tokens, s[start:i])
			start = i + 1
		}
	}
	if start < len(s) {
		tokens = append(tokens, s[start:])
	}
	return tokens
}

// opensQuote tells a quoted string from a stray quotation mark, which would
// swallow the rest of the list.
func opensQuote(rest string) bool { return strings.IndexByte(rest, '"') >= 0 }

func parseAddress(token string) (Address, bool) {
	token = strings.TrimSpace(token)
	if open := strings.LastIndexByte(token, '<'); open >= 0 {
		inner := token[open+1:]
		inner, _, _ = strings.Cut(inner, ">")
		name, comment := cutComments(token[:open])
		if strings.TrimSpace(name) == "" {
			name = comment
		}
		if addr, ok := cleanAddr(inner); ok {
			return Address{cleanDisplayName(name, addr), addr}, true
		}
		// "user@host <>" and the like: the address stands outside the brackets.
		token = name
	}
	bare, comment := cutComments(token)
	if addr, ok := cleanAddr(bare); ok {
		return Address{cleanDisplayName(comment, addr), addr}, true
	}
	// Name and address without brackets: the last word with an @ is the address.
	words := strings.Fields(bare)
	for i := len(words) - 1; i >= 0; i-- {
		if addr, ok := cleanAddr(strings.Trim(words[i], `[]'"`)); ok {
			return Address{cleanDisplayName(strings.Join(words[:i], " "), addr), addr}, true
		}
	}
	return Address{}, false
}

// cutComments separates "text (comment)".
func cutComments(s string) (text, comment string) {
	if strings.IndexByte(s, '(') < 0 {
		return s, ""
	}
	var out, in strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' && depth == 0:
			quoted = !quoted
			out.WriteByte(c)
		case c == '(' && !quoted:
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
			in.WriteByte(c)
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), in.String()
}

// cleanAddr checks local@domain, dropping blanks, a mailto: and a source route
// (RFC 5322 section 4.4).
func cleanAddr(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(strings.ToLower(s), "mailto:") {
		s = s[len("mailto:"):]
	}
	if strings.HasPrefix(s, "@") {
		if _, after, ok := strings.Cut(s, ":"); ok {
			s = after
		}
	}
	if strings.Contains(s, "=?") {
		s = decodeWords(s)
	}
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 320 {
		return "", false
	}
	local, domain := s[:at], strings.TrimSuffix(s[at+1:], ".")
	if domain == "" || strings.ContainsAny(domain, " \t\"(),:;<>@\\") && domain[0] != '[' {
		return "", false
	}
	if local[0] != '"' && strings.ContainsAny(local, " \t(),:;<>@\\") {
		return "", false
	}
	addr := local + "@" + domain
	if isTidy(addr) {
		return addr, true
	}
	addr = guessText([]byte(addr))
	return addr, cleanText(addr) == addr
}

// cleanDisplayName unquotes and decodes a name. A name that only repeats the
// address is none.
func cleanDisplayName(raw, addr string) string {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return ""
	}
	if strings.HasPrefix(raw, `"`) {
		raw = unquote(raw)
	}
	name := cleanText(decodeWords(raw))
	name = strings.TrimSpace(strings.Trim(name, `"'`))
	if strings.EqualFold(name, addr) {
		return ""
	}
	if runes := []rune(name); len(runes) > 200 {
		name = string(runes[:200])
	}
	return name
}
