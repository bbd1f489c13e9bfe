package transfer

import (
	"context"
	"math"
	"slices"
	"strings"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
)

// chooseMapping guesses the kind and what the columns fill, and lets what was
// asked for overrule it.
func (s *Session) chooseMapping(o Options) error {
	var err error
	if o.Kind != "" {
		if s.kind, err = s.t.kind(o.Kind); err != nil {
			return err
		}
		s.matches = guess(s.t.reg, s.kind, s.heads)
	} else if s.kind, s.matches = guessKind(s.t.reg, s.heads, s.sheet, s.book.Name); s.kind == nil {
		return fault.Invalid("kind", "transfer.noGuess", nil)
	}
	asked := map[int]bool{}
	for _, m := range o.Mapping {
		h := s.columnNamed(m.Column)
		if h == nil {
			return fault.Invalid("mapping", "transfer.noColumn", fault.Params{"column": record.Shorten(m.Column, 60)})
		}
		asked[h.number] = true
		s.matches = slices.DeleteFunc(s.matches, func(g match) bool { return g.head.number == h.number })
		if m.Field == "" {
			continue
		}
		t, err := s.targetNamed(m.Kind, m.Field)
		if err != nil {
			return err
		}
		for _, g := range s.matches {
			if g.target.same(t) && asked[g.head.number] {
				return fault.Invalid("mapping", "transfer.mappedTwice", fault.Params{"field": t.fieldName(), "first": s.columnName(g.head), "second": s.columnName(h)})
			}
		}
		s.matches = slices.DeleteFunc(s.matches, func(g match) bool { return g.target.same(t) })
		s.matches = append(s.matches, match{h, t, 1})
	}
	slices.SortFunc(s.matches, func(a, b match) int { return a.head.number - b.head.number })
	s.columns = nil
	for _, m := range s.matches {
		c := &column{target: m.target, number: m.head.number, head: s.columnName(m.head), options: map[string]string{}}
		if c.field != nil && c.whole() {
			for i := range c.field.Fields {
				if f := &c.field.Fields[i]; f.Type == record.Link && len(f.Targets) == 1 {
					if c.linked, err = s.t.reg.Kind(f.Targets[0]); err != nil {
						return err
					}
				}
			}
		}
		s.columns = append(s.columns, c)
	}
	return nil
}

// targetNamed reads a target; its kind may stand before the field: company.name.
func (s *Session) targetNamed(kind, field string) (*target, error) {
	if kind == "" {
		if first, rest, ok := strings.Cut(field, "."); ok && s.kind.Field(first) == nil || ok && links(s.t.reg, s.kind)[first] != nil {
			kind, field = first, rest
		}
	}
	return targetOf(s.t.reg, s.kind, kind, field)
}

func (t *target) same(o *target) bool {
	return t.kind == o.kind && t.id == o.id && t.list == o.list && t.slot == o.slot && (t.field == nil) == (o.field == nil) && (t.field == nil || t.field.Key == o.field.Key)
}

// chooseReadings weighs dates and numbers over all rows of their columns.
func (s *Session) chooseReadings(ctx context.Context, answers map[string]string) error {
	given := map[int]string{}
	for name, reading := range answers {
		h := s.columnNamed(name)
		if h == nil {
			return fault.Invalid("answers", "transfer.noColumn", fault.Params{"column": record.Shorten(name, 60)})
		}
		given[h.number] = reading
	}
	type weighed struct {
		c       *column
		dates   *sheet.Dates
		numbers *sheet.Numbers
	}
	var open []weighed
	for _, c := range s.columns {
		switch {
		case c.readsDates():
			open = append(open, weighed{c: c, dates: &sheet.Dates{}})
		case c.readsNumbers():
			open = append(open, weighed{c: c, numbers: &sheet.Numbers{}})
		}
	}
	s.asks = nil
	if len(open) == 0 {
		return nil
	}
	for row, err := range s.each(0, len(s.rows)) {
		if err != nil {
			return err
		}
		if row.Number%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, w := range open {
			cell := row.At(w.c.number)
			if w.dates != nil {
				w.dates.Add(row.Number, cell)
			} else {
				w.numbers.Add(row.Number, cell)
			}
		}
	}
	for _, w := range open {
		var reading sheet.Reading
		known := []string{sheet.Comma, sheet.Point}
		if w.dates != nil {
			reading, known = w.dates.Reading(), []string{sheet.DayMonthYear, sheet.MonthDayYear, sheet.YearMonthDay}
		} else {
			reading = w.numbers.Reading()
		}
		answer, answered := given[w.c.number]
		switch {
		case answered && !slices.Contains(known, answer):
			return fault.Invalid("answers", "transfer.badAnswer", fault.Params{"column": w.c.head, "text": record.Shorten(answer, 20), "options": strings.Join(known, ", ")})
		case answered:
			w.c.reading = answer
		case reading.InDoubt():
			s.asks = append(s.asks, Question{w.c.head, w.c.fieldName(), reading.Readings, reading.Evidence})
		case len(reading.Readings) == 1:
			w.c.reading = reading.Readings[0]
		}
	}
	return nil
}

// each streams rows of data by their place among them.
func (s *Session) each(from, to int) func(yield func(sheet.Row, error) bool) {
	return func(yield func(sheet.Row, error) bool) {
		if from >= to {
			return
		}
		i, next := int(s.rows[from]), from
		for row, err := range s.spool.rows(int(s.rows[from]), int(s.rows[to-1])+1) {
			if err != nil {
				yield(row, err)
				return
			}
			if i == int(s.rows[next]) {
				if next++; !yield(row, nil) {
					return
				}
			}
			i++
		}
	}
}

// keysOf are the keys by which rows meet stored records, and whether they were
// asked for. A key that no column fills is a mistake then.
func (s *Session) keysOf(o Options) ([]key, bool, error) {
	if len(o.Match) == 0 {
		return defaultKeys(s.kind), false, nil
	}
	keys := []key{}
	for _, name := range o.Match {
		k, err := parseKey(s.kind, name)
		if err != nil {
			return nil, false, err
		}
		for _, part := range k.parts {
			if !s.fills(part) {
				return nil, false, fault.Invalid("match", "transfer.keyWithoutColumn", fault.Params{"key": k.name})
			}
		}
		keys = append(keys, k)
	}
	return keys, true, nil
}

// fills reports whether a column fills a field of the main kind, or what its
// rules make it of.
func (s *Session) fills(name string) bool {
	f := s.kind.Field(name)
	for _, c := range s.columns {
		switch {
		case c.kind != s.kind:
		case c.id:
			if name == idField {
				return true
			}
		case c.path == name, name == s.kind.TitleKey && (c.path == "firstName" || c.path == "lastName"):
			return true
		case f != nil && c.list != nil && (f.Key == c.list.Key || strings.HasPrefix(f.Mirror, c.list.Key+".") && f.Mirror == c.list.Key+"."+c.field.Key):
			return true
		case f != nil && c.whole() && strings.HasPrefix(f.Mirror, c.field.Key+"."):
			return true
		}
	}
	return false
}

// mapping tells what every column fills, also those that fill nothing.
func (s *Session) mapping() []Mapped {
	all := make([]Mapped, 0, len(s.heads))
	for i := range s.heads {
		h := &s.heads[i]
		m := Mapped{Column: s.columnName(h)}
		for j, g := range s.matches {
			if g.head.number == h.number {
				m.Kind, m.Field, m.Reading = g.target.kindName(), g.target.fieldName(), s.columns[j].reading
				m.Confidence = math.Round(g.score*100) / 100
			}
		}
		all = append(all, m)
	}
	return all
}
