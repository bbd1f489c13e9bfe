// Package files keeps files beside records: a logo, an attachment, a PDF. The
// record of a file has its name and type; its bytes are a blob of the storage,
// kept once for the same content.
//
// Files of one name beside one record are versions of each other: nothing is
// written over, and each can be opened, or go into the bin, by itself.
//
// Table: files_file.
package files

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// MaxSize bounds one file.
const MaxSize = 200 << 20

// Files keeps the files of a workspace.
type Files struct {
	Kind *record.Kind
	db   *storage.DB
	r    *record.Registry
}

// New registers the kind "file". A file may lie beside records of the targets.
func New(db *storage.DB, r *record.Registry, targets ...string) *Files {
	f := &Files{db: db, r: r, Kind: &record.Kind{
		Name: "file", Module: "files", Table: "files_file", TitleKey: "name", Columns: []string{"name", "mime", "size", "about"}, SortKey: "name",
		Fields: []record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName},
			{Key: "mime", Type: record.Text, ReadOnly: true},
			{Key: "size", Type: record.Number, ReadOnly: true},
			{Key: "hash", Type: record.Text, ReadOnly: true, Required: true}, // without bytes there is no file
			{Key: "about", Type: record.Link, Targets: targets, Column: "about_id", Index: record.Indexed},
			{Key: "edition", Type: record.Number, ReadOnly: true}, // counts the versions of one name; none for the first
		},
		Prepare: func(_ record.Env, p *record.Pending) error {
			if p.Given("name") && p.Values.String("name") != "" {
				p.Set("name", cleanName(p.Values.String("name")))
			}
			return nil
		},
		Subjects: func(_ context.Context, _ storage.Queryer, changes []record.Change) ([][]record.ID, error) {
			subjects := make([][]record.ID, len(changes))
			for i, c := range changes {
				if about := c.Record.Values.ID("about"); about != 0 {
					subjects[i] = []record.ID{about}
				}
			}
			return subjects, nil
		},
	}}
	r.Register(f.Kind)
	r.Feed.OnPurge(record.Purger{After: f.purge})
	return f
}

// Add keeps a file beside a record (or none, 0) and gives its change.
func (f *Files) Add(ctx context.Context, tx *storage.Tx, name string, about record.ID, content io.Reader) (record.Change, error) {
	name = cleanName(name)
	sniff := &sniffer{r: io.LimitReader(content, MaxSize+1)}
	hash, size, err := tx.PutBlob(ctx, sniff)
	if err != nil {
		return record.Change{}, err
	}
	if size > MaxSize {
		return record.Change{}, fault.New(fault.CodeTooLarge, "rule.fileTooLarge", fault.Params{"name": name, "megabytes": MaxSize >> 20})
	}
	draft := record.Draft{System: true, Values: map[string]any{"name": name, "mime": mimeOf(name, sniff.head), "size": size, "hash": hash}}
	if about != 0 {
		draft.Values["about"] = about
		last, err := f.lastEdition(ctx, tx, name, about)
		if err != nil {
			return record.Change{}, err
		}
		if last > 0 {
			draft.Values["edition"] = last + 1
		}
	}
	changes, err := f.r.Save(ctx, tx, f.Kind, draft)
	if err != nil {
		return record.Change{}, err
	}
	return changes[0], nil
}

// lastEdition is the number of the newest version of a name beside a record, also
// of one in the bin, which may come back; 0 if there is none.
func (f *Files) lastEdition(ctx context.Context, q storage.Queryer, name string, about record.ID) (last int64, err error) {
	err = sqlx.GetContext(ctx, q, &last, "SELECT coalesce(max(coalesce(edition, 1)), 0) FROM files_file WHERE about_id = $1 AND name_key = $2", int64(about), storage.Fold(name))
	if err != nil {
		return 0, fmt.Errorf("versions of a file: %w", err)
	}
	return last, nil
}

// Open gives a kept file and its content.
func (f *Files) Open(ctx context.Context, q storage.Queryer, id record.ID) (*record.Record, io.ReadCloser, error) {
	rec, err := f.Kind.One(ctx, q, id)
	if err != nil {
		return nil, nil, err
	}
	content, err := f.db.Blob(ctx, q, rec.Values.String("hash"))
	return rec, content, err
}

// maxName bounds a name, with its ending; file systems take 255 bytes.
const maxName = 120

// cleanName takes the folder away, and what a file system would not take. The
// ending stays, however long the name.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(record.Clean(name, false), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*/`, r) {
			return '_'
		}
		return r
	}, strings.Trim(name, " "))
	name = strings.TrimRight(name, ". ") // Windows drops them
	if strings.Trim(name, "._") == "" {
		return "file"
	}
	ending := path.Ext(name)
	if len([]rune(ending)) > 20 {
		ending = ""
	}
	return record.Shorten(strings.TrimSuffix(name, ending), maxName-len([]rune(ending))) + ending
}

// sniffer remembers the first bytes, which tell what a file is.
type sniffer struct {
	r    io.Reader
	head []byte
}

func (s *sniffer) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if room := 512 - len(s.head); room > 0 {
		s.head = append(s.head, p[:min(n, room)]...)
	}
	return n, err
}

// mimeOf trusts the content before the name, so that a page does not pass for
// a picture.
func mimeOf(name string, head []byte) string {
	sniffed := http.DetectContentType(head)
	if sniffed != "application/octet-stream" && sniffed != "application/zip" && !strings.HasPrefix(sniffed, "text/plain") {
		return sniffed
	}
	if byName := mime.TypeByExtension(strings.ToLower(path.Ext(name))); byName != "" && !strings.HasPrefix(byName, "text/html") {
		return byName
	}
	return sniffed
}
