package fields_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/app/apptest"
	"kontor/app/fields"
	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

type v = map[string]any

func add(h *apptest.House, values v) record.Change {
	h.Helper()
	c, err := save(h, record.Draft{Values: values})
	if err != nil {
		h.Fatalf("%v: %v", values, err)
	}
	return c
}

func save(h *apptest.House, d record.Draft) (c record.Change, err error) {
	err = h.DB.Write(h.Ctx, func(tx *storage.Tx) error {
		c, err = h.Fields.Save(h.Ctx, tx, d)
		return err
	})
	return c, err
}

// every is one field of each type with a value, another way to write it, and what
// is no value.
var every = []struct {
	label, kind string
	set         v
	value       any
	stored      string
	wrong       any
	where       string
}{
	{"Sales channel", "text", nil, "Trade fair", `"Trade fair"`, strings.Repeat("x", 501), `_sales_channel ^ "trade"`},
	{"Story", "longtext", nil, "line\nline", `"line\nline"`, v{}, `_story ~ "LINE"`},
	{"Machines", "number", v{"digits": "2"}, "12.5", `"12.5"`, "a dozen", `_machines > 12`},
	{"Budget", "money", nil, "1200", `"1200.00"`, "much", `_budget >= 1200`},
	{"Contract until", "date", nil, "2027-02-28", `"2027-02-28"`, "2027-02-30", `_contract_until > today`},
	{"Newsletter", "yesno", nil, true, `true`, "perhaps", `_newsletter = true`},
	{"Size", "choice", v{"options": []any{"small", "Large"}}, "large", `"Large"`, "medium", `_size = "LARGE"`},
	{"Lines", "choices", v{"options": []any{"Tools", "Paint, white", "Wood"}}, []any{"wood", "Paint, white"}, `[{"value":"Wood"},{"value":"Paint, white"}]`, []any{"Iron"}, `_lines = "paint, white"`},
	{"Fallback mail", "email", nil, "ada@Falcon.example", `"ada@falcon.example"`, "ada", `_fallback_mail ^ "ADA"`},
	{"Fax", "phone", nil, "+49 40 1234", `"+49 40 1234"`, v{}, `_fax is not empty`},
	{"Portal", "url", nil, "portal.falcon.example", `"portal.falcon.example"`, "javascript:alert(1)", `_portal ~ "falcon"`},
}

func TestEveryType(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	owner := h.Make(k, v{"name": "Osprey"})
	values := v{"name": "Falcon"}
	for _, e := range every {
		set := v{"kind": "company", "label": e.label, "type": e.kind}
		for key, value := range e.set {
			set[key] = value
		}
		c := add(h, set)
		values[c.Record.Values.String("key")] = e.value
	}
	link := add(h, v{"kind": "company", "label": "Mother", "type": "link", "target": "company"}).Record.Values.String("key")
	values[link] = owner.Record.ID.String()
	falcon := h.Make(k, values)
	rec, err := k.One(h.Ctx, h.DB.Reader(), falcon.Record.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range every {
		f := k.Field(k.All()[len(k.Fields)+i+moneyBefore(i)].Key)
		if got := string(k.Encode(f.Key, rec.Values)); f.Label != e.label || got != e.stored {
			t.Errorf("%s %q is stored as %s, want %s", f.Label, e.label, got, e.stored)
		}
		if _, err := h.Try(h.Records.Save, k, record.Draft{ID: rec.ID, Values: v{f.Key: e.wrong}}); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s took %v: %v", e.label, e.wrong, err)
		}
		for _, not := range []bool{false, true} {
			text, want := e.where, "Falcon"
			if not {
				text, want = "not ("+text+")", "Osprey"
			}
			where, err := record.ParseFilter(text)
			if err != nil {
				t.Fatal(err)
			}
			page, err := h.Records.List(h.Ctx, h.DB.Reader(), k, record.Query{Where: where})
			if err != nil || len(page.Records) != 1 || page.Records[0].Title() != want {
				t.Errorf("%s finds %v %v, want %s", text, page.Records, err, want)
			}
		}
		if f.Type == record.List || f.Type == record.LongText {
			continue
		}
		for _, sort := range []string{f.Key, "-" + f.Key} {
			page, err := h.Records.List(h.Ctx, h.DB.Reader(), k, record.Query{Sort: []string{sort}})
			if err != nil || len(page.Records) != 2 || page.Records[0].Title() != "Falcon" {
				t.Errorf("sorted by %s: %v %v", sort, page.Records, err)
			}
		}
	}
	found, err := h.Search.Find(h.Ctx, h.DB.Reader(), "trade fai", "", 5)
	if err != nil || len(found) != 1 || found[0].Title != "Falcon" || !strings.Contains(found[0].Snippet, "fair") {
		t.Errorf("search finds %+v %v", found, err)
	}
}

