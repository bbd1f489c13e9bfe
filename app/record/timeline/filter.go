package timeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/record/search"
	"kontor/storage"
)

// Filter picks entries; what is empty picks all.
type Filter struct {
	Kinds []string
	// Who is a user, for what they wrote or changed, or a record such as a person,
	// for what stands on its timeline as well.
	Who record.ID
	// Words are looked for in the records and in what changes changed.
	Words string
}

func (f Filter) wants(kind string) bool { return len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind) }

// condition is a part of SQL with its arguments.
type condition struct {
	text string
	args []any
}

// and adds a part; its verbs take the numbers of the arguments.
func (c *condition) and(part string, args ...any) {
	marks := make([]any, len(args))
	for i := range args {
		marks[i] = len(c.args) + i + 1
	}
	c.text += " AND " + fmt.Sprintf(part, marks...)
	c.args = append(c.args, args...)
}

// records adds what a filter asks of records that stand on a timeline (e).
func (f Filter) records(c *condition, r *record.Registry) {
	if len(f.Kinds) > 0 {
		c.text += " AND e.kind IN (" + storage.Marks(len(c.args)+1, len(f.Kinds)) + ")"
		for _, kind := range f.Kinds {
			c.args = append(c.args, kind)
		}
	}
	if f.Who != 0 {
		wrote := "EXISTS (SELECT 1 FROM history_change h WHERE h.record_id = e.ref_id AND h.actor = $%[1]d)" + fromInside(r)
		c.and("(EXISTS (SELECT 1 FROM timeline_entry p WHERE p.subject_id = $%[1]d AND p.at = e.at AND p.ref_id = e.ref_id) OR "+wrote+")", int64(f.Who))
	}
	if text, args := search.Within("e.ref_id", f.Words, len(c.args)+1); text != "" {
		c.text += " AND " + text
		c.args = append(c.args, args...)
	}
}

// fromInside excepts what came from outside: whoever fetched a mail has not
// written it, unless it is one that went out.
func fromInside(r *record.Registry) string {
	var b strings.Builder
	for _, k := range r.All() {
		if !k.Outside {
			continue
		}
		fmt.Fprintf(&b, " AND (e.kind <> '%s'", k.Name)
		if f := k.Field("direction"); f != nil {
			fmt.Fprintf(&b, " OR EXISTS (SELECT 1 FROM %s o WHERE o.id = e.ref_id AND o.%s = 'out')", k.Table, f.Column)
		}
		b.WriteByte(')')
	}
	return b.String()
}

// changePage is how many changes are read at a time in search of words.
const changePage = 200

// changes gives the changes of the record itself.
func (t *Timeline) changes(ctx context.Context, q storage.Queryer, subject record.ID, f Filter, from cursor, limit int) ([]Entry, error) {
	ask := history.Filter{Record: subject, Actor: f.Who, Before: from.Change, Limit: limit}
	terms := storage.Terms(f.Words)
	if len(terms) > 0 {
		ask.Limit = max(limit, changePage)
	}
	var entries []Entry
	for {
		changes, err := t.history.List(ctx, q, ask)
		if err != nil {
			return nil, err
		}
		for i := range changes {
			c := &changes[i]
			if len(terms) > 0 && !mentions(c, terms) {
				continue
			}
			entries = append(entries, Entry{ID: c.ID, At: c.At, Kind: kindChange, Actor: c.Actor, Title: c.Title, Change: c, millis: c.Millis()})
			if len(entries) == limit {
				return entries, nil
			}
		}
		if len(changes) < ask.Limit {
			return entries, nil
		}
		ask.Before = changes[len(changes)-1].ID
	}
}

// mentions reports whether a change holds all words in its values or in the name
// of the file they came from, the last one as a beginning.
func mentions(c *history.Change, terms []string) bool {
	var b strings.Builder
	b.WriteString(c.Source)
	for _, f := range c.Fields {
		b.WriteByte(' ')
		b.Write(f.Before)
		b.WriteByte(' ')
		b.Write(f.After)
	}
	words := storage.Terms(b.String())
	for i, term := range terms {
		beginning := i == len(terms)-1
		if !slices.ContainsFunc(words, func(word string) bool {
			return word == term || beginning && strings.HasPrefix(word, term)
		}) {
			return false
		}
	}
	return true
}
