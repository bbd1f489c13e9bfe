package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

// TestCorpus reads every file of a folder and prints what became of it. It is a
// tool for a person: go test -run TestCorpus -v, with the folder in SHEET_CORPUS.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("SHEET_CORPUS")
	if folder == "" {
		t.Skip("SHEET_CORPUS names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, file := range files {
		begun := time.Now()
		outcome, rows, cells := readWhole(file)
		counts[filepath.Ext(file)+" "+outcome]++
		t.Logf("%-22s %6d rows %8d cells %6d ms  %s", outcome, rows, cells, time.Since(begun).Milliseconds(), filepath.Base(file))
	}
	var lines []string
	for outcome, n := range counts {
		lines = append(lines, fmt.Sprintf("%4d %s", n, outcome))
	}
	sort.Strings(lines)
	for _, line := range lines {
		t.Log(line)
	}
}

func readWhole(file string) (outcome string, rows, cells int) {
	ctx := context.Background()
	book, err := sheet.Open(ctx, file, sheet.Options{})
	if err != nil {
		return outcomeOf(err), 0, 0
	}
	for _, s := range book.Sheets {
		for row, err := range book.Rows(ctx, s.Name) {
			if err != nil {
				return outcomeOf(err), rows, cells
			}
			rows++
			cells += len(row.Cells)
		}
	}
	return "read", rows, cells
}

func outcomeOf(err error) string {
	f := fault.Of(err)
	return fmt.Sprint(f.Key, " ", errors.Unwrap(f))
}
