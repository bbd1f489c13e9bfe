package api_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/mailsync/mailtest"
)

// get gives an answer that is no JSON.
func (d *desk) get(path string) *httptest.ResponseRecorder {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, httptest.NewRequestWithContext(d.t.Context(), "GET", path, nil))
	return w
}

func TestMailboxes(t *testing.T) {
	keyring.MockInit()
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", []mailtest.Mail{{Raw: []byte("From: Ada <ada@falcon.example>\r\nTo: " + mailtest.Owner + "\r\nSubject: Plan\r\nMessage-ID: <1@x>\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<script>x()</script><p>The <b>plan</b></p>" + strings.Repeat("<p>more</p>", 500) + "<img src=\"https://127.0.0.1/p.png\">" +
		"<img src=\"cid:i\">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <i>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n" +
		"--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"evil.html\"\r\n\r\n<script>y()</script>\r\n--b--\r\n")}})
	d := open(t)
	company := d.create("company", object{"name": "Falcon", "email": "ada@falcon.example"})
	add := object{"address": mailtest.Owner, "host": "127.0.0.1", "port": server.Port, "user": mailtest.User, "ca": string(server.PEM), "password": "wrong"}
	if p := d.call("POST", "/api/mail/accounts", add, 401); !strings.Contains(p["detail"].(string), "does not accept") {
		t.Errorf("a wrong password: %v", p)
	}
	d.call("POST", "/api/mail/accounts", object{"address": "nobody", "host": "127.0.0.1"}, 422)
	add["password"] = mailtest.Password
	made := d.call("POST", "/api/mail/accounts", add, 201)
	account := made["account"].(object)
	if made["password"] != "keyring" || account["mode"] != "known" || account["folders"] != "auto" || account["password"] != nil {
		t.Errorf("added %v", made)
	}
	d.call("POST", "/api/mail/accounts", add, 409)
	status := d.call("POST", "/api/mail/sync", object{}, 200)["accounts"].([]any)[0].(object)
	if inbox := status["folders"].([]any)[0].(object); inbox["linked"] != 1.0 || status["error"] != nil {
		t.Errorf("status %v", status)
	}
	rows := d.call("GET", "/api/mails?about="+company["id"].(string), nil, 200)["rows"].([]any)
	if len(rows) != 1 {
		t.Fatalf("%d mails", len(rows))
	}
	entries := d.call("GET", "/api/records/company/"+company["id"].(string)+"/timeline?kinds=mail", nil, 200)["entries"].([]any)
	if mail := entries[0].(object)["record"].(object); !strings.HasPrefix(mail["preview"].(string), "The plan") || len(mail["text"].(string)) > 510 {
		t.Errorf("on the timeline %v", mail)
	}
	id := rows[0].(object)["id"].(string)
	detail := d.call("GET", "/api/mails/"+id, nil, 200)
	if got := texts(detail["attachments"], "name"); !strings.HasSuffix(got, "evil.html") || len(detail["thread"].([]any)) != 1 {
		t.Errorf("detail %v", detail)
	}
	page := d.call("GET", "/api/mails/"+id+"/html", nil, 200)
	if html := page["html"].(string); strings.Contains(html, "script") || !strings.Contains(html, "data:image/png;base64,") || strings.Contains(html, "127.0.0.1") || len(page["blocked"].([]any)) != 1 {
		t.Errorf("page %v", page)
	}
	// Pictures are asked for, but not of this computer.
	page = d.call("GET", "/api/mails/"+id+"/html?remote=true", nil, 200)
	if html := page["html"].(string); !strings.Contains(html, "data:image/png;base64,") || strings.Contains(html, "127.0.0.1") || len(page["blocked"].([]any)) != 1 {
		t.Errorf("page with pictures of the network: %v", page)
	}
	file := d.get("/api/mails/" + id + "/attachments/1")
	if h := file.Header(); file.Code != 200 || h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.Contains(file.Body.String(), "y()") {
		t.Errorf("file %d %v %s", file.Code, h, file.Body)
	}
	if raw := d.get("/api/mails/" + id + "/raw"); !strings.HasPrefix(raw.Body.String(), "From: Ada") {
		t.Errorf("source %s", raw.Body)
	}
	d.call("PATCH", "/api/records/mail/"+id, object{"values": object{"subject": "Mine"}}, 422)
	d.call("POST", "/api/records/mail", object{"values": object{"private": true}}, 403)
	d.call("POST", "/api/mails/"+id+"/unlink", object{"record": company["id"]}, 200)
	if rows := d.call("GET", "/api/mails?about="+company["id"].(string), nil, 200)["rows"].([]any); len(rows) != 0 {
		t.Errorf("still linked: %v", rows)
	}
	changed := d.call("PATCH", "/api/mail/accounts/"+account["id"].(string), object{"mode": "everything"}, 200)["account"].(object)
	if changed["mode"] != "everything" || changed["version"] != 2.0 {
		t.Errorf("changed %v", changed)
	}
	d.call("PATCH", "/api/mail/accounts/"+account["id"].(string), object{"version": 1, "mode": "known"}, 409)
	d.call("DELETE", "/api/mail/accounts/"+account["id"].(string), nil, 204)
	if left := d.call("GET", "/api/mail/accounts", nil, 200)["accounts"].([]any); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
