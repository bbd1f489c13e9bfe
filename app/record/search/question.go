package search

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// A question is what somebody typed into a search box: words, and filters such as
// kind:person or city:Hamburg. Kinds and fields go by their key or by what people
// call them in any of our languages; what names neither stays a word.
type question struct {
	words string
	kinds []*record.Kind // in which to look; nil: in all
	asked []asked
}

// asked is one filter, and the field that each kind means by it.
type asked struct {
	fields map[*record.Kind]*record.Field
	value  string
}

// pair is a filter: a value with blanks stands in quotes.
var pair = regexp.MustCompile(`(?:^|\s)(\pL[\pL\d.-]*):("[^"]*"|[^\s"/]\S*)`)

func (s *Search) question(text string) question {
	var q question
	q.words = pair.ReplaceAllStringFunc(text, func(found string) string {
		parts := pair.FindStringSubmatch(found)
		key, value := storage.Fold(parts[1]), strings.Trim(parts[2], `"`)
		if called(key, "record.searchKind", "kind") {
			kinds := s.kindsCalled(storage.Fold(value))
			if len(kinds) == 0 {
				return found
			}
			q.among(kinds)
			return " "
		}
		fields := s.fieldsCalled(key)
		if len(fields) == 0 {
			return found
		}
		var kinds []*record.Kind
		for k := range fields {
			kinds = append(kinds, k)
		}
		q.among(kinds)
		q.asked = append(q.asked, asked{fields, value})
		return " "
	})
	return q
}

func (q *question) among(kinds []*record.Kind) {
	if q.kinds == nil {
		q.kinds = slices.Clone(kinds)
		return
	}
	q.kinds = slices.DeleteFunc(q.kinds, func(k *record.Kind) bool { return !slices.Contains(kinds, k) })
}

// called reports whether a folded word is the name of something: what programs
// call it or what people do.
func called(word, key string, names ...string) bool {
	for _, language := range lang.Languages() {
		names = append(names, lang.Text(language, key, nil))
	}
	return slices.ContainsFunc(names, func(name string) bool { return storage.Fold(name) == word })
}

func (s *Search) kindsCalled(word string) []*record.Kind {
	var kinds []*record.Kind
	for _, k := range s.r.Kinds() {
		name := k.Module + ".kind." + k.Name
		if called(word, name+".one", k.Name) || called(word, name+".many") {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func (s *Search) fieldsCalled(word string) map[*record.Kind]*record.Field {
	fields := map[*record.Kind]*record.Field{}
	for _, k := range s.r.Kinds() {
		for _, f := range k.Shown() {
			if fields[k] == nil && called(word, k.Module+".field."+k.Name+"."+f.Key, f.Key, f.Label) {
				fields[k] = f
			}
		}
	}
	return fields
}

// filter is what a question asks of one kind.
func (q *question) filter(k *record.Kind) record.Filter {
	var all record.And
	for _, a := range q.asked {
		f := a.fields[k]
		c := record.Condition{Path: []string{f.Key}, Op: "=", Values: []record.Literal{{Form: "text", Text: a.value, At: 1}}, At: 1}
		switch f.Type {
		case record.Text, record.LongText, record.Email, record.Phone, record.URL, record.Link, record.List:
			c.Op = "^"
		case record.Choice:
			for _, option := range f.Options {
				if called(storage.Fold(a.value), k.Module+".option."+k.Name+"."+f.Key+"."+option) {
					c.Values[0].Text = option
				}
			}
		case record.Date, record.Instant:
			c.Values[0].Form = "date"
		case record.YesNo:
			c.Values[0].Form = "yesno"
		}
		all = append(all, c)
	}
	return all
}

// fitting keeps the numbers whose records fit a question's filters, in their
// order; without words to look for, it gives the records that were changed last.
func (s *Search) fitting(ctx context.Context, q storage.Queryer, ask question, numbers []int64, limit int) ([]int64, error) {
	ids, kindOf, err := s.recordsOf(ctx, q, numbers)
	if err != nil {
		return nil, err
	}
	var fit []record.ID
	for _, k := range ask.kinds {
		found, err := s.fittingOf(ctx, q, ask, k, kindOf[k.Name], limit)
		if wrong := (*fault.Error)(nil); errors.As(err, &wrong) && wrong.Code == fault.CodeInvalid {
			continue // the value is none of this kind's field
		}
		if err != nil {
			return nil, err
		}
		fit = append(fit, found...)
	}
	if len(storage.Terms(ask.words)) > 0 {
		kept := make(map[record.ID]bool, len(fit))
		for _, id := range fit {
			kept[id] = true
		}
		numbers = slices.DeleteFunc(numbers, func(n int64) bool { return !kept[ids[n]] })
		return numbers[:min(len(numbers), limit)], nil
	}
	return s.numbersOf(ctx, q, fit[:min(len(fit), limit)])
}

func (s *Search) fittingOf(ctx context.Context, q storage.Queryer, ask question, k *record.Kind, ids []record.ID, limit int) ([]record.ID, error) {
	if len(storage.Terms(ask.words)) > 0 {
		return s.r.Among(ctx, q, k, ask.filter(k), ids)
	}
	page, err := s.r.List(ctx, q, k, record.Query{Where: ask.filter(k), Sort: []string{"-updatedAt"}, Limit: limit})
	for _, rec := range page.Records {
		ids = append(ids, rec.ID)
	}
	return ids, err
}

// recordsOf tells which records stand behind numbers, and which of each kind.
func (s *Search) recordsOf(ctx context.Context, q storage.Queryer, numbers []int64) (map[int64]record.ID, map[string][]record.ID, error) {
	ids, ofKind := map[int64]record.ID{}, map[string][]record.ID{}
	for chunk := range slices.Chunk(numbers, listed) {
		var rows []struct {
			Number int64     `db:"number"`
			Record record.ID `db:"record_id"`
			Kind   string    `db:"kind"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, "SELECT number, record_id, kind FROM search_doc WHERE number IN ("+storage.Marks(1, len(chunk))+")", arguments(chunk)...)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			ids[row.Number] = row.Record
			ofKind[row.Kind] = append(ofKind[row.Kind], row.Record)
		}
	}
	return ids, ofKind, nil
}

// numbersOf gives the numbers of at most listed records, in their order.
func (s *Search) numbersOf(ctx context.Context, q storage.Queryer, ids []record.ID) ([]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []struct {
		Number int64     `db:"number"`
		Record record.ID `db:"record_id"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, "SELECT number, record_id FROM search_doc WHERE record_id IN ("+storage.Marks(1, len(ids))+")", arguments(ids)...)
	byRecord := map[record.ID]int64{}
	for _, row := range rows {
		byRecord[row.Record] = row.Number
	}
	var numbers []int64
	for _, id := range ids {
		if n, ok := byRecord[id]; ok {
			numbers = append(numbers, n)
		}
	}
	return numbers, err
}

// listed is how many values one IN list carries.
const listed = 500

func arguments[T ~int64](values []T) []any {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = int64(v)
	}
	return args
}
