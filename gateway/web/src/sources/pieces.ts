/** A part of a document's text: a page, or all of it where there are none. */
export interface Piece {
  page?: number;
  start: number;
  end: number;
}

/** The pages of a text by where each begins, in UTF-16 code units; one piece where none is known. */
export function pieces(length: number, pageStarts: number[]): Piece[] {
  if (pageStarts.length === 0) return [{ start: 0, end: length }];
  return pageStarts.map((start, index) => ({ page: index + 1, start, end: pageStarts[index + 1] ?? length }));
}

/** A piece's text in front of, within and behind what is to be marked. */
export function marked(text: string, piece: Piece, from: number, to: number): [before: string, mark: string, after: string] {
  const start = Math.min(Math.max(from, piece.start), piece.end);
  const end = Math.min(Math.max(to, start), piece.end);
  return [text.slice(piece.start, start), text.slice(start, end), text.slice(end, piece.end)];
}
