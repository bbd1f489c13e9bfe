// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Field, Kind, ListRow } from '@/api/types';
import { setFormat } from '@/lib/format';
import { startLanguages } from '@/lib/i18n';
import { DecimalInput } from './DecimalInput';
import { ListInput } from './ListInput';

beforeAll(async () => {
  window.matchMedia ??= (media: string) =>
    ({
      media,
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }) as unknown as MediaQueryList;
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  setFormat({ locale: 'de-DE' });
  await startLanguages('en');
});
afterEach(cleanup);

const emails: Field = {
  key: 'emails',
  type: 'list',
  fields: [
    { key: 'type', type: 'choice', options: ['work', 'other'] },
    { key: 'value', type: 'email' },
  ],
};
const kind: Kind = { name: 'company', module: 'contacts', title: 'name', list: [], sort: 'name', fields: [emails] };

function Emails({ start, onChange }: { start: ListRow[]; onChange: (rows: ListRow[]) => void }) {
  const [rows, setRows] = useState(start);
  return (
    <ListInput
      kind={kind}
      field={emails}
      value={rows}
      onChange={(next) => {
        setRows(next as ListRow[]);
        onChange(next as ListRow[]);
      }}
    />
  );
}

it('adds, fills, raises and removes rows of a list', () => {
  let rows: ListRow[] = [];
  const start = [{ type: 'work', value: 'a@a.example' }];
  render(
    <MantineProvider env="test">
      <Emails
        start={start}
        onChange={(next) => {
          rows = next;
        }}
      />
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Add another to E-mails' }));
  expect(rows).toEqual([...start, { type: 'work' }]);
  fireEvent.change(screen.getByLabelText('E-mails 2: E-mail'), { target: { value: 'b@b.example' } });
  fireEvent.click(screen.getByRole('button', { name: 'Make row 2 the first' }));
  expect(rows.map((r) => r.value)).toEqual(['b@b.example', 'a@a.example']);
  fireEvent.click(screen.getByRole('button', { name: 'Remove row 2' }));
  expect(rows.map((r) => r.value)).toEqual(['b@b.example']);
});

it('takes numbers with either decimal mark and hands on what is none', () => {
  const seen: (string | null)[] = [];
  render(
    <MantineProvider env="test">
      <DecimalInput label="Revenue" value="12.5" onChange={(v) => seen.push(v)} />
    </MantineProvider>,
  );
  const input = screen.getByLabelText<HTMLInputElement>('Revenue');
  expect(input.value).toBe('12,5');
  for (const value of ['1.234,5', '1,234.5', 'lots', '']) fireEvent.change(input, { target: { value } });
  expect(seen).toEqual(['1234.5', '1234.5', 'lots', null]);
});

it('calculates, and takes a percent of what stood there', () => {
  const seen: (string | null)[] = [];
  render(
    <MantineProvider env="test">
      <DecimalInput label="Price" value="80" digits={2} onChange={(v) => seen.push(v)} />
    </MantineProvider>,
  );
  const input = screen.getByLabelText<HTMLInputElement>('Price');
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: '3*4,5' } });
  expect(screen.getByRole('status').textContent).toBe('= 13,5');
  fireEvent.change(input, { target: { value: '-5%' } });
  fireEvent.blur(input);
  expect(seen).toEqual(['13.5', '76']);
  expect(input.value).toBe('76');
  expect(screen.queryByRole('status')).toBeNull();
});
