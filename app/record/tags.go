package record

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// tagsKey is the field in which a kind keeps its tags.
const tagsKey = "tags"

// Limits of tags.
const (
	maxTags      = 50
	maxTagLength = 60
)

// Tags is the field of a kind whose records can be tagged: words of the user's
// own, each once a record and in one spelling all over the workspace. Filters call
// one of them tag.
func Tags(table, group string, personal bool) Field {
	return Field{Key: tagsKey, Alias: "tag", Type: List, Table: table, Group: group, Max: maxTags, Personal: personal, Fields: []Field{
		{Key: "value", Type: Text, Required: true, Max: maxTagLength, Index: Indexed, Find: InName, Personal: personal, spelt: true},
	}}
}

// Tag is a tag with how many records have it.
type Tag struct {
	Name  string `json:"name" db:"name"`
	Count int    `json:"count" db:"count"`
}

// SameTag reports whether two texts are one tag.
func SameTag(a, b string) bool { return storage.Fold(Clean(a, false)) == storage.Fold(Clean(b, false)) }

// tagged lists the kinds that have tags, or the one of a name.
func (r *Registry) tagged(kind string) ([]*Kind, error) {
	var tagged []*Kind
	for _, k := range r.kinds {
		if f := k.Field(tagsKey); f != nil && len(f.Fields) > 0 && f.Fields[0].spelt && (kind == "" || kind == k.Name) {
			tagged = append(tagged, k)
		}
	}
	if len(tagged) == 0 {
		return nil, noKind(kind)
	}
	return tagged, nil
}

// TagsInUse gives the tags of a kind, or of all kinds, those used most first.
func (r *Registry) TagsInUse(ctx context.Context, q storage.Queryer, kind string) ([]Tag, error) {
	kinds, err := r.tagged(kind)
	if err != nil {
		return nil, err
	}
	byKey := map[string]*Tag{}
	for _, k := range kinds {
		var found []struct {
			Tag
			Key string `db:"folded"`
		}
		err := sqlx.SelectContext(ctx, q, &found, fmt.Sprintf("SELECT min(t.value) AS name, t.value_key AS folded, count(*) AS count FROM %s t JOIN %s r ON r.id = t.owner_id WHERE r.deleted_at IS NULL GROUP BY t.value_key",
			k.Field(tagsKey).Table, k.Table))
		if err != nil {
			return nil, fmt.Errorf("tags of %s: %w", k.Name, err)
		}
		for _, f := range found {
			if known := byKey[f.Key]; known != nil {
				known.Count += f.Count
			} else {
				byKey[f.Key] = &f.Tag
			}
		}
	}
	tags := []Tag{}
	for _, tag := range byKey {
		tags = append(tags, *tag)
	}
	slices.SortFunc(tags, func(a, b Tag) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(storage.Fold(a.Name), storage.Fold(b.Name)))
	})
	return tags, nil
}

