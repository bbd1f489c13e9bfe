package transfer

import (
	"context"
	"errors"
	"io"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/kit/sheet"
)

// State is what a session knows.
type State struct {
	ID        string        `json:"id"`
	File      string        `json:"file"`
	Format    string        `json:"format"`
	Sheets    []sheet.Sheet `json:"sheets"`
	Sheet     string        `json:"sheet"`
	Encoding  string        `json:"encoding,omitempty"`
	Sure      bool          `json:"encodingSure,omitempty" doc:"false: show a preview and offer other encodings"`
	Delimiter string        `json:"delimiter,omitempty"`
	Header    int           `json:"header" doc:"row of the titles, 0 if there are none"`
	Rows      int           `json:"rows"`
	Kind      string        `json:"kind"`
	OnMatch   string        `json:"onMatch"`
	Match     []string      `json:"match"`
	Mapping   []Mapped      `json:"mapping"`
	Samples   []Sample      `json:"samples"`
	Questions []Question    `json:"questions"`
	Job       *Progress     `json:"job,omitempty" doc:"once it was started"`
}

// Sample is one of the first rows: its texts in the order of the mapping.
type Sample struct {
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
}

// Progress tells how far an import is.
type Progress struct {
	Done   int     `json:"done"`
	Total  int     `json:"total"`
	Over   bool    `json:"over"`
	Result *Result `json:"result,omitempty" doc:"once it is over"`
}

// shownRows is how many rows a preview shows.
const shownRows = 20

// State tells what the session knows, in a language. An import that broke off
// gives its fault beside what it had done.
func (s *Session) State(language string) (State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := State{
		ID: s.id, File: s.book.Name, Format: s.book.Format, Sheets: s.book.Sheets, Sheet: s.sheet, Encoding: s.book.Encoding, Sure: s.book.EncodingSure,
		Delimiter: s.book.Delimiter, Header: s.header.Row, Rows: len(s.rows), Kind: s.kind.Name, OnMatch: orElse(s.options.OnMatch, OnMatchUpdate),
		Match: []string{}, Mapping: s.mapping(), Samples: []Sample{}, Questions: append([]Question{}, s.asks...),
	}
	keys, _, err := s.keysOf(s.options)
	if err != nil {
		return st, err
	}
	for _, k := range keys {
		st.Match = append(st.Match, k.name)
	}
	for row, err := range s.each(0, min(len(s.rows), shownRows)) {
		if err != nil {
			return st, err
		}
		sample := Sample{Row: row.Number}
		for i := range s.heads {
			sample.Cells = append(sample.Cells, row.At(s.heads[i].number).Value)
		}
		st.Samples = append(st.Samples, sample)
	}
	if j := s.job; j != nil {
		st.Job = &Progress{Done: int(j.done.Load()), Total: j.total, Over: !j.running()}
		if st.Job.Over {
			result := s.result(language, j, MaxProblems)
			st.Job.Result = &result
			if j.err != nil && !errors.Is(j.err, context.Canceled) {
				result.Errors = append(result.Errors, Problem{Sheet: s.sheet, Problem: textOfFault(language, s.kind, fault.Of(j.err))})
			}
		}
	}
	return st, nil
}

func (s *Session) result(language string, j *job, listed int) Result {
	r := j.tally.result(language, s.sheet, s.kind, len(s.rows), listed)
	if j.tally.wrote {
		r.Batch = j.batch
	}
	return r
}

// Page picks what is told of a plan.
type Page struct {
	Action        Action // of the rows; of any if empty
	Offset, Limit int    // of the rows
	Problems      int    // how many errors are listed, and how many warnings
}

// Planned gives the result that an import would have, and some rows of the plan.
func (s *Session) Planned(ctx context.Context, language string, p Page) (Result, []PlanRow, error) {
	if err := s.Plan(ctx); err != nil {
		return Result{}, nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.plan == nil || s.plan.job.running() {
		return Result{}, nil, fault.Conflict("", "transfer.changedMeanwhile", nil)
	}
	rows, err := s.plan.rows(p.Action, p.Offset, p.Limit)
	return s.result(language, s.plan.job, p.Problems), rows, err
}

// Unanswered tells what an import that waits for answers would say: nothing happened
// to any row.
func (s *Session) Unanswered() Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return newTally().result(lang.Fallback, s.sheet, s.kind, len(s.rows), 0)
}

// FailedFile is WriteFailed's workbook, to be read once.
func (s *Session) FailedFile(ctx context.Context, language string) (*File, error) {
	return s.t.file(func(w io.Writer) error { return s.WriteFailed(ctx, language, w) })
}

// WriteFailed writes a workbook of the rows that failed: the user's own columns,
// and what is wrong with each row beside them. Corrected, it can be imported.
func (s *Session) WriteFailed(ctx context.Context, language string, w io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.job
	if j == nil && s.plan != nil {
		j = s.plan.job
	}
	if j == nil || j.running() {
		return fault.Conflict("", "transfer.notApplied", nil)
	}
	t := sheet.Table{Sheet: s.sheet, Program: "Kontor", Created: s.t.db.Now()}
	for i := range s.heads {
		t.Columns = append(t.Columns, sheet.Column{Title: s.heads[i].title, Type: sheet.Text})
	}
	t.Columns = append(t.Columns, sheet.Column{Title: lang.Text(language, "transfer.problem", nil), Type: sheet.Text})
	problems := j.tally.byRow()
	t.Rows = func(yield func([]sheet.Value, error) bool) {
		for _, index := range j.tally.failing {
			row, err := s.spool.row(index)
			if !yield(s.failedRow(language, row, problems[row.Number]), err) || err != nil {
				return
			}
		}
	}
	return sheet.WriteXLSX(ctx, w, t)
}

func (s *Session) failedRow(language string, row sheet.Row, problems []*problem) []sheet.Value {
	values := make([]sheet.Value, 0, len(s.heads)+1)
	text := ""
	for i := range s.heads {
		h := &s.heads[i]
		c := row.At(h.number)
		v := sheet.Value{Text: c.Value, Type: sheet.Text}
		switch c.Type {
		case sheet.Number, sheet.Date, sheet.DateTime, sheet.Bool:
			v.Type = c.Type
		}
		if c.Type == sheet.Number {
			v.Text = textOf(c)
			if v.Text != c.Value { // leading zeros
				v.Type = sheet.Text
			}
		}
		for _, p := range problems {
			v.Marked = v.Marked || p.place.column == s.columnName(h)
		}
		values = append(values, v)
	}
	for _, p := range problems {
		if text != "" {
			text += "\n"
		}
		if p.place.column != "" {
			text += p.place.column + ": "
		}
		text += textOfFault(language, s.kind, p.fault)
	}
	return append(values, sheet.Value{Text: text, Marked: true})
}
