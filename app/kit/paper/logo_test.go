package paper_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/kit/paper"
)

// halves is a picture with a red left and a blue right half.
func halves(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{0xc0, 0x10, 0x10, 0xff}
			if x >= w/2 {
				c = color.NRGBA{0x10, 0x10, 0xc0, 0xff}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rotated is a JPEG with an Exif note of how the camera was held.
func rotated(t *testing.T, turn uint16, order binary.AppendByteOrder, mark string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, halves(48, 24), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	tiff := order.AppendUint32(order.AppendUint16([]byte(mark), 42), 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 274), 3), 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, turn), 0)
	tiff = order.AppendUint32(tiff, 0)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))...)
	return append(append(out, segment...), b.Bytes()[2:]...)
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLogo(t *testing.T) {
	const red, blue, white = "red", "blue", "white"
	clear := image.NewNRGBA(image.Rect(0, 0, 24, 12))
	grey := image.NewGray(image.Rect(0, 0, 4, 4))
	for i := range grey.Pix {
		grey.Pix[i] = 0xff
	}
	for _, c := range []struct {
		name                         string
		data                         []byte
		w, h                         int
		left, right, top, bottomHalf string // colours at the middle of the edges
	}{
		{"plain", asPNG(t, halves(24, 12)), 24, 12, red, blue, "", ""},
		{"16 bits", file(t, "deep.png"), 24, 12, red, blue, "", ""},
		{"interlaced", file(t, "interlaced.png"), 24, 12, red, blue, "", ""},
		{"CMYK", file(t, "cmyk.jpg"), 24, 12, red, blue, "", ""},
		{"transparent", asPNG(t, clear), 24, 12, white, white, "", ""},
		{"grey", asPNG(t, grey), 4, 4, white, white, "", ""},
		{"wide", asPNG(t, halves(4000, 100)), 960, 24, red, blue, "", ""},
		{"tall", asPNG(t, halves(600, 2700)), 60, 270, red, blue, "", ""},
		{"Exif 1", rotated(t, 1, binary.BigEndian, "MM"), 48, 24, red, blue, "", ""},
		{"Exif 2", rotated(t, 2, binary.BigEndian, "MM"), 48, 24, blue, red, "", ""},
		{"Exif 3", rotated(t, 3, binary.LittleEndian, "II"), 48, 24, blue, red, "", ""},
		{"Exif 4", rotated(t, 4, binary.LittleEndian, "II"), 48, 24, red, blue, "", ""},
		{"Exif 5", rotated(t, 5, binary.BigEndian, "MM"), 24, 48, "", "", red, blue},
		{"Exif 6", rotated(t, 6, binary.LittleEndian, "II"), 24, 48, "", "", red, blue},
		{"Exif 7", rotated(t, 7, binary.BigEndian, "MM"), 24, 48, "", "", blue, red},
		{"Exif 8", rotated(t, 8, binary.BigEndian, "MM"), 24, 48, "", "", blue, red},
		{"Exif nonsense", rotated(t, 99, binary.BigEndian, "MM"), 48, 24, red, blue, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ready, err := paper.Logo(c.data)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(ready))
			if err != nil {
				t.Fatal(err)
			}
			if b := img.Bounds(); b.Dx() != c.w || b.Dy() != c.h {
				t.Fatalf("%v, want %d by %d", b, c.w, c.h)
			}
			for _, at := range []struct {
				x, y int
				want string
			}{
				{0, c.h / 2, c.left}, {c.w - 1, c.h / 2, c.right}, {c.w / 2, 0, c.top}, {c.w / 2, c.h - 1, c.bottomHalf},
			} {
				if got := nameOf(img.At(at.x, at.y)); at.want != "" && got != at.want {
					t.Errorf("%s at %d, %d, want %s", got, at.x, at.y, at.want)
				}
			}
			if again, err := paper.Logo(ready); err != nil || !bytes.Equal(again, ready) {
				t.Errorf("a ready logo is made again: %v", err)
			}
			doc := short(t)
			doc.Letterhead.Logo = c.data
			render(t, doc)
		})
	}
}

func nameOf(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch {
	case r > 0x9000 && g < 0x6000 && b < 0x6000:
		return "red"
	case b > 0x9000 && g < 0x6000 && r < 0x6000:
		return "blue"
	case r&g&b > 0xf000:
		return "white"
	}
	return "another colour"
}

func TestLogoIsRefused(t *testing.T) {
	var moving bytes.Buffer
	if err := gif.Encode(&moving, halves(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	whole := asPNG(t, halves(24, 12))
	bomb := bytes.Clone(whole) // a head that promises a huge picture; its checksum is put right
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"GIF":   {moving.Bytes(), "paper.logoUnreadable"},
		"text":  {[]byte("not a picture"), "paper.logoUnreadable"},
		"cut":   {whole[:60], "paper.logoUnreadable"},
		"large": {withChecksum(bomb), "paper.logoTooLarge"},
	} {
		if _, err := paper.Logo(c.data); err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%s: got %v, want %s", name, err, c.key)
		}
	}
}

// withChecksum puts the checksum of a PNG's head right.
func withChecksum(data []byte) []byte {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}
