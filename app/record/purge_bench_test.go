package record_test

import (
	"fmt"
	"testing"
	"time"

	"kontor/app/apptest"
	"kontor/app/record"
)

// BenchmarkPurge takes 1,000 companies of a workspace with 50,000 of them and as
// many people out of the bin for good.
func BenchmarkPurge(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		h := apptest.OpenAt(b, nil)
		fill := func(k *record.Kind) (made []record.Change) {
			for n := 0; n < 50_000; n += 5_000 {
				drafts := make([]record.Draft, 5_000)
				for i := range drafts {
					drafts[i].Values = values{"name": fmt.Sprintf("Falcon %s %d", k.Name, n+i), "email": fmt.Sprintf("%s%d@falcon.example", k.Name, n+i)}
				}
				made = append(made, h.Do(h.Records.Save, k, drafts...)...)
			}
			return made
		}
		companies := fill(h.Contacts.Company)
		fill(h.Contacts.Person)
		var gone []record.Draft
		var refs []record.Ref
		for _, c := range companies[:1000] {
			gone = append(gone, record.Draft{ID: c.Record.ID})
			refs = append(refs, record.Ref{Kind: "company", ID: c.Record.ID})
		}
		h.Do(h.Records.Delete, h.Contacts.Company, gone...)
		b.StartTimer()
		longest, last := time.Duration(0), time.Now()
		done, err := h.Records.PurgeMany(h.Ctx, h.DB, refs, func(int) {
			longest, last = max(longest, time.Since(last)), time.Now()
		})
		if err != nil || done.Changed != 1000 {
			b.Fatal(done, err)
		}
		b.ReportMetric(float64(longest.Milliseconds()), "ms-longest-step")
	}
}
