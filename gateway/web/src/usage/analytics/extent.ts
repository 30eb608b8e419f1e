/** Where a column lies in a chart 100 high; one that is little is still seen, and what is held back has a mark of its own. */
export function extent(value: number | null, highest: number): { y: number; height: number } {
  if (value === null) return { y: 96, height: 4 };
  const height = value <= 0 || highest <= 0 ? 0 : Math.max(1, Math.min(100, (value / highest) * 100));
  return { y: 100 - height, height };
}
