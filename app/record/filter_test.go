package record_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/record"
)

// filterThings is the little world of the filter tests; today is 2026-03-04.
func filterThings(t testing.TB) *things {
	w := openThings(t)
	a := w.save(v{
		"title": "Łoś Übersee", "note": "first\nline", "mail": "Info@Alpha.example", "tel": "+49 40 123", "site": "alpha.example", "count": "1.5", "price": "100", "day": "2026-03-04",
		"at": "2026-03-04 00:00", "done": true, "size": "small", "land": "DE", "tongue": "de", "labels": []any{v{"value": "VIP", "type": "work"}, "Küche"},
	})
	b := w.save(v{
		"title": "Beta", "mail": "b@beta.example", "count": "-2", "price": "100", "priceCurrency": "USD", "day": "2026-02-25", "at": "2026-03-03 23:59",
		"done": false, "size": "large", "land": "AT", "tongue": "de-AT", "parent": a.ID, "labels": []any{"vip gold"},
	})
	w.save(v{"title": "Gamma", "count": "10", "price": "250.50", "day": "2027-01-01", "parent": b.ID, "parts": []any{v{"thing": a.ID, "amount": "2", "since": "2026-01-01"}, v{"thing": b.ID}}})
	w.save(v{"title": "delta \"x\" \\ 100%_", "note": "line two", "parts": []any{v{"amount": "5"}}})
	return w
}

