package record

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"kontor/storage"
)

// stroke is one statement for many rows: what it says of all of them, and their
// records.
type stroke struct {
	query string // up to the IN list of ids
	args  []any  // its values: numbers and texts
	ids   []ID
}

// strokes gathers what is to be written, so that what is the same for many
// records is said once.
type strokes struct {
	all []*stroke
	key []byte
	by  map[string]*stroke
}

func (s *strokes) add(id ID, query string, args []any) {
	s.key = append(s.key[:0], query...)
	for _, arg := range args {
		switch v := arg.(type) {
		case int64:
			s.key = binary.AppendVarint(append(s.key, 'i'), v)
		case string:
			s.key = binary.AppendUvarint(append(s.key, 's'), uint64(len(v)))
			s.key = append(s.key, v...)
		default: // NULL
			s.key = append(s.key, 'n')
		}
	}
	known := s.by[string(s.key)]
	if known == nil {
		if s.by == nil {
			s.by = map[string]*stroke{}
		}
		known = &stroke{query: query, args: slices.Clone(args)}
		s.by[string(s.key)] = known
		s.all = append(s.all, known)
	}
	known.ids = append(known.ids, id)
}

// write runs the statements. missed hears of records of which a row was not there.
func (s *strokes) write(ctx context.Context, tx *storage.Tx, missed func(ids []ID) error) error {
	for _, one := range s.all {
		for ids := range slices.Chunk(one.ids, storage.MaxIn) {
			in, args := storage.In(slices.Clone(one.args), ids)
			result, err := tx.Exec(ctx, one.query+in, args...)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err == nil && missed != nil && n != int64(len(ids)) {
				err = missed(ids)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// update writes the changed columns and lists of records, if they still are the
// versions that were read.
func (k *Kind) update(ctx context.Context, tx *storage.Tx, env Env, edited []*Pending) error {
	if len(edited) == 0 {
		return nil
	}
	var own, lists strokes
	added := map[*Field][]addition{}
	var last []string
	var fields, columns []*Field
	var query string
	for _, p := range edited {
		if query == "" || !slices.Equal(p.Changed, last) {
			last, fields, columns = p.Changed, nil, nil
			for _, key := range last {
				if f := k.Field(key); f.Type == List {
					fields = append(fields, f)
				} else {
					columns = append(columns, f)
				}
			}
			query = "UPDATE " + k.Table + " SET version = version + 1, updated_at = ?" + assignments(", ", columns) + " WHERE version = ? AND id"
		}
		args := []any{tx.Now}
		for _, f := range columns {
			args = f.appendCells(args, env, p.Values[f.Key])
		}
		own.add(p.ID, query, append(args, p.Old.Version))
		for _, f := range fields {
			if more := f.changeRows(&lists, env, p); len(more.rows) > 0 {
				added[f] = append(added[f], more)
			}
		}
	}
	err := own.write(ctx, tx, func(ids []ID) error { return k.missed(ctx, tx, edited, ids) })
	if err == nil {
		err = lists.write(ctx, tx, nil)
	}
	for f, more := range added {
		if err == nil {
			err = f.insertRows(ctx, tx, env, more)
		}
	}
	if err != nil {
		return fmt.Errorf("save %s: %w", k.Name, err)
	}
	return nil
}

// missed tells which of these records is no longer what was read: one that has
// moved on by more than this edit, one that is edited twice, or else the first.
func (k *Kind) missed(ctx context.Context, tx *storage.Tx, edited []*Pending, ids []ID) error {
	records, err := k.Load(ctx, tx, ids...)
	if err != nil {
		return err
	}
	stored := make(map[ID]*Record, len(records))
	for _, rec := range records {
		stored[rec.ID] = rec
	}
	seen := map[ID]bool{}
	var stale *Record
	for _, p := range edited {
		rec := stored[p.ID]
		switch {
		case !slices.Contains(ids, p.ID):
		case rec == nil:
			return noRecord(k, p.ID)
		case rec.Version != p.Old.Version+1 || seen[p.ID]:
			return Stale(rec)
		case stale == nil:
			stale = rec
		}
		seen[p.ID] = true
	}
	return Stale(stale)
}

// changeRows adds what makes the rows of a list the new ones, and gives those
// that come behind.
func (f *Field) changeRows(s *strokes, env Env, p *Pending) addition {
	old, now := p.Old.Values.Rows(f.Key), p.Values.Rows(f.Key)
	both := min(len(old), len(now))
	if p.Old.gaps { // places are not what they seem
		s.add(p.ID, "DELETE FROM "+f.Table+" WHERE owner_id", nil)
		return addition{p.ID, 0, now}
	}
	for pos := range both {
		var parts []*Field
		var args []any
		for i := range f.Fields {
			if part := &f.Fields[i]; old[pos][part.Key] != now[pos][part.Key] {
				parts = append(parts, part)
				args = part.appendCells(args, env, now[pos][part.Key])
			}
		}
		if len(parts) > 0 {
			s.add(p.ID, "UPDATE "+f.Table+" SET "+assignments("", parts)+" WHERE pos = ? AND owner_id", append(args, int64(pos)))
		}
	}
	if len(old) > both {
		s.add(p.ID, "DELETE FROM "+f.Table+" WHERE pos >= ? AND owner_id", []any{int64(both)})
	}
	return addition{p.ID, both, now[both:]}
}

// assignments are "column = ?" for the columns of fields, the first one after a
// separator.
func assignments(first string, fields []*Field) string {
	var b strings.Builder
	for _, column := range appendColumns(nil, fields) {
		b.WriteString(first + column + " = ?")
		first = ", "
	}
	return b.String()
}
