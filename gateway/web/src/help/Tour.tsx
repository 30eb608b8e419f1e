import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../components/Button';
import { areaTexts } from '../i18n';
import { endTour } from './tourState';
import './tour.css';

const useTourTexts = areaTexts(
  {
    tour: 'Rundgang',
    step: 'Schritt {0} von {1}',
    next: 'Weiter',
    back: 'Zurück',
    skip: 'Überspringen',
    end: 'Fertig',
    open: 'Ansehen',
    chatTitle: 'Willkommen. Fragen Sie einfach.',
    chatText: 'Im Chat stellen Sie Fragen und lassen Texte schreiben. Ein Dokument, das Sie anhängen, liest LLMoin mit.',
    sourcesTitle: 'Antworten mit Belegen',
    sourcesText:
      'Unter „Quellen“ liegen die Dokumente, auf die sich Antworten stützen. Jede Zahl in einer Antwort öffnet die Stelle in der Quelle.',
    libraryTitle: 'Fertige Prompts',
    libraryText: 'Für wiederkehrende Aufgaben gibt es Vorlagen: Angaben ausfüllen, fertig. Eigene können Sie dazuschreiben.',
    functionsTitle: 'Längere Aufgaben',
    functionsText: 'Zusammenfassen, Recherchieren, Entwerfen, Übersetzen: Das läuft weiter, auch wenn Sie die Seite schließen.',
    careTitle: 'Bitte prüfen',
    careText:
      'KI kann sich irren. Prüfen Sie, was unter „Bitte prüfen“ steht. Alles Weitere erklärt die Hilfe; dort finden Sie auch diesen Rundgang wieder.',
  },
  {
    tour: 'Tour',
    step: 'Step {0} of {1}',
    next: 'Next',
    back: 'Back',
    skip: 'Skip',
    end: 'Done',
    open: 'Have a look',
    chatTitle: 'Welcome. Just ask.',
    chatText: 'In the chat you ask questions and have texts written. LLMoin reads a document that you attach.',
    sourcesTitle: 'Answers with evidence',
    sourcesText: 'Under “Sources” lie the documents that answers rest on. Each number in an answer opens the passage in its source.',
    libraryTitle: 'Ready prompts',
    libraryText: 'For recurring tasks there are templates: fill in the values, done. You can add your own.',
    functionsTitle: 'Longer tasks',
    functionsText: 'Summarise, research, draft, translate: all of it goes on even if you close the page.',
    careTitle: 'Please check',
    careText: 'AI can be wrong. Check what stands under “Please check”. The help explains the rest, and shows this tour again.',
  },
);

const steps = [
  ['chat', '/chat'],
  ['sources', '/sources'],
  ['library', '/library'],
  ['functions', '/functions'],
  ['care', '/help'],
] as const;

/** A few words for who is here for the first time, above the page: it covers nothing and takes nobody's focus. */
export function Tour() {
  const sayHere = useTourTexts();
  const [at, setAt] = useState(0);
  const [name, path] = steps[at] ?? steps[0];
  const isLast = at === steps.length - 1;
  return (
    <section
      className="tour"
      aria-label={sayHere('tour')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') endTour();
      }}
    >
      <div className="tour__text" aria-live="polite">
        <p className="kern-body kern-body--small">{sayHere('step', at + 1, steps.length)}</p>
        <h2 className="kern-title">{sayHere(`${name}Title`)}</h2>
        <p className="kern-body">{sayHere(`${name}Text`)}</p>
      </div>
      <div className="row">
        <Link className="kern-link" to={path}>
          {sayHere('open')}
        </Link>
        {at > 0 && <Button label={sayHere('back')} onClick={() => setAt(at - 1)} />}
        <Button label={sayHere(isLast ? 'end' : 'next')} kind="primary" onClick={() => (isLast ? endTour() : setAt(at + 1))} />
        {!isLast && <Button label={sayHere('skip')} kind="tertiary" onClick={endTour} />}
      </div>
    </section>
  );
}
