export type Theme = 'light' | 'dark';

const STORED = 'llmoin.theme';

/** What the reader chose, else what their system shows. */
export function currentTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  if (stored === 'light' || stored === 'dark') return stored;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function setTheme(theme: Theme) {
  localStorage.setItem(STORED, theme);
  showTheme();
}

export function showTheme() {
  document.documentElement.dataset.kernTheme = currentTheme();
}
