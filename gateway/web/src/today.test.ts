import { afterEach, expect, test, vi } from 'vitest';
import { today } from './today';
import { periodOf } from './usage/periods';

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['2026-11-30T22:59:59Z', '2026-11-30'],
  ['2026-11-30T23:00:00Z', '2026-12-01'],
  ['2026-06-30T22:00:00Z', '2026-07-01'],
])('at %s the platform has %s', (now, day) => {
  vi.useFakeTimers({ now: new Date(now) });
  expect(periodOf('month', today()).to).toBe(day);
});
