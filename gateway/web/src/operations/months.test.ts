import { expect, test } from 'vitest';
import { isOver, lastMonth } from './months';

test('the month before January is in the year before', () => {
  expect(lastMonth(new Date(2027, 0, 31))).toBe('2026-12');
  expect(lastMonth(new Date(2026, 2, 31))).toBe('2026-02');
});

test('only what is over can be closed', () => {
  const today = new Date(2026, 10, 1);
  expect(isOver('2026-10', today)).toBe(true);
  expect(isOver('2026-11', today)).toBe(false);
  expect(isOver('2026-13', today)).toBe(false);
  expect(isOver('', today)).toBe(false);
});
