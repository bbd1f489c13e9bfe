package transfer

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"kontor/app/kit/sheet"
)

// spool keeps the rows of one sheet in a file of our own, so that they can be
// read again and again, from any row on, without the parser and without holding
// them in memory.
type spool struct {
	file    *os.File
	offsets []int64  // where each row begins
	formats []string // number formats, which repeat from cell to cell
	numbers map[string]uint64
	written int64
	out     *bufio.Writer
	buf     []byte
}

func newSpool(path string) (*spool, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	return &spool{file: file, numbers: map[string]uint64{}, out: bufio.NewWriterSize(file, 1<<16)}, nil
}

// Rows are written as their number, whether they are totals, and their cells:
// column, type, format, value, and the stored text where it differs.
func (s *spool) add(row sheet.Row) error {
	b := binary.AppendUvarint(s.buf[:0], uint64(row.Number))
	totals := byte(0)
	if row.Totals {
		totals = 1
	}
	b = append(b, totals)
	b = binary.AppendUvarint(b, uint64(len(row.Cells)))
	for _, c := range row.Cells {
		b = binary.AppendUvarint(b, uint64(c.Column))
		b = append(b, byte(c.Type))
		b = binary.AppendUvarint(b, s.format(c.Format))
		b = appendString(b, c.Value)
		if c.Text == c.Value {
			b = append(b, 0)
		} else {
			b = appendString(append(b, 1), c.Text)
		}
	}
	s.buf = b
	s.offsets = append(s.offsets, s.written)
	s.written += int64(len(b))
	_, err := s.out.Write(b)
	return err
}

func (s *spool) format(format string) uint64 {
	n, ok := s.numbers[format]
	if !ok {
		n = uint64(len(s.formats))
		s.formats = append(s.formats, format)
		s.numbers[format] = n
	}
	return n
}

func appendString(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// done ends the writing.
func (s *spool) done() error { return s.out.Flush() }

func (s *spool) len() int { return len(s.offsets) }

func (s *spool) close() error { return s.file.Close() }

// rows streams the rows from..to with their index.
func (s *spool) rows(from, to int) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		if from >= to {
			return
		}
		end := s.written
		if to < len(s.offsets) {
			end = s.offsets[to]
		}
		start := s.offsets[from]
		in := bufio.NewReaderSize(io.NewSectionReader(s.file, start, end-start), 1<<16)
		for range to - from {
			row, err := s.read(in)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// row reads one row.
func (s *spool) row(index int) (sheet.Row, error) {
	for row, err := range s.rows(index, index+1) {
		return row, err
	}
	return sheet.Row{}, io.ErrUnexpectedEOF
}

func (s *spool) read(in *bufio.Reader) (sheet.Row, error) {
	r := spoolReader{in: in}
	row := sheet.Row{Number: int(r.number())}
	row.Totals = r.byte() == 1
	cells := r.number()
	for n := uint64(0); n < cells && r.err == nil; n++ {
		c := sheet.Cell{Column: int(r.number()), Type: sheet.Type(r.byte())}
		if f := r.number(); f < uint64(len(s.formats)) {
			c.Format = s.formats[f]
		}
		c.Value = r.string()
		if c.Text = c.Value; r.byte() == 1 {
			c.Text = r.string()
		}
		row.Cells = append(row.Cells, c)
	}
	if r.err != nil {
		return sheet.Row{}, fmt.Errorf("spool: %w", r.err)
	}
	return row, nil
}

type spoolReader struct {
	in  *bufio.Reader
	err error
}

func (r *spoolReader) number() uint64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(r.in)
	r.err = err
	return n
}

func (r *spoolReader) byte() byte {
	if r.err != nil {
		return 0
	}
	b, err := r.in.ReadByte()
	r.err = err
	return b
}

// maxSpooled is more than any cell that package sheet lets through.
const maxSpooled = 16 << 20

func (r *spoolReader) string() string {
	n := r.number()
	if r.err == nil && n > maxSpooled {
		r.err = errors.New("a text is too long")
	}
	if r.err != nil {
		return ""
	}
	text := make([]byte, n)
	_, r.err = io.ReadFull(r.in, text)
	return string(text)
}
