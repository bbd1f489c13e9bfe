package mime

import (
	"testing"

	"kontor/mailsync/mailtest"
)

func benchmarkMails() (raws [][]byte, bytes int64) {
	for _, m := range mailtest.Mails(51, mailtest.Options{Count: 2000, Damaged: .006, Files: .09}) {
		raws = append(raws, m.Raw)
		bytes += int64(len(m.Raw))
	}
	return raws, bytes
}

// BenchmarkParse reads whole mails of the generator's mix, previews included.
func BenchmarkParse(b *testing.B) {
	raws, bytes := benchmarkMails()
	b.ReportAllocs()
	b.SetBytes(bytes / int64(len(raws)))
	i := 0
	for b.Loop() {
		Parse(raws[i%len(raws)])
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "mails/s")
}

// BenchmarkParseHeader reads headers alone, as a scan of a mailbox does.
func BenchmarkParseHeader(b *testing.B) {
	raws, _ := benchmarkMails()
	for i, raw := range raws {
		fields, body := splitMail(raw)
		if fields != nil {
			raws[i] = raw[:len(raw)-len(body)]
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		ParseHeader(raws[i%len(raws)])
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "mails/s")
}

// BenchmarkSanitizeHTML cleans the HTML of the same mails.
func BenchmarkSanitizeHTML(b *testing.B) {
	raws, _ := benchmarkMails()
	var bodies []string
	for _, raw := range raws[:300] {
		if m := Parse(raw); m.HTML != "" {
			bodies = append(bodies, m.HTML)
		}
	}
	i := 0
	for b.Loop() {
		SanitizeHTML(bodies[i%len(bodies)], HTMLOptions{})
		i++
	}
}
