package sales

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// What Document.Prices says: whether prices and amounts have tax in them.
const (
	Net   = "net" // also when nothing is said
	Gross = "gross"
)

// What Document.Rounding says: whether tax is rounded on the sum of each tax
// group or on every line.
const (
	ByDocument = "document" // also when nothing is said
	ByLine     = "line"
)

// What Line.Kind says.
const (
	KindItem     = "item" // also when nothing is said
	KindTitle    = "title"
	KindSubtotal = "subtotal"
	KindComment  = "comment"
)

// Document is what is to be priced. Numbers are decimal text with a point.
type Document struct {
	Currency     string    `json:"currency,omitempty"` // ISO 4217
	Prices       string    `json:"prices,omitempty"`
	Rounding     string    `json:"rounding,omitempty"`
	CashRounding Number    `json:"cashRounding,omitempty"` // the smallest coin, such as 0.05
	Discount     *Discount `json:"discount,omitempty"`
	Prepaid      []Prepaid `json:"prepaid,omitempty"`
	Lines        []Line    `json:"lines"`
}

// Line is one line of a document, in the order they stand.
type Line struct {
	Kind     string    `json:"kind,omitempty"`
	Text     string    `json:"text,omitempty"`
	Quantity Number    `json:"quantity,omitempty"`
	Unit     string    `json:"unit,omitempty"`
	Price    Number    `json:"price,omitempty"` // of one unit
	Discount *Discount `json:"discount,omitempty"`
	Optional bool      `json:"optional,omitempty"`
	Tax      *Tax      `json:"tax,omitempty"`
}

// Discount is a percent or an amount, not both.
type Discount struct {
	Percent Number `json:"percent,omitempty"`
	Amount  Number `json:"amount,omitempty"`
}

// Prepaid is an invoice that was paid before and is deducted from this one.
type Prepaid struct {
	Number string `json:"number,omitempty"`
	Amount Number `json:"amount"`
}

// Tax is the tax on a line. In JSON it may be the rate alone, "20", or an object.
type Tax struct {
	Rate     Number    `json:"rate,omitempty"` // percent
	Category string    `json:"category,omitempty"`
	Reason   string    `json:"reason,omitempty"` // why there is none, for the reader of the document
	Parts    []TaxPart `json:"parts,omitempty"`

	alone bool // given as the rate alone, so that a fault names the field that was written
}

// TaxPart is a named part of a rate, such as the state's.
type TaxPart struct {
	Name string `json:"name"`
	Rate Number `json:"rate"`
}

// Figures are what a document comes to. All amounts are decimal text with the
// digits of the document's currency.
type Figures struct {
	Lines    []*LineFigures  `json:"lines"`    // one for each line, null where it is no item
	Subtotal string          `json:"subtotal"` // with tax in it when prices are gross, as is Discount
	Discount string          `json:"discount"`
	Net      string          `json:"net"`
	Taxes    []TaxFigures    `json:"taxes"` // from high rate to low, then by first line
	Tax      string          `json:"tax"`
	Gross    string          `json:"gross"`
	Rounding string          `json:"rounding"` // what cash rounding adds or takes
	Prepaid  string          `json:"prepaid"`
	Payable  string          `json:"payable"`
	Optional OptionalFigures `json:"optional"`
}

// LineFigures are what one item comes to.
type LineFigures struct {
	Amount string `json:"amount"`
}

// TaxFigures are what all lines with one category, rate and reason come to.
type TaxFigures struct {
	Category string        `json:"category"`
	Rate     string        `json:"rate"`
	Reason   string        `json:"reason"`
	Base     string        `json:"base"`
	Amount   string        `json:"amount"`
	Parts    []PartFigures `json:"parts"`
}

// PartFigures are a named part of a rate and its part of the tax.
type PartFigures struct {
	Name   string `json:"name"`
	Rate   string `json:"rate"`
	Amount string `json:"amount"`
}

// OptionalFigures are what the optional lines would come to if all were taken.
type OptionalFigures struct {
	Net   string `json:"net"`
	Tax   string `json:"tax"`
	Gross string `json:"gross"`
}

// Number is a decimal number as text. Empty text is no number.
type Number string

// UnmarshalJSON takes text as it stands, and a JSON number by its digits, never
// by way of a float.
func (n *Number) UnmarshalJSON(data []byte) error {
	var text string
	switch first := data[0]; {
	case first == '"':
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	case first == '-', '0' <= first && first <= '9':
		text = withoutExponent(string(data))
	case string(data) != "null":
		return fmt.Errorf("number from %.20s", data)
	}
	*n = Number(text)
	return nil
}

// withoutExponent writes 1e2 as 100, since some programs write their numbers so.
// Longer ones than any number of a document stay as they are, to be refused.
func withoutExponent(text string) string {
	const longest = 64
	if len(text) > longest || !strings.ContainsAny(text, "eE") {
		return text
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > longest {
		return text
	}
	return d.String()
}

// UnmarshalJSON takes an object, or the rate alone.
func (t *Tax) UnmarshalJSON(data []byte) error {
	if data = bytes.TrimSpace(data); data[0] != '{' {
		*t = Tax{alone: true}
		return t.Rate.UnmarshalJSON(data)
	}
	type object Tax // without this method
	return json.Unmarshal(data, (*object)(t))
}

// MarshalJSON writes the rate alone where it was given so.
func (t Tax) MarshalJSON() ([]byte, error) {
	if t.alone {
		return json.Marshal(t.Rate)
	}
	type object Tax
	return json.Marshal(object(t))
}
