import { Marked, type RendererExtension, type TokenizerExtension } from 'marked';

/** TeX as it is written in Markdown: `$…$` and `\(…\)` in a line, `$$…$$` and `\[…\]` on lines of their own. */
const BLOCK = /^ {0,3}(?:\$\$((?:(?!\n[ \t]*\n)[^]){1,5000}?)\$\$|\\\[((?:(?!\n[ \t]*\n)[^]){1,5000}?)\\\])[ \t]*(?:\n|$)/;

// As in Pandoc: no space inside the signs and no digit behind them, so that "5 $ und 10 $" stays an amount.
const INLINE = /^(?:\$\$([^$\n]{1,2000}?)\$\$|\$(?![\s$])((?:\\.|[^$\\\n]){1,2000}?)(?<!\s)\$(?!\d)|\\\(([^\n]{1,2000}?)\\\))/;

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const block: TokenizerExtension & RendererExtension = {
  name: 'formulaBlock',
  level: 'block',
  start(source) {
    const found = /\n(?= {0,3}(?:\$\$|\\\[))/.exec(source);
    return found && BLOCK.test(source.slice(found.index + 1)) ? found.index : undefined;
  },
  tokenizer(source) {
    const found = BLOCK.exec(source);
    return found ? { type: 'formulaBlock', raw: found[0], text: (found[1] ?? found[2] ?? '').trim() } : undefined;
  },
  renderer: ({ text }) => `<p><code class="formula formula--block">${escape(text as string)}</code></p>\n`,
};

const inline: TokenizerExtension & RendererExtension = {
  name: 'formula',
  level: 'inline',
  start(source) {
    const at = source.search(/\$|\\\(/);
    return at < 0 ? undefined : at;
  },
  tokenizer(source) {
    const found = INLINE.exec(source);
    return found ? { type: 'formula', raw: found[0], text: (found[1] ?? found[2] ?? found[3] ?? '').trim() } : undefined;
  },
  renderer: ({ text }) => `<code class="formula">${escape(text as string)}</code>`,
};

/** GitHub's Markdown with formulas. A code block whose end has not come names no language: it is coloured once, when it is there. */
export const marked = new Marked({
  gfm: true,
  extensions: [block, inline],
  renderer: {
    code({ text, lang, raw }) {
      const language = /^[\w+#-]{1,30}/.exec(lang ?? '')?.[0].toLowerCase();
      const isClosed = /(?:```|~~~)\s*$/.test(raw);
      return `<pre><code${language && isClosed ? ` class="language-${escape(language)}"` : ''}>${escape(text)}\n</code></pre>\n`;
    },
  },
});
