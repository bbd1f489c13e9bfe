package api_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"kontor/app/kit/sheet"
)

// TestMain lets the test binary be the child that reads spreadsheets, as main does.
func TestMain(m *testing.M) {
	if sheet.Worker(os.Args[1:]) {
		return
	}
	os.Exit(m.Run())
}

// TestImportStepByStep is the wizard's way: upload, look, answer, plan, apply,
// undo.
func TestImportStepByStep(t *testing.T) {
	d := open(t)
	file := "Kundennummer;Firma;E-Mail;Kunde seit;Farbe\n1;Falcon GmbH;info@falcon.example;03/04/2020;rot\n2;Lumen AG;nobody;05/06/2020;blau\n"
	s := d.call("POST", "/api/imports?name=kunden.csv", file, 201)
	path := "/api/imports/" + s["id"].(string)
	if s["kind"] != "company" || s["rows"] != 2.0 || s["header"] != 1.0 || len(s["questions"].([]any)) != 1 || len(s["samples"].([]any)) != 2 {
		t.Fatalf("state %v", s)
	}
	mapping := s["mapping"].([]any)
	if last := mapping[4].(object); last["column"] != "Farbe" || last["field"] != "" {
		t.Errorf("an unmapped column is not to be seen: %v", mapping)
	}
	d.call("POST", path+"/apply", nil, 409)
	d.call("GET", path+"/plan", nil, 409)
	d.call("PATCH", path, object{"answers": object{"Kunde seit": "sideways"}}, 422)
	d.call("PATCH", path, object{"onMatch": "guess"}, 422)
	s = d.call("PATCH", path, object{"answers": object{"Kunde seit": "dmy"}}, 200)
	if len(s["questions"].([]any)) != 0 {
		t.Fatalf("still asked: %v", s["questions"])
	}
	plan := d.call("GET", path+"/plan?action=failed", nil, 200)
	result := plan["result"].(object)
	if result["created"] != 1.0 || result["failed"] != 1.0 || len(plan["rows"].([]any)) != 1 || result["batch"] != "" {
		t.Fatalf("plan %v", plan)
	}
	if n := d.call("GET", "/api/records/company/count", nil, 200)["count"]; n != 0.0 {
		t.Fatalf("a plan has written %v records", n)
	}
	d.call("POST", path+"/apply", nil, 202)
	d.call("POST", path+"/apply", nil, 409)
	d.call("PATCH", path, object{"onMatch": "skip"}, 409)
	var job object
	for job == nil || job["over"] != true {
		job = d.call("GET", path, nil, 200)["job"].(object)
	}
	result = job["result"].(object)
	problem := result["errors"].([]any)[0].(object)
	if result["created"] != 1.0 || result["failed"] != 1.0 || problem["row"] != 3.0 || problem["column"] != "E-Mail" || problem["value"] != "nobody" {
		t.Fatalf("result %v", result)
	}
	// The rows that failed come back as a workbook that can be imported again.
	r := httptest.NewRequestWithContext(t.Context(), "GET", path+"/failed", nil)
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if w.Code != 200 || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("failed rows: %d %.80s", w.Code, w.Body)
	}
	again := d.call("POST", "/api/imports?name=failed.xlsx", w.Body.String(), 201)
	if again["rows"] != 1.0 || again["kind"] != "company" {
		t.Errorf("the failed rows come back as %v", again)
	}
	id := d.call("GET", "/api/records/company", nil, 200)["rows"].([]any)[0].(object)["id"].(string)
	changes := d.call("GET", "/api/records/company/"+id+"/history", nil, 200)["changes"].([]any)
	if changes[0].(object)["batch"] != result["batch"] {
		t.Errorf("history %v", changes[0])
	}
	if hits := d.call("GET", "/api/search?q=falcon", nil, 200)["hits"].([]any); len(hits) != 1 {
		t.Errorf("search finds %v", hits)
	}
	if undone := d.call("POST", "/api/undo/"+result["batch"].(string), nil, 200); undone["undone"] != 1.0 {
		t.Errorf("undo %v", undone)
	}
	d.call("DELETE", path, nil, 204)
	d.call("GET", path, nil, 404)
}

func TestImportRefusals(t *testing.T) {
	d := open(t)
	d.call("POST", "/api/imports?name=old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", 422)
	d.call("POST", "/api/imports?name=a.csv&kind=dragon", "Name\nA\n", 422)
	d.call("POST", "/api/imports?name=a.csv&header=9", "Name\nA\n", 422)
	d.call("POST", "/api/imports?name=../../etc/passwd.csv", "Company;City\nA;B\n", 201)
	d.call("GET", "/api/imports/none", nil, 404)
	d.call("GET", "/api/export/company?format=pdf", nil, 422)
	d.call("GET", "/api/export/company?where=shoe+%3D+1", nil, 422)
}

func TestExportIsADownload(t *testing.T) {
	d := open(t)
	d.call("POST", "/api/records/company", object{"values": object{"name": "Falcon", "city": "Leeds"}}, 201)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/export/company?format=csv&fields=name,city", nil)
	r.Header.Set("Accept-Language", "de")
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "\ufeffName,Ort\r\nFalcon,Leeds\r\n" || w.Header().Get("Content-Disposition") != "attachment; filename=Firmen.csv" {
		t.Errorf("%d %v %q", w.Code, w.Header(), w.Body)
	}
}
