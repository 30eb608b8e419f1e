import { expect, test } from 'vitest';
import { extent } from './extent';

test('columns stand on the ground and end within the chart', () => {
  for (const value of [0, 1, 50, 100, 1000]) {
    const { y, height } = extent(value, 100);
    expect(y + height).toBe(100);
    expect(y).toBeGreaterThanOrEqual(0);
  }
  expect(extent(50, 100).height).toBe(50);
});

test('little is seen, nothing is not, and what is held back is neither', () => {
  expect(extent(1, 1_000_000).height).toBe(1);
  expect(extent(0, 100).height).toBe(0);
  expect(extent(0, 0).height).toBe(0);
  expect(extent(null, 100).height).toBeGreaterThan(1);
});
