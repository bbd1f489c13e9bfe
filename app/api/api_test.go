package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kontor/app"
	"kontor/app/api"
	"kontor/storage"
	"kontor/storage/storagetest"
)

// desk is a workspace whose API is called as a door calls it.
type desk struct {
	t    *testing.T
	app  *app.App
	http http.Handler
}

func open(t *testing.T) *desk {
	t.Helper()
	a, err := app.Create(t.Context(), t.TempDir(), storage.Options{Version: "test", Now: storagetest.Clock()},
		app.Start{Company: "Harbor Trading", Owner: "Ines Okafor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &desk{t, a, api.New(a).Owned()}
}

type object = map[string]any

// call sends a request and demands a status.
func (d *desk) call(method, path string, body any, status int) object {
	d.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			d.t.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	r := httptest.NewRequestWithContext(d.t.Context(), method, path, in)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if w.Code != status {
		d.t.Fatalf("%s %s: status %d, want %d: %s", method, path, w.Code, status, w.Body)
	}
	var out object
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil && w.Body.Len() > 0 {
		d.t.Fatalf("%s %s: %v in %s", method, path, err, w.Body)
	}
	return out
}

// create makes a record and gives it.
func (d *desk) create(kind string, values object) object {
	d.t.Helper()
	return d.call("POST", "/api/records/"+kind, object{"values": values}, 201)["record"].(object)
}

func path(rec object, more ...string) string {
	return fmt.Sprintf("/api/records/%s/%s%s", rec["kind"], rec["id"], strings.Join(more, ""))
}

func texts(list any, key string) string {
	var all []string
	for _, item := range list.([]any) {
		all = append(all, fmt.Sprint(item.(object)[key]))
	}
	return strings.Join(all, ",")
}

// TestMainJob plays what a customer's record goes through, and asserts what each
// step leaves in the history, on the timeline and in the search.
func TestMainJob(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon Ceramics GmbH", "number": "C-1", "email": "info@falcon.example", "phone": "+49 40 123456", "city": "Hamburg", "country": "Germany", "revenue": "1234.50"})
	if company["country"] != "DE" || company["revenue"] != "1234.50" || company["revenueCurrency"] != "EUR" || company["email"] != "info@falcon.example" {
		t.Errorf("stored as %v", company)
	}
	person := d.create("person", object{"name": "Frau Dr. Ada von Arx", "company": "Falcon Ceramics GmbH", "role": "CEO", "email": "ada@falcon.example"})
	if person["name"] != "Ada von Arx" || person["title"] != "Dr." || person["company"] != company["id"] {
		t.Errorf("stored as %v", person)
	}
	note := d.create("note", object{"text": "Called about the oak counter in Łódź", "about": person["id"]})

	line := d.call("GET", path(company, "/timeline"), nil, 200)
	if got := texts(line["entries"], "kind"); got != "note,change" {
		t.Errorf("timeline of the company is %s", got)
	}
	if actor := line["entries"].([]any)[0].(object)["actor"].(object)["name"]; actor != "Ines Okafor" {
		t.Errorf("the note is by %v", actor)
	}
	for q, want := range map[string]string{"lodz": "note", "falcon cer": "company", "040 1234": "company", "arx": "person", "nothing": ""} {
		found := d.call("GET", "/api/search?q="+strings.ReplaceAll(q, " ", "%20"), nil, 200)
		if got := texts(found["hits"], "kind"); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("search %q finds %q, want %q", q, got, want)
		}
	}

	saved := d.call("PATCH", path(company), object{"version": 1, "values": object{"city": "Berlin", "emails": []object{{"type": "work", "value": "new@falcon.example"}}}}, 200)
	changes := d.call("GET", path(company, "/history"), nil, 200)["changes"].([]any)
	if got := texts(changes[0].(object)["fields"], "key"); len(changes) != 2 || got != "emails,addresses" {
		t.Errorf("history says %s", got)
	}
	dry := d.call("POST", "/api/undo/"+saved["batch"].(string)+"?dryRun=true", nil, 200)
	if dry["undone"] != 1.0 || d.call("GET", path(company), nil, 200)["record"].(object)["city"] != "Berlin" {
		t.Error("a dry run must change nothing")
	}
	d.call("POST", "/api/undo/"+saved["batch"].(string), nil, 200)
	if city := d.call("GET", path(company), nil, 200)["record"].(object)["city"]; city != "Hamburg" {
		t.Errorf("undo leaves %v", city)
	}
	d.call("POST", "/api/undo/"+saved["batch"].(string), nil, 409)

	d.call("DELETE", path(note), nil, 200)
	if got := texts(d.call("GET", path(person, "/timeline?kinds=note"), nil, 200)["entries"], "kind"); got != "" {
		t.Errorf("a deleted note stands on the timeline: %s", got)
	}
	if got := texts(d.call("GET", "/api/bin", nil, 200)["rows"], "kind"); got != "note" {
		t.Errorf("the bin holds %s", got)
	}
	d.call("POST", path(note, "/restore"), nil, 200)
	if got := texts(d.call("GET", "/api/search?q=counter", nil, 200)["hits"], "id"); got != note["id"] {
		t.Errorf("a restored note is not found: %s", got)
	}
	if check := d.call("POST", "/api/check", nil, 200); check["ok"] != true {
		t.Errorf("check: %v", check["problems"])
	}
}

func TestFaultsSayWhereAndWhat(t *testing.T) {
	d := open(t)
	company := d.create("company", object{"name": "Falcon", "number": "C-1"})
	for _, c := range []struct {
		name, method, path string
		body               any
		status             int
		code, field        string
	}{
		{"no name", "POST", "/api/records/company", object{"values": object{"city": "Leeds"}}, 422, "invalid", "name"},
		{"no such field", "POST", "/api/records/company", object{"values": object{"name": "A", "colour": "red"}}, 422, "invalid", "colour"},
		{"bad e-mail in a list", "POST", "/api/records/company", object{"values": object{"name": "A", "emails": []object{{"value": "a@b.example"}, {"value": "nobody"}}}}, 422, "invalid", "emails[1].value"},
		{"impossible date", "POST", "/api/records/company", object{"values": object{"name": "A", "customerSince": "2026-02-30"}}, 422, "invalid", "customerSince"},
		{"too many digits", "POST", "/api/records/company", `{"values":{"name":"A","revenue":1.005}}`, 422, "invalid", "revenue"},
		{"number taken", "POST", "/api/records/company", object{"values": object{"name": "A", "number": "c-1"}}, 409, "conflict", "number"},
		{"stale", "PATCH", path(company), object{"version": 7, "values": object{"name": "B"}}, 409, "stale", ""},
		{"unknown kind", "GET", "/api/records/dragon", nil, 404, "not_found", ""},
		{"unknown id", "GET", "/api/records/company/0000000000009", nil, 404, "not_found", ""},
		{"no id", "GET", "/api/records/company/zzz", nil, 422, "invalid", "id"},
		{"filter", "GET", "/api/records/company?where=city%20%3D", nil, 422, "invalid", "where"},
		{"sort", "GET", "/api/records/company?sort=emails", nil, 422, "invalid", "sort"},
		{"cursor", "GET", "/api/records/company?after=xx", nil, 422, "invalid", "after"},
		{"limit", "GET", "/api/records/company?limit=5000", nil, 422, "invalid", "limit"},
		{"broken JSON", "POST", "/api/records/company", `{"values":`, 422, "invalid", ""},
		{"body of another shape", "POST", "/api/records/company", `{"vals":{}}`, 422, "invalid", ""},
		{"hidden kind", "POST", "/api/records/settings", object{"values": object{}}, 403, "forbidden", ""},
		{"no such address", "GET", "/api/nothing", nil, 404, "not_found", ""},
		{"undo of nothing", "POST", "/api/undo/0000000000009", nil, 404, "not_found", ""},
		{"wrong IBAN", "PATCH", "/api/settings", object{"values": object{"seller.iban": "DE00 1234"}}, 422, "invalid", "seller.iban"},
		{"link to nothing", "POST", "/api/records/note", object{"values": object{"text": "x", "about": "0000000000009"}}, 422, "invalid", "about"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.t = t
			p := d.call(c.method, c.path, c.body, c.status)
			if p["code"] != c.code || c.field != "" && p["field"] != c.field {
				t.Errorf("code %v, field %v, want %s, %s", p["code"], p["field"], c.code, c.field)
			}
			if detail, _ := p["detail"].(string); len(detail) < 10 || strings.Contains(detail, "{{") || strings.Contains(detail, "record.") {
				t.Errorf("says %q", detail)
			}
			if c.code == "stale" && p["current"].(object)["name"] != "Falcon" {
				t.Errorf("the stored version is missing: %v", p["current"])
			}
		})
	}
}