// TestFilter: the expression, and the first letters of the titles it finds
// (Beta, Delta, Gamma, Łoś, in the order of their titles).
func TestFilter(t *testing.T) {
	w := filterThings(t)
	for where, want := range map[string]string{
		"":                                     "bdgl",
		`title = "LOS uBERSEE"`:                "l",
		`title != "beta"`:                      "dgl",
		`not title = "beta"`:                   "dgl",
		`title ~ "BER"`:                        "l",
		`title ~ ""`:                           "bdgl",
		`title ^ "ga"`:                         "g",
		`title ^ ""`:                           "bdgl",
		`title < "gamma"`:                      "bd",
		`title <= "gamma"`:                     "bdg",
		`title > "gamma"`:                      "l",
		`title >= "gamma"`:                     "gl",
		`title = "delta \"x\" \\ 100%_"`:       "d",
		`title ~ "%_"`:                         "d",
		`title ~ "\\"`:                         "d",
		`title in ("beta", "GAMMA", "beta")`:   "bg",
		`not title in ("beta", "gamma")`:       "dl",
		`title = 'x' or 1`:                     "?filter.expectedValue@9",
		`note ~ "LINE"`:                        "dl",
		`note is empty`:                        "bg",
		`note is not empty`:                    "dl",
		`not note is not empty`:                "bg",
		`mail = "info@alpha.EXAMPLE"`:          "l",
		`mail ^ "b@"`:                          "b",
		`mail ~ "example"`:                     "bl",
		`mail is empty`:                        "dg",
		`mail != "b@beta.example"`:             "dgl",
		`tel ~ "40 1"`:                         "l",
		`tel = "+49 40 123"`:                   "l",
		`site = "ALPHA.example"`:               "l",
		`count = 1.5`:                          "l",
		`count = 1.50`:                         "l",
		`count = "-2"`:                         "b",
		`count != 1.5`:                         "bdg",
		`count > -2`:                           "gl",
		`count >= -2`:                          "bgl",
		`count < 10`:                           "bl",
		`count <= 10`:                          "bgl",
		`not count <= 10`:                      "d",
		`count in (10, -2)`:                    "bg",
		`count is empty`:                       "d",
		`count is not empty and not count > 0`: "b",
		`price = 100`:                          "l", // of the workspace's currency
		`price >= 100`:                         "gl",
		`price < 200`:                          "l",
		`not price >= 100`:                     "bd",
		`price is empty`:                       "d",
		`priceCurrency = "usd"`:                "b",
		`day = today`:                          "l",
		`day = 2026-03-04`:                     "l",
		`day = "2026-03-04"`:                   "l",
		`day >= today-7d`:                      "bgl",
		`day > today-7d`:                       "gl",
		`day = today-1w`:                       "b",
		`day < today+10m`:                      "bgl",
		`day > today+9m`:                       "g",
		`day >= today+1y`:                      "",
		`day <= today+99999d`:                  "bgl",
		`day is empty`:                         "d",
		`not day < today`:                      "dgl",
		`at = today`:                           "l",
		`at = 2026-03-03`:                      "b",
		`at < today`:                           "b",
		`at <= 2026-03-03`:                     "b",
		`at <= today`:                          "bl",
		`at > 2026-03-03`:                      "l",
		`at >= 2026-03-03`:                     "bl",
		`at != today`:                          "bdg",
		`at is not empty`:                      "bl",
		`createdAt >= today`:                   "bdgl",
		`createdAt < today`:                    "",
		`updatedAt = today and deletedAt is empty`: "bdgl",
		`done = true`:                       "l",
		`done = false`:                      "bdg",
		`done != true`:                      "bdg",
		`not done = false`:                  "l",
		`done is empty`:                     "dg",
		`size = "SMALL"`:                    "l",
		`size in ("small", "large")`:        "bl",
		`size ~ "a"`:                        "bl",
		`size ^ "s"`:                        "l",
		`size ^ "a"`:                        "",
		`size is empty`:                     "dg",
		`size != "small"`:                   "bdg",
		`land = "Germany"`:                  "l",
		`land = "Österreich"`:               "b",
		`land in ("DE", "AT")`:              "bl",
		`tongue = "German"`:                 "l",
		`tongue ^ "de"`:                     "bl",
		`parent = "los ubersee"`:            "b",
		`parent ^ "LO"`:                     "b",
		`parent ~ "ta"`:                     "g",
		`parent != "beta"`:                  "bdl",
		`parent in ("beta", "Łoś Übersee")`: "bg",
		`parent is empty`:                   "dl",
		`parent = "nobody"`:                 "",
		`parent = me`:                       "",
		`not parent = "nobody"`:             "bdgl",
		`parent.land = "DE"`:                "b",
		`parent.land != "DE"`:               "dgl",
		`not parent.land = "DE"`:            "dgl",
		`parent.note is empty`:              "dgl", // there is no parent, or it has no note
		`parent.note is not empty`:          "b",
		`parent.parent.title ~ "los"`:       "g",
		`parent.labels ^ "vip"`:             "bg",
		`parent.count < 0`:                  "g",
		`parent.createdAt >= today`:         "bg",
		`labels = "vip"`:                    "l",
		`labels != "vip"`:                   "bdg",
		`labels ^ "VIP"`:                    "bl",
		`labels = "kuche"`:                  "l",
		`labels in ("kuche", "vip gold")`:   "bl",
		`labels is empty`:                   "dg",
		`labels is not empty`:               "bl",
		`labels.type = "work"`:              "l",
		`labels.type is empty`:              "bl", // some row has none
		`label = "vip"`:                     "l",
		`label != "VIP"`:                    "bdg",
		`parts = "Beta"`:                    "g",
		`parts.thing.title = "los ubersee"`: "g",
		`parts.thing is empty`:              "d",
		`parts.amount > 2`:                  "d",
		`parts.since = 2026-01-01`:          "g",
		`not parts.amount > 2`:              "bgl",
		`title = "beta" or title = "gamma" and count = 1`:               "b",
		`(title = "beta" or title = "gamma") and count = 10`:            "g",
		`not title = "beta" and not title = "gamma"`:                    "dl",
		`not (title = "beta" or title = "gamma")`:                       "dl",
		`not (size = "small" and count > 0)`:                            "bdg",
		`not size = "small" or not count > 0`:                           "bdg",
		`not (day < today or count > 0)`:                                "d",
		`not day < today and not count > 0`:                             "d",
		`not not title = "beta"`:                                        "b",
		`NOT Title = "beta"`:                                            "?filter.unknownField@5",
		`NOT title IN ("beta") AND count IS NOT EMPTY OR labels ~ "go"`: "bgl",
		"title\n=\t\"beta\"":                                            "b",
	} {
		f, err := record.ParseFilter(where)
		got := ""
		if err == nil {
			err = w.r.CheckFilter(w.ctx, w.kind, f)
		}
		if err != nil {
			p := fault.Of(err)
			got = fmt.Sprintf("?%s@%v", p.Key, p.Params["position"])
		} else {
			for _, title := range w.find(where) {
				got += strings.ToLower(strings.NewReplacer("Ł", "L").Replace(title)[:1])
			}
		}
		if got != want {
			t.Errorf("%s\n found %q, want %q", where, got, want)
		}
		if err != nil {
			continue
		}
		// Each filter and its opposite share the rows out between them, and the
		// count is that of the list.
		if where != "" && len(w.find("not ("+where+")"))+len(got) != 4 {
			t.Errorf("not (%s) finds %v", where, w.find("not ("+where+")"))
		}
		n, err := w.r.Count(w.ctx, w.db.Reader(), w.kind, record.Query{Where: f}, 100)
		ids, err2 := w.r.EachID(w.ctx, w.db.Reader(), w.kind, record.Query{Where: f}, 100)
		if err != nil || err2 != nil || n != len(got) || len(ids) != n {
			t.Errorf("%s: count %d, %d ids, %v, %v", where, n, len(ids), err, err2)
		}
	}
}

