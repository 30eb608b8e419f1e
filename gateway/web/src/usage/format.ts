import { language, money, number } from '../i18n';
import type { Bucket, Budget, Grouping } from './types';

/** Dates without a time are the same day wherever the reader is. */
const inUtc = (iso: string, options: Intl.DateTimeFormatOptions) =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString(language(), { ...options, timeZone: 'UTC' });

/** `2026-11-03` as 03.11.2026. */
export const dayName = (iso: string) => inUtc(iso, { day: '2-digit', month: '2-digit', year: 'numeric' });

/** `2026-11` as November 2026. */
export const monthName = (month: string) => inUtc(`${month}-01`, { month: 'long', year: 'numeric' });

/** A day by its date, a week by its first and last day, a month by its name. */
export function bucketName({ from, to }: Bucket, grouping: Grouping): string {
  if (grouping === 'month') return monthName(from.slice(0, 7));
  return grouping === 'day' ? dayName(from) : `${dayName(from)} – ${dayName(to)}`;
}

export const percent = (share: number) => share.toLocaleString(language(), { style: 'percent', maximumFractionDigits: 1 });

export const seconds = (value: number) =>
  value.toLocaleString(language(), { style: 'unit', unit: 'second', maximumFractionDigits: value < 10 ? 1 : 0 });

/** An amount in the budget's unit. */
export const amount = (unit: Budget['unit'], value: number, tokens: (count: string) => string) =>
  unit === 'money' ? money(value) : tokens(number(value));

/** A figure that may be held back. */
export const shown = (value: number | null | undefined, write: (value: number) => string) =>
  value === null || value === undefined ? '–' : write(value);