// TestSeveralFaults: a form shows all of them at once.
func TestSeveralFaults(t *testing.T) {
	d := open(t)
	p := d.call("POST", "/api/records/company", object{"values": object{"email": "x", "customerSince": "y", "website": "z z"}}, 422)
	if got := texts(p["errors"], "field"); len(strings.Split(got, ",")) != 3 {
		t.Errorf("faults at %s", got)
	}
}

func TestGermanSentences(t *testing.T) {
	d := open(t)
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/records/company", strings.NewReader(`{"values":{}}`))
	r.Header.Set("Accept-Language", "de-AT,de;q=0.9")
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), "Füllen Sie") {
		t.Errorf("answers %s", w.Body)
	}
}

func TestBinPagesThroughABulkDelete(t *testing.T) {
	d := open(t)
	var ids []any
	for i := range 25 {
		ids = append(ids, d.create("company", object{"name": fmt.Sprintf("Company %02d", i)})["id"])
	}
	d.call("POST", "/api/records/company/delete", object{"ids": ids[:20]}, 200)
	d.call("DELETE", "/api/records/company/"+ids[20].(string), nil, 200)
	seen := map[string]bool{}
	before := ""
	for range 10 {
		page := d.call("GET", "/api/bin?limit=7&before="+before, nil, 200)
		for _, r := range page["rows"].([]any) {
			id := r.(object)["id"].(string)
			if seen[id] {
				t.Errorf("%s comes twice", id)
			}
			seen[id] = true
		}
		if before = page["next"].(string); before == "" {
			break
		}
	}
	if len(seen) != 21 {
		t.Errorf("the bin shows %d of 21", len(seen))
	}
}

