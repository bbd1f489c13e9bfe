package vcard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/vcard"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []vcard.Card
	}{
		"4.0": {
			"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Dr. Ada von Arx\r\nN:von Arx;Ada;Maria;Dr.;PhD\r\nORG:Falcon Ceramics\\, Ltd;Sales\r\nTITLE:Head of\r\n  Sales\r\n" +
				"EMAIL;TYPE=work;PREF=1:ada@falcon.example\r\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+49-170-1234567;ext=5\r\nADR;TYPE=work:;Hof 2;Hafenstraße 1\\nTor 7;Hamburg;;20095;Germany\r\n" +
				"BDAY:19850412\r\nLANG:de\r\nGENDER:F;she\r\nURL:https://falcon.example\r\nNOTE:Likes oak\\; no phone calls\\nbefore nine\r\nPHOTO:data:image/jpeg;base64,AAAA\r\nEND:VCARD\r\n",
			[]vcard.Card{{
				Line: 1, UID: "urn:uuid:1", Name: "Dr. Ada von Arx", Family: "von Arx", Given: "Ada Maria", Prefix: "Dr.", Suffix: "PhD", Organization: "Falcon Ceramics, Ltd", Title: "Head of Sales",
				Emails: []vcard.Entry{{[]string{"work"}, "ada@falcon.example"}}, Phones: []vcard.Entry{{[]string{"voice", "cell"}, "+49-170-1234567"}}, URLs: []vcard.Entry{{nil, "https://falcon.example"}},
				Addresses: []vcard.Address{{Types: []string{"work"}, Street: "Hafenstraße 1\nTor 7", Extended: "Hof 2", Postcode: "20095", City: "Hamburg", Country: "Germany"}},
				Birthday:  "1985-04-12", Language: "de", Sex: "F", Note: "Likes oak; no phone calls\nbefore nine", Skipped: 1,
			}},
		},
		"3.0 of a telephone, with labels": {
			"BEGIN:VCARD\nVERSION:3.0\nN:Groß;Jürgen;;;\nFN:Jürgen Groß\nitem1.EMAIL;type=INTERNET:j@x.example\nitem1.X-ABLabel:_$!<Work>!$_\nitem2.ADR:;;Weg 1;Köln;;50667;DE\nitem2.X-ABLabel:Sommerhaus\n" +
				"BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRgAB\n AQAA\nTEL;type=CELL;type=VOICE;type=pref:0170 1\nEND:VCARD\n",
			[]vcard.Card{{
				Line: 1, Name: "Jürgen Groß", Family: "Groß", Given: "Jürgen", Emails: []vcard.Entry{{[]string{"internet", "work"}, "j@x.example"}}, Phones: []vcard.Entry{{[]string{"cell", "voice", "pref"}, "0170 1"}},
				Addresses: []vcard.Address{{Types: []string{"sommerhaus"}, Street: "Weg 1", Postcode: "50667", City: "Köln", Country: "DE"}}, Skipped: 1,
			}},
		},
		"2.1, quoted-printable, Latin 1, soft breaks": {
			"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=B6rg=20=\r\nM=C3=BCller\r\n" +
				"TEL;HOME;VOICE:040 12\r\nADR;WORK;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Stra=C3=9Fe 1=0D=0AHof;Hamburg;;20095;\r\nNOTE:C:\\new\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Somebody else\r\nEND:VCARD\r\nEND:VCARD\r\n",
			[]vcard.Card{{
				Line: 1, Name: "Jörg Müller", Family: "Müller", Given: "Jörg", Phones: []vcard.Entry{{[]string{"home", "voice"}, "040 12"}},
				Addresses: []vcard.Address{{Types: []string{"work"}, Street: "Straße 1\r\nHof", Postcode: "20095", City: "Hamburg"}}, Note: `C:\new`,
			}},
		},
		"Windows-1252 that names no charset": {"BEGIN:VCARD\nFN:J\xfcrgen \x80\nEND:VCARD", []vcard.Card{{Line: 1, Name: "Jürgen €"}}},
		"UTF-16": {
			"\xff\xfeB\x00E\x00G\x00I\x00N\x00:\x00V\x00C\x00A\x00R\x00D\x00\n\x00F\x00N\x00:\x00\xfc\x00\n\x00E\x00N\x00D\x00:\x00V\x00C\x00A\x00R\x00D\x00",
			[]vcard.Card{{Line: 1, Name: "ü"}},
		},
		"an organisation":    {"BEGIN:VCARD\rKIND:org\rFN:Falcon\rORG:Falcon\rBDAY:2026-02-30\rEND:VCARD\r", []vcard.Card{{Line: 1, Organized: true, Name: "Falcon", Organization: "Falcon"}}},
		"a company of Apple": {"BEGIN:VCARD\nFN:Falcon\nX-ABShowAs:COMPANY\nEND:VCARD", []vcard.Card{{Line: 1, Organized: true, Name: "Falcon"}}},
		"two, the last cut off, rubbish between": {
			"hello\nBEGIN:VCARD\nFN:A\nnonsense\n;;;\nEND:VCARD\nX\nBEGIN:VCARD\nFN:B\nEMAIL:\n", []vcard.Card{{Line: 2, Name: "A"}, {Line: 8, Name: "B"}},
		},
		"a name folded within its parameters": {"BEGIN:VCARD\nTEL;TYPE=wo\n rk:1\nEND:VCARD", []vcard.Card{{Line: 1, Phones: []vcard.Entry{{[]string{"work"}, "1"}}}}},
		"no cards":                            {"Name,Email\nAda,a@x.example", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, vcard.Read([]byte(c.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	card := vcard.Card{
		UID: "kontor:1", Name: "Dr. Ada von Arx", Family: "von Arx", Given: "Ada", Prefix: "Dr.", Suffix: "PhD", Organization: "Falcon; Ceramics, Ltd", Title: `Head \ "Sales"`,
		Emails: []vcard.Entry{{[]string{"work"}, "ada@falcon.example"}}, Phones: []vcard.Entry{{[]string{"cell", "voice"}, "+49 170 1"}, {nil, "1"}}, URLs: []vcard.Entry{{[]string{"work"}, "https://falcon.example/a,b;c"}},
		Addresses: []vcard.Address{{Types: []string{"work"}, Street: "Hafenstraße 1\nTor 7", Extended: "c/o Groß", Postcode: "20095", City: "Hamburg", Region: "HH", Country: "Deutschland"}},
		Birthday:  "1985-04-12", Language: "de", Sex: "F", Note: strings.Repeat("Größe 🙂 ", 40) + "\nend",
	}
	text := vcard.Write(card, vcard.Card{Organized: true, Name: "Falcon"})
	for line := range strings.SplitSeq(string(text), "\r\n") {
		if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	cards := vcard.Read(text)
	card.Line = 1
	if len(cards) != 2 || !cards[1].Organized {
		t.Fatalf("%d cards", len(cards))
	}
	if diff := cmp.Diff(card, cards[0]); diff != "" {
		t.Error(diff)
	}
}

// What was read can be written, and reads the same again.
func FuzzRead(f *testing.F) {
	f.Add([]byte("BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:M=FC=\nx;y\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, c := range vcard.Read(data) {
			c.Line, c.Skipped = 1, 0
			for i := range c.Emails { // types are words in what we write
				c.Emails[i].Types = nil
			}
			for i := range c.Phones {
				c.Phones[i].Types = nil
			}
			for i := range c.URLs {
				c.URLs[i].Types = nil
			}
			for i := range c.Addresses {
				c.Addresses[i].Types = nil
			}
			once := vcard.Read(vcard.Write(c))
			if len(once) != 1 {
				t.Fatalf("%d cards of one", len(once))
			}
			again := vcard.Read(vcard.Write(once[0]))
			if diff := cmp.Diff(once, again); diff != "" {
				t.Error(diff)
			}
		}
	})
}
