package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

// refusal is what the API says to a value that it does not take.
type refusal struct {
	Status int
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct {
		Field   string `json:"field"`
		Message string `json:"message"`
	} `json:"errors"`
}

// try sends a new record in a language and gives its record, or why there is none.
func (d *desk) try(language, kind string, values object) (object, refusal) {
	d.t.Helper()
	data, err := json.Marshal(object{"values": values})
	if err != nil {
		d.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(d.t.Context(), "POST", "/api/records/"+kind, bytes.NewReader(data))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept-Language", language)
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	var out struct {
		Record object `json:"record"`
		refusal
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		d.t.Fatalf("%v in %s", err, w.Body)
	}
	out.Status = w.Code
	return out.Record, out.refusal
}

// TestBadInputIsRefusedInWords: each with its field and a sentence in the reader's
// language, and nothing is stored.
func TestBadInputIsRefusedInWords(t *testing.T) {
	d := open(t)
	long := strings.Repeat("Ä", 10_000)
	mails := func(n int) (rows []object) {
		for i := range n {
			rows = append(rows, object{"type": "work", "value": fmt.Sprintf("a%d@falcon.example", i)})
		}
		return rows
	}
	for name, c := range map[string]struct {
		kind       string
		values     object
		field      string
		word, wort string
	}{
		"company of 10,000 characters":    {"company", object{"name": long}, "name", "10000 characters; at most 500", "10000 Zeichen"},
		"person of 10,000 characters":     {"person", object{"name": long}, "name", "10000 characters; at most 500", "10000 Zeichen"},
		"first name of 10,000 characters": {"person", object{"firstName": long, "lastName": "Arx"}, "firstName", "at most 120", "120"},
		"a name whose part is too long":   {"person", object{"name": strings.Repeat("A", 200) + " Arx"}, "name", "200 characters; at most 120", "200 Zeichen"},
		"street of 10,000 characters":     {"company", object{"name": "Falcon", "street": long}, "street", "at most 300", "300"},
		"a name that nobody sees":         {"company", object{"name": "\u200b\u2800 \u3164"}, "name", "Fill in", "aus"},
		"a person that nobody sees":       {"person", object{"name": "\u202e\u200b"}, "name", "Fill in", "aus"},
		"30 February":                     {"company", object{"name": "Falcon", "customerSince": "2026-02-30"}, "customerSince", "is not a date", "kein Datum"},
		"29 February of no leap year":     {"person", object{"name": "Ada", "birthday": "1900-02-29"}, "birthday", "is not a date", "kein Datum"},
		"month 13":                        {"company", object{"name": "Falcon", "customerSince": "2026-13-01"}, "customerSince", "is not a date", "kein Datum"},
		"year 0":                          {"company", object{"name": "Falcon", "customerSince": "0000-01-01"}, "customerSince", "is not a date", "kein Datum"},
		"year 10,000":                     {"company", object{"name": "Falcon", "customerSince": "10000-01-01"}, "customerSince", "is not a date", "kein Datum"},
		"a date that is a number":         {"company", object{"name": "Falcon", "customerSince": 45000}, "customerSince", "is not a date", "kein Datum"},
		"a birthday ahead":                {"person", object{"name": "Ada", "birthday": "2126-01-01"}, "birthday", "cannot lie in the future", "Zukunft"},
		"a role that ends before it begins": {
			"person", object{"name": "Ada", "roles": []object{{"role": "CEO", "since": "2026-02-01", "until": "2026-01-31"}}}, "roles", "before it begins", "beginnt",
		},
		"1,001 e-mails":         {"person", object{"name": "Ada", "emails": mails(1001)}, "emails", "at most 1000", "1000"},
		"an e-mail in disguise": {"person", object{"name": "Ada", "email": "ada@fal\u180econ.example"}, "email", "is not an e-mail address", "keine E-Mail"},
		"a list that is a text in a number": {
			"person", object{"name": "Ada", "emails": []object{{"value": object{"a": 1}}}}, "emails[0].value", "does not fit", "passt nicht",
		},
		"a field that is none": {"person", object{"name": "Ada", "__proto__": "x"}, "__proto__", "There is no field", "gibt es in Person nicht"},
	} {
		t.Run(name, func(t *testing.T) {
			for language, want := range map[string]string{"en": c.word, "de": c.wort} {
				rec, no := d.try(language, c.kind, c.values)
				if rec != nil || no.Status != 422 || no.Code != "invalid" {
					t.Fatalf("%s: status %d, %+v", language, no.Status, no)
				}
				found := false
				for _, e := range no.Errors {
					found = found || e.Field == c.field && strings.Contains(e.Message, want)
				}
				if !found && !strings.Contains(no.Detail, want) {
					t.Errorf("%s: %+v, want %q at %s", language, no, want, c.field)
				}
			}
		})
	}
	for _, kind := range []string{"company", "person"} {
		if n := d.call("GET", "/api/records/"+kind+"/count", nil, 200)["count"]; n != 0.0 {
			t.Errorf("%v of kind %s are stored", n, kind)
		}
	}
}

// TestOddTextIsKeptHonestly: what disguises text goes, what people write stays.
func TestOddTextIsKeptHonestly(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct{ given, stored string }{
		"emoji with joiners":      {"👩🏽‍🚀 Raumfahrt 🇩🇪", "👩🏽‍🚀 Raumfahrt 🇩🇪"},
		"right to left":           {"شركة الصقر", "شركة الصقر"},
		"decomposed":              {"Mu\u0308ller", "Müller"},
		"direction override":      {"Falcon\u202eexe.fdp", "Falconexe.fdp"},
		"isolates":                {"\u2066Falcon\u2069", "Falcon"},
		"controls":                {"Fal\u0000c\u0007on\u009b", "Falcon"},
		"lines in one line":       {"Falcon\r\nCeramics\tGmbH\u2028", "Falcon Ceramics GmbH"},
		"byte order mark":         {"\ufeffFalcon", "Falcon"},
		"formula":                 {"=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		"markup":                  {"<script>alert(1)</script>", "<script>alert(1)</script>"},
		"quotes of three kinds":   {`'"“; DROP TABLE contacts_company; --`, `'"“; DROP TABLE contacts_company; --`},
		"500 characters in all":   {strings.Repeat("é", 500), strings.Repeat("é", 500)},
		"combining marks in heap": {"Z" + strings.Repeat("\u0301", 100), ""},
	} {
		rec, no := d.try("en", "company", object{"name": c.given})
		if rec == nil {
			t.Errorf("%s: %+v", name, no)
			continue
		}
		if c.stored != "" && rec["name"] != c.stored {
			t.Errorf("%s: %q, want %q", name, rec["name"], c.stored)
		}
		if again := d.call("GET", path(rec), nil, 200)["record"].(object)["name"]; again != rec["name"] {
			t.Errorf("%s: read as %q", name, again)
		}
	}
}

// TestFiveHundredEmails: they are kept in order, found, changed, undone.
func TestFiveHundredEmails(t *testing.T) {
	d := open(t)
	var rows []object
	for i := range 500 {
		rows = append(rows, object{"type": "work", "value": fmt.Sprintf("ada%d@falcon.example", i)})
	}
	ada := d.create("person", object{"name": "Ada Lovelace", "emails": rows})
	if ada["email"] != "ada0@falcon.example" || len(ada["emails"].([]any)) != 500 {
		t.Fatalf("%v", ada["email"])
	}
	found := d.call("GET", "/api/records/person?where="+`email+%3D+%22ada499%40falcon.example%22+or+emails.value+%3D+%22ada499%40falcon.example%22`, nil, 200)
	if len(found["rows"].([]any)) != 1 {
		t.Errorf("found %v", found["rows"])
	}
	saved := d.call("PATCH", path(ada), object{"version": 1, "values": object{"emails": rows[1:]}}, 200)
	if saved["record"].(object)["email"] != "ada1@falcon.example" {
		t.Errorf("first is %v", saved["record"].(object)["email"])
	}
	d.call("POST", "/api/undo/"+saved["batch"].(string), object{}, 200)
	if back := d.call("GET", path(ada), nil, 200)["record"].(object); len(back["emails"].([]any)) != 500 {
		t.Errorf("%d after the undo", len(back["emails"].([]any)))
	}
}

// TestNobodyStandsAboveThemselves: circles of relations are refused in words,
// however long, of people and of companies; also those of a restore.
func TestNobodyStandsAboveThemselves(t *testing.T) {
	d := open(t)
	for _, c := range []struct{ kind, tie string }{{"company", "parentOf"}, {"person", "hasChild"}, {"person", "leads"}} {
		var all []object
		for i := range 5 {
			all = append(all, d.create(c.kind, object{"name": fmt.Sprintf("Circle %s %d", c.tie, i)}))
		}
		tie := func(from, to int) object {
			return object{"from": all[from]["id"], "type": c.tie, "to": all[to]["id"]}
		}
		last := d.create("relation", tie(0, 1))
		for i := 1; i < 4; i++ {
			last = d.create("relation", tie(i, i+1))
		}
		for _, circle := range [][2]int{{1, 0}, {4, 0}, {3, 1}} {
			for language, want := range map[string]string{"en": "stands above", "de": "steht"} {
				rec, no := d.try(language, "relation", tie(circle[0], circle[1]))
				if rec != nil || no.Status != 409 || !strings.Contains(no.Detail, want) {
					t.Errorf("%s %v, %s: %+v", c.tie, circle, language, no)
				}
			}
		}
		if rec, no := d.try("en", "relation", tie(2, 2)); rec != nil || no.Status != 422 {
			t.Errorf("%s to itself: %+v", c.tie, no)
		}
		// The link that closes the circle was in the bin while its opposite was made.
		d.call("DELETE", path(last), nil, 200)
		d.create("relation", tie(4, 0))
		d.call("POST", path(last, "/restore"), object{}, 409)
	}
}
