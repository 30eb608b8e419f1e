import katex from 'katex';

// While a paragraph is being written its formulas are asked for with every frame.
const known = new Map<string, string | undefined>();

/** MathML, which browsers draw and read aloud themselves: no fonts, no styles of KaTeX's. Bounded, and without commands that link or load. */
export function formula(tex: string, isBlock: boolean): string | undefined {
  const key = `${isBlock} ${tex}`;
  if (known.has(key)) return known.get(key);
  if (known.size > 500) known.clear();
  let math: string | undefined;
  try {
    math = katex.renderToString(tex, {
      displayMode: isBlock,
      output: 'mathml',
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 200,
    });
  } catch {
    math = undefined;
  }
  known.set(key, math);
  return math;
}
