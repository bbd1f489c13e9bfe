package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/kit/fault"
	"kontor/storage"
)

// patience is how long a command waits for another one to finish with the
// workspace.
const patience = 15 * time.Second

// client calls the handler of a workspace, wherever it runs.
type client struct {
	r     *run
	do    func(*http.Request) (*http.Response, error)
	close func() error
}

// with calls fn with a client of the workspace and closes it afterwards.
func (r *run) with(fn func(c *client) error) error {
	c, err := r.connect()
	if err != nil {
		return err
	}
	return errors.Join(fn(c), c.close())
}

// connect goes through the door that has the workspace open, or opens it.
func (r *run) connect() (*client, error) {
	deadline := time.Now().Add(patience)
	for wait := 5 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		if c := r.throughDoor(); c != nil {
			return c, nil
		}
		a, err := app.Open(r.ctx, r.workspace, storage.Options{Version: r.Version})
		if err == nil {
			return r.alone(a), nil
		}
		if fault.Of(err).Key != "storage.inUse" || time.Now().After(deadline) {
			return nil, err
		}
		select { // another command is at work: it takes moments
		case <-r.ctx.Done():
			return nil, r.ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (r *run) throughDoor() *client {
	door, ok := storage.ReadDoor(r.workspace)
	if !ok || door.Socket == "" {
		return nil
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", door.Socket)
	}
	probe, err := dial(r.ctx, "", "")
	if err != nil {
		return nil // who wrote this is gone
	}
	_ = probe.Close()
	transport := &http.Transport{DialContext: dial}
	h := &http.Client{Transport: transport}
	return &client{r: r, do: h.Do, close: func() error {
		transport.CloseIdleConnections()
		return nil
	}}
}

func (r *run) alone(a *app.App) *client {
	log := app.OpenLog(r.workspace)
	handler := api.New(a).Owned()
	return &client{
		r: r,
		do: func(req *http.Request) (*http.Response, error) {
			answer := &memory{header: http.Header{}, status: http.StatusOK}
			handler.ServeHTTP(answer, req)
			return &http.Response{StatusCode: answer.status, Header: answer.header, Body: io.NopCloser(&answer.body)}, nil
		},
		close: func() error { return errors.Join(a.Close(), log.Close()) },
	}
}

// memory takes an answer in the same process.
type memory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (m *memory) Header() http.Header         { return m.header }
func (m *memory) WriteHeader(status int)      { m.status = status }
func (m *memory) Write(p []byte) (int, error) { return m.body.Write(p) }

// get reads an answer into out.
func (c *client) get(path string, query url.Values, out any) error {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return c.call(http.MethodGet, path, nil, out)
}

// call sends a JSON body and reads the answer into out; a problem comes back as
// a remoteFault.
func (c *client) call(method, path string, in, out any) error {
	var body io.Reader
	if raw, ok := in.(rawBody); ok {
		body = bytes.NewReader(raw)
	} else if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(c.r.ctx, method, "http://kontor"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", c.r.language)
	answer, err := c.do(req)
	if err != nil {
		return fmt.Errorf("call %s: %w", path, err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("call %s: %w", path, err)
	}
	if answer.StatusCode >= 400 {
		return remoteProblem(answer.StatusCode, data)
	}
	if out == nil || len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, out)
}

func remoteProblem(status int, data []byte) error {
	var p struct {
		Code   string    `json:"code"`
		Field  string    `json:"field"`
		Detail string    `json:"detail"`
		Errors []problem `json:"errors"`
	}
	if err := json.Unmarshal(data, &p); err != nil || p.Code == "" {
		return fmt.Errorf("answer %d: %.200s", status, data)
	}
	return &remoteFault{problem: problem{p.Code, p.Field, p.Detail}, parts: p.Errors}
}
