/** Both days included, written as 2026-11-03. */
export interface Period {
  from: string;
  to: string;
}

export type PeriodName = 'days31' | 'month' | 'lastMonth' | 'quarter' | 'year';

export const periodNames: PeriodName[] = ['days31', 'month', 'lastMonth', 'quarter', 'year'];

/** The longest that is read at once. */
export const LONGEST_DAYS = 366;

const iso = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The days that a name means today; the last three months are whole ones. */
export function periodOf(name: PeriodName, today: Date): Period {
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  switch (name) {
    case 'days31':
      return { from: iso(year, month, day - 30), to: iso(year, month, day) };
    case 'month':
      return { from: iso(year, month, 1), to: iso(year, month, day) };
    case 'lastMonth':
      return { from: iso(year, month - 1, 1), to: iso(year, month, 0) };
    case 'quarter':
      return { from: iso(year, month - 3, 1), to: iso(year, month, 0) };
    case 'year':
      return { from: iso(year, month - 12, day + 1), to: iso(year, month, day) };
  }
}

export function isReadable({ from, to }: Period): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return days >= 1 && days <= LONGEST_DAYS;
}
