package paper_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"

	"kontor/app/kit/paper"
)

// samples are papers as they are sent, and some that nobody hopes to send.
func samples(t testing.TB) map[string]paper.Document {
	return map[string]paper.Document{
		"short":     short(t),
		"fit-out":   fitOut(t),
		"german":    german(t),
		"yen":       yen(),
		"rates":     rates(t),
		"long-text": longText(t),
		"many":      many(t, 300),
		"letter":    usLetter(t),
		"wide":      wide(t),
		"bare":      {Language: "en"},
	}
}

// logo is a disc with two waves, on a transparent ground, made ready once.
var logo = sync.OnceValues(func() ([]byte, error) {
	const side = 240
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			dx, dy := float64(x)-side/2+0.5, float64(y)-side/2+0.5
			edge := side/2 - math.Hypot(dx, dy)
			if edge <= 0 {
				continue
			}
			wave := 18 * math.Sin(dx/side*2*math.Pi*1.2)
			c := color.NRGBA{0x0f, 0x5c, 0x5c, 0xff}
			switch {
			case dy > 8+wave && dy < 26+wave:
				c = color.NRGBA{0xff, 0xff, 0xff, 0xff}
			case dy >= 26+wave && dy < 60+wave:
				c = color.NRGBA{0xe8, 0xb0, 0x4b, 0xff}
			}
			c.A = uint8(min(1, edge) * 255)
			img.SetNRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return paper.Logo(b.Bytes())
})

func northwind(t testing.TB) paper.Letterhead {
	t.Helper()
	picture, err := logo()
	if err != nil {
		t.Fatal(err)
	}
	return paper.Letterhead{
		Name: "Northwind Interiors", Slogan: "Workspaces planned, built and cared for",
		Sender: "Northwind Interiors GmbH · Hafenstraße 12 · 20457 Hamburg",
		Accent: "#0f5c5c", Logo: picture,
		Footer: [][]string{
			{"Northwind Interiors GmbH", "Hafenstraße 12, 20457 Hamburg", "Germany"},
			{"+49 40 5550 170", "sales@northwind.example", "www.northwind.example"},
			{"IBAN DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX", "Commerzbank"},
			{"VAT ID DE123456789", "HRB 98765, AG Hamburg", "Managing director: Jörg Ağaoğlu"},
		},
	}
}

func percent(p string) *paper.Discount { return &paper.Discount{Percent: p} }

func short(t testing.TB) paper.Document {
	return paper.Document{
		Language: "en", Country: "DE", Currency: "EUR", Date: "2026-11-21", Letterhead: northwind(t),
		Recipient: []string{"Harbour Books", "Mr Tom Achterberg", "3 Quay Street", "Bristol BS1 4DJ", "United Kingdom"},
		Meta:      []paper.Pair{{"Quotation no.", "Q-2026-0190"}, {"Date", "21 November 2026"}, {"Valid until", "21 December 2026"}, {"Your contact", "Łukasz Wójcik"}},
		Number:    "Q-2026-0190", Subject: "Reading corner",
		Intro: "Dear Mr Achterberg,\nthank you for your enquiry. We are glad to offer:",
		Lines: paper.Numbered([]paper.Line{
			{Text: "Armchair “Fjord”\nWool, colour Ljusgrå, oak legs", Quantity: "4", Unit: "pcs", Price: "389.00", Tax: "20", Amount: "1556.00"},
			{Text: "Reading lamp", Quantity: "4", Unit: "pcs", Price: "74.50", Discount: percent("10"), Tax: "20", Amount: "268.20"},
			{Text: "Delivery and assembly", Quantity: "1", Unit: "flat", Price: "120.00", Tax: "20", Amount: "120.00"},
		}),
		Totals: &paper.Totals{
			Subtotal: "1944.20", Discount: "0.00", Net: "1944.20",
			Taxes: []paper.Tax{{Rate: "20", Base: "1944.20", Amount: "388.84"}}, Gross: "2333.04", Rounding: "0.00", Payable: "2333.04",
		},
		Terms:   "- Payment within 14 days net.\n- Prices hold until the validity date.",
		Closing: "We look forward to hearing from you.\n\nKind regards\nŁukasz Wójcik",
	}
}

