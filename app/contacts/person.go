package contacts

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

func person() *record.Kind {
	return &record.Kind{
		Name: "person", Module: "contacts", Table: "contacts_person", Extensible: true, TitleKey: "name", Subtitle: "role",
		Columns: []string{"name", "company", "role", "email", "phone", "city", "country"}, SortKey: "name",
		Fields: fields([]record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName, Personal: true, Group: "who"},
			{Key: "salutation", Type: record.Choice, Options: []string{"ms", "mr", "neutral"}, Personal: true, Group: "who"},
			{Key: "title", Type: record.Text, Max: 60, Personal: true, Group: "who"},
			{Key: "firstName", Type: record.Text, Max: 120, Personal: true, Group: "who"},
			{Key: "lastName", Type: record.Text, Max: 120, Index: record.Indexed, Personal: true, Group: "who"},
			{Key: "suffix", Type: record.Text, Max: 60, Personal: true, Group: "who"},
			partyKinds(true),
			record.Tags("contacts_tag", "who", true),
			{Key: "familiar", Type: record.YesNo, Personal: true, Group: "who"},
			{Key: "greeting", Type: record.Text, Max: 200, Personal: true, Group: "who"},
			{Key: "roles", Type: record.List, Table: "contacts_role", Group: "work", Fields: []record.Field{
				{Key: "company", Type: record.Link, Targets: []string{"company"}, Column: "company_id"},
				{Key: "role", Type: record.Text, Max: 120, Find: record.InName},
				{Key: "since", Type: record.Date},
				{Key: "until", Type: record.Date},
				{Key: "contact", Type: record.Choice, Options: []string{mainContact, deputyContact}},
			}},
			{Key: "company", Type: record.Link, Targets: []string{"company"}, Column: "company_id", Mirror: "roles.company", Index: record.Indexed, Group: "work"},
			{Key: "role", Type: record.Text, Max: 120, Mirror: "roles.role", Group: "work"},
		}, reach(true, "home"), []record.Field{
			{Key: "channel", Type: record.Choice, Options: []string{byPhone, byEmail, "post", "inPerson"}, Personal: true, Group: "reach"},
			{Key: "hours", Type: record.Text, Max: 200, Personal: true, Group: "reach"},
			{Key: "birthday", Type: record.Date, Index: record.Indexed, Personal: true, Group: "personal"},
			{Key: "language", Type: record.Language, Personal: true, Group: "personal"},
			{Key: "needs", Type: record.LongText, Max: 5000, Find: record.InText, Personal: true, Group: "personal"},
			{Key: "interests", Type: record.LongText, Max: 5000, Find: record.InText, Personal: true, Group: "personal"},
			{Key: "howMet", Type: record.Text, Max: 300, Personal: true, Group: "personal"},
			assigned,
		}),
		Prepare: preparePerson,
		Looks:   []string{"kinds", "roles", "emails"},
	}
}

// The places that a role gives somebody on the list of whom to call.
const (
	mainContact   = "main"
	deputyContact = "deputy"
)

// The ways in which somebody likes to be reached that decide what is shown.
const (
	byPhone = "phone"
	byEmail = "email"
)

// preparePerson keeps the shown name and its parts in step: a name given in one
// piece is split, and the name is made of the parts.
func preparePerson(env record.Env, p *record.Pending) error {
	if p.Given("name") && !p.Given("firstName") && !p.Given("lastName") {
		n := SplitName(p.Values.String("name"))
		p.Set("firstName", n.First)
		p.Set("lastName", n.Last)
		for key, part := range map[string]string{"salutation": n.Salutation, "title": n.Title, "suffix": n.Suffix} {
			if part != "" && !p.Given(key) {
				p.Set(key, part)
			}
		}
		if err := checkParts(p.Values); err != nil {
			return err
		}
	}
	name := strings.TrimSpace(p.Values.String("firstName") + " " + p.Values.String("lastName"))
	if !visible(name) { // somebody of whom only an address is known
		name = ""
		p.Set("firstName", nil)
		p.Set("lastName", nil)
		if rows := p.Values.Rows("emails"); len(rows) > 0 {
			name = rows[0].String("value")
		}
	}
	p.Set("name", name)
	oneOfEach(p)
	if birthday := p.Values.String("birthday"); birthday > env.Today() && (p.New() || p.Given("birthday")) {
		return fault.Invalid("birthday", "rule.birthdayAhead", fault.Params{"date": birthday})
	}
	for _, row := range p.Values.Rows("roles") {
		since, until := row.String("since"), row.String("until")
		if since != "" && until != "" && until < since {
			return fault.Invalid("roles", "rule.roleEndsBeforeStart", fault.Params{"since": since, "until": until})
		}
	}
	return nil
}

