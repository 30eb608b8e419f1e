/** A text in pieces, those that match marked; matches are in order and do not overlap. */
export function highlighted(text: string, matches: { start: number; length: number }[]): [text: string, isMatch: boolean][] {
  const pieces: [string, boolean][] = [];
  let at = 0;
  for (const { start, length } of matches) {
    if (start > at) pieces.push([text.slice(at, start), false]);
    pieces.push([text.slice(start, start + length), true]);
    at = start + length;
  }
  if (at < text.length) pieces.push([text.slice(at), false]);
  return pieces;
}
