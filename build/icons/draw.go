//go:build ignore

// Draws Kontor's mark (the letter K on a rounded square, as in
// frontend/public/mark.svg) into the icons of the program:
//
//	go run build/icons/draw.go
package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
)

// The mark lives on a square of 32 units, as in the SVG.
const (
	unit   = 32.0
	corner = 8.0
	stroke = 3.2
)

var (
	ground = color.NRGBA{0x54, 0x58, 0xe4, 0xff}
	lines  = [][4]float64{{11, 8, 11, 24}, {21, 8, 13, 16}, {13, 16, 21, 24}}
)

// toSquare is the distance of a point to the rounded square, negative inside.
func toSquare(x, y float64) float64 {
	dx, dy := math.Abs(x-unit/2)-unit/2+corner, math.Abs(y-unit/2)-unit/2+corner
	return math.Hypot(math.Max(dx, 0), math.Max(dy, 0)) + math.Min(math.Max(dx, dy), 0) - corner
}

// toLine is the distance of a point to a line with round ends.
func toLine(x, y float64, l [4]float64) float64 {
	dx, dy := l[2]-l[0], l[3]-l[1]
	t := math.Max(0, math.Min(1, ((x-l[0])*dx+(y-l[1])*dy)/(dx*dx+dy*dy)))
	return math.Hypot(x-l[0]-t*dx, y-l[1]-t*dy) - stroke/2
}

// cover turns a distance in pixels into how much of the pixel is covered.
func cover(d float64) float64 { return math.Max(0, math.Min(1, 0.5-d)) }

func draw(size int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := float64(size) / unit
	for py := range size {
		for px := range size {
			x, y := (float64(px)+0.5)/scale, (float64(py)+0.5)/scale
			letter := math.Inf(1)
			for _, l := range lines {
				letter = math.Min(letter, toLine(x, y, l))
			}
			k, c := cover(letter*scale), ground
			c.R, c.G, c.B = mix(c.R, k), mix(c.G, k), mix(c.B, k)
			c.A = uint8(math.Round(255 * cover(toSquare(x, y)*scale)))
			img.SetNRGBA(px, py, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

// mix lays white over a colour.
func mix(c uint8, white float64) uint8 {
	return uint8(math.Round(float64(c)*(1-white) + 255*white))
}

// ico packs PNG pictures into one Windows icon (ICONDIR, ICONDIRENTRY).
func ico(sizes ...int) []byte {
	var head, body bytes.Buffer
	le := binary.LittleEndian
	head.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(sizes))))
	for _, size := range sizes {
		picture := draw(size)
		entry := []byte{byte(size), byte(size), 0, 0, 1, 0, 32, 0} // 256 is written as 0
		entry = le.AppendUint32(entry, uint32(len(picture)))
		entry = le.AppendUint32(entry, uint32(6+16*len(sizes)+body.Len()))
		head.Write(entry)
		body.Write(picture)
	}
	return append(head.Bytes(), body.Bytes()...)
}

func main() {
	for name, data := range map[string][]byte{
		"build/icons/kontor.png": draw(256),
		"build/icons/kontor.ico": ico(16, 24, 32, 48, 256),
		"app/window/icon.png":    draw(128),
	} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
