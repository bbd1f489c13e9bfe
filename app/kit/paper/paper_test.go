package paper_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/fault"
	"kontor/app/kit/paper"
)

var (
	update = flag.Bool("update", false, "write the golden layouts anew")
	pdfs   = flag.String("pdf", "", "folder to write the sample papers to, for a person to look at")
)

// TestGoldenLayouts compares where every box stands. After a wanted change run
// with -update -pdf DIR and look at the papers.
func TestGoldenLayouts(t *testing.T) {
	for _, name := range []string{"short", "fit-out", "german", "yen", "rates", "letter", "wide", "bare"} {
		t.Run(name, func(t *testing.T) {
			pages, err := paper.Layout(samples(t)[name])
			if err != nil {
				t.Fatal(err)
			}
			got := golden(t, pages)
			file := filepath.Join("testdata", name+".golden.json")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the layout changed (-want +got):\n%s", diff)
			}
		})
	}
}

// golden writes pages as JSON with one box a line, so that a change is read as
// one.
func golden(t *testing.T, pages paper.Pages) string {
	t.Helper()
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "{\"width\":%d,\"height\":%d,\"warnings\":%s,\"pages\":[", pages.Width, pages.Height, text(pages.Warnings))
	for i, page := range pages.Pages {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n{\"boxes\":[")
		for j, box := range page.Boxes {
			if j > 0 {
				b.WriteString(",")
			}
			b.WriteString("\n" + text(box))
		}
		b.WriteString("]}")
	}
	b.WriteString("]}\n")
	return b.String()
}

