package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// download writes an answer that is a file.
func (r *run) download(path, file string) error {
	return r.with(func(c *client) error {
		content, err := c.bytes(path)
		if err != nil {
			return err
		}
		if file, err = filepath.Abs(file); err != nil {
			return err
		}
		if err := storage.WriteFile(file, content); err != nil {
			return err
		}
		r.answer(map[string]any{"file": file, "bytes": len(content)}, func() { fmt.Fprintln(r.Out, file) })
		return nil
	})
}

// handIn gives a file to an operation that counts what became of it. Some that
// failed are told by the exit status.
func (r *run) handIn(path, file string, keys ...string) error {
	return r.with(func(c *client) error {
		data, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			return fault.NotFound("storage.noBackup", fault.Params{"file": file})
		}
		if err != nil {
			return err
		}
		query := url.Values{"name": {filepath.Base(file)}}.Encode()
		req, err := http.NewRequestWithContext(r.ctx, http.MethodPost, "http://kontor"+path+"?"+query, bytes.NewReader(data))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/octet-stream")
		body, err := c.answered(req)
		if err != nil {
			return err
		}
		var values map[string]json.RawMessage
		if err := json.Unmarshal(body, &values); err != nil {
			return err
		}
		r.answer(json.RawMessage(body), func() { r.figures(values, keys) })
		if failed, ok := values["failed"]; ok && string(failed) != "0" {
			r.status = exitPartial
		}
		return nil
	})
}
