package paper

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"

	"kontor/app/kit/fault"
)

// picture is a logo as it is drawn: an opaque 8-bit PNG.
type picture struct {
	png           []byte
	width, height int // pixels
}

// A logo is printed at most 60 by 17 mm; this is 400 dots an inch of it.
const (
	logoWidth  = 960
	logoHeight = 270
	logoPixels = 40_000_000 // decoded, about 160 MB at once
)

// Logo makes a logo ready for paper: a PNG with 8 bits a channel on white, no
// larger than print needs, upright where a camera noted that it lies. It takes
// PNG and JPEG of any kind. A logo made ready before comes back unchanged, so
// that it is best stored this way.
func Logo(data []byte) ([]byte, error) {
	p, err := readLogo(data)
	if err != nil {
		return nil, err
	}
	return p.png, nil
}

func readLogo(data []byte) (*picture, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil || format != "png" && format != "jpeg": // other packages may teach image more
		return nil, fault.Invalid("letterhead.logo", "paper.logoUnreadable", nil).Because(err)
	case config.Width < 1 || config.Height < 1 || config.Width > logoPixels/config.Height:
		return nil, fault.Invalid("letterhead.logo", "paper.logoTooLarge", fault.Params{"width": config.Width, "height": config.Height, "megapixels": logoPixels / 1_000_000})
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fault.Invalid("letterhead.logo", "paper.logoUnreadable", nil).Because(err)
	}
	if format == "png" && isReady(data, config) {
		return &picture{data, config.Width, config.Height}, nil
	}
	turn := 1
	if format == "jpeg" {
		turn = orientation(data)
	}
	made := shrink(upright(onWhite(decoded), turn))
	var out bytes.Buffer
	if err := png.Encode(&out, made); err != nil {
		return nil, err
	}
	return &picture{out.Bytes(), made.Rect.Dx(), made.Rect.Dy()}, nil
}

// isReady recognises by the head of a PNG (width, height, bits, colour type,
// compression, filter, interlace) what the drawing library takes as it is. It is
// asked to be followed at once by the pixels: other chunks are what we drop.
func isReady(data []byte, config image.Config) bool {
	const head, firstChunk = 24, 37
	return config.Width <= logoWidth && config.Height <= logoHeight && len(data) > firstChunk+4 &&
		bytes.Equal(data[head:head+5], []byte{8, 2, 0, 0, 0}) && string(data[firstChunk:firstChunk+4]) == "IDAT"
}

// onWhite copies a picture of any colour model onto white paper.
func onWhite(from image.Image) *image.RGBA {
	b := from.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(to, to.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(to, to.Rect, from, b.Min, draw.Over)
	return to
}

// shrink makes a picture fit the largest size by averaging, never larger.
func shrink(from *image.RGBA) *image.RGBA {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	if w <= logoWidth && h <= logoHeight {
		return from
	}
	nw, nh := logoWidth, max(1, h*logoWidth/w)
	if nh > logoHeight {
		nw, nh = max(1, w*logoHeight/h), logoHeight
	}
	to := image.NewRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		top, bottom := y*h/nh, max((y+1)*h/nh, y*h/nh+1)
		for x := range nw {
			left, right := x*w/nw, max((x+1)*w/nw, x*w/nw+1)
			var sum [3]int
			for sy := top; sy < bottom; sy++ {
				row := from.Pix[sy*from.Stride+4*left : sy*from.Stride+4*right]
				for i := 0; i < len(row); i += 4 {
					sum[0] += int(row[i])
					sum[1] += int(row[i+1])
					sum[2] += int(row[i+2])
				}
			}
			n := (bottom - top) * (right - left)
			to.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 0xFF})
		}
	}
	return to
}

// upright undoes how the camera was held; the numbers are those of Exif tag 274.
func upright(from *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	nw, nh := w, h
	if turn >= 5 {
		nw, nh = h, w
	}
	to := image.NewRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			sx, sy := x, y
			switch turn {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			to.SetRGBA(x, y, from.RGBAAt(sx, sy))
		}
	}
	return to
}

// orientation finds Exif tag 274 in the first APP1 segment of a JPEG; 1 is
// upright, also when there is none.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xFF; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xDA || size < 2 || at+2+size > len(data) {
			break
		}
		if segment := data[at+4 : at+2+size]; marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		at += 2 + size
	}
	return 1
}

func tiffOrientation(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	first := int(order.Uint32(tiff[4:]))
	if first < 8 || first > len(tiff)-2 {
		return 1
	}
	entries := tiff[first+2:]
	for range order.Uint16(tiff[first:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 274 {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
