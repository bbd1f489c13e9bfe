package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

type priceCmd struct{}

func (priceCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		document, err := r.document()
		if err != nil {
			return err
		}
		var figures json.RawMessage
		if err := c.call(http.MethodPost, "/api/price", document, &figures); err != nil {
			return err
		}
		r.answer(figures, func() {
			var f struct{ Net, Tax, Gross, Payable string }
			_ = json.Unmarshal(figures, &f)
			fmt.Fprintf(r.Out, "%s\t%s\t%s\t%s\n", f.Net, f.Tax, f.Gross, f.Payable)
		})
		return nil
	})
}

// rawBody goes to the API as it is: what is wrong with it is for the API to say.
type rawBody []byte

// document reads the standard input.
func (r *run) document() (rawBody, error) { return io.ReadAll(r.In) }

type quoteCmd struct {
	New      quoteNewCmd      `cmd:"" help:"Make a quotation from a document on the standard input."`
	Show     quoteShowCmd     `cmd:"" help:"Show a quotation's document and figures."`
	Finalise quoteFinaliseCmd `cmd:"" aliases:"finalize" help:"Issue a quotation."`
	PDF      quotePDFCmd      `cmd:"" name:"pdf" help:"Write the paper of a quotation to a file."`
}

type issued struct {
	ID       string `json:"id"`
	Number   string `json:"number,omitempty"`
	Revision int64  `json:"revision,omitempty"`
}

type quoteNewCmd struct{}

func (quoteNewCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		document, err := r.document()
		if err != nil {
			return err
		}
		var made issued
		if err := c.call(http.MethodPost, "/api/quotations", document, &made); err != nil {
			return err
		}
		r.answer(map[string]string{"id": made.ID}, func() { fmt.Fprintln(r.Out, made.ID) })
		return nil
	})
}

type quoteShowCmd struct {
	ID string `arg:"" name:"id-or-number"`
}

func (cmd quoteShowCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var answer json.RawMessage
		if err := c.get("/api/quotations/"+url.PathEscape(cmd.ID), nil, &answer); err != nil {
			return err
		}
		r.answer(answer, func() { fmt.Fprintln(r.Out, string(answer)) })
		return nil
	})
}

// quotationID finds the id of a quotation that is named by its number.
func (c *client) quotationID(text string) (string, error) {
	var found issued
	err := c.get("/api/quotations/"+url.PathEscape(text), nil, &found)
	return found.ID, err
}

type quoteFinaliseCmd struct {
	ID string `arg:"" name:"id"`
}

func (cmd quoteFinaliseCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		id, err := c.quotationID(cmd.ID)
		if err != nil {
			return err
		}
		var done issued
		if err := c.call(http.MethodPost, "/api/quotations/"+id+"/finalise", map[string]any{}, &done); err != nil {
			return err
		}
		r.answer(done, func() { fmt.Fprintln(r.Out, done.Number) })
		return nil
	})
}

type quotePDFCmd struct {
	ID   string `arg:"" name:"id-or-number"`
	File string `arg:"" name:"file.pdf"`
}

func (cmd quotePDFCmd) Run(r *run) error {
	return r.download("/api/quotations/"+url.PathEscape(cmd.ID)+"/pdf", cmd.File)
}

// bytes gets an answer that is no JSON.
func (c *client) bytes(path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(c.r.ctx, http.MethodGet, "http://kontor"+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Language", c.r.language)
	answer, err := c.do(req)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	_, err = body.ReadFrom(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return nil, err
	}
	if answer.StatusCode >= 400 {
		return nil, remoteProblem(answer.StatusCode, body.Bytes())
	}
	return body.Bytes(), nil
}
