package api_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"sync/atomic"
	"testing"

	"modernc.org/sqlite"

	"kontor/app/record"
	"kontor/storage"
)

// onTick hears of each row that a query of the kind "slow" looks at.
var onTick atomic.Pointer[func()]

func init() {
	sqlite.MustRegisterScalarFunction("tick", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if f := onTick.Load(); f != nil {
			(*f)()
		}
		return args[0], nil
	})
}

// TestHangUp: the query of a page that went on, as one does while somebody types
// a filter, ends in the database, and its answer is not worked out.
func TestHangUp(t *testing.T) {
	const rows = 20_000
	d := open(t)
	err := d.app.DB.Write(t.Context(), func(tx *storage.Tx) error {
		if _, err := tx.Exec(t.Context(), "CREATE TABLE slow (id INTEGER PRIMARY KEY, version INTEGER, created_at INTEGER, updated_at INTEGER, deleted_at INTEGER, note TEXT)"); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO slow (id, version, created_at, updated_at, note) SELECT i, 1, i, i, 'note' FROM n`, rows))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.app.Records.Register(&record.Kind{
		Name: "slow", Module: "slow", Table: "slow", TitleKey: "note", SortKey: "note",
		Fields: []record.Field{{Key: "note", Type: record.Text, Column: "tick(note)"}},
	})
	var asked context.Context
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Context()
		d.http.ServeHTTP(w, r)
		over <- struct{}{}
	}))
	t.Cleanup(server.Close)
	where := url.QueryEscape(`note ~ "zzz"`)
	for _, path := range []string{"?where=" + where, "?offset=19000", "/count?where=" + where, "/groups?by=note&where=" + where} {
		ctx, cancel := context.WithCancel(t.Context())
		var count atomic.Int64
		tick := func() {
			if count.Add(1) < 300 {
				return
			}
			cancel()
			<-asked.Done()
			runtime.Gosched() // to who tells SQLite
		}
		onTick.Store(&tick)
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/records/slow"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := server.Client().Do(r)
		<-over
		if !errors.Is(err, context.Canceled) || count.Load() >= rows {
			t.Errorf("%s: %v, %v after %d looks at %d rows", path, answer, err, count.Load(), rows)
		}
	}
	onTick.Store(nil)
}
