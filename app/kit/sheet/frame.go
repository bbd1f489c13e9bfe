package sheet

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"kontor/app/kit/fault"
)

// The child answers with frames: a byte for the kind, four bytes for the length
// (little endian), the payload. The last frame is frameEnd or frameFault;
// without it the child died.
const (
	frameBook     = 'B' // JSON of a Book
	frameFormat   = 'F' // the next number format; rows refer to formats by their order
	frameRow      = 'R'
	frameProgress = 'P' // bytes done, bytes in all
	frameFault    = 'X' // JSON of a wireFault
	frameEnd      = 'E'
)

// maxFrame is more than the longest row that maxRecord allows.
const maxFrame = 4 * maxRecord

var errProtocol = errors.New("the child's answer is malformed")

type frameWriter struct {
	out     *bufio.Writer
	buf     []byte
	formats map[string]uint64
}

func newFrameWriter(w io.Writer) *frameWriter {
	return &frameWriter{out: bufio.NewWriterSize(w, 64<<10), formats: map[string]uint64{"": 0}}
}

func (w *frameWriter) write(kind byte, payload []byte) error {
	var head [5]byte
	head[0] = kind
	binary.LittleEndian.PutUint32(head[1:], uint32(len(payload)))
	if _, err := w.out.Write(head[:]); err != nil {
		return err
	}
	_, err := w.out.Write(payload)
	return err
}

func (w *frameWriter) json(kind byte, value any) error {
	payload, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := w.write(kind, payload); err != nil {
		return err
	}
	return w.out.Flush()
}

// progress is sent at once, since it also tells that the child is alive.
func (w *frameWriter) progress(done, total int64) error {
	payload := binary.AppendVarint(nil, done)
	if err := w.write(frameProgress, binary.AppendVarint(payload, total)); err != nil {
		return err
	}
	return w.out.Flush()
}

func (w *frameWriter) row(r *Row) error {
	for _, c := range r.Cells {
		if _, known := w.formats[c.Format]; !known {
			w.formats[c.Format] = uint64(len(w.formats))
			if err := w.write(frameFormat, []byte(c.Format)); err != nil {
				return err
			}
		}
	}
	b := binary.AppendUvarint(w.buf[:0], uint64(r.Number))
	totals := byte(0)
	if r.Totals {
		totals = 1
	}
	b = append(b, totals)
	b = binary.AppendUvarint(b, uint64(len(r.Cells)))
	for _, c := range r.Cells {
		b = binary.AppendUvarint(b, uint64(c.Column))
		b = append(b, byte(c.Type))
		b = binary.AppendUvarint(b, w.formats[c.Format])
		b = appendString(b, c.Text)
		if c.Value == c.Text {
			b = append(b, 0)
		} else {
			b = appendString(append(b, 1), c.Value)
		}
	}
	w.buf = b
	return w.write(frameRow, b)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

type frameReader struct {
	in      *bufio.Reader
	body    []byte
	formats []string
}

func newFrameReader(r io.Reader) *frameReader {
	return &frameReader{in: bufio.NewReaderSize(r, 64<<10), formats: []string{""}}
}

// next gives the next frame but those of formats, which it remembers.
func (r *frameReader) next() (kind byte, payload string, err error) {
	for {
		var head [5]byte
		if _, err := io.ReadFull(r.in, head[:]); err != nil {
			return 0, "", err
		}
		length := int(binary.LittleEndian.Uint32(head[1:]))
		if length > maxFrame {
			return 0, "", errProtocol
		}
		r.body = slices.Grow(r.body[:0], length)[:length]
		if _, err := io.ReadFull(r.in, r.body); err != nil {
			return 0, "", err
		}
		if head[0] != frameFormat {
			return head[0], string(r.body), nil
		}
		r.formats = append(r.formats, string(r.body))
	}
}

// row reads a frame of a row. Its texts share the memory of the frame.
func (r *frameReader) row(payload string) (Row, error) {
	d := decoder{rest: payload}
	row := Row{Number: int(d.number()), Totals: d.byte() == 1}
	count := d.number()
	if count > maxColumns {
		return Row{}, errProtocol
	}
	row.Cells = make([]Cell, count)
	for i := range row.Cells {
		c := &row.Cells[i]
		c.Column, c.Type = int(d.number()), Type(d.byte())
		format := d.number()
		if format >= uint64(len(r.formats)) {
			return Row{}, errProtocol
		}
		c.Format, c.Text = r.formats[format], d.string()
		if c.Value = c.Text; d.byte() == 1 {
			c.Value = d.string()
		}
	}
	if d.failed {
		return Row{}, errProtocol
	}
	return row, nil
}

type decoder struct {
	rest   string
	failed bool
}

func (d *decoder) byte() byte {
	if len(d.rest) == 0 {
		d.failed = true
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

func (d *decoder) number() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		b := d.byte()
		n |= uint64(b&0x7F) << shift
		if b < 0x80 {
			break
		}
	}
	return n
}

func (d *decoder) string() string {
	n := d.number()
	if n > uint64(len(d.rest)) {
		d.failed = true
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func progressOf(payload string) (done, total int64) {
	b := []byte(payload)
	done, n := binary.Varint(b)
	if n > 0 {
		total, _ = binary.Varint(b[n:])
	}
	return done, total
}

// wireFault is a fault on its way from the child.
type wireFault struct {
	Code   fault.Code
	Field  string
	Key    string
	Params map[string]wireParam
	Cause  string
}

// wireParam keeps numbers numbers: JSON alone would make 1048577 a float,
// which prints as 1.048577e+06.
type wireParam struct {
	Text   *string `json:",omitempty"`
	Number *int64  `json:",omitempty"`
}

func toWire(err error) wireFault {
	f := fault.Of(err)
	w := wireFault{Code: f.Code, Field: f.Field, Key: f.Key, Params: map[string]wireParam{}}
	if f.Err != nil {
		w.Cause = f.Err.Error()
	}
	for name, value := range f.Params {
		text := fmt.Sprint(value)
		switch n := value.(type) {
		case int:
			number := int64(n)
			w.Params[name] = wireParam{Number: &number}
		case uint64:
			number := int64(n)
			w.Params[name] = wireParam{Number: &number}
		default:
			w.Params[name] = wireParam{Text: &text}
		}
	}
	return w
}

func fromWire(payload string) error {
	var w wireFault
	if err := json.Unmarshal([]byte(payload), &w); err != nil {
		return fmt.Errorf("%w: %w", errProtocol, err)
	}
	f := fault.New(w.Code, w.Key, fault.Params{}).At(w.Field)
	for name, value := range w.Params {
		if value.Number != nil {
			f.Params[name] = int(*value.Number)
		} else if value.Text != nil {
			f.Params[name] = *value.Text
		}
	}
	if w.Cause != "" {
		f.Err = errors.New(w.Cause)
	}
	return f
}
