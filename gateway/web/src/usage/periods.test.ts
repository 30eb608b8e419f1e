import { expect, test } from 'vitest';
import { isReadable, periodNames, periodOf } from './periods';

const today = new Date(2026, 2, 5);

test('periods have both their ends and cross years', () => {
  expect(periodOf('days31', today)).toEqual({ from: '2026-02-03', to: '2026-03-05' });
  expect(periodOf('lastMonth', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(periodOf('quarter', today)).toEqual({ from: '2025-12-01', to: '2026-02-28' });
});

test('every named period can be read at once', () => {
  for (const day of [today, new Date(2028, 1, 29), new Date(2027, 0, 1)])
    for (const name of periodNames) expect([name, isReadable(periodOf(name, day))]).toEqual([name, true]);
  expect(isReadable({ from: '2026-01-02', to: '2026-01-01' })).toBe(false);
  expect(isReadable({ from: '2025-01-01', to: '2026-03-01' })).toBe(false);
});
