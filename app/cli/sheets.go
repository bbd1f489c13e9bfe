package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/storage"
)

type importCmd struct {
	File      string   `arg:"" help:"An .xlsx or .csv file."`
	Kind      string   `help:"Kind of the records, such as company; guessed by default."`
	Sheet     string   `help:"Sheet of the workbook." placeholder:"NAME"`
	Header    int      `help:"Row of the titles; -1 is none." placeholder:"ROW"`
	Encoding  string   `help:"Of a text file, such as windows-1252." placeholder:"NAME"`
	Delimiter string   `help:"Of a text file, such as ;." placeholder:"CHAR"`
	Map       string   `help:"Which column fills which field, as JSON." placeholder:"FILE.json"`
	Match     string   `help:"By which fields stored records are recognised, such as number,email or name+city." placeholder:"KEY,…"`
	OnMatch   string   `help:"What then happens: update, fill, skip or create." enum:",update,fill,skip,create" default:"" placeholder:"WHAT"`
	Answer    []string `help:"How a column reads: dmy, mdy, ymd, comma or point." placeholder:"COLUMN=READING" sep:"none"`
	DryRun    bool     `help:"Only say what would happen."`
	Failed    string   `help:"Write the rows that fail into this workbook, with the reasons." placeholder:"OUT.xlsx"`
}

// importState is what a session answers, as far as it is needed here.
type importState struct {
	ID        string            `json:"id"`
	Rows      int               `json:"rows"`
	Mapping   []json.RawMessage `json:"mapping"`
	Questions []importQuestion  `json:"questions"`
	Job       *struct {
		Done, Total int
		Over        bool
		Result      *importResult
	} `json:"job"`
}

type importQuestion struct {
	Column   string           `json:"column"`
	Field    string           `json:"field"`
	Readings []string         `json:"readings"`
	Evidence []importEvidence `json:"evidence"`
}

type importEvidence struct {
	Row     int    `json:"row"`
	Value   string `json:"value"`
	Reading string `json:"reading"`
	Result  string `json:"result"`
}

// importResult is the document that an import prints.
type importResult struct {
	Batch        *string                    `json:"batch"`
	Rows         int                        `json:"rows"`
	Created      int                        `json:"created"`
	Updated      int                        `json:"updated"`
	Unchanged    int                        `json:"unchanged"`
	Skipped      int                        `json:"skipped"`
	Failed       int                        `json:"failed"`
	Records      map[string]json.RawMessage `json:"records"`
	Errors       []importProblem            `json:"errors"`
	Warnings     []importProblem            `json:"warnings"`
	More         int                        `json:"more,omitempty"`
	MoreWarnings int                        `json:"moreWarnings,omitempty"`
	Questions    []importQuestion           `json:"questions"`
	Mapping      []json.RawMessage          `json:"mapping,omitempty"`
	Plan         *[]json.RawMessage         `json:"plan,omitempty"`
}

type importProblem struct {
	Sheet   string `json:"sheet"`
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Problem string `json:"problem"`
}

func (cmd importCmd) Run(r *run) error {
	options, err := cmd.options()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(cmd.File)
	if err != nil {
		return unreadable(cmd.File, err)
	}
	return r.with(func(c *client) (err error) {
		session, err := cmd.open(c, data)
		if err != nil {
			return err
		}
		// The session is closed even when the user has had enough.
		path := "/api/imports/" + url.PathEscape(session.ID)
		defer func() { err = errors.Join(err, c.detached().call(http.MethodDelete, path, nil, nil)) }()
		if len(options) > 0 {
			if err := c.call(http.MethodPatch, path, options, &session); err != nil {
				return err
			}
		}
		result, err := cmd.do(c, path, session)
		if err != nil {
			return err
		}
		if result.Failed > 0 || len(result.Questions) > 0 || len(result.Errors) > 0 || r.ctx.Err() != nil {
			r.status = exitPartial
		}
		if cmd.Failed != "" && result.Failed > 0 {
			if err := c.download(path+"/failed", cmd.Failed); err != nil {
				return err
			}
		}
		r.answer(result, func() { cmd.tell(r, result) })
		return nil
	})
}

