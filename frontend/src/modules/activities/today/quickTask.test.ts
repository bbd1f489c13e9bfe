import { describe, expect, it } from 'vitest';
import { quickTask } from './quickTask';

/** A Wednesday. */
const today = '2026-12-30';

describe('quickTask', () => {
  it.each([
    ['call Berg tomorrow', 'call Berg', '2026-12-31', undefined],
    ['send offer fri', 'send offer', '2027-01-01', undefined],
    ['Angebot senden bis Freitag', 'Angebot senden', '2027-01-01', undefined],
    ['morgen Berg anrufen', 'Berg anrufen', '2026-12-31', undefined],
    ['Muster schicken übermorgen', 'Muster schicken', '2027-01-01', undefined],
    ['Karten schreiben 24.12.', 'Karten schreiben', '2027-12-24', undefined],
    ['Karten schreiben 31.12.', 'Karten schreiben', '2026-12-31', undefined],
    ['renew 2027-03-01', 'renew', '2027-03-01', undefined],
    ['renew 3/1/2027', 'renew', '2027-01-03', undefined],
    ['pay on 5 January', 'pay', '2027-01-05', undefined],
    ['zahlen am 5. Januar', 'zahlen', '2027-01-05', undefined],
    ['ask again next week', 'ask again', '2027-01-04', undefined],
    ['nachfragen in 3 Tagen', 'nachfragen', '2027-01-02', undefined],
    ['plan in 2 weeks', 'plan', '2027-01-13', undefined],
    ['call Berg tomorrow at 9', 'call Berg', '2026-12-31', '09:00'],
    ['call Berg wednesday 3 pm', 'call Berg', '2027-01-06', '15:00'],
    ['Berg um 14:30 Uhr anrufen', 'Berg anrufen', undefined, '14:30'],
    ['call the sun studio', 'call the sun studio', undefined, undefined],
    ['what to do', 'what to do', undefined, undefined],
    ['Probe bestellen bis Fr', 'Probe bestellen', '2027-01-01', undefined],
    ['Probe bestellen Do.', 'Probe bestellen', '2026-12-31', undefined],
    ['order 20 chairs', 'order 20 chairs', undefined, undefined],
    ['Montagebericht lesen', 'Montagebericht lesen', undefined, undefined],
    ['Friday', 'Friday', undefined, undefined],
    ['pay 31.2.', 'pay 31.2.', undefined, undefined],
  ])('%s', (line, text, day, time) => {
    expect(quickTask(line, today, 'DD/MM/YYYY')).toEqual({ text, ...(day && { day }), ...(time && { time }) });
  });
});
