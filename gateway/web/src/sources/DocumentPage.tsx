import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { call, getJson } from '../api/client';
import { Button } from '../components/Button';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { DeleteDocument } from './DeleteDocument';
import { DocumentFacts } from './DocumentFacts';
import { marked, pieces, type Piece } from './pieces';
import { useSourceTexts } from './texts';
import type { DocumentDetails } from './types';

/** A document as it was read, opened at the passage that an answer cites. The text is shown as text: nothing in it can act. */
export default function DocumentPage() {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const navigate = useNavigate();
  const { id } = useParams();
  const [query] = useSearchParams();
  const [start, end] = [Number(query.get('start') ?? 0), Number(query.get('end') ?? 0)];
  const document = useQuery({
    queryKey: ['document', id],
    queryFn: () => getJson<DocumentDetails>(`/api/retrieval/documents/${id}`),
    refetchInterval: (state) => (state.state.data?.status === 'processing' || isOnItsWay(state.state.data) ? 2000 : false),
  });
  const isReady = document.data?.status === 'ready';
  const content = useQuery({
    queryKey: ['content', id, document.data?.characters],
    queryFn: async () => (await call(`/api/retrieval/documents/${id}/content`)).text(),
    enabled: isReady,
  });
  const passage = useRef<HTMLElement>(null);
  const toPassage = () => {
    passage.current?.scrollIntoView({ block: 'center' });
    passage.current?.focus({ preventScroll: true });
  };
  useEffect(() => {
    toPassage();
    // What loads above pushes the passage away: it is held in view until the reader moves.
    const growth = new ResizeObserver(toPassage);
    growth.observe(window.document.body);
    const release = () => growth.disconnect();
    const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
    moves.forEach((move) => window.addEventListener(move, release, { once: true }));
    return () => {
      release();
      moves.forEach((move) => window.removeEventListener(move, release));
    };
  }, [content.data, start, end]);

  if (!document.data)
    return (
      <Main title={say('sources')}>
        {document.isPending && <p className="kern-body">{say('loading')}</p>}
        <Problem error={document.error} retry={() => void document.refetch()} />
      </Main>
    );
  const text = content.data ?? '';
  const parts = pieces(text, document.data.pageStarts ?? []);
  const named = parts.filter(({ page, heading }) => page ?? heading);

  return (
    <Main title={document.data.title}>
      <p className="row">
        <Link className="kern-link" to="/sources">
          {say('backToSources')}
        </Link>
        <a className="kern-link" href={`/api/retrieval/documents/${id}/file`} download>
          {say('downloadFile')}
        </a>
        <DeleteDocument document={document.data} isWide onGone={() => void navigate('/sources')} />
      </p>
      <DocumentFacts key={document.data.id} document={document.data} />
      {isReady && content.isPending && <p className="kern-body">{say('loading')}</p>}
      <Problem error={content.error} retry={() => void content.refetch()} />
      {content.data !== undefined && (
        <>
          <div className="row row--bottom document__tools">
            {named.length > 1 && (
              <Select
                label={sayHere(named[0]?.page ? 'toPage' : 'text')}
                value=""
                options={[
                  ['', ''],
                  ...named.map(({ page, heading, start }): [string, string] => [
                    `${start}`,
                    page ? sayHere('pageOf', page, named.length) : (heading ?? ''),
                  ]),
                ]}
                onChange={({ target }) => {
                  const part = window.document.getElementById(`part-${target.value}`);
                  part?.scrollIntoView({ block: 'start' });
                  part?.focus({ preventScroll: true });
                }}
              />
            )}
            {end > start && <Button label={sayHere('backToPassage')} onClick={toPassage} />}
          </div>
          <Reading text={text} parts={parts} start={start} end={end} passage={passage} />
        </>
      )}
    </Main>
  );
}

const isOnItsWay = (document: DocumentDetails | undefined) => !!document?.ingestion && document.ingestion.stage !== 'failed';

function Reading({
  text,
  parts,
  start,
  end,
  passage,
}: {
  text: string;
  parts: Piece[];
  start: number;
  end: number;
  passage: RefObject<HTMLElement | null>;
}) {
  const say = useTexts();
  // The passage begins in the first part that ends behind its beginning.
  const first = end > start ? parts.find((part) => part.end > start)?.start : undefined;
  const show = (part: { start: number; end: number }, isFirst: boolean): ReactNode => {
    const [before, mark, after] = marked(text, part, start, end);
    return (
      <>
        {before}
        {mark && (
          <mark ref={isFirst ? passage : undefined} tabIndex={isFirst ? -1 : undefined}>
            {isFirst && <span className="kern-sr-only">{say('citedPassage')}: </span>}
            {mark}
          </mark>
        )}
        {after.trimEnd()}
      </>
    );
  };
  return parts.map((part) => {
    const isFirst = part.start === first;
    const Heading = (part.level ?? 1) > 1 ? 'h3' : 'h2';
    const beginsInBody = start >= part.bodyStart;
    return (
      <section
        key={part.start}
        id={`part-${part.start}`}
        tabIndex={-1}
        className={part.page ? 'document__page' : 'document__section'}
        aria-label={part.page ? say('page', part.page) : part.heading}
      >
        {part.page && <h2 className="kern-title kern-title--small">{say('page', part.page)}</h2>}
        {part.heading && (
          <Heading className="kern-title">
            {end > start && start < part.bodyStart && end > part.start ? (
              <mark ref={isFirst && !beginsInBody ? passage : undefined} tabIndex={isFirst && !beginsInBody ? -1 : undefined}>
                {part.heading}
              </mark>
            ) : (
              part.heading
            )}
          </Heading>
        )}
        <p className="document__text">{show({ start: part.bodyStart, end: part.end }, isFirst && beginsInBody)}</p>
      </section>
    );
  });
}