// do plans or applies, unless questions are open.
func (cmd importCmd) do(c *client, path string, session importState) (importResult, error) {
	if len(session.Questions) > 0 {
		none := importResult{
			Rows: session.Rows, Skipped: session.Rows, Records: map[string]json.RawMessage{}, Errors: []importProblem{}, Warnings: []importProblem{},
			Questions: session.Questions, Mapping: session.Mapping,
		}
		return none, nil
	}
	if cmd.DryRun {
		return cmd.rehearse(c, path, session)
	}
	if err := c.call(http.MethodPost, path+"/apply", nil, &session); err != nil {
		return importResult{}, err
	}
	for wait := 5 * time.Millisecond; session.Job == nil || !session.Job.Over; wait = min(2*wait, 250*time.Millisecond) {
		select {
		case <-c.r.ctx.Done(): // what is written by now stays, and is told
			c = c.detached()
			if err := c.call(http.MethodPost, path+"/cancel", nil, &session); err != nil {
				return importResult{}, err
			}
			continue
		case <-time.After(wait):
		}
		if err := c.get(path, nil, &session); err != nil {
			return importResult{}, err
		}
		c.r.progress(session.Job.Done, session.Job.Total, session.Job.Over)
	}
	result := *session.Job.Result
	result.Questions = []importQuestion{}
	result.Batch = orNull(orText(result.Batch))
	return result, nil
}

func orText(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// rehearse reads a whole plan.
func (cmd importCmd) rehearse(c *client, path string, session importState) (importResult, error) {
	plan := []json.RawMessage{}
	for {
		var page struct {
			Result importResult
			Rows   []json.RawMessage
		}
		if err := c.get(path+"/plan", url.Values{"offset": {strconv.Itoa(len(plan))}, "limit": {"10000"}, "problems": {"50000"}}, &page); err != nil {
			return importResult{}, err
		}
		if plan = append(plan, page.Rows...); len(page.Rows) == 0 || len(plan) >= page.Result.Rows {
			page.Result.Batch, page.Result.Questions = nil, []importQuestion{}
			page.Result.Mapping, page.Result.Plan = session.Mapping, &plan
			return page.Result, nil
		}
	}
}

// options are what the session is told after it has looked at the file.
func (cmd importCmd) options() (map[string]any, error) {
	options := map[string]any{}
	if cmd.Match != "" {
		options["match"] = strings.Split(cmd.Match, ",")
	}
	if cmd.OnMatch != "" {
		options["onMatch"] = cmd.OnMatch
	}
	answers := map[string]string{}
	for _, pair := range cmd.Answer {
		i := strings.LastIndex(pair, "=") // a title may contain one
		if i < 0 {
			return nil, fault.Invalid("answer", "cli.badPair", fault.Params{"text": pair})
		}
		answers[strings.TrimSpace(pair[:i])] = strings.TrimSpace(pair[i+1:])
	}
	if len(answers) > 0 {
		options["answers"] = answers
	}
	if cmd.Map != "" {
		mapping, err := readMapping(cmd.Map)
		if err != nil {
			return nil, err
		}
		options["mapping"] = mapping
	}
	return options, nil
}

type mapped struct {
	Column     string  `json:"column"`
	Kind       string  `json:"kind"`
	Field      string  `json:"field"`
	Confidence float64 `json:"confidence"`
}

// readMapping reads {"Column": "field"}, or the mapping that a dry run prints.
func readMapping(file string) ([]mapped, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var list []mapped
	if json.Unmarshal(data, &list) == nil {
		return list, nil
	}
	var whole struct{ Mapping []mapped }
	if json.Unmarshal(data, &whole) == nil && whole.Mapping != nil {
		return whole.Mapping, nil
	}
	var byColumn map[string]*string
	if err := json.Unmarshal(data, &byColumn); err != nil {
		return nil, fault.Invalid("map", "transfer.badMap", fault.Params{"file": filepath.Base(file)})
	}
	for column, field := range byColumn {
		list = append(list, mapped{Column: column, Field: orText(field)})
	}
	slices.SortFunc(list, func(a, b mapped) int { return strings.Compare(a.Column, b.Column) })
	return list, nil
}

func unreadable(file string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fault.NotFound("sheet.missing", fault.Params{"file": file})
	}
	return fault.Unavailable("sheet.unreadable", fault.Params{"file": file}, err)
}

