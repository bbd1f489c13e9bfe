package activities

import (
	"kontor/app/contacts"
	"kontor/app/record"
)

func (a *Activities) note() *record.Kind {
	return &record.Kind{
		Name: "note", Module: "activities", Table: "activities_note", TitleKey: "text", Columns: []string{"text", "about", "at"}, SortKey: "-at",
		Fields: []record.Field{
			{Key: "text", Type: record.LongText, Required: true, Find: record.InText, Personal: true, Marks: true},
			aboutOne(),
			{Key: "at", Type: record.Instant, Index: record.Indexed},
		},
		Prepare: func(env record.Env, p *record.Pending) error {
			if p.Values["at"] == nil {
				p.Set("at", env.Now.UnixMilli())
			}
			return nil
		},
		When:     atMoment,
		Subjects: a.subjects,
		Moves:    contacts.Moves,
	}
}

func atMoment(rec *record.Record) int64 { return rec.Values.Int("at") }
