import { expect, test } from 'vitest';
import { marked } from './marked';
import { grow, noBlocks } from './blocks';

const text = [
  '# Überschrift',
  'Ein Absatz mit **fett**\nund einer zweiten Zeile.',
  '- eins\n- zwei\n  - tiefer\n\n- drei',
  '```sh\nfür i in 1 2; do\n\n  echo $i\ndone\n```',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '> Zitat\n> weiter',
  '$$\n\\frac{a}{b}\n$$',
  'Mit $x^2$ für 5 $ oder 10 $.',
  'Ende.',
].join('\n\n');

const html = (source: string) => (marked.parse(source, { async: false }) as string).replace(/\s+/g, ' ').trim();

test('a text that grows letter by letter shows what it shows as a whole', () => {
  let blocks = noBlocks;
  for (let end = 1; end <= text.length; end++) blocks = grow(blocks, text.slice(0, end));
  expect(html([...blocks.settled, blocks.open].join('\n\n'))).toBe(html(text));
  expect(blocks.settled.length).toBeGreaterThan(5);
});

test('settled blocks stay the same objects, so that nobody draws them again', () => {
  const first = grow(noBlocks, 'eins\n\nzwei\n\ndr');
  const second = grow(first, 'eins\n\nzwei\n\ndrei');
  expect(second.settled).toBe(first.settled);
  expect(second.open).toBe('drei');
});

test('another, shorter text begins anew', () => {
  expect(grow(grow(noBlocks, 'eins\n\nzwei\n\ndrei'), 'neu')).toEqual({ settled: [], length: 0, open: 'neu' });
});
