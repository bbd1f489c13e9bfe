package record

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// bin knows which records of the bin refer to which: whoever goes must leave no
// link behind that leads nowhere.
type bin struct {
	r       *Registry
	since   int64 // what came into the bin later is looked up
	links   []binLink
	outside []binLink // of what comes from outside
	by      map[ID][]ID
	to      map[ID][]ID
	kinds   map[ID]*Kind // of those that refer to others
	going   map[ID]bool
	holders map[ID]held // of those that stay in the bin and keep another one there
}

// held names a record that refers to another one.
type held struct {
	kind *Kind
	by   ID
}

// binLink is a field that can refer to records.
type binLink struct {
	kind  *Kind
	field *Field
	list  *Field // of whose rows the field is a part
}

// run is a stretch of records of one kind that are judged together.
type run struct {
	kind *Kind
	ids  []ID
}

// runRows is how many that are.
const runRows = 20

// lookIntoBin reads once which records of the bin refer to others, and finds out
// which of those that shall go would leave such a link behind.
func (r *Registry) lookIntoBin(ctx context.Context, q storage.Queryer, now time.Time, refs []Ref) (*bin, error) {
	b := &bin{r: r, since: now.UnixMilli(), by: map[ID][]ID{}, to: map[ID][]ID{}, kinds: map[ID]*Kind{}, going: make(map[ID]bool, len(refs)), holders: map[ID]held{}}
	for _, ref := range refs {
		k, err := r.Kind(ref.Kind)
		if err != nil {
			return nil, err
		}
		b.going[ref.ID], b.kinds[ref.ID] = true, k
	}
	b.links, b.outside = r.binLinks()
	for _, l := range b.links {
		pairs, err := l.pairs(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			if p.To == p.By || !b.going[p.To] {
				continue
			}
			b.by[p.To], b.to[p.By] = append(b.by[p.To], p.By), append(b.to[p.By], p.To)
			if !b.going[p.By] {
				b.holders[p.To] = held{l.kind, p.By}
				b.keep(p.To)
			}
		}
	}
	// Who refers to others and must stay keeps them.
	for by := range b.to {
		if !b.going[by] {
			continue
		}
		found, err := b.kinds[by].Load(ctx, q, by)
		if err != nil {
			return nil, err
		}
		for _, rec := range found {
			why, err := b.stays(ctx, q, rec)
			if err != nil {
				return nil, err
			}
			if why != nil {
				for _, to := range b.to[by] {
					b.keep(to)
				}
			}
		}
	}
	return b, nil
}

// binLinks are the fields that can refer to records, and those of what comes
// from outside.
func (r *Registry) binLinks() (links, outside []binLink) {
	for _, k := range r.All() {
		for _, f := range k.All() {
			if f.Type == Link && f.Mirror == "" {
				links = append(links, binLink{kind: k, field: f})
			}
			for i := range f.Fields {
				if l := (binLink{k, &f.Fields[i], f}); l.field.Type != Link {
					continue
				} else if k.Outside {
					outside = append(outside, l)
				} else {
					links = append(links, l)
				}
			}
		}
	}
	return links, outside
}

// binPair is a record of the bin and another one that it refers to.
type binPair struct {
	To ID `db:"target"`
	By ID `db:"id"`
}

func (l binLink) pairs(ctx context.Context, q storage.Queryer) ([]binPair, error) {
	var pairs []binPair
	err := sqlx.SelectContext(ctx, q, &pairs, "SELECT "+l.column()+" AS target, o.id FROM "+l.from()+" WHERE o.deleted_at IS NOT NULL AND "+l.column()+" IS NOT NULL")
	if err != nil {
		return nil, fmt.Errorf("look into the bin: %w", err)
	}
	return pairs, nil
}

// Referring finds what else of the bin refers to records, of kinds that people
// see: the notes about a company, and the files beside those notes. With kinds it
// goes by these only.
func (r *Registry) Referring(ctx context.Context, q storage.Queryer, refs []Ref, kinds ...string) ([]Ref, error) {
	by := map[ID][]Ref{}
	links, _ := r.binLinks()
	for _, l := range links {
		if l.kind.Hidden || l.kind.Outside || len(kinds) > 0 && !slices.Contains(kinds, l.kind.Name) {
			continue
		}
		pairs, err := l.pairs(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			by[p.To] = append(by[p.To], Ref{l.kind.Name, p.By})
		}
	}
	seen := make(map[ID]bool, len(refs))
	for _, ref := range refs {
		seen[ref.ID] = true
	}
	var found []Ref
	for next := refs; len(next) > 0; {
		var more []Ref
		for _, to := range next {
			for _, ref := range by[to.ID] {
				if !seen[ref.ID] {
					seen[ref.ID] = true
					more = append(more, ref)
				}
			}
		}
		found, next = append(found, more...), more
	}
	return found, nil
}

func (l binLink) from() string {
	if l.list == nil {
		return l.kind.Table + " o"
	}
	return l.list.Table + " l JOIN " + l.kind.Table + " o ON o.id = l.owner_id"
}

func (l binLink) column() string {
	if l.list == nil {
		return "o." + l.field.Column
	}
	return "l." + l.field.Column
}

// keep lets a record stay, and with it all that it refers to.
func (b *bin) keep(id ID) {
	if !b.going[id] {
		return
	}
	b.going[id] = false
	for _, to := range b.to[id] {
		b.keep(to)
	}
}

