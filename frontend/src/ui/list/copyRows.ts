import type { Links, Row } from '@/api/types';
import type { Column } from './table';

const plain = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
/** A tab or line break inside a value would break the table that a spreadsheet reads. */
const flat = (text: string) => text.replace(/[\t\r\n]+/g, ' ');

/** Rows as a table twice: tab-separated for spreadsheets, HTML for mail and word processors. */
export function rowsAsTable(rows: Row[], columns: Column[], links: Links): { text: string; html: string } {
  const lines = [columns.map((c) => c.label), ...rows.map((row) => columns.map((c) => flat(c.text(row, links))))];
  const cells = (line: string[], tag: string) => line.map((v) => `<${tag}>${plain(v)}</${tag}>`).join('');
  const [head = [], ...body] = lines;
  return {
    text: lines.map((line) => line.join('\t')).join('\n'),
    html: `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body
      .map((line) => `<tr>${cells(line, 'td')}</tr>`)
      .join('')}</tbody></table>`,
  };
}
