const german = {
  skip: 'Zum Inhalt', signIn: 'Anmelden', signOut: 'Abmelden', title: 'KI-Assistent der Verwaltung',
  about: 'Fragen zu eigenen Dokumenten, mit Quellenangabe. Die KI unterstützt, entscheiden tun Menschen.',
  uploadTitle: '1. Dokument hochladen', file: 'Text- oder Markdown-Datei', upload: 'Hochladen', askTitle: '2. Frage stellen',
  model: 'Modell', question: 'Ihre Frage', ask: 'Fragen', stop: 'Anhalten', sources: 'Quellen', usageTitle: '3. Eigener Verbrauch',
  usage: 'Anzeigen', api: 'Programmierschnittstelle (OpenAPI)', signedInAs: 'Angemeldet: {0}, Mandant {1}', signInFailed: 'Die Anmeldung ist nicht gelungen.',
  uploading: 'Wird hochgeladen …', ready: '„{0}“ ist durchsuchbar.', processing: '„{0}“ wird noch verarbeitet.', waiting: 'Warte auf Antwort …',
  queued: 'In der Warteschlange, Platz {0}', writing: 'Antwort läuft …', done: 'Fertig.', stopped: 'Angehalten.', cutOff: 'Die Antwort ist abgebrochen und unvollständig.',
  failed: 'Nicht gelungen: {0}', noUsage: 'Noch kein Verbrauch.', usageColumns: 'Zeit|Zweck|Modell|Token gelesen|Token geschrieben',
};
const english = {
  skip: 'Skip to content', signIn: 'Sign in', signOut: 'Sign out', title: 'The administration’s AI assistant',
  about: 'Questions about your own documents, answered with sources. AI supports, people decide.',
  uploadTitle: '1. Upload a document', file: 'Text or Markdown file', upload: 'Upload', askTitle: '2. Ask a question',
  model: 'Model', question: 'Your question', ask: 'Ask', stop: 'Stop', sources: 'Sources', usageTitle: '3. Your usage',
  usage: 'Show', api: 'Programming interface (OpenAPI)', signedInAs: 'Signed in: {0}, tenant {1}', signInFailed: 'Signing in failed.',
  uploading: 'Uploading …', ready: '“{0}” can be searched.', processing: '“{0}” is still being processed.', waiting: 'Waiting for the answer …',
  queued: 'In the queue, place {0}', writing: 'Answering …', done: 'Done.', stopped: 'Stopped.', cutOff: 'The answer broke off and is not complete.',
  failed: 'Failed: {0}', noUsage: 'No usage yet.', usageColumns: 'Time|Purpose|Model|Tokens read|Tokens written',
};

export const isGerman = !navigator.language || navigator.language.startsWith('de');
const texts = isGerman ? german : english;

/** The text of that name in the browser's language, with {0}, {1} … filled in. */
export const say = (name, ...values) => values.reduce((text, value, index) => text.replace(`{${index}}`, value), texts[name]);

export function translatePage() {
  document.documentElement.lang = isGerman ? 'de' : 'en';
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts[element.dataset.text];
}
