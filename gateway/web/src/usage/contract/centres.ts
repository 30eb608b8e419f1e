/** `bau; 4711` a line as cost centres by department; null where that is not what it is. */
export function readCentres(text: string): Record<string, string> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => line.split(';').map((part) => part.trim()));
  const isRight = pairs.every(
    ([department = '', centre = '', ...more]) =>
      more.length === 0 && department !== '' && department.length <= 100 && centre !== '' && centre.length <= 40,
  );
  const centres = Object.fromEntries(pairs as [string, string][]);
  return isRight && lines.length <= 1000 && Object.keys(centres).length === lines.length ? centres : null;
}

export const writeCentres = (centres: Record<string, string>) =>
  Object.entries(centres)
    .sort(([one], [other]) => one.localeCompare(other))
    .map((pair) => pair.join('; '))
    .join('\n');
