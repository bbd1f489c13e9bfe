package record

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"kontor/app/kit/fault"
)

// cursor is where a list stands: the sort values of a row and its id.
type cursor struct {
	Blank  bool  `json:"b,omitempty"` // among the rows whose first sort field is empty
	Values []any `json:"v"`
	ID     ID    `json:"i"`
}

func (l *list) cursor(r *Record) string {
	c := cursor{ID: r.ID}
	for i, s := range l.sorts {
		var v any
		switch {
		case s.key == "id":
			v = int64(r.ID)
		case s.key == "updatedAt":
			v = r.Updated
		case s.key == "deletedAt":
			if r.Deleted != 0 {
				v = r.Deleted
			}
		case s.field.textual():
			v = s.field.comparedText(l.env, r.Values.String(s.key))
		default:
			v = s.field.appendCells(nil, l.env, r.Values[s.key])[0]
		}
		if i == 0 && (v == nil || v == "") && s.field != nil {
			c.Blank = true
		}
		c.Values = append(c.Values, v)
	}
	data, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

func parseCursor(text string, sorts int) (*cursor, error) {
	refuse := fault.Invalid("after", "record.cursor", nil)
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, refuse
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	var c cursor
	if err := d.Decode(&c); err != nil || len(c.Values) != sorts || c.ID == 0 {
		return nil, refuse
	}
	for i, v := range c.Values {
		switch v := v.(type) {
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return nil, refuse
			}
			c.Values[i] = n
		case string, nil:
		default:
			return nil, refuse
		}
	}
	return &c, nil
}

// after adds the keyset condition: rows that come behind the cursor. Whether the
// first sort field is empty is the stretch's own condition; of the others blanks
// are the smallest.
func (w *where) after(l *list, from *cursor) {
	values := append(from.Values[:len(from.Values):len(from.Values)], int64(from.ID))
	var either []string
	var equal string
	for i, s := range l.keys() {
		if i == 0 && from.Blank {
			continue
		}
		op := ">"
		if s.down != l.backwards {
			op = "<"
		}
		if values[i] == nil {
			if op == ">" {
				either = append(either, equal+s.expr+" IS NOT NULL")
			}
			equal += s.expr + " IS NULL AND "
			continue
		}
		mark := w.arg(values[i])
		step := s.expr + " " + op + " " + mark
		switch {
		case i == 0:
			w.add(s.expr + " " + op + "= " + mark) // bounds the walk of the index
		case op == "<" && s.nullable():
			step = "(" + step + " OR " + s.expr + " IS NULL)"
		}
		either = append(either, equal+step)
		equal += s.expr + " = " + mark + " AND "
	}
	w.add("(" + strings.Join(either, " OR ") + ")")
}
