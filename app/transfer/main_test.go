package transfer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app"
	"kontor/app/apptest"
	"kontor/app/kit/sheet"
	"kontor/app/record"
	"kontor/app/transfer"
)

// TestMain lets the test binary be the child that reads spreadsheets, and the
// process that is killed in the middle of an import.
func TestMain(m *testing.M) {
	if sheet.Worker(os.Args[1:]) {
		return
	}
	if dir := os.Getenv("TRANSFER_TEST_VICTIM"); dir != "" {
		victim(dir)
		return
	}
	os.Exit(m.Run())
}

// office is a workspace with its two doors for spreadsheets.
type office struct {
	t   testing.TB
	app *app.App
	tr  *transfer.Transfer
	ctx context.Context
}

func newOffice(t testing.TB) *office {
	t.Helper()
	h := apptest.OpenAt(t, nil)
	return &office{t, h.App, transfer.New(h.DB, h.Records), h.Ctx}
}

// csv joins lines of a text file.
func csv(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

func (o *office) open(name string, content []byte, options transfer.Options) *transfer.Session {
	o.t.Helper()
	s, err := o.tr.Open(o.ctx, name, content, options)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// importAll plans and applies a file, demands that both say the same, and gives
// what they say.
func (o *office) importAll(name string, content []byte, options transfer.Options) transfer.Result {
	o.t.Helper()
	s := o.open(name, content, options)
	planned, _, err := s.Planned(o.ctx, "en", transfer.Page{Limit: 1000, Problems: transfer.MaxProblems})
	if err != nil {
		o.t.Fatal(err)
	}
	result := o.apply(s)
	if planned.Counts != result.Counts || fmt.Sprint(planned.Records) != fmt.Sprint(result.Records) {
		o.t.Errorf("%s: planned %+v %+v, done %+v %+v", name, planned.Counts, planned.Records, result.Counts, result.Records)
	}
	if fmt.Sprint(planned.Errors) != fmt.Sprint(result.Errors) {
		o.t.Errorf("%s: planned errors %v, got %v", name, planned.Errors, result.Errors)
	}
	return result
}

func (o *office) apply(s *transfer.Session) transfer.Result {
	o.t.Helper()
	if err := s.Apply(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	if err := s.Wait(o.ctx); err != nil {
		o.t.Fatal(err)
	}
	state, err := s.State("en")
	if err != nil {
		o.t.Fatal(err)
	}
	r := *state.Job.Result
	if sum := r.Created + r.Updated + r.Unchanged + r.Skipped + r.Failed; sum != r.Rows {
		o.t.Errorf("%d rows, but %+v", r.Rows, r.Counts)
	}
	if err := o.tr.Close(s.ID()); err != nil {
		o.t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(o.app.DB.Dir, "imports", "*", "*")); err != nil || len(left) > 0 {
		o.t.Errorf("left behind: %v %v", left, err)
	}
	return r
}

// list reads all records of a kind that fit.
func (o *office) list(kind, where string) []*record.Record {
	o.t.Helper()
	k, err := o.app.Records.Kind(kind)
	if err != nil {
		o.t.Fatal(err)
	}
	filter, err := record.ParseFilter(where)
	if err != nil {
		o.t.Fatal(err)
	}
	page, err := o.app.Records.List(o.ctx, o.app.DB.Reader(), k, record.Query{Where: filter, Sort: []string{"id"}, Limit: 1000})
	if err != nil {
		o.t.Fatal(err)
	}
	return page.Records
}

// only is the one record that fits.
func (o *office) only(kind, where string) *record.Record {
	o.t.Helper()
	found := o.list(kind, where)
	if len(found) != 1 {
		o.t.Fatalf("%d records of %s where %s, want one", len(found), kind, where)
	}
	return found[0]
}

func wantCounts(t testing.TB, r transfer.Result, want transfer.Counts) {
	t.Helper()
	if r.Counts != want {
		t.Fatalf("got %+v, want %+v\nerrors %v\nwarnings %v", r.Counts, want, r.Errors, r.Warnings)
	}
}
