package record

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/storage"
)

// Group is the part of a list whose records have one value of a field.
type Group struct {
	Value string `json:"value" doc:"as a record has it in JSON; of a day or moment its month or year; empty where the field is"`
	Title string `json:"title,omitempty" doc:"of the record that a link leads to"`
	Where string `json:"where" doc:"filter that finds the records of this group"`
	Count int    `json:"count"`
	Sums  []Sum  `json:"sums,omitempty"`
	key   string
}

// Groups is a list by the values of one field.
type Groups struct {
	Groups      []Group `json:"groups"`
	More        int     `json:"more" doc:"groups that are not told"`
	MoreRecords int     `json:"moreRecords" doc:"that stand in those"`
	Overlap     bool    `json:"overlap" doc:"a record stands in a group for each of its values"`
}

// MaxGroups is how many groups are told.
const MaxGroups = 1000

// Units into which days and moments are grouped.
const (
	byMonth = "month"
	byYear  = "year"
)

// grouping is a list by the values of one field on its way to SQL.
type grouping struct {
	l     *list
	key   string // by which filters ask for it
	f     *Field
	in    *Field // the list whose rows hold the field
	unit  string
	where *where
}

// Groups counts the records that a query finds by the values of a field: "city",
// "customerSince:month", "customerSince:year", "tag". sort is "value" or "count",
// with "-" downwards; records without a value come last. sums are the numbers and
// amounts to add up in each group.
func (r *Registry) Groups(ctx context.Context, q storage.Queryer, k *Kind, query Query, by, sort string, sums []string) (Groups, error) {
	l, err := r.newList(ctx, k, query)
	if err != nil {
		return Groups{}, err
	}
	g, err := l.groupBy(by)
	if err != nil {
		return Groups{}, err
	}
	if g.where, err = l.added(ctx, q); err != nil {
		return Groups{}, fmt.Errorf("group %s by %s: %w", k.Name, by, err)
	}
	down := strings.HasPrefix(sort, "-")
	sort = strings.TrimPrefix(sort, "-")
	if sort != "" && sort != "value" && sort != "count" {
		return Groups{}, fault.Invalid("sort", "record.noSort", fault.Params{"field": Shorten(sort, 40), "kind": k.label()})
	}
	all, err := g.read(ctx, q, sort == "count", down)
	if err != nil {
		return Groups{}, fmt.Errorf("group %s by %s: %w", k.Name, by, err)
	}
	if err := g.finish(ctx, q, all.Groups); err != nil {
		return Groups{}, err
	}
	for _, key := range sums {
		f, err := k.sumField(key)
		if err == nil {
			err = g.sum(ctx, q, f, all.Groups)
		}
		if err != nil {
			return Groups{}, fmt.Errorf("sum %s by %s: %w", key, by, err)
		}
	}
	return all, nil
}

// groupBy finds the field to group by. Numbers, amounts and long texts have too
// many values to say anything; a field that compares by the list it mirrors has
// no filter that finds all of one group.
func (l *list) groupBy(by string) (*grouping, error) {
	key, unit, _ := strings.Cut(by, ":")
	no := fault.Invalid("by", "record.noGroup", fault.Params{"field": Shorten(by, 40), "kind": l.k.label()})
	g := &grouping{l: l, key: key, f: l.k.Field(l.k.named([]string{key})[0]), unit: unit}
	if column, ok := times[key]; ok && key != "id" {
		g.f = &Field{Key: key, Type: Instant, Column: column}
	}
	switch {
	case g.f == nil, g.f.Hidden, g.f.foldedInList():
		return nil, no
	case g.f.Type == List:
		g.in, g.f = g.f, g.f.main()
	}
	switch g.f.Type {
	case Date, Instant:
		if unit != byMonth && unit != byYear {
			return nil, no
		}
		return g, nil
	case Text, Email, URL, Choice, Country, Language, Currency, Link, YesNo:
		if unit == "" {
			return g, nil
		}
	}
	return nil, no
}

// A moment is counted by the quarter of an hour it lies in, of which the month is
// then told by the clock of the workspace: every offset from UTC is full quarters.
const quarter = 15 * 60 * 1000

// value is the expression that is the same for all records of a group.
func (g *grouping) value() string {
	column := g.column(g.f.Column)
	switch {
	case g.f.Type == YesNo: // nothing said is no
		return "coalesce(" + column + ", 0)"
	case g.f.Type == Instant:
		return fmt.Sprintf("%s / %d - (%s %% %d < 0)", column, quarter, column, quarter)
	case g.f.Type == Date:
		return fmt.Sprintf("substr(%s, 1, %d)", column, map[string]int{byMonth: 7, byYear: 4}[g.unit])
	case g.f.keyed():
		return column + "_key"
	case g.f.textual():
		return storage.FoldSQL(column)
	}
	return column
}

// column names a column of the record or of the list's rows.
func (g *grouping) column(name string) string {
	if g.in != nil {
		return "part." + name
	}
	return name
}

// from is where the values stand, and which of them count.
func (g *grouping) from() string {
	if g.in == nil {
		return g.l.k.Table + " WHERE " + g.where.sql()
	}
	return fmt.Sprintf("%s AS part JOIN %s AS own ON own.id = part.owner_id WHERE part.owner_id IN (SELECT id FROM %s WHERE %s)", g.in.Table, g.l.k.Table, g.l.k.Table, g.where.sql())
}

// counted is how many records a group has.
func (g *grouping) counted() string {
	if g.in != nil {
		return "count(DISTINCT part.owner_id)"
	}
	return "count(*)"
}

