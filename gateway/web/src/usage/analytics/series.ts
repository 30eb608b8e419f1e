import type { Bucket, CostsReport, Report } from '../types';

/** One line of a report as a chart needs it: a name, empty for the rest, and a value for each bucket. */
export interface Line {
  name: string;
  values: (number | null)[];
}

/** One figure of each of a report's series. */
export const linesOf = <T>(report: Report<T>, figure: (figures: T) => number | null, name: (of: string) => string = (of) => of): Line[] =>
  report.series
    .map((series) => ({ name: series.name ? name(series.name) : '', values: series.points.map(figure) }))
    .filter(({ values }) => values.some((value) => value !== null));

const month = (of: string): Bucket => ({ from: `${of}-01`, to: `${of}-01` });

/** Departments' costs over the months; a department that is not named in a month is in that month's rest. */
export function costLines({ months }: CostsReport): { buckets: Bucket[]; lines: Line[] } {
  const names = [...new Set(months.flatMap(({ departments }) => departments.map(({ department }) => department)))].sort();
  const lines = names.map((name) => ({
    name,
    values: months.map(({ departments }) => departments.find(({ department }) => department === name)?.net ?? null),
  }));
  const rest = { name: '', values: months.map((one) => one.rest ?? null) };
  return { buckets: months.map((one) => month(one.month)), lines: rest.values.some((value) => value !== null) ? [...lines, rest] : lines };
}

export const highestOf = (lines: Line[]) => Math.max(0, ...lines.flatMap(({ values }) => values.filter((value) => value !== null)));
