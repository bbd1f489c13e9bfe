package transfer_test

import (
	"testing"

	"kontor/app/record"
	"kontor/app/transfer"
)

// TestActivities: tasks, calls and meetings of other programs come in under the
// names that these give their columns, and go out and in again without a change.
func TestActivities(t *testing.T) {
	o := newOffice(t)
	wantCounts(t, o.importAll("firmen.csv", csv("Firma;Schlagwörter", "Falcon GmbH;Eiche; Messe"), transfer.Options{Kind: "company"}), transfer.Counts{Created: 1})
	wantCounts(t, o.importAll("people.csv", csv("Name,Email,Labels", "Ada King,ada@x.example,VIP"), transfer.Options{Kind: "person"}), transfer.Counts{Created: 1})
	if got := o.only("person", `tags = "VIP"`).Values.String("name"); got != "Ada King" {
		t.Errorf("tagged %q", got)
	}
	wantCounts(t, o.importAll("tasks.csv", csv(
		"Subject,Due Date,Regarding,Importance,Recurrence,Reminder,Description",
		"Call Ada,2027-03-01,Falcon GmbH,Urgent,weekly,30,about the counter",
		"Tidy up,,,,,,",
	), transfer.Options{Kind: "task"}), transfer.Counts{Created: 2})
	if v := o.only("task", `priority = "high"`).Values; v.String("text") != "Call Ada" || v.String("due") != "2027-03-01" || v.ID("about") == 0 || v.String("repeat") != "FREQ=WEEKLY" || v.Int("remind") != 30 || v.String("details") == "" {
		t.Errorf("%v", v)
	}
	wantCounts(t, o.importAll("anrufe.csv", csv(
		"Datum;Gesprächspartner;Richtung;Ergebnis;Dauer;Gesprächsnotiz",
		"24.03.2026 10:15;Falcon GmbH;Eingehend;Rückruf;12;Will Muster",
	), transfer.Options{Kind: "call"}), transfer.Counts{Created: 1})
	if v := o.only("call", "").Values; v.String("direction") != "in" || v.String("outcome") != "callBack" || v.Int("minutes") != 12 || v.Int("at") == 0 || v.ID("about") == 0 || v.String("text") != "Will Muster" {
		t.Errorf("%v", v)
	}
	wantCounts(t, o.importAll("termine.csv", csv(
		"Betreff;Beginn;Ende;Ort;Teilnehmer;Erinnerung",
		"Musterschau;25.03.2026 14:00;25.03.2026 15:30;Hamburg;Falcon GmbH;15",
	), transfer.Options{Kind: "meeting"}), transfer.Counts{Created: 1})
	if v := o.only("meeting", "").Values; v.String("text") != "Musterschau" || v.Int("to")-v.Int("from") != 90*60*1000 || v.String("place") != "Hamburg" || len(v.Rows("about")) != 1 || v.Int("remind") != 15 {
		t.Errorf("%v", v)
	}
	for _, kind := range []string{"task", "call", "meeting"} {
		n := len(o.list(kind, ""))
		for _, language := range []string{"en", "de"} {
			data := o.export(transfer.Export{Kind: kind, Format: transfer.XLSX, Language: language, Query: record.Query{}})
			wantCounts(t, o.importAll("own.xlsx", data, transfer.Options{Kind: kind}), transfer.Counts{Unchanged: n})
		}
	}
}
