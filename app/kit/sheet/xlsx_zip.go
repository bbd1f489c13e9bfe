package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/flate"
)

// bookZip writes the zip of a workbook straight to its target.
type bookZip struct {
	*zip.Writer
	from, to []byte
}

func newBookZip(w io.Writer, from, to string) *bookZip {
	z := &bookZip{zip.NewWriter(w), []byte(`ref="` + from + `"`), []byte(`ref="` + to + `"`)}
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	return z
}

// Create begins a part; only that of the sheet has the dimension.
func (z *bookZip) Create(name string) (io.Writer, error) {
	w, err := z.Writer.Create(name)
	if err != nil || !strings.HasPrefix(name, "xl/worksheets/") {
		return w, err
	}
	return &dimensionWriter{Writer: w, zip: z}, nil
}

// AddFS is never asked for by excelize when it saves.
func (z *bookZip) AddFS(fsys fs.FS) error { return z.Writer.AddFS(fsys) }

// dimensionWriter exchanges the dimension, which stands within the first bytes.
type dimensionWriter struct {
	io.Writer
	zip  *bookZip
	done bool
}

func (w *dimensionWriter) Write(p []byte) (int, error) {
	if w.done {
		return w.Writer.Write(p)
	}
	w.done = true
	if _, err := w.Writer.Write(bytes.Replace(p, w.zip.from, w.zip.to, 1)); err != nil {
		return 0, err
	}
	return len(p), nil
}
