import { marked } from './marked';

/** A Markdown text as blocks that can be shown one by one. */
export interface Blocks {
  /** Source of blocks that no later text can change. */
  settled: string[];

  /** How much of the text they are. */
  length: number;

  /** The rest: the block that is being written. */
  open: string;
}

export const noBlocks: Blocks = { settled: [], length: 0, open: '' };

/**
 * The blocks of a text that has grown. Only what is new is looked at: what a stream has settled is neither parsed nor drawn again, so that the
 * thousandth line of an answer costs what the first did.
 */
export function grow(blocks: Blocks, text: string): Blocks {
  if (text.length < blocks.length) return grow(noBlocks, text);
  const rest = text.slice(blocks.length);
  const tokens = marked.lexer(rest);
  // The last token may go on: a paragraph, a list, a code block whose end has not come.
  let settledLength = 0;
  const settled: string[] = [];
  for (const token of tokens.slice(0, -1)) {
    settledLength += token.raw.length;
    if (token.type !== 'space') settled.push(token.raw);
  }
  return settledLength === 0
    ? { ...blocks, open: rest }
    : { settled: [...blocks.settled, ...settled], length: blocks.length + settledLength, open: rest.slice(settledLength) };
}
