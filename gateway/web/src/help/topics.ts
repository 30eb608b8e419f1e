import type { Language } from '../i18n';

interface Topic {
  id: string;
  title: string;

  /** Markdown. */
  text: string;
}

const de: Topic[] = [
  {
    id: 'chat',
    title: 'Chat',
    text: `Fragen Sie so, wie Sie eine Kollegin fragen würden, mit allem, was sie wissen müsste. Eine Antwort wird besser, wenn Sie sagen, **für wen** sie ist, **wie lang** sie sein soll und **worauf** sie sich stützen soll.

- Unter *Suchen in* wählen Sie, ob die Antwort sich auf Ihre Quellen stützt und auf welche.
- Ein Dokument, das Sie anhängen, gilt für die ganze Unterhaltung.
- *Neu erzeugen* und *Frage ändern* legen eine weitere Fassung an. Die alte bleibt; mit den Pfeilen wechseln Sie.
- *Anhalten* beendet eine Antwort. Was bis dahin geschrieben ist, bleibt stehen.
- Unterhaltungen lassen sich anheften, in Ordner verschieben, durchsuchen, ablegen und als Word-, PDF- oder Markdown-Datei mitnehmen. Alles steht im Menü hinter den drei Punkten.`,
  },
  {
    id: 'functions',
    title: 'Funktionen',
    text: `Für längere Aufgaben. Sie laufen weiter, auch wenn Sie die Seite schließen.

- **Zusammenfassen** liest Dokumente ganz und sagt, welche Seiten gelesen wurden und welche nicht.
- **Recherchieren** bearbeitet eine Frage in Ihren Quellen und nennt Belege und Lücken.
- **Entwerfen** macht aus Stichworten ein Schreiben oder einen Vermerk.
- **Übersetzen** überträgt in eine andere Sprache oder in einfachere Worte.

Ergebnisse können Sie bearbeiten, als geprüft bestätigen und exportieren.`,
  },
  {
    id: 'library',
    title: 'Promptbibliothek',
    text: `Fertige Prompts für wiederkehrende Aufgaben: Angaben ausfüllen, Text ansehen, fragen. Mit dem Stern merken Sie sich Favoriten.

Eigene Prompts schreiben Sie mit *Neuer Prompt*. Angaben stehen im Text in doppelten geschweiften Klammern. Jedes Speichern ist eine neue Fassung, keine geht verloren. Was für die ganze Verwaltung gelten soll, reichen Sie ein: Eine zweite Person prüft es und gibt es frei oder gibt es mit einer Begründung zurück.`,
  },
  {
    id: 'sources',
    title: 'Quellen',
    text: `Laden Sie Dokumente hoch, um Fragen dazu zu stellen. Ohne Wissensbestand lesen nur Sie sie. Einen Wissensbestand können Sie für einzelne Personen und Ihre Abteilung freigeben; für die ganze Verwaltung tun das die Quellenverantwortlichen.

Unter *Angaben zum Dokument* steht, was nicht gelesen werden konnte, etwa gescannte Seiten oder geschützte Dateien. Solche Teile werden weder gefunden noch zitiert.`,
  },
  {
    id: 'marks',
    title: 'Was die Zeichen bedeuten',
    text: `| Zeichen | Bedeutung |
| --- | --- |
| KI-generiert | Der Text stammt von einem Sprachmodell oder wurde von ihm ausgewählt. Bitte prüfen. |
| [1] (Schaltfläche mit Zahl) | Beleg. Öffnet die Quelle an der Stelle, die zitiert wird. |
| Bitte prüfen | Stellen, die keinen Beleg haben, so nicht in der Quelle stehen oder eine Quelle nennen, die es nicht gibt. |
| In der Warteschlange | Alle Plätze sind belegt. Sie sehen Ihren Platz und die ungefähre Wartezeit. |
| Unterbrochen | Die Antwort ist unvollständig. Mit *Neu erzeugen* beginnt sie von vorn. |
| Kein Sprachmodell war frei | Die Antwort besteht nur aus wörtlichen Zitaten Ihrer Quellen. |
| ★ | Angeheftete Unterhaltung oder Favorit. |
| nicht lesbar | Das Dokument konnte nicht gelesen werden; der Grund steht dabei. |`,
  },
  {
    id: 'keys',
    title: 'Mit der Tastatur',
    text: `| Taste | Wirkung |
| --- | --- |
| Eingabe | Nachricht senden |
| Umschalt + Eingabe | neue Zeile in der Nachricht |
| Tabulator, Umschalt + Tabulator | vor und zurück; der erste Halt ist *Zum Inhalt springen* |
| Eingabe oder Leertaste | Schaltfläche oder Menü öffnen |
| Escape | Menü oder Dialog schließen; der Fokus kehrt zurück |
| Pfeiltasten | Auswahl ändern, breite Tabellen und Code verschieben |

Was geschieht, sagen Vorleseprogramme an, ohne dass der Fokus springt. Alle Seiten lassen sich auf 200 % und mehr vergrößern.`,
  },
  {
    id: 'care',
    title: 'Worauf Sie achten sollten',
    text: `KI unterstützt, entscheiden müssen Menschen. Sprachmodelle können sich irren und dabei überzeugend klingen. Prüfen Sie Tatsachen, Zahlen, Fristen und Rechtsgrundlagen an der Quelle, bevor Sie etwas verwenden.

Ihre Eingaben bleiben auf der Infrastruktur Ihres Betreibers. Geben Sie trotzdem nur ein, was Sie für Ihre Aufgabe brauchen und verarbeiten dürfen. Einzelheiten stehen am Fuß jeder Seite unter „Datenschutz“.`,
  },
];

