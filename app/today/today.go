// Package today puts together what waits to be done today: tasks, meetings, new
// replies, quotations to chase and drafts.
//
// Each section is a filter on a kind of records. It knows the kinds by name
// only, so a section whose kind or field is not there is left out, and pages can
// open the whole list with the same filter.
package today

import (
	"context"
	"strings"
	"time"

	"kontor/app/activities"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// section describes one part of the page.
type section struct{ key, kind, where, sort string }

// mine are the tasks that are for whoever asks, or for anybody.
const mine = `done is empty and (assigned = me or assigned is empty)`

// sections in the order in which people should see to them. Meetings come
// between tasks and replies, by the calendar.
var sections = []section{
	{"overdue", "task", mine + ` and due < today`, "due"},
	{"due", "task", mine + ` and due = today`, "due"},
	{meetings, "meeting", "", ""},
	{"replies", "mail", `direction = "in" and at >= today-3d and auto = false and bulk = false and (` + answers() + `)`, "-at"},
	{"chase", "quotation", `status = "final" and validUntil >= today and finalisedAt <= today-7d`, "validUntil"},
	{"drafts", "quotation", `status = "draft"`, "-updatedAt"},
}

const meetings = "meetings"

// answers is a filter for subjects that mail programs give to replies: somebody
// answers a mail of ours. English, German, Dutch, Swedish and Danish, Finnish
// and Norwegian, Italian, French, Polish.
func answers() string {
	var either []string
	for _, prefix := range []string{"Re:", "AW:", "Antw:", "SV:", "VS:", "R:", "Rif:", "RE :", "Odp:"} {
		either = append(either, `subject ^ "`+prefix+`"`)
	}
	return strings.Join(either, " or ")
}

const (
	maxRows  = 20  // of a section
	maxCount = 999 // counted at most
	ahead    = 3   // days of meetings behind today
)

// Section is one part of what waits.
type Section struct {
	Key     string
	Kind    string
	Where   string // filter of the whole list; empty for meetings, which the calendar lists
	Sort    string
	Count   int
	Capped  bool // there are more than Count
	Records []*record.Record
	Entries []activities.Entry // of meetings: some may be later times of a series
}

// Today reads what waits.
type Today struct {
	Records  *record.Registry
	Calendar *activities.Activities
}

// Read gives the sections that are not empty, for whoever asks.
func (t Today) Read(ctx context.Context, q storage.Queryer) ([]Section, error) {
	found := []Section{}
	for _, s := range sections {
		read := t.list
		if s.key == meetings {
			read = t.meetings
		}
		part, err := read(ctx, q, s)
		if err != nil {
			return nil, err
		}
		if part.Count > 0 {
			found = append(found, part)
		}
	}
	return found, nil
}

func (t Today) list(ctx context.Context, q storage.Queryer, s section) (Section, error) {
	part := Section{Key: s.key, Kind: s.kind, Where: s.where, Sort: s.sort}
	k, err := t.Records.Kind(s.kind)
	if fault.Is(err, fault.CodeNotFound) {
		return part, nil
	}
	where, err := record.ParseFilter(s.where)
	if err != nil {
		return part, err
	}
	if fault.Is(t.Records.CheckFilter(ctx, k, where), fault.CodeInvalid) { // a kind that has no such field
		return part, nil
	}
	query := record.Query{Where: where, Sort: []string{s.sort}, Limit: maxRows}
	page, err := t.Records.List(ctx, q, k, query)
	if err != nil {
		return part, err
	}
	if part.Records, part.Count = page.Records, len(page.Records); page.Next == "" {
		return part, nil
	}
	n, err := t.Records.Count(ctx, q, k, query, maxCount)
	part.Count, part.Capped = min(n, maxCount), n > maxCount
	return part, err
}

// meetings are those that are not over yet, of today and the next days.
func (t Today) meetings(ctx context.Context, q storage.Queryer, s section) (Section, error) {
	part := Section{Key: s.key, Kind: s.kind}
	now := t.Records.Env(ctx).Now
	entries, more, err := t.Calendar.Calendar(ctx, q, now.Format(time.DateOnly), now.AddDate(0, 0, ahead).Format(time.DateOnly))
	if err != nil {
		return part, err
	}
	over := record.InstantText(now.UnixMilli())
	for _, e := range entries {
		if e.Kind != s.kind || !e.WholeDay && e.End < over {
			continue
		}
		if part.Count++; len(part.Entries) < maxRows {
			part.Entries, part.Records = append(part.Entries, e), append(part.Records, e.Record())
		}
	}
	part.Capped = more
	return part, nil
}
