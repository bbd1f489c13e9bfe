package mime

import (
	"bufio"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
)

// Piece is one part of a mail that is known from its server's description.
type Piece struct {
	MediaType   string // lower case
	Charset     string
	Encoding    string // transfer encoding, lower case
	Disposition string // lower case
	Name        string // decoded
	ContentID   string
	Section     string
	Size        int64  // as transferred
	Content     []byte // as transferred; nil if it was not fetched
}

// IsText reports that the piece is part of what a person reads.
func (p Piece) IsText() bool {
	return (p.MediaType == "text/plain" || p.MediaType == "text/html") && p.Disposition != "attachment"
}

// Assemble makes a Message of a header and of pieces in their order. Pieces
// without content become attachments whose Bytes are nil.
func Assemble(header []byte, pieces []Piece) Message {
	fields, _ := splitMail(header)
	m := Message{Header: readHeader(fields), Level: LevelFull}
	var w walker
	for _, p := range pieces {
		l := leaf{
			mediaType: p.MediaType, charset: p.Charset, encoding: p.Encoding, disposition: p.Disposition,
			name: p.Name, contentID: strings.Trim(p.ContentID, "<>"), section: p.Section,
		}
		if p.Content != nil {
			w.take(l, p.Content, false)
			m.Truncated = m.Truncated || int64(len(p.Content)) < p.Size
			continue
		}
		size := p.Size
		if p.Encoding == "base64" {
			size = size / 78 * 57 // lines of 76 characters and their ends carry 57 bytes
		}
		w.attachments = append(w.attachments, newAttachment(l, nil, size))
	}
	m.fill(w.parts)
	return m
}

// NewTransferReader decodes a part while it is read, for parts too large to
// hold. Unknown encodings are passed through.
func NewTransferReader(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return base64.NewDecoder(base64.RawStdEncoding, &alphabetReader{r: bufio.NewReaderSize(r, 64<<10)})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// alphabetReader passes only what base64 is made of, padding left out: the
// decoder works unpadded and so needs no group at its end.
type alphabetReader struct{ r *bufio.Reader }

func (a *alphabetReader) Read(p []byte) (int, error) {
	for {
		n, err := a.r.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if base64Value[c] != notBase64 {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}
