import type { DiffLine } from './types';

/** Lines to show, or how many unchanged ones are left out in between. */
export type Hunk = { lines: DiffLine[] } | { left: number };

const CONTEXT = 2;

/** What changed with a little around it. */
export function hunks(lines: DiffLine[]): Hunk[] {
  const near = (index: number) => lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same');
  const all: Hunk[] = [];
  lines.forEach((line, index) => {
    const last = all.at(-1);
    if (near(index)) {
      if (last && 'lines' in last) last.lines.push(line);
      else all.push({ lines: [line] });
    } else if (last && 'left' in last) last.left++;
    else all.push({ left: 1 });
  });
  return all;
}

/** A changed field's value for people: what came as JSON a line per item. */
export function readable(value: string): string {
  if (!/^[[{]/.test(value)) return value === 'null' ? '' : value;
  try {
    const parsed = JSON.parse(value) as unknown;
    if (!Array.isArray(parsed)) return JSON.stringify(parsed, null, 1);
    return parsed.map((item) => (typeof item === 'string' ? item : sentence(item as Record<string, unknown>))).join('\n');
  } catch {
    return value;
  }
}

const sentence = (item: Record<string, unknown>) =>
  Object.entries(item)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
