import { useSyncExternalStore } from 'react';
import { de, type Texts } from './de';

export type Language = 'de' | 'en';
export type TextKey = keyof Texts;

const STORED = 'llmoin.language';
const listeners = new Set<() => void>();
let texts: Texts = de;
let current: Language = 'de';

/** The language of the page: German first, English where the reader chose it or their browser asks for nothing else. */
export function language(): Language {
  return current;
}

/** English is fetched when it is wanted; German comes with the page. */
export async function setLanguage(wanted: Language) {
  texts = wanted === 'de' ? de : (await import('./en')).en;
  current = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem(STORED, wanted);
  listeners.forEach((listener) => listener());
}

export function startLanguage(): Promise<void> {
  const stored = localStorage.getItem(STORED);
  const asksGerman = navigator.languages.some((name) => name.toLowerCase().startsWith('de'));
  return setLanguage(stored === 'de' || stored === 'en' ? stored : asksGerman || navigator.languages.length === 0 ? 'de' : 'en');
}

type Values = (string | number)[];

const filled = (text: string, values: Values) => text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));

/** The text in the present language, with {0}, {1} … replaced. */
export function say(key: TextKey, ...values: Values): string {
  return filled(texts[key], values);
}

/** `say` that renders again when the language changes. */
export function useTexts(): typeof say {
  useLanguage();
  return say;
}

/**
 * The hook for texts that only one area's pages need: they lie in its folder (`texts.ts`) and are fetched with it, so that the first load
 * stays small.
 */
export function areaTexts<Key extends string>(german: Record<Key, string>, english: Record<Key, string>) {
  const sayHere = (key: Key, ...values: Values) => filled((current === 'de' ? german : english)[key], values);
  return function useAreaTexts() {
    useLanguage();
    return sayHere;
  };
}

function useLanguage() {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

export const number = (value: number) => value.toLocaleString(current);

export const date = (iso: string) => new Date(iso).toLocaleDateString(current, { dateStyle: 'medium' });

export const dateTime = (iso: string) => new Date(iso).toLocaleString(current, { dateStyle: 'short', timeStyle: 'short' });

/** Euro cents as an amount. */
export const money = (cents: number) => (cents / 100).toLocaleString(current, { style: 'currency', currency: 'EUR' });
