package mailsync_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// memorySink keeps what it is given and checks the promises made to a Sink: a
// batch is stored whole or not at all, and no UID is examined twice.
type memorySink struct {
	want  func(mailsync.Head) mailsync.Verdict // nil wants every body
	check func(mailsync.Batch) error           // may refuse a batch

	mu      sync.Mutex
	folders map[string]*heldFolder
	keys    map[string]bool // mails held, by key
	twice   []uint32
	batches int
	asked   int // mails Wanted was asked about
}

type heldFolder struct {
	validity uint32
	rows     map[uint32]mailsync.Examined
	cursor   *mailsync.Cursor
	resets   int
	gone     int
}

func newSink() *memorySink {
	return &memorySink{folders: map[string]*heldFolder{}, keys: map[string]bool{}}
}

func (s *memorySink) Folder(_ context.Context, folder mailsync.Folder) (mailsync.FolderState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.folders[folder.Name]
	if held == nil {
		return mailsync.FolderState{}, nil
	}
	var known []uint32
	for uid, row := range held.rows {
		if row.Outcome != mailsync.OutcomeFailed {
			known = append(known, uid)
		}
	}
	return mailsync.FolderState{UIDValidity: held.validity, Known: mailsync.NewUIDs(known...), Cursor: held.cursor}, nil
}

func (s *memorySink) Wanted(_ context.Context, _ mailsync.Folder, heads []mailsync.Head) ([]mailsync.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked += len(heads)
	verdicts := make([]mailsync.Verdict, len(heads))
	for i, head := range heads {
		switch {
		case s.keys[head.Key]:
			verdicts[i].Take = mailsync.TakeKnown
		case s.want == nil:
			verdicts[i].Take = mailsync.TakeBody
		default:
			verdicts[i] = s.want(head)
		}
	}
	return verdicts, nil
}

func (s *memorySink) Store(_ context.Context, batch mailsync.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.check != nil {
		if err := s.check(batch); err != nil {
			return err
		}
	}
	s.batches++
	held := s.folders[batch.Folder.Name]
	if held == nil {
		held = &heldFolder{rows: map[uint32]mailsync.Examined{}}
		s.folders[batch.Folder.Name] = held
	}
	if batch.Reset {
		held.rows, held.cursor = map[uint32]mailsync.Examined{}, nil
		held.resets++
	}
	held.validity = batch.Folder.UIDValidity
	for uid := range held.rows {
		if batch.Gone.Has(uid) {
			delete(held.rows, uid)
			held.gone++
		}
	}
	for _, e := range batch.Examined {
		if old, double := held.rows[e.UID]; double && old.Outcome != mailsync.OutcomeFailed {
			s.twice = append(s.twice, e.UID)
		}
		held.rows[e.UID] = e
		if e.Outcome == mailsync.OutcomeBody {
			s.keys[e.Key] = true
		}
	}
	if batch.Cursor != nil {
		held.cursor = batch.Cursor
	}
	return nil
}

// compare checks a folder whose mail i has UID i+1 against the truth.
func (s *memorySink) compare(t *testing.T, folder string, mails []mailtest.Mail) {
	t.Helper()
	held := s.folders[folder]
	if held == nil {
		t.Fatalf("%s was never stored", folder)
	}
	if len(s.twice) > 0 {
		t.Errorf("UIDs stored twice: %v", s.twice)
	}
	if len(held.rows) != len(mails) {
		t.Errorf("%d rows for %d mails", len(held.rows), len(mails))
	}
	for i, m := range mails {
		row, ok := held.rows[uint32(i+1)]
		if !ok {
			t.Errorf("mail %d is lost", i+1)
			continue
		}
		if row.Outcome == mailsync.OutcomeKnown {
			continue
		}
		if row.Outcome != mailsync.OutcomeBody {
			t.Errorf("mail %d (%s): %s %s", i+1, m.Kind, row.Outcome, row.Reason)
			continue
		}
		if row.Message.Header.MessageID != m.MessageID || row.Header.Key != row.Message.Header.Key {
			t.Errorf("mail %d: Message-ID %q, key %s, want %q, key %s", i+1,
				row.Message.Header.MessageID, row.Header.Key, m.MessageID, row.Message.Header.Key)
		}
		if m.Kind == "damaged" {
			continue
		}
		if row.Header.Subject != m.Subject {
			t.Errorf("mail %d: subject %q, want %q", i+1, row.Header.Subject, m.Subject)
		}
		if got := strings.Join(strings.Fields(row.Message.Text), " "); got != m.Text {
			at := 0
			for at < min(len(got), len(m.Text)) && got[at] == m.Text[at] {
				at++
			}
			t.Errorf("mail %d (%s, %s): text of %d bytes differs from %d at %d: %.60q, want %.60q", i+1, m.Charset,
				row.Message.Level, len(got), len(m.Text), at, got[at:], m.Text[at:])
		}
		var files []string
		for _, a := range row.Message.Attachments {
			files = append(files, a.Name)
		}
		if !slices.Equal(files, m.Files) {
			t.Errorf("mail %d: attachments %q, want %q", i+1, files, m.Files)
		}
		if !row.Header.Date.Equal(m.Date) {
			t.Errorf("mail %d: date %s, want %s", i+1, row.Header.Date, m.Date)
		}
	}
}

// outcomes counts the rows of a folder.
func (s *memorySink) outcomes(folder string) map[mailsync.Outcome]int {
	counts := map[mailsync.Outcome]int{}
	for _, row := range s.folders[folder].rows {
		counts[row.Outcome]++
	}
	return counts
}
