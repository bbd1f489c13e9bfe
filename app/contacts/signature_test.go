package contacts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/apptest"
	"kontor/app/contacts"
	"kontor/app/kit/fault"
)

// signatures as they stand below mails and on letterheads, German and English,
// and what has to be read of each; the last column is what must stay unread.
var signatures = []struct{ text, want, unread string }{
	{
		"Mit freundlichen Grüßen\n\nDr. Ada von Arx\nGeschäftsführerin\n\nFalcon Ceramics GmbH\nHafenstraße 1\n20095 Hamburg\n\nTel.: +49 40 123456-0\nMobil: +49 170 1234567\nFax: +49 40 123456-9\nE-Mail: ada.vonarx@falcon.example\nWeb: www.falcon.example\n\nAmtsgericht Hamburg HRB 12345\nGeschäftsführer: Max Muster\nUSt-IdNr.: DE123456789",
		"company.city=Hamburg company.country=DE company.name=Falcon Ceramics GmbH company.phones=+49 40 123456-9(fax) company.postcode=20095 company.street=Hafenstraße 1 company.vat=DE123456789 company.websites=www.falcon.example(work) person.emails=ada.vonarx@falcon.example(work) person.firstName=Ada person.lastName=von Arx person.phones=+49 40 123456-0(work),+49 170 1234567(mobile) person.role=Geschäftsführerin person.title=Dr.",
		"",
	},
	{
		"Best regards,\n\nJohn Smith\nHead of Sales\nHarbor Trading Ltd\n12 High Street\nLondon\nEC1A 1BB\nUnited Kingdom\nT: +44 20 7946 0958 | M: +44 7700 900123\njohn.smith@harbor.example | https://www.harbor.example",
		"company.city=London company.country=GB company.name=Harbor Trading Ltd company.postcode=EC1A 1BB company.street=12 High Street company.websites=https://www.harbor.example(work) person.emails=john.smith@harbor.example(work) person.firstName=John person.lastName=Smith person.phones=+44 20 7946 0958(work),+44 7700 900123(mobile) person.role=Head of Sales",
		"",
	},
	{
		"Jane Q. Public, MBA | Chief Financial Officer\nLumen Robotics, Inc.\n1600 Main Street, Suite 200\nSpringfield, IL 62701\nOffice: (217) 555-0123\nCell: 217-555-0199\njane@lumenrobotics.example",
		"company.city=Springfield company.country=US company.name=Lumen Robotics, Inc. company.postcode=62701 company.region=IL company.street=1600 Main Street, Suite 200 person.emails=jane@lumenrobotics.example(work) person.firstName=Jane Q. person.lastName=Public person.phones=(217) 555-0123(work),217-555-0199(mobile) person.role=Chief Financial Officer person.suffix=MBA",
		"",
	},
	{
		"Viele Grüße\ni. A. Frau Sabine Groß\nEinkauf\nMüller & Söhne OHG, Am Markt 3, 01067 Dresden\nTelefon 0351 456789, Telefax 0351 456788\ns.gross@mueller-soehne.example",
		"company.city=Dresden company.name=Müller & Söhne OHG company.phones=0351 456788(fax) company.postcode=01067 company.street=Am Markt 3 person.emails=s.gross@mueller-soehne.example(work) person.firstName=Sabine person.lastName=Groß person.phones=0351 456789(work) person.role=Einkauf person.salutation=ms",
		"",
	},
	{
		"Falcon Ceramics\nada@falcon-ceramics.example",
		"company.emails=ada@falcon-ceramics.example(work) company.name=Falcon Ceramics",
		"",
	},
	{
		"Hafenstraße 1\n20095 Hamburg",
		"person.city=Hamburg person.postcode=20095 person.street=Hafenstraße 1",
		"",
	},
	{
		"Erika Musterfrau\nc/o Groß\nHinter dem Turm 5a\nA-1030 Wien\nÖsterreich",
		"person.city=Wien person.country=AT person.firstName=Erika person.lastName=Musterfrau person.postcode=1030 person.street=Hinter dem Turm 5a",
		"c/o Groß",
	},
	{
		"--\nPiet de Vries\nDirector\nTulip B.V.\nPrinsengracht 263\n1016 GV Amsterdam\nThe Netherlands\n+31 20 555 0100\npiet@tulip.example",
		"company.city=Amsterdam company.country=NL company.name=Tulip B.V. company.postcode=1016 GV company.street=Prinsengracht 263 person.emails=piet@tulip.example(work) person.firstName=Piet person.lastName=de Vries person.phones=+31 20 555 0100(work) person.role=Director",
		"",
	},
	{
		"Anna Nowak\nKierownik\nPolfirma Sp. z o.o.\nul. Bosmańska 1\n81-116 Gdynia\ntel. +48 58 555 01 23\nanna.nowak@polfirma.example",
		"company.city=Gdynia company.country=PL company.name=Polfirma Sp. z o.o. company.postcode=81-116 company.street=ul. Bosmańska 1 person.emails=anna.nowak@polfirma.example(work) person.firstName=Anna person.lastName=Nowak person.phones=+48 58 555 01 23(work)",
		"Kierownik",
	},
	{
		"Ada King, Head of Design at Falcon Ltd\nada.king@falcon.example\nlinkedin.com/in/adaking https://www.linkedin.com/in/adaking",
		"company.name=Falcon Ltd person.emails=ada.king@falcon.example(work) person.firstName=Ada person.lastName=King person.role=Head of Design person.websites=https://www.linkedin.com/in/adaking(work)",
		"",
	},
	{
		"Prof. Dr. med. Jürgen Weiß\nKlinik am See\nSeeweg 12\n88662 Überlingen\nSekretariat: +49 7551 9999\ninfo@klinik-am-see.example",
		"company.city=Überlingen company.country=DE company.emails=info@klinik-am-see.example(work) company.name=Klinik am See company.postcode=88662 company.street=Seeweg 12 person.firstName=Jürgen person.lastName=Weiß person.phones=+49 7551 9999(work) person.title=Prof. Dr. med.",
		"",
	},
	{
		"Freundliche Grüsse\nUrs Meier\nProjektleiter\n\nAlpen Bau AG\nBahnhofstrasse 3\nCH-8001 Zürich\nDirekt +41 44 555 01 02\nZentrale +41 44 555 01 00\nurs.meier@alpenbau.example\nwww.alpenbau.example",
		"company.city=Zürich company.country=CH company.name=Alpen Bau AG company.phones=+41 44 555 01 00(work) company.postcode=8001 company.street=Bahnhofstrasse 3 company.websites=www.alpenbau.example(work) person.emails=urs.meier@alpenbau.example(work) person.firstName=Urs person.lastName=Meier person.phones=+41 44 555 01 02(work) person.role=Projektleiter",
		"",
	},
	{
		"> Kim Lee\n> Customer Success Manager\n> kim.lee@example.com\n> Sent from my iPhone",
		"person.emails=kim.lee@example.com(work) person.firstName=Kim person.lastName=Lee person.role=Customer Success Manager",
		"",
	},
	{
		"Elektro Blitz e.K.\nInh. Karl Blitz\nPostfach 12 34\n50667 Köln\n0221 / 55 66 77",
		"company.city=Köln company.name=Elektro Blitz e.K. company.postcode=50667 company.street=Postfach 12 34 person.firstName=Karl person.lastName=Blitz person.phones=0221 / 55 66 77(work)",
		"",
	},
	{
		"Marie Tremblay\nDirector of Marketing\nBoréal Inc.\n111 Wellington St, Ottawa ON K1A 0A9, Canada\n+1 613-555-0123\nmarie.tremblay@boreal.example",
		"company.city=Ottawa company.country=CA company.name=Boréal Inc. company.postcode=K1A 0A9 company.region=ON company.street=111 Wellington St person.emails=marie.tremblay@boreal.example(work) person.firstName=Marie person.lastName=Tremblay person.phones=+1 613-555-0123(work) person.role=Director of Marketing",
		"",
	},
	{
		"Hallo Herr Groß,\n\nwie besprochen schicke ich Ihnen das Angebot bis Freitag 12:00 Uhr.\n\nBeste Grüße\nTom Fischer\n\nt.fischer@werft.example\nTel 04941 1234 - Fax 04941 1235\nWerft Nord GmbH & Co. KG · Am Hafen 12 · 26721 Emden",
		"company.city=Emden company.name=Werft Nord GmbH & Co. KG company.phones=04941 1235(fax) company.postcode=26721 company.street=Am Hafen 12 person.emails=t.fischer@werft.example(work) person.firstName=Tom person.lastName=Fischer person.phones=04941 1234(work)",
		"Hallo Herr Groß,|wie besprochen schicke ich Ihnen das Angebot bis Freitag 12:00 Uhr.",
	},
	{
		"Order 4711 of 2026-03-04, total 1.234,50 EUR\nInvoice 2026-0007",
		"",
		"Order 4711 of 2026-03-04, total 1.234,50 EUR|Invoice 2026-0007",
	},
	{
		"Jean Dupont\nDirecteur commercial\nAtelier Lumière SARL\n25 rue de l'Église\n33380 Mios\nFrance\nTél. : +33 5 56 00 00 00\njean.dupont@atelier-lumiere.example",
		"company.city=Mios company.country=FR company.name=Atelier Lumière SARL company.postcode=33380 company.street=25 rue de l'Église person.emails=jean.dupont@atelier-lumiere.example(work) person.firstName=Jean person.lastName=Dupont person.phones=+33 5 56 00 00 00(work)",
		"Directeur commercial",
	},
	{
		"Zoë Nguyễn\nSoftware Engineer\nIris Labs LLC\n\nPhone: +1 (415) 555-0132\nEmail: zoe@irislabs.example\n\nThis e-mail is confidential and may be privileged. If you are not the intended recipient please delete it and tell the sender about it at once.",
		"company.name=Iris Labs LLC person.emails=zoe@irislabs.example(work) person.firstName=Zoë person.lastName=Nguyễn person.phones=+1 (415) 555-0132(work) person.role=Software Engineer",
		"",
	},
	{
		"Herr Max Mustermann\nStadtverwaltung Musterstadt\nBauamt, Zimmer 12\nRathausplatz 1\nD - 12345 Musterstadt\nDurchwahl: 0123 456-78\nmax.mustermann@musterstadt.example",
		"company.city=Musterstadt company.country=DE company.name=Stadtverwaltung Musterstadt company.postcode=12345 company.street=Rathausplatz 1 person.emails=max.mustermann@musterstadt.example(work) person.firstName=Max person.lastName=Mustermann person.phones=0123 456-78(work) person.salutation=mr",
		"Bauamt, Zimmer 12",
	},
	{"", "", ""},
}