// TestSamplesForTheEye writes the papers where a person can look at them.
func TestSamplesForTheEye(t *testing.T) {
	if *pdfs == "" {
		t.Skip("no folder given with -pdf")
	}
	for name, doc := range samples(t) {
		if err := os.WriteFile(filepath.Join(*pdfs, name+".pdf"), render(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func render(t testing.TB, doc paper.Document) []byte {
	t.Helper()
	data, err := paper.Render(doc)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSnapshotGivesSameBytes: a document that was stored as JSON draws the same
// paper, byte by byte.
func TestSnapshotGivesSameBytes(t *testing.T) {
	for _, name := range []string{"fit-out", "german", "letter"} {
		doc := samples(t)[name]
		first := render(t, doc)
		stored, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			var again paper.Document
			if err := json.Unmarshal(stored, &again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, render(t, again)) {
				t.Fatalf("%s: the bytes differ", name)
			}
		}
		if after, _ := json.Marshal(doc); !bytes.Equal(stored, after) {
			t.Errorf("%s: drawing changed the document", name)
		}
	}
}

// TestPapersAtTheSameTime: a preview is drawn while another paper is finalised.
func TestPapersAtTheSameTime(t *testing.T) {
	doc := fitOut(t)
	want := render(t, doc)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if got, err := paper.Render(doc); err != nil || !bytes.Equal(got, want) {
				t.Errorf("the bytes differ, or %v", err)
			}
		})
	}
	all.Wait()
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestFilesAreSound(t *testing.T) {
	for name, doc := range samples(t) {
		file := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(file, render(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := tool(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// TestTextComesOutInOrder reads the paper as a program does that copies its text.
func TestTextComesOutInOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "paper.pdf")
	doc := german(t)
	doc.Lines[1].Text += "\nDecomposed: u\u0308ber, o\u0308l"
	if err := os.WriteFile(file, render(t, doc), 0o600); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(tool(t, "pdftotext", "-raw", file, "-"), "\u00a0", " ")
	rest := text
	for _, want := range []string{
		"Northwind Interiors\n", "20457 Hamburg\nGemeinnützige", "Straße des 17. Juni 135\n", "Angebotsnummer A-2026-0042\n", "Angebot\n", "Sehr geehrte",
		"# Bezeichnung Menge Einzelpreis Rabatt USt. Betrag EUR\n", "1 Empfangstresen „Alster“ 1 Stück 4.890,00 19 % 4.890,00\n", "Eiche geölt",
		"2 Schallschutzplatten 37,125 m² 48,9075 −15,69 19 % 1.800,00\n", "über, öl", "Summe netto 7.809,70\n", "USt. 19 % auf 6.690,00 1.271,10\n",
		"Bereits bezahlt RE-2026-0007 −500,00\n", "Zu zahlen EUR 8.589,20\n", "Wir freuen uns", "Seite 1 von 2", "Auftragserteilung",
	} {
		_, behind, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("%q is missing, or before what stands above it, in\n%s", want, text)
		}
		rest = behind
	}
	info := tool(t, "pdfinfo", file)
	for _, want := range []string{"Angebot A-2026-0042", "Northwind Interiors", "2026", "A4"} {
		if !strings.Contains(info, want) {
			t.Errorf("the file's description lacks %q:\n%s", want, info)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte("/Lang (de)")) {
		t.Error("the file does not say its language")
	}
}

// TestNothingOverlaps: of all the texts of a paper, no two share a spot.
func TestNothingOverlaps(t *testing.T) {
	for name, doc := range samples(t) {
		pages, err := paper.Layout(doc)
		if err != nil {
			t.Fatal(err)
		}
		for n, page := range pages.Pages {
			for i, a := range page.Boxes {
				for _, b := range page.Boxes[:i] {
					const sameLine = 1500 // above and below a baseline
					if a.Kind == "text" && b.Kind == "text" && max(a.Y-b.Y, b.Y-a.Y) < sameLine && a.X < b.X+b.W && b.X < a.X+a.W {
						t.Errorf("%s, page %d: %q and %q overlap", name, n+1, b.Text, a.Text)
					}
				}
			}
		}
	}
}

func TestWarnings(t *testing.T) {
	doc := short(t)
	doc.Intro = "① Ａ → done ✓ 👍"
	doc.Closing = "שלום"
	pages, err := paper.Layout(doc)
	if err != nil {
		t.Fatal(err)
	}
	want := []paper.Warning{
		{Key: "paper.missingCharacters", Params: map[string]any{"characters": "✓ 👍 ש ל ו ם"}},
		{Key: "paper.rightToLeft"},
	}
	if diff := cmp.Diff(want, pages.Warnings); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(golden(t, pages), `1 A -\u003e done ✓ □`) {
		t.Error("characters the font lacks are not written another way")
	}
}

func TestFaultsNameTheField(t *testing.T) {
	for _, c := range []struct {
		name, field, key string
		change           func(*paper.Document)
	}{
		{"newer layout", "layout", "paper.unknownLayout", func(d *paper.Document) { d.Layout = paper.Version + 1 }},
		{"paper", "paper", "paper.unknownPaper", func(d *paper.Document) { d.Paper = "a3" }},
		{"currency", "currency", "money.unknownCurrency", func(d *paper.Document) { d.Currency = "EURO" }},
		{"day", "date", "paper.notDay", func(d *paper.Document) { d.Date = "21.11.2026" }},
		{"kind", "lines[1].kind", "paper.unknownKind", func(d *paper.Document) { d.Lines[1].Kind = "note" }},
		{"quantity", "lines[1].quantity", "money.notNumber", func(d *paper.Document) { d.Lines[1].Quantity = "1,5" }},
		{"discount", "lines[1].discount.percent", "money.notNumber", func(d *paper.Document) { d.Lines[1].Discount = percent("a") }},
		{"amount digits", "lines[2].amount", "money.tooManyDigits", func(d *paper.Document) { d.Lines[2].Amount = "1.005" }},
		{"sum", "lines", "money.tooLarge", func(d *paper.Document) {
			d.Lines[0].Amount, d.Lines[1].Amount = "92233720368547758.07", "92233720368547758.07"
		}},
		{"tax", "totals.taxes[0].base", "money.notNumber", func(d *paper.Document) { d.Totals.Taxes[0].Base = "1e9" }},
		{"logo", "letterhead.logo", "paper.logoUnreadable", func(d *paper.Document) { d.Letterhead.Logo = []byte("<svg/>") }},
		{"lines", "lines", "paper.tooManyLines", func(d *paper.Document) { d.Lines = make([]paper.Line, 10_001) }},
		{"text", "", "paper.tooMuchText", func(d *paper.Document) { d.Terms = strings.Repeat("x", 3<<20) }},
		{"pages", "", "paper.tooManyPages", func(d *paper.Document) { d.Terms = strings.Repeat("x\n", 1<<20-1000) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := short(t)
			c.change(&doc)
			_, err := paper.Render(doc)
			var f *fault.Error
			if !errors.As(err, &f) || f.Field != c.field || f.Key != c.key {
				t.Errorf("got %v, want %s at %q", err, c.key, c.field)
			}
		})
	}
}

func TestNumbered(t *testing.T) {
	title, item, comment := paper.Line{Kind: paper.KindTitle}, paper.Line{}, paper.Line{Kind: paper.KindComment}
	for _, c := range []struct {
		lines []paper.Line
		want  string
	}{
		{[]paper.Line{item, comment, item}, "[1  2]"},
		{[]paper.Line{title, item, item, title, item}, "[1 1.1 1.2 2 2.1]"},
		{[]paper.Line{item, title, item, {Number: "A7"}, item}, "[1 1 1.1 A7 1.3]"},
	} {
		var got []string
		for _, l := range paper.Numbered(c.lines) {
			got = append(got, l.Number)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("got %v, want %s", got, c.want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{paper.Amount("en", "EUR", "1234.5"), "1,234.50"},
		{paper.Amount("de", "EUR", "1234567.89"), "1.234.567,89"},
		{paper.Amount("de-CH", "CHF", "1234.50"), "1’234.50"},
		{paper.Amount("en", "JPY", "-1234"), "−1,234"},
		{paper.Amount("en", "KWD", "0.5"), "0.500"},
		{paper.Amount("en", "EUR", "-0.00"), "0.00"},
		{paper.Amount("en", "EUR", "0.0125"), "0.0125"},
		{paper.Amount("en", "EUR", "a lot"), "a lot"},
		{paper.Number("de", "37.1250"), "37,125"},
		{paper.Number("en", "100"), "100"},
		{paper.Day("en", "2026-11-21"), "21\u00a0November\u00a02026"},
		{paper.Day("de-AT", "2026-03-01"), "1.\u00a0März\u00a02026"},
		{paper.Day("en-US", "2026-03-01"), "March\u00a01,\u00a02026"},
		{paper.Day("en", "soon"), "soon"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
