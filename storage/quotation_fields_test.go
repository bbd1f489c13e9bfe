package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

// TestQuotationsAreCarriedOver: the table of quotations is written anew, with all
// that it holds, its indexes and its rules.
func TestQuotationsAreCarriedOver(t *testing.T) {
	db, err := sqlx.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "old.db")+"?_pragma=foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	steps, err := goose.NewProvider(goose.DialectSQLite3, db.DB, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := steps.UpTo(t.Context(), 11); err != nil {
		t.Fatal(err)
	}
	indexes := "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'sales_quotation'"
	before := count(t, db, indexes)
	_, err = db.ExecContext(t.Context(), `INSERT INTO sales_quotation (id, version, created_at, updated_at, deleted_at, name, name_key, number, number_key, revision,
			status, subject, reference, date, language, currency, prices, rounding, intro, closing, terms, gross, snapshot)
		VALUES (7, 3, 1, 2, NULL, 'Q-2026-0001 Bar', 'q-2026-0001 bar', 'Q-2026-0001', 'q-2026-0001', 1,
			'final', 'Bar', 'R', '2026-03-04', 'de', 'EUR', 'net', 'document', 'a', 'b', 'c', 449820, 'x')`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := steps.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) FROM sales_quotation WHERE id = 7 AND version = 3 AND number = 'Q-2026-0001' AND gross = 449820 AND terms = 'c' AND company_id IS NULL"); n != 1 {
		t.Error("the quotation is not as it was")
	}
	if after := count(t, db, indexes); after != before {
		t.Errorf("%d indexes, had %d", after, before)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE sales_quotation SET company_id = 99"); err == nil {
		t.Error("it may belong to a company that is not there")
	}
	if _, err := db.ExecContext(t.Context(), "ALTER TABLE sales_quotation ADD COLUMN cf_1_1 TEXT NOT NULL DEFAULT ''"); err != nil {
		t.Error(err)
	}
	if n := count(t, db, "SELECT count(*) FROM pragma_table_list WHERE name = 'sales_quotation' AND strict = 0"); n != 1 {
		t.Error("the table is still STRICT")
	}
}
