package paper_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app/kit/fault"
	"kontor/app/kit/paper"
)

func TestHostileTextIsPrinted(t *testing.T) {
	for name, text := range map[string]string{
		"emoji":            "Danke 👍🏽 👩‍👩‍👧 🇩🇪",
		"NUL and controls": "a\x00b\x01\x1b[31m\u0085c\td",
		"right to left":    "שלום مرحبا",
		"direction marks":  "invoice\u202egnp.exe\u2066x\u2069",
		"not UTF-8":        "caf\xe9 \xff\xfe\xed\xa0\x80",
		"one long word":    strings.Repeat("x", 100_000),
		"blanks":           strings.Repeat(" ", 100_000),
		"empty lines":      strings.Repeat("\n", 2_000),
		"stacked accents":  "a" + strings.Repeat("\u0301", 5_000),
		"brackets":         `(()\\)) \r (`,
		"not characters":   "\ufffe\uffff\ufdd0\U0010ffff",
		"Chinese":          "北野貿易株式会社",
		"old operators":    "BT /F1 12 Tf (x) Tj ET endstream endobj %%EOF",
	} {
		t.Run(name, func(t *testing.T) {
			doc := fitOut(t)
			everywhere(&doc, text[:min(len(text), 20_000)])
			doc.Lines[1].Text = text
			pages, err := paper.Layout(doc)
			if err != nil {
				t.Fatal(err)
			}
			for _, page := range pages.Pages {
				for _, box := range page.Boxes {
					if strings.ContainsFunc(box.Text, func(r rune) bool { return r < ' ' || r > 0xffff || r >= 0x202a && r <= 0x202e }) {
						t.Fatalf("%q is on the paper", box.Text)
					}
				}
			}
			file := filepath.Join(t.TempDir(), "paper.pdf")
			if err := os.WriteFile(file, render(t, doc), 0o600); err != nil {
				t.Fatal(err)
			}
			tool(t, "qpdf", "--check", file)
		})
	}
}

// everywhere puts a text wherever a text can stand.
func everywhere(d *paper.Document, text string) {
	l := &d.Letterhead
	l.Name, l.Slogan, l.Sender, l.Footer = text, text, text, [][]string{{text, text}, {text}}
	d.Recipient = []string{text, text, text}
	d.Meta = []paper.Pair{{text, text}, {text, text}}
	d.Title, d.Number, d.Subject, d.Intro, d.TaxName, d.Terms, d.Closing, d.Watermark = text, text, text, text, text, text, text, text
	for i := range d.Lines {
		d.Lines[i].Number, d.Lines[i].Unit, d.Lines[i].Text = text, text, text
	}
	d.Lines[0].Text = text + "\n" + text
	d.Totals.Taxes[0].Reason = text
	d.Totals.Prepaid = []paper.Prepaid{{Number: text, Amount: "1.00"}}
	d.Acceptance = &paper.Acceptance{Title: text, Text: text}
}

// FuzzDocument: whatever stands in a document, there are pages or a fault.
func FuzzDocument(f *testing.F) {
	for _, doc := range samples(f) {
		doc.Letterhead.Logo = nil
		if len(doc.Lines) > 40 {
			doc.Lines = doc.Lines[:40]
		}
		data, err := json.Marshal(doc)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var doc paper.Document
		if json.Unmarshal(data, &doc) != nil {
			return
		}
		pages, err := paper.Layout(doc)
		if err == nil && len(pages.Pages) == 0 {
			t.Fatal("no pages and no fault")
		}
		if err == nil && len(pages.Pages) < 4 {
			_, err = paper.Draw(doc, pages)
		}
		var known *fault.Error
		if err != nil && !errors.As(err, &known) || known != nil && known.Code == fault.CodeInternal {
			t.Fatal(err)
		}
	})
}
