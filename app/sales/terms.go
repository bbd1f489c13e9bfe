package sales

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
)

const (
	maxLines       = 10_000
	quantityDigits = 4
	priceDigits    = 6
	percentDigits  = 4

	// hundredPercent is 100 % with percentDigits.
	hundredPercent = 100_0000

	// most bounds the amounts of all lines together, what was prepaid, and the
	// step of cash rounding. Gross is at most twice the amounts, so that every
	// sum of these fits an int64.
	most = math.MaxInt64 / 4

	// maxFaults is how many mistakes are told at once.
	maxFaults = 50
)

// terms are a document read into numbers: amounts in the currency's smallest
// unit, percents scaled by percentDigits.
type terms struct {
	currency string
	gross    bool // prices have tax in them
	byLine   bool // tax is rounded on every line
	step     int64
	prepaid  int64
	discount discount
	items    []item // the lines that have an amount
}

// item is a line that has an amount.
type item struct {
	line     int // its place in the document
	amount   int64
	optional bool
	tax      rate
}

// rate is what a line says about tax.
type rate struct {
	category string
	percent  int64
	reason   string
	parts    []part
}

// part is a named part of a rate.
type part struct {
	name    string
	percent int64
}

// discount is a percent or an amount.
type discount struct {
	by    string // percent, amount, or nothing at all
	value int64
}

const (
	byPercent = "percent"
	byAmount  = "amount"
)

// reader reads the numbers of a document and collects what is wrong with them.
type reader struct {
	currency string
	digits   int
	line     int // where it reads, or onDocument
	faults   []error
}

const onDocument = -1

// readTerms reads a document, or says everything that is wrong with its fields.
func readTerms(doc Document) (terms, error) {
	if doc.Currency == "" {
		return terms{}, fault.Invalid("currency", "sales.required", nil)
	}
	digits, err := money.DigitsOf(doc.Currency)
	if err != nil {
		return terms{}, fault.Of(err).At("currency")
	}
	if len(doc.Lines) > maxLines {
		return terms{}, fault.Invalid("lines", "sales.tooManyLines",
			fault.Params{"count": len(doc.Lines), "max": maxLines})
	}
	r := &reader{currency: doc.Currency, digits: digits, line: onDocument}
	t := terms{
		currency: doc.Currency,
		gross:    r.choice("prices", doc.Prices, Net, Gross) == Gross,
		byLine:   r.choice("rounding", doc.Rounding, ByDocument, ByLine) == ByLine,
		step:     r.step(doc.CashRounding),
		prepaid:  r.prepaid(doc.Prepaid),
		discount: r.discount(doc.Discount),
		items:    make([]item, 0, len(doc.Lines)),
	}
	var together int64
	for i, l := range doc.Lines {
		if len(r.faults) == maxFaults {
			break
		}
		r.line = i
		if r.choice("kind", l.Kind, KindItem, KindTitle, KindSubtotal, KindComment) != KindItem {
			continue
		}
		it := item{line: i, amount: r.lineAmount(l), optional: l.Optional, tax: r.tax(l.Tax)}
		if together += size(it.amount); together > most {
			r.refuse("price", "money.tooLarge", nil)
			break
		}
		t.items = append(t.items, it)
	}
	return t, errors.Join(r.faults...)
}

// size is an amount without its sign, and never more than can still be added to
// others of its like without an overflow.
func size(amount int64) int64 {
	if amount < -most || amount > most {
		return most + 1
	}
	return max(amount, -amount)
}

// lineAmount is quantity × price less the discount, rounded once.
func (r *reader) lineAmount(l Line) int64 {
	faults := len(r.faults)
	quantity := r.exact("quantity", l.Quantity, quantityDigits)
	price := r.exact("price", l.Price, priceDigits)
	d := r.discount(l.Discount)
	if len(r.faults) > faults {
		return 0
	}
	total := quantity.Mul(price)
	switch d.by {
	case byPercent:
		total = total.Mul(decimal.New(hundredPercent-d.value, -percentDigits-2))
	case byAmount:
		off := decimal.New(d.value, -int32(r.digits))
		if off.GreaterThan(total) {
			r.refuse("discount.amount", "sales.discountAboveLine", fault.Params{"max": total.String()})
			return 0
		}
		total = total.Sub(off)
	}
	amount, err := money.RoundChecked(total, r.digits)
	r.refuseError("price", err)
	return amount
}

// discount reads a percent within 0-100 or an amount that is not negative.
func (r *reader) discount(d *Discount) discount {
	switch {
	case d == nil || *d == Discount{}:
		return discount{}
	case d.Percent != "" && d.Amount != "":
		r.refuse("discount", "sales.discountTwice", nil)
	case d.Percent != "":
		return discount{byPercent, r.percent("discount.percent", d.Percent)}
	default:
		amount := r.amount("discount.amount", d.Amount)
		if amount < 0 {
			r.refuse("discount.amount", "sales.discountNegative", nil)
		}
		return discount{byAmount, amount}
	}
	return discount{}
}

