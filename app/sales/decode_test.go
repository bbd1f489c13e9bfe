package sales_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kontor/app/kit/fault"
	"kontor/app/sales"
)

func TestDecodeDocument(t *testing.T) {
	got, err := sales.DecodeDocument(strings.NewReader(`{
		"company":{"id":"01H"},"person":null,"reference":"r","date":"2026-03-04","validUntil":"2026-04-04","texts":[1],
		"currency":"EUR","prices":"net","rounding":"line","cashRounding":0.05,
		"discount":{"percent":5},"prepaid":[{"number":"I-2026-0007","amount":"500.00"}],
		"lines":[
			{"kind":"item","text":"Café ☕","quantity":1e-3,"unit":"kg","price":"649.00","discount":null,"optional":true,"tax":20},
			{"tax":{"rate":"0","category":"AE","reason":"Reverse charge","parts":[{"name":"State","rate":0}]}},
			{}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := sales.Document{
		Currency: "EUR", Prices: sales.Net, Rounding: sales.ByLine, CashRounding: "0.05",
		Discount: &sales.Discount{Percent: "5"},
		Prepaid:  []sales.Prepaid{{Number: "I-2026-0007", Amount: "500.00"}},
		Lines: []sales.Line{
			{Kind: sales.KindItem, Text: "Café ☕", Quantity: "0.001", Unit: "kg", Price: "649.00", Optional: true, Tax: &sales.Tax{Rate: "20"}},
			{Tax: &sales.Tax{Rate: "0", Category: "AE", Reason: "Reverse charge", Parts: []sales.TaxPart{{Name: "State", Rate: "0"}}}},
			{},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(sales.Tax{})); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeDocument_refused(t *testing.T) {
	for _, c := range []struct{ document, field, key string }{
		{``, "", "sales.notJSON"},
		{`{`, "", "sales.notJSON"},
		{`{"lines":[],}`, "", "sales.notJSON"},
		{`{} {}`, "", "sales.notJSON"},
		{`{"lines":[{"price":01}]}`, "", "sales.notJSON"},
		{`{"lines":[{"price":NaN}]}`, "", "sales.notJSON"},
		{strings.Repeat(`[`, 100_000), "", "sales.notJSON"},
		{`null`, "", "sales.wantsObject"},
		{`[]`, "", "sales.wantsObject"},
		{`{"colour":"red"}`, "colour", "sales.unknownField"},
		{`{"Currency":"EUR"}`, "Currency", "sales.unknownField"},
		{`{"Document":{}}`, "Document", "sales.unknownField"},
		{`{"lines":[{},{"discount":{"per cent":"5"}}]}`, "lines[1].discount.per cent", "sales.unknownField"},
		{`{"lines":[{"tax":{"rate":"6","parts":[{"title":"x"}]}}]}`, "lines[0].tax.parts[0].title", "sales.unknownField"},
		{`{"lines":[{"tax":{"alone":true}}]}`, "lines[0].tax.alone", "sales.unknownField"},
		{`{"currency":978}`, "currency", "sales.wantsText"},
		{`{"lines":{}}`, "lines", "sales.wantsList"},
		{`{"lines":[null]}`, "lines[0]", "sales.wantsObject"},
		{`{"lines":["x"]}`, "lines[0]", "sales.wantsObject"},
		{`{"lines":[{"optional":"yes"}]}`, "lines[0].optional", "sales.wantsYesNo"},
		{`{"lines":[{"quantity":true}]}`, "lines[0].quantity", "sales.wantsNumber"},
		{`{"lines":[{"price":{}}]}`, "lines[0].price", "sales.wantsNumber"},
		{`{"lines":[{"tax":true}]}`, "lines[0].tax", "sales.wantsNumber"},
		{`{"discount":"5"}`, "discount", "sales.wantsObject"},
		{`{"prepaid":[{"amount":[]}]}`, "prepaid[0].amount", "sales.wantsNumber"},
	} {
		_, err := sales.DecodeDocument(strings.NewReader(c.document))
		f := fault.Of(err)
		if f == nil || f.Code != fault.CodeInvalid || f.Field != c.field || f.Key != c.key {
			t.Errorf("%.80s: %v, want %s at %q", c.document, err, c.key, c.field)
		}
	}
}

func TestDecodeDocument_tooLarge(t *testing.T) {
	_, err := sales.DecodeDocument(strings.NewReader(strings.Repeat(" ", 9<<20) + "{}"))
	if !fault.Is(err, fault.CodeTooLarge) {
		t.Error(err)
	}
}

// The command line and the API read the same document, one with DecodeDocument,
// one with encoding/json, and write it back in the shape it came.
func TestDocument_throughJSON(t *testing.T) {
	const document = `{"currency":"EUR","discount":{"amount":"1.50"},"lines":[` +
		`{"text":"a","quantity":"2","price":"3","tax":"20"},` +
		`{"quantity":"1","price":"1","tax":{"rate":"6","parts":[{"name":"State","rate":"6"}]}}]}`
	strict, err := sales.DecodeDocument(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var usual sales.Document
	numbers := strings.NewReplacer(`"20"`, `2e1`, `"2"`, `2`).Replace(document)
	if err := json.Unmarshal([]byte(numbers), &usual); err != nil {
		t.Fatal(err)
	}
	for _, doc := range []sales.Document{strict, usual} {
		back, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(document, string(back)); diff != "" {
			t.Error(diff)
		}
	}
	for _, wrong := range []string{`{"quantity":true}`, `{"tax":[]}`, `{"tax":{"rate":{}}}`} {
		var l sales.Line
		if err := json.Unmarshal([]byte(wrong), &l); err == nil {
			t.Errorf("%s went through", wrong)
		}
	}
}

// A JSON number is taken by its digits: what is too long or too large for a
// document is refused where it stands, and costs nothing to read.
func TestDecodeDocument_wildNumbers(t *testing.T) {
	for _, c := range []struct{ number, key string }{
		{"0.1e1", ""},
		{"123e-2", ""},
		{"1E+3", ""},
		{"1e-9", "money.tooManyDigits"},
		{"1e30", "money.tooLarge"},
		{"1e999999999", "money.notNumber"},
		{"1e-999999999", "money.notNumber"},
		{strings.Repeat("1", 100_000) + "e5", "money.notNumber"},
		{strings.Repeat("1", 100_000), "money.tooLarge"},
	} {
		_, err := price(`{"lines":[{"quantity":"1","tax":"20","price":` + c.number + `}]}`)
		f := fault.Of(err)
		if c.key == "" && err != nil || c.key != "" && (f == nil || f.Key != c.key || f.Field != "lines[0].price") {
			t.Errorf("%.20s: %.200v, want %s", c.number, err, c.key)
		}
	}
}
