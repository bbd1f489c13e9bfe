package mime

import (
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"kontor/mailsync/mailtest"
)

// crlf writes mails readably.
func crlf(s string) []byte {
	return []byte(strings.ReplaceAll(strings.TrimPrefix(s, "\n"), "\n", "\r\n"))
}

func TestParse(t *testing.T) {
	tests := []struct {
		name, mail  string
		level       Level
		text, html  string
		attachments string // name type section inline size
	}{
		{"plain", `
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe
`, LevelFull, "Grüße\n", "", ""},
		{"no header at all", "hello\n", LevelFull, "hello\n", "", ""},
		{"alternative with picture and file", `
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: multipart/related; boundary=B

--B
Content-Type: multipart/alternative; boundary=C

--C
Content-Type: text/plain

words
--C
Content-Type: text/html

<p>words</p>
--C--
--B
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Transfer-Encoding: base64

aGk=
--B--
--A
Content-Type: application/pdf
Content-Disposition: attachment; filename=offer.pdf
Content-Transfer-Encoding: base64

aGVsbG8=
--A--
`, LevelFull, "words", "<p>words</p>", "logo.png image/png 1.2 true 2 / offer.pdf application/pdf 2 false 5"},
		{"forwarded mail", `
Content-Type: multipart/mixed; boundary=A

--A

see below
--A
Content-Type: message/rfc822

Subject: Old: offer/12
From: a@b.example

text
--A--
`, LevelFull, "see below", "", "Old_ offer-12.eml message/rfc822 2 false 49"},
		{"named text beside the body is a file", `
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: text/plain

body
--A
Content-Type: text/plain; name=notes.txt

notes
--A--
`, LevelFull, "body", "", "notes.txt text/plain 2 false 5"},
		{"invitation", `
Content-Type: multipart/alternative; boundary=A

--A
Content-Type: text/plain

come
--A
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
--A--
`, LevelFull, "come", "", "invite.ics text/calendar 2 false 15"},
		{"end missing", `
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: text/plain

body
`, LevelPartial, "body", "", ""},
		{"boundary not named", `
Content-Type: multipart/mixed

--frontier
Content-Type: text/plain

body
--frontier--
`, LevelPartial, "body", "", ""},
		{"boundary named wrongly", `
Content-Type: multipart/mixed; boundary=other

--frontier
Content-Type: text/plain

body
--frontier--
`, LevelPartial, "body", "", ""},
		{"multipart that is none", `
Content-Type: multipart/mixed; boundary=A

just text
`, LevelPartial, "just text\n", "", ""},
		{"part header broken", `
Content-Type: multipart/mixed; boundary=A

--A
Content-Type text/plain no colon

body
--A--
`, LevelPartial, "Content-Type text/plain no colon\n\nbody", "", ""},
		{"base64 with stray characters", `
Content-Type: text/plain
Content-Transfer-Encoding: base64

aGVs*bG8g
d29ybGQ
`, LevelFull, "hello world", "", ""},
		{"unknown charset", `
Content-Type: text/plain; charset=x-unheard-of

caf` + "\xe9" + `
`, LevelFull, "café\n", "", ""},
		{"UTF-8 that is not", `
Content-Type: text/plain; charset=utf-8

caf` + "\xe9" + `
`, LevelFull, "café\n", "", ""},
		{"HTML names its charset inside", `
Content-Type: text/html

<meta charset=koi8-r><p>` + "\xf0\xd2\xc9\xd7\xc5\xd4" + `</p>
`, LevelFull, "", "<meta charset=koi8-r><p>Привет</p>\n", ""},
		{"bad media type", `
Content-Type: text; ;; charset

words
`, LevelFull, "words\n", "", ""},
		{"file only", `
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64

AAEC
`, LevelFull, "", "", "part.bin application/octet-stream 1 false 3"},
		{"NUL and bare returns", "Subject: x\n\na\x00b\rc\n", LevelFull, "ab\nc\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := Parse(crlf(tt.mail))
			var files []string
			for _, a := range m.Attachments {
				files = append(files, fmt.Sprintf("%s %s %s %t %d", a.Name, a.MediaType, a.Section, a.Inline, len(a.Bytes())))
			}
			if m.Level != tt.level || m.Text != tt.text || m.HTML != tt.html {
				t.Errorf("%s: text %q, html %q", m.Level, m.Text, m.HTML)
			}
			if got := strings.Join(files, " / "); got != tt.attachments {
				t.Errorf("attachments %q, want %q", got, tt.attachments)
			}
		})
	}
}

func TestParse_endless(t *testing.T) {
	deep := "Subject: deep\r\n"
	for i := range 500 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	wide := "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 50_000)
	for name, mail := range map[string]string{
		"deep": deep, "wide": wide,
		"long header":    "Subject: " + strings.Repeat("x ", 1<<20) + "\r\n\r\nbody",
		"many fields":    strings.Repeat("A: b\r\n", 100_000) + "\r\nbody",
		"many addresses": "To: " + strings.Repeat("a@b.example,", 100_000) + "\r\n\r\nbody",
		"open brackets":  "To: " + strings.Repeat("(", 1<<20) + "\r\nSubject: " + strings.Repeat("=?", 1<<19) + "\r\n\r\nbody",
		"open tags":      "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div><b>", 1<<17),
	} {
		m := Parse([]byte(mail))
		if len(m.Attachments) > maxParts || len(m.Header.To) > maxAddresses {
			t.Errorf("%s: %d attachments, %d addresses", name, len(m.Attachments), len(m.Header.To))
		}
		SanitizeHTML(m.HTML, HTMLOptions{})
	}
}

