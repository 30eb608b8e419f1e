import { expect, test } from 'vitest';
import { hunks, readable } from './diff';
import type { DiffLine } from './types';

const line = (kind: DiffLine['kind'], number: number): DiffLine => ({ kind, line: number, text: `Zeile ${number}` });

test('what changed is shown with two lines around it, the rest is counted', () => {
  const lines = [...Array(10).keys()].map((n) => line(n === 5 ? 'added' : 'same', n + 1));
  expect(hunks(lines)).toEqual([{ left: 3 }, { lines: lines.slice(3, 8) }, { left: 2 }]);
  expect(hunks([line('same', 1), line('same', 2)])).toEqual([{ left: 2 }]);
  expect(hunks([])).toEqual([]);
});

test('values that came as JSON read as lines', () => {
  expect(readable('["Brief","Absage"]')).toBe('Brief\nAbsage');
  expect(readable('[{"name":"art","required":true,"choices":null}]')).toBe('name: art, required: true');
  expect(readable('[sic]')).toBe('[sic]');
  expect(readable('null')).toBe('');
});
