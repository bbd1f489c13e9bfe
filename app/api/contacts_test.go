package api_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestContacts plays how a customer is kept in full, and asserts what each step
// leaves in the history, on the timeline and in the search.
func TestContacts(t *testing.T) {
	d := open(t)
	falcon := d.create("company", object{"name": "Falcon GmbH", "kinds": []string{"customer", "supplier"}, "street": "Hafenstraße 1", "line2": "Tor 7", "postcode": "20095", "city": "Hamburg", "country": "DE", "language": "de", "assigned": "Ines Okafor"})
	lumen := d.create("company", object{"name": "Lumen AG"})
	ada := d.create("person", object{"name": "Frau Dr. Ada Müller", "company": falcon["id"], "role": "CEO", "phone": "040 123456", "hours": "9–12", "interests": "Ceramics from Delft", "familiar": false})
	if got := texts(falcon["kinds"], "kind"); got != "customer,supplier" || ada["familiar"] != false {
		t.Errorf("stored as %v, %v", falcon, ada)
	}
	found := d.call("GET", "/api/records/company?where="+url.QueryEscape(`kinds = "supplier" and assigned = me`), nil, 200)
	if got := texts(found["rows"], "name"); got != "Falcon GmbH" {
		t.Errorf("suppliers of mine: %s", got)
	}
	for q, want := range map[string]string{"delft": "person", "tor 7": "company"} {
		if got := texts(d.call("GET", "/api/search?q="+url.QueryEscape(q), nil, 200)["hits"], "kind"); !strings.HasPrefix(got, want) {
			t.Errorf("search %q finds %s", q, got)
		}
	}

	letter := d.call("GET", "/api/contacts/person/"+ada["id"].(string)+"/letter", nil, 200)
	if letter["greeting"] != "Sehr geehrte Frau Dr. Müller," || letter["language"] != "de" || len(letter["envelope"].([]any)) != 5 {
		t.Errorf("letter %v", letter)
	}
	d.call("GET", "/api/contacts/person/"+ada["id"].(string)+"/letter?address=moon", nil, 422)
	d.call("GET", "/api/contacts/note/"+ada["id"].(string)+"/letter", nil, 404)
	if call := d.call("GET", "/api/contacts/company/"+falcon["id"].(string)+"/call", nil, 200); call["line"] != "Dr. Ada Müller (CEO), 040 123456, 9–12" || call["id"] != ada["id"] {
		t.Errorf("to call %v", call)
	}

	relation := d.create("relation", object{"from": falcon["id"], "type": "parentOf", "to": lumen["id"]})
	if relation["label"] != "Falcon GmbH – Lumen AG" {
		t.Errorf("relation %v", relation)
	}
	p := d.call("POST", "/api/records/relation", object{"values": object{"from": lumen["id"], "type": "parentOf", "to": falcon["id"]}}, 409)
	if p["field"] != "to" || p["detail"] != "Lumen AG cannot stand above Falcon GmbH: Falcon GmbH stands above Lumen AG already." {
		t.Errorf("a circle: %v", p)
	}
	around := d.call("GET", "/api/contacts/around?record="+lumen["id"].(string), nil, 200)
	if got := texts(around["nodes"], "label"); got != "Lumen AG,Falcon GmbH,Ada Müller" || around["more"] != false {
		t.Errorf("around %v", around)
	}
	if edge := around["edges"].([]any)[0].(object); edge["label"] != "parent company of" || edge["inverse"] != "subsidiary of" || edge["relation"] != relation["id"] {
		t.Errorf("edge %v", edge)
	}
	d.call("GET", "/api/contacts/around?record="+relation["id"].(string), nil, 404)
	if got := texts(d.call("GET", path(relation, "/history"), nil, 200)["changes"], "op"); got != "create" {
		t.Errorf("history of the relation: %s", got)
	}

	card := d.get("/api/contacts/person/" + ada["id"].(string) + "/vcard")
	if h := card.Header(); card.Code != 200 || !strings.HasPrefix(h.Get("Content-Type"), "text/vcard") || !strings.Contains(h.Get("Content-Disposition"), "vcf") || !strings.Contains(card.Body.String(), "\r\nORG:Falcon GmbH\r\n") {
		t.Errorf("card %d %v %s", card.Code, h, card.Body)
	}
	cards := d.get("/api/contacts/vcard?kind=company&where=" + url.QueryEscape(`name ^ "fal"`))
	if got := strings.Count(cards.Body.String(), "BEGIN:VCARD"); got != 1 {
		t.Errorf("%d cards: %s", got, cards.Body)
	}
	chosen := httptest.NewRecorder()
	d.http.ServeHTTP(chosen, httptest.NewRequestWithContext(t.Context(), "POST", "/api/contacts/company/cards", strings.NewReader(`{"ids":["`+lumen["id"].(string)+`","`+falcon["id"].(string)+`"]}`)))
	if got := strings.Count(chosen.Body.String(), "BEGIN:VCARD"); got != 2 || chosen.Code != 200 {
		t.Errorf("%d chosen cards: %s", got, chosen.Body)
	}
	d.call("POST", "/api/contacts/company/cards", object{"ids": []any{}}, 422)
	d.call("GET", "/api/contacts/vcard?kind=relation", nil, 422)
	d.call("GET", "/api/contacts/vcard?kind=company&where=nonsense", nil, 422)
	preview := d.call("POST", "/api/contacts/vcard/preview?name=phone.vcf", card.Body.String()+"BEGIN:VCARD\nFN:Cy Moss\nEND:VCARD\nBEGIN:VCARD\nFN:Bad\nEMAIL:bad\nEND:VCARD", 200)
	if got := texts(preview["rows"], "becomes"); got != "known,new,failed" || preview["cards"] != 3.0 || preview["rows"].([]any)[2].(object)["problem"] != "“bad” is not an e-mail address." {
		t.Errorf("preview %v", preview)
	}
	taken := d.call("POST", "/api/contacts/vcard?name=phone.vcf&leave=9999", card.Body.String()+"BEGIN:VCARD\nFN:Cy Moss\nNOTE:Met at the fair\nEND:VCARD\nBEGIN:VCARD\nFN:Bad\nEMAIL:bad\nEND:VCARD", 200)
	if taken["cards"] != 3.0 || taken["created"] != 1.0 || taken["unchanged"] != 1.0 || taken["failed"] != 1.0 || taken["notes"] != 1.0 {
		t.Errorf("taken %v", taken)
	}
	if problem := taken["problems"].([]any)[0].(object); problem["problem"] != "“bad” is not an e-mail address." || problem["name"] != "Bad" {
		t.Errorf("problem %v", problem)
	}
	moss := d.call("GET", "/api/records/person?where="+url.QueryEscape(`name = "Cy Moss"`), nil, 200)["rows"].([]any)[0].(object)
	if got := texts(d.call("GET", path(moss, "/timeline"), nil, 200)["entries"], "kind"); got != "note,change" {
		t.Errorf("on the timeline of who was taken in: %s", got)
	}
	undone := d.call("POST", "/api/undo/"+taken["batch"].(string), nil, 200)
	if undone["undone"] != 2.0 {
		t.Errorf("undone %v", undone)
	}
	d.call("POST", "/api/contacts/vcard?name=x.vcf", "rubbish", 422)

	read := d.call("POST", "/api/contacts/paste", object{"text": "Kim Lee\nHead of Sales\nIris Labs LLC\nkim@irislabs.example"}, 200)
	if read["company"].(object)["name"] != "Iris Labs LLC" || read["person"].(object)["role"] != "Head of Sales" || texts(read["found"], "line") != "4,3,1,1,2" {
		t.Errorf("read %v", read)
	}
	d.call("POST", "/api/contacts/paste", object{"text": strings.Repeat("x", 10_001)}, 422)
}