// The parts of a name and how many characters each can have.
var nameParts = []struct {
	key string
	max int
}{{"title", 60}, {"firstName", 120}, {"lastName", 120}, {"suffix", 60}}

// checkParts refuses a name in one piece whose parts are longer than their fields.
func checkParts(v record.Values) error {
	for _, part := range nameParts {
		if n := utf8.RuneCountInString(v.String(part.key)); n > part.max {
			label := lang.Name{Key: "contacts.field.person." + part.key, Otherwise: part.key}
			return fault.Invalid("name", "record.tooLong", fault.Params{"field": label, "max": part.max, "length": n})
		}
	}
	return nil
}

// Name is a person's name in its parts.
type Name struct {
	Salutation, Title, First, Last, Suffix string
}

var (
	salutations = map[string]string{
		"mr": "mr", "herr": "mr", "herrn": "mr", "monsieur": "mr", "m": "mr", "senor": "mr", "signor": "mr", "dhr": "mr",
		"ms": "ms", "mrs": "ms", "miss": "ms", "frau": "ms", "fr": "ms", "madame": "ms", "mme": "ms", "senora": "ms", "signora": "ms", "mevr": "ms", "mx": "neutral",
	}
	titles    = []string{"dr", "prof", "dipl", "ing", "dipl-ing", "dipl-kfm", "mag", "med", "jur", "phil", "rer", "nat", "hc", "univ-prof", "sir", "dame", "rev", "univ"}
	suffixes  = []string{"jr", "sr", "ii", "iii", "iv", "phd", "mba", "md", "msc", "bsc", "ma", "ba", "llm", "esq", "cpa"}
	particles = []string{"von", "van", "vom", "zu", "zum", "zur", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "du", "des", "la", "le", "ter", "ten", "bin", "ibn", "al", "el", "af", "av", "y", "e"}
)

// SplitName cuts a name as it is written in one piece: "Frau Dr. Ada von Arx",
// "Lovelace, Ada", "Nguyễn Zoë". A single word is a family name.
func SplitName(text string) Name {
	var n Name
	if last, first, ok := strings.Cut(text, ","); ok && strings.TrimSpace(first) != "" && !slices.Contains(suffixes, bare(first)) {
		text = strings.TrimSpace(first) + " " + strings.TrimSpace(last)
		n = splitWords(strings.Fields(text), len(strings.Fields(last)))
		return n
	}
	return splitWords(strings.Fields(strings.ReplaceAll(text, ",", " ")), 0)
}

// splitWords sorts words into parts; tail is how many at the end are known to be
// the family name.
func splitWords(words []string, tail int) Name {
	var n Name
	var front []string
	for len(words) > 1 {
		word := bare(words[0])
		if s := salutations[word]; s != "" && n.Salutation == "" && len(front) == 0 {
			n.Salutation = s
		} else if slices.Contains(titles, word) && (strings.HasSuffix(words[0], ".") || len(word) > 2 || word == "dr") {
			front = append(front, words[0])
		} else {
			break
		}
		words = words[1:]
	}
	n.Title = strings.Join(front, " ")
	var back []string
	for len(words) > 2 && tail == 0 && slices.Contains(suffixes, bare(words[len(words)-1])) {
		back = append([]string{words[len(words)-1]}, back...)
		words = words[:len(words)-1]
	}
	n.Suffix = strings.Join(back, " ")
	if len(words) == 0 {
		return n
	}
	from := len(words) - 1
	if tail > 0 {
		from = max(0, len(words)-tail)
	}
	for tail == 0 && from > 1 && slices.Contains(particles, bare(words[from-1])) {
		from--
		if word := bare(words[from]); from > 1 && (word == "y" || word == "e") { // joins two family names
			from--
		}
	}
	n.First, n.Last = strings.Join(words[:from], " "), strings.Join(words[from:], " ")
	return n
}

func bare(word string) string {
	return strings.NewReplacer(".", "", ",", "").Replace(storage.Fold(word))
}
