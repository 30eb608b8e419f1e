import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';
import { describe } from './Problem';

/** What a page finds wrong with a form before anything is sent, by field; what is false is right. */
type Found = Record<string, string | false | undefined>;

/**
 * A form's order to the platform: one at a time, with what the page or the platform finds wrong at the field that it is about. The first such
 * field gets the focus.
 */
export function useForm(fields: string[] = []) {
  const [found, setFound] = useState<Found>({});
  const [refused, setRefused] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const underWay = useRef(false);

  useEffect(() => {
    const wrong = [...document.querySelectorAll<HTMLElement>('[aria-invalid="true"]')];
    (wrong.find((field) => field.closest('dialog')) ?? wrong[0])?.focus();
  }, [found, refused]);

  /** True when it was done. */
  const submit = async (check: Found, order: () => Promise<unknown>): Promise<boolean> => {
    if (underWay.current) return false;
    setFound(check);
    setRefused(undefined);
    if (Object.values(check).some(Boolean)) return false;
    underWay.current = true;
    setBusy(true);
    try {
      await order();
      return true;
    } catch (failure) {
      setRefused(failure);
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };

  const field = refused instanceof ApiError ? refused.field : undefined;
  return {
    submit,
    isBusy,
    at: (name: string) => found[name] || (field === name ? describe(refused) : undefined),
    refusedWith: (status: number) => refused instanceof ApiError && refused.status === status,
    /** The refusal, unless one of the fields shows it. */
    problem: field && fields.includes(field) ? undefined : refused,
  };
}
