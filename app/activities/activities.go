package activities

import (
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

// Activities holds the kinds and tells reminders.
type Activities struct {
	Note    *record.Kind
	Task    *record.Kind
	Call    *record.Kind
	Meeting *record.Kind

	db   *storage.DB
	r    *record.Registry
	told bell
}

// New registers the kinds.
func New(db *storage.DB, r *record.Registry) *Activities {
	a := &Activities{db: db, r: r, told: newBell()}
	a.Note, a.Task, a.Call, a.Meeting = a.note(), a.task(), a.call(), a.meeting()
	r.Register(a.Note, a.Task, a.Call, a.Meeting)
	return a
}

// Limits of what people type.
const (
	maxDetails = 20_000 // characters
	maxRemind  = 4 * 7 * 24 * 60
)

// between refuses a number that lies outside its bounds.
func between(p *record.Pending, kind, key string, least, most int64) error {
	n, ok := p.Values[key].(int64)
	if !ok || n >= least && n <= most {
		return nil
	}
	return fault.Invalid(key, "rule.between", fault.Params{"field": label(kind, key), "min": least, "max": most})
}

// label is what people call a field.
func label(kind, key string) lang.Name {
	return lang.Name{Key: "activities.field." + kind + "." + key, Otherwise: key}
}

// changes reports whether a draft gives a field another value.
func changes(p *record.Pending, key string) bool {
	return p.Given(key) && (p.New() || p.Old.Values[key] != p.Values[key])
}
