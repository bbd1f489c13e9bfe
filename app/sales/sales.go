package sales

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/kit/paper"
	"kontor/app/record"
	"kontor/app/record/files"
	"kontor/app/settings"
	"kontor/storage"
)

// Sales keeps quotations.
type Sales struct {
	Quotation *record.Kind

	db       *storage.DB
	r        *record.Registry
	files    *files.Files
	settings *settings.Settings
	company  *record.Kind
	person   *record.Kind
}

// New registers quotations. They are addressed to records of the two kinds.
func New(db *storage.DB, r *record.Registry, f *files.Files, s *settings.Settings, company, person *record.Kind) *Sales {
	sales := &Sales{Quotation: quotation(), db: db, r: r, files: f, settings: s, company: company, person: person}
	r.Register(sales.Quotation)
	return sales
}

// Save makes a quotation, or with an id changes one, and gives it as stored.
// Everything the document does not say is emptied, but for the user's own fields.
func (s *Sales) Save(ctx context.Context, tx *storage.Tx, id record.ID, version int64, q Quotation) (*record.Record, []record.Change, error) {
	if q.Currency == "" {
		q.Currency = s.settings.Text("currency")
	}
	if _, err := Price(q.Document); err != nil { // names fields as the document has them
		return nil, nil, err
	}
	values, err := valuesOf(s.Quotation, q)
	if err != nil {
		return nil, nil, err
	}
	changes, err := s.r.Save(ctx, tx, s.Quotation, record.Draft{ID: id, Version: version, Values: values})
	if err != nil {
		return nil, nil, err
	}
	if len(changes) > 0 {
		return changes[0].Record, changes, nil
	}
	rec, err := s.Quotation.One(ctx, tx, id)
	return rec, nil, err
}

// Find gives a quotation by id or by number.
func (s *Sales) Find(ctx context.Context, q storage.Queryer, text string) (*record.Record, error) {
	id, err := record.ParseID(text)
	if err != nil {
		err = sqlx.GetContext(ctx, q, &id, "SELECT id FROM sales_quotation WHERE number_key = $1 AND deleted_at IS NULL", storage.Fold(text))
		if storage.NoRows(err) {
			return nil, fault.NotFound("rule.noQuotation", fault.Params{"text": record.Shorten(text, 40)})
		}
		if err != nil {
			return nil, err
		}
	}
	return s.Quotation.One(ctx, q, id)
}

// snapshot is what a finalised quotation consists of, whatever changes later in
// settings, contacts or this program.
type snapshot struct {
	Quotation Quotation      `json:"quotation"`
	Figures   Figures        `json:"figures"`
	Paper     paper.Document `json:"paper"`
}

