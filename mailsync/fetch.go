package mailsync

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"kontor/mailsync/mime"
)

// stage is what a FETCH asks for.
type stage int

const (
	stageHeaders   stage = iota // size, flags, dates and the header fields
	stageTop                    // the first bytes of the mail, to find its header in
	stageWhole                  // the whole mail
	stageStructure              // the tree of parts and the whole header
)

const (
	// maxHeader is kept of one header; the rest is read and dropped.
	maxHeader = 256 << 10
	topBytes  = 32 << 10
	// maxLiteral ends the connection when a server sends more than any command
	// here can ask for; the mail is then fetched in parts.
	maxLiteral = 32 << 20
)

var errLiteral = errors.New("literal larger than asked for")

// fetched is what a FETCH gave of one mail.
type fetched struct {
	uid       uint32
	flags     []string
	arrived   time.Time
	size      int64
	content   []byte // header or whole mail
	structure imap.BodyStructure
}

// request builds the FETCH items of a stage. A cautious request leaves out what
// has broken parsers: structure, dates and flags.
func (st stage) request(cautious bool, limits Limits) *imap.FetchOptions {
	options := &imap.FetchOptions{UID: true}
	section := &imap.FetchItemBodySection{Peek: true}
	switch st {
	case stageHeaders:
		options.RFC822Size = true
		options.Flags, options.InternalDate = !cautious, !cautious
		section.Specifier, section.HeaderFields = imap.PartSpecifierHeader, mime.FieldNames
	case stageTop:
		section.Partial = &imap.SectionPartial{Size: topBytes}
	case stageWhole:
		if cautious {
			section.Partial = &imap.SectionPartial{Size: limits.cautiousWhole()}
		}
	case stageStructure:
		section.Specifier = imap.PartSpecifierHeader
		if cautious {
			section.Partial = &imap.SectionPartial{Size: maxHeader}
		} else {
			options.BodyStructure = &imap.FetchItemBodyStructure{Extended: true}
		}
	}
	options.BodySection = []*imap.FetchItemBodySection{section}
	return options
}

// fetch runs one FETCH of sorted UIDs to its end and gives the mails that came whole, also when
// it fails. With order, mails are asked for by their place in it, for servers
// that name the UID too late for the library to match it.
func (s *session) fetch(ctx context.Context, uids []uint32, order []uint32, options *imap.FetchOptions) (map[uint32]*fetched, error) {
	var set imap.NumSet = NewUIDs(uids...).set()
	if numbers := places(uids, order); len(numbers) > 0 {
		set = numbers
	}
	got := make(map[uint32]*fetched, len(uids))
	err := s.command(ctx, func() error {
		command := s.client.Fetch(set, options)
		var broken error
		for message := command.Next(); message != nil; message = command.Next() {
			mail, err := collect(message, s.hangUp)
			if broken = err; broken != nil {
				// The library reads a failed literal once more when it goes on to the
				// next item: its own reader must have ended by then.
				s.hangUp()
				<-s.client.Closed()
				break
			}
			if mail == nil {
				continue
			}
			if _, asked := slices.BinarySearch(uids, mail.uid); asked {
				got[mail.uid] = mail
			}
		}
		return errors.Join(broken, command.Close())
	})
	return got, err
}

// collect reads one mail's items; nil if it is not complete. An error means that
// the connection is of no more use.
func collect(message *imapclient.FetchMessageData, hangUp func()) (*fetched, error) {
	mail := &fetched{}
	complete := false
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			mail.uid = uint32(item.UID)
		case imapclient.FetchItemDataFlags:
			for _, flag := range item.Flags {
				mail.flags = append(mail.flags, string(flag))
			}
		case imapclient.FetchItemDataInternalDate:
			mail.arrived = item.Time.UTC()
		case imapclient.FetchItemDataRFC822Size:
			mail.size = item.Size
		case imapclient.FetchItemDataBodyStructure:
			mail.structure = item.BodyStructure
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil { // NIL: the section is empty
				complete = true
				continue
			}
			if item.Literal.Size() > maxLiteral {
				hangUp()
				_, _ = io.Copy(io.Discard, item.Literal) // what was received already
				return nil, errLiteral
			}
			limit := item.Literal.Size()
			if item.Section.Specifier == imap.PartSpecifierHeader {
				limit = min(limit, maxHeader)
			}
			content := make([]byte, limit)
			if _, err := io.ReadFull(item.Literal, content); err != nil {
				return nil, err
			}
			if _, err := io.Copy(io.Discard, item.Literal); err != nil {
				return nil, err
			}
			mail.content, complete = content, true
		}
	}
	if !complete || mail.uid == 0 {
		return nil, nil
	}
	return mail, nil
}

// places turns UIDs into sequence numbers: order lists all UIDs of the folder,
// lowest first. What the folder lost meanwhile has no place.
func places(uids, order []uint32) imap.SeqSet {
	var set imap.SeqSet
	for _, uid := range uids {
		if i, ok := slices.BinarySearch(order, uid); ok {
			set.AddNum(uint32(i) + 1)
		}
	}
	return set
}
