package mailsync

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"

	"kontor/app/kit/fault"
)

// Options say what to sync.
type Options struct {
	Scope Scope
	// Since leaves out mails that arrived on earlier days: they are recorded as
	// skipped without being fetched. Zero takes everything.
	Since time.Time
	// Full compares every folder mail by mail, even those whose figures say that
	// nothing changed. Once a day it mends what servers got wrong.
	Full     bool
	Limits   Limits
	Progress func(Progress) // may be nil; called after each stored batch
}

// Progress tells how far a folder is.
type Progress struct {
	Folder string
	Done   int // UIDs examined in this run
	Total  int // UIDs to examine in this run
}

// Sync brings the Sink up to date with the account. The error is the one that
// ended the run; faults of single folders stand in the Report.
func Sync(ctx context.Context, account Account, secret Secret, sink Sink, options Options) (Report, error) {
	run := &syncer{sink: sink, options: options, limits: options.Limits.withDefaults()}
	run.box = &mailbox{account: account, secret: secret, limits: run.limits}
	defer run.box.close()

	s, err := run.box.connected(ctx)
	if err != nil {
		return run.report, err
	}
	list, err := s.folders(ctx)
	if err != nil {
		return run.report, err
	}
	chosen, missing := choose(list, options.Scope)
	for _, name := range missing {
		run.report.Folders = append(run.report.Folders, FolderReport{
			Name: name, Err: fault.NotFound("mail.folderMissing", fault.Params{"folder": name}),
		})
	}
	for _, folder := range chosen {
		report, err := run.folder(ctx, folder)
		report.Err = err
		run.report.Folders = append(run.report.Folders, report)
		if err != nil && (ctx.Err() != nil || !run.usable()) {
			return run.report, err
		}
	}
	return run.report, nil
}

// Folders lists what an account has, for a person to choose from.
func Folders(ctx context.Context, account Account, secret Secret, limits Limits) ([]Folder, error) {
	box := &mailbox{account: account, secret: secret, limits: limits.withDefaults()}
	defer box.close()
	s, err := box.connected(ctx)
	if err != nil {
		return nil, err
	}
	return s.folders(ctx)
}

// syncer is one run over one account.
type syncer struct {
	sink    Sink
	options Options
	limits  Limits
	box     *mailbox
	report  Report
}

// usable reports that the next folder can still be tried after a fault in one:
// the connection stands.
func (r *syncer) usable() bool { return r.box.session != nil && r.box.session.alive() }

// folder syncs one folder; one that is renumbered meanwhile is begun again once.
func (r *syncer) folder(ctx context.Context, folder Folder) (FolderReport, error) {
	report, err := r.folderOnce(ctx, folder)
	if errors.Is(err, errMoved) {
		folder.counted = false
		report, err = r.folderOnce(ctx, folder)
	}
	if errors.Is(err, errMoved) {
		err = fault.Unavailable("mail.folderMoves", fault.Params{"folder": folder.Name}, err)
	}
	return report, err
}

func (r *syncer) folderOnce(ctx context.Context, folder Folder) (FolderReport, error) {
	report := FolderReport{Name: folder.Name, Role: folder.Role, Server: int(folder.Messages)}
	state, err := r.sink.Folder(ctx, folder)
	if err != nil {
		return report, err
	}
	if !r.options.Full && state.Cursor != nil {
		if !folder.counted {
			s, err := r.box.connected(ctx)
			if err == nil {
				err = s.status(ctx, &folder)
			}
			if err != nil {
				return report, err
			}
		}
		if unchanged(folder, state) {
			report.Server, report.Unchanged = int(folder.Messages), true
			return report, nil
		}
	}
	if err := r.box.open(ctx, folder.Name); err != nil {
		return report, err
	}
	folder.UIDValidity, folder.UIDNext, folder.Messages = r.box.validity, r.box.uidNext, r.box.messages

	pass := &pass{syncer: r, folder: folder, report: &report}
	if state.UIDValidity != 0 && state.UIDValidity != folder.UIDValidity {
		pass.reset, state = true, FolderState{}
	}
	if err := pass.run(ctx, state); err != nil {
		return report, err
	}
	return report, nil
}

