import { useSyncExternalStore } from 'react';

const STORED = 'llmoin.tour';
const listeners = new Set<() => void>();
const isWanted = () => localStorage.getItem(STORED) !== 'seen';

/** Whether the tour is to be shown: until it was walked or skipped once in this browser. */
export function useTour(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isWanted);
}

export function endTour() {
  localStorage.setItem(STORED, 'seen');
  listeners.forEach((listener) => listener());
}

export function showTour() {
  localStorage.removeItem(STORED);
  listeners.forEach((listener) => listener());
}
