package transfer

import (
	"maps"
	"slices"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

// Counts are of rows or records, each counted once.
type Counts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Skipped   int `json:"skipped"`
	Failed    int `json:"failed"`
}

func (c *Counts) add(a Action, n int) {
	switch a {
	case Created:
		c.Created += n
	case Updated:
		c.Updated += n
	case Unchanged:
		c.Unchanged += n
	case Skipped:
		c.Skipped += n
	case Failed:
		c.Failed += n
	}
}

// Problem says what is wrong with a cell or a row.
type Problem struct {
	Sheet   string `json:"sheet"`
	Row     int    `json:"row" doc:"as Excel shows it"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Problem string `json:"problem"`
}

// Result is what became of the rows, or would.
type Result struct {
	Batch record.ID `json:"batch" doc:"undo it to take the import back; empty when nothing was written"`
	Rows  int       `json:"rows"`
	Counts
	Records      map[string]Counts `json:"records" doc:"by kind"`
	Errors       []Problem         `json:"errors"`
	Warnings     []Problem         `json:"warnings"`
	More         int               `json:"more,omitempty" doc:"errors that are not listed"`
	MoreWarnings int               `json:"moreWarnings,omitempty" doc:"warnings that are not listed"`
}

// MaxProblems bounds what is kept of errors and of warnings.
const MaxProblems = 50_000

// tally adds up outcomes.
type tally struct {
	rows    Counts
	met     map[*record.Kind]map[any]Action
	failed  map[*record.Kind]int
	faults  problems
	notes   problems
	wrote   bool
	failing []int // rows of the spool that failed
}

func newTally() *tally {
	return &tally{met: map[*record.Kind]map[any]Action{}, failed: map[*record.Kind]int{}}
}

func (t *tally) add(o outcome) {
	t.rows.add(o.action, 1)
	if o.action == Failed {
		t.failing = append(t.failing, o.index)
	}
	for _, r := range o.records {
		if r.action == Failed {
			t.failed[r.kind]++
			continue
		}
		if r.action == Created || r.action == Updated {
			t.wrote = true
		}
		if t.met[r.kind] == nil {
			t.met[r.kind] = map[any]Action{}
		}
		var who any = r.met
		if r.id != 0 {
			who = r.id
		}
		t.met[r.kind][who] = stronger(t.met[r.kind][who], r.action)
	}
	t.faults.add(o.faults)
	t.notes.add(o.notes)
}

// sort puts what is told of rows into the order of the file: some have waited
// for others.
func (t *tally) sort() {
	for _, p := range []problems{t.faults, t.notes} {
		slices.SortStableFunc(p.list, func(a, b *problem) int { return a.row - b.row })
	}
	slices.Sort(t.failing)
}

// problems are the first ones, and how many there were.
type problems struct {
	list  []*problem
	count int
}

func (p *problems) add(more []*problem) {
	p.list = append(p.list, more[:min(len(more), MaxProblems-len(p.list))]...)
	p.count += len(more)
}

// result tells it in a language, with at most so many errors and as many
// warnings. Rows that were never reached were skipped.
func (t *tally) result(language, sheet string, kind *record.Kind, rows, listed int) Result {
	r := Result{Rows: rows, Counts: t.rows, Records: map[string]Counts{}}
	r.Skipped = rows - r.Created - r.Updated - r.Unchanged - r.Failed
	for k, met := range t.met {
		c := r.Records[k.Name]
		for _, a := range met {
			c.add(a, 1)
		}
		r.Records[k.Name] = c
	}
	for k, n := range t.failed {
		c := r.Records[k.Name]
		c.Failed += n
		r.Records[k.Name] = c
	}
	tell := func(p problems) (told []Problem, more int) {
		told = make([]Problem, min(listed, len(p.list)))
		for i, p := range p.list[:len(told)] {
			told[i] = Problem{sheet, p.row, p.place.column, p.place.value, textOfFault(language, kind, p.fault)}
		}
		return told, p.count - len(told)
	}
	r.Errors, r.More = tell(t.faults)
	r.Warnings, r.MoreWarnings = tell(t.notes)
	return r
}

// textOfFault says what is wrong, with fields by their titles.
func textOfFault(language string, kind *record.Kind, f *fault.Error) string {
	params := f.Params
	if key, ok := params["field"].(string); ok && kind.Field(key) != nil {
		params = maps.Clone(params)
		params["field"] = fieldTitle(language, kind, key)
	}
	return lang.Text(language, f.Key, params)
}

// byRow gathers what is wrong by the row's number.
func (t *tally) byRow() map[int][]*problem {
	rows := map[int][]*problem{}
	for _, p := range t.faults.list {
		rows[p.row] = append(rows[p.row], p)
	}
	return rows
}
