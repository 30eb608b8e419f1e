/** A part of a document's text: a page, a section under its heading, or all of it where there are neither. */
export interface Piece {
  page?: number;

  /** The heading, which ends at `bodyStart`. */
  heading?: string;
  level?: number;
  start: number;
  bodyStart: number;
  end: number;
}

/** Markdown's headings, and the sections of legal texts that stand on a line of their own. */
const HEADING = /^(?:(#{1,6}) +(.+)|((?:§§? ?\d|Art(?:ikel|\.) ?\d)[^\n]{0,90}[^\n.,;:!?]))$\n*/gm;

/** The pages of a text by where each begins, in UTF-16 code units; its sections where it has no pages. */
export function pieces(text: string, pageStarts: number[]): Piece[] {
  if (pageStarts.length > 0)
    return pageStarts.map((start, index) => ({ page: index + 1, start, bodyStart: start, end: pageStarts[index + 1] ?? text.length }));
  const heads = [...text.matchAll(HEADING)].map((found) => ({
    heading: (found[2] ?? found[3] ?? '').replace(/[*_#]+/g, '').trim(),
    level: found[1]?.length ?? 2,
    start: found.index,
    bodyStart: found.index + found[0].length,
  }));
  const sections = heads.map((head, index) => ({ ...head, end: heads[index + 1]?.start ?? text.length }));
  const first = heads[0]?.start ?? text.length;
  return first > 0 || sections.length === 0 ? [{ start: 0, bodyStart: 0, end: first }, ...sections] : sections;
}

/** What of a part of the text is in front of, within and behind what is to be marked. */
export function marked(
  text: string,
  part: { start: number; end: number },
  from: number,
  to: number,
): [before: string, mark: string, after: string] {
  const start = Math.min(Math.max(from, part.start), part.end);
  const end = Math.min(Math.max(to, start), part.end);
  return [text.slice(part.start, start), text.slice(start, end), text.slice(end, part.end)];
}
