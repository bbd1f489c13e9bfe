package transfer

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xrash/smetrics"

	"kontor/app/kit/lang"
	"kontor/app/record"
)

// head is a column as it stands in the file: its title and some values.
type head struct {
	number  int
	title   string
	samples []string
}

// match is a guess: which column fills what, and how surely.
type match struct {
	head   *head
	target *target
	score  float64
}

// guess maps columns to the fields of a kind, one to one, the surest first.
func guess(r *record.Registry, main *record.Kind, heads []head) []match {
	g := &guesser{r: r, main: main, taken: map[string]bool{}, done: map[int]bool{}}
	d := dictionaryOf(r, main)
	type candidate struct {
		head  *head
		entry entry
	}
	var all []candidate
	for i := range heads {
		h := &heads[i]
		for _, e := range d.find(h.title) {
			if h.fits(e.path) {
				all = append(all, candidate{h, e})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.entry.score, a.entry.score) })
	for _, c := range all {
		g.take(c.head, c.entry)
	}
	for i := range heads {
		if h := &heads[i]; !g.done[h.number] {
			for _, path := range h.looks() {
				g.take(h, entry{main.Name, path, scoreLooks})
			}
		}
	}
	g.names()
	slices.SortFunc(g.found, func(a, b match) int { return a.head.number - b.head.number })
	return g.found
}

// find tells what a title can mean: exactly, else by similarity.
func (d *dictionary) find(title string) []entry {
	c := compact(title)
	if c == "" {
		return nil
	}
	if found := d.exact[c]; found != nil {
		return found
	}
	if short := brackets.ReplaceAllString(title, " "); short != title {
		if found := d.exact[compact(short)]; found != nil {
			return lowered(found, 0.95)
		}
	}
	var best []entry
	w := words(title)
	for _, s := range d.all {
		if !similar(c, s.compact, w, s.words) {
			continue
		}
		score := 0.9 * smetrics.JaroWinkler(c, s.compact, 0.7, 4)
		if len(best) == 0 || score > best[0].score {
			best = []entry{{s.kind, s.path, score}}
		}
	}
	return best
}

var brackets = regexp.MustCompile(`[(\[{][^)\]}]*[)\]}]|\*`)

func lowered(entries []entry, by float64) []entry {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].score *= by
	}
	return entries
}

// Titles are similar from this Jaro-Winkler similarity on; shorter ones are too
// easily similar.
const (
	similarity   = 0.88
	shortSimilar = 4
)

// fillers say nothing about what a column holds.
var fillers = []string{"no", "nr", "num", "number", "nummer", "address", "adresse", "value", "the", "der", "die", "des", "of", "von", "field", "feld"}

// similar compares whole titles and then word by word: "company size" is similar
// to "company name" only by the word that says less.
func similar(a, b string, wa, wb []string) bool {
	if len(a) < shortSimilar || len(b) < shortSimilar || smetrics.JaroWinkler(a, b, 0.7, 4) < similarity {
		return false
	}
	if len(wa) == 1 && len(wb) == 1 {
		return true
	}
	for _, w := range wa {
		if slices.Contains(fillers, w) {
			continue
		}
		if !slices.ContainsFunc(wb, func(other string) bool { return smetrics.JaroWinkler(w, other, 0.7, 4) >= similarity }) {
			return smetrics.JaroWinkler(a, b, 0.7, 4) >= 0.95 // a blank too many: "tele fon"
		}
	}
	return true
}

type guesser struct {
	r     *record.Registry
	main  *record.Kind
	taken map[string]bool
	done  map[int]bool
	found []match
}

// take gives a column its place if both are free. A second e-mail or telephone
// takes the next row of its list.
func (g *guesser) take(h *head, e entry) {
	if g.done[h.number] {
		return
	}
	t, err := targetOf(g.r, g.main, e.kind, e.path)
	for n := 2; err == nil && g.taken[g.key(t)] && n < maxSlots; n++ {
		if t.list == nil || t.whole() || t.field.Key != mainPart(t.list).Key || t.list.Fields[len(t.list.Fields)-1].Key != t.field.Key {
			return
		}
		path := fmt.Sprintf("%s.%s%d", t.list.Key, t.slot.option, n)
		t, err = targetOf(g.r, g.main, e.kind, path)
	}
	if err != nil || g.taken[g.key(t)] {
		return
	}
	g.taken[g.key(t)], g.done[h.number] = true, true
	g.found = append(g.found, match{h, t, e.score})
}

// key tells places apart: email and emails.1 are one.
func (g *guesser) key(t *target) string {
	if t.list != nil {
		return fmt.Sprintf("%s.%s.%s%d.%s", t.kind.Name, t.list.Key, t.slot.option, t.slot.n, t.field.Key)
	}
	return t.kind.Name + "." + t.path
}

