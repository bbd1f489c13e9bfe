package paper

import (
	"embed"
	"encoding/binary"
	"sync"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// Face is one of the fonts.
type Face string

// The faces, by the names of their files.
const (
	Regular Face = "Regular"
	Bold    Face = "Bold"
	Italic  Face = "Italic"
)

// missing marks a character that a face has no glyph for.
const missing = -1

// metrics is what measuring needs of a font file.
type metrics struct {
	file     []byte
	advances []int // by character, in thousandths of the font size
	empty    int   // advance of the box drawn for a character it lacks
}

// faces are read when the first page is laid out, once a process: the drawing
// library has no way to read a font once, and measuring happens far more often.
var faces = sync.OnceValue(func() map[Face]*metrics {
	all := map[Face]*metrics{}
	for _, face := range []Face{Regular, Bold, Italic} {
		file, err := fontFiles.ReadFile("fonts/NotoSans-" + string(face) + ".ttf")
		if err != nil {
			panic(err) // the file is part of the program
		}
		all[face] = readMetrics(file)
	}
	return all
})

// readMetrics reads the tables head, hhea, hmtx and cmap (format 4) of a
// TrueType file. It trusts the file, which is part of the program.
func readMetrics(file []byte) *metrics {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(file[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(file[at:])) }
	table := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		table[string(file[at:at+4])] = u32(at + 8)
	}
	perEm := u16(table["head"] + 18)
	widths := u16(table["hhea"] + 34)
	advance := func(glyph int) int { return u16(table["hmtx"]+4*min(glyph, widths-1)) * 1000 / perEm }

	m := &metrics{file: file, advances: make([]int, 0x10000), empty: advance(0)}
	for i := range m.advances {
		m.advances[i] = missing
	}
	cmap := table["cmap"]
	for i := range u16(cmap + 2) {
		at := cmap + 4 + 8*i
		if u16(at) != 3 || u16(at+2) != 1 { // Windows, Unicode up to U+FFFF
			continue
		}
		sub := cmap + u32(at+4)
		segments := u16(sub+6) / 2
		ends, starts := sub+14, sub+16+2*segments
		deltas, offsets := starts+2*segments, starts+4*segments
		for s := range segments {
			delta, offset := u16(deltas+2*s), u16(offsets+2*s)
			start := u16(starts + 2*s)
			for r := start; r <= u16(ends+2*s) && r < 0xFFFF; r++ {
				glyph := r
				if offset != 0 {
					if glyph = u16(offsets + 2*s + offset + 2*(r-start)); glyph == 0 {
						continue
					}
				}
				if glyph = (glyph + delta) & 0xFFFF; glyph != 0 {
					m.advances[r] = advance(glyph)
				}
			}
		}
	}
	return m
}

// has reports whether every face has a glyph for the character.
func has(r rune) bool {
	for _, m := range faces() {
		if r > 0xFFFF || m.advances[r] == missing {
			return false
		}
	}
	return true
}

// um is a length in thousandths of a millimetre. Whole numbers make a layout the
// same on every machine.
type um = int

const mm um = 1000

// style is how a text is set. Size is in tenths of a point.
type style struct {
	face  Face
	size  int
	color string
}

func (s style) in(color string) style { s.color = color; return s }

// em is the font size as a length; a point is 1/72 inch.
func (s style) em() um { return s.size * 254000 / 7200 }

// height of a line of text with room between lines.
func (s style) height() um { return s.em() * 138 / 100 }

// units is the width of a text in thousandths of the font size.
func (s style) units(text string) int {
	m := faces()[s.face]
	sum := 0
	for _, r := range text {
		sum += m.advance(r)
	}
	return sum
}

func (m *metrics) advance(r rune) int {
	if r > 0xFFFF || m.advances[r] == missing {
		return m.empty
	}
	return m.advances[r]
}

func (s style) width(text string) um { return s.units(text) * s.em() / 1000 }