const en: Topic[] = [
  {
    id: 'chat',
    title: 'Chat',
    text: `Ask as you would ask a colleague, with everything they would need to know. An answer gets better if you say **for whom** it is, **how long** it should be and **what** it should rest on.

- *Search in* decides whether the answer rests on your sources, and on which.
- A document that you attach holds for the whole conversation.
- *Generate again* and *change the question* make another version. The old one stays; the arrows lead to it.
- *Stop* ends an answer. What was written until then stays.
- Conversations can be pinned, put into folders, searched, put away, and taken along as Word, PDF or Markdown. All of it is in the menu behind the three dots.`,
  },
  {
    id: 'functions',
    title: 'Functions',
    text: `For longer tasks. They go on even if you close the page.

- **Summarise** reads documents whole and says which pages were read and which were not.
- **Research** works on a question in your sources and names evidence and gaps.
- **Draft** makes a letter or a note out of keywords.
- **Translate** carries a text into another language or into simpler words.

Results can be edited, confirmed as checked, and exported.`,
  },
  {
    id: 'library',
    title: 'Prompt library',
    text: `Ready prompts for recurring tasks: fill in the values, look at the text, ask. The star keeps your favourites.

Write your own with *New prompt*. Values stand in double braces in the text. Each save is a new version, none gets lost. What is to hold for the whole administration you submit: a second person checks it and approves it, or sends it back with a reason.`,
  },
  {
    id: 'sources',
    title: 'Sources',
    text: `Upload documents to ask about them. Outside a collection only you read them. You can share a collection with people and your department; with the whole administration those in charge of sources do.

*About the document* says what could not be read, such as scanned pages or protected files. Such parts are neither found nor cited.`,
  },
  {
    id: 'marks',
    title: 'What the marks mean',
    text: `| Mark | Meaning |
| --- | --- |
| AI-generated | The text was written or selected by a language model. Please check it. |
| [1] (button with a number) | Evidence. Opens the source at the cited passage. |
| Please check | Passages without evidence, not like that in the source, or naming a source that does not exist. |
| In the queue | All places are taken. You see your place and about how long it takes. |
| Interrupted | The answer is incomplete. *Generate again* starts anew. |
| No language model was free | The answer consists of quotations from your sources only. |
| ★ | Pinned conversation or favourite. |
| not readable | The document could not be read; the reason stands beside it. |`,
  },
  {
    id: 'keys',
    title: 'With the keyboard',
    text: `| Key | Effect |
| --- | --- |
| Enter | send the message |
| Shift + Enter | new line in the message |
| Tab, Shift + Tab | on and back; the first stop is *Skip to content* |
| Enter or Space | open a button or menu |
| Escape | close a menu or dialog; the focus goes back |
| Arrow keys | change a choice, move wide tables and code |

Screen readers say what happens without the focus jumping. All pages can be enlarged to 200 % and more.`,
  },
  {
    id: 'care',
    title: 'What to keep in mind',
    text: `AI supports, people decide. Language models can be wrong and sound convincing. Check facts, figures, deadlines and legal bases in the source before you use anything.

What you enter stays on your operator's infrastructure. Still, enter only what you need for your task and may process. “Privacy” at the foot of each page says more.`,
  },
];

export const topics = (language: Language) => (language === 'de' ? de : en);
