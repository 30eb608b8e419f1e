// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { grow, noBlocks } from './blocks';
import { colour } from './colours';
import { attacks } from './corpus';
import { formula } from './formulas';
import { withButtons } from './Markdown';
import { marked } from './marked';
import { render } from './render';

const harmless = new Set([
  ...['P', 'BR', 'HR', 'STRONG', 'EM', 'DEL', 'CODE', 'PRE', 'BLOCKQUOTE', 'UL', 'OL', 'LI', 'A', 'SUP', 'SUB', 'DIV', 'BUTTON', 'SPAN'],
  ...['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD'],
  ...['MATH', 'SEMANTICS', 'MROW', 'MI', 'MN', 'MO', 'MS', 'MTEXT', 'MSPACE', 'MSQRT', 'MROOT', 'MFRAC', 'MSTYLE', 'MPADDED', 'MPHANTOM'],
  ...['MSUB', 'MSUP', 'MSUBSUP', 'MUNDER', 'MOVER', 'MUNDEROVER', 'MTABLE', 'MTR', 'MTD'],
]);

/** What of this HTML could act, load or pass for a part of the page. */
function dangers(html: string): string[] {
  const place = document.createElement('div');
  place.innerHTML = html;
  return [...place.querySelectorAll('*')].flatMap((element) => [
    ...(harmless.has(element.tagName.toUpperCase()) ? [] : [element.tagName]),
    ...[...element.attributes]
      .filter(({ name, value }) =>
        name === 'href'
          ? !/^(https?:|mailto:|#)/i.test(value)
          : /^on|src|style|action|data$|poster|background|xlink|^id$|^name$|^form|http-equiv|content/i.test(name),
      )
      .map(({ name, value }) => `${name}=${value}`),
  ]);
}

const asShown = (source: string) => withButtons(render(source, { formula, colour }), new Set([7]));

test('what attacks is dangerous as long as nobody cleans it', () => {
  const dangerous = attacks.filter(([, source]) => dangers(marked.parse(source, { async: false })).length > 0);
  expect(attacks.length).toBeGreaterThan(100);
  expect(dangerous.length).toBeGreaterThan(80);
});

test.each(attacks)('%s: %s', (_, source) => {
  expect(dangers(asShown(source))).toEqual([]);
  // Nobody but the page itself makes buttons.
  expect(asShown(source)).not.toContain('data-citation');
  document.body.innerHTML = asShown(source);
  expect((window as { hit?: unknown }).hit).toBeUndefined();
});

test.each(attacks)('while it is being written, %s: %s', (_, source) => {
  let blocks = noBlocks;
  for (let end = 1; end <= source.length; end++) {
    blocks = grow(blocks, source.slice(0, end));
    expect(dangers([...blocks.settled, blocks.open].map(asShown).join(''))).toEqual([]);
  }
});

test('a link says where it leads and opens beside the page', () => {
  expect(asShown('[Gesetz](https://www.gesetze-im-internet.de/vwvfg/)')).toContain(
    '<a href="https://www.gesetze-im-internet.de/vwvfg/" rel="noopener noreferrer nofollow" target="_blank">Gesetz</a>',
  );
});
