package record_test

import (
	"testing"

	"kontor/app/apptest"
	"kontor/app/record"
	"kontor/storage"
)

// unseen are names as they come out of web pages, chats and spreadsheets.
var unseen = []struct{ what, text, want string }{
	{"zero-width blank", "Fal\u200bcon\u200b GmbH", "Falcon GmbH"},
	{"word joiner", "Ada\u2060 King", "Ada King"},
	{"byte order mark inside", "Ada\ufeff King", "Ada King"},
	{"soft hyphen", "Donau\u00addampf\u00adschiff", "Donaudampfschiff"},
	{"override", "invoice\u202Egpj.exe", "invoicegpj.exe"},
	{"isolates", "\u2066Ada\u2069 King", "Ada King"},
	{"marks of a chat", "\u200e+49 171 1234567\u202c", "+49 171 1234567"},
	{"joiner between Latin letters", "A\u200dda \u200cKing\u200d", "Ada King"},
	{"only what nobody sees", "\u200b\u200d\u2060\u3164", ""},
	{"hidden tags", "Ada\U000e0041\U000e0042", "Ada"},
	{"letter put together", "e\u200d\u0301tage", "étage"},

	{"Persian", "علی\u200cرضا کتاب\u200cخانه", "علی\u200cرضا کتاب\u200cخانه"},
	{"Persian, at the end", "کتاب\u200c", "کتاب"},
	{"Hindi", "श्री क्\u200dष राज्\u200cय", "श्री क्\u200dष राज्\u200cय"},
	{"Marathi", "दर्\u200dया", "दर्\u200dया"},
	{"Bengali", "র\u200d্যাব", "র\u200d্যাব"},
	{"Malayalam, at the end", "അവന്\u200d", "അവന്\u200d"},
	{"Sinhala", "ශ්\u200dරී ලංකා", "ශ්\u200dරී ලංකා"},
	{"Hebrew with a mark", "חברת C++\u200f בעמ", "חברת C++\u200f בעמ"},
	{"Arabic override", "\u202eشركة\u202c", "شركة"},
	{"family", "👨\u200d👩\u200d👧 & Co", "👨\u200d👩\u200d👧 & Co"},
	{"health worker", "👩🏽\u200d⚕️", "👩🏽\u200d⚕️"},
	{"rainbow flag", "🏳️\u200d🌈", "🏳️\u200d🌈"},
	{"flag of England", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"},
	{"heart", "❤️ 사랑", "❤️ 사랑"},
}

func TestCleanUnseen(t *testing.T) {
	for _, c := range unseen {
		t.Run(c.what, func(t *testing.T) {
			got := record.Clean(c.text, false)
			if got != c.want {
				t.Errorf("got %+q, want %+q", got, c.want)
			}
			if again := record.Clean(got, false); again != got {
				t.Errorf("cleaned again %+q", again)
			}
			// Whoever looks for it by either spelling finds it.
			if a, b := storage.Fold(c.text), storage.Fold(got); a != b && c.what != "only what nobody sees" {
				t.Errorf("folds to %+q and %+q", a, b)
			}
		})
	}
	// Long texts are somebody's own page: only what disguises goes.
	if got := record.Clean("a\u00adb\u200bc\u202ed", true); got != "a\u00adb\u200bcd" {
		t.Errorf("a long text became %+q", got)
	}
}

// TestUnseenInNames: a record has one name, however it was written, and is found
// by it; the same name from elsewhere changes nothing.
func TestUnseenInNames(t *testing.T) {
	h := apptest.Open(t)
	company := h.Make(h.Contacts.Company, values{"name": "Fal\u200bcon\u00ad GmbH", "emails": []any{"ada\u200b@falcon.example"}})
	if v := company.Record.Values; v.String("name") != "Falcon GmbH" || v.String("email") != "ada@falcon.example" {
		t.Errorf("stored %+q %+q", v.String("name"), v.String("email"))
	}
	if changes := h.Do(h.Records.Save, h.Contacts.Company, record.Draft{ID: company.Record.ID, Values: values{"name": "Falcon\u2060 GmbH"}}); len(changes) != 0 {
		t.Errorf("changed %v", changes)
	}
	person := h.Make(h.Contacts.Person, values{"name": "Ada King", "company": "Falcon\u200d GmbH"})
	if got := person.Record.Values.ID("company"); got != company.Record.ID {
		t.Errorf("linked to %s", got)
	}
	hits, err := h.Search.Find(h.Ctx, h.DB.Reader(), "fal\u200bcon", "company", 10)
	if err != nil || len(hits) != 1 {
		t.Errorf("found %+v (%v)", hits, err)
	}
}
