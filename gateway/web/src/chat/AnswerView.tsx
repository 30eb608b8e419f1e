import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Citation, Doubt } from '../api/types';
import { useTexts, type TextKey } from '../i18n';
import { LaterMarkdown } from '../markdown/LaterMarkdown';
import { isGoing, type LiveAnswer } from './answer';
import { sourcePath } from './sourcePath';

const doubtTexts: Record<Doubt['kind'], TextKey> = {
  'no-such-source': 'doubtNoSuchSource',
  'not-in-source': 'doubtNotInSource',
  'without-source': 'doubtWithoutSource',
};

/** An answer, being written or as it was kept: its state in words, its text, its sources and what is to be checked. */
export function AnswerView({ answer, tools }: { answer: LiveAnswer; tools?: ReactNode }) {
  const say = useTexts();
  const navigate = useNavigate();
  const numbers = new Set(answer.citations.map(({ number }) => number));
  return (
    <article className="message message--answer" aria-label={say('assistant')} aria-busy={isGoing(answer.state)}>
      <header className="message__head">
        <span className="kern-badge kern-badge--info">
          <span className="kern-label kern-label--small">{say('generated')}</span>
        </span>
        <State answer={answer} />
      </header>
      <LaterMarkdown
        text={answer.text}
        citations={numbers}
        onCitation={(number) => {
          const cited = answer.citations.find((citation) => citation.number === number);
          if (cited) void navigate(sourcePath(cited));
        }}
      />
      {answer.error && (
        <div className="kern-alert kern-alert--danger" role="alert">
          <div className="kern-alert__header">
            <span className="kern-icon kern-icon--danger" aria-hidden="true" />
            <span className="kern-title">{answer.error}</span>
          </div>
        </div>
      )}
      <Sources citations={answer.citations} />
      <Doubts doubts={answer.doubts} text={answer.text} />
      {tools && <div className="message__tools">{tools}</div>}
    </article>
  );
}

function Sources({ citations }: { citations: Citation[] }) {
  const say = useTexts();
  const navigate = useNavigate();
  if (citations.length === 0) return null;
  return (
    <section className="cited">
      <h2 className="kern-title kern-title--small">{say('citedSources')}</h2>
      <ol>
        {citations.map((citation) => (
          <li key={citation.number} value={citation.number}>
            <a
              className="kern-link"
              href={sourcePath(citation)}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                void navigate(sourcePath(citation));
              }}
            >
              {[citation.title, citation.headingPath, citation.page && say('page', citation.page)].filter(Boolean).join(', ')}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Doubts({ doubts, text }: { doubts: Doubt[]; text: string }) {
  const say = useTexts();
  if (doubts.length === 0) return null;
  return (
    <section className="doubts">
      <h2 className="kern-title kern-title--small">{say('doubts')}</h2>
      <ul>
        {doubts.map((doubt) => (
          <li key={doubt.start}>
            <q>{text.slice(doubt.start, doubt.end)}</q> {say(doubtTexts[doubt.kind])}
            {doubt.missing.length > 0 && ` (${doubt.missing.join(', ')})`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Waiting, reading, writing, stopped, interrupted: never the same look for two of them. */
function State({ answer }: { answer: LiveAnswer }) {
  const say = useTexts();
  const text = () => {
    switch (answer.state) {
      case 'waiting':
        if (answer.isReading) return say('reading');
        if (answer.queuePosition === undefined) return say('waiting');
        return answer.queueSeconds === undefined
          ? say('queued', answer.queuePosition)
          : say('queuedAbout', answer.queuePosition, answer.queueSeconds);
      case 'writing':
        // Others are served first when somebody else's first question finds no room.
        return answer.queuePosition === undefined ? say('writing') : say('putAside', answer.queuePosition);
      case 'reconnecting':
        return say('reconnecting');
      case 'resumed':
        return say('resumed');
      case 'stopped':
        return say('stopped');
      case 'interrupted':
        return say('interrupted');
      default:
        return answer.isFallback ? say('fallback') : answer.sourcesUnavailable ? say('sourcesUnavailable') : '';
    }
  };
  return (
    <span className={`state state--${answer.state}`} data-state={answer.state}>
      {isGoing(answer.state) && <span className="state__dot" aria-hidden="true" />}
      {text()}
    </span>
  );
}
