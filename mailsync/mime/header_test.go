package mime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDecodeWords(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Quarterly figures", "Quarterly figures"},
		{"Q", "=?iso-8859-1?Q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"},
		{"B", "=?UTF-8?B?w4RyZ2Vy?=", "Ärger"},
		{"blanks between words vanish", "=?utf-8?q?a?=  =?utf-8?q?b?=", "ab"},
		{"blanks beside text stay", "x =?utf-8?q?a?= y", "x a y"},
		{"character cut between words", "=?utf-8?B?w4Q=?= =?utf-8?Q?rg=C3?= =?utf-8?Q?=A4?=", "Ärgä"},
		{"escape state across words", "=?iso-2022-jp?B?GyRCOzNFRBsoQg==?= =?iso-2022-jp?B?GyRCQkBPOhsoQg==?=", "山田太郎"},
		{"language tag", "=?utf-8*en?Q?hi?=", "hi"},
		{"gb2312 is read as GBK", "=?gb2312?B?1tC5+o5u?=", "中国巒"},
		{"koi8-r", "=?koi8-r?B?8NLJ18XU?=", "Привет"},
		{"big5", "=?big5?B?s/i7+Q==?=", "報價"},
		{"euc-kr by its old name", "=?ks_c_5601-1987?B?sN/A+w==?=", "견적"},
		{"utf-7", "=?utf-7?Q?+AOk-t+AOk-?=", "été"},
		{"unknown charset", "=?x-none?Q?abc?=", "abc"},
		{"padding missing", "=?utf-8?B?YWI?=", "ab"},
		{"blank inside", "=?utf-8?Q?a b?=", "a b"},
		{"never closed", "=?utf-8?Q?abc", "=?utf-8?Q?abc"},
		{"no method", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="},
		{"raw Windows-1252", "caf\xe9", "café"},
		{"raw UTF-8", "café", "café"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := decodeWords(tt.in); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestParseAddresses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"bare", "ada@example.com", "|ada@example.com"},
		{"name", "Ada Lovelace <ada@example.com>", "Ada Lovelace|ada@example.com"},
		{"quoted comma", `"Lovelace, Ada" <ada@example.com>, b@c.example`, "Lovelace, Ada|ada@example.com / |b@c.example"},
		{"encoded", "=?utf-8?q?Zo=C3=AB?= <zoe@example.com>", "Zoë|zoe@example.com"},
		{"encoded inside quotes", `"=?utf-8?q?Zo=C3=AB?=" <zoe@example.com>`, "Zoë|zoe@example.com"},
		{"comment as name", "ada@example.com (Ada Lovelace)", "Ada Lovelace|ada@example.com"},
		{"group", "Friends: a@b.example, c@d.example; e@f.example", "|a@b.example / |c@d.example / |e@f.example"},
		{"empty group", "undisclosed-recipients:;", ""},
		{"semicolons", "a@b.example; c@d.example", "|a@b.example / |c@d.example"},
		{"no brackets", "Ada Lovelace ada@example.com", "Ada Lovelace|ada@example.com"},
		{"bracket not closed", "Ada <ada@example.com", "Ada|ada@example.com"},
		{"mailto", "<mailto:ada@example.com>", "|ada@example.com"},
		{"source route", "<@relay.example:ada@example.com>", "|ada@example.com"},
		{"stray quote", `Ada" Lovelace <ada@example.com>, b@c.example`, `Ada" Lovelace|ada@example.com / |b@c.example`},
		{"name repeats the address", "ada@example.com <ada@example.com>", "|ada@example.com"},
		{"not an address", "Ada Lovelace", ""},
		{"two at signs", "<a@b@c.example>", ""},
		{"quoted local part", `<"ada b"@example.com>`, `|"ada b"@example.com`},
		{"direction override and control", "\"pay\u202Epal\x07\" <x@y.example>", "paypal|x@y.example"},
		{"literal address", "<ada@[192.0.2.1]>", "|ada@[192.0.2.1]"},
		{"international", "Jürgen <jürgen@münchen.example>", "Jürgen|jürgen@münchen.example"},
		{"line injected by an encoded word", "=?utf-8?q?a=0D=0ABcc:_x?= <a@b.example>", "a Bcc: x|a@b.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, a := range parseAddresses(tt.in) {
				got = append(got, a.Name+"|"+a.Addr)
			}
			if s := strings.Join(got, " / "); s != tt.want {
				t.Errorf("%q, want %q", s, tt.want)
			}
		})
	}
}

