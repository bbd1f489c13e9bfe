package postal_test

import (
	"testing"

	"kontor/app/kit/postal"
)

func TestGreeting(t *testing.T) {
	var (
		doctor   = postal.Person{Salutation: "ms", Title: "Dr.", First: "Ada", Last: "Müller"}
		mister   = postal.Person{Salutation: "mr", First: "Jan", Last: "de Vries"}
		teacher  = postal.Person{Salutation: "ms", Title: "Prof. Dr. med.", First: "Eva", Last: "Rossi"}
		engineer = postal.Person{Salutation: "mr", Title: "Dipl.-Ing.", First: "Karl", Last: "Maier"}
		kim      = postal.Person{Salutation: "neutral", First: "Kim", Last: "Lee"}
		doctorX  = postal.Person{Title: "Dr.", First: "Kim", Last: "Lee"}
		friend   = postal.Person{Salutation: "ms", First: "Maria", Last: "Rossi", Familiar: true}
		buddy    = postal.Person{Salutation: "mr", First: "Paul", Familiar: true}
		pal      = postal.Person{First: "Kim", Familiar: true}
		shy      = postal.Person{Salutation: "mr", Last: "Rossi", Familiar: true}
		onlyIn   = postal.Person{Salutation: "ms", First: "Ada"}
		nobody   = postal.Person{Salutation: "ms"}
		sir      = postal.Person{Salutation: "mr", Title: "Prof. Sir", First: "Tim", Last: "Berners-Lee"}
	)
	for _, c := range []struct {
		in   string
		p    postal.Person
		want string
	}{
		{"de", doctor, "Sehr geehrte Frau Dr. Müller,"},
		{"de", mister, "Sehr geehrter Herr de Vries,"},
		{"de", teacher, "Sehr geehrte Frau Professorin Rossi,"},
		{"de", engineer, "Sehr geehrter Herr Maier,"},
		{"de-AT", engineer, "Sehr geehrter Herr Dipl.-Ing. Maier,"},
		{"de", kim, "Guten Tag Kim Lee,"},
		{"de", doctorX, "Guten Tag Dr. Kim Lee,"},
		{"de", postal.Person{Title: "Prof.", Last: "Lee"}, "Guten Tag Prof. Lee,"},
		{"de", friend, "Liebe Maria,"},
		{"de", buddy, "Lieber Paul,"},
		{"de", pal, "Hallo Kim,"},
		{"de", shy, "Sehr geehrter Herr Rossi,"},
		{"de", onlyIn, "Guten Tag Ada,"},
		{"de", nobody, "Sehr geehrte Damen und Herren,"},
		{"en", postal.Person{Salutation: "ms", First: "Zoë", Last: "Nguyễn"}, "Dear Ms Nguyễn,"},
		{"en-US", postal.Person{Salutation: "ms", First: "Zoë", Last: "Nguyễn"}, "Dear Ms. Nguyễn,"},
		{"en", mister, "Dear Mr de Vries,"},
		{"en", doctor, "Dear Dr Müller,"},
		{"en-US", doctor, "Dear Dr. Müller,"},
		{"en", teacher, "Dear Professor Rossi,"},
		{"en", doctorX, "Dear Dr Lee,"},
		{"en", sir, "Dear Sir Tim,"},
		{"en", kim, "Dear Kim Lee,"},
		{"en", friend, "Dear Maria,"},
		{"en", nobody, "Dear Sir or Madam,"},
		{"pt", mister, "Dear Mr de Vries,"}, // a language that is not ours
		{"", kim, "Dear Kim Lee,"},
		{"fr", doctor, "Madame,"},
		{"fr-CH", mister, "Monsieur,"},
		{"fr", kim, "Bonjour Kim Lee,"},
		{"fr", friend, "Chère Maria,"},
		{"fr", buddy, "Cher Paul,"},
		{"fr", nobody, "Madame, Monsieur,"},
		{"it", friend, "Cara Maria,"},
		{"it", doctor, "Gentile Dott.ssa Müller,"},
		{"it", teacher, "Gentile Prof.ssa Rossi,"},
		{"it", mister, "Gentile Signor de Vries,"},
		{"it", kim, "Gentile Kim Lee,"},
		{"it", nobody, "Gentili Signore e Signori,"},
		{"es", doctor, "Estimada Dra. Müller:"},
		{"es", mister, "Estimado Sr. de Vries:"},
		{"es", kim, "Buenos días, Kim Lee:"},
		{"es", buddy, "Querido Paul:"},
		{"es", nobody, "Estimadas señoras y señores:"},
		{"nl", mister, "Geachte heer De Vries,"},
		{"nl", postal.Person{Salutation: "ms", First: "An", Last: "van den Berg"}, "Geachte mevrouw Van den Berg,"},
		{"nl", teacher, "Geachte professor Rossi,"},
		{"nl", doctorX, "Geachte dr. Lee,"},
		{"nl", kim, "Geachte Kim Lee,"},
		{"nl", onlyIn, "Geachte Ada,"},
		{"nl", friend, "Beste Maria,"},
		{"nl", nobody, "Geachte heer, mevrouw,"},
		{"pl", mister, "Szanowny Panie,"},
		{"pl", doctor, "Szanowna Pani Doktor,"},
		{"pl", postal.Person{Salutation: "mr", Title: "prof. dr hab.", Last: "Nowak"}, "Szanowny Panie Profesorze,"},
		{"pl", kim, "Dzień dobry,"},
		{"pl", friend, "Cześć Maria,"},
		{"pl", nobody, "Szanowni Państwo,"},
	} {
		if got := postal.Greeting(c.p, c.in); got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.in, c.p, got, c.want)
		}
	}
}
