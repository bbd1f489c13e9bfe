package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// What stops a text file.
var (
	errOpenQuote = errors.New("a quotation mark is never closed")
	errTooWide   = errors.New("a row has more columns than any spreadsheet")
)

// csvReader reads records as Excel does, so that a row's number is the one that
// a person sees there: a blank line is a row, a line break within quotation
// marks is not. Quotation marks that do not follow RFC 4180 are kept as text.
type csvReader struct {
	src       *bufio.Reader
	delimiter byte // 0: one field a line
	number    int  // of the record read last
	line      []byte
	rest      []byte
	field     []byte
	closing   int // bytes behind the mark that closes the field, as closesLater found
	skipLF    bool
}

func newCSVReader(r io.Reader, delimiter byte) *csvReader {
	return &csvReader{src: bufio.NewReaderSize(r, 64<<10), delimiter: delimiter}
}

// readLine reads up to a line break of Unix, Windows or an old Mac, and leaves
// it out.
func (c *csvReader) readLine() error {
	c.line = c.line[:0]
	for {
		if _, err := c.src.Peek(1); err != nil {
			if len(c.line) > 0 && err == io.EOF {
				return nil
			}
			return err
		}
		block, _ := c.src.Peek(c.src.Buffered())
		if c.skipLF {
			c.skipLF = false
			if block[0] == '\n' {
				c.src.Discard(1)
				continue
			}
		}
		end := bytes.IndexAny(block, "\r\n")
		if end >= 0 {
			c.line = append(c.line, block[:end]...)
			c.skipLF = block[end] == '\r'
			c.src.Discard(end + 1)
			return nil
		}
		c.line = append(c.line, block...)
		c.src.Discard(len(block))
		if len(c.line) > maxRecord {
			return errCellLength
		}
	}
}

// read gives the fields of the next record; a blank line is a record of none.
// The texts are the caller's to keep.
func (c *csvReader) read(fields []string) ([]string, error) {
	if err := c.readLine(); err != nil {
		return nil, err
	}
	c.number++
	fields = fields[:0]
	c.rest = c.line
	if len(c.rest) == 0 {
		return fields, nil
	}
	for more := true; more; {
		var err error
		if len(c.rest) > 0 && c.rest[0] == '"' {
			more, err = c.quoted()
		} else {
			more = c.plain()
		}
		if err == nil && len(fields) == maxColumns {
			err = errTooWide
		}
		if err == nil && len(c.field) > maxStoredCell {
			err = errCellLength
		}
		if err != nil {
			return nil, err
		}
		fields = append(fields, string(c.field))
	}
	return fields, nil
}

// plain takes a field up to the delimiter and reports whether another follows.
func (c *csvReader) plain() bool {
	end := c.nextDelimiter(c.rest)
	if end < 0 {
		c.field, c.rest = append(c.field[:0], c.rest...), nil
		return false
	}
	c.field, c.rest = append(c.field[:0], c.rest[:end]...), c.rest[end+1:]
	return true
}

func (c *csvReader) nextDelimiter(text []byte) int {
	if c.delimiter == 0 {
		return -1
	}
	return bytes.IndexByte(text, c.delimiter)
}

// quoted takes a field in quotation marks, over several lines if need be.
func (c *csvReader) quoted() (bool, error) {
	c.field = c.field[:0]
	c.rest = c.rest[1:]
	c.closing = -1
	for {
		end := bytes.IndexByte(c.rest, '"')
		if end < 0 {
			c.field = append(append(c.field, c.rest...), '\n')
			if len(c.field) > maxStoredCell {
				return false, errOpenQuote
			}
			if err := c.readLine(); err == io.EOF {
				return false, errOpenQuote
			} else if err != nil {
				return false, err
			}
			c.rest, c.closing = c.line, -1
			continue
		}
		c.field = append(c.field, c.rest[:end]...)
		c.rest = c.rest[end+1:]
		switch {
		case len(c.rest) == 0:
			return false, nil
		case c.rest[0] == c.delimiter && c.delimiter != 0:
			c.rest = c.rest[1:]
			return true, nil
		case c.rest[0] == '"':
			c.field = append(c.field, '"')
			c.rest = c.rest[1:]
		case c.closesLater():
			// "Say "hi"", 2: the mark belongs to the text.
			c.field = append(c.field, '"')
		default:
			// "24" screen, 5: the field goes on without marks.
			more := false
			if end := c.nextDelimiter(c.rest); end >= 0 {
				c.field, c.rest, more = append(c.field, c.rest[:end]...), c.rest[end+1:], true
			} else {
				c.field, c.rest = append(c.field, c.rest...), nil
			}
			return more, nil
		}
	}
}

