import { describe, expect, it } from 'vitest';
import { listChange, readState, readWidths, writeState, writeWidths } from './viewState';

describe('state of a view', () => {
  it('keeps what a list shows, in one order, and nothing else', () => {
    const state = writeState(readState('?sort=-name&open=1&view=2&where=city+%3D+%22Leeds%22'));
    expect(state).toBe('where=city+%3D+%22Leeds%22&sort=-name');
    expect(writeState(readState(state))).toBe(state);
    expect(writeState({})).toBe('');
  });

  it('says that all a view keeps was taken out, and only then', () => {
    const clear = { where: undefined };
    expect(listChange({ view: 'v', where: 'a = 1' }, clear)).toEqual({ where: undefined, cleared: '1' });
    expect(listChange({ view: 'v', where: 'a = 1', sort: 'b' }, clear)).toEqual({
      where: undefined,
      cleared: undefined,
    });
    expect(listChange({ where: 'a = 1' }, clear)).toEqual({ where: undefined, cleared: undefined });
    // A view that is not unfolded yet, and one that was cleared before.
    expect(listChange({ view: 'v' }, { open: 'x' })).toEqual({ open: 'x' });
    expect(listChange({ view: 'v', cleared: '1' }, { open: 'x' })).toEqual({ open: 'x' });
    expect(listChange({ view: 'v', cleared: '1' }, { q: 'x' })).toEqual({ q: 'x', cleared: undefined });
  });

  it('reads and writes widths', () => {
    expect(writeWidths(readWidths('name:200,city:90'))).toBe('city:90,name:200');
    expect(readWidths('name:,x:nothing')).toEqual({});
  });
});
