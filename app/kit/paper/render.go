package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"kontor/app/kit/fault"
)

// Render lays a document out and draws it as PDF.
func Render(doc Document) ([]byte, error) {
	pages, err := Layout(doc)
	if err != nil {
		return nil, err
	}
	return Draw(doc, pages)
}

// Draw draws a document that Layout placed on these pages, for whoever wants the
// warnings as well.
func Draw(doc Document, pages Pages) (data []byte, err error) {
	// The library is archived and panics on text it does not expect. Our text is
	// cleaned; should it panic nevertheless, one paper fails and not the program.
	defer func() {
		if cause := recover(); cause != nil {
			data, err = nil, notDrawn(fmt.Errorf("draw: %v", cause))
		}
	}()
	d := newDrawing(doc, pages)
	for _, page := range pages.Pages {
		d.pdf.AddPage()
		for _, box := range page.Boxes {
			d.box(box)
		}
	}
	var out bytes.Buffer
	if err := d.pdf.Output(&out); err != nil {
		return nil, notDrawn(err)
	}
	return complete(out.Bytes(), doc.Language)
}

func notDrawn(cause error) error {
	return fault.New(fault.CodeInternal, "paper.notDrawn", nil).Because(cause)
}

// drawing is a PDF while it is drawn.
type drawing struct {
	pdf   *gofpdf.Fpdf
	fonts map[Face]bool
	face  Face // of the current page; changing it takes room in the file
	size  int
	page  int
}

const fontFamily = "NotoSans"

var fontStyles = map[Face]string{Regular: "", Bold: "B", Italic: "I"}

func newDrawing(doc Document, pages Pages) *drawing {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{
		UnitStr: "mm",
		Size:    gofpdf.SizeType{Wd: float64(pages.Width) / 1000, Ht: float64(pages.Height) / 1000},
	})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	// Same document, same bytes: no clock, no order of a map.
	pdf.SetCatalogSort(true)
	date := creation(doc)
	pdf.SetCreationDate(date)
	pdf.SetModificationDate(date)
	title, author := titleOf(doc)
	pdf.SetTitle(title, true)
	pdf.SetAuthor(author, true)
	pdf.SetCreator("Kontor", true)
	pdf.SetProducer("Kontor", true)
	pdf.SetXmpMetadata(metadata(title, author, doc.Language, date))
	if pages.logo != nil {
		pdf.RegisterImageOptionsReader(boxLogo, gofpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(pages.logo.png))
	}
	return &drawing{pdf: pdf, fonts: map[Face]bool{}}
}

