package contacts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/storage"
)

// names takes the company, the person and the role out of what is left.
func (r *reader) names() {
	r.part()
	company := r.company()
	person := r.who(company)
	if company != nil {
		r.say("company", "name", strings.TrimPrefix(company.text, "Firma "), company)
		company.text, company.used = "", true
	}
	if person != nil {
		n := SplitName(byOrder.ReplaceAllString(person.text, ""))
		for _, f := range [][2]string{{"salutation", n.Salutation}, {"title", n.Title}, {"firstName", n.First}, {"lastName", n.Last}, {"suffix", n.Suffix}} {
			r.say("person", f[0], f[1], person)
		}
		person.text, person.used = "", true
	}
	for _, p := range r.pieces {
		if says(roleWords, p.text) && len(strings.Fields(p.text)) <= maxRole && !strings.ContainsAny(p.text, "@:") {
			r.say("person", "role", p.text, p)
			p.text, p.used = "", true
			return
		}
	}
}

// maxRole is how many words a role has; more are a sentence.
const maxRole = 9

// byOrder is what stands before a name: signing for somebody else, or what the
// person is.
var byOrder = regexp.MustCompile(`(?i)^(?:i\.?\s?[av]\.?|ppa\.?|gez\.?|inh\.|inhaber(?:in)?:|ansprechpartner(?:in)?:|contact:|owner:)\s+`)

var joints = regexp.MustCompile(`,\s+|\s+[–-]\s+|\s+(?:at|bei|@)\s+`)

// part sets name, role and company apart that stand in one line, such as
// "Ada King, Head of Sales at Falcon Ltd". A legal form is no part of its own.
func (r *reader) part() {
	var all []*piece
	for _, p := range r.pieces {
		parts := joints.Split(p.text, -1)
		apart := len(parts) > 1 && slices.ContainsFunc(parts, func(part string) bool { return says(roleWords, part) || isCompany(part) && strings.Contains(part, " ") })
		if apart && !legalForm.MatchString(" "+parts[len(parts)-1]) || apart && len(parts) > 2 || apart && strings.Contains(parts[len(parts)-1], " ") {
			for _, part := range parts {
				all = append(all, &piece{text: strings.TrimSpace(part), from: p.from, line: p.line, used: p.used})
			}
			continue
		}
		all = append(all, p)
	}
	r.pieces = all
}

// company is the piece that names an organisation: by its legal form, or since
// it reads as the domain of an e-mail does.
func (r *reader) company() *piece {
	for _, p := range r.pieces {
		if p.text != "" && strings.ContainsFunc(p.text, unicode.IsLetter) && isCompany(p.text) && !strings.Contains(p.text, ":") && len(strings.Fields(p.text)) > 1 && !r.likeEmail(p.text) {
			return p
		}
	}
	for _, p := range r.pieces {
		if r.likeDomain(p.text) && !r.likeEmail(p.text) {
			return p
		}
	}
	return nil
}

// letters are a text's letters and digits, folded, so that falcon-ceramics is
// Falcon Ceramics.
func letters(text string) string { return strings.Join(storage.Terms(text), "") }

func (r *reader) likeDomain(text string) bool {
	const enough = 4
	name := letters(text)
	if len(name) < enough {
		return false
	}
	for _, domain := range r.domains {
		labels := strings.Split(domain, ".")
		for _, label := range labels[:len(labels)-1] {
			if letters(label) == name {
				return true
			}
		}
	}
	return false
}

// likeEmail reports whether a name is that of a person's e-mail: ada.king@ or
// aking@ for Ada King.
func (r *reader) likeEmail(text string) bool {
	n := SplitName(byOrder.ReplaceAllString(text, ""))
	last, first := letters(n.Last), letters(n.First)
	if last == "" || first == "" {
		return false
	}
	initial, _ := utf8.DecodeRuneInString(first)
	for _, email := range r.emails {
		local := strings.NewReplacer("ue", "u", "oe", "o", "ae", "a").Replace(letters(email))
		plain := strings.NewReplacer("ue", "u", "oe", "o", "ae", "a").Replace(last)
		if strings.Contains(local, plain) && (strings.HasPrefix(local, string(initial)) || strings.Contains(local, first)) || local == first {
			return true
		}
	}
	return false
}

// who is the piece that names the person: one that an e-mail of theirs or a
// salutation confirms, else a name at the head of the signature.
func (r *reader) who(company *piece) *piece {
	var head *piece
	seen := 0
	for _, p := range r.pieces {
		if p == company || p.text == "" {
			continue
		}
		text := byOrder.ReplaceAllString(p.text, "")
		n := SplitName(text)
		named := plainWords(text) && n.Last != "" && (n.First != "" || n.Salutation != "" || n.Title != "") && !says(roleWords, text) && !isStreet(text, false)
		if named && (r.likeEmail(text) || n.Salutation != "" || n.Title != "") {
			return p
		}
		const near = 2 // lines from the top
		if seen++; named && head == nil && seen <= near && !isCompany(text) {
			head = p
		}
	}
	return head
}

// settle says whose address and numbers they are: the company's if one is named,
// the person's if not; and all is the company's if nobody is named.
func (r *reader) settle() {
	owner := "person"
	if r.out.Company["name"] != nil {
		owner = "company"
	}
	for key, value := range r.place {
		r.record(owner)[key] = value
	}
	nobody := r.out.Person["lastName"] == nil && owner == "company"
	if nobody {
		for _, list := range []string{"emails", "phones"} {
			rows, _ := r.out.Person[list].([]any)
			if len(rows) > 0 {
				own, _ := r.out.Company[list].([]any)
				r.out.Company[list] = append(own, rows...)
				delete(r.out.Person, list)
			}
		}
	}
	if owner == "person" { // a firm that nobody names is none
		for key, value := range r.out.Company {
			if rows, ok := value.([]any); ok {
				own, _ := r.out.Person[key].([]any)
				r.out.Person[key] = append(own, rows...)
			}
			delete(r.out.Company, key)
		}
	}
	for i := range r.out.Found {
		f := &r.out.Found[i]
		switch {
		case f.Kind == whoseAddress, f.Kind == "company" && owner == "person":
			f.Kind = owner
		case nobody && (f.Field == "emails" || f.Field == "phones"):
			f.Kind = "company"
		}
	}
	r.out.Found = slices.DeleteFunc(r.out.Found, func(f Finding) bool { return f.Kind == "person" && f.Field == "vat" })
	for _, p := range r.pieces {
		if !p.used && strings.ContainsFunc(p.text, unicode.IsLetter) {
			r.out.Unread = append(r.out.Unread, p.text)
		}
	}
}

// plainWords reports whether a line is a name of some kind: words that begin
// with capitals, without digits and signs.
func plainWords(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	for _, word := range words {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("@:/|()[]{}!?&+\"", r) }) {
			return false
		}
		if start, _ := utf8.DecodeRuneInString(word); unicode.IsLower(start) && !slices.Contains(particles, bare(word)) && !slices.Contains(titles, bare(word)) {
			return false
		}
	}
	return true
}
