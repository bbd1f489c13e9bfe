import type { Values } from '@/api/types';

/** A quotation as the API takes and gives it (see the contract of documents and prices). */
export type DiscountJSON = { percent?: string; amount?: string };
export type TaxJSON = { rate?: string; category?: string; reason?: string; parts?: { name: string; rate: string }[] };
export type LineKind = 'item' | 'title' | 'subtotal' | 'comment';
export type LineJSON = {
  kind?: LineKind;
  text?: string;
  quantity?: string;
  unit?: string;
  price?: string;
  discount?: DiscountJSON;
  optional?: boolean;
  tax?: TaxJSON | string;
};
export type QuotationJSON = {
  currency?: string;
  prices?: 'net' | 'gross';
  rounding?: 'document' | 'line';
  cashRounding?: string;
  discount?: DiscountJSON;
  prepaid?: { number?: string; amount: string }[];
  lines: LineJSON[];
  subject?: string;
  company?: string;
  person?: string;
  reference?: string;
  date?: string;
  validUntil?: string;
  language?: string;
  texts?: { intro?: string; closing?: string; terms?: string };
  /** Fields of the user's own by key: notes of the house, on no paper. Those that are not named stay as they are. */
  own?: Values;
};

export type FiguresJSON = {
  lines: ({ amount: string } | null)[];
  subtotal: string;
  discount: string;
  net: string;
  taxes: { category: string; rate: string; reason: string; base: string; amount: string }[];
  tax: string;
  gross: string;
  rounding: string;
  prepaid: string;
  payable: string;
  optional: { net: string; tax: string; gross: string };
};

/** A discount as the editor holds it: the number as it stands in the field, and what it is of. */
export type Discount = { by: 'percent' | 'amount'; value: string };
export type Tax = { rate: string; category: string; reason: string; parts?: { name: string; rate: string }[] };

/** A line as the editor holds it. The first line of a text is the name of the item, the rest a note below it. */
export type Line = {
  id: string;
  kind: LineKind;
  text: string;
  note: string;
  quantity: string;
  unit: string;
  price: string;
  discount: Discount;
  tax: Tax;
  optional: boolean;
};

/** A quotation as the editor holds it: every field there, empty text where nothing is said. */
export type Draft = {
  subject: string;
  company: string;
  person: string;
  reference: string;
  date: string;
  validUntil: string;
  language: string;
  currency: string;
  prices: 'net' | 'gross';
  rounding: 'document' | 'line';
  cashRounding: string;
  prepaid: { number?: string; amount: string }[];
  discount: Discount;
  lines: Line[];
  intro: string;
  closing: string;
  terms: string;
  own: Values;
};

export const noDiscount: Discount = { by: 'percent', value: '' };
export const noTax: Tax = { rate: '', category: '', reason: '' };

let last = 0;
/** Lines have no id of their own in a document; the editor needs one to follow a line that moves. */
export const lineId = () => {
  last += 1;
  return `l${last}`;
};

export const newLine = (kind: LineKind = 'item', tax: Tax = noTax): Line => ({
  id: lineId(),
  kind,
  text: '',
  note: '',
  quantity: kind === 'item' ? '1' : '',
  unit: '',
  price: '',
  discount: noDiscount,
  tax: kind === 'item' ? tax : noTax,
  optional: false,
});

/** An item nobody has begun: it stands in the editor as the next line to write and is no part of the document. */
export const isBlank = (line: Line) =>
  line.kind === 'item' && !line.text.trim() && !line.note.trim() && !line.price && !line.discount.value;

function discountOf(json: DiscountJSON | undefined): Discount {
  if (json?.amount) return { by: 'amount', value: json.amount };
  return { by: 'percent', value: json?.percent ?? '' };
}

const discountJSON = ({ by, value }: Discount): DiscountJSON | undefined => (value ? { [by]: value } : undefined);

function taxOf(json: TaxJSON | string | undefined): Tax {
  if (typeof json === 'string') return { ...noTax, rate: json };
  return { rate: json?.rate ?? '', category: json?.category ?? '', reason: json?.reason ?? '', parts: json?.parts };
}

function taxJSON({ rate, category, reason, parts }: Tax): TaxJSON | undefined {
  if (!rate && !category && !reason && !parts?.length) return undefined;
  return {
    rate: rate || undefined,
    category: category || undefined,
    reason: reason || undefined,
    parts: parts?.length ? parts : undefined,
  };
}

export function lineOf(json: LineJSON): Line {
  const kind = json.kind ?? 'item';
  const text = json.text ?? '';
  const split = kind === 'item' ? text.indexOf('\n') : -1;
  return {
    id: lineId(),
    kind,
    text: split < 0 ? text : text.slice(0, split),
    note: split < 0 ? '' : text.slice(split + 1),
    quantity: json.quantity ?? '',
    unit: json.unit ?? '',
    price: json.price ?? '',
    discount: discountOf(json.discount),
    tax: taxOf(json.tax),
    optional: json.optional ?? false,
  };
}

export function draftOf(json: QuotationJSON): Draft {
  return {
    subject: json.subject ?? '',
    company: json.company ?? '',
    person: json.person ?? '',
    reference: json.reference ?? '',
    date: json.date ?? '',
    validUntil: json.validUntil ?? '',
    language: json.language ?? '',
    currency: json.currency ?? '',
    prices: json.prices ?? 'net',
    rounding: json.rounding ?? 'document',
    cashRounding: json.cashRounding ?? '',
    prepaid: json.prepaid ?? [],
    discount: discountOf(json.discount),
    lines: json.lines.map(lineOf),
    intro: json.texts?.intro ?? '',
    closing: json.texts?.closing ?? '',
    terms: json.texts?.terms ?? '',
    own: json.own ?? {},
  };
}

function lineJSON(line: Line): LineJSON {
  const text = [line.text, line.note].filter((part, i) => i === 0 || part).join('\n');
  if (line.kind !== 'item') return { kind: line.kind, text: text || undefined };
  return {
    kind: 'item',
    text: text || undefined,
    quantity: line.quantity || undefined,
    unit: line.unit || undefined,
    // An item without a price costs nothing so far: the rest can be priced and saved all the same.
    price: line.price || '0',
    discount: discountJSON(line.discount),
    optional: line.optional || undefined,
    tax: taxJSON(line.tax),
  };
}

/** The document of a draft. Blank lines stay behind: sent says which line of the editor each line of it is. */
export function documentOf(draft: Draft): { json: QuotationJSON; sent: string[] } {
  const lines = draft.lines.filter((line) => !isBlank(line));
  const text = (value: string) => value || undefined;
  return {
    sent: lines.map((line) => line.id),
    json: {
      subject: text(draft.subject),
      company: text(draft.company),
      person: text(draft.person),
      reference: text(draft.reference),
      date: text(draft.date),
      validUntil: text(draft.validUntil),
      language: text(draft.language),
      currency: text(draft.currency),
      prices: draft.prices,
      rounding: draft.rounding,
      cashRounding: text(draft.cashRounding),
      prepaid: draft.prepaid.length > 0 ? draft.prepaid : undefined,
      discount: discountJSON(draft.discount),
      lines: lines.map(lineJSON),
      texts: { intro: text(draft.intro), closing: text(draft.closing), terms: text(draft.terms) },
      own: Object.keys(draft.own).length > 0 ? draft.own : undefined,
    },
  };
}
