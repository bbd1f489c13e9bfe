package mailsync

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"kontor/app/kit/fault"
	"kontor/mailsync/mime"
)

// window examines a run of UIDs: headers of all, then the text of those wanted.
// Each UID reaches the Sink exactly once.
func (p *pass) window(ctx context.Context, uids []uint32) error {
	answer, err := p.box.gather(ctx, uids, stageHeaders)
	if err != nil {
		return err
	}
	if err := p.lookAgain(ctx, answer); err != nil {
		return err
	}
	batch := Batch{Folder: p.folder}
	var heads []Head
	for i := len(uids) - 1; i >= 0; i-- { // newest first
		if mail := answer.got[uids[i]]; mail != nil {
			heads = append(heads, headOf(mail))
		} else if l, ok := answer.lost[uids[i]]; ok {
			batch.Examined = append(batch.Examined, Examined{Head: Head{UID: uids[i]}, Outcome: l.outcome, Reason: l.reason})
		}
	}
	verdicts, err := p.verdicts(ctx, heads)
	if err != nil {
		return err
	}
	var bodies []Head
	for i, v := range verdicts {
		examined := Examined{Head: heads[i], Reason: v.Reason}
		switch v.Take {
		case TakeBody:
			bodies = append(bodies, heads[i])
			continue
		case TakeHeader:
			examined.Outcome = OutcomeHeader
		case TakeKnown:
			examined.Outcome = OutcomeKnown
		default:
			examined.Outcome = OutcomeSkipped
		}
		batch.Examined = append(batch.Examined, examined)
	}
	if err := p.store(ctx, batch); err != nil {
		return err
	}
	return p.bodies(ctx, bodies)
}

// lookAgain reads the beginning of mails whose header the server gives as empty:
// some servers give up on a header that has one malformed line.
func (p *pass) lookAgain(ctx context.Context, answer gathered) error {
	var blank []uint32
	for uid, mail := range answer.got {
		if len(bytes.TrimSpace(mail.content)) == 0 && mail.size > 0 {
			blank = append(blank, uid)
		}
	}
	if len(blank) == 0 {
		return nil
	}
	slices.Sort(blank)
	again, err := p.box.gather(ctx, blank, stageTop)
	if err != nil {
		return err
	}
	for uid, mail := range again.got {
		answer.got[uid].content = mail.content
	}
	return nil
}

func (p *pass) verdicts(ctx context.Context, heads []Head) ([]Verdict, error) {
	if len(heads) == 0 {
		return nil, nil
	}
	verdicts, err := p.sink.Wanted(ctx, p.folder, heads)
	if err == nil && len(verdicts) != len(heads) {
		err = fault.Of(fmt.Errorf("%d verdicts for %d mails", len(verdicts), len(heads)))
	}
	return verdicts, err
}

// headOf reads the answer of the first stage.
func headOf(mail *fetched) Head {
	head := Head{
		UID: mail.uid, Header: mime.ParseHeader(mail.content),
		Flags: mail.flags, Arrived: mail.arrived, Size: mail.size,
	}
	head.Key = head.Header.Key
	if head.Header.Anonymous {
		// Nothing in the header tells such mails apart; arrival and size are kept
		// by servers when they renumber a folder.
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", head.Key, head.Arrived.Unix(), head.Size))
		head.Key = hex.EncodeToString(sum[:16])
	}
	return head
}

// bodies fetches the wanted mails in batches bounded by number and by size:
// small ones whole, large ones by their text parts.
func (p *pass) bodies(ctx context.Context, heads []Head) error {
	for len(heads) > 0 {
		var small, large []Head
		var size int64
		n := 0
		for n < len(heads) && n < p.limits.Bodies && (n == 0 || size+p.cost(heads[n]) <= p.limits.BatchBytes) {
			size += p.cost(heads[n])
			if heads[n].Size < p.limits.WholeMail {
				small = append(small, heads[n])
			} else {
				large = append(large, heads[n])
			}
			n++
		}
		batch := Batch{Folder: p.folder}
		if err := p.whole(ctx, small, &batch); err != nil {
			return err
		}
		if err := p.byParts(ctx, large, &batch); err != nil {
			return err
		}
		if err := p.store(ctx, batch); err != nil {
			return err
		}
		heads = heads[n:]
	}
	return nil
}

// cost estimates what fetching a mail brings: of a large one only its texts.
func (p *pass) cost(head Head) int64 { return min(max(head.Size, 1), p.limits.WholeMail) }

// whole fetches small mails.
func (p *pass) whole(ctx context.Context, heads []Head, batch *Batch) error {
	if len(heads) == 0 {
		return nil
	}
	answer, err := p.box.gather(ctx, ascending(heads), stageWhole)
	if err != nil {
		return err
	}
	for _, head := range heads {
		mail := answer.got[head.UID]
		if mail == nil {
			batch.lose(head, answer)
			continue
		}
		message := mime.Parse(mail.content)
		// Only a cautious fetch of a mail larger than the server said ends so.
		message.Truncated = message.Truncated || int64(len(mail.content)) == p.limits.cautiousWhole()
		batch.Examined = append(batch.Examined, Examined{
			Head: head, Outcome: OutcomeBody, Message: &message, Raw: mail.content,
		})
	}
	return nil
}

// lose records a mail whose text could not be had; one deleted meanwhile is no
// longer on the server and has no row.
func (b *Batch) lose(head Head, answer gathered) {
	if l, ok := answer.lost[head.UID]; ok {
		b.Examined = append(b.Examined, Examined{Head: head, Outcome: l.outcome, Reason: l.reason})
	}
}

// ascending gives the UIDs of heads, lowest first, as fetch wants them.
func ascending(heads []Head) []uint32 {
	uids := make([]uint32, len(heads))
	for i, head := range heads {
		uids[len(heads)-1-i] = head.UID
	}
	return uids
}
