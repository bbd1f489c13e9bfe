package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"time"
)

// Owner is whose mailbox it is.
const Owner = "me@kontor.example"

// Mail is one mail with the truth about it.
type Mail struct {
	Raw       []byte
	MessageID string // "" if the mail has none
	From      string // address
	To        []string
	Subject   string
	Text      string // plain body as written, words divided by single blanks
	Date      time.Time
	Thread    int
	Files     []string // names of attachments
	Kind      string   // normal, newsletter, bounce, auto, damaged, duplicate
	Charset   string
}

// Options of a mailbox.
type Options struct {
	Count   int
	Damaged float64 // share of malformed mails
	Files   float64 // share with attachments
}

// Mails writes a mailbox, the same for the same seed and options.
func Mails(seed uint64, o Options) []Mail {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0x6d61696c)), o: o}
	mails := make([]Mail, o.Count)
	date := time.Date(2020, 3, 4, 8, 0, 0, 0, time.UTC)
	for i := range mails {
		date = date.Add(time.Duration(1+g.rng.IntN(600)) * time.Minute)
		mails[i] = g.mail(i, date)
	}
	return mails
}

type generator struct {
	rng     *rand.Rand
	o       Options
	threads [][]*Mail
}

func (g *generator) mail(number int, date time.Time) Mail {
	lang := g.language()
	m := Mail{Date: date, Charset: lang.charset, Kind: "normal"}
	m.MessageID = fmt.Sprintf("%d.%x@host%d.example", number, g.rng.Uint32(), g.rng.IntN(9))
	name := pick(g, lang.names)
	m.From = fmt.Sprintf("person%d@firm%d.example", g.rng.IntN(400), g.rng.IntN(60))
	m.To = []string{Owner}
	if g.rng.Float64() < .3 {
		m.From, m.To = Owner, []string{m.From}
	}
	m.Subject = g.words(lang, 2+g.rng.IntN(8))
	m.Text = g.words(lang, int(math.Min(4000, math.Exp(g.rng.NormFloat64()*.9+4.2))))

	var refs []string
	m.Thread = len(g.threads)
	if g.rng.Float64() < .6 && len(g.threads) > 0 {
		m.Thread = max(0, len(g.threads)-1-g.rng.IntN(40))
		older := g.threads[m.Thread]
		parent := older[len(older)-1]
		base := strings.TrimPrefix(parent.Subject, lang.reply)
		if encodable(lang, base) {
			m.Subject = lang.reply + base
		}
		for _, past := range older[max(0, len(older)-12):] {
			if past.MessageID != "" {
				refs = append(refs, "<"+past.MessageID+">")
			}
		}
	}

	var h header
	h.add("Received", "from mx.example ([192.0.2.7]) by mail.kontor.example with ESMTPS; "+date.Format(time.RFC1123Z))
	h.add("From", address(g, lang, name, m.From))
	h.add("To", strings.Join(m.To, ", "))
	h.add("Subject", encodeWords(g, lang, m.Subject))
	h.add("Date", date.In(time.FixedZone("", g.rng.IntN(25)*3600-12*3600)).Format(time.RFC1123Z))
	switch roll := g.rng.Float64(); {
	case roll < .10:
		m.Kind = "newsletter"
		h.add("List-Id", "News <news."+m.From[strings.IndexByte(m.From, '@')+1:]+">")
		h.add("List-Unsubscribe", "<mailto:leave@firm.example>")
		h.add("Precedence", "bulk")
	case roll < .12:
		m.Kind = "auto"
		h.add("Auto-Submitted", "auto-replied")
	case roll < .12+1.0/350 && number > 0:
		m.Kind = "duplicate"
		m.MessageID = fmt.Sprintf("twice%d@host.example", g.rng.IntN(3))
	}
	damaged := g.rng.Float64() < g.o.Damaged
	if damaged {
		m.Kind = "damaged"
		if g.rng.IntN(3) == 0 {
			m.MessageID = ""
		}
	}
	if m.MessageID != "" {
		h.add("Message-ID", "<"+m.MessageID+">")
	}
	if len(refs) > 0 {
		h.add("In-Reply-To", refs[len(refs)-1])
		h.add("References", strings.Join(refs, "\r\n "))
	}
	h.add("MIME-Version", "1.0")
	body := g.body(&h, lang, &m)
	m.Raw = append(h.bytes(), body...)
	if damaged {
		m.Raw = g.damage(m.Raw)
	}
	if m.Thread == len(g.threads) {
		g.threads = append(g.threads, nil)
	}
	kept := m
	g.threads[m.Thread] = append(g.threads[m.Thread], &kept)
	return m
}

