package sheet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"

	"kontor/app/kit/fault"
)

// child is the process that parses for one Open or one pass over rows. It is
// not used again: what a hostile file did to it ends with it.
type child struct {
	ctx      context.Context
	cmd      *exec.Cmd
	stdin    io.Closer
	frames   *frameReader
	stderr   tail
	file     string
	progress func(done, total int64)
	memory   int64
	stall    time.Duration
	stalled  atomic.Bool
	ended    bool
}

// start runs this program again with WorkerArg and tells it what to do.
func (b *Book) start(ctx context.Context, r request) (*child, error) {
	r.Path, r.Size = b.path, b.size
	r.Password, r.Fallback, r.Memory = b.options.Password, b.options.Fallback, b.options.Memory
	if r.Memory == 0 {
		r.Memory = DefaultMemory
	}
	c := &child{ctx: ctx, file: b.Name, progress: b.options.Progress, memory: r.Memory, stall: b.options.Stall}
	if c.stall == 0 {
		c.stall = DefaultStall
	}
	if err := c.run(r); err != nil {
		return nil, fault.Unavailable("sheet.worker", fault.Params{"file": b.Name}, err)
	}
	return c, nil
}

func (c *child) run(r request) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c.cmd = exec.CommandContext(c.ctx, self, WorkerArg)
	c.cmd.Stderr = &c.stderr
	stdin, err := c.cmd.StdinPipe()
	if err != nil {
		return err
	}
	c.stdin = stdin
	stdout, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.frames = newFrameReader(stdout)
	if err := c.cmd.Start(); err != nil {
		return err
	}
	if err := json.NewEncoder(stdin).Encode(r); err != nil {
		c.stop()
		return err
	}
	return nil
}

// next gives the next frame of a book, a row or the end. Time counts only while
// the child is waited for: a caller may take as long as it likes between rows.
func (c *child) next() (kind byte, payload string, err error) {
	limit := time.AfterFunc(c.stall, func() {
		c.stalled.Store(true)
		c.cmd.Process.Kill()
	})
	defer limit.Stop()
	for {
		kind, payload, err = c.frames.next()
		switch {
		case err != nil:
			return 0, "", c.died(err)
		case kind == frameFault:
			return 0, "", fromWire(payload)
		case kind == frameProgress:
			limit.Reset(c.stall)
			if c.progress != nil {
				c.progress(progressOf(payload))
			}
		default:
			return kind, payload, nil
		}
	}
}

// died explains an answer that broke off.
func (c *child) died(err error) error {
	c.stop()
	params := fault.Params{"file": c.file}
	cause := fmt.Errorf("%w: %s: %s", err, c.cmd.ProcessState, c.stderr.text)
	switch {
	case c.ctx.Err() != nil:
		return c.ctx.Err()
	case c.stalled.Load():
		params["seconds"] = int(c.stall.Seconds())
		return fault.Unavailable("sheet.stalled", params, cause).At("file")
	case c.cmd.ProcessState.ExitCode() == exitMemory:
		params["limit"] = int(c.memory >> 20)
		return fault.New(fault.CodeTooLarge, "sheet.memory", params).At("file").Because(cause)
	}
	return fault.Invalid("file", "sheet.crashed", params).Because(cause)
}

// stop ends the child whatever it is doing, and waits until it is gone.
func (c *child) stop() {
	if c.ended {
		return
	}
	c.ended = true
	if err := c.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		c.stdin.Close() // the child also ends when its standard input does
	}
	c.cmd.Wait() // says only how it ended, which ProcessState keeps
	c.stdin.Close()
}

// tail keeps the end of what the child says before it dies.
type tail struct{ text []byte }

const tailSize = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if extra := len(t.text) - tailSize; extra > 0 {
		t.text = append(t.text[:0], t.text[extra:]...)
	}
	return len(p), nil
}
