package transfer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
)

// Options say how a file is read and what becomes of it. What is empty is
// guessed.
type Options struct {
	Kind      string            `json:"kind,omitempty"`
	Sheet     string            `json:"sheet,omitempty"`
	Header    int               `json:"header,omitempty" doc:"row of the titles, as Excel shows it"`
	Encoding  string            `json:"encoding,omitempty"`
	Delimiter string            `json:"delimiter,omitempty"`
	Password  string            `json:"password,omitempty"`
	Match     []string          `json:"match,omitempty" doc:"keys by which stored records are met, in order, such as number, email, name+city"`
	OnMatch   string            `json:"onMatch,omitempty" enum:"update,fill,skip,create,"`
	Answers   map[string]string `json:"answers,omitempty" doc:"readings by column: dmy, mdy, ymd, comma, point"`
	Mapping   []Mapped          `json:"mapping,omitempty" doc:"columns that are mapped otherwise than guessed; an empty field leaves one out"`
}

// Mapped is a column and what it fills.
type Mapped struct {
	Column     string  `json:"column" doc:"title, with its letter where titles repeat"`
	Kind       string  `json:"kind"`
	Field      string  `json:"field" doc:"empty: not taken in"`
	Confidence float64 `json:"confidence"`
	Reading    string  `json:"reading,omitempty"`
}

// Question is what only a person can know of a column.
type Question struct {
	Column   string           `json:"column"`
	Field    string           `json:"field"`
	Readings []string         `json:"readings"`
	Evidence []sheet.Evidence `json:"evidence"`
}

// Session is one file on its way in.
type Session struct {
	t      *Transfer
	id     string
	dir    string
	path   string
	expiry *time.Timer

	mu      sync.Mutex // of all below; a run holds it only to tell
	options Options
	chosen  bool
	book    *sheet.Book
	sheet   string
	spool   *spool
	spooled string // what of the file the spool holds
	header  sheet.Header
	heads   []head
	rows    []int32 // of the spool, without header, repeats and totals
	kind    *record.Kind
	matches []match
	columns []*column
	asks    []Question
	plan    *planFile
	job     *job
	closed  bool
}

// Open takes a file in and guesses what it holds. The name is the user's.
func (t *Transfer) Open(ctx context.Context, name string, content []byte, o Options) (*Session, error) {
	if len(content) > MaxSize {
		return nil, fault.New(fault.CodeTooLarge, "sheet.tooLarge", fault.Params{"file": record.Shorten(name, 80), "limit": MaxSize >> 20})
	}
	s := &Session{t: t, id: random()}
	var err error
	if s.dir, err = t.folder(s.id); err != nil {
		return nil, err
	}
	// Faults name the file, so it keeps its name, in a folder of its own.
	if err := os.Mkdir(filepath.Join(s.dir, "file"), 0o700); err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	s.path = filepath.Join(s.dir, "file", fileName(name))
	if err := os.WriteFile(s.path, content, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("import: %w", err), os.RemoveAll(s.dir))
	}
	if err := s.Change(ctx, o); err != nil {
		return nil, errors.Join(err, s.close())
	}
	t.keep(s)
	return s, nil
}

