package mail

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"golang.org/x/net/idna"

	"kontor/app/record"
	"kontor/mailsync/mime"
	"kontor/storage"
)

// participant is an address of a mail in the form in which addresses compare.
type participant struct{ role, address string }

// own are the addresses of all accounts: they are us and nobody's contact.
type own map[string]bool

func ownAddresses(ctx context.Context, q storage.Queryer) (own, error) {
	var keys []string
	if err := sqlx.SelectContext(ctx, q, &keys, "SELECT address_key FROM mail_account"); err != nil {
		return nil, fmt.Errorf("read own addresses: %w", err)
	}
	o := own{}
	for _, key := range keys {
		o[key] = true
	}
	return o, nil
}

// direction tells whether we wrote a mail: from an address of ours, or from one
// of which the server keeps it among the sent mails.
func (o own) direction(h mime.Header, sent bool) string {
	for _, from := range h.From {
		if o[from.Key()] {
			return directionOut
		}
	}
	if sent {
		return directionOut
	}
	return directionIn
}

// participants lists whom a mail concerns but us, each address with each role
// once, the roles in the order in which they explain a link. The sender of what
// lies among our sent mails is us, whatever name the address has.
func (o own) participants(h mime.Header, sent bool) []participant {
	var all []participant
	seen := map[participant]bool{}
	add := func(role string, list []mime.Address) {
		for _, a := range list {
			p := participant{role, a.Key()}
			if !o[p.address] && !seen[p] {
				seen[p] = true
				all = append(all, p)
			}
		}
	}
	if !sent {
		add(reasonFrom, h.From)
	}
	add(reasonTo, h.To)
	add(reasonCc, h.Cc)
	add(reasonBcc, h.Bcc)
	return all
}

// strangers counts the addresses.
func strangers(list []participant) int {
	seen := map[string]bool{}
	for _, p := range list {
		seen[p.address] = true
	}
	return len(seen)
}

// matches are the records that have an address.
type matches map[string][]record.ID

// match finds the companies and people with these addresses, those in the bin
// left out.
func match(ctx context.Context, q storage.Queryer, addresses map[string]bool) (matches, error) {
	found := matches{}
	var values []any
	for address := range addresses {
		for _, key := range storedKeys(address) {
			values = append(values, key)
		}
	}
	err := inChunks(values, func(marks string, args []any) error {
		var rows []struct {
			Owner record.ID `db:"owner_id"`
			Value string    `db:"value"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, `SELECT e.owner_id, e.value FROM contacts_email e WHERE e.value_key IN (`+marks+`)
			AND (EXISTS (SELECT 1 FROM contacts_company c WHERE c.id = e.owner_id AND c.deleted_at IS NULL)
				OR EXISTS (SELECT 1 FROM contacts_person p WHERE p.id = e.owner_id AND p.deleted_at IS NULL)) ORDER BY e.owner_id`, args...)
		for _, row := range rows {
			// The stored key has lost its accents: two addresses may share it.
			key := mime.Address{Addr: row.Value}.Key()
			if addresses[key] && !slices.Contains(found[key], row.Owner) {
				found[key] = append(found[key], row.Owner)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("match addresses: %w", err)
	}
	return found, nil
}

// storedKeys gives the forms under which contacts may keep an address: its
// domain in ASCII, as mail has it, or in its own script, as people type it.
func storedKeys(address string) []string {
	keys := []string{storage.Fold(address)}
	if local, domain, ok := strings.Cut(address, "@"); ok && strings.Contains(domain, "xn--") {
		if script, err := idna.ToUnicode(domain); err == nil {
			keys = append(keys, storage.Fold(local+"@"+script))
		}
	}
	return keys
}

// any tells whether one of the participants is known.
func (m matches) any(list []participant) bool {
	return slices.ContainsFunc(list, func(p participant) bool { return len(m[p.address]) > 0 })
}

// link says on whose timeline a mail stands, and why.
type link struct {
	record  record.ID
	reason  string
	address string
}

// links gives each matching record one link, with the first reason. Records in
// not were taken away from this mail by hand.
func (m matches) links(list []participant, not []record.ID) []link {
	var all []link
	for _, p := range list {
		for _, id := range m[p.address] {
			if !slices.Contains(not, id) && !slices.ContainsFunc(all, func(l link) bool { return l.record == id }) {
				all = append(all, link{id, p.role, p.address})
			}
		}
	}
	return all
}

// rows gives links as the field has them.
func rows(links []link) []record.Values {
	var list []record.Values
	for _, l := range links {
		list = append(list, record.Values{"record": l.record, "reason": l.reason, "address": l.address})
	}
	return list
}

// unlinked reads which records were taken away from mails by hand.
func unlinked(ctx context.Context, q storage.Queryer, messages []any) (map[record.ID][]record.ID, error) {
	taken := map[record.ID][]record.ID{}
	err := inChunks(messages, func(marks string, args []any) error {
		var rows []struct {
			Message record.ID `db:"message_id"`
			Record  record.ID `db:"record_id"`
		}
		err := sqlx.SelectContext(ctx, q, &rows, "SELECT message_id, record_id FROM mail_unlinked WHERE message_id IN ("+marks+")", args...)
		for _, row := range rows {
			taken[row.Message] = append(taken[row.Message], row.Record)
		}
		return err
	})
	return taken, err
}