// names settles what titles of people's names leave open: beside a column of
// given names one called Name holds family names, and an English Title is a job
// unless its values are titles.
func (g *guesser) names() {
	if g.main.Field("firstName") == nil || g.main.Field("lastName") == nil {
		return
	}
	for i := range g.found {
		m := &g.found[i]
		switch {
		case m.target.kind != g.main:
		case m.target.path == "name" && g.taken[g.main.Name+".firstName"] && !g.taken[g.main.Name+".lastName"]:
			g.move(m, "lastName")
		case m.target.path == "title" && g.main.Field("role") != nil && !m.head.titles() && !g.mapped("role"):
			g.move(m, "role")
		}
	}
}

func (g *guesser) mapped(path string) bool {
	return slices.ContainsFunc(g.found, func(m match) bool { return m.target.kind == g.main && m.target.path == path })
}

func (g *guesser) move(m *match, path string) {
	if t, err := targetOf(g.r, g.main, g.main.Name, path); err == nil {
		m.target = t
		g.taken[g.key(t)] = true
	}
}

var (
	looksMail    = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	looksWeb     = regexp.MustCompile(`(?i)^(https?://|www\.)\S+\.\S+$`)
	looksVAT     = regexp.MustCompile(`^(AT ?U|BE ?0|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI|CHE-?)[ .]?[0-9A-Z]{2}[0-9A-Z .]{5,12}$`)
	looksPhone   = regexp.MustCompile(`^(\+|00?[1-9]|\()[0-9 ()/.\-]{6,}$`)
	looksTitle   = regexp.MustCompile(`(?i)^(dr|prof|dipl|mag|ing|ph\.?d|mba|msc|bsc|sir|dame|rev|hon)\b`)
	looksCompany = regexp.MustCompile(`(?i)\b(gmbh|ag|kg|ohg|ug|e\.? ?v\.?|ltd|limited|inc|llc|llp|plc|corp|co|b\.?v\.?|n\.?v\.?|ab|a/s|aps|oy|oyj|sarl|s\.a\.r\.l\.|s\.?a\.?|s\.?p\.?a\.?|s\.?r\.?l\.?|sp\. z o\.o\.|kft|se)\.?$`)
)

// looks tells what the values of a column without a known title are.
func (h *head) looks() []string {
	switch {
	case h.most(looksMail.MatchString):
		return []string{"email"}
	case h.most(looksWeb.MatchString):
		return []string{"website"}
	case h.most(looksVAT.MatchString):
		return []string{"vat"}
	case h.most(looksPhone.MatchString):
		return []string{"phone"}
	}
	return nil
}

// fits takes back what a title says where the values cannot be that: ids that
// are not ours, a column Mail that says yes and no.
func (h *head) fits(path string) bool {
	switch path {
	case idField:
		return h.most(func(text string) bool { _, err := record.ParseID(text); return err == nil })
	case "email":
		return len(h.samples) == 0 || slices.ContainsFunc(h.samples, func(text string) bool { return strings.Contains(text, "@") }) || len(h.samples) < 3
	}
	return true
}

func (h *head) titles() bool { return len(h.samples) == 0 || h.most(looksTitle.MatchString) }

// most reports whether a test holds for four of five values.
func (h *head) most(test func(string) bool) bool {
	n := h.count(test)
	return n > 0 && n*5 >= len(h.samples)*4
}

func (h *head) count(test func(string) bool) int {
	n := 0
	for _, text := range h.samples {
		if test(strings.TrimSpace(text)) {
			n++
		}
	}
	return n
}

// guessKind picks the kind whose fields the columns fill best. names are those
// of file and sheet.
func guessKind(r *record.Registry, heads []head, names ...string) (*record.Kind, []match) {
	var best *record.Kind
	var found []match
	top := 0.0
	for _, k := range importable(r) {
		if !knownSynonyms().kinds[k.Name] {
			continue // documents and the like: only when asked for
		}
		matches := guess(r, k, heads)
		if score := kindScore(k, matches, names); best == nil || score > top {
			best, found, top = k, matches, score
		}
	}
	return best, found
}

func kindScore(k *record.Kind, matches []match, names []string) float64 {
	score, named := 0.0, false
	for _, m := range matches {
		weight := m.score
		if m.target.via != nil {
			weight /= 2
		}
		score += weight
		if m.target.kind != k {
			continue
		}
		switch m.target.path {
		case k.TitleKey:
			named = true
			// Names of firms show that the list is one of firms.
			if n := m.head.count(looksCompany.MatchString); n*5 >= len(m.head.samples) && n > 0 {
				if k.Field(k.TitleKey).Personal {
					score -= 2
				} else {
					score += 2
				}
			}
		case "firstName", "lastName":
			named = true
		}
	}
	if !named {
		score -= 2
	}
	for _, language := range lang.Languages() {
		for _, form := range []string{"one", "many"} {
			key := k.Module + ".kind." + k.Name + "." + form
			label := compact(lang.Text(language, key, nil))
			for _, name := range names {
				if len(label) >= shortSimilar && strings.Contains(compact(name), label) {
					return score + 1
				}
			}
		}
	}
	return score
}
