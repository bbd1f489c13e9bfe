package record

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/storage"
)

// Values are the fields of a record by key, typed as Type says. An empty field
// is absent.
type Values map[string]any

// Limits of text, in characters.
const (
	maxText     = 500
	maxLongText = 200_000
	maxRows     = 1_000 // of a list
)

// String gives a text value, empty when absent.
func (v Values) String(key string) string { s, _ := v[key].(string); return s }

// Int gives a number, amount or instant, 0 when absent.
func (v Values) Int(key string) int64 { n, _ := v[key].(int64); return n }

// ID gives a link, 0 when absent.
func (v Values) ID(key string) ID { id, _ := v[key].(ID); return id }

// Rows gives the rows of a list.
func (v Values) Rows(key string) []Values { rows, _ := v[key].([]Values); return rows }

// name is the text of a link that a draft gives instead of an id; Plan looks it up.
type name string

// decode brings a value as programs and people write it to its type. Nil and
// empty text make the field empty.
func (f *Field) decode(env Env, raw any, currency string) (any, error) {
	if raw == nil {
		return nil, nil
	}
	if f.Type == List {
		return f.decodeRows(env, raw, currency)
	}
	var text string
	switch v := raw.(type) {
	case string:
		text = v
	case json.Number:
		text = v.String()
	case bool:
		if f.Type == YesNo {
			return v, nil
		}
		text = fmt.Sprint(v)
	case int64:
		if f.Type == Instant || f.Type == Number || f.Type == Money {
			return v, nil
		}
		return nil, f.wrong(raw)
	case ID:
		if f.Type == Link && v > 0 {
			return v, nil
		}
		return nil, f.wrong(raw)
	case map[string]any:
		if id, ok := v["id"].(string); ok && f.Type == Link {
			text = id
			break
		}
		return nil, f.wrong(raw)
	default:
		return nil, f.wrong(raw)
	}
	if text = Clean(text, f.Type == LongText); text == "" {
		return nil, nil
	}
	limit := f.Max
	if limit == 0 {
		if limit = maxText; f.Type == LongText {
			limit = maxLongText
		}
	}
	if n := utf8.RuneCountInString(text); n > limit {
		return nil, fault.Invalid(f.Key, "record.tooLong", fault.Params{"field": f.label, "max": limit, "length": n})
	}
	return f.decodeText(env, text, currency)
}

func (f *Field) decodeText(env Env, text, currency string) (any, error) {
	switch f.Type {
	case Text, LongText, Phone:
		return text, nil
	case Email:
		return f.email(text)
	case URL:
		return f.url(text)
	case Number:
		n, err := money.ParseScaled(text, f.Digits)
		return n, at(err, f.Key)
	case Money:
		n, err := money.Parse(text, currency)
		return n, at(err, f.Key)
	case Currency:
		code := strings.ToUpper(text)
		if _, ok := money.Digits(code); !ok {
			return nil, fault.Invalid(f.Key, "record.currency", fault.Params{"text": text})
		}
		return code, nil
	case Date:
		if strings.EqualFold(text, "today") {
			return env.Today(), nil
		}
		if t, err := time.Parse(time.DateOnly, text); err != nil || t.Year() < 1 {
			return nil, fault.Invalid(f.Key, "record.date", fault.Params{"text": text})
		}
		return text, nil
	case Instant:
		return f.instant(env, text)
	case YesNo:
		switch strings.ToLower(text) {
		case "true", "yes", "ja", "1", "x":
			return true, nil
		case "false", "no", "nein", "0":
			return false, nil
		}
		return nil, fault.Invalid(f.Key, "record.yesno", fault.Params{"text": text})
	case Choice:
		for _, options := range [][]string{f.Options, f.Retired} {
			for _, option := range options {
				if storage.Fold(option) == storage.Fold(text) {
					return option, nil
				}
			}
		}
		return nil, fault.Invalid(f.Key, "record.choice", fault.Params{"text": text, "options": strings.Join(f.Options, ", ")})
	case Country:
		if code, ok := country(text); ok {
			return code, nil
		}
		return nil, fault.Invalid(f.Key, "record.country", fault.Params{"text": text})
	case Language:
		if code, ok := tongue(text); ok {
			return code, nil
		}
		return nil, fault.Invalid(f.Key, "record.language", fault.Params{"text": text})
	case Link:
		if id, err := ParseID(text); err == nil {
			return id, nil
		}
		return name(text), nil
	}
	return nil, f.wrong(text)
}

func at(err error, field string) error {
	if err == nil {
		return nil
	}
	f := fault.Of(err)
	if f.Field == "" {
		f.Field = field
	}
	return f
}

func (f *Field) wrong(raw any) error {
	return fault.Invalid(f.Key, "record.wrongType", fault.Params{"field": f.label, "type": string(f.Type), "text": Shorten(fmt.Sprint(raw), 60)})
}

