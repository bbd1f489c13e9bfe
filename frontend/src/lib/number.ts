/** 1.234.567 and 1,234,567; India groups by two above the thousands: 12,34,567. */
const thousands = /^\d{1,3}([.,])\d{3}(\1\d{3})*$/;
const lakhs = /^\d{1,2}(,\d{2})*,\d{3}$/;

/**
 * Reads a number as people type it, with either decimal mark, and gives the decimal text that the API takes.
 * "1.234,56", "1,234.56", "1 234,5" and "-12,5" are numbers; "abc" is not.
 */
export function readNumber(input: string, decimalMark: string): string | undefined {
  const text = input.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^[−–]/, '-');
  if (!/^[+-]?[\d.,]+$/.test(text) || !/\d/.test(text)) return undefined;
  const sign = text.startsWith('-') ? '-' : '';
  const body = text.replace(/^[+-]/, '');
  const mark = decimalOf(body, decimalMark);
  let whole = body;
  let part = '';
  if (mark) {
    const at = body.lastIndexOf(mark);
    whole = body.slice(0, at);
    part = body.slice(at + 1);
  }
  if (!/^\d*$/.test(part)) return undefined;
  if (/[.,]/.test(whole) && !thousands.test(whole) && !lakhs.test(whole)) return undefined;
  whole = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  if (!whole && !part) return undefined;
  return `${sign}${whole || '0'}${part ? `.${part}` : ''}`;
}

/** Tells the decimal mark: the last of two kinds, a mark followed by other than three digits, or the locale's own. */
function decimalOf(body: string, localeMark: string): '.' | ',' | '' {
  const dot = body.lastIndexOf('.');
  const comma = body.lastIndexOf(',');
  if (dot < 0 && comma < 0) return '';
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const mark = dot >= 0 ? '.' : ',';
  const pieces = body.split(mark);
  if (pieces.length > 2) return '';
  const after = pieces[1] ?? '';
  if (after.length !== 3 || pieces[0] === '' || pieces[0] === '0' || (pieces[0]?.length ?? 0) > 3) return mark;
  return mark === localeMark ? mark : '';
}
