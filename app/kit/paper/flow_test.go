package paper

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestPageRules lays out many made-up documents and looks at every page.
func TestPageRules(t *testing.T) {
	for seed := range uint64(300) {
		doc := madeUp(rand.New(rand.NewPCG(seed, 7)))
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s, err := newSheet(doc)
			if err != nil {
				t.Fatal(err)
			}
			foot := s.footer()
			if err := s.compose(); err != nil {
				t.Fatal(err)
			}
			total, items := "Total "+doc.Currency, 0
			carried := ""
			for i, page := range s.pages {
				body := page.Boxes[:len(page.Boxes)-len(foot.boxes)-1]
				if i == 0 {
					body = page.Boxes[:len(page.Boxes)-len(foot.boxes)-1-len(s.folds())]
				}
				lowest, itemsHere, hasTotal, lastIsTitle := 0, 0, false, false
				for j, b := range body {
					lowest = max(lowest, b.Y+b.H)
					if b.Kind != boxText {
						continue
					}
					if b.X < s.left || b.X+b.W > s.right {
						t.Errorf("page %d: %q stands from %d to %d", i+1, b.Text, b.X, b.X+b.W)
					}
					switch {
					case strings.HasPrefix(b.Text, "item"), strings.HasPrefix(b.Text, "more"):
						itemsHere++
						lastIsTitle = false
					case strings.HasPrefix(b.Text, "section"):
						lastIsTitle = true
					case b.Text == total:
						hasTotal = true
					case b.Text == "Carried forward":
						carried = body[j+1].Text
					case b.Text == "Brought forward":
						if brought := body[j+1].Text; brought != carried {
							t.Errorf("page %d: %s carried forward, %s brought", i+1, carried, brought)
						}
					}
				}
				items += itemsHere
				if lowest > s.bottom {
					t.Errorf("page %d: something ends at %d, the footer begins at %d", i+1, lowest, s.bottom)
				}
				if hasTotal && itemsHere == 0 {
					t.Errorf("page %d: totals without a line", i+1)
				}
				if lastIsTitle && !hasTotal {
					t.Errorf("page %d: a section's head alone at the foot", i+1)
				}
			}
			if items == 0 {
				t.Error("no items at all")
			}
		})
	}
}

// madeUp is a document whose last line is an item.
func madeUp(r *rand.Rand) Document {
	d := Document{Language: "en", Currency: "EUR", Date: "2026-11-21", Letterhead: Letterhead{Name: "Sender", Footer: [][]string{{"a", "b", "c"}, {"d"}}}}
	words := func(most int) string { return strings.Repeat("word and more ", r.IntN(most)) }
	d.Intro = words(120)
	for range r.IntN(40) {
		switch r.IntN(8) {
		case 0:
			d.Lines = append(d.Lines, Line{Kind: KindTitle, Text: "section " + words(3)})
		case 1:
			if len(d.Lines) > 0 && d.Lines[len(d.Lines)-1].Kind == "" {
				d.Lines = append(d.Lines, Line{Kind: KindSubtotal, Amount: "10.00"})
			}
		default:
			l := Line{Text: "item " + words(4), Quantity: "1", Price: "10.00", Tax: "20", Amount: fmt.Sprintf("%d.%02d", r.IntN(99999), r.IntN(100)), Optional: r.IntN(5) == 0}
			for range r.IntN(6) {
				l.Text += "\nmore " + words(8)
			}
			if r.IntN(40) == 0 {
				l.Text += strings.Repeat("\nmore lines than a page has", 80+r.IntN(60))
			}
			d.Lines = append(d.Lines, l)
		}
	}
	last := Line{Text: "item, the last", Amount: "1.00"}
	if r.IntN(8) == 0 {
		last.Text += strings.Repeat("\nmore lines than a page has", 80+r.IntN(60))
	}
	d.Lines = Numbered(append(d.Lines, last))
	d.Totals = &Totals{Net: "1.00", Gross: "1.20"}
	for range r.IntN(20) {
		d.Totals.Taxes = append(d.Totals.Taxes, Tax{Rate: "20", Base: "1.00", Amount: "0.20", Reason: words(3)})
	}
	d.Terms = words(200)
	if r.IntN(2) == 0 {
		d.Acceptance = &Acceptance{Text: words(20)}
	}
	return d
}

func TestWrap(t *testing.T) {
	st := style{Regular, 100, ink}
	for _, c := range []struct {
		text  string
		width um
		want  []string
	}{
		{"", 10 * mm, nil},
		{"one two three", 17 * mm, []string{"one two", "three"}},
		{"one two three", 60 * mm, []string{"one two three"}},
		{"a\n\nb", 60 * mm, []string{"a", "", "b"}},
		{"desk-lamp", 12 * mm, []string{"desk-", "lamp"}},
		{"−5 −10", 8 * mm, []string{"−5", "−10"}},
		{"wwwwwwwww", 9 * mm, []string{"www", "www", "www"}},
		{"x", 0, []string{"x"}},
	} {
		if got := st.wrap(c.text, c.width); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// TestDigitsAreOfOneWidth: figures below each other align without any work.
func TestDigitsAreOfOneWidth(t *testing.T) {
	for _, face := range []Face{Regular, Bold, Italic} {
		for _, digit := range "123456789" {
			if w := faces()[face].advance(digit); w != faces()[face].advance('0') {
				t.Errorf("%s: %c has another width than 0", face, digit)
			}
		}
	}
}

func TestTextOnAccentIsReadable(t *testing.T) {
	for _, accent := range []string{"#000000", "#ffffff", "#ffff00", "#0f5c5c", "#e8b04b", "#808080", "#ff0000", "red", ""} {
		c := colorsOf(accent)
		for _, pair := range [][2]string{{c.onIt, c.accent}, {c.text, white}, {grey, c.tint}, {grey, sand}, {rust, sand}} {
			if ratio := contrast(pair[0], pair[1]); ratio < 4.5 {
				t.Errorf("accent %q: %s on %s has a contrast of %.1f", accent, pair[0], pair[1], ratio)
			}
		}
	}
}

func TestSubstitutesAreInTheFont(t *testing.T) {
	for from, to := range substitutes {
		if strings.ContainsFunc(to, func(r rune) bool { return !has(r) }) {
			t.Errorf("%c becomes %q, which the font lacks too", from, to)
		}
	}
}
