import { language } from '../i18n';

const names: Record<string, [german: string, english: string]> = {
  chat: ['Chat', 'Chat'],
  summarise: ['Zusammenfassen', 'Summarise'],
  research: ['Recherchieren', 'Research'],
  draft: ['Entwerfen', 'Draft'],
  translate: ['Übersetzen', 'Translate'],
  prompt: ['Prompt ausführen', 'Run a prompt'],
  embedding: ['Texte einordnen (API)', 'Embed texts (API)'],
  rerank: ['Treffer ordnen (API)', 'Rerank results (API)'],
  ingestion: ['Dokumente einlesen', 'Read documents in'],
  search: ['Quellen durchsuchen', 'Search sources'],
  storage: ['Dokumente aufbewahren', 'Keep documents'],
};

/** What something was used for, in the reader's language; other front-ends may have names of their own. */
export const purposeName = (purpose: string) => names[purpose]?.[language() === 'de' ? 0 : 1] ?? purpose;
