package sheet

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"kontor/app/kit/fault"
)

// Options say how a file is opened. The zero value detects everything.
type Options struct {
	Password  string                  // of an encrypted workbook
	Encoding  string                  // of a text file, such as utf-8, windows-1252, cp850; empty detects it
	Delimiter string                  // of a text file, one ASCII character; empty detects it
	Fallback  string                  // code page when nothing shows the encoding; empty is DefaultFallback
	Progress  func(done, total int64) // in bytes, called while Open and Rows work
	Memory    int64                   // bytes the child may take; 0 is DefaultMemory
	Stall     time.Duration           // how long the child may make no progress; 0 is DefaultStall
}

// What a child may take when the options do not say.
const (
	DefaultMemory = 1 << 30
	DefaultStall  = time.Minute
)

// Book is a spreadsheet file as it was found when it was opened.
type Book struct {
	Name   string  `json:"name"`   // of the file, without its folder
	Format string  `json:"format"` // xlsx or csv
	Sheets []Sheet `json:"sheets"`

	// Of text files only.
	Encoding     string `json:"encoding,omitempty"`
	EncodingSure bool   `json:"encodingSure,omitempty"` // proved by the bytes or given; else offer a choice beside a preview
	Delimiter    string `json:"delimiter,omitempty"`
	SepLine      bool   `json:"sepLine,omitempty"` // the file begins with a line sep=; which is no row

	path    string
	size    int64
	options Options
}

// Sheet is one sheet that has rows.
type Sheet struct {
	Name    string   `json:"name"`
	Hidden  bool     `json:"hidden,omitempty"`
	Rows    int      `json:"rows"`             // number of the last row that is not empty; of a text file about that
	Columns int      `json:"columns"`          // of the widest row; of a text file among the first
	Merged  []string `json:"merged,omitempty"` // merged ranges such as A1:B2; only the first cell of each has a value
}

// Open looks at a file. Faults name the file; one with the field password asks
// for it (sheet.passwordNeeded, sheet.passwordWrong).
func Open(ctx context.Context, path string, options Options) (*Book, error) {
	if options.Encoding != "" && codec(options.Encoding) == nil {
		return nil, fault.Invalid("encoding", "sheet.encoding", fault.Params{"encoding": options.Encoding})
	}
	if d := options.Delimiter; len(d) > 1 || len(d) == 1 && (d[0] >= 0x80 || d == "\"" || d == "\n" || d == "\r") {
		return nil, fault.Invalid("delimiter", "sheet.delimiter", fault.Params{"delimiter": d})
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	b := &Book{Name: filepath.Base(path), path: absolute, options: options}
	if info, err := os.Stat(absolute); err == nil {
		b.size = info.Size()
	}
	child, err := b.start(ctx, request{Encoding: options.Encoding, Delimiter: options.Delimiter})
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	defer child.stop()
	for {
		kind, payload, err := child.next()
		if err != nil {
			return nil, fmt.Errorf("open sheet: %w", err)
		}
		switch kind {
		case frameBook:
			if err := json.Unmarshal([]byte(payload), b); err != nil {
				return nil, fmt.Errorf("open sheet: %w: %w", errProtocol, err)
			}
		case frameEnd:
			return b, nil
		}
	}
}

// Sheet finds a sheet by its name.
func (b *Book) Sheet(name string) (Sheet, error) {
	for _, s := range b.Sheets {
		if s.Name == name {
			return s, nil
		}
	}
	return Sheet{}, fault.NotFound("sheet.noSuchSheet", fault.Params{"file": b.Name, "sheet": name}).At("sheet")
}

// Rows streams the rows of a sheet that are not blank. An error ends it.
// Breaking off ends the child at once; asking again starts from the first row.
func (b *Book) Rows(ctx context.Context, sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if _, err := b.Sheet(sheet); err != nil {
			yield(Row{}, err)
			return
		}
		child, err := b.start(ctx, request{
			Sheet: sheet, Encoding: b.Encoding, Delimiter: b.Delimiter, SepLine: b.SepLine,
		})
		if err != nil {
			yield(Row{}, fmt.Errorf("read sheet: %w", err))
			return
		}
		defer child.stop()
		for {
			kind, payload, err := child.next()
			if err != nil {
				yield(Row{}, fmt.Errorf("read sheet: %w", err))
				return
			}
			switch kind {
			case frameEnd:
				return
			case frameRow:
				row, err := child.frames.row(payload)
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}