func fitOut(t testing.TB) paper.Document {
	d := short(t)
	d.Recipient = []string{"Brightwater Design Studio Ltd", "Ms Zoë Nguyễn", "14 Canal Walk", "Manchester M1 5GD", "United Kingdom"}
	d.Meta = []paper.Pair{
		{"Quotation no.", "Q-2026-0187"},
		{"Revision", "2 (replaces 12 Nov 2026)"},
		{"Date", "21 November 2026"},
		{"Valid until", "21 December 2026"},
		{"Customer no.", "C-10482"},
		{"Your contact", "Łukasz Wójcik"},
		{"Delivery", "4–6 weeks from order"},
	}
	d.Number, d.Subject = "Q-2026-0187 · Rev. 2", "Studio fit-out, 2nd floor"
	d.Intro = "Dear Ms Nguyễn,\nthank you for the visit last week. Below is our revised offer: the acoustic panels now follow the lighter palette you chose, and the meeting room is priced as an option so that you can decide later."
	d.Lines = paper.Numbered([]paper.Line{
		{Kind: paper.KindTitle, Text: "Open work area"},
		{Text: "Sit-stand desk “Havn 160”\n160 × 80 cm, oak linoleum top, memory handset, cable tray; colour RAL 7021", Quantity: "12", Unit: "pcs", Price: "649.00", Discount: percent("10"), Tax: "20", Amount: "7009.20"},
		{Text: "Acoustic panel set “Fjäll”\nRecycled PET felt, 60 × 240 cm, colour Ljusgrå, including rail and fixings (αw = 0.85)", Quantity: "18.5", Unit: "m²", Price: "118.50", Tax: "20", Amount: "2192.25"},
		{Text: "Desk power upgrade\n2 × USB-C 65 W and 1 × UK socket per desk", Quantity: "12", Unit: "pcs", Price: "89.00", Tax: "20", Amount: "1068.00", Optional: true},
		{Kind: paper.KindSubtotal, Text: "Subtotal open work area", Amount: "9201.45"},
		{Kind: paper.KindTitle, Text: "Meeting and library"},
		{Text: "Library bundle\nSold as a set; parts cannot be returned singly", Quantity: "1", Unit: "set", Price: "4280.00", Discount: percent("5"), Tax: "20", Amount: "4066.00"},
		{Text: "Meeting table “Rund 140”\nSolid oak, seats six, with concealed cable well", Quantity: "1", Unit: "pcs", Price: "1890.00", Tax: "20", Amount: "1890.00", Optional: true},
		{Text: "Reference books on ergonomics\nZero-rated printed matter", Quantity: "25", Unit: "pcs", Price: "24.95", Tax: "0", Amount: "623.75"},
		{Kind: paper.KindTitle, Text: "Services"},
		{Kind: paper.KindComment, Text: "All work is done outside office hours; the lift must be free from 18:00."},
		{Text: "Dismantling and recycling of the old fit-out\nIncluding transport and disposal certificates (EWC 17 02 01, 20 03 07)", Quantity: "1", Unit: "flat", Price: "640.00", Tax: "20", Amount: "640.00"},
		{Text: "Delivery, assembly and removal of packaging", Quantity: "1", Unit: "flat", Price: "980.00", Tax: "20", Amount: "980.00"},
		{Text: "Interior planning\nDrawings, sample board and one on-site review", Quantity: "14.5", Unit: "h", Price: "96.00", Tax: "20", Amount: "1392.00"},
	})
	d.Totals = &paper.Totals{
		Subtotal: "16903.20", Discount: "507.10", DiscountPercent: "3", Net: "16396.10",
		Taxes: []paper.Tax{
			{Rate: "20", Base: "15791.06", Amount: "3158.21"},
			{Rate: "0", Base: "605.04", Amount: "0.00", Reason: "Printed matter is zero-rated (VAT Notice 701/10)."},
		},
		Gross: "19554.31", Rounding: "0.00", Payable: "19554.31", Optional: "2958.00",
	}
	d.Terms = "- Payment: 30 % with order, 60 % on delivery, 10 % after acceptance; each due within 14 days net.\n" +
		"- Delivery: DAP Manchester (Incoterms® 2020). Lead time starts once the deposit and the approved drawings are in.\n" +
		"- Optional items are not part of the total. Tell us the item numbers to add them; the prices hold until the validity date.\n" +
		"- Our General Terms of Sale (edition 2026-01, attached) apply. Prices exclude changes to the building's electrical supply."
	d.Closing = ""
	d.Acceptance = &paper.Acceptance{Text: "We accept quotation Q-2026-0187, revision 2, for a total of EUR\u00a019,554.31 including VAT."}
	return d
}

