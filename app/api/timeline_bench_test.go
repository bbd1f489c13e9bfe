package api_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/api"
	"kontor/app/record"
	"kontor/storage"
)

// pageRequests are what the page of a company asks for before it is drawn.
func pageRequests(company record.ID) []string {
	at := func(more string) string { return fmt.Sprintf("/api/records/company/%s%s", company, more) }
	list := func(kind, field, sort string, limit int) string {
		where := url.QueryEscape(fmt.Sprintf("%s = %q", field, company.String()))
		return fmt.Sprintf("/api/records/%s?where=%s&sort=%s&limit=%d", kind, where, sort, limit)
	}
	count := func(kind, field string) string {
		return fmt.Sprintf("/api/records/%s/count?where=%s", kind, url.QueryEscape(fmt.Sprintf("%s = %q", field, company.String())))
	}
	return []string{
		"GET /api/session", "GET /api/kinds", "GET /api/settings",
		"GET " + at(""), "GET " + at("/timeline?limit=30"), "POST " + at("/look"),
		"GET " + list("file", "about", "-createdAt", 500),
		"GET " + list("person", "roles.company", "name", 6), "GET " + count("person", "roles.company"),
		"GET " + list("task", "about", "due", 6), "GET " + count("task", "about"),
		"GET " + list("quotation", "company", "-date", 6), "GET " + count("quotation", "company"),
	}
}

// BenchmarkRecordPage: everything that the page of a company with 5,000 entries
// asks for, in a workspace of 50,000 notes; and the same timeline narrowed by
// words and by who. The floor is the handler that answers who is asking.
func BenchmarkRecordPage(b *testing.B) {
	a, err := app.Create(b.Context(), b.TempDir(), storage.Options{Version: "test"},
		app.Start{Company: "Harbor Trading", Owner: "Ines Okafor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "Europe/Berlin"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	handler := api.New(a).Owned()
	ask := func(request string) {
		method, path, _ := strings.Cut(request, " ")
		r := httptest.NewRequestWithContext(b.Context(), method, path, strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code >= 300 {
			b.Fatalf("%s: %d %s", request, w.Code, w.Body)
		}
		if !json.Valid(w.Body.Bytes()) {
			b.Fatalf("%s: no JSON", request)
		}
	}
	company := busyCompany(b, a)
	line := fmt.Sprintf("GET /api/records/company/%s/timeline?limit=30", company)
	measure := func(unit string, requests ...string) {
		var times []time.Duration
		for range 40 {
			start := time.Now()
			for _, request := range requests {
				ask(request)
			}
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, unit+"-ms")
	}
	b.ResetTimer()
	for range b.N {
		measure("floor", "GET /api/session")
		measure("page", pageRequests(company)...)
		measure("timeline", line)
		measure("rare-words", line+"&q=pomegranate")
		measure("common-words", line+"&q=delivery+agr")
		measure("no-hit", line+"&q=delivery+zzzz")
		measure("by-person", line+"&who="+somebodyOf(b, a, company).String())
		measure("people", strings.Replace(line, "?limit=30", "/people", 1))
	}
}

// busyCompany makes a company with 5,000 notes, one in ten about a person in it,
// among 45,000 notes about others.
func busyCompany(b *testing.B, a *app.App) record.ID {
	b.Helper()
	ctx, _, err := a.AsOwner(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	save := func(k *record.Kind, n int, values func(i int) map[string]any) []record.ID {
		var ids []record.ID
		err := record.InChunks(ctx, a.DB, n, func(tx *storage.Tx, from, to int) error {
			drafts := make([]record.Draft, 0, to-from)
			for i := from; i < to; i++ {
				drafts = append(drafts, record.Draft{Values: values(i)})
			}
			changes, err := a.Records.Save(ctx, tx, k, drafts...)
			for _, c := range changes {
				ids = append(ids, c.Record.ID)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		return ids
	}
	companies := save(a.Contacts.Company, 10, func(i int) map[string]any { return map[string]any{"name": fmt.Sprint("Company ", i)} })
	people := save(a.Contacts.Person, 20, func(i int) map[string]any {
		return map[string]any{"name": fmt.Sprint("Person ", i), "company": companies[0]}
	})
	save(a.Activities.Note, 50_000, func(i int) map[string]any {
		about := companies[i%10]
		if i%100 == 0 {
			about = people[i/100%20]
		}
		text := fmt.Sprintf("Meeting %d about the order, **delivery** agreed on the phone:\n- week %d\n- by post", i, i%52)
		if i == 1000 {
			text += " with a pomegranate"
		}
		return map[string]any{"text": text, "about": about}
	})
	return companies[0]
}

func somebodyOf(b *testing.B, a *app.App, company record.ID) record.ID {
	b.Helper()
	people, err := a.Timeline.People(b.Context(), a.DB.Reader(), company)
	if err != nil || len(people) < 2 {
		b.Fatal(len(people), err)
	}
	return people[1].ID
}