// TestFilterMistakes: each mistake is answered with its place, counted in
// characters from 1, and what was expected there.
func TestFilterMistakes(t *testing.T) {
	w := openThings(t)
	for _, c := range []struct {
		where string
		key   string
		at    int
	}{
		{"title", "filter.expectedOperatorEnd", 6},
		{"title =", "filter.expectedValueEnd", 8},
		{"title == \"a\"", "filter.expectedValue", 8},
		{"title \"a\"", "filter.expectedOperator", 7},
		{"title like \"a\"", "filter.expectedOperator", 7},
		{"title ! \"a\"", "filter.expectedOperator", 7},
		{"= \"a\"", "filter.expectedField", 1},
		{"\"title\" = \"a\"", "filter.expectedField", 1},
		{"and title = \"a\"", "filter.expectedField", 1},
		{"title = \"a\" and", "filter.expectedFieldEnd", 16},
		{"title = \"a\" count = 1", "filter.expectedJoin", 13},
		{"title = \"a\")", "filter.expectedJoin", 12},
		{"(title = \"a\"", "filter.unclosedBracket", 1},
		{"title = \"ä\" and (count = 1 and (day = today)", "filter.unclosedBracket", 17},
		{"(title = \"a\" count", "filter.expectedJoin", 14},
		{"title = \"a", "filter.unclosedText", 9},
		{"title = \"日本\" and note = \"", "filter.unclosedText", 25},
		{"title in \"a\"", "filter.expectedList", 10},
		{"title in", "filter.expectedListEnd", 9},
		{"title in (", "filter.expectedValueEnd", 11},
		{"title in ()", "filter.expectedValue", 11},
		{"title in (\"a\" \"b\")", "filter.expectedComma", 15},
		{"title in (\"a\"", "filter.expectedCommaEnd", 14},
		{"title is", "filter.expectedEmptyEnd", 9},
		{"title is not", "filter.expectedEmptyEnd", 13},
		{"title is \"\"", "filter.expectedEmpty", 10},
		{"day > today-7", "filter.expectedOffset", 12},
		{"day > today-7x", "filter.expectedOffset", 12},
		{"day > today-123456d", "filter.expectedOffset", 12},
		{"day > today - 7d", "filter.expectedJoin", 13},
		{"nothing = 1", "filter.unknownField", 1},
		{"count = 1 and title.x = 1", "filter.unknownField", 15},
		{"parent.nothing = 1", "filter.unknownField", 1},
		{"labels.nothing = 1", "filter.unknownField", 1},
		{"labels.value.x = 1", "filter.unknownField", 1},
		{"parent. = 1", "filter.unknownField", 1},
		{"parent.parent.parent.parent.parent.parent.title = \"x\"", "filter.tooDeep", 1},
		{"count = \"x\"", "filter.wrongValue", 9},
		{"count = 1.234", "filter.wrongValue", 9},
		{"count in (1, true)", "filter.wrongValue", 14},
		{"count = today", "filter.wrongValue", 9},
		{"price = 1.234", "filter.wrongValue", 9},
		{"day = 2026-02-30", "filter.wrongValue", 7},
		{"day > today+99999y", "filter.wrongValue", 7},
		{"day > today-99999m", "filter.wrongValue", 7},
		{"day = me", "filter.wrongValue", 7},
		{"at = true", "filter.wrongValue", 6},
		{"title = today", "filter.wrongValue", 9},
		{"title = me", "filter.wrongValue", 9},
		{"land = me", "filter.wrongValue", 8}, // not Montenegro
		{"land = \"Atlantis\"", "filter.wrongValue", 8},
		{"size = \"huge\"", "filter.wrongValue", 8},
		{"done = 1", "filter.wrongValue", 8},
		{"done > true", "filter.wrongValue", 8},
		{"size > \"small\"", "filter.wrongOperator", 1},
		{"count ~ 1", "filter.wrongOperator", 1},
		{"day ^ today", "filter.wrongOperator", 1},
		{"title = \"x\" or parent > \"x\"", "filter.wrongOperator", 16},
		{strings.Repeat("(", 60) + "count = 1" + strings.Repeat(")", 60), "filter.tooDeep", 52},
		{strings.Repeat("not ", 60) + "count = 1", "filter.tooDeep", 205},
		{"title = \"" + strings.Repeat("x", 20_000), "filter.tooLong", 0},
	} {
		f, err := record.ParseFilter(c.where)
		if err == nil {
			err = w.r.CheckFilter(w.ctx, w.kind, f)
		}
		if err == nil {
			t.Errorf("%.80s: taken", c.where)
			continue
		}
		p := fault.Of(err)
		at, _ := p.Params["position"].(int)
		if p.Code != fault.CodeInvalid || p.Field != "where" || p.Key != c.key || at != c.at {
			t.Errorf("%.80s: %s at %d, want %s at %d", c.where, p.Key, at, c.key, c.at)
		}
	}
}

