package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// Hit is one found record. In the snippet, found words stand between the
// characters U+0002 and U+0003.
type Hit struct {
	Kind     string    `json:"kind"`
	ID       record.ID `json:"id"`
	Title    string    `json:"title"`
	Subtitle string    `json:"subtitle,omitempty"`
	Snippet  string    `json:"snippet,omitempty"`
}

// Limits of one search.
const (
	newest     = 2000 // hits of an index that are looked at
	titleFirst = 50   // records whose title begins with the words
)

// Find gives the records that hold all words, best first: those whose title is
// the words or begins with them, then those that have them in a name, then
// those that mention them; in each group the newest first. Filters among the
// words, such as kind:person or city:Hamburg, keep only what fits them.
func (s *Search) Find(ctx context.Context, q storage.Queryer, text, kind string, limit int) ([]Hit, error) {
	ask := s.question(text)
	filtered, most := ask.kinds != nil, limit
	if k, err := s.r.Kind(kind); filtered && err == nil {
		ask.among([]*record.Kind{k})
	}
	if filtered {
		most = newest
	}
	if len(ask.kinds) == 1 {
		kind = ask.kinds[0].Name
	}
	terms := storage.Terms(ask.words)
	var numbers []int64
	var err error
	if len(terms) > 0 {
		numbers, err = s.ranked(ctx, q, ask.words, terms, kind, most)
	}
	if filtered && err == nil {
		numbers, err = s.fitting(ctx, q, ask, numbers, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return s.hits(ctx, q, numbers, terms)
}

// phoneQuery recognises a telephone number, digits with nothing but what stands
// between digits, and gives it in one run as it is kept: without the prefixes.
func phoneQuery(text string) string {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(" +-/().", r):
		default:
			return ""
		}
	}
	if digits < minDigits {
		return ""
	}
	return dialled(text)[0]
}

func (s *Search) ranked(ctx context.Context, q storage.Queryer, text string, terms []string, kind string, limit int) ([]int64, error) {
	numbers, err := s.titled(ctx, q, storage.Fold(text), kind, min(limit, titleFirst))
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, n := range numbers {
		seen[n] = true
	}
	look := func(index storage.FullText, terms []string) error {
		if len(numbers) >= limit {
			return nil
		}
		found, err := index.Find(ctx, q, terms, newest)
		if err != nil {
			return err
		}
		if kind != "" {
			if found, err = ofKind(ctx, q, found, kind); err != nil {
				return err
			}
		}
		for _, n := range found {
			if !seen[n] {
				seen[n] = true
				numbers = append(numbers, n)
			}
		}
		return nil
	}
	if err := look(names, terms); err != nil {
		return nil, err
	}
	// Digits may also be a postcode or a customer number: both were asked.
	if number := phoneQuery(text); number != "" {
		if err := look(names, []string{number}); err != nil {
			return nil, err
		}
	}
	if err := look(texts, terms); err != nil {
		return nil, err
	}
	return numbers[:min(len(numbers), limit)], nil
}

// titled finds the records whose title begins with a text: an exact title sorts
// before those that go on, the newest of equals first.
func (s *Search) titled(ctx context.Context, q storage.Queryer, key, kind string, limit int) ([]int64, error) {
	args := []any{key, storage.PrefixEnd(key)}
	query := "SELECT number FROM search_doc WHERE title_key >= $1 AND title_key < $2 AND title_key > ''"
	if kind != "" {
		query += " AND kind = $3"
		args = append(args, kind)
	}
	var numbers []int64
	err := sqlx.SelectContext(ctx, q, &numbers, query+fmt.Sprintf(" ORDER BY title_key, number DESC LIMIT %d", limit), args...)
	return numbers, err
}

// ofKind keeps the numbers of one kind, in their order.
func ofKind(ctx context.Context, q storage.Queryer, numbers []int64, kind string) ([]int64, error) {
	kept := map[int64]bool{}
	for chunk := range slices.Chunk(numbers, 500) {
		args := []any{kind}
		for _, n := range chunk {
			args = append(args, n)
		}
		var found []int64
		err := sqlx.SelectContext(ctx, q, &found, "SELECT number FROM search_doc WHERE kind = $1 AND number IN ("+storage.Marks(2, len(chunk))+")", args...)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			kept[n] = true
		}
	}
	return slices.DeleteFunc(numbers, func(n int64) bool { return !kept[n] }), nil
}

func (s *Search) hits(ctx context.Context, q storage.Queryer, numbers []int64, terms []string) ([]Hit, error) {
	hits := make([]Hit, 0, len(numbers))
	if len(numbers) == 0 {
		return hits, nil
	}
	args := make([]any, len(numbers))
	for i, n := range numbers {
		args[i] = n
	}
	type doc struct {
		Number   int64     `db:"number"`
		Record   record.ID `db:"record_id"`
		Kind     string    `db:"kind"`
		Title    string    `db:"title"`
		Subtitle string    `db:"subtitle"`
	}
	var docs []doc
	err := sqlx.SelectContext(ctx, q, &docs, "SELECT number, record_id, kind, title, subtitle FROM search_doc WHERE number IN ("+storage.Marks(1, len(args))+")", args...)
	if err != nil {
		return nil, err
	}
	byNumber := map[int64]doc{}
	ids := map[string][]record.ID{}
	for _, d := range docs {
		byNumber[d.Number] = d
		ids[d.Kind] = append(ids[d.Kind], d.Record)
	}
	snippets, err := s.snippets(ctx, q, ids, terms)
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		if d, ok := byNumber[n]; ok {
			if k, err := s.r.Kind(d.Kind); err == nil { // words that were kept with their marks
				d.Title = k.TitleOf(d.Title)
			}
			hits = append(hits, Hit{d.Kind, d.Record, d.Title, d.Subtitle, snippets[d.Record]})
		}
	}
	return hits, nil
}