// RenameTag gives a tag another name on all records of all kinds, under one batch;
// one that exists already takes it in.
func (r *Registry) RenameTag(ctx context.Context, db *storage.DB, from, to string, tell func(done int)) (Edited, error) {
	to = Clean(to, false)
	if to == "" {
		return Edited{}, fault.Invalid("to", "record.tagName", nil)
	}
	kinds, err := r.tagged("")
	if err != nil {
		return Edited{}, err
	}
	old, key := storage.Fold(Clean(from, false)), storage.Fold(to)
	if old != key {
		known, err := r.spellings(ctx, db.Reader(), []string{key})
		if err != nil {
			return Edited{}, err
		}
		to = cmp.Or(known[key], to)
	}
	act := ActOf(ctx)
	act.Batch = NewID(db.Now())
	ctx = WithAct(ctx, act)
	all := Edited{Batch: act.Batch}
	for _, k := range kinds {
		part := k.Field(tagsKey).main()
		if _, err := part.decode(Env{}, to, ""); err != nil {
			return all, fault.Of(err).At("to")
		}
		var ids []ID
		err := sqlx.SelectContext(ctx, db.Reader(), &ids, fmt.Sprintf("SELECT t.owner_id FROM %s t JOIN %s r ON r.id = t.owner_id WHERE r.deleted_at IS NULL AND t.value_key = $1", k.Field(tagsKey).Table, k.Table), old)
		if err != nil {
			return all, fmt.Errorf("find tag: %w", err)
		}
		before := all.Changed + all.Unchanged
		done, err := r.EditMany(ctx, db, k, ids, Edit{system: true, Change: func(rec *Record) map[string]any {
			return map[string]any{tagsKey: renamed(rec.Values.Rows(tagsKey), old, to)}
		}}, func(n int) { tell(before + n) })
		all.Changed += done.Changed
		all.Unchanged += done.Unchanged
		all.Failed = append(all.Failed, done.Failed...)
		all.More += done.More
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// renamed gives tags of which one has another name.
func renamed(rows []Values, old, to string) []Values {
	var kept []Values
	for _, row := range rows {
		value := row.String("value")
		if storage.Fold(value) == old {
			value = to
		}
		if !slices.ContainsFunc(kept, func(r Values) bool { return storage.Fold(r.String("value")) == storage.Fold(value) }) {
			kept = append(kept, Values{"value": value})
		}
	}
	return kept
}

// spellings gives the tags that have these folded forms, as they are written.
func (r *Registry) spellings(ctx context.Context, q storage.Queryer, keys []string) (map[string]string, error) {
	known := map[string]string{}
	kinds, err := r.tagged("")
	if err != nil || len(keys) == 0 {
		return known, err
	}
	var tables []string
	for _, k := range kinds {
		if table := k.Field(tagsKey).Table; !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
	}
	for _, table := range tables {
		for part := range slices.Chunk(keys, loadChunk) {
			args := make([]any, len(part))
			for i, key := range part {
				args[i] = key
			}
			var found []struct {
				Key  string `db:"folded"`
				Name string `db:"name"`
			}
			err := sqlx.SelectContext(ctx, q, &found, fmt.Sprintf("SELECT value_key AS folded, min(value) AS name FROM %s WHERE value_key IN (%s) GROUP BY value_key", table, storage.Marks(1, len(part))), args...)
			if err != nil {
				return nil, fmt.Errorf("spelling of tags: %w", err)
			}
			for _, f := range found {
				known[f.Key] = cmp.Or(known[f.Key], f.Name)
			}
		}
	}
	return known, nil
}

// spell writes tags as the workspace does already, and lets each stand once.
func (r *Registry) spell(ctx context.Context, q storage.Queryer, k *Kind, drafts []Draft, plan []*Pending) error {
	f := k.Field(tagsKey)
	if f == nil || f.Type != List || !f.main().spelt {
		return nil
	}
	wanted := map[string]string{}
	for i, p := range plan {
		if p.Err != nil || !p.given[tagsKey] {
			continue
		}
		for _, row := range p.Values.Rows(tagsKey) {
			text := row.String("value")
			if key := storage.Fold(text); wanted[key] == "" || drafts[i].System {
				wanted[key] = text
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	known, err := r.spellings(ctx, q, slices.Sorted(maps.Keys(wanted)))
	if err != nil {
		return err
	}
	for i, p := range plan {
		if p.Err != nil || !p.given[tagsKey] {
			continue
		}
		var kept []Values
		seen := map[string]bool{}
		for _, row := range p.Values.Rows(tagsKey) {
			text := row.String("value")
			key := storage.Fold(text)
			if seen[key] {
				continue
			}
			seen[key] = true
			if !drafts[i].System { // an undo brings back what stood there, a rename what is asked for
				text = cmp.Or(known[key], wanted[key])
			}
			kept = append(kept, Values{"value": text})
		}
		p.Set(tagsKey, nil)
		if len(kept) > 0 {
			p.Values[tagsKey] = kept
		}
	}
	return nil
}
