package sales_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/fault"
	"kontor/app/sales"
)

// price decodes and prices a document, which is EUR unless it says otherwise.
func price(document string) (sales.Figures, error) {
	doc, err := sales.DecodeDocument(strings.NewReader(document))
	if err != nil {
		return sales.Figures{}, err
	}
	if doc.Currency == "" {
		doc.Currency = "EUR"
	}
	return sales.Price(doc)
}

// brief writes figures in one line: line amounts, totals, groups.
func brief(f sales.Figures) string {
	var b strings.Builder
	for _, l := range f.Lines {
		if l == nil {
			b.WriteString("- ")
			continue
		}
		b.WriteString(l.Amount + " ")
	}
	fmt.Fprintf(&b, "= %s - %s | %s + %s = %s", f.Subtotal, f.Discount, f.Net, f.Tax, f.Gross)
	for _, t := range f.Taxes {
		fmt.Fprintf(&b, " | %s %s: %s + %s", t.Category, t.Rate, t.Base, t.Amount)
		for _, p := range t.Parts {
			fmt.Fprintf(&b, " %s %s", p.Name, p.Amount)
		}
	}
	return b.String()
}

// line is one item, with what else is to be said of it in JSON.
func line(quantity, price, tax string, more ...string) string {
	return fmt.Sprintf(`{"quantity":%q,"price":%q,"tax":%q%s}`, quantity, price, tax, strings.Join(more, ""))
}

func lines(all ...string) string { return `"lines":[` + strings.Join(all, ",") + `]` }

func times(n int, line string) string { return strings.TrimSuffix(strings.Repeat(line+",", n), ",") }

