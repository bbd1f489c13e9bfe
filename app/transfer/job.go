package transfer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/storage"
)

// job is a run in the background.
type job struct {
	cancel context.CancelFunc
	over   chan struct{}
	done   atomic.Int64
	total  int
	batch  record.ID
	tally  *tally
	err    error // readable once over
}

func (j *job) running() bool {
	if j == nil {
		return false
	}
	select {
	case <-j.over:
		return false
	default:
		return true
	}
}

// start runs work apart from whoever asked, who may leave.
func (s *Session) start(ctx context.Context, work func(ctx context.Context, j *job) error) *job {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	j := &job{cancel: cancel, over: make(chan struct{}), total: len(s.rows), tally: newTally()}
	go func() {
		defer close(j.over)
		defer cancel()
		defer func() {
			if p := recover(); p != nil {
				j.err = fmt.Errorf("import: panic: %v", p)
			}
		}()
		j.err = work(ctx, j)
	}()
	return j
}

func (s *Session) running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.job.running() || s.plan != nil && s.plan.job.running()
}

// stop ends what runs and waits for it.
func (s *Session) stop() {
	s.mu.Lock()
	jobs := []*job{s.job}
	if s.plan != nil {
		jobs = append(jobs, s.plan.job)
	}
	s.mu.Unlock()
	for _, j := range jobs {
		if j != nil {
			j.cancel()
			<-j.over
		}
	}
}

// Cancel stops a running import after the transaction it is in.
func (s *Session) Cancel() {
	s.mu.Lock()
	j := s.job
	s.mu.Unlock()
	if j != nil {
		j.cancel()
		<-j.over
	}
}

// newRun prepares a run over all rows.
func (s *Session) newRun(ctx context.Context, dry bool, j *job, done func(o outcome)) (*run, error) {
	keys, chosen, err := s.keysOf(s.options)
	if err != nil {
		return nil, err
	}
	r := &run{
		reg: s.t.reg, env: s.t.env(ctx), main: s.kind, columns: s.columns, keys: keys, chosen: chosen, onMatch: orElse(s.options.OnMatch, OnMatchUpdate),
		dry: dry, spool: s.spool, seen: map[uint64][]*meeting{}, byID: map[record.ID]*meeting{},
		done: func(o outcome) {
			j.tally.add(o)
			j.done.Add(1)
			if done != nil {
				done(o)
			}
		},
	}
	return r, s.lookAhead(ctx, r)
}

// ready refuses while questions are open.
func (s *Session) ready() error {
	if s.closed {
		return fault.NotFound("transfer.noSession", nil)
	}
	if len(s.columns) == 0 && len(s.rows) > 0 {
		return fault.Invalid("mapping", "transfer.noGuess", nil)
	}
	if len(s.asks) > 0 {
		return fault.Conflict("answers", "transfer.questions", fault.Params{"count": len(s.asks), "column": s.asks[0].Column})
	}
	return nil
}

// batchOf gathers the rows from..to of the data.
func (s *Session) batchOf(from, to int) (rows []sheet.Row, indexes []int, err error) {
	for row, err := range s.each(from, to) {
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
		indexes = append(indexes, int(s.rows[from+len(indexes)]))
	}
	return rows, indexes, nil
}

// planRows is how many rows a plan looks up at once.
const planRows = 500

