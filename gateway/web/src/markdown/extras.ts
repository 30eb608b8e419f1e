/** What few answers need and is fetched with the first one that does. */
export interface Extras {
  /** TeX as MathML; undefined where it is none. */
  formula?: (tex: string, isBlock: boolean) => string | undefined;

  /** Code as HTML whose parts have highlight.js's classes; undefined for a language that is not known here. */
  colour?: (code: string, language: string) => string | undefined;
}

let current: Extras = {};
const started = new Set<keyof Extras>();
const listeners = new Set<() => void>();

export const extras = () => current;

export function onExtras(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Fetches it unless that was done; without it the text stays readable. */
export function fetchExtra(name: keyof Extras) {
  if (started.has(name)) return;
  started.add(name);
  (name === 'formula' ? import('./formulas') : import('./colours'))
    .then((loaded) => {
      current = { ...current, ...loaded };
      listeners.forEach((listener) => listener());
    })
    .catch(() => started.delete(name));
}
