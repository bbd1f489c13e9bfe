package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/app/record/history"
	"kontor/storage"
)

func (a *API) binOperations() {
	handle(a, operation{id: "get-bin", method: http.MethodGet, path: "/api/bin", summary: "What lies in the bin, newest first"}, a.bin)
	handle(a, operation{id: "restore-bin", method: http.MethodPost, path: "/api/bin/restore", summary: "Take records out of the bin under one batch", maxBody: 8 << 20, job: true}, a.restoreBin)
	handle(a, operation{id: "bin-referring", method: http.MethodPost, path: "/api/bin/referring", summary: "What else of the bin refers to records, by kind", maxBody: 8 << 20}, a.binReferring)
	handle(a, operation{id: "purge-bin", method: http.MethodPost, path: "/api/bin/purge", summary: "Delete records of the bin for good; this cannot be undone", maxBody: 8 << 20, job: true}, a.purgeBin)
}

type binOut struct {
	Body struct {
		Rows  []binRow  `json:"rows"`
		Next  string    `json:"next"`
		Kinds []binKind `json:"kinds" doc:"how much of which kind the filter finds, of the first stretch only"`
	}
}

type binRow struct {
	ID        record.ID     `json:"id"`
	Kind      string        `json:"kind"`
	Title     string        `json:"title"`
	DeletedAt string        `json:"deletedAt"`
	Actor     history.Actor `json:"actor"`
	place     binPlace
}

// binPlace is where a row stands in the bin, and the cursor behind it.
type binPlace struct {
	deleted int64
	id      record.ID
}

func (p binPlace) String() string { return fmt.Sprintf("%d.%s", p.deleted, p.id) }

func parsePlace(text string) (p binPlace, err error) {
	moment, id, _ := strings.Cut(text, ".")
	if _, e := fmt.Sscan(moment, &p.deleted); e != nil {
		return p, fault.Invalid("before", "record.cursor", nil)
	}
	if p.id, err = record.ParseID(id); err != nil {
		return p, fault.Invalid("before", "record.cursor", nil)
	}
	return p, nil
}

type binKind struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// BinQuery picks records of the bin; what is empty picks all.
type BinQuery struct {
	Kind  string  `query:"kind" json:"kind,omitempty"`
	Actor IDParam `query:"actor" json:"-"`
	Since string  `query:"since" json:"since,omitempty" doc:"the first day of deletion, in the workspace's time zone"`
	Until string  `query:"until" json:"until,omitempty" doc:"the last day of deletion"`
}

// binFilter is a BinQuery as SQL takes it.
type binFilter struct {
	kind         string
	actor        record.ID
	since, until int64
	before       binPlace
}

func (a *API) binFilter(ctx context.Context, in BinQuery) (binFilter, error) {
	since, until, err := a.moments(ctx, Days{Since: in.Since, Until: in.Until})
	f := binFilter{kind: in.Kind, actor: in.Actor.ID}
	if !since.IsZero() {
		f.since = since.UnixMilli()
	}
	if !until.IsZero() {
		f.until = until.UnixMilli()
	}
	if err == nil && in.Kind != "" {
		_, err = a.visible(in.Kind)
	}
	return f, err
}

// from is the bin of a kind with who deleted, as far as the filter goes.
func (f binFilter) from(k *record.Kind) (string, []any) {
	var args []any
	mark := func(value any) string {
		args = append(args, value)
		return fmt.Sprintf("$%d", len(args))
	}
	sql := " FROM " + k.Table + " t LEFT JOIN history_change c ON c.record_id = t.id AND c.op = 'delete' AND c.at = t.deleted_at WHERE t.deleted_at IS NOT NULL"
	if f.actor == 0 {
		sql = " FROM " + k.Table + " t WHERE t.deleted_at IS NOT NULL"
	} else {
		sql += " AND c.actor = " + mark(int64(f.actor))
	}
	if f.since != 0 {
		sql += " AND t.deleted_at >= " + mark(f.since)
	}
	if f.until != 0 {
		sql += " AND t.deleted_at < " + mark(f.until)
	}
	if f.before.id != 0 {
		at := mark(f.before.deleted)
		sql += " AND t.deleted_at <= " + at + " AND (t.deleted_at < " + at + " OR t.id < " + mark(int64(f.before.id)) + ")"
	}
	return sql, args
}

