package mailsync

import (
	"context"
	"errors"
	"os"
	"slices"

	"github.com/emersion/go-imap/v2"

	"kontor/app/kit/fault"
)

const (
	// tries is how often a mail is asked for alone before it is given up; all but
	// the first are cautious.
	tries = 3
	// maxBarren ends a run in which nothing arrives any more. Finding one bad mail
	// among a thousand takes about 13 fruitless fetches.
	maxBarren = 200
	// suspicious is from how many mails on, none of which could be had, the
	// server is to blame and not the mails.
	suspicious = 5
)

// errMoved says that the folder got another UIDVALIDITY while it was read.
var errMoved = errors.New("UIDVALIDITY changed")

// mailbox is a folder opened for reading that survives lost connections.
type mailbox struct {
	account  Account
	secret   Secret
	limits   Limits
	session  *session // nil while disconnected
	folder   string   // opened folder; "" if none
	validity uint32
	uidNext  uint32
	messages uint32
	// order is set for servers whose FETCH answers cannot be matched by UID.
	order  []uint32
	barren int // fruitless fetches in a row
}

func (m *mailbox) close() {
	if m.session != nil {
		m.session.close()
		m.session = nil
	}
}

// connected gives the connection, made anew if it was lost, with the folder
// open. What fails here is not retried: the server is not there.
func (m *mailbox) connected(ctx context.Context) (*session, error) {
	if m.session != nil && m.session.alive() {
		return m.session, nil
	}
	m.close()
	s, err := dial(ctx, m.account, m.secret, m.limits)
	if err != nil {
		return nil, err
	}
	m.session = s
	if m.folder == "" {
		return s, nil
	}
	data, err := s.examine(ctx, m.folder)
	if err != nil {
		return nil, err
	}
	if data.UIDValidity != m.validity {
		return nil, errMoved
	}
	return s, nil
}

func (m *mailbox) params() fault.Params {
	return fault.Params{"host": m.account.Host, "folder": m.folder}
}

// open opens a folder.
func (m *mailbox) open(ctx context.Context, folder string) error {
	m.folder = ""
	s, err := m.connected(ctx)
	if err != nil {
		return err
	}
	data, err := s.examine(ctx, folder)
	if err != nil {
		return err
	}
	m.folder, m.validity = folder, data.UIDValidity
	m.uidNext, m.messages = uint32(data.UIDNext), data.NumMessages
	m.order, m.barren = nil, 0
	return nil
}

// search lists UIDs; a connection lost on the way is made anew once.
func (m *mailbox) search(ctx context.Context, criteria *imap.SearchCriteria) (UIDs, error) {
	for attempt := 1; ; attempt++ {
		s, err := m.connected(ctx)
		if err != nil {
			return nil, err
		}
		found, err := s.search(ctx, criteria)
		if err == nil || s.alive() || attempt == 2 || ctx.Err() != nil {
			return found, err
		}
	}
}

// lost is a mail that could not be had.
type lost struct {
	outcome Outcome
	reason  string
}

// gathered is the answer to a gather: each UID asked for is in got, in lost, or
// was deleted meanwhile.
type gathered struct {
	got  map[uint32]*fetched
	lost map[uint32]lost
}

// gather fetches mails whatever the server does: what is missing after an answer
// or a lost connection is asked for again, in halves where nothing came, alone
// and cautiously at the end. An error means that the server cannot be used now.
func (m *mailbox) gather(ctx context.Context, uids []uint32, st stage) (gathered, error) {
	all := gathered{make(map[uint32]*fetched, len(uids)), map[uint32]lost{}}
	attempts := map[uint32]int{}
	queue := [][]uint32{uids}
	for len(queue) > 0 {
		ask := queue[0]
		queue = queue[1:]
		s, err := m.connected(ctx)
		if err != nil {
			return all, err
		}
		cautious := len(ask) == 1 && attempts[ask[0]] > 0
		got, err := s.fetch(ctx, ask, m.order, st.request(cautious, m.limits))
		for uid, mail := range got {
			all.got[uid] = mail
		}
		rest := without(ask, got)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if len(got) > 0 {
			m.barren = 0
		} else if m.barren++; m.barren > maxBarren {
			return all, fault.Unavailable("mail.serverConfused", m.params(), err)
		}
		if len(rest) == 0 {
			continue
		}
		if s.alive() {
			listed, failure := m.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{NewUIDs(rest...).set()}})
			if failure != nil {
				return all, failure
			}
			if rest = listed.Both(NewUIDs(rest...)).newest(len(rest)); len(rest) == 0 {
				continue // deleted meanwhile
			}
			if err == nil && len(got) == 0 {
				changed, failure := m.changeOrder(ctx)
				if failure != nil {
					return all, failure
				}
				if changed {
					queue = append([][]uint32{rest}, queue...)
					continue
				}
			}
		}
		if len(got) > 0 {
			queue = append([][]uint32{rest}, queue...)
			continue
		}
		if len(rest) > 1 {
			half := len(rest) / 2
			queue = append([][]uint32{rest[half:], rest[:half]}, queue...)
			continue
		}
		uid := rest[0]
		if attempts[uid]++; attempts[uid] < tries {
			queue = append([][]uint32{rest}, queue...)
			continue
		}
		all.lost[uid] = verdictOn(err)
	}
	if len(all.got) == 0 && len(all.lost) >= suspicious {
		return all, fault.Unavailable("mail.serverConfused", m.params(), nil)
	}
	return all, nil
}

// changeOrder answers a fetch that gave nothing: it switches from UIDs to
// sequence numbers, since the library drops answers that name the UID behind the
// text or not at all. It switches back when that gives nothing either, unless the
// numbers have moved.
func (m *mailbox) changeOrder(ctx context.Context) (changed bool, err error) {
	every, err := m.search(ctx, &imap.SearchCriteria{})
	if err != nil {
		return false, err
	}
	if every.Count() > 2*int(m.messages)+10_000 {
		return false, nil // not the UIDs of this folder
	}
	before := m.order
	m.order = every.newest(every.Count())
	if slices.Equal(before, m.order) {
		m.order = nil
		return false, nil
	}
	return len(m.order) > 0, nil
}

// verdictOn says how a mail ends that failed alone, by its last failure.
func verdictOn(err error) lost {
	if err == nil {
		return lost{OutcomeFailed, ReasonNotGiven}
	}
	var answer *imap.Error
	switch {
	case errors.As(err, &answer) && answer.Type != imap.StatusResponseTypeBye:
		return lost{OutcomeQuarantined, ReasonRefused}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return lost{OutcomeQuarantined, ReasonSilent}
	}
	return lost{OutcomeQuarantined, ReasonBreaks}
}

func without(uids []uint32, got map[uint32]*fetched) []uint32 {
	var rest []uint32
	for _, uid := range uids {
		if got[uid] == nil {
			rest = append(rest, uid)
		}
	}
	return rest
}