func TestPrice(t *testing.T) {
	const exempt = `{"rate":"0","category":"E","reason":"§ 19 UStG"}`
	for _, c := range []struct{ name, document, want string }{
		{
			"a discount on a line", lines(line("12", "649.00", "20", `,"discount":{"percent":"10"}`)),
			"7009.20 = 7009.20 - 0.00 | 7009.20 + 1401.84 = 8411.04 | S 20: 7009.20 + 1401.84",
		},
		{"nothing", lines(), "= 0.00 - 0.00 | 0.00 + 0.00 = 0.00"},

		{
			"tax rounded on the total", lines(times(10, line("1", "0.33", "19"))),
			times10("0.33") + "= 3.30 - 0.00 | 3.30 + 0.63 = 3.93 | S 19: 3.30 + 0.63",
		},
		{
			"tax rounded by line", `"rounding":"line",` + lines(times(10, line("1", "0.33", "19"))),
			times10("0.33") + "= 3.30 - 0.00 | 3.30 + 0.60 = 3.90 | S 19: 3.30 + 0.60",
		},
		{
			"three times 10.01 on the total", lines(times(3, line("1", "10.01", "20"))),
			"10.01 10.01 10.01 = 30.03 - 0.00 | 30.03 + 6.01 = 36.04 | S 20: 30.03 + 6.01",
		},
		{
			"three times 10.01 by line", `"rounding":"line",` + lines(times(3, line("1", "10.01", "20"))),
			"10.01 10.01 10.01 = 30.03 - 0.00 | 30.03 + 6.00 = 36.03 | S 20: 30.03 + 6.00",
		},
		{
			"tax inside", `"prices":"gross",` + lines(line("1", "9.99", "19")),
			"9.99 = 9.99 - 0.00 | 8.39 + 1.60 = 9.99 | S 19: 8.39 + 1.60",
		},
		{
			"tax inside on the total", `"prices":"gross",` + lines(times(3, line("1", "0.99", "19"))),
			"0.99 0.99 0.99 = 2.97 - 0.00 | 2.50 + 0.47 = 2.97 | S 19: 2.50 + 0.47",
		},
		{
			"tax inside by line", `"prices":"gross","rounding":"line",` + lines(times(3, line("1", "0.99", "19"))),
			"0.99 0.99 0.99 = 2.97 - 0.00 | 2.49 + 0.48 = 2.97 | S 19: 2.49 + 0.48",
		},

		{
			"half away from zero", lines(line("1", "0.125", "0"), line("-1", "0.125", "0"), line("0.5", "0.01", "0")),
			"0.13 -0.13 0.01 = 0.01 - 0.00 | 0.01 + 0.00 = 0.01 | Z 0: 0.01 + 0.00",
		},
		{
			"rounded once", // 10.01 less 10 % would be 9.01, and 0.15 less 0.08 would be 0.07
			lines(line("1", "10.005", "0", `,"discount":{"percent":"10"}`), line("1", "0.15", "0", `,"discount":{"percent":"50"}`)),
			"9.00 0.08 = 9.08 - 0.00 | 9.08 + 0.00 = 9.08 | Z 0: 9.08 + 0.00",
		},
		{
			"a very small price", lines(line("12500.5", "0.000123", "20")),
			"1.54 = 1.54 - 0.00 | 1.54 + 0.31 = 1.85 | S 20: 1.54 + 0.31",
		},
		{
			"a line discount in money", lines(line("3", "33.335", "20", `,"discount":{"amount":"5.00"}`)),
			"95.01 = 95.01 - 0.00 | 95.01 + 19.00 = 114.01 | S 20: 95.01 + 19.00",
		},
		{
			"a line discount of all there is", lines(line("1", "0.005", "20", `,"discount":{"amount":"0.00"}`), line("2", "5", "20", `,"discount":{"amount":"10"}`)),
			"0.01 0.00 = 0.01 - 0.00 | 0.01 + 0.00 = 0.01 | S 20: 0.01 + 0.00",
		},
		{
			"all free", `"discount":{"percent":"10"},` + lines(line("1", "0", "20"), line("5", "10", "10", `,"discount":{"percent":"100"}`)),
			"0.00 0.00 = 0.00 - 0.00 | 0.00 + 0.00 = 0.00 | S 20: 0.00 + 0.00 | S 10: 0.00 + 0.00",
		},

		{
			"a discount in money stays what it is", `"discount":{"amount":"70000.00"},` + lines(line("1", "84000", "0")),
			"84000.00 = 84000.00 - 70000.00 | 14000.00 + 0.00 = 14000.00 | Z 0: 14000.00 + 0.00",
		},
		{
			"all of it off", `"discount":{"percent":"100"},` + lines(line("1", "10.01", "20"), line("1", "20.02", "10")),
			"10.01 20.02 = 30.03 - 30.03 | 0.00 + 0.00 = 0.00 | S 20: 0.00 + 0.00 | S 10: 0.00 + 0.00",
		},
		{
			"all of it off, in money", `"discount":{"amount":"30.03"},` + lines(line("1", "10.01", "20"), line("1", "20.02", "10")),
			"10.01 20.02 = 30.03 - 30.03 | 0.00 + 0.00 = 0.00 | S 20: 0.00 + 0.00 | S 10: 0.00 + 0.00",
		},
		{
			"hundred over three groups", `"discount":{"amount":"100.00"},` + lines(line("1", "100", "7"), line("1", "100", "19"), line("1", "100", "0")),
			"100.00 100.00 100.00 = 300.00 - 100.00 | 200.00 + 17.34 = 217.34 | S 19: 66.66 + 12.67 | S 7: 66.67 + 4.67 | Z 0: 66.67 + 0.00",
		},
		{
			"hundred over three lines", `"rounding":"line","discount":{"amount":"100.00"},` + lines(times(3, line("1", "100", "20"))),
			"100.00 100.00 100.00 = 300.00 - 100.00 | 200.00 + 39.99 = 239.99 | S 20: 200.00 + 39.99",
		},
		{
			"a tie goes to the larger amount", `"rounding":"line","discount":{"amount":"0.02"},` + lines(line("1", "0.01", "20"), line("1", "0.03", "20")),
			"0.01 0.03 = 0.04 - 0.02 | 0.02 + 0.00 = 0.02 | S 20: 0.02 + 0.00",
		},
		{
			"a tie between equal groups goes to the earlier", `"discount":{"amount":"0.01"},` + lines(`{"quantity":"1","price":"1","tax":`+exempt+`}`, line("1", "1", "0")),
			"1.00 1.00 = 2.00 - 0.01 | 1.99 + 0.00 = 1.99 | E 0: 0.99 + 0.00 | Z 0: 1.00 + 0.00",
		},
		{
			"a percent of a gross document", `"prices":"gross","discount":{"percent":"5"},` + lines(line("1", "119", "19"), line("1", "107", "7")),
			"119.00 107.00 = 226.00 - 11.30 | 190.00 + 24.70 = 214.70 | S 19: 95.00 + 18.05 | S 7: 95.00 + 6.65",
		},

		{
			"a line taken off", lines(line("2", "100", "20"), line("-1", "50", "20"), line("1", "-10", "10", `,"discount":{"percent":"10"}`)),
			"200.00 -50.00 -9.00 = 141.00 - 0.00 | 141.00 + 29.10 = 170.10 | S 20: 150.00 + 30.00 | S 10: -9.00 + -0.90",
		},
		{
			"a discount where a group stays positive", `"discount":{"percent":"10"},` + lines(line("2", "100", "20"), line("-1", "50", "20")),
			"200.00 -50.00 = 150.00 - 15.00 | 135.00 + 27.00 = 162.00 | S 20: 135.00 + 27.00",
		},
		{
			"titles and comments", lines(`{"kind":"title","text":"Hall"}`, line("1", "1", "20", `,"kind":"item"`), `{"kind":"comment","price":"99"}`, `{"kind":"subtotal"}`),
			"- 1.00 - - = 1.00 - 0.00 | 1.00 + 0.20 = 1.20 | S 20: 1.00 + 0.20",
		},
		{
			"rates from high to low", lines(line("1", "1", "5.5"), line("1", "1", "20"), line("1", "1", "5.50"), line("1", "1", "0")),
			"1.00 1.00 1.00 1.00 = 4.00 - 0.00 | 4.00 + 0.31 = 4.31 | S 20: 1.00 + 0.20 | S 5.5: 2.00 + 0.11 | Z 0: 1.00 + 0.00",
		},
		{
			"groups by category and reason", lines(line("1", "1", "0"), `{"quantity":"1","price":"1","tax":`+exempt+`}`,
				`{"quantity":"1","price":"1","tax":{"category":"AE","reason":"Reverse charge"}}`, `{"quantity":"1","price":"1","tax":{"category":"E","reason":"Other"}}`,
				`{"quantity":"1","price":"1","tax":{"rate":"0","category":"S"}}`, `{"quantity":"1","price":"1","tax":`+exempt+`}`),
			"1.00 1.00 1.00 1.00 1.00 1.00 = 6.00 - 0.00 | 6.00 + 0.00 = 6.00 | Z 0: 1.00 + 0.00 | E 0: 2.00 + 0.00 | AE 0: 1.00 + 0.00 | E 0: 1.00 + 0.00 | S 0: 1.00 + 0.00",
		},
		{
			"named parts", lines(`{"quantity":"1","price":"9.99","tax":{"rate":"8.875","parts":[{"name":"State","rate":"4"},{"name":"City","rate":"4.5"},{"name":"MCTD","rate":"0.375"}]}}`),
			"9.99 = 9.99 - 0.00 | 9.99 + 0.89 = 10.88 | S 8.875: 9.99 + 0.89 State 0.40 City 0.45 MCTD 0.04",
		},
		{
			"named parts make the rate; a tie goes to the earlier", lines(`{"quantity":"1","price":"0.50","tax":{"parts":[{"name":"State","rate":"3"},{"name":"City","rate":"3"}]}}`),
			"0.50 = 0.50 - 0.00 | 0.50 + 0.03 = 0.53 | S 6: 0.50 + 0.03 State 0.02 City 0.01",
		},

		{
			"a tie of parts goes to the higher rate", lines(`{"quantity":"1","price":"0.50","tax":{"rate":"4","parts":[{"name":"City","rate":"1"},{"name":"State","rate":"3"}]}}`),
			"0.50 = 0.50 - 0.00 | 0.50 + 0.02 = 0.52 | S 4: 0.50 + 0.02 City 0.00 State 0.02",
		},

		{
			"yen", `"currency":"JPY",` + lines(line("3", "33.5", "10"), line("1", "0.5", "8")),
			"101 1 = 102 - 0 | 102 + 10 = 112 | S 10: 101 + 10 | S 8: 1 + 0",
		},
		{
			"Kuwaiti dinars", `"currency":"KWD","discount":{"amount":"0.001"},` + lines(line("1", "1.2345", "0"), line("2.5", "0.0001", "5")),
			"1.235 0.000 = 1.235 - 0.001 | 1.234 + 0.000 = 1.234 | S 5: 0.000 + 0.000 | Z 0: 1.234 + 0.000",
		},
		{
			"more cents than a double can count", lines(line("1", "90071992547409.93", "0")),
			"90071992547409.93 = 90071992547409.93 - 0.00 | 90071992547409.93 + 0.00 = 90071992547409.93 | Z 0: 90071992547409.93 + 0.00",
		},
		{
			"JSON numbers", `"discount":{"percent":1.5e1},` + lines(`{"quantity":2,"price":1e2,"tax":20}`),
			"200.00 = 200.00 - 30.00 | 170.00 + 34.00 = 204.00 | S 20: 170.00 + 34.00",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := price("{" + c.document + "}")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, brief(f)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func times10(amount string) string { return strings.Repeat(amount+" ", 10) }

// Everything that figures say, in the shape programs rely on.
func TestPrice_shape(t *testing.T) {
	f, err := price(`{"currency":"CHF","prices":"gross","rounding":"document","cashRounding":"0.05",
		"discount":{"amount":"0.50"},
		"prepaid":[{"number":"I-2026-0007","amount":"5.00"},{"amount":"0.10"}],
		"lines":[
			{"kind":"title","text":"Kaffee"},
			{"text":"Bohnen","quantity":"2","unit":"kg","price":"12.34","tax":{"rate":"2.6","parts":[{"name":"Bund","rate":"2.6"}]}},
			{"text":"Mühle","quantity":"1","unit":"pcs","price":"99.90","optional":true,"tax":"8.1"},
			{"text":"Besuch","quantity":"1","price":"10.00","tax":{"category":"O","reason":"Not subject to tax"}}]}`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"lines":[null,{"amount":"24.68"},{"amount":"99.90"},{"amount":"10.00"}],` +
		`"subtotal":"34.68","discount":"0.50","net":"33.56",` +
		`"taxes":[{"category":"S","rate":"2.6","reason":"","base":"23.70","amount":"0.62","parts":[{"name":"Bund","rate":"2.6","amount":"0.62"}]},` +
		`{"category":"O","rate":"0","reason":"Not subject to tax","base":"9.86","amount":"0.00","parts":[]}],` +
		`"tax":"0.62","gross":"34.18","rounding":"0.02","prepaid":"5.10","payable":"29.10",` +
		`"optional":{"net":"92.41","tax":"7.49","gross":"99.90"}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestPrice_cashRounding(t *testing.T) {
	for _, c := range []struct{ currency, step, gross, rounding, payable string }{
		{"CHF", "0.05", "10.02", "-0.02", "10.00"},
		{"CHF", "0.05", "10.03", "0.02", "10.05"},
		{"CHF", "0.05", "-10.03", "-0.02", "-10.05"},
		{"SEK", "1", "10.50", "0.50", "11.00"},
		{"SEK", "1", "-10.50", "-0.50", "-11.00"},
		{"JPY", "10", "1234", "-4", "1230"},
		{"EUR", "0.00", "10.02", "0.00", "10.02"},
		{"EUR", "0.10", "0.05", "0.05", "0.10"},
	} {
		f, err := price(fmt.Sprintf(`{"currency":%q,"cashRounding":%q,%s}`, c.currency, c.step, lines(line("1", c.gross, "0"))))
		if err != nil {
			t.Fatal(err)
		}
		if f.Rounding != c.rounding || f.Payable != c.payable {
			t.Errorf("%s in steps of %s: rounding %s, payable %s, want %s, %s",
				c.gross, c.step, f.Rounding, f.Payable, c.rounding, c.payable)
		}
	}
}

func TestPrice_optional(t *testing.T) {
	f, err := price(`{"discount":{"percent":"50"},` + lines(
		line("1", "100", "20"),
		line("-3", "0.33", "19", `,"optional":true`),
		line("7", "0.33", "19", `,"optional":true`)) + `}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := brief(f); got != "100.00 -0.99 2.31 = 100.00 - 50.00 | 50.00 + 10.00 = 60.00 | S 20: 50.00 + 10.00" {
		t.Error(got)
	}
	if want := (sales.OptionalFigures{Net: "1.32", Tax: "0.25", Gross: "1.57"}); f.Optional != want {
		t.Errorf("optional %v, want %v", f.Optional, want)
	}
}

func TestPrice_refused(t *testing.T) {
	long := strings.Repeat("9", 30)
	for _, c := range []struct{ document, field, key string }{
		{`"currency":"XXX",` + lines(), "currency", "money.unknownCurrency"},
		{`"currency":"eur",` + lines(), "currency", "money.unknownCurrency"},
		{`"prices":"mixed",` + lines(), "prices", "sales.unknownChoice"},
		{`"rounding":"total",` + lines(), "rounding", "sales.unknownChoice"},
		{`"cashRounding":"-0.05",` + lines(), "cashRounding", "sales.stepNegative"},
		{`"cashRounding":"0.025",` + lines(), "cashRounding", "money.tooManyDigits"},
		{`"cashRounding":"90000000000000000",` + lines(), "cashRounding", "money.tooLarge"},
		{`"prepaid":[{"amount":"1"},{"number":"I-1"}],` + lines(), "prepaid[1].amount", "sales.required"},
		{`"prepaid":[{"amount":"1.001"}],` + lines(), "prepaid[0].amount", "money.tooManyDigits"},
		{`"prepaid":[{"amount":"20000000000000000"},{"amount":"-20000000000000000"}],` + lines(), "prepaid[1].amount", "money.tooLarge"},

		{lines(`{"kind":"bundle"}`), "lines[0].kind", "sales.unknownChoice"},
		{lines(line("", "1", "20")), "lines[0].quantity", "sales.required"},
		{lines(line("1", "", "20")), "lines[0].price", "sales.required"},
		{lines(line("1", "1", "")), "lines[0].tax", "sales.required"},
		{lines(`{"quantity":"1","price":"1"}`), "lines[0].tax", "sales.required"},
		{lines(line("1.00001", "1", "20")), "lines[0].quantity", "money.tooManyDigits"},
		{lines(line("1", "1.0000001", "20")), "lines[0].price", "money.tooManyDigits"},
		{lines(line("1", "one", "20")), "lines[0].price", "money.notNumber"},
		{lines(line("1", long, "20")), "lines[0].price", "money.tooLarge"},
		{lines(line("9999999999", "9999999999", "20")), "lines[0].price", "money.tooLarge"},
		{lines(times(3, line("1", "9000000000000000", "20"))), "lines[2].price", "money.tooLarge"},

		{lines(line("1", "1", "20"), line("1", "1", "20", `,"discount":{"percent":"100.5"}`)), "lines[1].discount.percent", "sales.percentRange"},
		{lines(line("1", "1", "20", `,"discount":{"percent":"-1"}`)), "lines[0].discount.percent", "sales.percentRange"},
		{lines(line("1", "1", "20", `,"discount":{"percent":"1.00001"}`)), "lines[0].discount.percent", "money.tooManyDigits"},
		{lines(line("1", "1", "20", `,"discount":{"percent":"1","amount":"1"}`)), "lines[0].discount", "sales.discountTwice"},
		{lines(line("1", "1", "20", `,"discount":{"amount":"-0.01"}`)), "lines[0].discount.amount", "sales.discountNegative"},
		{lines(line("1", "1", "20", `,"discount":{"amount":"1.01"}`)), "lines[0].discount.amount", "sales.discountAboveLine"},
		{lines(line("1", "0.005", "20", `,"discount":{"amount":"0.01"}`)), "lines[0].discount.amount", "sales.discountAboveLine"},
		{lines(line("-1", "1", "20", `,"discount":{"amount":"0"}`)), "lines[0].discount.amount", "sales.discountAboveLine"},
		{lines(line("1", "1", "20", `,"discount":{"amount":"0.001"}`)), "lines[0].discount.amount", "money.tooManyDigits"},

		{`"discount":{"percent":"101"},` + lines(), "discount.percent", "sales.percentRange"},
		{`"discount":{"amount":"-1"},` + lines(line("1", "1", "20")), "discount.amount", "sales.discountNegative"},
		{`"discount":{"amount":"1.01"},` + lines(line("1", "1", "20")), "discount.amount", "sales.discountAboveSubtotal"},
		{`"discount":{"amount":"0"},` + lines(line("1", "0", "20")), "discount.amount", "sales.discountOnNothing"},
		{`"discount":{"amount":"1"},` + lines(line("1", "1", "20", `,"optional":true`)), "discount.amount", "sales.discountOnNothing"},
		{`"discount":{"amount":"0"},` + lines(line("-1", "1", "20")), "discount.amount", "sales.discountAboveSubtotal"},
		{`"discount":{"percent":"10"},` + lines(line("3", "1", "20"), line("-1", "1", "10")), "discount", "sales.discountOnNegativeGroup"},
		{`"discount":{"percent":"0"},` + lines(line("3", "1", "20"), line("-1", "1", "10")), "discount", "sales.discountOnNegativeGroup"},
		{`"rounding":"line","discount":{"amount":"1"},` + lines(line("3", "1", "20"), line("-1", "1", "20")), "discount", "sales.discountOnNegativeLine"},

		{lines(line("1", "1", "101")), "lines[0].tax", "sales.percentRange"},
		{lines(line("1", "1", "-1")), "lines[0].tax", "sales.percentRange"},
		{lines(line("1", "1", "twenty")), "lines[0].tax", "money.notNumber"},
		{taxed(`{"rate":"101"}`), "lines[0].tax.rate", "sales.percentRange"},
		{taxed(`{"rate":"1.00001"}`), "lines[0].tax.rate", "money.tooManyDigits"},
		{taxed(`{"category":"S"}`), "lines[0].tax.rate", "sales.required"},
		{taxed(`{}`), "lines[0].tax.rate", "sales.required"},
		{taxed(`{"category":"X","rate":"0"}`), "lines[0].tax.category", "sales.unknownChoice"},
		{taxed(`{"category":"s","rate":"20"}`), "lines[0].tax.category", "sales.unknownChoice"},
		{taxed(`{"category":"AE","rate":"20","reason":"Reverse charge"}`), "lines[0].tax.rate", "sales.rateNotZero"},
		{taxed(`{"category":"Z","rate":"20"}`), "lines[0].tax.rate", "sales.rateNotZero"},
		{taxed(`{"category":"K"}`), "lines[0].tax.reason", "sales.reasonMissing"},
		{taxed(`{"category":"O","reason":" "}`), "lines[0].tax.reason", "sales.reasonMissing"},
		{taxed(`{"rate":"6","parts":[{"name":"State","rate":"4"}]}`), "lines[0].tax.parts", "sales.partsDoNotAddUp"},
		{taxed(`{"rate":"6","parts":[{"name":"State"}]}`), "lines[0].tax.parts[0].rate", "sales.required"},
		{taxed(`{"parts":[{"name":"State","rate":"60"},{"name":"City","rate":"60"}]}`), "lines[0].tax.parts[1].rate", "sales.percentRange"},
		{lines(line("1", "1", "6"), `{"quantity":"1","price":"1","tax":{"parts":[{"name":"State","rate":"6"}]}}`), "lines[1].tax.parts", "sales.partsDiffer"},
		{lines(times(10_001, `{"kind":"comment"}`)), "lines", "sales.tooManyLines"},
	} {
		t.Run(c.field+" "+c.key, func(t *testing.T) {
			_, err := price("{" + c.document + "}")
			f := fault.Of(err)
			if f == nil || f.Code != fault.CodeInvalid || f.Field != c.field || f.Key != c.key {
				t.Errorf("%.200s: %v, want %s at %s", c.document, err, c.key, c.field)
			}
		})
	}
}

func taxed(tax string) string { return lines(`{"quantity":"1","price":"1","tax":` + tax + `}`) }

func TestPrice_noCurrency(t *testing.T) {
	_, err := sales.Price(sales.Document{})
	if f := fault.Of(err); f == nil || f.Field != "currency" || f.Key != "sales.required" {
		t.Error(err)
	}
}

// A form shows every mistake beside its field, but not thousands.
func TestPrice_severalMistakes(t *testing.T) {
	_, err := price(`{"prices":"x",` + lines(line("a", "b", "c"), line("1", "1", "200")) + `}`)
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, f.Field)
	}
	want := []string{"prices", "lines[0].quantity", "lines[0].price", "lines[0].tax", "lines[1].tax"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err = price("{" + lines(times(5000, line("a", "b", "c"))) + "}"); len(fault.All(err)) != 50 {
		t.Errorf("%d mistakes told at once", len(fault.All(err)))
	}
}

func TestPrice_manyLines(t *testing.T) {
	f, err := price(`{"discount":{"percent":"3"},"rounding":"line",` + lines(times(10_000, line("1", "0.33", "19"))) + `}`)
	if err != nil {
		t.Fatal(err)
	}
	// 9,900 of the lines bear one cent of the discount of 99.00 each, the other
	// 100 none: 0.32 and 0.33 both have 0.06 tax.
	if f.Subtotal != "3300.00" || f.Discount != "99.00" || f.Net != "3201.00" || f.Tax != "600.00" {
		t.Errorf("%s - %s = %s + %s", f.Subtotal, f.Discount, f.Net, f.Tax)
	}
}

func BenchmarkPrice(b *testing.B) {
	doc, err := sales.DecodeDocument(strings.NewReader(`{"currency":"EUR","discount":{"percent":"3"},` +
		lines(times(50, line("12", "649.00", "20", `,"discount":{"percent":"10"}`)), times(50, line("2.5", "0.123456", "10"))) + `}`))
	if err != nil {
		b.Fatal(err)
	}
	for _, rounding := range []string{sales.ByDocument, sales.ByLine} {
		b.Run(rounding, func(b *testing.B) {
			doc.Rounding = rounding
			for b.Loop() {
				if _, err := sales.Price(doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
