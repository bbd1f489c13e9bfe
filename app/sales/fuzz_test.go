package sales_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/app/kit/fault"
	"kontor/app/sales"
)

// FuzzPrice: whatever somebody sends is refused as invalid or priced by the
// rules, and prices the same once it was written and read again.
func FuzzPrice(f *testing.F) {
	f.Add([]byte(`{"lines":[` + line("12", "649.00", "20", `,"discount":{"percent":"10"}`) + `]}`))
	f.Add([]byte(`{"currency":"CHF","prices":"gross","rounding":"line","cashRounding":0.05,"discount":{"amount":"1"},` +
		`"prepaid":[{"number":"I-1","amount":"-5.5"}],"lines":[{"kind":"title"},` + line("3", "9.99", "19") + `,` + line("-1", "1e0", "7", `,"optional":true`) + `]}`))
	f.Add([]byte(`{"lines":[{"quantity":1,"price":1e2,"tax":{"category":"AE","reason":"Reverse charge"}},` +
		`{"quantity":1,"price":"0.5","tax":{"rate":"6","parts":[{"name":"State","rate":"3"},{"name":"City","rate":"3"}]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := sales.DecodeDocument(bytes.NewReader(data))
		if err != nil {
			mustBeInvalid(t, err)
			return
		}
		if doc.Currency == "" {
			doc.Currency = "EUR"
		}
		figures, err := sales.Price(doc)
		if err != nil {
			mustBeInvalid(t, err)
			return
		}
		invariants(t, doc, figures)
		written, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		read, err := sales.DecodeDocument(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		again, err := sales.Price(read)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if diff := cmp.Diff(figures, again); diff != "" {
			t.Errorf("%s\n%s", written, diff)
		}
	})
}

func mustBeInvalid(t *testing.T, err error) {
	t.Helper()
	for _, f := range fault.All(err) {
		if f.Code != fault.CodeInvalid && f.Code != fault.CodeTooLarge {
			t.Errorf("%v is no answer", err)
		}
	}
}
