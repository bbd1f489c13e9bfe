package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"kontor/app/kit/fault"
	"kontor/app/kit/sheet"
)

// TestChildDies ends the child in each way a hostile file could.
func TestChildDies(t *testing.T) {
	path := fileOf(t, "a.csv", []byte("a,b\n1,2\n"))
	for _, c := range []struct {
		child   string
		options sheet.Options
		key     string
		cause   string
	}{
		{"hang", sheet.Options{Stall: 300 * time.Millisecond}, "sheet.stalled", "killed"},
		{"crash", sheet.Options{}, "sheet.crashed", "something impossible"},
		{"garbage", sheet.Options{}, "sheet.crashed", "malformed"},
	} {
		t.Run(c.child, func(t *testing.T) {
			t.Setenv("SHEET_TEST_CHILD", c.child)
			f := faultOf(t, path, c.options)
			if f.Key != c.key || f.Params["file"] != "a.csv" || !strings.Contains(fmt.Sprint(f.Err), c.cause) {
				t.Errorf("got %v", f)
			}
		})
	}
}

func TestMemoryLimit(t *testing.T) {
	var texts strings.Builder
	for part := range strings.SplitSeq(noise(40<<20), "zz") {
		texts.WriteString("<si><t>" + part + "</t></si>")
	}
	parts := workbookParts(oneRow)
	parts["xl/sharedStrings.xml"] = "<sst>" + texts.String() + "</sst>"
	f := faultOf(t, fileOf(t, "a.xlsx", zipOf(t, parts)), sheet.Options{Memory: 32 << 20})
	if f.Key != "sheet.memory" || f.Params["limit"] != 32 || f.Code != fault.CodeTooLarge {
		t.Errorf("got %v", f)
	}
}

func longCSV(t *testing.T) string {
	t.Helper()
	return fileOf(t, "long.csv", []byte(strings.Repeat("a,b,c,d,e,f,g,h\n", 1_000_000)))
}

func TestCancel(t *testing.T) {
	book := open(t, longCSV(t), sheet.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows, last := 0, error(nil)
	for _, err := range book.Rows(ctx, "long") {
		if rows++; rows == 10 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || rows >= 1_000_000 {
		t.Errorf("%d rows, then %v", rows, last)
	}
}

func TestBreakOff(t *testing.T) {
	var done, total int64
	book := open(t, longCSV(t), sheet.Options{Progress: func(d, all int64) { done, total = d, all }})
	if total != 16_000_000 || done < total/2 || done > total {
		t.Errorf("progress ended at %d of %d", done, total)
	}
	for range 2 { // the second pass begins anew
		for row, err := range book.Rows(context.Background(), "long") {
			if err != nil || row.Number != 1 {
				t.Fatalf("row %d, %v", row.Number, err)
			}
			break
		}
	}
}

func TestUnknownSheet(t *testing.T) {
	book := open(t, fileOf(t, "a.csv", []byte("a,b\n1,2\n")), sheet.Options{})
	for _, err := range book.Rows(context.Background(), "b") {
		if f := fault.Of(err); err == nil || f.Key != "sheet.noSuchSheet" || f.Params["sheet"] != "b" {
			t.Errorf("got %v", err)
		}
	}
}

// TestOrphan starts the child as nobody's: it must end by itself.
func TestOrphan(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, sheet.WorkerArg)
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 85 {
		t.Errorf("the child ended with %v", err)
	}
	if sheet.Worker([]string{"serve"}) {
		t.Error("another argument is taken for the child's")
	}
}
