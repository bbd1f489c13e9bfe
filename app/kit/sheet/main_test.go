package sheet_test

import (
	"fmt"
	"io"
	"os"
	"testing"

	"kontor/app/kit/sheet"
)

// TestMain lets the test binary be its own child, as main does. What the
// variable names happens to the child instead of parsing, so that the tests see
// how its end is told.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == sheet.WorkerArg {
		switch os.Getenv("SHEET_TEST_CHILD") {
		case "hang":
			io.Copy(io.Discard, os.Stdin) // the parent keeps it open
		case "crash":
			panic("the parser met something impossible")
		case "garbage":
			fmt.Print("this is no frame at all")
			return
		}
	}
	if sheet.Worker(os.Args[1:]) {
		return
	}
	os.Exit(m.Run())
}