// moneyBefore counts the fields of currencies that stand before the i-th.
func moneyBefore(i int) int {
	if i > 3 {
		return 1
	}
	return 0
}

func TestRules(t *testing.T) {
	h := apptest.Open(t)
	add(h, v{"kind": "company", "label": "Channel", "type": "text"})
	for _, c := range []struct {
		values v
		field  string
	}{
		{v{"kind": "company", "label": " ", "type": "text"}, "label"},
		{v{"kind": "company", "label": "chännel", "type": "text"}, "label"},
		{v{"kind": "company", "label": "Telefon", "type": "text"}, "label"},
		{v{"kind": "settings", "label": "x", "type": "text"}, "kind"},
		{v{"kind": "nothing", "label": "x", "type": "text"}, "kind"},
		{v{"kind": "company", "label": "x", "type": "blob"}, "type"},
		{v{"kind": "company", "label": "x", "type": "choice"}, "options"},
		{v{"kind": "company", "label": "x", "type": "choice", "options": []any{"a", "A"}}, "options[1].value"},
		{v{"kind": "company", "label": "x", "type": "number", "digits": "7"}, "digits"},
		{v{"kind": "company", "label": "x", "type": "link", "target": "settings"}, "target"},
		{v{"kind": "company", "label": "x", "type": "date", "default": "soon"}, "default"},
		{v{"kind": "company", "label": "x", "type": "text", "key": "name"}, "key"},
		{v{"kind": "company", "label": strings.Repeat("x", 81), "type": "text"}, "label"},
	} {
		_, err := save(h, record.Draft{Values: c.values})
		if f := fault.Of(err); err == nil || f.Field != c.field || f.Code == fault.CodeInternal {
			t.Errorf("%v: %v, want a fault of %s", c.values, err, c.field)
		}
	}
	// Keys are made of labels and never twice the same.
	for i, label := range []string{"客户 渠道", "!!!", "???", "Channel 2"} {
		c := add(h, v{"kind": "person", "label": label, "type": "text"})
		if want := []string{"_客户_渠道", "_field", "_field_2", "_channel_2"}[i]; c.Record.Values.String("key") != want {
			t.Errorf("%s: key %s, want %s", label, c.Record.Values.String("key"), want)
		}
	}
}

func TestRequiredAndDefault(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	old := h.Make(k, v{"name": "Falcon"})
	add(h, v{"kind": "company", "label": "Branch", "type": "choice", "options": []any{"Wood", "Steel"}, "required": true})
	add(h, v{"kind": "company", "label": "Term", "type": "number", "default": "30"})
	if _, err := h.Try(h.Records.Save, k, record.Draft{Values: v{"name": "Osprey"}}); fault.Of(err).Field != "_branch" {
		t.Errorf("a new record without it: %v", err)
	}
	h.Set(old, v{"vat": "DE1"}) // an old one may lack it
	c := h.Set(old, v{"_branch": "wood"})
	if _, err := h.Try(h.Records.Save, k, record.Draft{ID: old.Record.ID, Values: v{"_branch": nil}}); fault.Of(err).Field != "_branch" {
		t.Errorf("emptied: %v", err)
	}
	if c.Record.Values["_term"] != nil {
		t.Errorf("an old record got %v", c.Record.Values["_term"])
	}
	for given, want := range map[any]string{nil: "30", "14": "14"} {
		values := v{"name": "New", "_branch": "Steel"}
		if given != nil {
			values["_term"] = given
		}
		if c := h.Make(k, values); string(k.Encode("_term", c.Record.Values)) != `"`+want+`"` {
			t.Errorf("given %v: %s", given, k.Encode("_term", c.Record.Values))
		}
	}
}