// spelt is how a folded value is written: the first spelling of a group where the
// rows are read anyway, and looked up for the few that are told where an index
// alone counts.
func (g *grouping) spelt() (in, after string) {
	if !g.f.textual() {
		return "value", "value"
	}
	column := g.column(g.f.Column)
	if g.in == nil && g.f.keyed() && len(g.l.parts) == 0 && !g.l.query.Bin {
		return "''", fmt.Sprintf("(SELECT %s FROM %s WHERE %s_key = g.value AND %s LIMIT 1)", g.f.Column, g.l.k.Table, g.f.Column, g.l.alive())
	}
	return "min(" + column + ")", "written"
}

// groupRow is a group as SQL finds it.
type groupRow struct {
	Value   sql.NullString `db:"value"`
	Written sql.NullString `db:"written"`
	Count   int            `db:"count"`
}

func (g *grouping) read(ctx context.Context, q storage.Queryer, byCount, down bool) (Groups, error) {
	in, after := g.spelt()
	written := ""
	if g.f.textual() {
		written = ", " + in + " AS written"
	}
	with := fmt.Sprintf("WITH g AS (SELECT %s AS value, %s AS count%s FROM %s GROUP BY 1)", g.value(), g.counted(), written, g.from())
	if g.f.Type == Instant {
		return g.moments(ctx, q, with, byCount, down)
	}
	order, args := g.order(byCount, down)
	var rows []groupRow
	query := fmt.Sprintf("%s SELECT value, count, %s AS written FROM g ORDER BY %s LIMIT %d", with, after, order, MaxGroups+1)
	if err := sqlx.SelectContext(ctx, q, &rows, query, append(slices.Clip(g.where.args), args...)...); err != nil {
		return Groups{}, err
	}
	all := Groups{Groups: []Group{}, Overlap: g.in != nil}
	if len(rows) > MaxGroups {
		var whole struct {
			Groups  int `db:"groups"`
			Records int `db:"records"`
		}
		if err := sqlx.GetContext(ctx, q, &whole, with+" SELECT count(*) AS groups, sum(count) AS records FROM g", g.where.args...); err != nil {
			return Groups{}, err
		}
		rows = rows[:MaxGroups]
		all.More, all.MoreRecords = whole.Groups-MaxGroups, whole.Records
		for _, row := range rows {
			all.MoreRecords -= row.Count
		}
	}
	for _, row := range rows {
		all.Groups = append(all.Groups, Group{Value: row.Written.String, Count: row.Count, key: row.Value.String})
	}
	if g.in == nil {
		return all, nil
	}
	var none int
	if err := sqlx.GetContext(ctx, q, &none, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s AND id NOT IN (SELECT owner_id FROM %s)", g.l.k.Table, g.where.sql(), g.in.Table), g.where.args...); err != nil {
		return Groups{}, err
	}
	if none > 0 {
		all.Groups = append(all.Groups, Group{Count: none})
	}
	return all, nil
}

// order sorts groups; those without a value come last. The options of a choice
// stand in their own order, as arguments behind those of the filter.
func (g *grouping) order(byCount, down bool) (order string, args []any) {
	direction := ""
	if down {
		direction = " DESC"
	}
	value := "value"
	switch g.f.Type {
	case Choice:
		var b strings.Builder
		for i, option := range g.f.Options {
			args = append(args, option)
			fmt.Fprintf(&b, " WHEN $%d THEN %d", len(g.where.args)+len(args), i)
		}
		if len(args) > 0 {
			value = "CASE value" + b.String() + " ELSE " + strconv.Itoa(len(args)) + " END"
		}
	case Link:
		value = g.title()
	}
	empty := "value IS NULL"
	if !g.f.nullable() {
		empty = "value = ''"
	}
	if byCount {
		return fmt.Sprintf("%s, count%s, %s, value", empty, direction, value), args
	}
	return fmt.Sprintf("%s, %s%s, value", empty, value, direction), args
}

// title is by what links are sorted: the names of the records they lead to.
func (g *grouping) title() string {
	var names []string
	for _, target := range g.f.Targets {
		if k, err := g.l.r.Kind(target); err == nil {
			names = append(names, fmt.Sprintf("(SELECT %s FROM %s WHERE id = g.value)", k.Field(k.TitleKey).compared(), k.Table))
		}
	}
	return "coalesce(" + strings.Join(append(names, "''"), ", ") + ")"
}

// moments puts quarters of an hour together to months or years.
func (g *grouping) moments(ctx context.Context, q storage.Queryer, with string, byCount, down bool) (Groups, error) {
	var rows []struct {
		Value sql.NullInt64 `db:"value"`
		Count int           `db:"count"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, with+" SELECT value, count FROM g", g.where.args...); err != nil {
		return Groups{}, err
	}
	byKey := map[string]int{}
	for _, row := range rows {
		byKey[g.period(row.Value)] += row.Count
	}
	groups := make([]Group, 0, len(byKey))
	for key, count := range byKey {
		groups = append(groups, Group{Value: key, Count: count, key: key})
	}
	slices.SortFunc(groups, func(a, b Group) int {
		if a.key == "" || b.key == "" {
			return -cmp.Compare(a.key, b.key)
		}
		first := 0
		if byCount {
			first = cmp.Compare(a.Count, b.Count)
		}
		c := cmp.Or(first, cmp.Compare(a.key, b.key))
		if down {
			return -c
		}
		return c
	})
	all := Groups{Groups: groups[:min(len(groups), MaxGroups)]}
	for _, rest := range groups[len(all.Groups):] {
		all.More++
		all.MoreRecords += rest.Count
	}
	return all, nil
}