// runs puts records into an order in which whoever refers to another goes before
// it, in stretches of one kind.
func (b *bin) runs(refs []Ref) []run {
	var runs []run
	seen := make(map[ID]bool, len(refs))
	var visit func(id ID)
	visit = func(id ID) {
		if seen[id] {
			return
		}
		seen[id] = true
		for _, by := range b.by[id] {
			if b.kinds[by] != nil { // it is one of them
				visit(by)
			}
		}
		if last := len(runs) - 1; last < 0 || runs[last].kind != b.kinds[id] || len(runs[last].ids) == runRows {
			runs = append(runs, run{kind: b.kinds[id]})
		}
		last := &runs[len(runs)-1]
		last.ids = append(last.ids, id)
	}
	for _, ref := range refs {
		visit(ref.ID)
	}
	return runs
}

// judge gives the records of a run that may go, and counts all.
func (b *bin) judge(ctx context.Context, q storage.Queryer, r run, done *Edited) ([]*Record, error) {
	found, err := r.kind.Load(ctx, q, r.ids...)
	if err != nil {
		return nil, err
	}
	done.Unchanged += len(r.ids) - len(found) // gone already
	linked, err := b.linked(ctx, q, r)
	if err != nil {
		return nil, err
	}
	var may []*Record
	for _, rec := range found {
		if rec.Deleted == 0 { // restored meanwhile
			done.Unchanged++
			b.keep(rec.ID)
			continue
		}
		why, err := b.stays(ctx, q, rec)
		switch {
		case err != nil:
			return nil, err
		case why != nil:
		case linked[rec.ID] != nil:
			why = linked[rec.ID].fault(rec)
		case !b.going[rec.ID]:
			if why, err = b.heldInBin(ctx, q, rec); err != nil {
				return nil, err
			}
		default:
			done.Changed++
			may = append(may, rec)
			continue
		}
		b.keep(rec.ID)
		done.add(Edited{Failed: []Failure{{ID: rec.ID, Title: rec.Title(), Err: why}}})
	}
	return may, nil
}

// heldInBin says that something in the bin refers to a record, and what it is if
// that stays there by itself.
func (b *bin) heldInBin(ctx context.Context, q storage.Queryer, rec *Record) (why, err error) {
	h, ok := b.holders[rec.ID]
	if !ok {
		return fault.Conflict("", "rule.purgeLinkedInBin", fault.Params{"title": rec.Title()}), nil
	}
	names := map[ID]LinkTitle{}
	if err := h.kind.Titles(ctx, q, []ID{h.by}, names); err != nil {
		return nil, err
	}
	return fault.Conflict("", "rule.purgeHeldInBin", fault.Params{"title": rec.Title(), "kind": h.kind.label(), "by": names[h.by].Title}), nil
}

// stays tells why a record must stay, whatever refers to it.
func (b *bin) stays(ctx context.Context, q storage.Queryer, rec *Record) (why, err error) {
	if rec.Kind.Outside {
		return fault.Conflict("", "rule.purgeOutside", nil), nil
	}
	if rec.Kind.Keep != nil {
		if why := rec.Kind.Keep(rec); why != nil {
			return why, nil
		}
	}
	for _, p := range b.r.Feed.purgers {
		if p.Stay == nil {
			continue
		}
		why := p.Stay(ctx, q, rec)
		if why == nil {
			continue
		}
		if f := fault.Of(why); f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
			return nil, why
		}
		return why, nil
	}
	return nil, nil
}

// holder is a record that still refers to one in the bin.
type holder struct {
	kind  *Kind
	title string
	more  int
}

func (h *holder) fault(rec *Record) error {
	key := "rule.purgeLinked"
	if h.more > 0 {
		key = "rule.purgeLinkedMore"
	}
	return fault.Conflict("", key, fault.Params{"title": rec.Title(), "kind": h.kind.label(), "by": h.title, "count": h.more})
}

// linked finds the records outside the bin that refer to some in it. Those that
// came into the bin a moment ago count as well.
func (b *bin) linked(ctx context.Context, q storage.Queryer, r run) (map[ID]*holder, error) {
	held := map[ID]*holder{}
	args := make([]any, len(r.ids))
	for i, id := range r.ids {
		args[i] = int64(id)
	}
	in := " IN (?" + strings.Repeat(", ?", len(args)-1) + ")"
	for _, l := range b.links {
		if !slices.Contains(l.field.Targets, r.kind.Name) {
			continue
		}
		// Two queries, since each has an index of its own.
		for _, when := range []string{"o.deleted_at IS NULL", fmt.Sprintf("o.deleted_at >= %d", b.since)} {
			var rows []struct {
				Target ID  `db:"target"`
				By     ID  `db:"holder"`
				N      int `db:"n"`
			}
			err := sqlx.SelectContext(ctx, q, &rows, "SELECT "+l.column()+" AS target, min(o.id) AS holder, count(DISTINCT o.id) AS n FROM "+l.from()+
				" WHERE "+l.column()+in+" AND "+when+" AND o.id <> "+l.column()+" GROUP BY "+l.column(), args...)
			if err != nil {
				return nil, fmt.Errorf("find links: %w", err)
			}
			for _, row := range rows {
				if h := held[row.Target]; h != nil {
					h.more += row.N
					continue
				}
				name := map[ID]LinkTitle{}
				if err := l.kind.Titles(ctx, q, []ID{row.By}, name); err != nil {
					return nil, err
				}
				held[row.Target] = &holder{l.kind, name[row.By].Title, row.N - 1}
			}
		}
	}
	return held, nil
}