// body writes plain text alone, both forms, or either with attachments.
func (g *generator) body(h *header, lang language, m *Mail) []byte {
	plain := g.part(lang, "text/plain", m.Text+"\r\n")
	content := plain
	if g.rng.Float64() < .66 {
		html := "<html><body><p>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(m.Text) + "</p></body></html>\r\n"
		content = g.multipart("alternative", plain, g.part(lang, "text/html", html))
	}
	if g.rng.Float64() < g.o.Files {
		parts := [][]byte{content}
		for range 1 + g.rng.IntN(2) {
			name := g.fileName(lang)
			m.Files = append(m.Files, name)
			parts = append(parts, g.file(name))
		}
		content = g.multipart("mixed", parts...)
	}
	head, body, _ := bytes.Cut(content, []byte("\r\n\r\n"))
	h.raw(head)
	return body
}

func (g *generator) part(lang language, mediaType, text string) []byte {
	coded, err := lang.code.NewEncoder().String(text)
	if err != nil {
		panic(err) // a word that its language cannot write
	}
	charset := lang.charset
	switch g.rng.IntN(3) {
	case 0:
		charset = `"` + charset + `"`
	case 1:
		charset = strings.ToUpper(charset)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "Content-Type: %s; charset=%s\r\nContent-Transfer-Encoding: ", mediaType, charset)
	switch g.rng.IntN(3) {
	case 0:
		b.WriteString("base64\r\n\r\n")
		b.Write(wrap(base64.StdEncoding.EncodeToString([]byte(coded))))
	case 1:
		b.WriteString("8bit\r\n\r\n")
		b.WriteString(coded)
	default:
		b.WriteString("quoted-printable\r\n\r\n")
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(coded)) // a Buffer never fails
		_ = w.Close()
	}
	return b.Bytes()
}

func (g *generator) multipart(kind string, parts ...[]byte) []byte {
	boundary := fmt.Sprintf("=_%x", g.rng.Uint64())
	var b bytes.Buffer
	fmt.Fprintf(&b, "Content-Type: multipart/%s; boundary=%q\r\n\r\n", kind, boundary)
	for _, part := range parts {
		fmt.Fprintf(&b, "--%s\r\n%s\r\n", boundary, part)
	}
	fmt.Fprintf(&b, "--%s--\r\n", boundary)
	return b.Bytes()
}

// file writes an attachment whose size is log-normal with a median of 22 KB.
func (g *generator) file(name string) []byte {
	content := make([]byte, int(math.Min(1<<20, math.Exp(g.rng.NormFloat64()*1.2+10))))
	for i := range content {
		content[i] = byte(g.rng.Uint32())
	}
	encoded := "filename*=utf-8''" + url.PathEscape(name)
	if g.rng.IntN(3) == 0 { // wrong but common
		encoded = `filename="` + mime.BEncoding.Encode("utf-8", name) + `"`
	}
	return fmt.Appendf(nil, "Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n %s\r\n"+
		"Content-Transfer-Encoding: base64\r\n\r\n%s", encoded, wrap(base64.StdEncoding.EncodeToString(content)))
}