// open hands the file over.
func (cmd importCmd) open(c *client, data []byte) (importState, error) {
	query := url.Values{"name": {filepath.Base(cmd.File)}}
	for name, value := range map[string]string{"kind": cmd.Kind, "sheet": cmd.Sheet, "encoding": cmd.Encoding, "delimiter": cmd.Delimiter} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if cmd.Header != 0 {
		query.Set("header", strconv.Itoa(cmd.Header))
	}
	req, err := http.NewRequestWithContext(c.r.ctx, http.MethodPost, "http://kontor/api/imports?"+query.Encode(), bytes.NewReader(data))
	if err != nil {
		return importState{}, err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	if password := c.r.Env("KONTOR_SHEET_PASSWORD"); password != "" {
		req.Header.Set("X-Sheet-Password", url.PathEscape(password))
	}
	var state importState
	body, err := c.answered(req)
	if err != nil {
		return state, err
	}
	return state, json.Unmarshal(body, &state)
}

// answered sends a request and reads what comes back.
func (c *client) answered(req *http.Request) ([]byte, error) {
	req.Header.Set("Accept-Language", c.r.language)
	answer, err := c.do(req)
	if err != nil {
		return nil, fmt.Errorf("call %s: %w", req.URL.Path, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("call %s: %w", req.URL.Path, err)
	}
	if answer.StatusCode >= 400 {
		return nil, remoteProblem(answer.StatusCode, body)
	}
	return body, nil
}

// detached is a client whose calls go through after the user broke off.
func (c *client) detached() *client {
	free := *c.r
	free.ctx = context.WithoutCancel(c.r.ctx)
	other := *c
	other.r = &free
	return &other
}

// download writes an answer into a file of this computer.
func (c *client) download(path, file string) error {
	req, err := http.NewRequestWithContext(c.r.ctx, http.MethodGet, "http://kontor"+path, nil)
	if err != nil {
		return err
	}
	body, err := c.answered(req)
	if err != nil {
		return err
	}
	if err := storage.WriteFile(file, body); err != nil {
		return fault.Unavailable("transfer.writeFile", fault.Params{"file": file}, err)
	}
	return nil
}

// progress shows on a terminal how far an import is.
func (r *run) progress(done, total int, over bool) {
	f, ok := r.Err.(*os.File)
	if !ok {
		return
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return
	}
	end := "\r"
	if over {
		end = "\n"
	}
	fmt.Fprint(r.Err, r.text("progress", fault.Params{"done": done, "total": total}), end)
}

func (r *run) text(key string, params fault.Params) string {
	return lang.Text(r.language, "transfer.cli."+key, params)
}

// shownProblems is how many problems people get to read at once.
const shownProblems = 50

// tell says to people what became of the rows.
func (cmd importCmd) tell(r *run, result importResult) {
	for _, q := range result.Questions {
		fmt.Fprintln(r.Err, r.text("question", fault.Params{"column": q.Column, "field": q.Field, "readings": strings.Join(q.Readings, ", ")}))
		for _, e := range q.Evidence {
			fmt.Fprintln(r.Err, "  "+r.text("evidence", fault.Params{"row": e.Row, "value": e.Value, "result": e.Result, "reading": e.Reading}))
		}
	}
	r.problems("", result.Errors)
	r.problems(r.text("warning", nil)+": ", result.Warnings)
	fmt.Fprintln(r.Out, r.text("done", fault.Params{
		"rows": result.Rows, "created": result.Created, "updated": result.Updated, "unchanged": result.Unchanged, "skipped": result.Skipped, "failed": result.Failed,
	}))
	if cmd.DryRun {
		fmt.Fprintln(r.Err, r.text("dry", nil))
	}
	if batch := orText(result.Batch); batch != "" {
		fmt.Fprintln(r.Err, r.text("undo", fault.Params{"batch": batch}))
	}
}

func (r *run) problems(before string, problems []importProblem) {
	for i, p := range problems {
		if i == shownProblems {
			fmt.Fprintln(r.Err, r.text("more", fault.Params{"count": len(problems) - i}))
			return
		}
		where := fmt.Sprintf("%s %d", p.Sheet, p.Row)
		if p.Column != "" {
			where += ", " + p.Column
		}
		fmt.Fprintf(r.Err, "%s%s: %s\n", before, where, p.Problem)
	}
}

type exportCmd struct {
	Kind   string `arg:"" help:"Kind of the records, such as company."`
	File   string `arg:"" help:"An .xlsx or .csv file."`
	Where  string `help:"Filter, such as 'city = \"Leeds\"'." placeholder:"EXPR"`
	Sort   string `help:"Fields, -field downwards." placeholder:"-FIELD"`
	Fields string `help:"Only these fields, in this order." placeholder:"A,B"`
}

func (cmd exportCmd) Run(r *run) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(cmd.File)), ".")
	if format != "xlsx" && format != "csv" {
		return fault.Invalid("file", "transfer.fileType", fault.Params{"file": cmd.File})
	}
	return r.with(func(c *client) error {
		query := url.Values{"format": {format}, "where": {cmd.Where}, "sort": {cmd.Sort}, "fields": {cmd.Fields}}
		if err := c.download("/api/export/"+url.PathEscape(cmd.Kind)+"?"+query.Encode(), cmd.File); err != nil {
			return err
		}
		info, err := os.Stat(cmd.File)
		if err != nil {
			return fault.Unavailable("transfer.writeFile", fault.Params{"file": cmd.File}, err)
		}
		r.answer(map[string]any{"file": cmd.File, "kind": cmd.Kind, "bytes": info.Size()}, func() {
			fmt.Fprintln(r.Out, r.text("exported", fault.Params{"file": cmd.File}))
		})
		return nil
	})
}
