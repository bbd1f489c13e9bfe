package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/storage"
)

type windowCmd struct{}

func (windowCmd) Run(r *run) error {
	if err := r.firstStart(); err != nil {
		return err
	}
	return r.Window(r.ctx, r.workspace)
}

type serveCmd struct {
	Listen string `help:"Address on this computer." default:"127.0.0.1:8790"`
}

func (c serveCmd) Run(r *run) error {
	if err := r.firstStart(); err != nil {
		return err
	}
	return r.Serve(r.ctx, r.workspace, c.Listen, r.Out)
}

type initCmd struct {
	Company  string `required:"" help:"Name of your company."`
	Currency string `help:"Such as EUR; by default the country's." placeholder:"EUR"`
	Country  string `help:"Such as DE; by default the system's." placeholder:"DE"`
	Language string `help:"en or de; by default the system's." placeholder:"en"`
	Timezone string `help:"Such as Europe/Berlin; by default the system's." placeholder:"ZONE"`
	Owner    string `help:"Your name; by default that of your account." placeholder:"NAME"`
}

func (c initCmd) Run(r *run) error {
	a, err := c.create(r)
	if err != nil {
		return err
	}
	made := map[string]string{
		"workspace": a.DB.Dir, "company": a.Settings.Text("seller.name"), "currency": a.Settings.Text("currency"),
		"country": a.Settings.Text("seller.country"), "language": a.Settings.Text("language"), "timezone": a.Settings.Text("timezone"),
	}
	if err := a.Close(); err != nil {
		return err
	}
	r.answer(made, func() { fmt.Fprintln(r.Out, made["workspace"]) })
	return nil
}

// create makes the workspace; what is not said comes from the system.
func (c initCmd) create(r *run) (*app.App, error) {
	start := app.Start{Company: c.Company, Owner: c.Owner, Currency: c.Currency, Country: c.Country, Language: c.Language, Timezone: c.Timezone}
	tag, err := language.Parse(localeOf(r.Env))
	if err != nil {
		tag = language.English
	}
	if start.Country == "" {
		start.Country = "DE"
		if region, confidence := tag.Region(); confidence == language.Exact {
			start.Country = region.String()
		}
	}
	if start.Currency == "" {
		start.Currency = "EUR"
		if region, err := language.ParseRegion(start.Country); err == nil {
			if unit, ok := currency.FromRegion(region); ok {
				start.Currency = unit.String()
			}
		}
	}
	if start.Language == "" {
		start.Language = r.language
	}
	return app.Create(r.ctx, r.workspace, storage.Options{Version: r.Version}, start)
}

// firstStart makes the usual workspace when somebody opens a door for the first
// time. A workspace that was named must exist: a slip of the pen makes no new one.
func (r *run) firstStart() error {
	if !r.usual {
		return nil
	}
	a, err := initCmd{Company: lang.Text(r.language, "cli.myCompany", nil)}.create(r)
	switch f := fault.Of(err); {
	case f == nil:
		return a.Close()
	case f.Key == "storage.exists", f.Key == "storage.inUse": // another start may have been quicker
		return nil
	}
	return err
}

type settingsCmd struct {
	Show settingsShowCmd `cmd:"" default:"1" help:"All settings."`
	Set  settingsSetCmd  `cmd:"" help:"Change settings."`
}

type settingsAnswer struct {
	Values map[string]json.RawMessage `json:"values"`
}

func (r *run) settings(s settingsAnswer) {
	r.answer(s.Values, func() { r.pairs(s.Values) })
}

type settingsShowCmd struct{}

func (settingsShowCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var s settingsAnswer
		if err := c.get("/api/settings", nil, &s); err != nil {
			return err
		}
		r.settings(s)
		return nil
	})
}

type settingsSetCmd struct {
	Pairs []string `arg:"" name:"key=value" help:"Such as seller.city=Leeds."`
}

func (cmd settingsSetCmd) Run(r *run) error {
	values, err := pairs(cmd.Pairs)
	if err != nil {
		return err
	}
	return r.with(func(c *client) error {
		if path, ok := values["seller.logo"].(string); ok && path != "" {
			id, err := c.upload(path)
			if err != nil {
				return err
			}
			values["seller.logo"] = id
		}
		var s settingsAnswer
		if err := c.call("PATCH", "/api/settings", map[string]any{"values": values}, &s); err != nil {
			return err
		}
		r.settings(s)
		return nil
	})
}

// pairs reads field=value arguments.
func pairs(args []string) (map[string]any, error) {
	values := map[string]any{}
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		if !ok || key == "" {
			return nil, fault.Invalid("", "cli.badPair", fault.Params{"text": arg})
		}
		values[key] = value
		if trimmed := strings.TrimSpace(value); strings.HasPrefix(trimmed, "[") || strings.HasPrefix(trimmed, "{") {
			d := json.NewDecoder(strings.NewReader(trimmed)) // a list, such as emails=[{"type":"work","value":"a@b.example"}]
			d.UseNumber()
			var parsed any
			if d.Decode(&parsed) == nil && !d.More() {
				values[key] = parsed
			}
		}
	}
	return values, nil
}

type backupCmd struct {
	File string `arg:"" optional:"" help:"By default in the workspace's folder backups."`
}

func (cmd backupCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		file := cmd.File
		if file != "" {
			var err error
			if file, err = filepath.Abs(file); err != nil { // the door may run in another folder
				return err
			}
		}
		var b storage.Backup
		if err := c.call("POST", "/api/backup", map[string]any{"file": file}, &b); err != nil {
			return err
		}
		r.answer(b, func() { fmt.Fprintln(r.Out, b.File) })
		return nil
	})
}

type restoreCmd struct {
	File string `arg:"" help:"A file that kontor backup made."`
}

func (cmd restoreCmd) Run(r *run) error {
	b, err := storage.Restore(r.ctx, cmd.File, r.workspace, time.Now())
	if f := fault.Of(err); f != nil && f.Key == "storage.inUse" {
		return fault.Conflict("", "cli.restoreOpen", f.Params)
	}
	if err != nil {
		return err
	}
	r.answer(b, func() { fmt.Fprintln(r.Out, b.File) })
	return nil
}

type checkCmd struct{}

func (checkCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var answer struct {
			OK       bool     `json:"ok"`
			Problems []string `json:"problems"`
		}
		if err := c.call("POST", "/api/check", nil, &answer); err != nil {
			return err
		}
		r.answer(answer, func() {
			for _, p := range answer.Problems {
				fmt.Fprintln(r.Out, p)
			}
			if answer.OK {
				fmt.Fprintln(r.Out, "ok")
			}
		})
		if !answer.OK {
			r.status = exitFailed
		}
		return nil
	})
}

type tokenCmd struct {
	Purpose string `help:"What it is for."`
}

func (cmd tokenCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var answer struct {
			Token string `json:"token"`
		}
		if err := c.call("POST", "/api/tokens", map[string]any{"purpose": cmd.Purpose}, &answer); err != nil {
			return err
		}
		r.answer(answer, func() { fmt.Fprintln(r.Out, answer.Token) })
		return nil
	})
}

type versionCmd struct{}

func (versionCmd) Run(r *run) error {
	r.answer(map[string]any{"version": r.Version, "schema": storage.Schema()}, func() { fmt.Fprintln(r.Out, "kontor", r.Version) })
	return nil
}

// openapiCmd prints what /api/openapi.json answers, for tools that generate code.
type openapiCmd struct{}

func (openapiCmd) Run(r *run) error {
	data, err := json.MarshalIndent(api.New(&app.App{}).OpenAPI(), "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Out, string(data))
	return err
}
