package files_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

type v = map[string]any

func add(h *apptest.House, name string, about record.ID, content string) *record.Record {
	h.Helper()
	var c record.Change
	err := h.DB.Write(h.Ctx, func(tx *storage.Tx) (err error) {
		c, err = h.Files.Add(h.Ctx, tx, name, about, strings.NewReader(content))
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return c.Record
}

func TestFiles(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, v{"name": "Falcon"})
	large := strings.Repeat("0123456789abcdef", 1<<17) + string(bytes.Repeat([]byte{0, 1, 2, 3, 255}, 1000))
	first := add(h, "offer.pdf", company.Record.ID, "%PDF-1.7 content")
	second := add(h, "copy.pdf", 0, "%PDF-1.7 content")
	third := add(h, "large.bin", 0, large)
	if first.Values["hash"] != second.Values["hash"] || first.ID == second.ID {
		t.Error("the same bytes are not kept once")
	}
	for rec, want := range map[*record.Record]string{first: "%PDF-1.7 content", second: "%PDF-1.7 content", third: large} {
		got, content, err := h.Files.Open(h.Ctx, h.DB.Reader(), rec.ID)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(content)
		if err != nil || string(data) != want || got.Values.Int("size") != int64(len(want)) {
			t.Errorf("%s: %d bytes, %v", got.Title(), len(data), err)
		}
		if err := content.Close(); err != nil {
			t.Error(err)
		}
	}
	entries, _, err := h.Timeline.Read(h.Ctx, h.DB.Reader(), company.Record.ID, []string{"file"}, "", 10)
	if err != nil || len(entries) != 1 || entries[0].Title != "offer.pdf" {
		t.Errorf("timeline: %v, %v", entries, err)
	}
	// Without bytes there is no file.
	_, err = h.Try(h.Records.Save, h.Files.Kind, record.Draft{Values: v{"name": "empty"}})
	if f := fault.Of(err); f == nil || f.Code != fault.CodeInvalid || f.Field != "hash" {
		t.Errorf("a file without content: %v", err)
	}
	_, err = h.Try(h.Records.Save, h.Files.Kind, record.Draft{ID: first.ID, Values: v{"hash": "x"}})
	if f := fault.Of(err); f == nil || f.Key != "record.readOnly" {
		t.Errorf("the content of a file was replaced: %v", err)
	}
	renamed := h.Do(h.Records.Save, h.Files.Kind, record.Draft{ID: first.ID, Values: v{"name": "final.pdf"}})[0]
	if renamed.Record.Values["hash"] != first.Values["hash"] {
		t.Error("another name is another content")
	}
}

func TestNames(t *testing.T) {
	h := apptest.Open(t)
	long := strings.Repeat("ö", 300)
	for given, want := range map[string]string{
		"Angebot 2026.pdf":          "Angebot 2026.pdf",
		"/etc/passwd":               "passwd",
		`C:\Users\Ada\Plan.docx`:    "Plan.docx",
		"../../up.txt":              "up.txt",
		"..":                        "file",
		".":                         "file",
		"":                          "file",
		"  / ":                      "file",
		"a\x00b\u202egpj.exe":       "abgpj.exe",
		`what? "quoted" <a|b>*.txt`: "what_ _quoted_ _a_b__.txt",
		"trailing. . ":              "trailing",
		"日本語.pdf":                   "日本語.pdf",
		long + ".pdf":               strings.Repeat("ö", 115) + "….pdf",
		".gitignore":                ".gitignore",
	} {
		if got := add(h, given, 0, given).Values.String("name"); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestTypes(t *testing.T) {
	h := apptest.Open(t)
	for _, c := range []struct{ name, content, want string }{
		{"a.png", "\x89PNG\r\n\x1a\n\x00", "image/png"},
		{"picture.png", "<html><script>alert(1)</script>", "text/html"},
		{"page.html", "just text", "text/plain"},
		{"a.pdf", "%PDF-1.7", "application/pdf"},
		{"nothing", "\x00\x01\x02", "application/octet-stream"},
	} {
		if got := add(h, c.name, 0, c.content).Values.String("mime"); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestVersions: the same name beside the same record is a new version; the old
// ones stay as they are.
func TestVersions(t *testing.T) {
	h := apptest.Open(t)
	falcon := h.Make(h.Contacts.Company, v{"name": "Falcon"}).Record.ID
	osprey := h.Make(h.Contacts.Company, v{"name": "Osprey"}).Record.ID
	first := add(h, "Plan.txt", falcon, "one")
	second := add(h, "PLAN.txt", falcon, "two")
	for rec, want := range map[*record.Record]int64{
		first: 0, second: 2, add(h, "Other.txt", falcon, "x"): 0, add(h, "Plan.txt", osprey, "x"): 0, add(h, "Plan.txt", 0, "x"): 0,
	} {
		if got := rec.Values.Int("edition"); got != want {
			t.Errorf("%s: version %d, want %d", rec.Title(), got, want)
		}
	}
	h.Do(h.Records.Delete, h.Files.Kind, record.Draft{ID: second.ID})
	if got := add(h, "Plan.txt", falcon, "three").Values.Int("edition"); got != 3 {
		t.Errorf("a version beside one in the bin is %d", got)
	}
	_, content, err := h.Files.Open(h.Ctx, h.DB.Reader(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if data, err := io.ReadAll(content); err != nil || string(data) != "one" {
		t.Errorf("the first version became %q, %v", data, err)
	}
	// A name that people type is cleaned as that of an added file is.
	renamed := h.Do(h.Records.Save, h.Files.Kind, record.Draft{ID: first.ID, Values: v{"name": `..\up/Final?.txt`}})[0].Record
	if got := renamed.Values.String("name"); got != "Final_.txt" {
		t.Errorf("renamed to %q", got)
	}
}
