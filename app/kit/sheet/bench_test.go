package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"kontor/app/kit/sheet"
)

const benchRows = 100_000

// salesTable has 15 columns as an export of customers with figures might.
func salesTable(rows int) sheet.Table {
	t := sheet.Table{Sheet: "Sales", TotalsLabel: "Total"}
	for i := range 15 {
		c := sheet.Column{Title: fmt.Sprintf("Column %d", i+1), Type: sheet.Text}
		switch i % 5 {
		case 1:
			c.Type, c.Digits, c.Currency, c.Total = sheet.Number, 2, "EUR", true
		case 2:
			c.Type = sheet.Date
		case 3:
			c.Type = sheet.Number
		}
		t.Columns = append(t.Columns, c)
	}
	t.Rows = salesRows(rows, t.Columns)
	return t
}

func salesRows(rows int, columns []sheet.Column) iter.Seq2[[]sheet.Value, error] {
	return func(yield func([]sheet.Value, error) bool) {
		row := make([]sheet.Value, len(columns))
		for n := range rows {
			for i, c := range columns {
				switch c.Type {
				case sheet.Number:
					row[i].Text = fmt.Sprintf("%d.%02d", n*7%99991, (n+i)%100)
				case sheet.Date:
					row[i].Text = fmt.Sprintf("20%02d-%02d-%02d", n%30, n%12+1, n%28+1)
				default:
					row[i].Text = fmt.Sprintf("Company %d of %d", n*i, i)
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// countWriter keeps nothing.
type countWriter int64

func (c *countWriter) Write(p []byte) (int, error) { *c += countWriter(len(p)); return len(p), nil }

func BenchmarkWriteXLSX(b *testing.B) {
	for b.Loop() {
		var n countWriter
		if err := sheet.WriteXLSX(context.Background(), &n, salesTable(benchRows)); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "bytes")
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	for b.Loop() {
		var n countWriter
		if err := sheet.WriteCSV(context.Background(), &n, salesTable(benchRows), sheet.CSV{}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "bytes")
	}
}

func benchFile(b *testing.B, name string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if filepath.Ext(name) == ".csv" {
		err = sheet.WriteCSV(context.Background(), f, salesTable(benchRows), sheet.CSV{})
	} else {
		err = sheet.WriteXLSX(context.Background(), f, salesTable(benchRows))
	}
	if err != nil {
		b.Fatal(err)
	}
	return path
}

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"sales.xlsx", "sales.csv"} {
		path := benchFile(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				book, err := sheet.Open(context.Background(), path, sheet.Options{})
				if err != nil {
					b.Fatal(err)
				}
				cells := 0
				for row, err := range book.Rows(context.Background(), book.Sheets[0].Name) {
					if err != nil {
						b.Fatal(err)
					}
					cells += len(row.Cells)
				}
				b.ReportMetric(float64(cells), "cells")
			}
		})
	}
}

// The floors below which no reader can get: unpacking alone, and encoding/csv.

func BenchmarkFloorUnzip(b *testing.B) {
	path := benchFile(b, "sales.xlsx")
	for b.Loop() {
		z, err := zip.OpenReader(path)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, r); err != nil {
				b.Fatal(err)
			}
		}
		z.Close()
	}
}

func BenchmarkFloorCSV(b *testing.B) {
	data, err := os.ReadFile(benchFile(b, "sales.csv"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(data))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
