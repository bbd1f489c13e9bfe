package postal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The salutations; any other is neutral.
const (
	Ms = "ms"
	Mr = "mr"
)

// Person is who is greeted. What is not known is empty.
type Person struct {
	Salutation string
	Title      string // Dr., Prof. Dr. med., Sir
	First      string
	Last       string
	Familiar   bool // by the first name
}

// Greeting is the first line of a letter in a language (BCP 47), English where
// it is not one of ours.
func Greeting(p Person, in string) string {
	base, region, _ := strings.Cut(in, "-")
	form, ok := forms[strings.ToLower(base)]
	if !ok {
		form = english
	}
	p.First, p.Last = oneLine(p.First), oneLine(p.Last)
	region = strings.ToUpper(region)
	return form(p, rankOf(p.Title), region)
}

var forms = map[string]func(p Person, title rank, region string) string{
	"de": german, "en": english, "es": spanish, "fr": french, "it": italian, "nl": dutch, "pl": polish,
}

// rank is what a title means in a greeting: of several the highest one counts,
// and what is no address, such as a diploma, is left out.
type rank int

const (
	noTitle rank = iota
	doctor
	professor
	knight
)

func rankOf(title string) rank {
	best := noTitle
	for word := range strings.FieldsFuncSeq(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "dr", "doctor", "doktor", "dra", "dott", "dottssa", "dottore":
			best = max(best, doctor)
		case "prof", "professor", "professorin", "profa", "profssa", "professore":
			best = max(best, professor)
		case "sir", "dame":
			return knight
		}
	}
	return best
}

// name is the name in full, as it suits everybody.
func (p Person) name() string { return oneLine(p.First + " " + p.Last) }

// pick takes the form for a woman, for a man, or the neutral one. Without a
// family name nobody can be greeted by it.
func (p Person) pick(ms, mr, neutral string) string {
	switch {
	case p.Last == "" && !p.Familiar:
		return neutral
	case p.Salutation == Ms:
		return ms
	case p.Salutation == Mr:
		return mr
	}
	return neutral
}

// byFirst reports whether the first name is what greets.
func (p Person) byFirst() bool { return p.Familiar && p.First != "" }

func german(p Person, t rank, region string) string {
	switch {
	case p.byFirst():
		return p.pick("Liebe ", "Lieber ", "Hallo ") + p.First + ","
	case p.name() == "":
		return "Sehr geehrte Damen und Herren,"
	}
	p.Familiar = false
	title := [...]string{doctor: "Dr. ", professor: "Professor ", knight: ""}[t]
	ms, mr := title, title
	if t == professor {
		ms = "Professorin "
	}
	if region == "AT" && t != professor { // every degree is said there
		if all := oneLine(p.Title); all != "" {
			ms, mr, title = all+" ", all+" ", all+" "
		}
	}
	return p.pick("Sehr geehrte Frau "+ms+p.Last, "Sehr geehrter Herr "+mr+p.Last, "Guten Tag "+neutral(title, "Professor ", "Prof. ")+p.name()) + ","
}

// neutral shortens a title where its long form would say whether it is a man's.
func neutral(title, long, short string) string {
	if title == long {
		return short
	}
	return title
}

func english(p Person, t rank, region string) string {
	dot := "" // British English has none where the last letter stands
	if region == "US" || region == "CA" {
		dot = "."
	}
	switch {
	case p.byFirst():
		return "Dear " + p.First + ","
	case t == knight && p.First != "" && p.Salutation == Ms:
		return "Dear Dame " + p.First + ","
	case t == knight && p.First != "":
		return "Dear Sir " + p.First + ","
	case p.name() == "":
		return "Dear Sir or Madam,"
	case p.Last != "" && t == professor:
		return "Dear Professor " + p.Last + ","
	case p.Last != "" && t == doctor:
		return "Dear Dr" + dot + " " + p.Last + ","
	}
	p.Familiar = false
	return "Dear " + p.pick("Ms"+dot+" "+p.Last, "Mr"+dot+" "+p.Last, p.name()) + ","
}

// french greets without the name: writing it is held for impolite.
func french(p Person, _ rank, _ string) string {
	switch {
	case p.byFirst():
		return p.pick("Chère ", "Cher ", "Bonjour ") + p.First + ","
	case p.name() == "":
		return "Madame, Monsieur,"
	}
	p.Familiar = false
	return p.pick("Madame", "Monsieur", "Bonjour "+p.name()) + ","
}

func italian(p Person, t rank, _ string) string {
	switch {
	case p.byFirst():
		return p.pick("Cara ", "Caro ", "Ciao ") + p.First + ","
	case p.name() == "":
		return "Gentili Signore e Signori,"
	}
	p.Familiar = false
	ms := [...]string{"Signora", "Dott.ssa", "Prof.ssa", "Signora"}[t]
	mr := [...]string{"Signor", "Dott.", "Prof.", "Signor"}[t]
	return "Gentile " + p.pick(ms+" "+p.Last, mr+" "+p.Last, p.name()) + ","
}

// spanish ends a greeting with a colon.
func spanish(p Person, t rank, _ string) string {
	switch {
	case p.byFirst():
		return p.pick("Querida ", "Querido ", "Hola, ") + p.First + ":"
	case p.name() == "":
		return "Estimadas señoras y señores:"
	}
	p.Familiar = false
	ms := [...]string{"Sra.", "Dra.", "Profa.", "Sra."}[t]
	mr := [...]string{"Sr.", "Dr.", "Prof.", "Sr."}[t]
	return p.pick("Estimada "+ms+" "+p.Last, "Estimado "+mr+" "+p.Last, "Buenos días, "+p.name()) + ":"
}

func dutch(p Person, t rank, _ string) string {
	switch {
	case p.byFirst():
		return "Beste " + p.First + ","
	case p.name() == "":
		return "Geachte heer, mevrouw,"
	}
	p.Familiar = false
	last := capital(p.Last) // de Vries is De Vries where no first name precedes
	switch {
	case p.Last == "":
	case t == professor:
		return "Geachte professor " + last + ","
	case t == doctor:
		return "Geachte dr. " + last + ","
	}
	return "Geachte " + p.pick("mevrouw "+last, "heer "+last, p.name()) + ","
}

// polish greets without the name, which would have to be inflected.
func polish(p Person, t rank, _ string) string {
	switch {
	case p.byFirst():
		return "Cześć " + p.First + ","
	case p.name() == "":
		return "Szanowni Państwo,"
	}
	p.Familiar = false
	ms := [...]string{"", " Doktor", " Profesor", ""}[t]
	mr := [...]string{"", " Doktorze", " Profesorze", ""}[t]
	return p.pick("Szanowna Pani"+ms, "Szanowny Panie"+mr, "Dzień dobry") + ","
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
