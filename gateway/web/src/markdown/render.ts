import DOMPurify from 'dompurify';
import type { Extras } from './extras';
import { marked } from './marked';

const TAGS = [
  ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'sup', 'sub'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

const MATH_TAGS = [
  ...['math', 'semantics', 'mrow', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'msqrt', 'mroot', 'mfrac', 'mstyle', 'mpadded', 'mphantom'],
  ...['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd'],
];

const MATH_ATTRIBUTES = [
  ...[
    'display',
    'mathvariant',
    'stretchy',
    'fence',
    'separator',
    'lspace',
    'rspace',
    'minsize',
    'maxsize',
    'symmetric',
    'accent',
    'accentunder',
  ],
  ...[
    'linethickness',
    'width',
    'height',
    'depth',
    'scriptlevel',
    'displaystyle',
    'columnalign',
    'columnspacing',
    'rowspacing',
    'movablelimits',
  ],
];

const CLASS = /^(?:formula(?: formula--block)?|language-[\w+#-]+)$/;

/**
 * Markdown as HTML that can do nothing but be read: no pictures (they would ask other servers), no markup of its own, links only to http, https
 * and mail. Written by a model or in a document, it is never trusted.
 */
export function render(markdown: string, extras: Extras = {}): string {
  const html = DOMPurify.sanitize(marked.parse(markdown, { async: false }), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start', 'align', 'class'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
    ALLOW_DATA_ATTR: false,
  });
  return withFormulas(withColours(html, extras.colour), extras.formula);
}

/** What is still to be fetched for this HTML to look as it should. */
export const wanted = (html: string): (keyof Extras)[] => [
  ...(html.includes('<code class="formula') ? (['formula'] as const) : []),
  ...(html.includes('<code class="language-') ? (['colour'] as const) : []),
];

/** TeX becomes MathML, which is cleaned like everything else; what is no TeX stays as it was written. */
function withFormulas(html: string, formula: Extras['formula']): string {
  if (!formula) return html;
  return html.replace(/<code class="formula( formula--block)?">([^<]*)<\/code>/g, (whole, isBlock: string | undefined, tex: string) => {
    const math = formula(text(tex), !!isBlock);
    if (!math) return whole;
    return DOMPurify.sanitize(math, {
      ALLOWED_TAGS: MATH_TAGS,
      ALLOWED_ATTR: MATH_ATTRIBUTES,
      FORBID_CONTENTS: ['annotation', 'annotation-xml', 'script', 'style'],
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
    });
  });
}

/** Code with the classes of its parts; whatever is no such part is a reason to leave it plain. */
function withColours(html: string, colour: Extras['colour']): string {
  if (!colour) return html;
  return html.replace(/<code class="language-([\w+#-]+)">([^<]*)<\/code>/g, (whole, language: string, code: string) => {
    const coloured = colour(text(code), language);
    return coloured && !coloured.replace(/<span class="hljs-[\w -]+">|<\/span>/g, '').includes('<') ? `<code>${coloured}</code>` : whole;
  });
}

const text = (html: string) =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/&amp;/g, '&');

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A') {
    node.setAttribute('rel', 'noopener noreferrer nofollow');
    if (!node.getAttribute('href')?.startsWith('#')) node.setAttribute('target', '_blank');
  }
  if (node.tagName === 'PRE' || node.tagName === 'TABLE') node.setAttribute('tabindex', '0');
  if (node.hasAttribute('class') && !(node.tagName === 'CODE' && CLASS.test(node.getAttribute('class') ?? '')))
    node.removeAttribute('class');
});
