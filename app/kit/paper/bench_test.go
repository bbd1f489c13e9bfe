package paper_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"kontor/app/kit/paper"
)

// BenchmarkFloor is what the library takes for an empty page with the three
// fonts: nothing we do can be faster.
func BenchmarkFloor(b *testing.B) {
	fonts := map[string][]byte{}
	for style, face := range map[string]string{"": "Regular", "B": "Bold", "I": "Italic"} {
		data, err := os.ReadFile("fonts/NotoSans-" + face + ".ttf")
		if err != nil {
			b.Fatal(err)
		}
		fonts[style] = data
	}
	for b.Loop() {
		pdf := gofpdf.New("P", "mm", "A4", "")
		for style, data := range fonts {
			pdf.AddUTF8FontFromBytes("noto", style, data)
		}
		pdf.AddPage()
		var out bytes.Buffer
		if err := pdf.Output(&out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	for _, c := range []struct {
		name string
		doc  paper.Document
	}{
		{"onePage", short(b)}, {"twoPages", fitOut(b)}, {"1000lines", many(b, 1000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				render(b, c.doc)
			}
		})
	}
}

func BenchmarkLayout(b *testing.B) {
	doc := short(b)
	for b.Loop() {
		if _, err := paper.Layout(doc); err != nil {
			b.Fatal(err)
		}
	}
}