// Finalise issues a quotation: it gets the next number of its series and year in
// this transaction, and everything that will stand on its paper is kept.
func (s *Sales) Finalise(ctx context.Context, tx *storage.Tx, id record.ID, version int64) (*record.Record, error) {
	rec, err := s.Quotation.One(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	switch {
	case version != 0 && version != rec.Version:
		return nil, record.Stale(rec)
	case rec.Deleted != 0:
		return nil, fault.Conflict("", "record.inBin", fault.Params{"title": rec.Title()})
	case rec.Values.String("status") == Final:
		return nil, issued(rec.Values)
	}
	figures, err := Price(documentOf(rec.Values))
	if err != nil {
		return nil, err
	}
	if err := s.mayIssue(ctx, tx, rec, figures); err != nil {
		return nil, err
	}
	number, err := nextNumber(ctx, tx, rec.Values.String("date"))
	if err != nil {
		return nil, err
	}
	now := *rec
	now.Values = record.Values{}
	for key, value := range rec.Values {
		now.Values[key] = value
	}
	now.Values["number"], now.Values["status"] = number, Final
	sheet, err := s.sheet(ctx, tx, &now, figures)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(snapshot{paperOf(rec), figures, sheet})
	if err != nil {
		return nil, err
	}
	hash, _, err := tx.PutBlob(ctx, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	changes, err := s.r.Save(ctx, tx, s.Quotation, record.Draft{ID: id, System: true, Values: map[string]any{
		"status": Final, "number": number, "revision": int64(1), "finalisedAt": tx.Now, "snapshot": hash,
	}})
	if err != nil {
		return nil, err
	}
	return changes[0].Record, nil
}

// mayIssue holds the rules of issuing that a draft may still break.
func (s *Sales) mayIssue(ctx context.Context, q storage.Queryer, rec *record.Record, f Figures) error {
	if len(f.Taxes) == 0 && f.Optional.Gross == f.Net {
		return fault.Invalid("lines", "sales.noItems", nil)
	}
	for _, t := range f.Taxes {
		if t.Category != "AE" && t.Category != "K" {
			continue
		}
		buyer, err := s.buyer(ctx, q, rec)
		if err != nil {
			return err
		}
		if buyer == nil || buyer.Values.String("vat") == "" {
			return fault.Invalid("company", "sales.buyerTaxNumber", fault.Params{"category": t.Category})
		}
	}
	return nil
}

// buyer is the company that a quotation is for, nil for none.
func (s *Sales) buyer(ctx context.Context, q storage.Queryer, rec *record.Record) (*record.Record, error) {
	id := rec.Values.ID("company")
	if id == 0 {
		return nil, nil
	}
	return s.company.One(ctx, q, id)
}

// nextNumber counts the series of quotations up by one, in the year of the
// document's date. The row is part of the transaction, so no number is lost.
func nextNumber(ctx context.Context, tx *storage.Tx, date string) (string, error) {
	year := date[:4]
	var last int64
	err := sqlx.GetContext(ctx, tx, &last, `INSERT INTO sales_series (series, year, last) VALUES ('quotation', $1, 1)
		ON CONFLICT (series, year) DO UPDATE SET last = sales_series.last + 1 RETURNING last`, year)
	if err != nil {
		return "", fmt.Errorf("next number: %w", err)
	}
	return fmt.Sprintf("Q-%s-%04d", year, last), nil
}

// Issue finalises a quotation and then makes its PDF. If making it fails, the
// quotation is issued all the same, and the PDF is made at the next start.
func (s *Sales) Issue(ctx context.Context, id record.ID, version int64) (*record.Record, error) {
	var rec *record.Record
	err := s.db.Write(ctx, func(tx *storage.Tx) (err error) {
		rec, err = s.Finalise(ctx, tx, id, version)
		return err
	})
	if err != nil {
		return nil, err
	}
	filed, err := s.file(ctx, rec)
	if err != nil {
		slog.Error("make the PDF of an issued quotation", "id", rec.ID, "err", err)
		return rec, nil
	}
	return filed, nil
}

// file renders the PDF of an issued quotation from its snapshot alone and keeps
// it, once.
func (s *Sales) file(ctx context.Context, rec *record.Record) (*record.Record, error) {
	blob, err := s.db.Blob(ctx, s.db.Reader(), rec.Values.String("snapshot"))
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	var kept snapshot
	if err := json.NewDecoder(blob).Decode(&kept); err != nil {
		return nil, fmt.Errorf("read snapshot: %w", err)
	}
	pdf, err := paper.Render(kept.Paper)
	if err != nil {
		return nil, err
	}
	var filed *record.Record
	err = s.db.Write(ctx, func(tx *storage.Tx) error {
		c, err := s.files.Add(ctx, tx, rec.Values.String("number")+".pdf", rec.ID, bytes.NewReader(pdf))
		if err != nil {
			return err
		}
		changes, err := s.r.Save(ctx, tx, s.Quotation, record.Draft{ID: rec.ID, System: true, Values: map[string]any{"pdf": c.Record.ID}})
		if err == nil {
			filed = changes[0].Record
		}
		return err
	})
	return filed, err
}

// FileMissing makes the PDFs that a crash between issuing and filing left out.
func (s *Sales) FileMissing(ctx context.Context) error {
	var ids []record.ID
	if err := sqlx.SelectContext(ctx, s.db.Reader(), &ids, "SELECT id FROM sales_quotation WHERE status = 'final' AND pdf_id IS NULL AND deleted_at IS NULL"); err != nil {
		return err
	}
	records, err := s.Quotation.Load(ctx, s.db.Reader(), ids...)
	for _, rec := range records {
		_, e := s.file(ctx, rec)
		err = errors.Join(err, e)
	}
	return err
}

// PDF gives the paper of a quotation: the issued file, or for a draft what it
// would be now, marked as a draft.
func (s *Sales) PDF(ctx context.Context, rec *record.Record) ([]byte, error) {
	if id := rec.Values.ID("pdf"); id != 0 {
		_, content, err := s.files.Open(ctx, s.db.Reader(), id)
		if err != nil {
			return nil, err
		}
		defer content.Close()
		return io.ReadAll(content)
	}
	figures, err := Price(documentOf(rec.Values))
	if err != nil {
		return nil, err
	}
	sheet, err := s.sheet(ctx, s.db.Reader(), rec, figures)
	if err != nil {
		return nil, err
	}
	return paper.Render(sheet)
}

// Preview gives the paper of a quotation that is not stored yet, whatever its own
// fields still lack: they do not stand on it.
func (s *Sales) Preview(ctx context.Context, q Quotation) ([]byte, error) {
	q.Own = nil
	if q.Currency == "" {
		q.Currency = s.settings.Text("currency")
	}
	if _, err := Price(q.Document); err != nil {
		return nil, err
	}
	values, err := valuesOf(s.Quotation, q)
	if err != nil {
		return nil, err
	}
	plan, err := s.r.Plan(ctx, s.db.Reader(), s.Quotation, record.Draft{Values: values})
	if err != nil {
		return nil, err
	}
	for _, f := range fault.All(plan[0].Err) {
		if own := s.Quotation.Field(f.Field); own == nil || !own.Own {
			return nil, plan[0].Err
		}
	}
	return s.PDF(ctx, &record.Record{Kind: s.Quotation, Values: plan[0].Values})
}

// Figures gives what a stored quotation comes to: as issued, or as it stands.
func (s *Sales) Figures(ctx context.Context, rec *record.Record) (Figures, error) {
	hash := rec.Values.String("snapshot")
	if hash == "" {
		return Price(documentOf(rec.Values))
	}
	blob, err := s.db.Blob(ctx, s.db.Reader(), hash)
	if err != nil {
		return Figures{}, err
	}
	defer blob.Close()
	var kept snapshot
	err = json.NewDecoder(blob).Decode(&kept)
	return kept.Figures, err
}
