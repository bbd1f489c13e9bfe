package transfer_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"kontor/app/kit/sheet"
	"kontor/app/transfer"
)

const benchRows = 100_000

// used is the CPU time of this process and of the children it waited for, which
// read the spreadsheets.
func used(b *testing.B) time.Duration {
	b.Helper()
	var total int64
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		total += u.Utime.Nano() + u.Stime.Nano()
	}
	return time.Duration(total)
}

// BenchmarkImport takes 100,000 companies in from a workbook, beside only reading
// it: opening (read, spool, guess, readings), planning, applying, the same again.
func BenchmarkImport(b *testing.B) {
	for range b.N {
		o := newOffice(b)
		source := newOffice(b)
		source.apply(source.open("list.csv", manyCompanies(benchRows), transfer.Options{}))
		data := source.export(transfer.Export{Kind: "company", Language: "en"})
		file := filepath.Join(b.TempDir(), "list.xlsx")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			b.Fatal(err)
		}
		measure := func(name string, fn func()) {
			cpu, wall := used(b), time.Now()
			fn()
			b.ReportMetric((used(b) - cpu).Seconds(), name+"-cpu-s")
			b.ReportMetric(time.Since(wall).Seconds(), name+"-s")
		}
		measure("read", func() {
			book, err := sheet.Open(context.Background(), file, sheet.Options{})
			if err != nil {
				b.Fatal(err)
			}
			for _, err := range book.Rows(context.Background(), book.Sheets[0].Name) {
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		var s *transfer.Session
		measure("open", func() { s = o.open("list.xlsx", data, transfer.Options{}) })
		measure("plan", func() {
			if err := s.Plan(o.ctx); err != nil {
				b.Fatal(err)
			}
		})
		measure("apply", func() { wantCounts(b, o.apply(s), transfer.Counts{Created: benchRows}) })
		s = source.open("list.xlsx", data, transfer.Options{})
		measure("again", func() { wantCounts(b, source.apply(s), transfer.Counts{Unchanged: benchRows}) })
	}
}

// BenchmarkExport gives 100,000 companies out as a workbook and as text.
func BenchmarkExport(b *testing.B) {
	o := newOffice(b)
	o.apply(o.open("list.csv", manyCompanies(benchRows), transfer.Options{}))
	for _, format := range []string{transfer.XLSX, transfer.CSV} {
		b.Run(format, func(b *testing.B) {
			for range b.N {
				cpu := used(b)
				p, err := o.tr.Prepare(o.ctx, transfer.Export{Kind: "company", Format: format, Language: "en"})
				if err != nil {
					b.Fatal(err)
				}
				var out bytes.Buffer
				if err := p.Write(o.ctx, &out); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric((used(b) - cpu).Seconds(), "cpu-s")
				b.ReportMetric(float64(out.Len())/1e6, "MB")
			}
		})
	}
}
