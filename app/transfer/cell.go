package transfer

import (
	"regexp"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"
	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"

	"kontor/app/kit/fault"
	"kontor/app/kit/money"
	"kontor/app/kit/sheet"
	"kontor/app/record"
)

// column is a mapped column, ready to read cells.
type column struct {
	*target
	number  int
	head    string // as problems name it
	reading string
	options map[string]string // choices met so far: text → option
	linked  *record.Kind      // of a whole list with links: the kind they lead to
}

// read is what a cell says: one value or, where a list takes them, several; and
// the currency that stood beside an amount.
type read struct {
	values   []any
	currency string
	warning  *fault.Error
}

// read brings a cell to what its field takes. What the field's own rules refuse
// is left to them.
func (c *column) read(env record.Env, cell sheet.Cell) (read, error) {
	if cell.Type == sheet.Error {
		return read{}, fault.Invalid("", "transfer.errorCell", fault.Params{"text": record.Shorten(cell.Value, 40)})
	}
	if c.id || c.title {
		return one(strings.TrimSpace(cell.Value)), nil
	}
	switch c.field.Type {
	case record.Date:
		_, day, err := c.moment(cell)
		return one(day), err
	case record.Instant:
		return c.instant(env, cell)
	case record.Number:
		home := ""
		if c.field.Currency != "" { // a unit price
			home = env.Currency
		}
		return c.figure(cell, c.field.Digits, home)
	case record.Money:
		return c.figure(cell, -1, env.Currency)
	case record.YesNo:
		if yes, ok := sheet.ParseBool(cell.Value); ok {
			return one(yes), nil
		}
		return one(cell.Value), nil
	case record.Choice:
		return one(c.option(cell.Value)), nil
	case record.LongText:
		return one(textOf(cell)), nil
	}
	if sheet.LostDigits(cell) && (cell.Type == sheet.Number || strings.Contains(cell.Text, "+")) {
		return read{}, fault.Invalid("", "transfer.lostDigits", fault.Params{"text": cell.Text})
	}
	text := textOf(cell)
	switch c.field.Type {
	case record.Email:
		return several(split(text, ";,\n")), nil
	case record.Phone:
		r := several(split(text, ";\n"))
		for _, v := range r.values {
			if number, _ := v.(string); !phone(env, number) {
				r.warning = fault.Invalid("", "transfer.phone", fault.Params{"text": record.Shorten(number, 40)})
			}
		}
		return r, nil
	case record.URL:
		return several(split(text, ";\n")), nil
	}
	return one(text), nil
}

func one(v any) read { return read{values: []any{v}} }

func several(texts []string) read {
	var r read
	for _, t := range texts {
		r.values = append(r.values, t)
	}
	return r
}