// Every mail of the generator must come out as it was written.
func TestParse_truth(t *testing.T) {
	levels := map[Level]int{}
	for i, m := range mailtest.Mails(41, mailtest.Options{Count: 3000, Damaged: .05, Files: .05}) {
		got := Parse(m.Raw)
		levels[got.Level]++
		if strings.TrimSpace(got.Text) == "" {
			t.Errorf("mail %d (%s): text lost", i, m.Kind)
		}
		if got.Header.Subject != m.Subject || got.Header.MessageID != m.MessageID {
			t.Errorf("mail %d (%s): subject %q, want %q", i, m.Kind, got.Header.Subject, m.Subject)
		}
		if len(got.Header.From) != 1 || got.Header.From[0].Addr != m.From {
			t.Errorf("mail %d: from %v, want %s", i, got.Header.From, m.From)
		}
		if m.Kind == "damaged" {
			continue
		}
		if text := strings.Join(strings.Fields(got.Text), " "); text != m.Text {
			t.Errorf("mail %d (%s): text %.60q, want %.60q", i, m.Charset, text, m.Text)
		}
		var files []string
		for _, a := range got.Attachments {
			files = append(files, a.Name)
		}
		if !slices.Equal(files, m.Files) {
			t.Errorf("mail %d: files %q, want %q", i, files, m.Files)
		}
		if got.HTML != "" {
			if text := strings.Join(strings.Fields(PlainText(got.HTML)), " "); text != m.Text {
				t.Errorf("mail %d: text of HTML %.60q, want %.60q", i, text, m.Text)
			}
		}
	}
	t.Logf("%v", levels)
}

func TestAssemble(t *testing.T) {
	m := Assemble([]byte("Subject: big\r\nFrom: a@b.example\r\n\r\n"), []Piece{
		{MediaType: "text/plain", Charset: "iso-8859-1", Encoding: "quoted-printable", Section: "1.1", Size: 5, Content: []byte("Gr=FC=DFe")},
		{MediaType: "text/html", Section: "1.2", Size: 900, Content: []byte("<p>cut")},
		{MediaType: "application/pdf", Disposition: "attachment", Name: "a/b.pdf", Encoding: "base64", Section: "2", Size: 78_000},
	})
	if m.Header.Subject != "big" || m.Text != "Grüße" || m.HTML != "<p>cut" || !m.Truncated {
		t.Errorf("%+v", m)
	}
	a := m.Attachments[0]
	if a.Name != "b.pdf" || a.Section != "2" || a.Size != 57_000 || a.Bytes() != nil {
		t.Errorf("%+v", a)
	}
}

func TestTransferReader(t *testing.T) {
	content := strings.Repeat("All the world's a stage. ", 5000)
	lines := base64.StdEncoding.EncodeToString([]byte(content))
	var wrapped strings.Builder
	for i := 0; i < len(lines); i += 76 {
		wrapped.WriteString(lines[i:min(i+76, len(lines))] + "\r\n")
	}
	for encoding, raw := range map[string]string{"base64": wrapped.String(), "7bit": content, "": content} {
		got, err := io.ReadAll(NewTransferReader(encoding, strings.NewReader(raw)))
		if err != nil || string(got) != content {
			t.Errorf("%q: %d bytes, %v", encoding, len(got), err)
		}
		if got := DecodeTransfer(encoding, []byte(raw)); string(got) != content {
			t.Errorf("%q at once: %d bytes", encoding, len(got))
		}
	}
}

func TestPreview(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Dear Ada,\n\nthe offer is attached.\n", "Dear Ada, the offer is attached."},
		{"signature", "Hello\n-- \nTom\nSales\n", "Hello"},
		{"quotation", "Yes.\n\nOn Mon, 2 Jan 2006, Ada wrote:\n> Shall we?\n", "Yes."},
		{"wrapped introduction", "Ja.\n\nAm Montag, den 2. Januar 2006 schrieb Ada Lovelace\n<ada@example.com>:\n> Machen wir das?\n", "Ja."},
		{"Outlook", "Fine.\n\nFrom: Ada\nSent: Monday\nTo: Tom\nSubject: x\n\nold", "Fine."},
		{"Outlook in German", "Gut.\n\nVon: Ada\nGesendet: Montag\nAn: Tom\n\nalt", "Gut."},
		{"original message", "Ok\n-----Original Message-----\nold", "Ok"},
		{"only quotation", "> quoted words", "> quoted words"},
		{"colon without quotation", "Items:\none\ntwo", "Items: one two"},
		{"answers between", "> a?\nyes\n> b?\nno", "yes no"},
		{"long", strings.Repeat("word ", 100), strings.TrimSpace(strings.Repeat("word ", 39)) + "…"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		if got := Preview(tt.in, 199); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "<p>Hello&nbsp;<b>w</b>orld &amp; all</p>", "Hello world & all"},
		{"blocks", "<div>a</div><div>b</div><p>c</p>", "a\nb\n\nc"},
		{"break", "a<br>b", "a\nb"},
		{"list", "<ul><li>a<li>b</ul>", "- a\n- b"},
		{"hidden", "<style>p{}</style><script>x()</script><title>t</title>a", "a"},
		{"quotation", "yes<blockquote><p>a</p></blockquote>", "yes\n\n> a"},
		{"table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"broken", "<p>a<<b>b</p", "a<b"},
	}
	for _, tt := range tests {
		if got := PlainText(tt.in); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
