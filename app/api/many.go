package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

// manyJobs holds what changes many records in the background, and the outcomes of
// the last ones.
type manyJobs struct {
	api  *API
	mu   sync.Mutex
	jobs []*manyJob
}

// manyJob is one bulk change.
type manyJob struct {
	id     record.ID
	cancel context.CancelFunc
	over   chan struct{}
	total  int
	done   atomic.Int64
	ended  atomic.Bool   // by somebody who asked for it
	result record.Edited // readable once over, as are the next
	err    error
}

// Waiting for a bulk change: whoever starts one is answered at the latest after
// manyWait, and then asks how far it is.
const (
	manyWait = 2 * time.Second
	keptJobs = 20
)

func (a *API) many() {
	a.bulk = &manyJobs{api: a}
	m := a.bulk
	handle(a, operation{id: "change-records", method: http.MethodPost, path: "/api/records/{kind}/many", summary: "Change, tag or delete many records under one batch", maxBody: 4 << 20, job: true}, m.start)
	handle(a, operation{id: "get-bulk-change", method: http.MethodGet, path: "/api/many/{job}", summary: "How far a bulk change is"}, m.get)
	handle(a, operation{id: "cancel-bulk-change", method: http.MethodPost, path: "/api/many/{job}/cancel", summary: "Stop a bulk change; what is written stays and can be undone"}, m.stop)
	handle(a, operation{id: "delete-records", method: http.MethodPost, path: "/api/records/{kind}/delete", summary: "Put several records into the bin", job: true}, m.deleteMany)
}

// Many says which records a bulk change is about: those named, or all that a
// filter finds.
type Many struct {
	IDs    []record.ID `json:"ids,omitempty" maxItems:"100000"`
	Where  *string     `json:"where,omitempty" doc:"filter; an empty one takes all"`
	Q      string      `json:"q,omitempty" doc:"words that the title holds"`
	Except []record.ID `json:"except,omitempty" maxItems:"100000" doc:"of those that the filter finds"`
}

// ManyState is a bulk change as far as it is.
type ManyState struct {
	Job       record.ID     `json:"job"`
	Running   bool          `json:"running"`
	Cancelled bool          `json:"cancelled,omitempty" doc:"the rest was left alone"`
	Done      int           `json:"done"`
	Total     int           `json:"total"`
	Batch     record.ID     `json:"batch,omitempty" doc:"undo this"`
	Changed   int           `json:"changed"`
	Unchanged int           `json:"unchanged" doc:"were so already"`
	Failed    []ManyFailure `json:"failed"`
	More      int           `json:"moreFailed"`
}

// ManyFailure is a record that was left alone, and why.
type ManyFailure struct {
	ID      record.ID `json:"id"`
	Title   string    `json:"title"`
	Message string    `json:"message"`
}

type bulkOut struct{ Body ManyState }

func (m *manyJobs) start(ctx context.Context, in *struct {
	KindPath
	Body struct {
		Many
		Set    Values           `json:"set,omitempty"`
		Add    map[string][]any `json:"add,omitempty" doc:"rows that lists get unless they have them"`
		Remove map[string][]any `json:"remove,omitempty" doc:"rows that lists lose"`
		Delete bool             `json:"delete,omitempty"`
		DryRun bool             `json:"dryRun,omitempty" doc:"only say what would happen"`
	}
},
) (*bulkOut, error) {
	r := m.api.app.Records
	k, err := m.api.visible(in.Kind)
	if err != nil {
		return nil, err
	}
	edit := record.Edit{Set: in.Body.Set, Add: in.Body.Add, Remove: in.Body.Remove, Delete: in.Body.Delete}
	if err := r.CheckEdit(ctx, k, edit); err != nil {
		return nil, err
	}
	ids, err := m.api.chosen(ctx, k, in.Body.Many)
	if err != nil {
		return nil, err
	}
	return m.run(ctx, len(ids), func(ctx context.Context, tell func(int)) (record.Edited, error) {
		if in.Body.DryRun {
			return r.TryMany(ctx, m.api.app.DB.Reader(), k, ids, edit, tell)
		}
		return r.EditMany(ctx, m.api.app.DB, k, ids, edit, tell)
	})
}

// visible finds a kind that people change.
func (a *API) visible(name string) (*record.Kind, error) {
	k, err := a.app.Records.Kind(name)
	if err == nil && k.Hidden {
		err = fault.New(fault.CodeForbidden, "record.noKind", fault.Params{"kind": name})
	}
	return k, err
}

