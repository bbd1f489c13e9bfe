package activities

import (
	"kontor/app/contacts"
	"kontor/app/record"
)

// The directions of a call.
const (
	directionIn  = "in"
	directionOut = "out"
)

// The outcomes of a call.
const (
	reached     = "reached"
	notReached  = "notReached"
	leftMessage = "leftMessage"
	callBack    = "callBack" // they asked to be called again
)

const maxMinutes = 24 * 60

func (a *Activities) call() *record.Kind {
	return &record.Kind{
		Name: "call", Module: "activities", Table: "activities_call", Extensible: true, TitleKey: "text", Columns: []string{"at", "direction", "about", "outcome", "minutes", "text"}, SortKey: "-at",
		Fields: []record.Field{
			{Key: "text", Type: record.LongText, Max: maxDetails, Find: record.InText, Personal: true},
			aboutOne(),
			{Key: "at", Type: record.Instant, Index: record.Indexed},
			{Key: "direction", Type: record.Choice, Options: []string{directionOut, directionIn}},
			{Key: "outcome", Type: record.Choice, Options: []string{reached, notReached, leftMessage, callBack}, Index: record.Indexed},
			{Key: "minutes", Type: record.Number},
		},
		Prepare: func(env record.Env, p *record.Pending) error {
			for key, value := range map[string]any{"at": env.Now.UnixMilli(), "direction": directionOut, "outcome": reached} {
				if p.Values[key] == nil {
					p.Set(key, value)
				}
			}
			return between(p, "call", "minutes", 0, maxMinutes)
		},
		Check:    a.living,
		When:     atMoment,
		Subjects: a.subjects,
		Moves:    contacts.Moves,
	}
}
