package paper

import (
	"fmt"
	"math"
	"strconv"
)

// The colours that do not follow the letterhead.
const (
	ink      = "#1b2127"
	grey     = "#5c656f"
	hairline = "#d6dade"
	faint    = "#c4c9ce" // fold marks
	white    = "#ffffff"
	sand     = "#fbf6ee" // behind what is optional
	rust     = "#b4521f" // discounts, and what is optional

	defaultAccent = "#0f5c5c"
)

// colors are a letterhead's accent and what is mixed from it.
type colors struct {
	accent string // bars and table head
	onIt   string // text on the accent
	text   string // the accent as a colour of text on white
	tint   string // a breath of it, behind the card
	ghost  string // watermark
}

func colorsOf(accent string) colors {
	if _, ok := rgb(accent); !ok {
		accent = defaultAccent
	}
	c := colors{accent: accent, onIt: white, text: accent, tint: mix(accent, white, 93), ghost: mix(accent, white, 90)}
	// WCAG 2.2 asks for 4.5 : 1 between a text and what is behind it.
	if contrast(accent, white) < 4.5 {
		c.onIt = ink
		if contrast(accent, ink) < 4.5 {
			c.onIt = "#000000"
		}
	}
	for share := 5; contrast(c.text, white) < 4.5; share += 5 {
		c.text = mix(accent, ink, share)
	}
	return c
}

// rgb reads #rrggbb.
func rgb(color string) ([3]int, bool) {
	var parts [3]int
	if len(color) != 7 || color[0] != '#' {
		return parts, false
	}
	for i := range parts {
		v, err := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return parts, false
		}
		parts[i] = int(v)
	}
	return parts, true
}

// mix adds so many percent of another colour.
func mix(color, other string, percent int) string {
	a, _ := rgb(color)
	b, _ := rgb(other)
	for i := range a {
		a[i] = (a[i]*(100-percent) + b[i]*percent + 50) / 100
	}
	return fmt.Sprintf("#%02x%02x%02x", a[0], a[1], a[2])
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(color string) float64 {
	parts, _ := rgb(color)
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(parts[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