func (r *reader) step(n Number) int64 {
	if n == "" {
		return 0
	}
	step := r.amount("cashRounding", n)
	if step < 0 {
		r.refuse("cashRounding", "sales.stepNegative", nil)
	} else if step > most {
		r.refuse("cashRounding", "money.tooLarge", nil)
	}
	return step
}

func (r *reader) prepaid(all []Prepaid) int64 {
	var sum, together int64
	for i, p := range all {
		field := "prepaid[" + strconv.Itoa(i) + "].amount"
		amount := r.amount(field, p.Amount)
		if together += size(amount); together > most {
			r.refuse(field, "money.tooLarge", nil)
			break
		}
		sum += amount
	}
	return sum
}

// categories of EN 16931, and whether each needs a reason.
var categories = map[string]bool{
	"S": false, "Z": false, "E": true, "AE": true, "K": true, "G": true, "O": true,
}

func (r *reader) tax(t *Tax) rate {
	if t == nil {
		r.refuse("tax", "sales.required", nil)
		return rate{}
	}
	rateField := "tax.rate"
	if t.alone {
		rateField = "tax"
	}
	needsReason, known := categories[t.Category]
	if !known && t.Category != "" {
		r.refuse("tax.category", "sales.unknownChoice",
			fault.Params{"choices": "S, Z, E, AE, K, G, O"})
		return rate{}
	}
	faults := len(r.faults)
	parts, whole := r.parts(t.Parts)
	read := rate{category: t.Category, reason: t.Reason, parts: parts}
	switch zero := known && t.Category != "S"; {
	case t.Rate != "":
		read.percent = r.percent(rateField, t.Rate)
	case len(parts) > 0:
		read.percent = whole
	case !zero:
		r.refuse(rateField, "sales.required", nil)
	}
	if len(r.faults) > faults {
		return rate{}
	}
	if read.category == "" {
		read.category = "S"
		if read.percent == 0 {
			read.category = "Z"
		}
	}
	if read.category != "S" && read.percent != 0 {
		r.refuse(rateField, "sales.rateNotZero", fault.Params{"category": read.category})
	}
	if needsReason && strings.TrimSpace(t.Reason) == "" {
		r.refuse("tax.reason", "sales.reasonMissing", fault.Params{"category": read.category})
	}
	if len(parts) > 0 && whole != read.percent {
		r.refuse("tax.parts", "sales.partsDoNotAddUp", fault.Params{
			"rate": money.FormatScaled(read.percent, percentDigits),
			"sum":  money.FormatScaled(whole, percentDigits),
		})
	}
	return read
}

// parts reads the named parts of a rate and their sum.
func (r *reader) parts(named []TaxPart) (parts []part, whole int64) {
	for i, p := range named {
		field := "tax.parts[" + strconv.Itoa(i) + "].rate"
		faults := len(r.faults)
		percent := r.percent(field, p.Rate)
		if whole += percent; whole > hundredPercent && len(r.faults) == faults {
			r.refuse(field, "sales.percentRange", nil)
		}
		if len(r.faults) > faults {
			return nil, 0
		}
		parts = append(parts, part{p.Name, percent})
	}
	return parts, whole
}

// choice reads one word of several; the first is meant when there is none.
func (r *reader) choice(field, value string, choices ...string) string {
	if value == "" {
		return choices[0]
	}
	if !slices.Contains(choices, value) {
		r.refuse(field, "sales.unknownChoice",
			fault.Params{"choices": strings.Join(choices, ", ")})
	}
	return value
}

func (r *reader) amount(field string, n Number) int64 { return r.scaled(field, n, r.digits) }

func (r *reader) percent(field string, n Number) int64 {
	percent := r.scaled(field, n, percentDigits)
	if percent < 0 || percent > hundredPercent {
		r.refuse(field, "sales.percentRange", nil)
		return 0
	}
	return percent
}

func (r *reader) scaled(field string, n Number, digits int) int64 {
	if n == "" {
		r.refuse(field, "sales.required", nil)
		return 0
	}
	v, err := money.ParseScaled(string(n), digits)
	r.refuseError(field, err)
	return v
}

// exact reads a number with the digits it has, up to so many, which leaves more
// room before the point than scaling every number to the most digits would.
func (r *reader) exact(field string, n Number, digits int) decimal.Decimal {
	_, fraction, _ := strings.Cut(string(n), ".")
	digits = min(digits, len(fraction))
	return decimal.New(r.scaled(field, n, digits), -int32(digits))
}

func (r *reader) refuseError(field string, err error) {
	if err != nil {
		f := fault.Of(err)
		r.refuse(field, f.Key, f.Params)
	}
}

// refuse notes a mistake in a field of the line or document being read.
func (r *reader) refuse(field, key string, params fault.Params) {
	if len(r.faults) == maxFaults {
		return
	}
	if r.line != onDocument {
		field = "lines[" + strconv.Itoa(r.line) + "]." + field
	}
	r.faults = append(r.faults, fault.Invalid(field, key, params))
}