func german(t testing.TB) paper.Document {
	d := short(t)
	d.Language = "de"
	d.Letterhead.Accent = "#e8b04b" // light: dark text on it
	d.Recipient = []string{"Gemeinnützige Wohnungsbaugenossenschaft Süderelbe eG", "Abteilung Instandhaltung", "Frau Dr. Änne Großkreuz", "Straße des 17. Juni 135", "21073 Hamburg"}
	d.Meta = []paper.Pair{{"Angebotsnummer", "A-2026-0042"}, {"Datum", "21. November 2026"}, {"Gültig bis", "21. Dezember 2026"}, {"Kundennummer", "10482"}}
	d.Number, d.Subject = "A-2026-0042", "Umbau des Empfangsbereichs mit Wartezone und barrierefreiem Zugang"
	d.Intro = "Sehr geehrte Frau Dr. Großkreuz,\nvielen Dank für Ihre Anfrage. Gern bieten wir Ihnen an:"
	d.Lines = paper.Numbered([]paper.Line{
		{Text: "Empfangstresen „Alster“\nEiche geölt, unterfahrbar nach DIN 18040-1", Quantity: "1", Unit: "Stück", Price: "4890.00", Tax: "19", Amount: "4890.00"},
		{Text: "Schallschutzplatten", Quantity: "37.125", Unit: "m²", Price: "48.9075", Discount: &paper.Discount{Amount: "15.69"}, Tax: "19", Amount: "1800.00"},
		{Text: "Fachbücher", Quantity: "3", Unit: "Stück", Price: "39.90", Tax: "7", Amount: "119.70"},
		{Text: "Innergemeinschaftliche Lieferung", Quantity: "1", Unit: "psch.", Price: "1000.00", Tax: "0", Amount: "1000.00"},
	})
	d.Totals = &paper.Totals{
		Subtotal: "7809.70", Net: "7809.70",
		Taxes: []paper.Tax{
			{Rate: "19", Base: "6690.00", Amount: "1271.10"},
			{Rate: "7", Base: "119.70", Amount: "8.38"},
			{Rate: "0", Base: "1000.00", Amount: "0.00", Reason: "Steuerfreie innergemeinschaftliche Lieferung (§ 4 Nr. 1 Buchst. b UStG)."},
		},
		Gross: "9089.18", Rounding: "0.02", Prepaid: []paper.Prepaid{{Number: "RE-2026-0007", Amount: "500.00"}}, Payable: "8589.20",
	}
	d.Terms = "Zahlbar innerhalb von 14 Tagen ohne Abzug."
	d.Closing = "Wir freuen uns auf Ihren Auftrag.\n\nMit freundlichen Grüßen\nŁukasz Wójcik"
	d.Acceptance = &paper.Acceptance{}
	d.Watermark = "Muster"
	return d
}

// yen has no digits behind the point, no logo and no tax column.
func yen() paper.Document {
	return paper.Document{
		Language: "en", Country: "JP", Currency: "JPY", Date: "2026-11-21",
		Letterhead: paper.Letterhead{Name: "Kitano Trading K.K.", Accent: "#7a1f3d", Sender: "Kitano Trading K.K., 2-4-1 Kitano-cho, Chuo-ku, Kobe"},
		Recipient:  []string{"Lumen Optics Inc."},
		Number:     "2026-31",
		Lines: paper.Numbered([]paper.Line{
			{Text: "Lens blank BK7, ø 50 mm", Quantity: "1200", Price: "8450", Amount: "10140000"},
			{Text: "Customs and freight", Quantity: "1", Price: "184000", Amount: "184000"},
		}),
		Totals: &paper.Totals{Gross: "10324000", Payable: "10324000"},
	}
}

