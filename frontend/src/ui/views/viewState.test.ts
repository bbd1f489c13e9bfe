import { describe, expect, it } from 'vitest';
import { readState, readWidths, writeState, writeWidths } from './viewState';

describe('state of a view', () => {
  it('keeps what a list shows, in one order, and nothing else', () => {
    const state = writeState(readState('?sort=-name&open=1&view=2&where=city+%3D+%22Leeds%22'));
    expect(state).toBe('where=city+%3D+%22Leeds%22&sort=-name');
    expect(writeState(readState(state))).toBe(state);
    expect(writeState({})).toBe('');
  });

  it('reads and writes widths', () => {
    expect(writeWidths(readWidths('name:200,city:90'))).toBe('city:90,name:200');
    expect(readWidths('name:,x:nothing')).toEqual({});
  });
});
