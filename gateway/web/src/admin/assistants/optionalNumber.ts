/** A number that may be left out: null then, and undefined where it is none between the two. A decimal comma is one. */
export function optionalNumber(text: string, least: number, most: number): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text.trim().replace(',', '.'));
  return value >= least && value <= most ? value : undefined;
}