// closesLater reports whether a mark before a delimiter or the end follows on
// this line, before a mark opens another field. It remembers where, so that a
// line of nothing but marks is not searched again for each.
func (c *csvReader) closesLater() bool {
	if c.closing >= 0 && c.closing < len(c.rest) {
		return true
	}
	for text := c.rest; ; {
		i := bytes.IndexByte(text, '"')
		if i < 0 || i > 0 && text[i-1] == c.delimiter && c.delimiter != 0 {
			return false
		}
		text = text[i+1:]
		if len(text) == 0 || text[0] == c.delimiter {
			c.closing = len(text)
			return true
		}
	}
}

// delimiters in the order of belief when several fit as well.
var delimiters = []byte{'\t', ';', '|', ','}

// sampleRows is how many records decide about the delimiter.
const sampleRows = 50

// guessDelimiter takes the delimiter by which most records have equally many
// fields; a line sep=; at the top, which Excel writes and obeys, decides.
func guessDelimiter(sample []byte, ext string) (delimiter byte, sepLine bool) {
	if d := sepLineOf(sample); d != 0 {
		return d, true
	}
	if ext == ".tsv" || ext == ".tab" {
		return '\t', false
	}
	best, bestScore := byte(','), 0.0
	for _, d := range delimiters {
		if score := evenness(sample, d); score > bestScore {
			best, bestScore = d, score
		}
	}
	return best, false
}

func sepLineOf(sample []byte) byte {
	line, _, _ := bytes.Cut(sample, []byte{'\n'})
	line = bytes.Trim(line, "\r\"")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && line[4] < utf8.RuneSelf && line[4] != '"' {
		return line[4]
	}
	return 0
}

// evenness is the share of records with the most frequent number of fields.
// Ragged files count for half of their share of records with the delimiter.
func evenness(sample []byte, delimiter byte) float64 {
	reader := newCSVReader(bytes.NewReader(sample), delimiter)
	counts, records, split := map[int]int{}, 0, 0
	var fields []string
	for records < sampleRows {
		var err error
		if fields, err = reader.read(fields); err != nil {
			break
		}
		if len(fields) == 0 {
			continue
		}
		records++
		if len(fields) > 1 {
			split++
			counts[len(fields)]++
		}
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	if records == 0 {
		return 0
	}
	even, ragged := float64(most)/float64(records), float64(split)/float64(records)
	return max(even, ragged/2)
}

// readCSV streams the records of a text file as rows.
func readCSV(r io.Reader, delimiter byte, sepLine bool, emit func(*Row) error) (int, error) {
	reader := newCSVReader(r, delimiter)
	if sepLine {
		if err := reader.readLine(); err != nil {
			return 0, err
		}
	}
	var (
		fields []string
		row    Row
		err    error
	)
	for {
		if fields, err = reader.read(fields); err == io.EOF {
			return reader.number, nil
		} else if err != nil {
			return reader.number, fmt.Errorf("read row %d: %w", reader.number, err)
		}
		row = Row{Number: reader.number, Cells: row.Cells[:0]}
		for i, text := range fields {
			if text != "" {
				row.Cells = append(row.Cells, Cell{
					Column: i + 1, Type: Text, Text: text, Value: cleanText(unguard(text)),
				})
			}
		}
		if row.blank() {
			continue
		}
		if err := emit(&row); err != nil {
			return reader.number, err
		}
	}
}
