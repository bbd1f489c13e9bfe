-- +goose Up

-- storage
CREATE TABLE storage_meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE storage_blob (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    data BLOB
) STRICT;

-- access: the people who use Kontor, and the programs they let in
CREATE TABLE access_user (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    email      TEXT NOT NULL,
    role       TEXT NOT NULL
) STRICT;
CREATE INDEX access_user_name ON access_user (name_key) WHERE deleted_at IS NULL;
CREATE INDEX access_user_bin ON access_user (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE access_token (
    hash       TEXT PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES access_user (id),
    purpose    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

-- settings: one row
CREATE TABLE settings_workspace (
    id                INTEGER PRIMARY KEY,
    version           INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    deleted_at        INTEGER,
    seller_name       TEXT NOT NULL,
    seller_slogan     TEXT NOT NULL,
    seller_street     TEXT NOT NULL,
    seller_postcode   TEXT NOT NULL,
    seller_city       TEXT NOT NULL,
    seller_country    TEXT NOT NULL,
    seller_vat        TEXT NOT NULL,
    seller_tax_number TEXT NOT NULL,
    seller_register   TEXT NOT NULL,
    seller_director   TEXT NOT NULL,
    seller_iban       TEXT NOT NULL,
    seller_bic        TEXT NOT NULL,
    seller_bank       TEXT NOT NULL,
    seller_email      TEXT NOT NULL,
    seller_phone      TEXT NOT NULL,
    seller_website    TEXT NOT NULL,
    seller_contact    TEXT NOT NULL,
    seller_logo       INTEGER REFERENCES files_file (id),
    currency          TEXT NOT NULL,
    language          TEXT NOT NULL,
    timezone          TEXT NOT NULL,
    accent            TEXT NOT NULL
) STRICT;

-- contacts
-- Tables that take columns of the user's own are not STRICT: to add one SQLite
-- would read them all.
CREATE TABLE contacts_company (
    id               INTEGER PRIMARY KEY,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    deleted_at       INTEGER,
    name             TEXT NOT NULL,
    name_key         TEXT NOT NULL,
    number           TEXT NOT NULL,
    number_key       TEXT NOT NULL,
    email            TEXT NOT NULL,
    email_key        TEXT NOT NULL,
    phone            TEXT NOT NULL,
    website          TEXT NOT NULL,
    street           TEXT NOT NULL,
    postcode         TEXT NOT NULL,
    postcode_key     TEXT NOT NULL,
    city             TEXT NOT NULL,
    city_key         TEXT NOT NULL,
    region           TEXT NOT NULL,
    country          TEXT NOT NULL,
    vat              TEXT NOT NULL,
    vat_key          TEXT NOT NULL,
    customer_since   TEXT,
    revenue          INTEGER,
    revenue_currency TEXT NOT NULL,
    language         TEXT NOT NULL
);
CREATE INDEX contacts_company_name ON contacts_company (name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contacts_company_number ON contacts_company (number_key) WHERE deleted_at IS NULL AND number_key > '';
CREATE INDEX contacts_company_number_sort ON contacts_company (number_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_email ON contacts_company (email_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_postcode ON contacts_company (postcode_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_city ON contacts_company (city_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_country ON contacts_company (country) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_city_country ON contacts_company (city_key, country) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_country_city ON contacts_company (country, city_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_vat ON contacts_company (vat_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_since ON contacts_company (customer_since) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_revenue ON contacts_company (revenue) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_created ON contacts_company (created_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_updated ON contacts_company (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company_bin ON contacts_company (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE contacts_person (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,
    salutation   TEXT NOT NULL,
    title        TEXT NOT NULL,
    first_name   TEXT NOT NULL,
    last_name    TEXT NOT NULL,
    last_name_key TEXT NOT NULL,
    suffix       TEXT NOT NULL,
    company_id   INTEGER REFERENCES contacts_company (id),
    role         TEXT NOT NULL,
    email        TEXT NOT NULL,
    email_key    TEXT NOT NULL,
    phone        TEXT NOT NULL,
    website      TEXT NOT NULL,
    street       TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    postcode_key TEXT NOT NULL,
    city         TEXT NOT NULL,
    city_key     TEXT NOT NULL,
    region       TEXT NOT NULL,
    country      TEXT NOT NULL,
    birthday     TEXT,
    language     TEXT NOT NULL
);
CREATE INDEX contacts_person_name ON contacts_person (name_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_last_name ON contacts_person (last_name_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_company ON contacts_person (company_id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_email ON contacts_person (email_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_postcode ON contacts_person (postcode_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_city ON contacts_person (city_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_country ON contacts_person (country) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_city_country ON contacts_person (city_key, country) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_country_city ON contacts_person (country, city_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_birthday ON contacts_person (birthday) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_created ON contacts_person (created_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_updated ON contacts_person (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_person_bin ON contacts_person (deleted_at) WHERE deleted_at IS NOT NULL;

-- The owner is a company or a person: ids are unique over all kinds.
CREATE TABLE contacts_email (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    type      TEXT NOT NULL,
    value     TEXT NOT NULL,
    value_key TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_email_value ON contacts_email (value_key);

CREATE TABLE contacts_phone (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    type      TEXT NOT NULL,
    value     TEXT NOT NULL,
    value_key TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_phone_value ON contacts_phone (value_key);

CREATE TABLE contacts_website (
    owner_id INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    type     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts_address (
    owner_id INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    type     TEXT NOT NULL,
    street   TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city     TEXT NOT NULL,
    region   TEXT NOT NULL,
    country  TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts_role (
    owner_id   INTEGER NOT NULL,
    pos        INTEGER NOT NULL,
    company_id INTEGER REFERENCES contacts_company (id),
    role       TEXT NOT NULL,
    since      TEXT,
    until      TEXT,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_role_company ON contacts_role (company_id);

-- activities
CREATE TABLE activities_note (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    text       TEXT NOT NULL,
    about_id   INTEGER,
    at         INTEGER
) STRICT;
CREATE INDEX activities_note_about ON activities_note (about_id) WHERE deleted_at IS NULL;
CREATE INDEX activities_note_at ON activities_note (at) WHERE deleted_at IS NULL;
CREATE INDEX activities_note_created ON activities_note (created_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_note_updated ON activities_note (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_note_bin ON activities_note (deleted_at) WHERE deleted_at IS NOT NULL;

-- files
CREATE TABLE files_file (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    mime       TEXT NOT NULL,
    size       INTEGER,
    hash       TEXT NOT NULL REFERENCES storage_blob (hash),
    about_id   INTEGER
) STRICT;
CREATE INDEX files_file_name ON files_file (name_key) WHERE deleted_at IS NULL;
CREATE INDEX files_file_about ON files_file (about_id) WHERE deleted_at IS NULL;
CREATE INDEX files_file_created ON files_file (created_at) WHERE deleted_at IS NULL;
CREATE INDEX files_file_updated ON files_file (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX files_file_bin ON files_file (deleted_at) WHERE deleted_at IS NOT NULL;

-- products
CREATE TABLE products_product (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,
    number       TEXT NOT NULL,
    number_key   TEXT NOT NULL,
    category     TEXT NOT NULL,
    category_key TEXT NOT NULL,
    description  TEXT NOT NULL,
    unit         TEXT NOT NULL,
    currency     TEXT NOT NULL,
    price        INTEGER,
    cost         INTEGER,
    tax_rate     INTEGER,
    active       INTEGER
);
CREATE INDEX products_product_name ON products_product (name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX products_product_number ON products_product (number_key) WHERE deleted_at IS NULL AND number_key > '';
CREATE INDEX products_product_number_sort ON products_product (number_key) WHERE deleted_at IS NULL;
CREATE INDEX products_product_category ON products_product (category_key) WHERE deleted_at IS NULL;
CREATE INDEX products_product_price ON products_product (price) WHERE deleted_at IS NULL;
CREATE INDEX products_product_created ON products_product (created_at) WHERE deleted_at IS NULL;
CREATE INDEX products_product_updated ON products_product (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX products_product_bin ON products_product (deleted_at) WHERE deleted_at IS NOT NULL;

-- sales
CREATE TABLE sales_quotation (
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
) STRICT;
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

CREATE TABLE sales_line (
    owner_id         INTEGER NOT NULL,
    pos              INTEGER NOT NULL,
    kind             TEXT NOT NULL,
    text             TEXT NOT NULL,
    quantity         INTEGER,
    unit             TEXT NOT NULL,
    price            INTEGER,
    discount_percent INTEGER,
    discount_amount  INTEGER,
    optional         INTEGER,
    category         TEXT NOT NULL,
    rate             INTEGER,
    reason           TEXT NOT NULL,
    parts            TEXT NOT NULL,
    product_id       INTEGER REFERENCES products_product (id),
    amount           INTEGER,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_prepaid (
    owner_id INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    number   TEXT NOT NULL,
    amount   INTEGER,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;

-- The last number given in each series and year; gapless, since it is counted
-- up in the transaction that issues the document.
CREATE TABLE sales_series (
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (series, year)
) STRICT, WITHOUT ROWID;

-- history
CREATE TABLE history_batch (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  INTEGER,
    label  TEXT NOT NULL,
    undoes INTEGER
) STRICT;

CREATE TABLE history_change (
    id        INTEGER PRIMARY KEY,
    batch_id  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    actor     INTEGER,
    kind      TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    op        TEXT NOT NULL,
    version   INTEGER NOT NULL,
    title     TEXT NOT NULL,
    before    TEXT,
    after     TEXT,
    line      INTEGER,
    because   TEXT,
    undone_by INTEGER
) STRICT;
CREATE INDEX history_change_record ON history_change (record_id, id);
CREATE INDEX history_change_batch ON history_change (batch_id, id);
CREATE INDEX history_change_actor ON history_change (actor, id);

-- timeline: which records stand on whose timeline, and when
CREATE TABLE timeline_entry (
    subject_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    ref_id     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    PRIMARY KEY (subject_id, at, ref_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timeline_entry_ref ON timeline_entry (ref_id);

-- search: one row a record, with a dense number for the full-text indexes
CREATE TABLE search_doc (
    number    INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL UNIQUE,
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    title_key TEXT NOT NULL,
    subtitle  TEXT NOT NULL,
    has_text  INTEGER NOT NULL
) STRICT;
CREATE INDEX search_doc_title ON search_doc (title_key) WHERE title_key > '';
CREATE INDEX search_doc_kind ON search_doc (kind, title_key) WHERE title_key > '';

-- The tokenizer must keep whole what storage.Terms gives: letters, digits, marks.
CREATE VIRTUAL TABLE search_name USING fts5 (terms, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix='2 3', detail=none);
CREATE VIRTUAL TABLE search_text USING fts5 (terms, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix='2 3', detail=none);
