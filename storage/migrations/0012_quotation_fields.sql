-- +goose Up

-- Quotations take fields of the user's own: their table is written anew without
-- STRICT, since SQLite reads a STRICT table whole for each column that is added.
CREATE TABLE sales_quotation_anew (
    id               INTEGER PRIMARY KEY,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    deleted_at       INTEGER,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL,
    number           TEXT NOT NULL,
    number_key       TEXT NOT NULL,
    revision         INTEGER,
    status           TEXT NOT NULL,
    subject          TEXT NOT NULL,
    company_id       INTEGER REFERENCES contacts_company (id),
    person_id        INTEGER REFERENCES contacts_person (id),
    reference        TEXT NOT NULL,
    date             TEXT,
    valid_until      TEXT,
    language         TEXT NOT NULL,
    currency         TEXT NOT NULL,
    prices           TEXT NOT NULL,
    rounding         TEXT NOT NULL,
    cash_rounding    INTEGER,
    discount_percent INTEGER,
    discount_amount  INTEGER,
    intro            TEXT NOT NULL,
    closing          TEXT NOT NULL,
    terms            TEXT NOT NULL,
    subtotal         INTEGER,
    discount         INTEGER,
    net              INTEGER,
    tax              INTEGER,
    gross            INTEGER,
    payable          INTEGER,
    finalised_at     INTEGER,
    snapshot         TEXT NOT NULL,
    pdf_id           INTEGER REFERENCES files_file (id)
);
INSERT INTO sales_quotation_anew (
    id, version, created_at, updated_at, deleted_at, name, name_key, number, number_key, revision,
    status, subject, company_id, person_id, reference, date, valid_until, language, currency,
    prices, rounding, cash_rounding, discount_percent, discount_amount, intro, closing, terms,
    subtotal, discount, net, tax, gross, payable, finalised_at, snapshot, pdf_id
) SELECT
    id, version, created_at, updated_at, deleted_at, name, name_key, number, number_key, revision,
    status, subject, company_id, person_id, reference, date, valid_until, language, currency,
    prices, rounding, cash_rounding, discount_percent, discount_amount, intro, closing, terms,
    subtotal, discount, net, tax, gross, payable, finalised_at, snapshot, pdf_id
FROM sales_quotation;
DROP TABLE sales_quotation;
ALTER TABLE sales_quotation_anew RENAME TO sales_quotation;
CREATE INDEX sales_quotation_name ON sales_quotation (name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX sales_quotation_number ON sales_quotation (number_key) WHERE number_key > '';
CREATE INDEX sales_quotation_number_sort ON sales_quotation (number_key) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_status ON sales_quotation (status) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_company ON sales_quotation (company_id) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_person ON sales_quotation (person_id) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_date ON sales_quotation (date) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_valid ON sales_quotation (valid_until) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_gross ON sales_quotation (gross) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_created ON sales_quotation (created_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_updated ON sales_quotation (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX sales_quotation_bin ON sales_quotation (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX sales_quotation_company_any ON sales_quotation (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX sales_quotation_person_any ON sales_quotation (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX sales_quotation_pdf ON sales_quotation (pdf_id) WHERE pdf_id IS NOT NULL;