func TestOptions(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	one := add(h, v{"kind": "company", "label": "Size", "type": "choice", "options": []any{"small", "large", "huge"}})
	many := add(h, v{"kind": "company", "label": "Lines", "type": "choices", "options": []any{"small", "large", "huge"}})
	falcon := h.Make(k, v{"name": "Falcon", "_size": "small", "_lines": []any{"small", "large"}})
	value := func() string {
		rec, err := k.One(h.Ctx, h.DB.Reader(), falcon.Record.ID)
		if err != nil {
			t.Fatal(err)
		}
		return string(k.Encode("_size", rec.Values)) + string(k.Encode("_lines", rec.Values))
	}
	// Two options change places by their names, and one goes.
	swapped := []any{v{"value": "large", "code": json.Number("1")}, v{"value": "small", "code": json.Number("2")}}
	var batches []record.ID
	for _, c := range []record.Change{one, many} {
		changed, err := save(h, record.Draft{ID: c.Record.ID, Values: v{"options": swapped}})
		if err != nil {
			t.Fatal(err)
		}
		batches = append(batches, changed.Act.Batch)
	}
	if got := value(); got != `"large"[{"value":"large"},{"value":"small"}]` {
		t.Errorf("after the renaming: %s", got)
	}
	if _, err := h.Try(h.Records.Save, k, record.Draft{ID: falcon.Record.ID, Version: falcon.Record.Version, Values: v{"_size": "small"}}); !fault.Is(err, fault.CodeStale) {
		t.Errorf("a draft from before: %v", err)
	}
	for _, batch := range batches {
		if _, err := h.History.Undo(h.Ctx, batch, false); err != nil {
			t.Fatal(err)
		}
	}
	if got := value(); got != `"small"[{"value":"small"},{"value":"large"}]` {
		t.Errorf("after the undo: %s", got)
	}
	// An option in use is retired, one that is not goes.
	if _, err := save(h, record.Draft{ID: one.Record.ID, Values: v{"options": []any{"large"}}}); err != nil {
		t.Fatal(err)
	}
	f := k.Field("_size")
	if !slices.Equal(f.Options, []string{"large"}) || !slices.Equal(f.Retired, []string{"small"}) {
		t.Errorf("offered %v, retired %v", f.Options, f.Retired)
	}
}

func TestHide(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	c := add(h, v{"kind": "company", "label": "Channel", "type": "text"})
	falcon := h.Make(k, v{"name": "Falcon", "_channel": "fair"})
	hidden, err := save(h, record.Draft{ID: c.Record.ID, Values: v{"hidden": true}})
	if err != nil {
		t.Fatal(err)
	}
	where, _ := record.ParseFilter(`_channel = "fair"`)
	if _, err := h.Records.List(h.Ctx, h.DB.Reader(), k, record.Query{Where: where}); fault.Of(err).Key != "filter.hiddenField" {
		t.Errorf("a filter on a hidden field: %v", err)
	}
	if slices.ContainsFunc(k.Shown(), func(f *record.Field) bool { return f.Own }) {
		t.Error("it is still shown")
	}
	h.Set(falcon, v{"vat": "DE1"})
	add(h, v{"kind": "company", "label": "Channel", "type": "text"}) // the name is free again
	if undone, err := h.History.Undo(h.Ctx, hidden.Act.Batch, false); err != nil || len(undone.Conflicts) != 1 || !k.Field("_channel").Hidden {
		t.Errorf("two of one name: %+v %v", undone, err)
	}
	rec, err := k.One(h.Ctx, h.DB.Reader(), falcon.Record.ID)
	if err != nil || rec.Values.String("_channel") != "fair" {
		t.Errorf("the value is %q %v", rec.Values.String("_channel"), err)
	}
	// The making itself is undone, and done again.
	made := add(h, v{"kind": "company", "label": "District", "type": "text"})
	h.Set(falcon, v{"_district": "north"})
	undone, err := h.History.Undo(h.Ctx, made.Act.Batch, false)
	if err != nil || undone.Undone != 1 || !k.Field("_district").Hidden {
		t.Fatalf("%+v %v", undone, err)
	}
	if _, err := h.History.Undo(h.Ctx, undone.Batch, false); err != nil || k.Field("_district").Hidden {
		t.Fatalf("%v", err)
	}
}

