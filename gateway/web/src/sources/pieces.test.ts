import { expect, test } from 'vitest';
import { marked, pieces } from './pieces';

test('a text falls into its pages', () => {
  expect(pieces('einszwei', [0, 4])).toEqual([
    { page: 1, start: 0, bodyStart: 0, end: 4 },
    { page: 2, start: 4, bodyStart: 4, end: 8 },
  ]);
});

test('a text without pages falls into its sections, and nothing of it is lost', () => {
  const text = 'Vorwort\n\n# Dienstanweisung\n\nText\n\n§ 2 Antrag\n(1) Nach § 2 gilt das.\n\n## **Schluss**\nEnde';
  const found = pieces(text, []);
  expect(found.map(({ heading, level }) => [heading, level])).toEqual([
    [undefined, undefined],
    ['Dienstanweisung', 1],
    ['§ 2 Antrag', 2],
    ['Schluss', 2],
  ]);
  expect(found.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  expect(pieces('Nur ein Satz.', [])).toEqual([{ start: 0, bodyStart: 0, end: 13 }]);
  expect(pieces('# Gleich\nText', [])[0]?.heading).toBe('Gleich');
});

test('a passage over a page break is marked on both pages', () => {
  const text = 'abcdefgh';
  const [one, two] = pieces(text, [0, 4]);
  expect(one && marked(text, one, 2, 6)).toEqual(['ab', 'cd', '']);
  expect(two && marked(text, two, 2, 6)).toEqual(['', 'ef', 'gh']);
  expect(one && marked(text, one, 5, 6)).toEqual(['abcd', '', '']);
});
