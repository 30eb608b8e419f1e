import type { Budget } from '../types';

/** What somebody typed as a limit, in tokens or cents; null where it is none. Thousands may be set apart by dots or blanks. */
export function readLimit(text: string, unit: Budget['unit']): number | null {
  const typed = text.trim().replace(/\s/g, '');
  if (unit === 'tokens') {
    const plain = typed.replace(/\.(?=\d{3}(\D|$))/g, '');
    return /^\d{1,15}$/.test(plain) ? Number(plain) : null;
  }
  const german = typed.replace(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.');
  return /^\d{1,9}(\.\d{1,2})?$/.test(german) ? Math.round(Number(german) * 100) : null;
}

/** The same the other way round, for the field. */
export const writeLimit = (value: number, unit: Budget['unit']) =>
  unit === 'tokens' ? String(value) : (value / 100).toFixed(2).replace('.', ',');