// split cuts a cell that holds several values. A comma or semicolon inside of
// brackets or quotes belongs to a name: "King, Ada" <ada@example.com>.
func split(text, separators string) []string {
	if !strings.ContainsAny(text, separators) || strings.ContainsAny(text, "<\"") {
		return []string{strings.TrimSpace(text)}
	}
	var parts []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// zeros matches a number format that shows leading zeros: 00000 for postcodes.
var zeros = regexp.MustCompile(`^0+$`)

// textOf is a cell as its text: numbers with the leading zeros they show.
func textOf(cell sheet.Cell) string {
	text := strings.TrimSpace(cell.Value)
	if cell.Type == sheet.Number && zeros.MatchString(cell.Format) && !strings.ContainsAny(text, "-.") {
		if missing := len(cell.Format) - len(text); missing > 0 {
			return strings.Repeat("0", missing) + text
		}
	}
	return text
}

// plainPhone matches what is no doubt a telephone number.
var plainPhone = regexp.MustCompile(`^(?:\+|00?)[1-9][0-9 ()/.\-]{6,16}$`)

// phone reports whether a text can be a telephone number.
func phone(env record.Env, text string) bool {
	if plainPhone.MatchString(text) {
		return true
	}
	n, err := phonenumbers.Parse(text, env.Country)
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

// moment reads a date, with its time of day if it has one.
func (c *column) moment(cell sheet.Cell) (sheet.Type, string, error) {
	kind, value, ok := cell.Type, cell.Value, true
	if kind != sheet.Date && kind != sheet.DateTime {
		if kind, value, ok = sheet.ParseDate(cell.Value, c.reading); !ok || cell.Type != sheet.Text && cell.Type != sheet.Number {
			return 0, "", fault.Invalid("", "record.date", fault.Params{"text": record.Shorten(cell.Text, 60)})
		}
	}
	return kind, value[:min(len(value), len(time.DateOnly))], nil
}

func (c *column) instant(env record.Env, cell sheet.Cell) (read, error) {
	// What programs export names its zone; what people type is in theirs.
	if t, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(cell.Text)); err == nil {
		return one(t.UnixMilli()), nil
	}
	kind, day, err := c.moment(cell)
	if err != nil {
		return read{}, err
	}
	layout, text := time.DateOnly, day
	if kind == sheet.DateTime {
		layout, text = "2006-01-02T15:04:05", cell.Value
		if cell.Type != sheet.DateTime {
			_, text, _ = sheet.ParseDate(cell.Value, c.reading)
		}
	}
	t, err := time.ParseInLocation(layout, text, env.Now.Location())
	if err != nil {
		return read{}, fault.Invalid("", "record.instant", fault.Params{"text": record.Shorten(cell.Text, 60)})
	}
	return one(t.UnixMilli()), nil
}

// figure reads a number. More decimals than the field has are rounded, half away
// from zero, with a warning: sheets compute amounts. Digits below zero are those
// of the currency; home is the workspace's, for what has a currency.
func (c *column) figure(cell sheet.Cell, digits int, home string) (read, error) {
	refuse := fault.Invalid("", "money.notNumber", fault.Params{"text": record.Shorten(cell.Text, 60)})
	var f sheet.Figure
	switch cell.Type {
	case sheet.Number:
		f = sheet.Figure{Value: cell.Value, Percent: cell.Percent(), Currency: formatCurrency(cell.Format)}
		if f.Percent {
			f.Value = shift(f.Value, 2)
		}
	case sheet.Text:
		var ok bool
		if f, ok = sheet.ParseNumber(cell.Value, c.reading); !ok {
			return read{}, refuse
		}
	default:
		return read{}, refuse
	}
	r := read{}
	if home != "" {
		if f.Percent {
			return read{}, refuse
		}
		var ok bool
		if r.currency, ok = currencyOf(f.Currency, home); !ok {
			return read{}, fault.Invalid("", "transfer.currencySign", fault.Params{"text": f.Currency})
		}
	}
	if digits < 0 {
		digits, _ = money.Digits(orElse(r.currency, home))
	}
	d, err := decimal.NewFromString(f.Value)
	if err != nil {
		return read{}, refuse
	}
	value := d.String()
	if rounded := d.Round(int32(digits)); !rounded.Equal(d) {
		value = rounded.String()
		r.warning = fault.Invalid("", "transfer.rounded", fault.Params{"text": f.Value, "value": value})
	}
	r.values = []any{value}
	return r, nil
}

func shift(value string, places int32) string {
	d, err := decimal.NewFromString(value)
	if err != nil {
		return value
	}
	return d.Shift(places).String()
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// inFormat finds the currency of a number format: [$EUR], [$€-407], "€", CHF.
var inFormat = regexp.MustCompile(`\[\$([^\]\-]+)(?:-[0-9A-Fa-f]+)?\]|"\s*([^"]+?)\s*"|([€£¥₺₹₽])`)

func formatCurrency(format string) string {
	for _, m := range inFormat.FindAllStringSubmatch(format, -1) {
		for _, sign := range m[1:] {
			if sign = strings.TrimSpace(sign); sign == "" {
				continue
			}
			if _, known := signs[sign]; known {
				return sign
			}
			if _, err := currency.ParseISO(sign); err == nil {
				return sign
			}
		}
	}
	return ""
}

// signs are those that stand for one currency; an empty one means one of
// several, of which the workspace's own is taken.
var signs = map[string]string{
	"€": "EUR", "£": "GBP", "₺": "TRY", "TL": "TRY", "₹": "INR", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
	"Fr.": "CHF", "Fr": "CHF", "SFr.": "CHF", "лв": "BGN", "лв.": "BGN", "грн": "UAH", "₴": "UAH", "lei": "RON", "R$": "BRL", "US$": "USD",
	"A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB",
	"$": "", "¥": "", "kr": "", "kr.": "",
}

// shared are the currencies that share a sign.
var shared = map[string][]string{
	"$": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"}, "¥": {"JPY", "CNY"}, "kr": {"SEK", "NOK", "DKK", "ISK"}, "kr.": {"DKK", "SEK", "NOK", "ISK"},
}

// currencyOf finds the code of a sign or code beside an amount; none is none.
func currencyOf(sign, home string) (string, bool) {
	code, known := signs[sign]
	switch {
	case sign == "":
		return "", true
	case code != "":
		return code, true
	case known:
		for _, candidate := range shared[sign] {
			if candidate == home {
				return home, true
			}
		}
		if sign == "$" {
			return "USD", true
		}
		return "", false
	}
	_, ok := money.Digits(strings.ToUpper(sign))
	return strings.ToUpper(sign), ok
}

// option finds what a cell of a choice means; what is none stays as it is and is
// refused by the field.
func (c *column) option(text string) string {
	if option, ok := c.options[text]; ok {
		return option
	}
	option, ok := optionOf(c.kind, c.field, text)
	if !ok {
		option = text
	}
	if len(c.options) < 100 {
		c.options[text] = option
	}
	return option
}
