import { expect, test } from 'vitest';
import { costLines, highestOf, linesOf } from './series';
import type { Report, TokenFigures } from '../types';

test('departments keep their place over months, and the rest comes last', () => {
  const { buckets, lines } = costLines({
    minimumGroup: 10,
    months: [
      { month: '2026-09', departments: [{ department: 'bau', net: 500 }], rest: 100, net: 600 },
      { month: '2026-10', departments: [{ department: 'amt', net: 70 }], rest: null, net: 70 },
    ],
  });
  expect(buckets.map(({ from }) => from)).toEqual(['2026-09-01', '2026-10-01']);
  expect(lines).toEqual([
    { name: 'amt', values: [null, 70] },
    { name: 'bau', values: [500, null] },
    { name: '', values: [100, null] },
  ]);
  expect(highestOf(lines)).toBe(500);
});

test('a series without any figure makes no chart', () => {
  const none = { promptTokens: null, completionTokens: null };
  const report = {
    series: [
      { name: 'a', overall: none, points: [none, none] },
      { name: null, overall: none, points: [none, { promptTokens: 3, completionTokens: 1 }] },
    ],
  } as Report<TokenFigures>;
  expect(linesOf(report, (figures) => figures.promptTokens)).toEqual([{ name: '', values: [null, 3] }]);
  expect(highestOf([])).toBe(0);
});
