package mime

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/cention-sany/utf7"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// CharsetReader converts text of a named charset to UTF-8, in the form that
// mail libraries ask for. It reads everything at once, which is cheaper than
// their streaming for the short texts of mail.
func CharsetReader(name string, r io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return strings.NewReader(decodeCharset(name, raw)), nil
}

// decodeCharset converts text to UTF-8. Unknown and missing names, and names
// that are plainly wrong, are read as UTF-8 where that is valid and as
// Windows-1252 otherwise, as browsers do.
func decodeCharset(name string, raw []byte) string {
	name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`))
	switch name {
	case "utf-8", "utf8", "us-ascii", "ascii", "":
		return guessText(raw)
	}
	enc := lookUpCharset(name)
	if enc == nil {
		return guessText(raw)
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return guessText(raw)
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// lookUpCharset finds an encoding by the web's names first, since these read
// mislabelled mail as its sender meant it (iso-8859-1 is Windows-1252, gb2312
// is GBK), then by the MIME names of IANA.
func lookUpCharset(name string) encoding.Encoding {
	switch name {
	case "utf-7", "unicode-1-1-utf-7":
		return utf7.UTF7
	case "cp850", "ibm850":
		return charmap.CodePage850
	}
	enc, err := htmlindex.Get(name)
	if err == nil && enc != encoding.Replacement {
		return enc
	}
	for _, candidate := range []string{name, "cs" + name} {
		if enc, err = ianaindex.MIME.Encoding(candidate); err == nil && enc != nil {
			return enc
		}
	}
	if i := strings.LastIndexByte(name, '-'); i > 0 && strings.HasPrefix(name, "x-") {
		return lookUpCharset(name[2:])
	}
	return nil
}

// guessText reads text whose charset is unknown. A text with even one whole
// multi-byte sequence is damaged UTF-8; with none it is an 8-bit charset.
func guessText(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r != utf8.RuneError && size > 1 {
			return strings.ToValidUTF8(string(raw), "\ufffd")
		}
		i += size
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return string(out)
}

// decodeHTML converts an HTML body, which may name its charset only inside.
func decodeHTML(name string, raw []byte) string {
	if name == "" && bytes.IndexByte(raw, '<') >= 0 && !utf8.Valid(raw) {
		if enc, found, _ := charset.DetermineEncoding(raw, ""); enc != nil && found != "windows-1252" {
			if out, err := enc.NewDecoder().Bytes(raw); err == nil {
				return strings.ToValidUTF8(string(out), "\ufffd")
			}
		}
	}
	return decodeCharset(name, raw)
}