func (g *generator) fileName(lang language) string {
	return strings.Trim(pick(g, lang.words), "“”–€") + fmt.Sprint(g.rng.IntN(100)) + ".pdf"
}

// damage breaks a mail in one of the usual ways.
func (g *generator) damage(raw []byte) []byte {
	switch g.rng.IntN(5) {
	case 0: // no closing boundary
		if i := bytes.LastIndex(raw, []byte("--=_")); i > 0 {
			return raw[:i]
		}
		return raw
	case 1: // raw bytes in the header, unknown charset
		return bytes.Replace(raw, []byte("Subject: "), []byte("X-Note: caf\xe9; charset=x-none\r\nSubject: "), 1)
	case 2: // a header line without colon
		return bytes.Replace(raw, []byte("MIME-Version"), []byte("this is no field\r\nMIME-Version"), 1)
	case 3: // a very long line
		return append(raw, bytes.Repeat([]byte("x"), 12<<10)...)
	default: // boundary not named
		if i := bytes.Index(raw, []byte("; boundary=")); i > 0 {
			end := i + bytes.IndexByte(raw[i:], '\r')
			return append(raw[:i:i], raw[end:]...)
		}
		return raw
	}
}

func (g *generator) language() language {
	total := 0
	for _, l := range languages {
		total += l.weight
	}
	roll := g.rng.IntN(total)
	for _, l := range languages {
		if roll -= l.weight; roll < 0 {
			return l
		}
	}
	return languages[0]
}

func (g *generator) words(lang language, n int) string {
	words := make([]string, n+1)
	for i := range words {
		words[i] = pick(g, lang.words)
	}
	return strings.Join(words, " ")
}

func pick(g *generator, list []string) string { return list[g.rng.IntN(len(list))] }

func encodable(lang language, s string) bool {
	if lang.charset == "us-ascii" {
		return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
	}
	_, err := lang.code.NewEncoder().String(s)
	return err == nil
}

// encodeWords writes RFC 2047 words of at most twelve characters in the
// language's own charset.
func encodeWords(g *generator, lang language, s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0 {
		return s
	}
	method := mime.BEncoding
	if g.rng.IntN(2) == 0 {
		method = mime.QEncoding
	}
	runes := []rune(s)
	var words []string
	for len(runes) > 0 {
		n := min(12, len(runes))
		coded, err := lang.code.NewEncoder().String(string(runes[:n]))
		if err != nil {
			panic(err)
		}
		text := base64.StdEncoding.EncodeToString([]byte(coded))
		if method == mime.QEncoding {
			var b strings.Builder
			for i := range len(coded) {
				fmt.Fprintf(&b, "=%02X", coded[i])
			}
			text = b.String()
		}
		words = append(words, fmt.Sprintf("=?%s?%c?%s?=", lang.charset, method, text))
		runes = runes[n:]
	}
	return strings.Join(words, "\r\n ")
}

func address(g *generator, lang language, name, addr string) string {
	if addr == Owner {
		return addr
	}
	if strings.IndexFunc(name, func(r rune) bool { return r >= 0x80 }) >= 0 {
		name = encodeWords(g, lang, name)
	} else if first, last, ok := strings.Cut(name, " "); ok && g.rng.IntN(12) == 0 {
		name = `"` + last + ", " + first + `"`
	}
	return name + " <" + addr + ">"
}

func wrap(s string) []byte {
	var b bytes.Buffer
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	b.WriteString(s + "\r\n")
	return b.Bytes()
}

// header collects fields in order.
type header struct{ b bytes.Buffer }

func (h *header) add(name, value string) { fmt.Fprintf(&h.b, "%s: %s\r\n", name, value) }
func (h *header) raw(lines []byte)       { h.b.Write(lines); h.b.WriteString("\r\n") }
func (h *header) bytes() []byte          { return append(h.b.Bytes(), "\r\n"...) }