// snippets reads the found records, kind by kind, for the places of the words.
func (s *Search) snippets(ctx context.Context, q storage.Queryer, ids map[string][]record.ID, terms []string) (map[record.ID]string, error) {
	found := map[record.ID]string{}
	if len(terms) == 0 {
		return found, nil
	}
	for kind, list := range ids {
		k, err := s.r.Kind(kind)
		if err != nil {
			continue // its module is gone
		}
		records, err := k.Load(ctx, q, list...)
		if err != nil {
			return nil, err
		}
		for _, rec := range records {
			found[rec.ID] = snippet(rec, terms)
		}
	}
	return found, nil
}

// Recent gives the records that were changed last, for a search box that is
// still empty.
func (s *Search) Recent(ctx context.Context, q storage.Queryer, limit int) ([]Hit, error) {
	var recent []record.ID
	err := sqlx.SelectContext(ctx, q, &recent, `SELECT record_id FROM (SELECT record_id, max(id) AS last FROM (SELECT record_id, id FROM history_change ORDER BY id DESC LIMIT 500) AS latest GROUP BY record_id) AS records ORDER BY last DESC`)
	if err != nil {
		return nil, fmt.Errorf("recent: %w", err)
	}
	var numbers []int64
	for _, id := range recent {
		var number int64
		err := sqlx.GetContext(ctx, q, &number, "SELECT number FROM search_doc WHERE record_id = $1 AND title_key > ''", int64(id))
		if storage.NoRows(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("recent: %w", err)
		}
		if numbers = append(numbers, number); len(numbers) == limit {
			break
		}
	}
	return s.hits(ctx, q, numbers, nil)
}

// snippetLength is how many characters of a text a hit shows.
const snippetLength = 140

// snippet cuts the place out of a record where a word was found, if that is not
// its title.
func snippet(r *record.Record, terms []string) string {
	var best string
	look := func(f *record.Field, v record.Values) {
		text, ok := v[f.Key].(string)
		if f.Own && v[f.Key] != nil {
			text, ok = f.Text(record.Env{}, v), true
		}
		if ok && best == "" && f.Key != r.Kind.TitleKey && f.Mirror == "" && f.Find != record.NotFound {
			best = mark(plain(f, text), terms)
		}
	}
	if f := r.Kind.Field(r.Kind.TitleKey); f.Find == record.InText {
		best = mark(plain(f, r.Values.String(f.Key)), terms)
	}
	for _, f := range r.Kind.All() {
		look(f, r.Values)
		for _, row := range r.Values.Rows(f.Key) {
			for j := range f.Fields {
				look(&f.Fields[j], row)
			}
		}
	}
	return best
}

// plain is a field's text as it is read.
func plain(f *record.Field, text string) string {
	if f.Marks {
		return record.Plain(text)
	}
	return text
}

// mark cuts text round the first found word and marks the found ones; empty
// when none is there.
func mark(text string, terms []string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	type span struct{ from, to int }
	var found []span
	for i := 0; i < len(runes) && (len(found) == 0 || i < found[0].from+snippetLength); {
		if !unicode.IsLetter(runes[i]) && !unicode.IsDigit(runes[i]) {
			i++
			continue
		}
		j := i
		for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]) || unicode.Is(unicode.Mn, runes[j])) {
			j++
		}
		word := storage.Fold(string(runes[i:j]))
		if slices.ContainsFunc(terms, func(term string) bool {
			return strings.HasPrefix(word, term) || unspaced(term) && strings.Contains(word, term)
		}) {
			found = append(found, span{i, j})
		}
		i = j
	}
	if len(found) == 0 {
		return ""
	}
	from := max(0, found[0].from-snippetLength/3)
	to := min(len(runes), from+snippetLength)
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	for i, at := 0, from; at < to; at++ {
		for i < len(found) && found[i].to <= at {
			i++
		}
		if i < len(found) && found[i].from == at {
			b.WriteRune('\x02')
		}
		b.WriteRune(runes[at])
		if i < len(found) && (found[i].to == at+1 || at+1 == to && found[i].from <= at) {
			b.WriteRune('\x03')
		}
	}
	if to < len(runes) {
		b.WriteString("…")
	}
	return b.String()
}

// unspaced reports whether a term is of a script that writes words without
// blanks between them.
func unspaced(term string) bool {
	return strings.ContainsFunc(term, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

// Check compares the index with the records: a fault for each kind whose records
// are not all known, or known too often.
func (s *Search) Check(ctx context.Context, q storage.Queryer) ([]*fault.Error, error) {
	var problems []*fault.Error
	for _, k := range s.r.Kinds() {
		var missing, left int
		if err := sqlx.GetContext(ctx, q, &missing, "SELECT count(*) FROM "+k.Table+" WHERE deleted_at IS NULL AND id NOT IN (SELECT record_id FROM search_doc)"); err != nil {
			return nil, fmt.Errorf("check search: %w", err)
		}
		if err := sqlx.GetContext(ctx, q, &left, "SELECT count(*) FROM search_doc WHERE kind = $1 AND record_id NOT IN (SELECT id FROM "+k.Table+" WHERE deleted_at IS NULL)", k.Name); err != nil {
			return nil, fmt.Errorf("check search: %w", err)
		}
		if missing+left > 0 {
			kind := lang.Name{Key: k.Module + ".kind." + k.Name + ".many", Otherwise: k.Name}
			problems = append(problems, fault.New(fault.CodeConflict, "record.searchAstray", fault.Params{"kind": kind, "missing": missing, "left": left}))
		}
	}
	return problems, nil
}