// Plan finds out what an import would do, row by row, and writes nothing. It
// waits for the end.
func (s *Session) Plan(ctx context.Context) error {
	s.mu.Lock()
	if err := s.ready(); err != nil {
		s.mu.Unlock()
		return err
	}
	if s.plan == nil {
		p, err := newPlanFile(filepath.Join(s.dir, "plan-"+random()))
		if err != nil {
			s.mu.Unlock()
			return err
		}
		s.plan = p
		p.job = s.start(ctx, func(ctx context.Context, j *job) error {
			r, err := s.newRun(ctx, true, j, p.add)
			if err != nil {
				return err
			}
			err = s.stretches(ctx, func(rows []sheet.Row, indexes []int) error {
				return r.stretch(ctx, s.t.db.Reader(), nil, rows, indexes)
			})
			if err != nil {
				return err
			}
			err = r.rest(ctx, func(n int, do func(q storage.Queryer, tx *storage.Tx, from, to int) error) error {
				for from := 0; from < n; from += planRows {
					if err := ctx.Err(); err != nil {
						return err
					}
					if err := do(s.t.db.Reader(), nil, from, min(from+planRows, n)); err != nil {
						return err
					}
				}
				return nil
			})
			j.tally.sort()
			p.sort()
			return errors.Join(err, p.err)
		})
	}
	j := s.plan.job
	s.mu.Unlock()
	select {
	case <-j.over:
		return j.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Apply starts the import: under one batch with the file's name, in short
// transactions. Ask State how far it is.
func (s *Session) Apply(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.job != nil {
		return fault.Conflict("", "transfer.applied", nil)
	}
	if err := s.ready(); err != nil {
		return err
	}
	if s.plan != nil { // they would share the columns
		s.plan.job.cancel()
		<-s.plan.job.over
	}
	act := record.ActOf(ctx)
	act.Batch, act.Label = record.NewID(s.t.db.Now()), s.book.Name
	ctx = record.WithAct(ctx, act)
	s.job = s.start(ctx, func(ctx context.Context, j *job) error {
		j.batch = act.Batch
		r, err := s.newRun(ctx, false, j, nil)
		if err != nil {
			return err
		}
		err = record.InChunks(ctx, s.t.db, len(s.rows), func(tx *storage.Tx, from, to int) error {
			rows, indexes, err := s.batchOf(from, to)
			if err != nil {
				return err
			}
			return r.stretch(ctx, tx, tx, rows, indexes)
		})
		if err != nil {
			return err
		}
		err = r.rest(ctx, func(n int, do func(q storage.Queryer, tx *storage.Tx, from, to int) error) error {
			return record.InChunks(ctx, s.t.db, n, func(tx *storage.Tx, from, to int) error { return do(tx, tx, from, to) })
		})
		j.tally.sort()
		return err
	})
	return nil
}

// Wait waits for a started import.
func (s *Session) Wait(ctx context.Context) error {
	s.mu.Lock()
	j := s.job
	s.mu.Unlock()
	if j == nil {
		return nil
	}
	select {
	case <-j.over:
		return j.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// PlanRow is what would become of one row.
type PlanRow struct {
	Row     int          `json:"row"`
	Action  Action       `json:"action"`
	Records []PlanRecord `json:"records"`
}

// PlanRecord is one record of a row.
type PlanRecord struct {
	Kind   string    `json:"kind"`
	Action Action    `json:"action"`
	ID     record.ID `json:"id,omitempty"`
	Title  string    `json:"title,omitempty"`
	Fields []string  `json:"fields,omitempty" doc:"that change"`
}

// planFile keeps a plan beside the spool: one line of JSON a row.
type planFile struct {
	job   *job
	file  *os.File
	lines []planLine
	size  int64
	err   error
}

// planLine is where one row stands in the file.
type planLine struct {
	index  int // in the spool
	action Action
	at     int64
	length int
}

func newPlanFile(path string) (*planFile, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("plan: %w", err)
	}
	return &planFile{file: file}, nil
}

func (p *planFile) add(o outcome) {
	row := PlanRow{Row: o.row, Action: o.action, Records: []PlanRecord{}}
	for _, r := range o.records {
		row.Records = append(row.Records, PlanRecord{r.kind.Name, r.action, r.id, r.title, r.fields})
	}
	line, err := json.Marshal(row)
	if err == nil {
		_, err = p.file.WriteAt(line, p.size)
	}
	p.err = errors.Join(p.err, err)
	p.lines = append(p.lines, planLine{o.index, o.action, p.size, len(line)})
	p.size += int64(len(line))
}

// sort puts the rows into the order of the file: some have waited for others.
func (p *planFile) sort() {
	slices.SortFunc(p.lines, func(a, b planLine) int { return a.index - b.index })
}

func (p *planFile) close() error {
	p.job.cancel()
	<-p.job.over
	return errors.Join(p.file.Close(), os.Remove(p.file.Name()))
}

// rows reads rows of one action, or of any.
func (p *planFile) rows(action Action, offset, limit int) ([]PlanRow, error) {
	rows := []PlanRow{}
	for _, at := range p.lines {
		if action != "" && at.action != action {
			continue
		}
		if offset--; offset >= 0 {
			continue
		}
		if len(rows) == limit {
			break
		}
		line := make([]byte, at.length)
		if _, err := p.file.ReadAt(line, at.at); err != nil {
			return nil, fmt.Errorf("plan: %w", err)
		}
		var row PlanRow
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, fmt.Errorf("plan: %w", err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
