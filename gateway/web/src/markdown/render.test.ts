// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { colour } from './colours';
import { formula } from './formulas';
import { withButtons } from './Markdown';
import { render, wanted } from './render';

const full = (source: string) => render(source, { formula, colour });

test.each([
  ['Die Summe $a^2 + b^2 = c^2$ stimmt.', '<msup>'],
  ['\\(\\frac{1}{2}\\)', '<mfrac>'],
  ['Text\n$$\n\\sum_{i=1}^n i\n$$\nText', 'display="block"'],
  ['- Punkt\n\n  \\[ x = \\sqrt{2} \\]', '<msqrt>'],
])('a formula becomes MathML: %s', (source, part) => {
  expect(full(source)).toContain(part);
  expect(full(source)).not.toContain('annotation');
});

test.each(['Es kostet 5 $ und 10 $.', 'Zwischen $5 und $10', '$5-$10', '`$x$`', '```\n$x$\n```', 'nur ein $'])(
  'an amount is no formula: %s',
  (source) => {
    expect(full(source)).not.toContain('<math');
    expect(wanted(render(source))).toEqual([]);
  },
);

test('what is no TeX stays as it was written', () => {
  expect(full('$\\frac{1$')).toContain('<code class="formula">\\frac{1</code>');
});

test('a code block is coloured when its language is known and its end has come', () => {
  expect(full('```python\ndef f(): return 1\n```')).toContain('<span class="hljs-keyword">def</span>');
  expect(full('```python\ndef f(): return 1')).not.toContain('hljs');
  expect(full('```cobol\nSTOP RUN.\n```')).not.toContain('hljs');
  expect(full('```html\n<b>&amp;</b>\n```').replace(/<\/?span[^>]*>/g, '')).toContain('&lt;b&gt;&amp;amp;&lt;/b&gt;');
});

test('only what answers need is fetched', () => {
  expect(wanted(render('Nur **Text**.'))).toEqual([]);
  expect(wanted(render('$x$'))).toEqual(['formula']);
  expect(wanted(render('```js\n1\n```'))).toEqual(['colour']);
});

test('a citation is a button in text, not in code and not in formulas', () => {
  const html = withButtons(full('Satz [1]. `a[1]` und $b[1]$\n\n```js\nc[1]\n```\n\n[2]'), new Set([1]));
  expect(html.match(/data-citation="1"/g)).toHaveLength(1);
  expect(html).not.toContain('data-citation="2"');
  expect(html.match(/code__copy/g)).toHaveLength(1);
});
