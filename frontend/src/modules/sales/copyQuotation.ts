import { today } from '@/lib/format';
import type { QuotationJSON } from './document';
import { createQuotation } from './requests';
import { thirtyDaysOn } from './validity';

/** The same offer as a new draft of today: how an issued quotation is changed. */
export const copyQuotation = (document: QuotationJSON) =>
  createQuotation({ ...document, date: today(), validUntil: thirtyDaysOn(today()) });
