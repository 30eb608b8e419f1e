import type { StatementLine } from '../types';

/** Summed by department and cost centre; what nobody in particular bears comes last. */
export function sharesOf(lines: Pick<StatementLine, 'shares'>[]): StatementLine['shares'] {
  const sums = new Map<string, StatementLine['shares'][number]>();
  for (const share of lines.flatMap((line) => line.shares)) {
    const key = JSON.stringify([share.department, share.costCentre]);
    sums.set(key, { ...share, net: share.net + (sums.get(key)?.net ?? 0) });
  }
  return [...sums.values()].sort(
    (one, other) => Number(one.department === '') - Number(other.department === '') || one.department.localeCompare(other.department),
  );
}
