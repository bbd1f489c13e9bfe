package contacts

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// role is a person's place in a company, from one day to another, both included.
// An empty day is open: a role without any was always there.
type role struct {
	Person  record.ID `db:"owner_id"`
	Company record.ID `db:"company_id"`
	Since   string    `db:"since"`
	Until   string    `db:"until"`
}

func (r role) on(day string) bool {
	return (r.Since == "" || r.Since <= day) && (r.Until == "" || r.Until >= day)
}

// listed is how many ids one IN list carries.
const listed = 500

// WithCompanies adds to the subjects of records the companies where people among
// them had a role on the record's day. At gives the moment of the i-th record in
// milliseconds since 1970, zone says which day that was.
func WithCompanies(ctx context.Context, q storage.Queryer, zone *time.Location, subjects [][]record.ID, at func(i int) int64) error {
	everybody := slices.Concat(subjects...)
	slices.Sort(everybody)
	roles := map[record.ID][]role{}
	for ids := range slices.Chunk(slices.Compact(everybody), listed) {
		args := make([]any, len(ids))
		for i, id := range ids {
			args[i] = int64(id)
		}
		var rows []role
		err := sqlx.SelectContext(ctx, q, &rows, `SELECT owner_id, company_id, coalesce(since, '') AS since, coalesce(until, '') AS until
			FROM contacts_role WHERE company_id IS NOT NULL AND owner_id IN (`+storage.Marks(1, len(args))+")", args...)
		if err != nil {
			return fmt.Errorf("read roles: %w", err)
		}
		for _, r := range rows {
			roles[r.Person] = append(roles[r.Person], r)
		}
	}
	for i, ids := range subjects {
		day := time.UnixMilli(at(i)).In(zone).Format(time.DateOnly)
		for _, id := range ids {
			for _, r := range roles[id] {
				if r.on(day) {
					subjects[i] = append(subjects[i], r.Company)
				}
			}
		}
	}
	return nil
}

// Moves lets what is about a person stand on the timeline of a company as well
// once the person gets a role there, as far as the role's days reach. A role that
// ends or is taken out leaves what stands there: it did belong there. Only an
// undo, which says that the role never was, takes it back.
func Moves(env record.Env, c record.Change) []record.Move {
	if _, told := c.After["roles"]; !told || c.Kind.Name != "person" || c.Op != record.Update {
		return nil
	}
	was, is := rolesOf(c.Old), rolesOf(c.Record)
	var moves []record.Move
	add := func(list, other []role, back bool) {
		for _, r := range list {
			if !slices.Contains(other, r) {
				since, until := r.moments(env.Now.Location())
				moves = append(moves, record.Move{From: r.Person, To: r.Company, Since: since, Until: until, Back: back})
			}
		}
	}
	if c.Act.Undoes != 0 {
		add(was, is, true)
	}
	add(is, was, false)
	return moves
}

// rolesOf are the roles that a person's record has.
func rolesOf(person *record.Record) []role {
	var all []role
	for _, row := range person.Values.Rows("roles") {
		if company := row.ID("company"); company != 0 {
			all = append(all, role{person.ID, company, row.String("since"), row.String("until")})
		}
	}
	return all
}

// moments are the first of the role and the first after it.
func (r role) moments(zone *time.Location) (since, until int64) {
	since, until = math.MinInt64, math.MaxInt64
	if day, err := time.ParseInLocation(time.DateOnly, r.Since, zone); err == nil {
		since = day.UnixMilli()
	}
	if day, err := time.ParseInLocation(time.DateOnly, r.Until, zone); err == nil {
		until = day.AddDate(0, 0, 1).UnixMilli()
	}
	return since, until
}