// kinds are those that a filter is about.
func (a *API) binKinds(f binFilter) []*record.Kind {
	return slices.DeleteFunc(a.app.Records.Kinds(), func(k *record.Kind) bool { return f.kind != "" && f.kind != k.Name })
}

// bin merges the deleted records of all kinds.
func (a *API) bin(ctx context.Context, in *struct {
	Stretch
	BinQuery
	Before string `query:"before"`
},
) (*binOut, error) {
	f, err := a.binFilter(ctx, in.BinQuery)
	if err != nil {
		return nil, err
	}
	if in.Before != "" {
		if f.before, err = parsePlace(in.Before); err != nil {
			return nil, err
		}
	}
	q := a.app.DB.Reader()
	out := &binOut{}
	out.Body.Rows, out.Body.Kinds = []binRow{}, []binKind{}
	for _, k := range a.binKinds(f) {
		rows, err := binRows(ctx, q, f, k, in.Limit+1)
		if err != nil {
			return nil, err
		}
		out.Body.Rows = append(out.Body.Rows, rows...)
	}
	slices.SortFunc(out.Body.Rows, func(x, y binRow) int {
		return cmp.Or(cmp.Compare(y.place.deleted, x.place.deleted), cmp.Compare(y.ID, x.ID))
	})
	if len(out.Body.Rows) > in.Limit {
		out.Body.Rows = out.Body.Rows[:in.Limit]
		out.Body.Next = out.Body.Rows[in.Limit-1].place.String()
	}
	if err := a.deleters(ctx, q, out.Body.Rows); err != nil {
		return nil, err
	}
	if in.Before == "" {
		f.kind = "" // what else there is
		out.Body.Kinds, err = a.binCounts(ctx, q, f)
	}
	return out, err
}

func binRows(ctx context.Context, q storage.Queryer, f binFilter, k *record.Kind, limit int) ([]binRow, error) {
	from, args := f.from(k)
	var found []struct {
		ID      record.ID `db:"id"`
		Title   string    `db:"title"`
		Deleted int64     `db:"deleted_at"`
	}
	err := sqlx.SelectContext(ctx, q, &found, "SELECT t.id, t."+k.Field(k.TitleKey).Column+" AS title, t.deleted_at"+from+fmt.Sprintf(" ORDER BY t.deleted_at DESC, t.id DESC LIMIT %d", limit), args...)
	if err != nil {
		return nil, fmt.Errorf("read the bin: %w", err)
	}
	rows := make([]binRow, len(found))
	for i, r := range found {
		rows[i] = binRow{ID: r.ID, Kind: k.Name, Title: k.TitleOf(r.Title), DeletedAt: record.InstantText(r.Deleted), place: binPlace{r.Deleted, r.ID}}
	}
	return rows, nil
}

// deleters fills in who put records into the bin.
func (a *API) deleters(ctx context.Context, q storage.Queryer, rows []binRow) error {
	if len(rows) == 0 {
		return nil
	}
	args := make([]any, len(rows))
	for i, r := range rows {
		args[i] = int64(r.ID)
	}
	var found []struct {
		Record record.ID `db:"record_id"`
		At     int64     `db:"at"`
		Actor  record.ID `db:"actor"`
		Name   string    `db:"name"`
	}
	err := sqlx.SelectContext(ctx, q, &found, `SELECT c.record_id, c.at, c.actor, coalesce(u.name, '') AS name FROM history_change c LEFT JOIN access_user u ON u.id = c.actor
		WHERE c.op = 'delete' AND c.record_id IN (`+storage.Marks(1, len(args))+")", args...)
	if err != nil {
		return fmt.Errorf("read who deleted: %w", err)
	}
	for _, d := range found {
		for i := range rows {
			if rows[i].ID == d.Record && rows[i].place.deleted == d.At {
				rows[i].Actor = history.Actor{ID: d.Actor, Name: d.Name}
			}
		}
	}
	return nil
}

func (a *API) binCounts(ctx context.Context, q storage.Queryer, f binFilter) ([]binKind, error) {
	counts := []binKind{}
	for _, k := range a.binKinds(f) {
		from, args := f.from(k)
		n := binKind{Kind: k.Name}
		if err := sqlx.GetContext(ctx, q, &n.Count, "SELECT count(*)"+from, args...); err != nil {
			return nil, fmt.Errorf("count the bin: %w", err)
		}
		if n.Count > 0 {
			counts = append(counts, n)
		}
	}
	return counts, nil
}