// fileName keeps of a name what any file system takes.
func fileName(name string) string {
	name = record.Clean(name[strings.LastIndexAny(name, `/\`)+1:], false)
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	const longest = 120
	if ext := filepath.Ext(name); len(name) > longest {
		name = strings.ToValidUTF8(name[:longest-min(len(ext), 10)], "") + ext[:min(len(ext), 10)]
	}
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	return strings.TrimRight(name, ". ")
}

// ID names the session.
func (s *Session) ID() string { return s.id }

func (s *Session) close() error {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var err error
	if s.spool != nil {
		err = s.spool.close()
	}
	if s.plan != nil {
		err = errors.Join(err, s.plan.close())
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// with gives the options with what others say. Columns that were mapped or
// answered belong to the sheet, header and kind they were made for.
func (o Options) with(more Options) Options {
	was := o
	for _, p := range []struct{ to, from *string }{
		{&o.Kind, &more.Kind},
		{&o.Sheet, &more.Sheet},
		{&o.Encoding, &more.Encoding},
		{&o.Delimiter, &more.Delimiter},
		{&o.Password, &more.Password},
		{&o.OnMatch, &more.OnMatch},
	} {
		if *p.from != "" {
			*p.to = *p.from
		}
	}
	if more.Header != 0 {
		o.Header = more.Header
	}
	if o.Sheet != was.Sheet || o.Header != was.Header || o.Encoding != was.Encoding || o.Delimiter != was.Delimiter {
		o.Mapping, o.Answers, o.Match = nil, nil, nil
	}
	if o.Kind != was.Kind {
		o.Mapping, o.Match = nil, nil
	}
	if more.Match != nil {
		o.Match = more.Match
	}
	if more.Answers != nil {
		o.Answers = more.Answers
	}
	if more.Mapping != nil {
		o.Mapping = more.Mapping
	}
	return o
}

// Change takes options, those that are given, and guesses anew what they leave
// open. A running or finished import cannot be changed.
func (s *Session) Change(ctx context.Context, o Options) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.job != nil || s.closed {
		return fault.Conflict("", "transfer.applied", nil)
	}
	o = s.options.with(o)
	if !slices.Contains([]string{"", OnMatchUpdate, OnMatchFill, OnMatchSkip, OnMatchCreate}, o.OnMatch) {
		return fault.Invalid("onMatch", "transfer.onMatch", fault.Params{"text": record.Shorten(o.OnMatch, 40)})
	}
	if s.plan != nil {
		err := s.plan.close() // of other options, and it reads what changes now
		s.plan = nil
		if err != nil {
			return err
		}
	}
	if err := s.choose(ctx, o); err != nil {
		if s.chosen { // what was chosen before still holds
			_ = s.choose(ctx, s.options) // it was possible before
			return err
		}
		return err
	}
	s.options, s.chosen = o, true
	return nil
}

func (s *Session) choose(ctx context.Context, o Options) error {
	if err := s.read(ctx, o); err != nil {
		return err
	}
	if err := s.chooseHeader(o.Header); err != nil {
		return err
	}
	if err := s.chooseMapping(o); err != nil {
		return err
	}
	if err := s.chooseReadings(ctx, o.Answers); err != nil {
		return err
	}
	_, _, err := s.keysOf(o)
	return err
}

// read opens the file and spools the sheet, unless the spool has it already.
func (s *Session) read(ctx context.Context, o Options) error {
	want := strings.Join([]string{o.Sheet, o.Encoding, o.Delimiter, o.Password}, "\x00")
	if s.spool != nil && s.spooled == want {
		return nil
	}
	book, err := sheet.Open(ctx, s.path, sheet.Options{Password: o.Password, Encoding: o.Encoding, Delimiter: o.Delimiter})
	if err != nil {
		return err
	}
	name := o.Sheet
	if name == "" {
		if name, err = mainSheet(book); err != nil {
			return err
		}
	} else if _, err := book.Sheet(name); err != nil {
		return err
	}
	fresh, err := newSpool(filepath.Join(s.dir, "rows-"+random()))
	if err != nil {
		return err
	}
	for row, err := range book.Rows(ctx, name) {
		if err == nil {
			err = fresh.add(row)
		}
		if err != nil {
			return errors.Join(err, fresh.close())
		}
	}
	if err := fresh.done(); err != nil {
		return errors.Join(err, fresh.close())
	}
	if s.spool != nil {
		if err := errors.Join(s.spool.close(), os.Remove(s.spool.file.Name())); err != nil {
			return err
		}
	}
	s.book, s.sheet, s.spool, s.spooled = book, name, fresh, want
	return nil
}

// mainSheet is the one meant when nobody says: the longest that is not hidden.
func mainSheet(b *sheet.Book) (string, error) {
	best := -1
	for i, sh := range b.Sheets {
		if !sh.Hidden && (best < 0 || sh.Rows > b.Sheets[best].Rows) {
			best = i
		}
	}
	if best < 0 {
		return "", fault.Invalid("sheet", "sheet.noSheets", fault.Params{"file": b.Name})
	}
	return b.Sheets[best].Name, nil
}

// How many rows are looked at for the header, and for what columns hold.
const (
	headerRows = 100
	sampleRows = 200
)

// chooseHeader finds the titles, the rows below them, and some of their values.
func (s *Session) chooseHeader(number int) error {
	var first []sheet.Row
	s.header = sheet.Header{}
	for row, err := range s.spool.rows(0, min(s.spool.len(), headerRows)) {
		if err != nil {
			return err
		}
		first = append(first, row)
	}
	switch {
	case number > 0:
		if err := s.headerAt(number); err != nil {
			return err
		}
	case number == 0:
		s.header = sheet.GuessHeader(first)
	}
	s.rows = s.rows[:0]
	s.heads = nil
	byColumn := map[int]int{}
	for _, title := range s.header.Titles {
		byColumn[title.Column] = len(s.heads)
		s.heads = append(s.heads, head{number: title.Column, title: title.Text})
	}
	i := -1
	for row, err := range s.spool.rows(0, s.spool.len()) {
		if err != nil {
			return err
		}
		if i++; row.Number <= s.header.Row || row.Totals || s.header.Repeats(row) {
			continue
		}
		s.rows = append(s.rows, int32(i))
		for _, c := range row.Cells {
			if c.Blank() {
				continue
			}
			at, ok := byColumn[c.Column]
			if !ok { // values without a title
				at = len(s.heads)
				byColumn[c.Column] = at
				s.heads = append(s.heads, head{number: c.Column})
			}
			if h := &s.heads[at]; len(h.samples) < sampleRows {
				h.samples = append(h.samples, textOf(c))
			}
		}
	}
	slices.SortFunc(s.heads, func(a, b head) int { return a.number - b.number })
	return nil
}

func (s *Session) headerAt(number int) error {
	for row, err := range s.spool.rows(0, s.spool.len()) {
		if err != nil {
			return err
		}
		if row.Number == number {
			s.header = sheet.HeaderAt(row)
			return nil
		}
		if row.Number > number {
			break
		}
	}
	return fault.Invalid("header", "transfer.noHeader", fault.Params{"row": number})
}

// columnName is how a column is called: by its title, with its letter where
// titles repeat, by its letter alone where it has none.
func (s *Session) columnName(h *head) string {
	letter := sheet.ColumnName(h.number)
	if h.title == "" {
		return letter
	}
	for i := range s.heads {
		if o := &s.heads[i]; o.number != h.number && compact(o.title) == compact(h.title) {
			return h.title + " (" + letter + ")"
		}
	}
	return h.title
}

// columnNamed finds a column by its name, its title or its letter.
func (s *Session) columnNamed(name string) *head {
	for _, same := range []func(h *head) bool{
		func(h *head) bool { return s.columnName(h) == name },
		func(h *head) bool { return h.title != "" && compact(h.title) == compact(name) },
		func(h *head) bool { return strings.EqualFold(sheet.ColumnName(h.number), name) },
	} {
		for i := range s.heads {
			if same(&s.heads[i]) {
				return &s.heads[i]
			}
		}
	}
	return nil
}