// email takes an address, also from "Name <address>" or a mailto link.
func (f *Field) email(text string) (any, error) {
	refuse := fault.Invalid(f.Key, "record.email", fault.Params{"text": Shorten(text, 80)})
	address := text
	if link, ok := strings.CutPrefix(text, "mailto:"); ok {
		address, _, _ = strings.Cut(link, "?")
	}
	if strings.ContainsAny(address, "<,\"") {
		parsed, err := mail.ParseAddress(address)
		if err != nil {
			return nil, refuse
		}
		address = parsed.Address
	}
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" || len(local) > 64 || strings.ContainsAny(local, "()<>[]:;,\\\"") || strings.ContainsFunc(local, unseen) {
		return nil, refuse
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") || strings.ContainsFunc(label, notHost) {
			return nil, refuse
		}
	}
	return local + "@" + strings.ToLower(domain), nil
}

// unseen is what nobody sees in an address: blanks of all kinds and marks
// without a width.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// notHost tells what cannot stand in the name of a host, also an
// internationalised one (RFC 5890).
func notHost(r rune) bool {
	return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func (f *Field) url(text string) (any, error) {
	full := text
	if !strings.Contains(text, "://") {
		full = "https://" + text
	}
	u, err := url.Parse(full)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Host, ".") || strings.ContainsAny(text, "<>\"") || strings.ContainsFunc(text, unseen) {
		return nil, fault.Invalid(f.Key, "record.url", fault.Params{"text": Shorten(text, 80)})
	}
	return text, nil
}

func (f *Field) instant(env Env, text string) (any, error) {
	if strings.EqualFold(text, "now") {
		return env.Now.UnixMilli(), nil
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UnixMilli(), nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, env.Now.Location()); err == nil {
			return t.UnixMilli(), nil
		}
	}
	return nil, fault.Invalid(f.Key, "record.instant", fault.Params{"text": text})
}

// decodeRows reads a list: rows as objects, or plain values for lists whose
// first part says it all.
func (f *Field) decodeRows(env Env, raw any, currency string) (any, error) {
	var items []any
	switch v := raw.(type) {
	case []any:
		items = v
	case []Values:
		for _, row := range v {
			items = append(items, map[string]any(row))
		}
	default:
		items = []any{v}
	}
	limit := f.Max
	if limit == 0 {
		limit = maxRows
	}
	if len(items) > limit {
		return nil, fault.Invalid(f.Key, "record.tooMany", fault.Params{"field": f.label, "max": limit})
	}
	main := f.main()
	var rows []Values
	for i, item := range items {
		given, ok := item.(map[string]any)
		if !ok {
			given = map[string]any{main.Key: item}
		}
		row := Values{}
		for key, value := range given {
			part := f.row(key)
			if part == nil {
				return nil, fault.Invalid(fmt.Sprintf("%s[%d].%s", f.Key, i, key), "record.noField", fault.Params{"field": key, "kind": f.label})
			}
			v, err := part.decode(env, value, currency)
			if err != nil {
				return nil, at(prefixed(err, fmt.Sprintf("%s[%d].", f.Key, i)), f.Key)
			}
			if v != nil {
				row[part.Key] = v
			}
		}
		if !f.blank(row) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows, nil
}

func prefixed(err error, prefix string) error {
	f := fault.Of(err)
	f.Field = prefix + f.Field
	return f
}

// main is the part of a list's row that matters: value, or the first link.
func (f *Field) main() *Field {
	for i := range f.Fields {
		if f.Fields[i].Key == "value" {
			return &f.Fields[i]
		}
	}
	return &f.Fields[0]
}

// blank reports whether a row says nothing: its kind alone ("work") is nothing.
func (f *Field) blank(row Values) bool {
	for key := range row {
		if key != "type" {
			return false
		}
	}
	return true
}

// lineBreaks brings every way of ending a line to one.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// Clean takes out of text what no field should hold: control characters,
// direction overrides that disguise what stands there, broken UTF-8. Line
// breaks stay where lines are asked for; one line loses what nobody sees as
// well. The result is in Unicode's NFC.
func Clean(text string, lines bool) string {
	if plain(text, lines) {
		return strings.TrimSpace(text)
	}
	text = lineBreaks.Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if lines {
				return r
			}
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			return -1
		case !lines && unsaid(r):
			return -1
		}
		return r
	}, text)
	if text = norm.NFC.String(text); !lines {
		text = joiners(text)
	}
	return strings.TrimSpace(text)
}

func plain(text string, lines bool) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' && !(lines && (c == '\n' || c == '\t')) || c == 0x7f {
			return false
		}
	}
	return true
}

// same compares two values of one field.
func same(a, b any) bool {
	ra, isRows := a.([]Values)
	if !isRows {
		if _, ok := b.([]Values); ok {
			return false
		}
		return a == b
	}
	rb, _ := b.([]Values)
	return slices.EqualFunc(ra, rb, func(x, y Values) bool {
		if len(x) != len(y) {
			return false
		}
		for key, v := range x {
			if y[key] != v {
				return false
			}
		}
		return true
	})
}
