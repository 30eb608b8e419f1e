import { readLimit, writeLimit } from '../../usage/budgets/limit';
import type { PriceList } from '../types';

/** A price list as the form's fields hold it: euros with a comma, tiers and price classes a line each. */
export interface PriceDraft {
  flat: string;
  minimum: string;
  thousandPages: string;
  storageGigabyte: string;
  discount: string;
  tax: string;
  tiers: string;
  minimumCount: string;
  trialMonths: string;
  trialDays: string;
  tokens: string;
}

const euros = (cents: number) => (cents === 0 ? '' : writeLimit(cents, 'money'));

export const toDraft = (prices?: PriceList): PriceDraft => ({
  flat: euros(prices?.flat ?? 0),
  minimum: euros(prices?.minimum ?? 0),
  thousandPages: euros(prices?.thousandPages ?? 0),
  storageGigabyte: euros(prices?.storageGigabyte ?? 0),
  discount: euros(prices?.discountBasisPoints ?? 0),
  tax: prices?.tax ?? 'standard',
  tiers: prices?.users?.tiers.map(({ upTo, price }) => `${upTo ? `${upTo}; ` : ''}${writeLimit(price, 'money')}`).join('\n') ?? '',
  minimumCount: String(prices?.users?.minimumCount || ''),
  trialMonths: String(prices?.users?.trialMonths || ''),
  trialDays: String(prices?.users?.trialDays || ''),
  tokens:
    prices?.tokens
      .map(({ priceClass, prompt, completion }) => [priceClass, ...[prompt, completion].map((one) => writeLimit(one, 'money'))].join('; '))
      .join('\n') ?? '',
});

/** Cents; 0 for nothing, null for what is no amount. Hundredths of a percent are written in the same way. */
export const readEuros = (text: string) => (text.trim() === '' ? 0 : readLimit(text, 'money'));

const readCount = (text: string) => (text.trim() === '' ? 0 : /^\d{1,8}$/.test(text.trim()) ? Number(text) : null);

const parts = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(';').map((part) => part.trim()));

/** `100; 5,00` and below it `4,00`; null where that is not what it is. */
export function readTiers(text: string): { upTo: number | null; price: number }[] | null {
  const lines = parts(text);
  const tiers = lines.map((line, place) => {
    const isLast = place === lines.length - 1;
    const price = readEuros(line.at(-1) || '?');
    const upTo = isLast ? null : readCount(line[0] ?? '');
    return line.length === (isLast ? 1 : 2) && price !== null && (isLast || upTo) ? { upTo, price } : null;
  });
  const known = tiers.filter((tier) => tier !== null);
  const isAscending = known.every((tier, place) => place === 0 || tier.upTo === null || tier.upTo > (known[place - 1]?.upTo ?? 0));
  return known.length === tiers.length && isAscending ? known : null;
}

/** `gross; 1,50; 4,50`, each class once; null where that is not what it is. */
export function readTokenPrices(text: string): PriceList['tokens'] | null {
  const prices = parts(text).map(([priceClass = '', prompt, completion, ...more]) => {
    const [read, written] = [readEuros(prompt || '?'), readEuros(completion || '?')];
    const isRight = read !== null && written !== null && more.length === 0 && /^[A-Za-z0-9._-]{0,60}$/.test(priceClass);
    return isRight ? { priceClass, prompt: read, completion: written } : null;
  });
  const known = prices.filter((price) => price !== null);
  const isOnce = new Set(known.map(({ priceClass }) => priceClass)).size === known.length;
  return known.length === prices.length && isOnce ? known : null;
}

type Wrong = Partial<Record<keyof PriceDraft, true>>;

/** The price list that was typed, or which fields are wrong. */
export function toPrices(draft: PriceDraft): { prices: PriceList; wrong: null } | { prices: null; wrong: Wrong } {
  const amounts = {
    flat: readEuros(draft.flat),
    minimum: readEuros(draft.minimum),
    thousandPages: readEuros(draft.thousandPages),
    storageGigabyte: readEuros(draft.storageGigabyte),
  };
  const counts = {
    minimumCount: readCount(draft.minimumCount),
    trialMonths: readCount(draft.trialMonths),
    trialDays: readCount(draft.trialDays),
  };
  const discount = readEuros(draft.discount);
  const [tiers, tokens] = [readTiers(draft.tiers), readTokenPrices(draft.tokens)];
  const read = { ...amounts, ...counts, tiers, tokens, discount: discount !== null && discount > 10_000 ? null : discount };
  const wrong = Object.fromEntries(
    Object.entries(read)
      .filter(([, value]) => value === null)
      .map(([field]) => [field, true]),
  ) as Wrong;
  if (Object.keys(wrong).length > 0) return { prices: null, wrong };
  return {
    prices: {
      ...(amounts as Record<keyof typeof amounts, number>),
      users: tiers?.length ? { tiers, ...(counts as Record<keyof typeof counts, number>) } : null,
      tokens: tokens ?? [],
      discountBasisPoints: discount ?? 0,
      tax: draft.tax,
    },
    wrong: null,
  };
}