func TestConvert(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	c := add(h, v{"kind": "company", "label": "Machines", "type": "text"})
	var made []record.Change
	for i, text := range []string{"12", "7.5", "a dozen", ""} {
		made = append(made, h.Make(k, v{"name": fmt.Sprint("Company ", i), "_machines": text}))
	}
	convert := func(dry bool, values v) (fields.Conversion, record.Change) {
		t.Helper()
		change, found, err := h.Fields.Convert(h.Ctx, record.Draft{ID: c.Record.ID, Values: values}, dry)
		if err != nil {
			t.Fatal(err)
		}
		return found, change
	}
	values := func() (all string) {
		for _, m := range made {
			rec, err := k.One(h.Ctx, h.DB.Reader(), m.Record.ID)
			if err != nil {
				t.Fatal(err)
			}
			all += string(k.Encode("_machines", rec.Values)) + " "
		}
		return all
	}
	number := v{"type": "number", "digits": "1"}
	if found, _ := convert(true, number); found.Fit != 2 || found.Misfits != 1 || found.First[0].Text != "a dozen" || found.First[0].Title != "Company 2" {
		t.Errorf("a dry run tells %+v", found)
	}
	if k.Field("_machines").Type != record.Text {
		t.Fatal("a dry run changed the type")
	}
	_, change := convert(false, number)
	if got := values(); got != `"12" "7.5" null null ` {
		t.Errorf("as numbers: %s", got)
	}
	if _, err := h.Try(h.Records.Save, k, record.Draft{ID: made[0].Record.ID, Version: made[0].Record.Version, Values: v{"_machines": "13"}}); !fault.Is(err, fault.CodeStale) {
		t.Errorf("a draft from before: %v", err)
	}
	undone, err := h.History.Undo(h.Ctx, change.Act.Batch, false)
	if err != nil || undone.Undone != 0 || len(undone.Conflicts) != 2 {
		t.Errorf("an undo of it: %+v %v", undone, err)
	}
	h.Set(made[3], v{"_machines": "3"})
	convert(false, v{"type": "longtext"})
	if undone, err = h.History.Undo(h.Ctx, change.Act.Batch, false); err != nil || undone.Undone != 1 {
		t.Errorf("the value that did not fit: %+v %v", undone, err)
	}
	if got := values(); got != `"12" "7.5" "a dozen" "3" ` {
		t.Errorf("as text again: %s", got)
	}
	for _, step := range []struct {
		values v
		fit    int
		want   string
	}{
		{v{"type": "choices", "options": []any{"12", "7.5", "a dozen", "3"}}, 4, `[{"value":"12"}] [{"value":"7.5"}] [{"value":"a dozen"}] [{"value":"3"}] `},
		{v{"type": "choice", "options": []any{"12", "7.5", "a dozen", "3"}}, 4, `"12" "7.5" "a dozen" "3" `},
		{v{"type": "text"}, 4, `"12" "7.5" "a dozen" "3" `},
		{v{"type": "money"}, 3, `"12.00" "7.50" null "3.00" `},
		{v{"type": "text"}, 3, `"12.00" "7.50" null "3.00" `},
		{v{"type": "yesno"}, 0, `null null null null `},
	} {
		found, _ := convert(false, step.values)
		if got := values(); got != step.want || found.Fit != step.fit {
			t.Errorf("as %v: %s, %+v", step.values, got, found)
		}
	}
	if _, _, err := h.Fields.Convert(h.Ctx, record.Draft{ID: c.Record.ID, Values: v{"type": "link", "target": "person"}}, false); fault.Of(err).Key != "field.noConversion" && fault.Of(err).Key != "field.target" {
		t.Errorf("to a link: %v", err)
	}
}

// TestNextStart: what one program made, the next one has.
func TestNextStart(t *testing.T) {
	h := apptest.Open(t)
	add(h, v{"kind": "company", "label": "Channel", "type": "choices", "options": []any{"fair", "web"}})
	h.Make(h.Contacts.Company, v{"name": "Falcon", "_channel": []any{"web"}})
	again := h.Reopen()
	page, err := again.Records.List(again.Ctx, again.DB.Reader(), again.Contacts.Company, record.Query{})
	if err != nil || len(page.Records) != 1 || string(again.Contacts.Company.Encode("_channel", page.Records[0].Values)) != `[{"value":"web"}]` {
		t.Errorf("%v %v", page.Records, err)
	}
}

// TestWhileOthersWork: fields come and change while others read and write; nobody
// sees half of one.
func TestWhileOthersWork(t *testing.T) {
	h := apptest.Open(t)
	k := h.Contacts.Company
	falcon := h.Make(k, v{"name": "Falcon"})
	done := make(chan struct{})
	fault := make(chan error, 4)
	work := func(do func() error) {
		for {
			select {
			case <-done:
				fault <- nil
				return
			default:
				if err := do(); err != nil {
					fault <- err
					return
				}
			}
		}
	}
	go work(func() error {
		page, err := h.Records.List(h.Ctx, h.DB.Reader(), k, record.Query{Sort: []string{k.All()[len(k.All())-1].Key}})
		if err != nil {
			return err
		}
		for _, rec := range page.Records { // none, if it gets its value between the two halves of the list
			if _, err := json.Marshal(rec); err != nil {
				return err
			}
		}
		return nil
	})
	go work(func() error {
		_, err := json.Marshal(h.Records.Kinds())
		return err
	})
	go work(func() error {
		_, err := h.Try(h.Records.Save, k, record.Draft{ID: falcon.Record.ID, Values: v{"vat": fmt.Sprint("DE", h.DB.Now().UnixNano())}})
		return err
	})
	for i := range 6 {
		c := add(h, v{"kind": "company", "label": fmt.Sprint("Number ", i), "type": "number"})
		h.Set(falcon, v{c.Record.Values.String("key"): "7"})
		if i%2 == 0 {
			continue
		}
		if _, _, err := h.Fields.Convert(h.Ctx, record.Draft{ID: c.Record.ID, Values: v{"type": "text"}}, false); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	for range 3 {
		if err := <-fault; err != nil {
			t.Error(err)
		}
	}
	rec, err := k.One(h.Ctx, h.DB.Reader(), falcon.Record.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range k.Shown() {
		if f.Own && string(k.Encode(f.Key, rec.Values)) != `"7"` {
			t.Errorf("%s is %s", f.Label, k.Encode(f.Key, rec.Values))
		}
	}
}