// creation is noon of the document's day: the same day in nearly every zone.
func creation(doc Document) time.Time {
	day, err := time.Parse(time.DateOnly, doc.Date)
	if err != nil {
		day = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return day.Add(12 * time.Hour)
}

func titleOf(doc Document) (title, author string) {
	var c cleaner
	s := sheet{doc: doc}
	name := c.line(doc.Title)
	if name == "" {
		name = s.label("quotation")
	}
	return strings.TrimSpace(name + " " + c.line(doc.Number)), c.line(doc.Letterhead.Name)
}

func (d *drawing) box(b Box) {
	x, y, w, h := float64(b.X)/1000, float64(b.Y)/1000, float64(b.W)/1000, float64(b.H)/1000
	switch b.Kind {
	case boxText:
		d.font(b)
		d.pdf.Text(x, y, b.Text)
	case boxTurnt:
		const degrees = 52
		d.font(b)
		// Programs that read the text are told there is none here: slanting
		// letters would stand among the lines they cross.
		d.pdf.RawWriteStr("/Span <</ActualText ()>> BDC")
		d.pdf.TransformBegin()
		d.pdf.TransformRotate(degrees, x, y)
		d.pdf.Text(x-w/2, y+float64(b.Size)*0.0127, b.Text)
		d.pdf.TransformEnd()
		d.pdf.RawWriteStr("EMC")
	case boxRule:
		d.stroke(b.Stroke, 0.2)
		d.pdf.Line(x, y, x+w, y)
	case boxLogo:
		d.pdf.ImageOptions(boxLogo, x, y, w, h, false, gofpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	case boxArea:
		how := "F"
		if b.Stroke != "" {
			d.stroke(b.Stroke, 0.3)
			how = "D"
		} else {
			c, _ := rgb(b.Fill)
			d.pdf.SetFillColor(c[0], c[1], c[2])
		}
		if b.Radius > 0 {
			d.pdf.RoundedRect(x, y, w, h, float64(b.Radius)/1000, "1234", how)
		} else {
			d.pdf.Rect(x, y, w, h, how)
		}
	}
}

func (d *drawing) stroke(color string, width float64) {
	c, _ := rgb(color)
	d.pdf.SetDrawColor(c[0], c[1], c[2])
	d.pdf.SetLineWidth(width)
}

// font sets face, size and colour. A face is embedded when it is first used.
func (d *drawing) font(b Box) {
	if !d.fonts[b.Face] {
		// The library pads tables in place, so that each paper gets its own copy.
		d.pdf.AddUTF8FontFromBytes(fontFamily, fontStyles[b.Face], bytes.Clone(faces()[b.Face].file))
		d.fonts[b.Face] = true
	}
	if page := d.pdf.PageNo(); page != d.page || b.Face != d.face || b.Size != d.size {
		d.pdf.SetFont(fontFamily, fontStyles[b.Face], float64(b.Size)/10)
		d.page, d.face, d.size = page, b.Face, b.Size
	}
	c, _ := rgb(b.Color)
	d.pdf.SetTextColor(c[0], c[1], c[2])
}

// metadata is the file's description in XMP (ISO 16684-1).
func metadata(title, author, language string, date time.Time) []byte {
	escape := func(text string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(text)) // a Builder never fails
		return b.String()
	}
	day := date.Format("2006-01-02T15:04:05Z")
	return fmt.Appendf(nil, `<?xpacket begin="`+"\uFEFF"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:CreatorTool>Kontor</xmp:CreatorTool><pdf:Producer>Kontor</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, escape(title), escape(author), escape(languageTag(language)), day, day)
}

// languageTag is the language as a tag that is safe in a file: letters, digits
// and hyphens.
func languageTag(language string) string {
	const longest = 35 // RFC 5646, section 4.4.1
	if language == "" || len(language) > longest || !regexp.MustCompile(`^[A-Za-z0-9-]+$`).MatchString(language) {
		return "en"
	}
	return language
}

var (
	tail    = regexp.MustCompile(`/Root (\d+) 0 R\n/Info (\d+) 0 R\n>>\nstartxref\n(\d+)\n%%EOF\n?$`)
	catalog = []byte("/Type /Catalog\n")
)

// complete writes into the catalogue and the trailer what the library has no
// call for: the language, so that the paper can be read aloud, the way to the
// XMP, the title as the window's name, and a file identifier. The catalogue is
// the last object, so that only the place of the cross-reference table moves.
func complete(data []byte, language string) ([]byte, error) {
	trailer := data[max(0, len(data)-200):]
	end := tail.FindSubmatchIndex(trailer)
	at := bytes.LastIndex(data, catalog)
	if end == nil || at < 0 {
		return nil, notDrawn(errors.New("draw: the end of the file is not as expected"))
	}
	number := func(group int) int {
		n, _ := strconv.Atoi(string(trailer[end[2*group]:end[2*group+1]])) // digits by the pattern
		return n
	}
	root, info, table := number(1), number(2), number(3)
	entries := fmt.Sprintf("/Lang (%s)\n/Metadata %d 0 R\n/ViewerPreferences <</DisplayDocTitle true>>\n", languageTag(language), info-1)
	id := sha256.Sum256(data)
	at += len(catalog)

	var out bytes.Buffer
	out.Grow(len(data) + 300)
	out.WriteString("%PDF-1.7")
	out.Write(data[len("%PDF-1.7"):at])
	out.WriteString(entries)
	out.Write(data[at : len(data)-len(trailer)+end[0]])
	fmt.Fprintf(&out, "/Root %d 0 R\n/Info %d 0 R\n/ID [<%x><%x>]\n>>\nstartxref\n%d\n%%%%EOF\n", root, info, id[:16], id[:16], table+len(entries))
	return out.Bytes(), nil
}
