package mime

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse: no input panics, and whatever comes out can be stored and shown.
func FuzzParse(f *testing.F) {
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := Parse(raw)
		for name, s := range map[string]string{"text": m.Text, "html": m.HTML, "preview": m.Preview} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
				t.Errorf("%s: %q", name, s)
			}
		}
		checkHeader(t, m.Header)
		for _, a := range m.Attachments {
			if a.Name == "" || strings.ContainsAny(a.Name, "/\\\x00\r\n") || !utf8.ValidString(a.Name) {
				t.Errorf("attachment name %q", a.Name)
			}
		}
		safe := SanitizeHTML(m.HTML, HTMLOptions{})
		low := strings.ToLower(safe.HTML)
		for _, bad := range []string{"<script", "<iframe", "<object", "<style", "<form", "src=\"http"} {
			if strings.Contains(low, bad) {
				t.Errorf("%q is left in %q", bad, safe.HTML)
			}
		}
	})
}

// FuzzParseHeader: a scan of the header gives the same key as the whole mail.
func FuzzParseHeader(f *testing.F) {
	f.Fuzz(func(t *testing.T, raw []byte) {
		h := ParseHeader(raw)
		checkHeader(t, h)
		if bytes.IndexByte(raw, '\n') < 0 {
			return // Parse reads bare returns as line ends there
		}
		if whole := Parse(raw).Header; whole.Key != h.Key {
			t.Errorf("key %s by header, %s by mail", h.Key, whole.Key)
		}
	})
}

func checkHeader(t *testing.T, h Header) {
	t.Helper()
	if len(h.Key) != 32 || len(h.References) > maxReferences || len(h.InReplyTo) > maxReferences {
		t.Errorf("%+v", h)
	}
	shown := []string{h.Subject, h.MessageID, h.ListID, h.Unsub}
	shown = append(shown, h.Ancestors()...)
	for _, list := range [][]Address{h.From, h.To, h.Cc, h.Bcc, h.Sender, h.ReplyTo} {
		for _, a := range list {
			shown = append(shown, a.Name, a.Addr)
			if !strings.Contains(a.Addr, "@") {
				t.Errorf("address %q", a.Addr)
			}
		}
	}
	for _, s := range shown {
		if !utf8.ValidString(s) || cleanText(s) != s {
			t.Errorf("not clean: %q", s)
		}
	}
}
