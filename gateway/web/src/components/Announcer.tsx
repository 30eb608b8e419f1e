import { useSyncExternalStore } from 'react';

let current = '';
const listeners = new Set<() => void>();

/** Says something to screen readers without moving anybody's focus (WCAG 2.2, 4.1.3). */
export function announce(text: string) {
  // The same text twice is heard twice.
  current = current === text ? `${text}\u00a0` : text;
  listeners.forEach((listener) => listener());
}

export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return (
    <div className="kern-sr-only" role="status" aria-live="polite">
      {text}
    </div>
  );
}
