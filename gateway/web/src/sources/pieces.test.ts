import { expect, test } from 'vitest';
import { marked, pieces } from './pieces';

const text = 'Seite eins.Seite zwei.Ende';
const pages = pieces(text.length, [0, 11, 22]);

test('pages cover the text without gaps', () => {
  expect(pages.map((page) => text.slice(page.start, page.end))).toEqual(['Seite eins.', 'Seite zwei.', 'Ende']);
  expect(pieces(5, [])).toEqual([{ start: 0, end: 5 }]);
});

test('a passage over two pages is marked on both and nowhere else', () => {
  expect(pages.map((page) => marked(text, page, 6, 16)[1])).toEqual(['eins.', 'Seite', '']);
  for (const page of pages) expect(marked(text, page, 6, 16).join('')).toBe(text.slice(page.start, page.end));
});
