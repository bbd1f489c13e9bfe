package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

type todayCmd struct{}

func (todayCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var raw json.RawMessage
		if err := c.get("/api/today", nil, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var today struct {
				Sections []struct {
					Key  string
					Rows []struct {
						ID, Kind, Label    string
						Due, At, UpdatedAt string
					}
					Entries []struct{ ID, Kind, Title, Day string }
				}
			}
			_ = json.Unmarshal(raw, &today)
			t := r.table("section", "kind", "id", "when", "title")
			for _, s := range today.Sections {
				for _, row := range s.Rows {
					t.add(s.Key, row.Kind, row.ID, first(row.Due, row.At, row.UpdatedAt), row.Label)
				}
				for _, e := range s.Entries {
					t.add(s.Key, e.Kind, e.ID, e.Day, e.Title)
				}
			}
			t.print()
		})
		return nil
	})
}

// first is the first text that says something.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

type doneCmd struct {
	ID string `arg:"" help:"Of a task."`
}

func (cmd doneCmd) Run(r *run) error { return r.settle(cmd.ID, "done", "") }

type putOffCmd struct {
	ID string `arg:"" help:"Of a task."`
	To string `arg:"" help:"A day such as 2026-12-24, tomorrow, or nextWeek."`
}

func (cmd putOffCmd) Run(r *run) error {
	if cmd.To == "tomorrow" || cmd.To == "nextWeek" {
		return r.settle(cmd.ID, cmd.To, "")
	}
	return r.settle(cmd.ID, "until", cmd.To)
}

type reopenCmd struct {
	ID string `arg:"" help:"Of a task."`
}

func (cmd reopenCmd) Run(r *run) error { return r.settle(cmd.ID, "reopen", "") }

func (r *run) settle(id, how, until string) error {
	return r.onRecord(http.MethodPost, "/api/activities/task/"+url.PathEscape(id)+"/settle", map[string]string{"how": how, "until": until})
}

type calendarCmd struct {
	Show   calendarShowCmd   `cmd:"" default:"withargs" help:"Meetings and due tasks of some days."`
	Export calendarExportCmd `cmd:"" help:"Write a calendar file (.ics)."`
	Import calendarImportCmd `cmd:"" help:"Take a calendar file in (.ics)."`
}

type calendarShowCmd struct {
	From string `help:"First day; today when empty." placeholder:"DAY"`
	To   string `help:"Last day; 30 days later when empty." placeholder:"DAY"`
}

func (cmd calendarShowCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		if cmd.From == "" {
			var session struct{ Today string }
			if err := c.get("/api/session", nil, &session); err != nil {
				return err
			}
			cmd.From = session.Today
		}
		if cmd.To == "" {
			if day, err := time.Parse(time.DateOnly, cmd.From); err == nil { // what is none is refused with a sentence
				cmd.To = day.AddDate(0, 0, 30).Format(time.DateOnly)
			}
		}
		var raw json.RawMessage
		if err := c.get("/api/calendar", url.Values{"from": {cmd.From}, "to": {cmd.To}}, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var calendar struct {
				Entries []struct{ ID, Kind, Title, Day, Start, Place string }
			}
			_ = json.Unmarshal(raw, &calendar)
			t := r.table("day", "start", "kind", "id", "title", "place")
			for _, e := range calendar.Entries {
				t.add(e.Day, e.Start, e.Kind, e.ID, e.Title, e.Place)
			}
			t.print()
		})
		return nil
	})
}

type calendarExportCmd struct {
	File string `arg:"" name:"file.ics"`
}

func (cmd calendarExportCmd) Run(r *run) error { return r.download("/api/calendar.ics", cmd.File) }

type calendarImportCmd struct {
	File string `arg:"" name:"file.ics"`
}

func (cmd calendarImportCmd) Run(r *run) error {
	return r.handIn("/api/calendar/import", cmd.File, "created", "updated", "unchanged", "cancelled", "skipped", "failed")
}

type cardsCmd struct {
	Export cardsExportCmd `cmd:"" help:"Write business cards (.vcf)."`
	Import cardsImportCmd `cmd:"" help:"Take business cards in (.vcf)."`
}

type cardsExportCmd struct {
	Kind  string `arg:"" help:"company or person"`
	File  string `arg:"" name:"file.vcf"`
	Where string `help:"Filter, such as 'city = \"Leeds\"'." placeholder:"EXPR"`
}

func (cmd cardsExportCmd) Run(r *run) error {
	return r.download("/api/contacts/vcard?"+url.Values{"kind": {cmd.Kind}, "where": {cmd.Where}}.Encode(), cmd.File)
}

type cardsImportCmd struct {
	File   string `arg:"" name:"file.vcf"`
	DryRun bool   `help:"Only say what would happen."`
}

func (cmd cardsImportCmd) Run(r *run) error {
	if cmd.DryRun {
		return r.handIn("/api/contacts/vcard/preview", cmd.File, "cards")
	}
	return r.handIn("/api/contacts/vcard", cmd.File, "created", "updated", "unchanged", "failed")
}

type tagsCmd struct {
	Show   tagsShowCmd   `cmd:"" default:"withargs" help:"Tags in use."`
	Rename tagsRenameCmd `cmd:"" help:"Rename a tag, or merge it into another."`
}

type tagsShowCmd struct {
	Kind string `help:"Only of records of this kind."`
}

func (cmd tagsShowCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var raw json.RawMessage
		if err := c.get("/api/tags", url.Values{"kind": {cmd.Kind}}, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var answer struct {
				Tags []struct {
					Value string
					Count int
				}
			}
			_ = json.Unmarshal(raw, &answer)
			t := r.table("tag", "records")
			for _, tag := range answer.Tags {
				t.add(tag.Value, fmt.Sprint(tag.Count))
			}
			t.print()
		})
		return nil
	})
}

type tagsRenameCmd struct {
	From string `arg:""`
	To   string `arg:"" help:"A tag that exists takes the other one in."`
}

// poll is how often a job in another process is asked how far it is.
const poll = 100 * time.Millisecond

func (cmd tagsRenameCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var job struct {
			Job       string            `json:"job"`
			Running   bool              `json:"running"`
			Batch     string            `json:"batch"`
			Changed   int               `json:"changed"`
			Unchanged int               `json:"unchanged"`
			Failed    []json.RawMessage `json:"failed"`
		}
		if err := c.call(http.MethodPost, "/api/tags/rename", map[string]string{"from": cmd.From, "to": cmd.To}, &job); err != nil {
			return err
		}
		for job.Running {
			select {
			case <-r.ctx.Done():
				return r.ctx.Err()
			case <-time.After(poll):
			}
			if err := c.get("/api/many/"+job.Job, nil, &job); err != nil {
				return err
			}
		}
		if len(job.Failed) > 0 {
			r.status = exitPartial
		}
		done := map[string]any{"batch": job.Batch, "changed": job.Changed, "unchanged": job.Unchanged, "failed": len(job.Failed)}
		r.answer(done, func() { fmt.Fprintf(r.Out, "%d\t%d\n", job.Changed, len(job.Failed)) })
		return nil
	})
}

// figures prints some numbers of an answer, each with its name.
func (r *run) figures(values map[string]json.RawMessage, keys []string) {
	var all []string
	for _, key := range keys {
		all = append(all, key+" "+string(values[key]))
	}
	fmt.Fprintln(r.Out, strings.Join(all, ", "))
}
