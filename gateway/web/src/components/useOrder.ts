import { useRef, useState } from 'react';
import { ApiError } from '../api/client';
import { describe } from './Problem';

/** One order to the platform at a time, and what became of the last one. */
export function useOrder() {
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const underWay = useRef(false);

  /** True when it was done; what went wrong stands in `error`. */
  const run = async (order: () => Promise<unknown>): Promise<boolean> => {
    if (underWay.current) return false;
    underWay.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await order();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { run, isBusy, error, forget: () => setError(undefined) };
}

/** What a form says at its fields: what the page found wrong with them, else what the platform did. */
export function errorAt(field: string, found: Record<string, string>, refused: unknown): string | undefined {
  return found[field] ?? (refused instanceof ApiError && refused.field === field ? describe(refused) : undefined);
}

/** The refusal, unless one of the form's fields shows it. */
export function errorElsewhere(refused: unknown, fields: string[]): unknown {
  return refused instanceof ApiError && refused.field && fields.includes(refused.field) ? undefined : refused;
}
