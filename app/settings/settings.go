// Package settings keeps what a workspace says of itself: the seller as
// letterheads show it, currency, language and time zone.
//
// The settings are one record of a hidden kind, so they are checked, kept in
// the history and undone like any other. They also say for how long the bin keeps
// what was deleted; Run clears it.
//
// Table: settings_workspace.
package settings

import (
	"context"
	"regexp"
	"sync/atomic"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// ID is the id of the one record.
const ID record.ID = 1

// DefaultAccent colours papers and pages until the owner picks another.
const DefaultAccent = "#5458e4"

// Settings reads and saves the settings.
type Settings struct {
	Kind *record.Kind
	db   *storage.DB
	r    *record.Registry
	now  atomic.Pointer[record.Record]
}

// New registers the hidden kind "settings" and keeps what is stored at hand.
func New(db *storage.DB, r *record.Registry) *Settings {
	s := &Settings{db: db, r: r, Kind: &record.Kind{
		Name: "settings", Module: "settings", Table: "settings_workspace", TitleKey: "seller.name", SortKey: "seller.name", Hidden: true,
		Fields: []record.Field{
			{Key: "seller.name", Type: record.Text, Required: true, Group: "seller"},
			{Key: "seller.slogan", Type: record.Text, Group: "seller"},
			{Key: "seller.street", Type: record.Text, Group: "seller"},
			{Key: "seller.postcode", Type: record.Text, Group: "seller", Max: 20},
			{Key: "seller.city", Type: record.Text, Group: "seller"},
			{Key: "seller.country", Type: record.Country, Required: true, Group: "seller"},
			{Key: "seller.phone", Type: record.Phone, Group: "seller", Max: 50},
			{Key: "seller.email", Type: record.Email, Group: "seller"},
			{Key: "seller.website", Type: record.URL, Group: "seller"},
			{Key: "seller.contact", Type: record.Text, Group: "seller"},
			{Key: "seller.vat", Type: record.Text, Group: "tax", Max: 40},
			{Key: "seller.taxNumber", Type: record.Text, Group: "tax", Max: 40},
			{Key: "seller.register", Type: record.Text, Group: "tax"},
			{Key: "seller.director", Type: record.Text, Group: "tax"},
			{Key: "seller.iban", Type: record.Text, Group: "bank", Max: 42},
			{Key: "seller.bic", Type: record.Text, Group: "bank", Max: 11},
			{Key: "seller.bank", Type: record.Text, Group: "bank"},
			{Key: "seller.logo", Type: record.Link, Targets: []string{"file"}, Group: "look"},
			{Key: "accent", Type: record.Text, Group: "look", Max: 7},
			{Key: "currency", Type: record.Currency, Required: true, Group: "place"},
			{Key: "language", Type: record.Choice, Options: lang.Languages(), Required: true, Group: "place"},
			{Key: "timezone", Type: record.Text, Required: true, Group: "place"},
			{Key: "bin", Type: record.Choice, Options: binTimes, Required: true, Group: "safety"},
		},
		Prepare: prepare,
	}}
	r.Register(s.Kind)
	r.World = func(context.Context) record.Env { return s.env() }
	r.Feed.Listen(func(_ context.Context, tx *storage.Tx, changes []record.Change) error {
		for _, c := range changes {
			if c.Kind == s.Kind {
				tx.AfterCommit(func() { s.now.Store(c.Record) })
			}
		}
		return nil
	})
	return s
}

var (
	colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	iban   = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$`)
)

func prepare(_ record.Env, p *record.Pending) error {
	if zone := p.Values.String("timezone"); zone != "" {
		if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
			return fault.Invalid("timezone", "rule.timezone", fault.Params{"text": zone})
		}
	}
	if accent := p.Values.String("accent"); accent != "" && !colour.MatchString(accent) {
		return fault.Invalid("accent", "rule.accent", fault.Params{"text": accent})
	}
	if number := p.Values.String("seller.iban"); number != "" {
		if compact := compactIBAN(number); !iban.MatchString(compact) || !checkIBAN(compact) {
			return fault.Invalid("seller.iban", "rule.iban", fault.Params{"text": number})
		}
	}
	return nil
}

// Load reads what is stored; a workspace that has no settings yet is refused.
func (s *Settings) Load(ctx context.Context) error {
	rec, err := s.Kind.One(ctx, s.db.Reader(), ID)
	if err == nil {
		s.now.Store(rec)
	}
	return err
}

// Now gives the settings as they are.
func (s *Settings) Now() *record.Record { return s.now.Load() }

// Text gives one setting.
func (s *Settings) Text(key string) string {
	if rec := s.Now(); rec != nil {
		return rec.Values.String(key)
	}
	return ""
}

// env is the part of the world that settings decide.
func (s *Settings) env() record.Env {
	zone, err := time.LoadLocation(s.Text("timezone"))
	if err != nil {
		zone = time.UTC
	}
	return record.Env{Now: time.Time{}.In(zone), Currency: s.Text("currency"), Country: s.Text("seller.country"), Language: s.Text("language")}
}

// Begin makes the settings of a new workspace.
func (s *Settings) Begin(ctx context.Context, tx *storage.Tx, values map[string]any) error {
	// The one record has a fixed id, which Save would not give it.
	_, err := tx.Exec(ctx, `INSERT INTO settings_workspace (id, version, created_at, updated_at, seller_name, seller_slogan, seller_street, seller_postcode,
		seller_city, seller_country, seller_vat, seller_tax_number, seller_register, seller_director, seller_iban, seller_bic, seller_bank,
		seller_email, seller_phone, seller_website, seller_contact, currency, language, timezone, accent)
		VALUES ($1, 1, $2, $2, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '')`, int64(ID), tx.Now)
	if err != nil {
		return err
	}
	if values["bin"] == nil {
		values["bin"] = DefaultBin
	}
	_, err = s.r.Save(ctx, tx, s.Kind, record.Draft{ID: ID, Values: values})
	return err
}
