package record

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"kontor/storage"
)

// period is the month or year in which a quarter of an hour lies.
func (g *grouping) period(quarters sql.NullInt64) string {
	if !quarters.Valid {
		return ""
	}
	layout := map[string]string{byMonth: "2006-01", byYear: "2006"}[g.unit]
	return time.UnixMilli(quarters.Int64 * quarter).In(g.l.env.Now.Location()).Format(layout)
}

// finish says of each group what it is called and which filter finds it.
func (g *grouping) finish(ctx context.Context, q storage.Queryer, groups []Group) error {
	var ids []ID
	for i := range groups {
		group := &groups[i]
		switch {
		case g.f.Type == YesNo:
			group.Value = map[bool]string{true: "true", false: "false"}[group.key == "1"]
		case group.key == "":
			group.Value = ""
		case g.f.Type == Link:
			var id ID
			if _, err := fmt.Sscan(group.key, (*int64)(&id)); err != nil {
				return fmt.Errorf("link %q: %w", group.key, err)
			}
			group.Value = id.String()
			ids = append(ids, id)
		}
		group.Where = g.finds(*group)
	}
	if len(ids) == 0 {
		return nil
	}
	links := map[ID]LinkTitle{}
	for _, target := range g.f.Targets {
		k, err := g.l.r.Kind(target)
		if err != nil {
			return err
		}
		if err := k.Titles(ctx, q, ids, links); err != nil {
			return err
		}
	}
	for i := range groups {
		if id, err := ParseID(groups[i].Value); err == nil {
			groups[i].Title = links[id].Title
		}
	}
	return nil
}

// finds is the filter that finds the records of a group, and no others.
func (g *grouping) finds(group Group) string {
	switch {
	case g.f.Type == YesNo:
		return g.key + " = " + group.Value
	case group.key == "" && g.in == nil && g.f.textual(): // text that compares as nothing stands there, too
		return g.key + ` = ""`
	case group.key == "":
		return g.key + " is empty"
	case g.f.Type == Date || g.f.Type == Instant:
		from, to := group.Value+"-01-01", group.Value+"-12-31"
		if g.unit == byMonth {
			from = group.Value + "-01"
			first, err := time.Parse(time.DateOnly, from)
			if err != nil { // no day at all: found as it stands
				return g.key + " = " + quoted(group.Value)
			}
			to = first.AddDate(0, 1, -1).Format(time.DateOnly)
		}
		return fmt.Sprintf("%s >= %s and %s <= %s", g.key, from, g.key, to)
	}
	return g.key + " = " + quoted(group.Value)
}

// quoted writes text as the filter language has it.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// sum adds one field up in each group, each currency by itself.
func (g *grouping) sum(ctx context.Context, q storage.Queryer, f *Field, groups []Group) error {
	at := make(map[string]*Group, len(groups))
	for i := range groups {
		at[groups[i].key] = &groups[i]
	}
	column, currency := f.Column, "''"
	if f.Currency != "" {
		currency = g.l.k.Field(f.Currency).Column
	}
	if g.in != nil {
		return g.sumOnce(ctx, q, f, column, currency, at)
	}
	rows, err := q.QueryxContext(ctx, fmt.Sprintf("SELECT %[1]s AS value, %[2]s AS currency, count(*), sum(%[3]s / %[4]d), sum(%[3]s %% %[4]d) FROM %[5]s AND %[3]s IS NOT NULL GROUP BY 1, 2",
		g.value(), currency, column, half, g.from()), g.where.args...)
	return g.add(rows, err, f, at)
}

// sumOnce counts a record once a group, however often its list has the value.
// Those whose list is empty stand in no row of it.
func (g *grouping) sumOnce(ctx context.Context, q storage.Queryer, f *Field, column, currency string, at map[string]*Group) error {
	if currency != "''" {
		currency = "own." + currency
	}
	rows, err := q.QueryxContext(ctx, fmt.Sprintf(`SELECT value, currency, count(*), sum(amount / %[1]d), sum(amount %% %[1]d)
		FROM (SELECT DISTINCT %[2]s AS value, part.owner_id, %[3]s AS currency, own.%[4]s AS amount FROM %[5]s AND own.%[4]s IS NOT NULL) AS each GROUP BY 1, 2`,
		half, g.value(), currency, column, g.from()), g.where.args...)
	if err := g.add(rows, err, f, at); err != nil || at[""] == nil {
		return err
	}
	query := g.l.query
	query.Where = And(append(slices.Clip(topLevel(query.Where)), Condition{Path: []string{g.key}, Op: "empty"}))
	without, err := g.l.r.newList(ctx, g.l.k, query)
	if err != nil {
		return err
	}
	sums, err := without.sum(ctx, q, f)
	at[""].Sums = append(at[""].Sums, sums...)
	return err
}

// add reads sums into the groups that are told. Moments come in more parts than
// there are groups, so parts of one group are put together.
func (g *grouping) add(rows *sqlx.Rows, err error, f *Field, at map[string]*Group) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	parts := map[string]map[string]sumPart{}
	for rows.Next() {
		var value sql.NullString
		var currency string
		var p sumPart
		if err := rows.Scan(&value, &currency, &p.count, &p.high, &p.low); err != nil {
			return err
		}
		key := value.String
		if g.f.Type == Instant {
			var quarters sql.NullInt64
			if value.Valid {
				if err := quarters.Scan(value.String); err != nil {
					return err
				}
			}
			key = g.period(quarters)
		}
		if at[key] == nil {
			continue
		}
		if parts[key] == nil {
			parts[key] = map[string]sumPart{}
		}
		whole := parts[key][currency]
		parts[key][currency] = sumPart{whole.count + p.count, whole.high + p.high, whole.low + p.low}
	}
	for key, byCurrency := range parts {
		var sums []Sum
		for currency, p := range byCurrency {
			sums = append(sums, f.sumOf(currency, p))
		}
		slices.SortFunc(sums, func(a, b Sum) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Currency, b.Currency))
		})
		at[key].Sums = append(at[key].Sums, sums...)
	}
	return rows.Err()
}
