package mime

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// parseParams reads a value such as Content-Type: the main value in lower case
// and its parameters, keys in lower case. It understands quoted values, RFC
// 2231 charsets and continuations, and encoded words inside parameters, which
// are wrong but common.
func parseParams(value string) (main string, params map[string]string) {
	segments := splitParams(value)
	main = strings.ToLower(strings.TrimSpace(segments[0]))
	if i := strings.IndexAny(main, " \t"); i > 0 {
		main = main[:i]
	}
	raw := map[string]string{}
	for _, segment := range segments[1:] {
		key, val, ok := strings.Cut(segment, "=")
		if !ok {
			continue
		}
		key = strings.ToLower(strings.TrimSpace(key))
		if _, seen := raw[key]; !seen {
			raw[key] = unquote(strings.TrimSpace(val))
		}
	}
	return main, DecodeParams(raw)
}

// DecodeParams decodes parameters that are already divided, as a server's
// description of a mail gives them: RFC 2231 pieces such as filename*0* are
// joined under their plain name, which they rule over.
func DecodeParams(raw map[string]string) map[string]string {
	params := make(map[string]string, len(raw))
	var pieces map[string][]piece
	for key, val := range raw {
		base, star, extended := strings.Cut(strings.ToLower(key), "*")
		if !extended {
			params[base] = cleanText(decodeWords(val))
			continue
		}
		number, encoded := star, star == ""
		if strings.HasSuffix(star, "*") {
			number, encoded = star[:len(star)-1], true
		}
		at, _ := strconv.Atoi(number) // a piece without number is the first
		if pieces == nil {
			pieces = map[string][]piece{}
		}
		pieces[base] = append(pieces[base], piece{at, encoded, val})
	}
	for base, list := range pieces {
		params[base] = joinPieces(list)
	}
	return params
}

// piece is one continuation of an RFC 2231 parameter.
type piece struct {
	at      int
	encoded bool
	value   string
}

func joinPieces(list []piece) string {
	sort.SliceStable(list, func(i, j int) bool { return list[i].at < list[j].at })
	charset, encoded := "", false
	var raw strings.Builder
	for i, p := range list {
		value := p.value
		if p.encoded {
			if i == 0 {
				if fields := strings.SplitN(value, "'", 3); len(fields) == 3 {
					charset, value = fields[0], fields[2]
				}
			}
			encoded = true
			if plain, err := url.PathUnescape(value); err == nil {
				value = plain
			}
		}
		raw.WriteString(value)
	}
	if encoded {
		return cleanText(decodeCharset(charset, []byte(raw.String())))
	}
	return cleanText(decodeWords(raw.String()))
}

// splitParams cuts at semicolons outside quotes.
func splitParams(s string) []string {
	var segments []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			segments = append(segments, s[start:i])
			start = i + 1
		}
	}
	if start > len(s) {
		start = len(s)
	}
	return append(segments, s[start:])
}

// unquote removes the quotes and backslashes of a quoted string, and a quote
// that was never closed.
func unquote(s string) string {
	if len(s) == 0 || s[0] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case c == '"':
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// cleanName makes a file name safe to show and to save: its last path element,
// without characters that file systems refuse or that hide its real ending.
func cleanName(name string) string {
	name = cleanText(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	if runes := []rune(name); len(runes) > maxNameRunes {
		ending := ""
		if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 12 {
			ending = name[i:]
		}
		name = string(runes[:maxNameRunes-len([]rune(ending))]) + ending
	}
	return strings.TrimLeft(name, ".")
}

// maxNameRunes leaves room for "(2)" within the 255 bytes most file systems allow
// for names of ordinary scripts.
const maxNameRunes = 120
