package paper

// Version is the newest version of the layout rules. A Document keeps the
// version it was made with, so that a later change of the rules cannot move what
// stands on an issued paper.
const Version = 1

// What Line.Kind says.
const (
	KindItem     = "item" // also when nothing is said
	KindTitle    = "title"
	KindSubtotal = "subtotal"
	KindComment  = "comment"
)

// What Document.Paper says.
const (
	A4     = "a4"
	Letter = "letter"
)

// Document is one letter, complete in itself. Amounts, prices, quantities and
// rates are decimal text with a point, such as "1234.50"; texts are final and in
// the document's language. Empty parts are left out on paper.
type Document struct {
	Layout     int         `json:"layout"`              // version of the rules; 0 is the newest
	Language   string      `json:"language"`            // BCP 47, such as en, en-US, de-AT
	Country    string      `json:"country,omitempty"`   // ISO 3166 of the sender; decides the paper when Paper is empty
	Paper      string      `json:"paper,omitempty"`     // a4 or letter
	Currency   string      `json:"currency,omitempty"`  // ISO 4217
	Date       string      `json:"date,omitempty"`      // day of the document as YYYY-MM-DD; also the PDF's creation date
	Letterhead Letterhead  `json:"letterhead"`          //
	Recipient  []string    `json:"recipient,omitempty"` // postal address, one line each; the first is set bold
	Meta       []Pair      `json:"meta,omitempty"`      // the card beside the address
	Title      string      `json:"title,omitempty"`     // what it is; empty is "Quotation"
	Number     string      `json:"number,omitempty"`    // follows the title in the running head and the file's title
	Subject    string      `json:"subject,omitempty"`   // what it is about, beside the title
	Intro      string      `json:"intro,omitempty"`     // between title and table
	TaxName    string      `json:"taxName,omitempty"`   // such as GST; empty is "VAT"
	Lines      []Line      `json:"lines,omitempty"`     // the table
	Totals     *Totals     `json:"totals,omitempty"`    //
	Terms      string      `json:"terms,omitempty"`     // lines that begin with "- " or "• " become a list
	Closing    string      `json:"closing,omitempty"`   // the end of the letter
	Acceptance *Acceptance `json:"acceptance,omitempty"`
	Watermark  string      `json:"watermark,omitempty"` // such as "Sample", across each page
}

// Letterhead is the sender's paper.
type Letterhead struct {
	Name      string     `json:"name,omitempty"`
	Slogan    string     `json:"slogan,omitempty"`
	Sender    string     `json:"sender,omitempty"`    // one small line above the address, for the post to return it
	Footer    [][]string `json:"footer,omitempty"`    // columns of lines
	Accent    string     `json:"accent,omitempty"`    // #rrggbb
	Logo      []byte     `json:"logo,omitempty"`      // PNG or JPEG
	LogoAlone bool       `json:"logoAlone,omitempty"` // the logo contains the name, which is not set beside it
}

// Pair is a label with its value.
type Pair struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Line is one row of the table.
type Line struct {
	Kind     string    `json:"kind,omitempty"`
	Number   string    `json:"number,omitempty"` // position, such as 1.2; see Numbered
	Text     string    `json:"text,omitempty"`   // an item's first line is set bold, the further ones grey
	Quantity string    `json:"quantity,omitempty"`
	Unit     string    `json:"unit,omitempty"`
	Price    string    `json:"price,omitempty"` // of one unit
	Discount *Discount `json:"discount,omitempty"`
	Tax      string    `json:"tax,omitempty"` // rate in percent
	Amount   string    `json:"amount,omitempty"`
	Optional bool      `json:"optional,omitempty"` // offered, not part of the sums
}

// Discount is a percent or an amount, not both.
type Discount struct {
	Percent string `json:"percent,omitempty"`
	Amount  string `json:"amount,omitempty"`
}

// Totals are what stands below the table. What is empty or zero and says nothing
// new (no discount, nothing prepaid) is left out.
type Totals struct {
	Subtotal        string    `json:"subtotal,omitempty"`
	Discount        string    `json:"discount,omitempty"` // as a positive amount
	DiscountPercent string    `json:"discountPercent,omitempty"`
	Inclusive       bool      `json:"inclusive,omitempty"` // amounts of lines, subtotal and discount have tax in them
	Net             string    `json:"net,omitempty"`
	Taxes           []Tax     `json:"taxes,omitempty"`
	Gross           string    `json:"gross,omitempty"`
	Rounding        string    `json:"rounding,omitempty"`
	Prepaid         []Prepaid `json:"prepaid,omitempty"`
	Payable         string    `json:"payable,omitempty"`
	Optional        string    `json:"optional,omitempty"` // what all optional lines would add
}

// Tax is one group of the totals.
type Tax struct {
	Rate   string    `json:"rate"` // percent
	Base   string    `json:"base"`
	Amount string    `json:"amount"`
	Reason string    `json:"reason,omitempty"` // why there is none; printed as a note
	Parts  []TaxPart `json:"parts,omitempty"`
}

// TaxPart is a named part of a rate and of its tax.
type TaxPart struct {
	Name   string `json:"name"`
	Rate   string `json:"rate"`
	Amount string `json:"amount"`
}

// Prepaid is what was paid before and is deducted, as a positive amount.
type Prepaid struct {
	Number string `json:"number,omitempty"` // of the invoice that was paid
	Amount string `json:"amount"`
}

// Acceptance is the box to sign and send back. Optional lines with a number get
// a box to tick.
type Acceptance struct {
	Title string `json:"title,omitempty"` // empty is "Acceptance"
	Text  string `json:"text,omitempty"`
}
