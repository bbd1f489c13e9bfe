// Package app puts Kontor together: it opens the storage, makes the modules,
// and fixes the order in which they hear of changes.
package app

import (
	"context"
	"errors"
	"log/slog"
	"os/user"
	"runtime/debug"
	"strings"
	"time"

	"kontor/app/access"
	"kontor/app/activities"
	"kontor/app/contacts"
	"kontor/app/fields"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/mail"
	"kontor/app/products"
	"kontor/app/record"
	"kontor/app/record/files"
	"kontor/app/record/history"
	"kontor/app/record/search"
	"kontor/app/record/timeline"
	"kontor/app/sales"
	"kontor/app/settings"
	"kontor/app/views"
	"kontor/app/visit"
	"kontor/storage"
)

// App is an open workspace with everything that works on it.
type App struct {
	Version    string
	DB         *storage.DB
	Records    *record.Registry
	History    *history.History
	Timeline   *timeline.Timeline
	Search     *search.Search
	Files      *files.Files
	Access     *access.Access
	Settings   *settings.Settings
	Contacts   *contacts.Contacts
	Activities *activities.Activities
	Products   *products.Products
	Sales      *sales.Sales
	Mail       *mail.Mail
	Views      *views.Views
	Fields     *fields.Fields
	Visit      visit.Visit
}

// Start says what a new workspace begins with.
type Start struct {
	Company  string
	Owner    string // of the system's account when empty
	Currency string
	Country  string
	Language string
	Timezone string // the system's when empty
}

// Open opens the workspace in dir.
func Open(ctx context.Context, dir string, o storage.Options) (*App, error) {
	db, err := storage.Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	a := build(db, o.Version)
	if err := a.Fields.Load(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	err = a.Settings.Load(ctx)
	if fault.Is(err, fault.CodeNotFound) { // making it was cut short before it had any
		err = a.begin(ctx, Start{Company: "My company", Currency: "EUR", Country: "DE", Language: lang.Fallback})
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// Work does in the background, until the context ends, what only an open door
// does: it reads the mailboxes, reminds people, makes papers that a crash left
// out, and looks for damage after one.
func (a *App) Work(ctx context.Context) {
	if as, _, err := a.AsOwner(ctx); err == nil {
		go a.Mail.Run(as)
		go a.Activities.Run(as)
		go a.Settings.Run(as)
	}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("panic in the background", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		if err := a.Sales.FileMissing(ctx); err != nil {
			slog.Error("make missing papers", "err", err)
		}
		if !a.DB.Unclean {
			return
		}
		problems, err := a.DB.Check(ctx)
		slog.Warn("the last end was not clean", "problems", problems, "err", err)
	}()
}

// Create makes a workspace in dir and opens it.
func Create(ctx context.Context, dir string, o storage.Options, s Start) (*App, error) {
	db, err := storage.Create(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	a := build(db, o.Version)
	if err := a.begin(ctx, s); err != nil {
		return nil, errors.Join(err, db.Discard())
	}
	return a, nil
}

// build makes the modules. The feed's listeners run in the order of this list:
// history first, since timelines are read from it; search last.
func build(db *storage.DB, version string) *App {
	r := &record.Registry{Clock: db.Now}
	a := &App{Version: version, DB: db, Records: r}
	a.History = history.New(db, r)
	a.Timeline = timeline.New(r, a.History)
	a.Search = search.New(r)
	a.Contacts = contacts.New(r)
	a.Activities = activities.New(db, r)
	a.Products = products.New(r)
	a.Files = files.New(db, r, "company", "person", "quotation")
	a.Access = access.New(r)
	a.Settings = settings.New(db, r)
	a.Views = views.New(db, r)
	a.Fields = fields.New(db, r)
	a.Sales = sales.New(db, r, a.Files, a.Settings, a.Contacts.Company, a.Contacts.Person)
	a.Visit = visit.Visit{
		Records: r, Contacts: a.Contacts, Last: a.Timeline.Newest,
		Look: func() (string, string) { return a.Settings.Text("seller.country"), a.Settings.Text("accent") },
	}
	a.Mail = mail.New(db, r, a.Contacts.Company, a.Contacts.Person)
	return a
}

func (a *App) begin(ctx context.Context, s Start) error {
	if s.Owner == "" {
		s.Owner = accountName()
	}
	if s.Timezone == "" {
		s.Timezone = systemZone()
	}
	return a.DB.Write(ctx, func(tx *storage.Tx) error {
		changes, err := a.Records.Save(ctx, tx, a.Access.Kind, record.Draft{Values: map[string]any{"name": s.Owner, "role": access.Owner}})
		if err != nil {
			return err
		}
		ctx = record.WithAct(ctx, record.Act{Actor: changes[0].Record.ID})
		err = a.Settings.Begin(ctx, tx, map[string]any{
			"seller.name": s.Company, "seller.country": s.Country, "currency": s.Currency, "language": s.Language, "timezone": s.Timezone, "accent": settings.DefaultAccent,
		})
		if f := fault.Of(err); f != nil && f.Field == "seller.name" {
			f.Field = "company" // as init calls it
		}
		return err
	})
}

func accountName() string {
	u, err := user.Current()
	if err != nil {
		return "Owner"
	}
	if name := strings.TrimSpace(strings.TrimRight(u.Name, ",")); name != "" {
		return name
	}
	return u.Username
}

// systemZone is the IANA name of the system's time zone, UTC where it has none.
func systemZone() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	return zoneOfSystem()
}

// Close ends everything in order.
func (a *App) Close() error {
	a.Mail.Close()
	return a.DB.Close()
}

// AsOwner lets what follows act as the owner, who sits at this desktop.
func (a *App) AsOwner(ctx context.Context) (context.Context, access.User, error) {
	u, err := a.Access.Owner(ctx, a.DB.Reader())
	if err != nil {
		return ctx, u, err
	}
	return record.WithAct(ctx, record.Act{Actor: u.ID}), u, nil
}
