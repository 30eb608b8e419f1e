import { expect, test } from 'vitest';
import { highlighted } from './highlighted';

test('what was found is marked, and nothing is lost', () => {
  const matches = [
    { start: 0, length: 6 },
    { start: 11, length: 4 },
  ];
  expect(highlighted('Antrag auf Wohn geld', matches)).toEqual([
    ['Antrag', true],
    [' auf ', false],
    ['Wohn', true],
    [' geld', false],
  ]);
  expect(highlighted('nichts', [])).toEqual([['nichts', false]]);
});