// unchanged trusts the figures only if the server gives all of them.
func unchanged(folder Folder, state FolderState) bool {
	return folder.UIDValidity != 0 && folder.UIDValidity == state.UIDValidity &&
		folder.UIDNext != 0 && folder.UIDNext == state.Cursor.UIDNext &&
		folder.Messages == state.Cursor.Messages
}

// pass compares one opened folder with the Sink and brings the difference.
type pass struct {
	*syncer
	folder Folder
	report *FolderReport
	reset  bool // the first batch says so
	gone   UIDs // the first batch takes them along
	total  int
}

func (p *pass) run(ctx context.Context, state FolderState) error {
	listed, err := p.box.search(ctx, &imap.SearchCriteria{})
	if err != nil {
		return err
	}
	if count := listed.Count(); count > 2*int(p.folder.Messages)+10_000 {
		// A range that counts UIDs which do not exist would be fetched for hours.
		return fault.Unavailable("mail.serverConfused", p.box.params(), nil)
	}
	p.report.Server = listed.Count()
	p.gone = state.Known.Minus(listed)
	p.report.Gone = p.gone.Count()
	missing := listed.Minus(state.Known)
	p.total = missing.Count()

	if missing, err = p.beforeStart(ctx, missing); err != nil {
		return err
	}
	for len(missing) > 0 {
		window := missing.newest(p.limits.Headers)
		if err := p.window(ctx, window); err != nil {
			return err
		}
		missing = missing.Minus(NewUIDs(window...))
	}
	final := Batch{Folder: p.folder}
	if p.report.Failed == 0 && p.folder.UIDNext != 0 {
		// What the server said when the folder was opened: mail that came since
		// has a higher UIDNEXT and is seen next time.
		final.Cursor = &Cursor{UIDNext: p.folder.UIDNext, Messages: uint32(listed.Count())}
	}
	return p.store(ctx, final)
}

// beforeStart records what arrived before the start date without fetching it.
// Servers compare days without zones, so one day is left to the Sink's judgement.
func (p *pass) beforeStart(ctx context.Context, missing UIDs) (UIDs, error) {
	if p.options.Since.IsZero() || len(missing) == 0 {
		return missing, nil
	}
	old, err := p.box.search(ctx, &imap.SearchCriteria{Before: p.options.Since.UTC().AddDate(0, 0, -1)})
	if err != nil {
		return nil, err
	}
	old = old.Both(missing)
	rest := missing.Minus(old)
	for len(old) > 0 {
		some := old.newest(5 * p.limits.Headers)
		batch := Batch{Folder: p.folder}
		for _, uid := range some {
			batch.Examined = append(batch.Examined, Examined{
				Head: Head{UID: uid}, Outcome: OutcomeSkipped, Reason: ReasonBeforeStart,
			})
		}
		if err := p.store(ctx, batch); err != nil {
			return nil, err
		}
		old = old.Minus(NewUIDs(some...))
	}
	return rest, nil
}

// store hands a batch over, the first one with what changed about the folder.
func (p *pass) store(ctx context.Context, batch Batch) error {
	batch.Reset, batch.Gone = p.reset, p.gone
	if len(batch.Examined) == 0 && batch.Cursor == nil && !batch.Reset && len(batch.Gone) == 0 {
		return nil
	}
	if err := p.sink.Store(ctx, batch); err != nil {
		return err
	}
	p.reset, p.gone = false, nil
	p.report.add(batch)
	if p.options.Progress != nil {
		p.options.Progress(Progress{p.folder.Name, p.report.Examined, p.total})
	}
	return nil
}
