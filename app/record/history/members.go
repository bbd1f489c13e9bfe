package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// An undo reads the JSON that Kontor wrote itself, of very many changes: it is cut
// up here by where strings and brackets end, which takes a tenth of what a parser
// for everybody's JSON takes.

// member is one field of an object.
type member struct {
	key   string
	value json.RawMessage
}

var errNoJSON = errors.New("no JSON of ours")

// members cuts an object up; an empty text has none.
func members(text string) ([]member, error) {
	var found []member
	if text == "" {
		return nil, nil
	}
	parts, ok := cut([]byte(text), '{', '}')
	for _, part := range parts {
		end := stringEnd(part)
		if end == 0 || end == len(part) || part[end] != ':' {
			return nil, errNoJSON
		}
		key, isText := quick(part[:end]).(string)
		if !isText {
			return nil, errNoJSON
		}
		found = append(found, member{key, json.RawMessage(part[end+1:])})
	}
	if !ok {
		return nil, errNoJSON
	}
	return found, nil
}

// cut gives what stands between the commas of an object or an array.
func cut(text []byte, from, to byte) ([][]byte, bool) {
	if len(text) < 2 || text[0] != from || text[len(text)-1] != to {
		return nil, false
	}
	text = text[1 : len(text)-1]
	var parts [][]byte
	start, depth := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n := stringEnd(text[i:])
			if n == 0 {
				return nil, false
			}
			i += n - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	if start < len(text) {
		parts = append(parts, text[start:])
	}
	return parts, depth == 0
}

// stringEnd is the length of the string that text begins with, 0 for none.
func stringEnd(text []byte) int {
	if len(text) == 0 || text[0] != '"' {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// quick is plain for values that were written by us.
func quick(raw []byte) any {
	switch {
	case len(raw) == 0:
		return nil
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0:
		return strings.Clone(string(raw[1 : len(raw)-1]))
	case raw[0] == '[':
		parts, ok := cut(raw, '[', ']')
		if !ok {
			return plain(raw)
		}
		items := make([]any, len(parts))
		for i, part := range parts {
			items[i] = quick(part)
		}
		return items
	case raw[0] == '{':
		parts, err := members(string(raw))
		if err != nil {
			return plain(raw)
		}
		object := make(map[string]any, len(parts))
		for _, part := range parts {
			object[part.key] = quick(part.value)
		}
		return object
	}
	return plain(raw)
}
