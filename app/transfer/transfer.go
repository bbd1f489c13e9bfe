package transfer

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// MaxSize bounds a file that is taken in.
const MaxSize = 200 << 20

// idle is how long a session is kept that nobody asks for.
const idle = time.Hour

// Transfer takes in and gives out spreadsheets of an open workspace.
type Transfer struct {
	db  *storage.DB
	reg *record.Registry

	mu       sync.Mutex
	sessions map[string]*Session
	clean    sync.Once
}

// New makes the two doors of a workspace.
func New(db *storage.DB, reg *record.Registry) *Transfer {
	return &Transfer{db: db, reg: reg, sessions: map[string]*Session{}}
}

// process names the folders of this process, so that those left over by another
// one, which must have ended since only one has the workspace, are known.
var process = sync.OnceValue(func() string { return random() })

func random() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}

// folder makes a place for one session's files in the workspace.
func (t *Transfer) folder(id string) (string, error) {
	root := filepath.Join(t.db.Dir, "imports")
	t.clean.Do(func() {
		old, err := os.ReadDir(root)
		if err != nil {
			return // there is none yet
		}
		for _, e := range old {
			if len(e.Name()) < len(process()) || e.Name()[:len(process())] != process() {
				_ = os.RemoveAll(filepath.Join(root, e.Name())) // tried again next time
			}
		}
	})
	dir := filepath.Join(root, process()+"-"+id)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("import: %w", err)
	}
	return dir, nil
}

// Session finds an open session.
func (t *Transfer) Session(id string) (*Session, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.sessions[id]
	if s == nil {
		return nil, fault.NotFound("transfer.noSession", nil)
	}
	s.expiry.Reset(idle)
	return s, nil
}

// Close ends a session: a running import stops after its transaction, and the
// file goes.
func (t *Transfer) Close(id string) error {
	t.mu.Lock()
	s := t.sessions[id]
	delete(t.sessions, id)
	t.mu.Unlock()
	if s == nil {
		return fault.NotFound("transfer.noSession", nil)
	}
	s.expiry.Stop()
	return s.close()
}

// keep gives a session a life of its own.
func (t *Transfer) keep(s *Session) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sessions[s.id] = s
	s.expiry = time.AfterFunc(idle, func() {
		if s.running() {
			s.expiry.Reset(idle)
			return
		}
		_ = t.Close(s.id) // somebody was quicker
	})
}

// kind finds a kind that spreadsheets can hold.
func (t *Transfer) kind(name string) (*record.Kind, error) {
	for _, k := range importable(t.reg) {
		if k.Name == name {
			return k, nil
		}
	}
	return nil, fault.Invalid("kind", "record.noKind", fault.Params{"kind": record.Shorten(name, 40)})
}

func (t *Transfer) env(ctx context.Context) record.Env { return t.reg.Env(ctx) }