// TestFilterSize: the longest filters are run, not refused by the database.
func TestFilterSize(t *testing.T) {
	w := filterThings(t)
	chain := func(part, join string) string {
		return strings.TrimSuffix(strings.Repeat(part+join, 19_900/len(part+join)), join)
	}
	nested := strings.Repeat("not (count = 1 or ", 24) + "count = 2" + strings.Repeat(" and count = 3)", 24)
	for name, where := range map[string]string{
		"or": chain("count=1", " or "), "and": chain("title ^ \"b\"", " and "), "in": "title in (" + chain(`"b"`, ",") + ")", "not": "not (" + chain("count=1", " or ") + ")",
		"links": chain(`parent="b"`, " or "), "related": chain(`parent.parent.land="DE"`, " or "), "lists": chain("labels=1", " and "), "nested": nested, "link list": "parent in (" + chain("1", ",") + ")",
	} {
		f, err := record.ParseFilter(where)
		if err != nil {
			t.Fatal(name, err)
		}
		_, err = w.r.List(w.ctx, w.db.Reader(), w.kind, record.Query{Where: f})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzFilter(f *testing.F) {
	for _, where := range []string{
		"", `title = "x"`, `not (count >= 1.5 and day < today-7d) or labels ~ "v"`, `parent.parent.land = "DE"`, `size in ("small", "large")`,
		`parts.thing.labels is not empty`, `at = 2026-03-04`, `title = "\"\\`, `((`, `land = me`, `price != -1`, `id = "0000000000001"`, `labels.type is empty`,
		`title = "\x00"`, "day > today+99999y", "parent ~ 1", "deletedAt is empty", "tongue ^ \"\xff\"",
	} {
		f.Add(where)
	}
	w := filterThings(f)
	f.Fuzz(func(t *testing.T, where string) {
		filter, err := record.ParseFilter(where)
		if err == nil {
			err = w.r.CheckFilter(w.ctx, w.kind, filter)
		}
		if err != nil {
			if p := fault.Of(err); p.Code != fault.CodeInvalid || p.Field != "where" {
				t.Fatalf("%q: %v", where, err)
			}
			return
		}
		q := w.db.Reader()
		all, err := w.r.Count(w.ctx, q, w.kind, record.Query{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		found, err := w.r.List(w.ctx, q, w.kind, record.Query{Where: filter})
		if err != nil {
			t.Fatalf("%q: %v", where, err)
		}
		if filter == nil {
			return
		}
		others, err := w.r.Count(w.ctx, q, w.kind, record.Query{Where: record.Not{Filter: filter}}, 100)
		if err != nil || len(found.Records)+others != all {
			t.Fatalf("%q: %d found, %d of its opposite, of %d: %v", where, len(found.Records), others, all, err)
		}
	})
}