// chosen gives the ids of the records that a bulk change is about.
func (a *API) chosen(ctx context.Context, k *record.Kind, of Many) ([]record.ID, error) {
	if of.Where == nil && of.Q == "" {
		if len(of.IDs) == 0 {
			return nil, fault.Invalid("ids", "record.noneChosen", nil)
		}
		return of.IDs, nil
	}
	text := ""
	if of.Where != nil {
		text = *of.Where
	}
	where, err := record.ParseFilter(text)
	if err != nil {
		return nil, err
	}
	if of.Q != "" {
		words := record.Condition{Path: []string{k.TitleKey}, Op: "~", Values: []record.Literal{{Form: "text", Text: of.Q}}}
		if where == nil {
			where = words
		} else {
			where = record.And{words, where}
		}
	}
	ids, err := a.app.Records.EachID(ctx, a.app.DB.Reader(), k, record.Query{Where: where}, maxCount)
	if err != nil || len(of.Except) == 0 {
		return ids, err
	}
	except := make(map[record.ID]bool, len(of.Except))
	for _, id := range of.Except {
		except[id] = true
	}
	kept := ids[:0]
	for _, id := range ids {
		if !except[id] {
			kept = append(kept, id)
		}
	}
	return kept, nil
}

// run does work apart from whoever asked, who may leave, and waits a little for it.
func (m *manyJobs) run(ctx context.Context, total int, work func(ctx context.Context, tell func(int)) (record.Edited, error)) (*bulkOut, error) {
	apart, cancel := context.WithCancel(context.WithoutCancel(ctx))
	j := &manyJob{id: record.NewID(m.api.app.DB.Now()), cancel: cancel, over: make(chan struct{}), total: total}
	m.keep(j)
	go func() {
		defer close(j.over)
		defer cancel()
		defer func() {
			if p := recover(); p != nil {
				slog.Error("panic in a bulk change", "panic", p, "stack", string(debug.Stack()))
				j.err = fmt.Errorf("bulk change: panic: %v", p)
			}
		}()
		j.result, j.err = work(apart, func(done int) { j.done.Store(int64(done)) })
	}()
	return j.wait(ctx)
}

// keep remembers a job and forgets the oldest that are over.
func (m *manyJobs) keep(j *manyJob) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := 0; len(m.jobs) >= keptJobs && i < len(m.jobs); {
		select {
		case <-m.jobs[i].over:
			m.jobs = append(m.jobs[:i], m.jobs[i+1:]...)
		default:
			i++
		}
	}
	m.jobs = append(m.jobs, j)
}

func (m *manyJobs) find(id record.ID) (*manyJob, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, j := range m.jobs {
		if j.id == id {
			return j, nil
		}
	}
	return nil, fault.NotFound("record.noJob", nil)
}

// wait answers when the job is over, or with how far it is after a while.
func (j *manyJob) wait(ctx context.Context) (*bulkOut, error) {
	late := time.NewTimer(manyWait)
	defer late.Stop()
	select {
	case <-j.over:
	case <-late.C:
	case <-ctx.Done():
	}
	return j.state(ctx)
}

func (j *manyJob) state(ctx context.Context) (*bulkOut, error) {
	out := &bulkOut{ManyState{Job: j.id, Done: int(j.done.Load()), Total: j.total, Failed: []ManyFailure{}}}
	select {
	case <-j.over:
	default:
		out.Body.Running = true
		return out, nil
	}
	out.Body.Cancelled = j.err != nil && j.ended.Load()
	if j.err != nil && !out.Body.Cancelled {
		return nil, j.err
	}
	if j.result.Changed > 0 {
		out.Body.Batch = j.result.Batch
	}
	out.Body.Changed, out.Body.Unchanged, out.Body.More = j.result.Changed, j.result.Unchanged, j.result.More
	for _, f := range j.result.Failed {
		first := fault.Of(f.Err)
		out.Body.Failed = append(out.Body.Failed, ManyFailure{f.ID, f.Title, lang.Text(languageOf(ctx), first.Key, first.Params)})
	}
	return out, nil
}

// ManyPath names a bulk change.
type ManyPath struct {
	Job IDParam `path:"job"`
}

func (m *manyJobs) get(ctx context.Context, in *ManyPath) (*bulkOut, error) {
	j, err := m.find(in.Job.ID)
	if err != nil {
		return nil, err
	}
	return j.state(ctx)
}

func (m *manyJobs) stop(ctx context.Context, in *ManyPath) (*bulkOut, error) {
	j, err := m.find(in.Job.ID)
	if err != nil {
		return nil, err
	}
	j.ended.Store(true)
	j.cancel()
	return j.wait(ctx)
}

type manyOut struct {
	Body struct {
		Batch   record.ID `json:"batch,omitempty"`
		Changed int       `json:"changed"`
	}
}

// deleteMany puts records into the bin under one batch, in short transactions. The
// first that must stay ends it.
func (m *manyJobs) deleteMany(ctx context.Context, in *struct {
	KindPath
	Body struct {
		IDs []record.ID `json:"ids" maxItems:"10000"`
	}
},
) (*manyOut, error) {
	k, err := m.api.visible(in.Kind)
	if err != nil {
		return nil, err
	}
	done, err := m.api.app.Records.EditMany(ctx, m.api.app.DB, k, in.Body.IDs, record.Edit{Delete: true}, func(int) {})
	if err == nil && len(done.Failed) > 0 && done.Changed == 0 {
		err = done.Failed[0].Err
	}
	out := &manyOut{}
	out.Body.Batch, out.Body.Changed = done.Batch, done.Changed
	return out, err
}
