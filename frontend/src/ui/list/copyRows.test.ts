import { expect, it } from 'vitest';
import type { Row } from '@/api/types';
import { rowsAsTable } from './copyRows';
import type { Column } from './table';

const column = (key: string, label: string): Column => ({
  key,
  label,
  width: 100,
  sortable: false,
  editable: false,
  digits: false,
  cell: (row) => String(row[key] ?? ''),
  text: (row) => String(row[key] ?? ''),
});
const row: Row = {
  id: '1',
  kind: 'company',
  version: 1,
  label: 'A',
  name: 'Crane & <Sons>',
  street: 'Quay 1\n2nd floor',
};

it('copies rows for spreadsheets and for mail', () => {
  const { text, html } = rowsAsTable([row], [column('name', 'Name'), column('street', 'Street')], {});
  expect(text).toBe('Name\tStreet\nCrane & <Sons>\tQuay 1 2nd floor');
  expect(html).toContain('<td>Crane &amp; &lt;Sons&gt;</td>');
  expect(html).toContain('<th>Street</th>');
});