// BinChoice says which records of the bin are meant: those named, or all that a
// filter finds.
type BinChoice struct {
	Records []BinRef `json:"records,omitempty" maxItems:"100000"`
	All     bool     `json:"all,omitempty" doc:"all that kind, actor, since and until find"`
	BinQuery
	Actor record.ID `json:"actor,omitempty"`
}

// BinRef names one.
type BinRef struct {
	Kind string    `json:"kind" maxLength:"40"`
	ID   record.ID `json:"id"`
}

// maxBin bounds what one step takes out of the bin.
const maxBin = 100_000

// binChosen lists the records that are meant.
func (a *API) binChosen(ctx context.Context, in BinChoice) ([]record.Ref, error) {
	var refs []record.Ref
	if !in.All {
		if len(in.Records) == 0 {
			return nil, fault.Invalid("records", "record.noneChosen", nil)
		}
		for _, r := range in.Records {
			if _, err := a.visible(r.Kind); err != nil {
				return nil, err
			}
			refs = append(refs, record.Ref(r))
		}
		return refs, nil
	}
	in.BinQuery.Actor.ID = in.Actor
	f, err := a.binFilter(ctx, in.BinQuery)
	if err != nil {
		return nil, err
	}
	for _, k := range a.binKinds(f) {
		from, args := f.from(k)
		var ids []record.ID
		if err := sqlx.SelectContext(ctx, a.app.DB.Reader(), &ids, "SELECT t.id"+from+fmt.Sprintf(" ORDER BY t.id LIMIT %d", maxBin-len(refs)), args...); err != nil {
			return nil, fmt.Errorf("read the bin: %w", err)
		}
		for _, id := range ids {
			refs = append(refs, record.Ref{Kind: k.Name, ID: id})
		}
	}
	return refs, nil
}

type binKindsOut struct {
	Body struct {
		Kinds []binKind `json:"kinds"`
	}
}

// binReferring counts what could go along with records.
func (a *API) binReferring(ctx context.Context, in *struct{ Body BinChoice }) (*binKindsOut, error) {
	refs, err := a.binChosen(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	found, err := a.app.Records.Referring(ctx, a.app.DB.Reader(), refs)
	out := &binKindsOut{}
	out.Body.Kinds = []binKind{}
	counts := map[string]int{}
	for _, ref := range found {
		counts[ref.Kind]++
	}
	for _, k := range a.app.Records.Kinds() {
		if n := counts[k.Name]; n > 0 {
			out.Body.Kinds = append(out.Body.Kinds, binKind{k.Name, n})
		}
	}
	return out, err
}

func (a *API) restoreBin(ctx context.Context, in *struct{ Body BinChoice }) (*bulkOut, error) {
	refs, err := a.binChosen(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	return a.bulk.run(ctx, len(refs), func(ctx context.Context, tell func(int)) (record.Edited, error) {
		return a.app.Records.RestoreMany(ctx, a.app.DB, refs, tell)
	})
}

func (a *API) purgeBin(ctx context.Context, in *struct {
	Body struct {
		BinChoice
		Along  []string `json:"along,omitempty" maxItems:"50" doc:"kinds of which also goes what lies in the bin and refers to those records"`
		DryRun bool     `json:"dryRun,omitempty" doc:"only say what would happen"`
	}
},
) (*bulkOut, error) {
	refs, err := a.binChosen(ctx, in.Body.BinChoice)
	if err != nil {
		return nil, err
	}
	if len(in.Body.Along) > 0 {
		for _, kind := range in.Body.Along {
			if _, err := a.visible(kind); err != nil {
				return nil, err
			}
		}
		more, err := a.app.Records.Referring(ctx, a.app.DB.Reader(), refs, in.Body.Along...)
		if err != nil {
			return nil, err
		}
		refs = append(refs, more...)
	}
	return a.bulk.run(ctx, len(refs), func(ctx context.Context, tell func(int)) (record.Edited, error) {
		if in.Body.DryRun {
			return a.app.Records.TryPurge(ctx, a.app.DB.Reader(), refs, tell)
		}
		return a.app.Records.PurgeMany(ctx, a.app.DB, refs, tell)
	})
}
