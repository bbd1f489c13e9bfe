package record

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"kontor/app/kit/money"
)

// Record is a stored record.
type Record struct {
	Kind    *Kind
	ID      ID
	Version int64
	Created int64 // milliseconds since 1970
	Updated int64
	Deleted int64 // 0 unless in the bin
	Values  Values

	unread []*Field // lists that Values lack, see Complete
	gaps   bool     // rows of lists do not stand at the places 0, 1, 2…
}

// titleLength is how much of a long text serves as a title.
const titleLength = 80

// Title is what the record is called in lists and links.
func (r *Record) Title() string { return r.Kind.Title(r.Values) }

// Title is what a record with these values is called.
func (k *Kind) Title(v Values) string { return k.TitleOf(v.String(k.TitleKey)) }

// TitleOf is what a record is called by the text of its title's field.
func (k *Kind) TitleOf(text string) string {
	if k.Field(k.TitleKey).Marks {
		text = Plain(text)
	}
	return Shorten(text, titleLength)
}

// MarshalJSON writes the flat form: id, kind, version, label (the title), times, and every
// field by key, empty ones as null, lists as arrays.
func (r *Record) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 1024)
	b = append(b, `{"id":"`...)
	b = append(b, r.ID.String()...)
	b = append(b, `","kind":"`...)
	b = append(b, r.Kind.Name...)
	b = append(b, `","version":`...)
	b = strconv.AppendInt(b, r.Version, 10)
	b = append(b, `,"label":`...)
	b = appendText(b, r.Title())
	b = append(b, `,"createdAt":`...)
	b = appendInstant(b, r.Created)
	b = append(b, `,"updatedAt":`...)
	b = appendInstant(b, r.Updated)
	if r.Deleted != 0 {
		b = append(b, `,"deletedAt":`...)
		b = appendInstant(b, r.Deleted)
	}
	for _, f := range r.Kind.All() {
		b = append(b, ',')
		b = appendText(b, f.Key)
		b = append(b, ':')
		b = f.append(b, r.Values[f.Key], r.Values)
	}
	return append(b, '}'), nil
}

// JSON writes only the given values, in the order of the fields. of are the
// full values of the record, for the currency of amounts.
func (k *Kind) JSON(v, of Values) []byte {
	b := make([]byte, 0, 512)
	b = append(b, '{')
	for _, f := range k.All() {
		value, ok := v[f.Key]
		if !ok {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendText(b, f.Key)
		b = append(b, ':')
		b = f.append(b, value, of)
	}
	return append(b, '}')
}

// append writes one value.
func (f *Field) append(b []byte, value any, of Values) []byte {
	switch v := value.(type) {
	case nil:
		if f.Type == List {
			return append(b, "[]"...)
		}
		return append(b, "null"...)
	case string:
		return appendText(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case ID:
		return appendText(b, v.String())
	case int64:
		switch f.Type {
		case Instant:
			return appendInstant(b, v)
		case Money:
			return appendText(b, money.Format(v, of.String(f.Currency)))
		}
		return appendText(b, money.FormatPrice(v, f.Digits, of.String(f.Currency)))
	case []Values:
		b = append(b, '[')
		for i, row := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '{')
			for j := range f.Fields {
				if j > 0 {
					b = append(b, ',')
				}
				part := &f.Fields[j]
				b = appendText(b, part.Key)
				b = append(b, ':')
				b = part.append(b, row[part.Key], of)
			}
			b = append(b, '}')
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

// instantLayout is RFC 3339 in UTC with milliseconds.
const instantLayout = "2006-01-02T15:04:05.000Z"

// InstantText writes an instant as JSON has it.
func InstantText(ms int64) string { return time.UnixMilli(ms).UTC().Format(instantLayout) }

func appendInstant(b []byte, ms int64) []byte {
	b = append(b, '"')
	b = time.UnixMilli(ms).UTC().AppendFormat(b, instantLayout)
	return append(b, '"')
}

func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf || c == '<' || c == '>' || c == '&' {
			quoted, err := json.Marshal(text)
			if err != nil { // strings always marshal
				return append(b, "null"...)
			}
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

// Decode reads values that JSON wrote, as far as the kind still has the fields.
func (k *Kind) Decode(env Env, raw map[string]any) Values {
	v := Values{}
	for _, f := range k.All() {
		if value, err := f.decode(env, raw[f.Key], env.Currency); err == nil && value != nil {
			v[f.Key] = value
		}
	}
	return v
}

// Encode writes one value of a record as JSON has it.
func (k *Kind) Encode(key string, of Values) []byte {
	return k.Field(key).append(nil, of[key], of)
}