func rates(t testing.TB) paper.Document {
	d := short(t)
	d.Totals = &paper.Totals{Subtotal: "12000.00", Discount: "0", Net: "12000.00", Gross: "13440.00", Payable: "13440.00"}
	d.Lines = nil
	for i := range 12 {
		rate := fmt.Sprint(23 - 2*i)
		if i == 11 {
			rate = "0"
		}
		d.Lines = append(d.Lines, paper.Line{Text: "Goods at rate " + rate, Quantity: "1", Price: "1000.00", Tax: rate, Amount: "1000.00"})
		tax := paper.Tax{Rate: rate, Base: "1000.00", Amount: fmt.Sprintf("%d.00", 10*(23-2*i))}
		if i > 9 {
			tax.Reason = "Exempt under article 135 (1) (j) of directive 2006/112/EC, supply of a building and of the land on which it stands."
		}
		if i == 0 {
			tax.Parts = []paper.TaxPart{{Name: "State", Rate: "15", Amount: "150.00"}, {Name: "City", Rate: "8", Amount: "80.00"}}
		}
		d.Totals.Taxes = append(d.Totals.Taxes, tax)
	}
	d.Lines = paper.Numbered(d.Lines)
	return d
}

func longText(t testing.TB) paper.Document {
	d := short(t)
	d.Subject = "A subject so long that it cannot stand beside the title and therefore goes below it, where it takes two lines of its own"
	sentence := "The supplier installs, tests and hands over the equipment at the agreed place, with Donaudampfschifffahrtsgesellschaftskapitänsmützen and self-adhesive/removable labels. "
	d.Intro = strings.Repeat(sentence, 6)
	d.Lines[0].Text = "One line that is taller than a page\n" + strings.Repeat(sentence+"\n", 90)
	d.Lines[1].Text = strings.Repeat("Reading lamp with a very long name ", 5)
	d.Lines[1].Optional = true
	d.Terms = strings.Repeat("- "+strings.Repeat(sentence, 2)+"\n", 16)
	return d
}

func many(t testing.TB, n int) paper.Document {
	d := short(t)
	d.Lines = nil
	for i := range n {
		if i%25 == 0 {
			d.Lines = append(d.Lines, paper.Line{Kind: paper.KindTitle, Text: fmt.Sprintf("Shelf %d", i/25+1)})
		}
		l := paper.Line{Text: fmt.Sprintf("Part %04d", i+1), Quantity: "2.25", Unit: "pcs", Price: "10.00", Tax: "20", Amount: "22.50"}
		if i%3 == 0 {
			l.Text += "\nGalvanised, with two screws and a plate"
		}
		d.Lines = append(d.Lines, l)
	}
	d.Lines = paper.Numbered(d.Lines)
	return d
}

func usLetter(t testing.TB) paper.Document {
	d := short(t)
	d.Language, d.Country, d.Currency, d.TaxName = "en-US", "US", "USD", "Sales tax"
	d.Letterhead.Accent = "#1f4e9c"
	d.Totals.Inclusive, d.Totals.Discount, d.Totals.DiscountPercent = true, "19.44", "1"
	d.Acceptance = &paper.Acceptance{Text: "We accept this quotation."}
	d.Watermark = "Draft"
	return d
}

// wide has the longest numbers there can be, and long words in small places.
func wide(t testing.TB) paper.Document {
	d := short(t)
	d.Letterhead.Name = "Gesellschaft für internationale Innenraumgestaltung und Objekteinrichtung mbH & Co. KG"
	d.Letterhead.Accent = "#404040"
	d.Meta = append(d.Meta, paper.Pair{Label: "Auftragsbezogene Bestellnummer", Value: "a value that needs more than a single line of the card, and then some"})
	const most = "92233720368547758.07"
	d.Lines = paper.Numbered([]paper.Line{
		{Text: "The largest amount", Quantity: "922337203685477.5807", Unit: "running metres of cable", Price: "9223372036854.775807", Discount: percent("12.3456"), Tax: "19.1234", Amount: most},
		{Text: "Taken away again", Quantity: "-1", Unit: "pcs", Price: most, Tax: "20", Amount: "-" + most},
		{Text: "One", Number: "A very long position", Quantity: "1", Unit: "pcs", Price: "1.00", Tax: "20", Amount: "1.00"},
	})
	d.Totals = &paper.Totals{Net: most, Taxes: []paper.Tax{{Rate: "19.1234", Base: most, Amount: most}}, Gross: most, Rounding: "-0.02", Payable: most}
	return d
}