func TestAddress_Key(t *testing.T) {
	tests := map[string]string{
		"Ada@Example.COM":            "ada@example.com",
		"jürgen@München.example":     "jürgen@xn--mnchen-3ya.example",
		"ada@xn--mnchen-3ya.example": "ada@xn--mnchen-3ya.example",
		"noat":                       "noat",
	}
	for in, want := range tests {
		if got := (Address{Addr: in}).Key(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestParseParams(t *testing.T) {
	tests := []struct{ name, in, main, key, want string }{
		{"plain", "text/plain; charset=utf-8", "text/plain", "charset", "utf-8"},
		{"upper case and blanks", "TEXT/Plain ;  Charset = \"UTF-8\" ", "text/plain", "charset", "UTF-8"},
		{"semicolon in quotes", `multipart/mixed; boundary="a;b"; x=y`, "multipart/mixed", "boundary", "a;b"},
		{"quote not closed", `text/plain; name="a b`, "text/plain", "name", "a b"},
		{"RFC 2231", "attachment; filename*=utf-8''%e2%82%ac%20rates.pdf", "attachment", "filename", "€ rates.pdf"},
		{"RFC 2231 continued", "attachment; filename*1*=%20b.pdf; filename*0*=iso-8859-1'de'%FCa", "attachment", "filename", "üa b.pdf"},
		{"RFC 2231 plain pieces", `attachment; filename*0="long "; filename*1="name.pdf"`, "attachment", "filename", "long name.pdf"},
		{"both forms", `attachment; filename="fallback.pdf"; filename*=utf-8''%C3%A4.pdf`, "attachment", "filename", "ä.pdf"},
		{"encoded word inside", `attachment; filename="=?utf-8?B?w6QucGRm?="`, "attachment", "filename", "ä.pdf"},
		{"nothing", "", "", "x", ""},
		{"only semicolons", ";;;", "", "x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			main, params := parseParams(tt.in)
			if main != tt.main || params[tt.key] != tt.want {
				t.Errorf("%q with %q, want %q with %q", main, params[tt.key], tt.main, tt.want)
			}
		})
	}
}

func TestCleanName(t *testing.T) {
	tests := map[string]string{
		"offer.pdf":                        "offer.pdf",
		`..\..\boot.ini`:                   "boot.ini",
		"/etc/passwd":                      "passwd",
		"invoice\u202Efdp.exe":             "invoicefdp.exe",
		"a:b?.txt":                         "a_b_.txt",
		"....":                             "",
		".bashrc":                          "bashrc",
		"two\r\nlines.txt":                 "two lines.txt",
		strings.Repeat("x", 300) + ".docx": strings.Repeat("x", 115) + ".docx",
	}
	for in, want := range tests {
		if got := cleanName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Mon, 2 Jan 2006 15:04:05 -0700", "2006-01-02T22:04:05Z"},
		{"2 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05Z"},
		{"Mon, 02 Jan 2006 15:04:05 +0100 (CET)", "2006-01-02T14:04:05Z"},
		{"Mon, 2 Jan 06 15:04:05 +0000", "2006-01-02T15:04:05Z"},
		{"Mon Jan  2 15:04:05 2006", "2006-01-02T15:04:05Z"},
		{"Mon, 2 Jan 2006 15.04.05 +0100", "2006-01-02T14:04:05Z"},
		{"2006-01-02 15:04:05", "2006-01-02T15:04:05Z"},
		{"Mon, 2 January 2006 15:04:05 GMT", "2006-01-02T15:04:05Z"},
		{"Mon, 2 Jan 2006 15:04:05 GMT+0200", "2006-01-02T13:04:05Z"},
		{"Thu, 1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00Z"},
		{"Thu, 1 Jan 2099 00:00:00 +0000", "2099-01-01T00:00:00Z"},
		{"Thu, 1 Jan 1901 00:00:00 +0000", ""},
		{"yesterday", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := parseDate(tt.in)
		want := ""
		if ok {
			want = got.Format(time.RFC3339)
		}
		if want != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, want, tt.want)
		}
	}
}

func TestHeader_When(t *testing.T) {
	arrived := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	tests := []struct {
		name string
		date time.Time
		want time.Time
	}{
		{"as sent", arrived.Add(-time.Hour), arrived.Add(-time.Hour)},
		{"years late", arrived.AddDate(-3, 0, 0), arrived.AddDate(-3, 0, 0)},
		{"missing", time.Time{}, arrived},
		{"zone wrong by a day", arrived.Add(24 * time.Hour), arrived.Add(24 * time.Hour)},
		{"from the future", time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), arrived},
		{"clock never set", time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), arrived},
	}
	for _, tt := range tests {
		if got := (Header{Date: tt.date}).When(arrived); !got.Equal(tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := (Header{Received: arrived}).When(time.Time{}); !got.Equal(arrived) {
		t.Errorf("without date and arrival: %s", got)
	}
}

func TestParseHeader_flags(t *testing.T) {
	tests := []struct {
		name, header string
		auto, bulk   bool
	}{
		{"a person", "From: a@b.example\r\n", false, false},
		{"list", "List-Id: <x.example>\r\n", false, true},
		{"newsletter", "List-Unsubscribe: <mailto:x@y.example>\r\n", false, true},
		{"bulk", "Precedence: bulk\r\n", false, true},
		{"auto-reply", "Auto-Submitted: auto-replied\r\n", true, false},
		{"sent by hand", "Auto-Submitted: no\r\n", false, false},
		{"old auto-reply", "Precedence: auto_reply\r\n", true, false},
		{"bounce", "Content-Type: multipart/report; report-type=delivery-status\r\n", true, false},
	}
	for _, tt := range tests {
		h := ParseHeader([]byte(tt.header + "\r\n"))
		if h.Auto != tt.auto || h.Bulk != tt.bulk {
			t.Errorf("%s: auto %t, bulk %t", tt.name, h.Auto, h.Bulk)
		}
	}
}

func TestHeader_Key(t *testing.T) {
	base := "Message-ID: <1@a.example>\r\nFrom: Ada <ada@b.example>\r\nDate: Mon, 2 Jan 2006 15:04:05 +0000\r\nSubject: x\r\n"
	same := []string{
		"Message-ID:\r\n <1@a.example>\r\nFrom: ADA@B.example\r\nDate: Mon, 2 Jan 2006 16:04:05 +0100 (CET)\r\nSubject: y\r\n",
		"Received: by x; Mon, 2 Jan 2006 15:04:06 +0000\r\n" + base,
	}
	other := []string{
		strings.Replace(base, "1@a", "2@a", 1),
		strings.Replace(base, "ada@", "bob@", 1),
		strings.Replace(base, "15:04:05", "15:04:06", 1),
		strings.Replace(base, "Message-ID: <1@a.example>\r\n", "", 1),
	}
	key := ParseHeader([]byte(base + "\r\n")).Key
	for _, s := range same {
		if ParseHeader([]byte(s+"\r\n")).Key != key {
			t.Errorf("another key for %q", s)
		}
	}
	seen := map[string]bool{key: true}
	for _, s := range other {
		k := ParseHeader([]byte(s + "\r\n")).Key
		if seen[k] {
			t.Errorf("the same key for %q", s)
		}
		seen[k] = true
	}
}

func TestAncestors(t *testing.T) {
	tests := []struct{ name, header, want string }{
		{"first mail", "Message-ID: <1@a>\r\n", ""},
		{"answer", "Message-ID: <3@a>\r\nReferences: <1@a> <2@a>\r\nIn-Reply-To: <2@a>\r\n", "1@a 2@a"},
		{"no references", "In-Reply-To: <2@a>\r\n", "2@a"},
		{"parent in the middle", "References: <1@a> <2@a> <3@a>\r\nIn-Reply-To: <2@a>\r\n", "1@a 3@a 2@a"},
		{"names itself", "Message-ID: <3@a>\r\nReferences: <1@a> <3@a>\r\n", "1@a"},
		{"twice", "References: <1@a> <1@a>\r\n", "1@a"},
		{"prose", "In-Reply-To: Your message of Monday <2@a>\r\n", "2@a"},
		{"no brackets", "References: 1@a 2@a\r\n", "1@a 2@a"},
		{"folded inside", "References: <1@\r\n a>\r\n", "1@a"},
	}
	for _, tt := range tests {
		got := strings.Join(ParseHeader([]byte(tt.header+"\r\n")).Ancestors(), " ")
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	long := "References:" + strings.Repeat(" <x@a>", 1) + func() string {
		var b strings.Builder
		for i := range 200 {
			b.WriteString("\r\n <" + strings.Repeat("i", i+1) + "@a>")
		}
		return b.String()
	}() + "\r\n\r\n"
	refs := ParseHeader([]byte(long)).References
	if len(refs) != maxReferences || refs[0] != "x@a" || refs[len(refs)-1] != strings.Repeat("i", 200)+"@a" {
		t.Errorf("%d references from %s to %s", len(refs), refs[0], refs[len(refs)-1])
	}
	huge := ParseHeader([]byte("Message-ID: <" + strings.Repeat("y", 2048) + "@a>\r\n\r\n")).MessageID
	if len(huge) > maxIDBytes || !strings.HasPrefix(huge, "sha256.") {
		t.Errorf("huge id kept as %d bytes", len(huge))
	}
}

func TestBaseSubject(t *testing.T) {
	tests := []struct {
		in, base       string
		reply, forward bool
	}{
		{"Offer 12", "Offer 12", false, false},
		{"Re: Offer 12", "Offer 12", true, false},
		{"RE: AW: Re[2]: Offer 12", "Offer 12", true, false},
		{"Fwd: Re: Offer", "Offer", true, true},
		{"WG: Angebot", "Angebot", false, true},
		{"RE : Offre", "Offre", true, false},
		{"Antw: Offerte", "Offerte", true, false},
		{"SV: Tilbud", "Tilbud", true, false},
		{"Odp: Oferta", "Oferta", true, false},
		{"回复：报价", "报价", true, false},
		{"回覆: 報價", "報價", true, false},
		{"НА: Заказ", "Заказ", true, false},
		{"[list] Re: Offer", "Offer", true, false},
		{"[URGENT] Offer", "[URGENT] Offer", false, false},
		{"Re:", "Re:", false, false},
		{"Reply: x", "Reply: x", false, false},
		{"Regarding: the offer", "Regarding: the offer", false, false},
	}
	for _, tt := range tests {
		base, reply, forward := BaseSubject(tt.in)
		if base != tt.base || reply != tt.reply || forward != tt.forward {
			t.Errorf("%q: %q %t %t", tt.in, base, reply, forward)
		}
	}
}

func TestSplitMail(t *testing.T) {
	tests := []struct {
		name, in string
		names    []string
		body     string
	}{
		{"usual", "A: 1\r\nB: 2\r\n\r\nbody", []string{"a", "b"}, "body"},
		{"line feeds", "A: 1\nB: 2\n\nbody", []string{"a", "b"}, "body"},
		{"mbox", "From x Mon Jan  2 15:04:05 2006\nA: 1\n\nbody", []string{"a"}, "body"},
		{"blank lines first", "\r\n\r\nA: 1\r\n\r\nbody", []string{"a"}, "body"},
		{"indented first line", "  what\r\nA: 1\r\n\r\nbody", []string{"a"}, "body"},
		{"line without colon", "A: 1\r\nnonsense\r\n more\r\nB: 2\r\n\r\nbody", []string{"a", "b"}, "body"},
		{"byte order mark", "\xef\xbb\xbfA: 1\r\n\r\nbody", []string{"a"}, "body"},
		{"no header", "just text", nil, "just text"},
		{"no body", "A: 1\r\n", []string{"a"}, ""},
		{"fold of blanks only", "A: 1\r\n \r\nbody", []string{"a"}, "body"},
		{"nothing", "", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields, body := splitMail([]byte(tt.in))
			var names []string
			for _, f := range fields {
				names = append(names, f.name)
			}
			if !slices.Equal(names, tt.names) || string(body) != tt.body {
				t.Errorf("%q and %q", names, body)
			}
		})
	}
}
