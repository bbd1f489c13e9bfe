package mailsync

import (
	"context"
	"time"

	"kontor/mailsync/mime"
)

// Sink keeps what Sync brings. Sync calls it from one goroutine at a time for
// one account.
type Sink interface {
	// Folder tells what is already held of a folder.
	Folder(ctx context.Context, folder Folder) (FolderState, error)
	// Wanted decides from their headers what to do with mails, one verdict each,
	// in order. It is asked once for all headers of a command, so that one query
	// can answer for a thousand mails.
	Wanted(ctx context.Context, folder Folder, heads []Head) ([]Verdict, error)
	// Store keeps a batch in one transaction. After an error the run of this
	// folder ends and what was not stored is fetched again next time.
	Store(ctx context.Context, batch Batch) error
}

// FolderState is what the Sink holds of a folder.
type FolderState struct {
	// UIDValidity under which Known was recorded; 0 if the folder is new.
	UIDValidity uint32
	// Known are the UIDs that need no examination: every UID with a row, except
	// those Failed, and except Quarantined ones that shall be tried again.
	Known UIDs
	// Cursor is the last one received, nil if there is none.
	Cursor *Cursor
}

// Cursor marks a folder as completely known as it was when it was opened. While
// the server still answers the same figures, there is nothing to do.
type Cursor struct {
	UIDNext  uint32
	Messages uint32
}

// Head is what the first stage knows of a mail.
type Head struct {
	UID     uint32
	Key     string // recognises the mail in any folder; see mime.Header.Key
	Header  mime.Header
	Flags   []string  // as the server writes them; compare without case
	Arrived time.Time // INTERNALDATE, UTC; zero if the server's could not be read
	Size    int64     // RFC822.SIZE
}

// Take is what to do with a mail.
type Take int

// What the Sink can want.
const (
	TakeNothing Take = iota // record the UID as skipped, with the reason
	TakeHeader              // keep the header only
	TakeBody                // fetch and keep the text too
	TakeKnown               // the mail is held already under this key: link the UID to it
)

// Verdict is the Sink's decision about one mail.
type Verdict struct {
	Take   Take
	Reason string // for skipped mails: before-start, private, blocked, …
}

// Outcome is how the examination of a UID ended.
type Outcome string

// The outcomes. The first three count as stored.
const (
	OutcomeHeader      Outcome = "header"      // header kept
	OutcomeBody        Outcome = "body"        // header and text kept
	OutcomeKnown       Outcome = "known"       // the mail was held already
	OutcomeSkipped     Outcome = "skipped"     // not wanted; see Reason
	OutcomeQuarantined Outcome = "quarantined" // it broke the conversation each time; see Reason
	OutcomeFailed      Outcome = "failed"      // the server lists it and does not give it
)

// Reasons that Sync itself gives.
const (
	ReasonBeforeStart = "before-start" // arrived before Options.Since
	ReasonRefused     = "refused"      // quarantined: the server says NO or BAD
	ReasonBreaks      = "breaks"       // quarantined: the answer cannot be read or the server hangs up
	ReasonSilent      = "silent"       // quarantined: no answer in time
	ReasonNotGiven    = "not-given"    // failed: left out of every answer
)

// Examined is one UID with its outcome.
type Examined struct {
	Head    // of quarantined and failed mails perhaps only the UID
	Outcome Outcome
	Reason  string
	Message *mime.Message // with OutcomeBody
	Raw     []byte        // the whole mail if it was fetched whole
}

// Batch is what the Sink stores in one transaction.
type Batch struct {
	Folder Folder
	// Reset says that the folder has another UIDVALIDITY than before: all UIDs
	// held for it are void and to be unlinked first; the mails stay.
	Reset bool
	// Gone are known UIDs that the server no longer lists: their rows go, the
	// mails stay.
	Gone     UIDs
	Examined []Examined
	// Cursor is set on the last batch of a complete run.
	Cursor *Cursor
}
