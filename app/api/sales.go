package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/record"
	"kontor/app/sales"
	"kontor/storage"
)

// maxDocument bounds a document to be priced or saved, in bytes.
const maxDocument = 8 << 20

// DocumentIn is a document as the body of a request. The sales module reads it
// itself, names what it cannot read and keeps every digit.
type DocumentIn struct {
	RawBody []byte `contentType:"application/json"`
}

func (in DocumentIn) quotation() (sales.Quotation, error) {
	return sales.DecodeQuotation(bytes.NewReader(in.RawBody))
}

// QuotationPath names a quotation by id or number.
type QuotationPath struct {
	ID string `path:"id" doc:"id or number"`
}

// QuotationOut is a stored quotation: its document, its figures and its record.
type QuotationOut struct {
	ID       record.ID     `json:"id"`
	Number   string        `json:"number"`
	Revision int64         `json:"revision"`
	Status   string        `json:"status"`
	Version  int64         `json:"version"`
	Document quotationJSON `json:"document"`
	Figures  figuresJSON   `json:"figures"`
	Record   Row           `json:"record"`
	Links    Links         `json:"links"`
	Batch    record.ID     `json:"batch,omitempty"`
}

type (
	quotationJSON struct{ sales.Quotation }
	figuresJSON   struct{ sales.Figures }
)

// Schema describes a quotation's document in words; its types are the contract's.
func (quotationJSON) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: "Document: currency, prices, rounding, discount, lines …; numbers are decimal text."}
}

// Schema describes figures in words.
func (figuresJSON) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: "Figures: lines, subtotal, discount, net, taxes, tax, gross, rounding, prepaid, payable, optional; amounts are decimal text."}
}

func (a *API) sales() {
	handle(a, operation{id: "price", method: http.MethodPost, path: "/api/price", summary: "What a document comes to; nothing is stored", maxBody: maxDocument, raw: true}, a.price)
	handle(a, operation{id: "create-quotation", method: http.MethodPost, path: "/api/quotations", summary: "Make a quotation", status: 201, maxBody: maxDocument, raw: true}, a.createQuotation)
	handle(a, operation{id: "get-quotation", method: http.MethodGet, path: "/api/quotations/{id}", summary: "A quotation with its figures"}, a.getQuotation)
	handle(a, operation{id: "save-quotation", method: http.MethodPut, path: "/api/quotations/{id}", summary: "Change a draft; what the document does not say is emptied", maxBody: maxDocument, raw: true}, a.saveQuotation)
	handle(a, operation{id: "finalise-quotation", method: http.MethodPost, path: "/api/quotations/{id}/finalise", summary: "Issue a quotation: number, figures and paper stay as they are", job: true}, a.finaliseQuotation)
	handle(a, operation{id: "quotation-pdf", method: http.MethodGet, path: "/api/quotations/{id}/pdf", summary: "The paper of a quotation", job: true}, a.quotationPDF)
	handle(a, operation{id: "preview-quotation", method: http.MethodPost, path: "/api/quotations/preview", summary: "The paper of a quotation that is not stored", maxBody: maxDocument, job: true, raw: true}, a.previewQuotation)
}

type figuresOut struct{ Body figuresJSON }

func (a *API) price(_ context.Context, in *DocumentIn) (*figuresOut, error) {
	doc, err := sales.DecodeDocument(bytes.NewReader(in.RawBody))
	if err != nil {
		return nil, err
	}
	if doc.Currency == "" {
		doc.Currency = a.app.Settings.Text("currency")
	}
	f, err := sales.Price(doc)
	return &figuresOut{figuresJSON{f}}, err
}

type quotationOut struct{ Body QuotationOut }

func (a *API) quotationAs(ctx context.Context, rec *record.Record, batch record.ID) (*quotationOut, error) {
	f, err := a.app.Sales.Figures(ctx, rec)
	if err != nil {
		return nil, err
	}
	links, err := a.app.Records.Links(ctx, a.app.DB.Reader(), rec)
	return &quotationOut{QuotationOut{
		ID: rec.ID, Number: rec.Values.String("number"), Revision: rec.Values.Int("revision"), Status: rec.Values.String("status"), Version: rec.Version,
		Document: quotationJSON{sales.QuotationOf(rec)}, Figures: figuresJSON{f}, Record: Row{rec}, Links: links, Batch: batch,
	}}, err
}

func (a *API) createQuotation(ctx context.Context, in *DocumentIn) (*quotationOut, error) {
	return a.storeQuotation(ctx, 0, 0, in.RawBody)
}

func (a *API) saveQuotation(ctx context.Context, in *struct {
	ID      IDParam `path:"id"`
	Version int64   `query:"version"`
	DocumentIn
},
) (*quotationOut, error) {
	return a.storeQuotation(ctx, in.ID.ID, in.Version, in.RawBody)
}

func (a *API) storeQuotation(ctx context.Context, id record.ID, version int64, body []byte) (*quotationOut, error) {
	q, err := DocumentIn{body}.quotation()
	if err != nil {
		return nil, err
	}
	var rec *record.Record
	var batch record.ID
	err = a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		stored, changes, err := a.app.Sales.Save(ctx, tx, id, version, q)
		if len(changes) > 0 {
			batch = changes[0].Act.Batch
		}
		rec = stored
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.quotationAs(ctx, rec, batch)
}

func (a *API) getQuotation(ctx context.Context, in *QuotationPath) (*quotationOut, error) {
	rec, err := a.app.Sales.Find(ctx, a.app.DB.Reader(), in.ID)
	if err != nil {
		return nil, err
	}
	return a.quotationAs(ctx, rec, 0)
}

func (a *API) finaliseQuotation(ctx context.Context, in *struct {
	ID   IDParam `path:"id"`
	Body struct {
		Version int64 `json:"version,omitempty"`
	} `required:"false"`
},
) (*quotationOut, error) {
	rec, err := a.app.Sales.Issue(ctx, in.ID.ID, in.Body.Version)
	if err != nil {
		return nil, err
	}
	return a.quotationAs(ctx, rec, 0)
}

func (a *API) quotationPDF(ctx context.Context, in *QuotationPath) (*huma.StreamResponse, error) {
	rec, err := a.app.Sales.Find(ctx, a.app.DB.Reader(), in.ID)
	if err != nil {
		return nil, err
	}
	pdf, err := a.app.Sales.PDF(ctx, rec)
	return asPDF(pdf), err
}

func (a *API) previewQuotation(ctx context.Context, in *DocumentIn) (*huma.StreamResponse, error) {
	q, err := in.quotation()
	if err != nil {
		return nil, err
	}
	pdf, err := a.app.Sales.Preview(ctx, q)
	return asPDF(pdf), err
}

func asPDF(pdf []byte) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", "application/pdf")
		_, _ = c.BodyWriter().Write(pdf) // a client that has gone cannot be told
	}}
}
