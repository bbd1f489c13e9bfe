package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"kontor/app/kit/fault"
)

// DefaultFallback is the code page of text files whose encoding shows in
// nothing: that of Excel in Western Europe and America.
const DefaultFallback = "windows-1252"

// guess is an encoding and why it is taken.
type guess struct {
	name string
	sure bool // a byte order mark or the bytes themselves prove it
}

// byteOrderMarks, the longer ones first: that of UTF-32LE begins with UTF-16LE's.
var byteOrderMarks = []struct{ mark, name string }{
	{"\x00\x00\xFE\xFF", "utf-32be"},
	{"\xFF\xFE\x00\x00", "utf-32le"},
	{"\xEF\xBB\xBF", "utf-8"},
	{"\xFE\xFF", "utf-16be"},
	{"\xFF\xFE", "utf-16le"},
}

// guessEncoding decides by a byte order mark, then by valid UTF-8, then by the
// zeros of UTF-16. An empty name means that none of these fits. The sample may
// end within a character.
func guessEncoding(sample []byte) guess {
	for _, bom := range byteOrderMarks {
		if bytes.HasPrefix(sample, []byte(bom.mark)) {
			return guess{bom.name, true}
		}
	}
	if name := zeroPattern(sample); name != "" {
		return guess{name, false}
	}
	if bytes.IndexByte(sample, 0) < 0 && validStart(sample) {
		return guess{"utf-8", true}
	}
	return guess{}
}

// validStart reports whether the sample is UTF-8 but perhaps for the last character.
func validStart(sample []byte) bool {
	for cut := range min(utf8.UTFMax, len(sample)+1) {
		if utf8.Valid(sample[:len(sample)-cut]) {
			return true
		}
	}
	return false
}

// zeroPattern recognises UTF-16 without a mark: Latin text has a zero in every
// second byte.
func zeroPattern(sample []byte) string {
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case half == 0:
	case zeros[1]*10 > half*4 && zeros[0]*20 < half:
		return "utf-16le"
	case zeros[0]*10 > half*4 && zeros[1]*20 < half:
		return "utf-16be"
	}
	return ""
}

// minConfidence is from where on the character detector is believed; below, it
// is wrong more often than the code page of the user's country.
const minConfidence = 0.8

// detectCodePage asks the detector about lines with letters beyond ASCII.
func detectCodePage(sample []byte, fallback string) string {
	if fallback == "" {
		fallback = DefaultFallback
	}
	found := chardet.Detect(sample)
	name := strings.ToLower(found.Encoding)
	// It takes German for Turkish (ISO-8859-9) and knows no difference between
	// the Western pages, so for these the user's page is the better guess.
	for _, western := range []string{"", "ascii", "utf-8", "iso-8859-1", "iso-8859-9", "windows-1252", "windows-1254", "macroman", "macintosh"} {
		if name == western {
			return fallback
		}
	}
	if found.Confidence <= minConfidence || codec(name) == nil {
		return fallback
	}
	return name
}

// codec finds an encoding by the names of the web, of IANA and of Windows.
func codec(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "utf-8", "utf8", "utf-8-sig":
		return unicode.UTF8BOM
	case "utf-16", "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32", "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "maccyrillic":
		name = "x-mac-cyrillic"
	case "macroman":
		name = "macintosh"
	}
	if page, ok := strings.CutPrefix(name, "cp"); ok {
		if e, err := htmlindex.Get("windows-" + page); err == nil {
			return e
		}
		name = "ibm" + page
	}
	if e, err := htmlindex.Get(name); err == nil {
		return e
	}
	if e, err := ianaindex.IANA.Encoding(name); err == nil {
		return e
	}
	return nil
}

// decode reads text in an encoding as UTF-8 without a byte order mark.
func decode(r io.Reader, name string) (io.Reader, error) {
	e := codec(name)
	if e == nil {
		return nil, fault.Invalid("encoding", "sheet.encoding", fault.Params{"encoding": name})
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// measureText reads a whole text file once: whether it is valid UTF-8, about
// how many lines it has, and the lines that a detector could learn from.
type measureText struct {
	tail    []byte // an incomplete character at the end of a block
	invalid bool
	lines   int
	beyond  []byte
}

const detectorSample = 64 << 10

func (m *measureText) Write(block []byte) (int, error) {
	n := len(block)
	m.lines += bytes.Count(block, []byte{'\n'})
	m.learn(block)
	if m.invalid {
		return n, nil
	}
	if len(m.tail) > 0 {
		block = append(m.tail, block...)
	}
	whole := len(block)
	for back := 1; back < utf8.UTFMax && back <= len(block); back++ {
		if b := block[len(block)-back]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(block[len(block)-back:]) {
				whole = len(block) - back
			}
			break
		}
	}
	m.invalid = !utf8.Valid(block[:whole])
	m.tail = bytes.Clone(block[whole:])
	return n, nil
}

// broken reports whether the file is not UTF-8 as a whole.
func (m *measureText) broken() bool { return m.invalid || len(m.tail) > 0 }

// learn keeps lines with letters beyond ASCII: thousands of plain lines before
// the first Müller would teach a detector nothing.
func (m *measureText) learn(block []byte) {
	for line := range bytes.Lines(block) {
		if len(m.beyond) >= detectorSample {
			return
		}
		for _, b := range line {
			if b >= utf8.RuneSelf {
				m.beyond = append(m.beyond, line...)
				break
			}
		}
	}
}
