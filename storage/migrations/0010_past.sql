-- +goose Up

-- history: the batches of a kind or an operation, newest first, and how many
-- changes of a sort a batch has, without reading the changes
CREATE INDEX history_change_sort ON history_change (kind, op, batch_id);

-- settings: for how long the bin keeps what was deleted. Who has a workspace
-- already says so first.
ALTER TABLE settings_workspace ADD COLUMN bin TEXT NOT NULL DEFAULT 'never';

-- Whoever deletes a row for good asks every table that refers to it, also for
-- rows in the bin: without these each asking reads the whole table.
CREATE INDEX contacts_person_company_any ON contacts_person (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX sales_quotation_company_any ON sales_quotation (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX sales_quotation_person_any ON sales_quotation (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX sales_quotation_pdf ON sales_quotation (pdf_id) WHERE pdf_id IS NOT NULL;
CREATE INDEX sales_line_product ON sales_line (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX files_file_hash ON files_file (hash);
CREATE INDEX mail_message_raw ON mail_message (raw_hash) WHERE raw_hash IS NOT NULL;
CREATE INDEX mail_message_html ON mail_message (html_hash) WHERE html_hash IS NOT NULL;
CREATE INDEX mail_message_rest ON mail_message (text_hash) WHERE text_hash IS NOT NULL;