func TestBulkDeleteIsOneUndo(t *testing.T) {
	d := open(t)
	var ids []any
	for i := range 5 {
		ids = append(ids, d.create("company", object{"name": fmt.Sprintf("Company %d", i)})["id"])
	}
	done := d.call("POST", "/api/records/company/delete", object{"ids": ids}, 200)
	if done["changed"] != 5.0 || d.call("GET", "/api/records/company/count", nil, 200)["count"] != 0.0 {
		t.Fatalf("deleted %v", done)
	}
	if u := d.call("POST", "/api/undo/"+done["batch"].(string), nil, 200); u["undone"] != 5.0 {
		t.Errorf("undone %v", u)
	}
	if n := d.call("GET", "/api/records/company/count", nil, 200)["count"]; n != 5.0 {
		t.Errorf("%v companies are back", n)
	}
}

func TestFiles(t *testing.T) {
	d := open(t)
	png := "\x89PNG\r\n\x1a\n" + strings.Repeat("x", 300_000)
	send := func(name, content string) object {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/files?name="+name, strings.NewReader(content))
		r.Header.Set("Content-Type", "application/octet-stream")
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, r)
		if w.Code != 201 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		var out object
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		return out["record"].(object)
	}
	for _, c := range []struct{ name, content, mime, disposition string }{
		{"logo.png", png, "image/png", "inline"},
		{"..%2F..%2Fevil.png", "<html><script>alert(1)</script>", "text/html; charset=utf-8", "attachment"},
	} {
		f := send(c.name, c.content)
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/api/files/"+f["id"].(string)+"/content", nil))
		if w.Body.String() != c.content || w.Header().Get("Content-Type") != c.mime || !strings.HasPrefix(w.Header().Get("Content-Disposition"), c.disposition) {
			t.Errorf("%s comes back as %s, %s", f["name"], w.Header().Get("Content-Type"), w.Header().Get("Content-Disposition"))
		}
		if strings.ContainsAny(f["name"].(string), "/\\") {
			t.Errorf("name %v", f["name"])
		}
	}
}

func TestNobodyGetsInWithoutADoor(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/api/session", "/api/records/company", "/api/openapi.json"} {
		w := httptest.NewRecorder()
		api.New(d.app).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
		if w.Code != 401 {
			t.Errorf("%s answers %d without a door", path, w.Code)
		}
	}
}

// TestDescription: the description is complete, and no list in it can be null.
func TestDescription(t *testing.T) {
	d := open(t)
	spec := d.call("GET", "/api/openapi.json", nil, 200)
	if v, _ := spec["openapi"].(string); !strings.HasPrefix(v, "3.1") {
		t.Errorf("version %v", spec["openapi"])
	}
	data, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), `["array","null"]`) {
		t.Error("a list may be null")
	}
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/api/docs", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "/api/records/{kind}") || strings.Contains(w.Body.String(), "<script") {
		t.Errorf("docs: %d", w.Code)
	}
}

// FuzzDecoders throws bodies at every operation that takes one: each answers
// with a status below 500, and no request changes what is stored unless it says so.
func FuzzDecoders(f *testing.F) {
	for _, seed := range []string{
		`{"values":{"name":"A"}}`, `{"values":{"name":1.5e309}}`, `{"values":{"emails":[{"value":"a@b.c"},3,null]}}`, `{"values":{"addresses":{"city":[]}}}`,
		`{"version":-1,"values":null}`, `[]`, `"`, `{"values":{"revenue":99999999999999999999}}`, `{"ids":["0000000000001",""]}`, `{"where":"(((name = \"x\" or not city is empty"}`,
	} {
		f.Add(seed)
	}
	a, err := app.Create(f.Context(), f.TempDir(), storage.Options{Version: "test"}, app.Start{Company: "Fuzz", Owner: "F", Currency: "EUR", Country: "DE", Language: "en", Timezone: "UTC"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = a.Close() })
	h := api.New(a).Owned()
	f.Fuzz(func(t *testing.T, body string) {
		for _, target := range []string{"POST /api/records/company", "POST /api/records/person", "POST /api/records/note", "PATCH /api/records/company/0000000000009", "POST /api/records/company/delete", "POST /api/filter/person", "PATCH /api/settings", "POST /api/tokens"} {
			method, path, _ := strings.Cut(target, " ")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body)))
			if w.Code >= 500 {
				t.Errorf("%s with %q answers %d: %s", target, body, w.Code, w.Body)
			}
			if !json.Valid(w.Body.Bytes()) {
				t.Errorf("%s with %q answers no JSON: %s", target, body, w.Body)
			}
		}
	})
}