// told writes a proposal as one line, and checks that every value has a finding.
func told(t *testing.T, p contacts.Proposal) string {
	t.Helper()
	var all []string
	for kind, values := range map[string]map[string]any{"company": p.Company, "person": p.Person} {
		for key, value := range values {
			text, plain := value.(string)
			if !plain {
				var rows []string
				for _, row := range value.([]any) {
					rows = append(rows, row.(v)["value"].(string)+"("+row.(v)["type"].(string)+")")
				}
				text = strings.Join(rows, ",")
			}
			all = append(all, kind+"."+key+"="+text)
			if !slices.ContainsFunc(p.Found, func(f contacts.Finding) bool { return f.Kind == kind && f.Field == key && f.From != "" && f.Line > 0 }) {
				t.Errorf("nothing says where %s.%s comes from: %+v", kind, key, p.Found)
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestReadSignature(t *testing.T) {
	h := apptest.Open(t)
	env := h.Records.Env(h.Ctx)
	for _, s := range signatures {
		p, err := h.Contacts.ReadSignature(env, s.text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.ReplaceAll(s.want, " ", "\n"), strings.ReplaceAll(told(t, p), " ", "\n")); diff != "" {
			t.Errorf("%s\n%s", s.text, diff)
		}
		if got := strings.Join(p.Unread, "|"); got != s.unread {
			t.Errorf("%s\nunread %q, want %q", s.text, got, s.unread)
		}
		// What is proposed can be saved as it is.
		for kind, values := range map[string]v{"company": p.Company, "person": p.Person} {
			k, err := h.Records.Kind(kind)
			if err != nil {
				t.Fatal(err)
			}
			if values["name"] != nil || values["lastName"] != nil {
				h.Make(k, values)
			}
		}
	}
}

func TestSignatureLimits(t *testing.T) {
	h := apptest.Open(t)
	env := h.Records.Env(h.Ctx)
	_, err := h.Contacts.ReadSignature(env, strings.Repeat("x", 10_001))
	if f := fault.Of(err); f == nil || f.Key != "rule.pasteTooLong" || f.Field != "text" {
		t.Errorf("%v", err)
	}
	p, err := h.Contacts.ReadSignature(env, "A\u202eda\x00 King\n🙂🙂🙂\nada.king@x.example")
	if got := told(t, p); err != nil || got != "person.emails=ada.king@x.example(work) person.firstName=Ada person.lastName=King" {
		t.Errorf("%s, %v", got, err)
	}
}

func FuzzReadSignature(f *testing.F) {
	h := apptest.Open(f)
	env := h.Records.Env(h.Ctx)
	for _, s := range signatures {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := h.Contacts.ReadSignature(env, text)
		if err == nil {
			told(t, p)
		}
	})
}
