package contacts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/nyaruka/phonenumbers"

	"kontor/app/record"
	"kontor/storage"
)

// Call says whom to call, and how.
type Call struct {
	ID      record.ID `json:"id" doc:"the person, or the company itself where nobody is known there"`
	Kind    string    `json:"kind"`
	Name    string    `json:"name" doc:"with title"`
	Role    string    `json:"role,omitempty"`
	Channel string    `json:"channel,omitempty" doc:"how the person likes to be reached: phone, email, post, inPerson"`
	Phone   string    `json:"phone,omitempty"`
	Email   string    `json:"email,omitempty"`
	Hours   string    `json:"hours,omitempty" doc:"when to call"`
	Zone    string    `json:"timeZone,omitempty" doc:"IANA time zone of the number, where it lies in one only"`
	Line    string    `json:"line" doc:"all of it in one line"`
}

// maxCandidates bounds how many people of a company are weighed.
const maxCandidates = 500

// Call finds whom to call at a company: who is named its main contact, then its
// deputy, then whoever has a number, in the order in which people have their
// roles. Of a person it says how.
func (c *Contacts) Call(ctx context.Context, q storage.Queryer, party *record.Record) (Call, error) {
	call, err := c.whom(ctx, q, party)
	call.Zone = zoneOf(call.Phone, c.r.Env(ctx).Country)
	return call, err
}

func (c *Contacts) whom(ctx context.Context, q storage.Queryer, party *record.Record) (Call, error) {
	if party.Kind == c.Person {
		return callOf(party, party.Values.String("role"), nil), nil
	}
	var rows []struct {
		role
		Pos     int    `db:"pos"`
		Name    string `db:"role"`
		Contact string `db:"contact"`
	}
	today := c.r.Env(ctx).Today()
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT owner_id, company_id, pos, role, contact, coalesce(since, '') AS since, coalesce(until, '') AS until
		FROM contacts_role WHERE company_id = $1 AND (since IS NULL OR since <= $2) AND (until IS NULL OR until >= $2)
		ORDER BY contact = 'main' DESC, contact = 'deputy' DESC, pos, owner_id LIMIT $3`, int64(party.ID), today, maxCandidates)
	if err != nil {
		return Call{}, fmt.Errorf("read roles: %w", err)
	}
	var ids []record.ID
	for _, r := range rows {
		ids = append(ids, r.Person)
	}
	people, err := c.Person.Load(ctx, q, ids...)
	if err != nil {
		return Call{}, err
	}
	byID := map[record.ID]*record.Record{}
	for _, p := range people {
		if p.Deleted == 0 {
			byID[p.ID] = p
		}
	}
	best, bestRank := Call{}, []int(nil)
	for _, r := range rows {
		p := byID[r.Person]
		if p == nil {
			continue
		}
		call := callOf(p, r.Name, party)
		rank := []int{slices.Index([]string{mainContact, deputyContact, ""}, r.Contact), yes(!reachable(p)), r.Pos}
		if bestRank == nil || slices.Compare(rank, bestRank) < 0 {
			best, bestRank = call, rank
		}
	}
	if bestRank == nil {
		return callOf(party, "", nil), nil
	}
	return best, nil
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// reachable reports whether somebody can be reached directly.
func reachable(p *record.Record) bool {
	return phoneOf(p) != "" || p.Values.String("channel") == byEmail && p.Values.String("email") != ""
}

// callOf says how a party is reached. Somebody without a number of their own is
// reached by that of the company.
func callOf(p *record.Record, role string, at *record.Record) Call {
	v := p.Values
	call := Call{ID: p.ID, Kind: p.Kind.Name, Name: FullName(v), Role: role, Channel: v.String("channel"), Phone: phoneOf(p), Email: v.String("email"), Hours: v.String("hours")}
	if call.Name == "" {
		call.Name = p.Title()
	}
	if at != nil {
		call.Phone = cmp.Or(call.Phone, phoneOf(at))
		call.Email = cmp.Or(call.Email, at.Values.String("email"))
	}
	name := call.Name
	if role != "" {
		name += " (" + role + ")"
	}
	ways := []string{call.Phone, call.Hours}
	if call.Phone == "" || call.Channel == byEmail {
		ways = append([]string{call.Email}, ways...)
	}
	ways = slices.DeleteFunc(ways, func(text string) bool { return text == "" })
	call.Line = strings.Join(append([]string{name}, ways...), ", ")
	return call
}

// phoneOf is the first number that somebody picks up: no fax, and a private one
// only where there is no other.
func phoneOf(p *record.Record) string {
	private := ""
	for _, row := range p.Values.Rows("phones") {
		switch row.String("type") {
		case "fax":
		case "home":
			private = cmp.Or(private, row.String("value"))
		default:
			return row.String("value")
		}
	}
	return private
}

// zoneOf is the time zone in which a number rings; empty where that is in doubt.
func zoneOf(phone, country string) string {
	number, err := phonenumbers.Parse(phone, country)
	if err != nil {
		return ""
	}
	zones, err := phonenumbers.GetTimezonesForNumber(number)
	if err != nil || len(zones) != 1 || zones[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return ""
	}
	return zones[0]
}

// FullName is a person's name with title and suffix.
func FullName(v record.Values) string {
	return strings.Join(strings.Fields(v.String("title")+" "+v.String("name")+" "+v.String("suffix")), " ")
}
