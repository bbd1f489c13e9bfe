package mailsync_test

import (
	"math/rand/v2"
	"net"
	"sync"
	"testing"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// cutter lets each of the next connections pass so many bytes to the client and
// cuts it then; connections beyond pass everything.
type cutter struct {
	mu   sync.Mutex
	next []int
}

func (c *cutter) plan(budgets []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = budgets
}

func (c *cutter) wrap(conn net.Conn) net.Conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.next) == 0 {
		return conn
	}
	budget := c.next[0]
	c.next = c.next[1:]
	return &cutConn{Conn: conn, left: budget}
}

type cutConn struct {
	net.Conn
	left int
}

func (c *cutConn) Write(p []byte) (int, error) {
	if len(p) <= c.left {
		c.left -= len(p)
		return c.Conn.Write(p)
	}
	n, _ := c.Conn.Write(p[:c.left])
	c.left = 0
	c.Conn.Close()
	return n, net.ErrClosed
}

// TestSync_cut cuts connections at random bytes: whatever is cut, after some runs
// each mail is there once, and the cursor is never ahead.
func TestSync_cut(t *testing.T) {
	seeds := 500
	if testing.Short() {
		seeds = 50
	}
	mails := mailtest.Mails(21, mailtest.Options{Count: 70, Files: .05})
	total := 0
	for _, m := range mails {
		total += len(m.Raw)
	}
	cut := &cutter{}
	server := mailtest.Serve(t, cut.wrap)
	server.Append(t, "INBOX", mails)
	a := account(server)
	runs := 0
	for seed := range uint64(seeds) {
		rng := rand.New(rand.NewPCG(seed, 0x637574))
		budgets := make([]int, 1+rng.IntN(6))
		for i := range budgets {
			budgets[i] = rng.IntN(total + total/4)
		}
		cut.plan(budgets)
		sink := newSink()
		sink.check = func(b mailsync.Batch) error {
			if held := sink.folders["INBOX"]; b.Cursor != nil && (held == nil || len(held.rows) != len(mails)) {
				t.Errorf("seed %d: the cursor is ahead of the rows", seed)
			}
			return nil
		}
		limits := mailsync.Limits{Headers: 20 + rng.IntN(60), Bodies: 1 + rng.IntN(30), WholeMail: int64(2000 + rng.IntN(40_000)), Chunk: 4096}
		for {
			runs++
			report, err := mailsync.Sync(t.Context(), a, password, sink, mailsync.Options{Scope: "INBOX", Limits: limits})
			if err == nil && len(report.Folders) == 1 && report.Folders[0].Err == nil {
				break
			}
		}
		sink.compare(t, "INBOX", mails)
		if t.Failed() {
			t.Fatalf("seed %d, cuts after %v bytes", seed, budgets)
		}
	}
	t.Logf("%d seeds, %d runs, %d bytes of mail", seeds, runs, total)
}
