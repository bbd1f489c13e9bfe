package api

import (
	"context"
	"net/http"
	"slices"

	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/app/record/timeline"
	"kontor/storage"
)

func (a *API) timelines() {
	handle(a, operation{id: "get-timeline", method: http.MethodGet, path: "/api/records/{kind}/{id}/timeline", summary: "What happened around a record, newest first"}, a.timeline)
	handle(a, operation{id: "get-timeline-people", method: http.MethodGet, path: "/api/records/{kind}/{id}/timeline/people", summary: "Who wrote or changed what stands on a timeline, and of whom it is"}, a.timelinePeople)
	handle(a, operation{id: "pin-entry", method: http.MethodPut, path: "/api/records/{kind}/{id}/timeline/pins/{entry}", summary: "Keep an entry on top of a timeline", status: 204}, a.pin(true))
	handle(a, operation{id: "unpin-entry", method: http.MethodDelete, path: "/api/records/{kind}/{id}/timeline/pins/{entry}", summary: "Let a pinned entry go", status: 204}, a.pin(false))
}

type timelineOut struct {
	Body struct {
		Entries []timelineEntry `json:"entries"`
		Pinned  []timelineEntry `json:"pinned" doc:"what is pinned, whatever the filter; with the first stretch only"`
		Next    string          `json:"next"`
		Links   Links           `json:"links"`
	}
}

type timelineEntry struct {
	timeline.Entry
	Record *Row `json:"record,omitempty"`
}

func (a *API) timeline(ctx context.Context, in *struct {
	RecordPath
	Stretch
	Kinds  []string `query:"kinds" doc:"kinds of entries, such as note or change; all when empty"`
	Who    IDParam  `query:"who" doc:"a user: what they wrote or changed; a person: what is about them, too"`
	Q      string   `query:"q" maxLength:"200" doc:"words that an entry holds"`
	Before string   `query:"before"`
},
) (*timelineOut, error) {
	k, err := a.app.Records.Kind(in.Kind)
	if err != nil {
		return nil, err
	}
	q := a.app.DB.Reader()
	if _, err := k.One(ctx, q, in.ID.ID); err != nil {
		return nil, err
	}
	filter := timeline.Filter{Kinds: in.Kinds, Who: in.Who.ID, Words: in.Q}
	entries, next, err := a.app.Timeline.Find(ctx, q, in.ID.ID, filter, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	pinned := []timeline.Entry{}
	if in.Before == "" {
		if pinned, err = a.app.Timeline.Pinned(ctx, q, in.ID.ID); err != nil {
			return nil, err
		}
	}
	out := &timelineOut{}
	out.Body.Next = next
	out.Body.Entries, out.Body.Pinned = told(entries), told(pinned)
	var records []*record.Record
	var changes []history.Change
	for _, e := range slices.Concat(entries, pinned) {
		if e.Record != nil {
			records = append(records, e.Record)
		}
		if e.Change != nil {
			changes = append(changes, *e.Change)
		}
	}
	if out.Body.Links, err = a.app.Records.Links(ctx, q, records...); err != nil {
		return nil, err
	}
	links, err := a.app.History.Links(ctx, q, changes)
	for id, link := range links {
		out.Body.Links[id] = link
	}
	return out, err
}

// told gives entries as a timeline carries them.
func told(entries []timeline.Entry) []timelineEntry {
	out := make([]timelineEntry, len(entries))
	for i, e := range entries {
		out[i] = timelineEntry{Entry: e}
		if e.Record != nil {
			out[i].Record = &Row{brief(e.Record)}
		}
	}
	return out
}

type timelinePeopleOut struct {
	Body struct {
		People []timeline.Person `json:"people"`
	}
}

func (a *API) timelinePeople(ctx context.Context, in *RecordPath) (out *timelinePeopleOut, err error) {
	if _, err := a.app.Records.Kind(in.Kind); err != nil {
		return nil, err
	}
	out = &timelinePeopleOut{}
	out.Body.People, err = a.app.Timeline.People(ctx, a.app.DB.Reader(), in.ID.ID)
	return out, err
}

type pinPath struct {
	RecordPath
	Entry IDParam `path:"entry"`
}

func (a *API) pin(pinned bool) func(context.Context, *pinPath) (*struct{}, error) {
	return func(ctx context.Context, in *pinPath) (*struct{}, error) {
		k, err := a.app.Records.Kind(in.Kind)
		if err != nil {
			return nil, err
		}
		if _, err := k.One(ctx, a.app.DB.Reader(), in.ID.ID); err != nil {
			return nil, err
		}
		return nil, a.app.DB.Write(ctx, func(tx *storage.Tx) error {
			return a.app.Timeline.Pin(ctx, tx, in.ID.ID, in.Entry.ID, pinned)
		})
	}
}
