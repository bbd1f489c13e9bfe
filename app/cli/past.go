package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

type searchCmd struct {
	Text []string `arg:""`
}

func (cmd searchCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		text := ""
		for i, word := range cmd.Text {
			if i > 0 {
				text += " "
			}
			text += word
		}
		var raw json.RawMessage
		if err := c.get("/api/search", url.Values{"q": {text}, "limit": {"50"}}, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var found struct {
				Hits []struct{ Kind, ID, Title string }
			}
			_ = json.Unmarshal(raw, &found)
			t := r.table("kind", "id", "title")
			for _, h := range found.Hits {
				t.add(h.Kind, h.ID, h.Title)
			}
			t.print()
		})
		return nil
	})
}

type timelineCmd struct {
	Kind string `arg:""`
	ID   string `arg:""`
}

func (cmd timelineCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var raw json.RawMessage
		if err := c.get(recordPath(cmd.Kind, cmd.ID)+"/timeline", url.Values{"limit": {"200"}}, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var answer struct {
				Entries []struct {
					At, Kind, Title string
					Actor           struct{ Name string }
				}
			}
			_ = json.Unmarshal(raw, &answer)
			t := r.table("at", "kind", "who", "title")
			for _, e := range answer.Entries {
				t.add(e.At, e.Kind, e.Actor.Name, e.Title)
			}
			t.print()
		})
		return nil
	})
}

type historyCmd struct {
	Kind string `arg:""`
	ID   string `arg:""`
}

func (cmd historyCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var raw json.RawMessage
		if err := c.get(recordPath(cmd.Kind, cmd.ID)+"/history", url.Values{"limit": {"200"}}, &raw); err != nil {
			return err
		}
		r.answer(raw, func() {
			var answer struct {
				Changes []struct {
					ID, Batch, At, Op string
					Actor             struct{ Name string }
					Fields            []struct{ Key string }
				}
			}
			_ = json.Unmarshal(raw, &answer)
			t := r.table("change", "batch", "at", "who", "what", "fields")
			for _, ch := range answer.Changes {
				keys := ""
				for i, f := range ch.Fields {
					if i > 0 {
						keys += ","
					}
					keys += f.Key
				}
				t.add(ch.ID, ch.Batch, ch.At, ch.Actor.Name, ch.Op, keys)
			}
			t.print()
		})
		return nil
	})
}

type undoCmd struct {
	ID     string `arg:"" help:"Of a change or a batch."`
	DryRun bool   `help:"Only say what would happen."`
}

func (cmd undoCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var answer struct {
			Undone    int               `json:"undone"`
			Conflicts []json.RawMessage `json:"conflicts"`
			Batch     string            `json:"batch"`
		}
		path := "/api/undo/" + url.PathEscape(cmd.ID)
		if cmd.DryRun {
			path += "?dryRun=true"
		}
		if err := c.call(http.MethodPost, path, nil, &answer); err != nil {
			return err
		}
		r.answer(answer, func() { fmt.Fprintf(r.Out, "%d\t%d\n", answer.Undone, len(answer.Conflicts)) })
		if len(answer.Conflicts) > 0 {
			r.status = exitPartial
		}
		return nil
	})
}
