package mailsync

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"

	"kontor/app/kit/fault"
	"kontor/mailsync/mime"
)

const (
	// maxTextPart is kept of each text part of a large mail.
	maxTextPart = 1 << 20
	// maxUnstructured is kept of a large mail whose structure cannot be read.
	maxUnstructured = 8 << 20
	maxTextParts    = 20
)

// byParts fetches large mails: header and structure, then the text parts. Other
// parts are listed and left on the server.
func (p *pass) byParts(ctx context.Context, heads []Head, batch *Batch) error {
	if len(heads) == 0 {
		return nil
	}
	answer, err := p.box.gather(ctx, ascending(heads), stageStructure)
	if err != nil {
		return err
	}
	size := 0
	for _, head := range heads {
		mail := answer.got[head.UID]
		if mail == nil {
			batch.lose(head, answer)
			continue
		}
		if size > int(p.limits.BatchBytes) { // texts larger than was estimated
			if err := p.store(ctx, *batch); err != nil {
				return err
			}
			*batch, size = Batch{Folder: p.folder}, 0
		}
		message, failure, err := p.assemble(ctx, head, mail)
		if err != nil {
			return err
		}
		if failure != nil {
			batch.Examined = append(batch.Examined, Examined{Head: head, Outcome: failure.outcome, Reason: failure.reason})
			continue
		}
		size += len(message.Text) + len(message.HTML)
		batch.Examined = append(batch.Examined, Examined{Head: head, Outcome: OutcomeBody, Message: message})
	}
	return nil
}

// assemble puts a large mail together from its parts.
func (p *pass) assemble(ctx context.Context, head Head, mail *fetched) (*mime.Message, *lost, error) {
	if mail.structure == nil {
		raw, failure, err := p.section(ctx, head.UID, nil, maxUnstructured)
		if err != nil || failure != nil {
			return nil, failure, err
		}
		message := mime.Parse(raw)
		message.Truncated = message.Truncated || int64(len(raw)) < head.Size
		return &message, nil, nil
	}
	pieces := piecesOf(mail.structure)
	texts := 0
	for i := range pieces {
		if !pieces[i].IsText() || texts == maxTextParts {
			continue
		}
		texts++
		content, failure, err := p.section(ctx, head.UID, sectionNumbers(pieces[i].Section), maxTextPart)
		if err != nil || failure != nil {
			return nil, failure, err
		}
		pieces[i].Content = content
	}
	message := mime.Assemble(mail.content, pieces)
	return &message, nil, nil
}

// section fetches one section, at most limit bytes of it.
func (p *pass) section(ctx context.Context, uid uint32, part []int, limit int64) ([]byte, *lost, error) {
	reader := &sectionReader{ctx: ctx, box: p.box, uid: uid, part: part}
	raw, err := io.ReadAll(io.LimitReader(reader, limit))
	if err != nil && reader.lost != nil {
		return nil, reader.lost, nil
	}
	return raw, nil, err
}

// piecesOf lists the leaves of a structure.
func piecesOf(structure imap.BodyStructure) []mime.Piece {
	var pieces []mime.Piece
	structure.Walk(func(path []int, node imap.BodyStructure) bool {
		part, ok := node.(*imap.BodyStructureSinglePart)
		if !ok {
			return true
		}
		params := mime.DecodeParams(part.Params)
		piece := mime.Piece{
			MediaType: part.MediaType(), Charset: params["charset"], Encoding: strings.ToLower(part.Encoding),
			Name: params["name"], ContentID: part.ID, Size: int64(part.Size),
		}
		if d := part.Disposition(); d != nil {
			piece.Disposition = strings.ToLower(d.Value)
			if name := mime.DecodeParams(d.Params)["filename"]; name != "" {
				piece.Name = name
			}
		}
		numbers := make([]string, len(path))
		for i, n := range path {
			numbers[i] = strconv.Itoa(n)
		}
		piece.Section = strings.Join(numbers, ".")
		pieces = append(pieces, piece)
		return false
	})
	return pieces
}

// sectionNumbers reads "2.1".
func sectionNumbers(section string) []int {
	var numbers []int
	for _, part := range strings.Split(section, ".") {
		if n, err := strconv.Atoi(part); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// sectionReader reads a section chunk by chunk, so that neither memory nor the
// library's time limit for a literal bounds its size. It goes on where it was
// when a connection is lost.
type sectionReader struct {
	ctx    context.Context // of the one call that reads it
	box    *mailbox
	uid    uint32
	part   []int
	offset int64
	chunk  bytes.Reader
	done   bool
	lost   *lost // why the server does not give it
}

func (r *sectionReader) Read(b []byte) (int, error) {
	for r.chunk.Len() == 0 {
		if r.done {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	return r.chunk.Read(b)
}

func (r *sectionReader) next() error {
	size := r.box.limits.Chunk
	options := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{
		Part: r.part, Peek: true, Partial: &imap.SectionPartial{Offset: r.offset, Size: size},
	}}}
	var last error
	for range tries {
		s, err := r.box.connected(r.ctx)
		if err != nil {
			return err
		}
		got, err := s.fetch(r.ctx, []uint32{r.uid}, r.box.order, options)
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if mail := got[r.uid]; mail != nil {
			r.chunk.Reset(mail.content)
			r.offset += int64(len(mail.content))
			// A short chunk is the last; one that is longer than asked for comes
			// from a server that ignores partial fetches and sent everything.
			r.done = int64(len(mail.content)) != size
			return nil
		}
		last = err
	}
	failure := verdictOn(last)
	r.lost = &failure
	if last == nil {
		last = errNotGiven
	}
	return last
}

// Part names an attachment that stayed on the server.
type Part struct {
	Folder      string
	UIDValidity uint32
	UID         uint32
	Section     string // mime.Attachment.Section; "" is the whole mail
	Encoding    string // mime.Attachment.Encoding
}

// FetchPart writes the decoded content of a part. A folder that was renumbered
// since gives mail.partMoved instead of another mail's part: sync it first.
func FetchPart(ctx context.Context, account Account, secret Secret, part Part, w io.Writer, limits Limits) error {
	box := &mailbox{account: account, secret: secret, limits: limits.withDefaults()}
	defer box.close()
	if err := box.open(ctx, part.Folder); err != nil {
		return err
	}
	params := fault.Params{"folder": part.Folder}
	if box.validity != part.UIDValidity {
		return fault.Conflict("", "mail.partMoved", params)
	}
	reader := &sectionReader{ctx: ctx, box: box, uid: part.UID, part: sectionNumbers(part.Section)}
	_, err := io.Copy(w, mime.NewTransferReader(part.Encoding, reader))
	if err == errMoved {
		return fault.Conflict("", "mail.partMoved", params)
	}
	if reader.lost != nil && reader.lost.outcome == OutcomeFailed {
		return fault.NotFound("mail.partMissing", params).Because(err)
	}
	return err
}
