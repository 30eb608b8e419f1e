import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { call, getJson } from '../api/client';
import type { SourceDocument } from '../api/types';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { marked, pieces } from './pieces';

/** A document as it was read, opened at the passage that an answer cites. The text is shown as text: nothing in it can act. */
export default function DocumentPage() {
  const say = useTexts();
  const { id } = useParams();
  const [query] = useSearchParams();
  const [start, end] = [Number(query.get('start') ?? 0), Number(query.get('end') ?? 0)];
  const document = useQuery({ queryKey: ['document', id], queryFn: () => getJson<SourceDocument>(`/api/retrieval/documents/${id}`) });
  const content = useQuery({
    queryKey: ['content', id],
    queryFn: async () => (await call(`/api/retrieval/documents/${id}/content`)).text(),
  });
  const passage = useRef<HTMLElement>(null);
  useEffect(() => {
    passage.current?.scrollIntoView({ block: 'center' });
    passage.current?.focus({ preventScroll: true });
  }, [content.data, start, end]);

  const text = content.data ?? '';
  let isFirst = true;
  return (
    <Main title={document.data?.title ?? say('loading')}>
      <p className="row">
        <Link className="kern-link" to="/sources">
          {say('backToSources')}
        </Link>
        <a className="kern-link" href={`/api/retrieval/documents/${id}/file`} download>
          {say('downloadFile')}
        </a>
      </p>
      <Problem error={document.error ?? content.error} />
      {document.data &&
        content.data !== undefined &&
        pieces(text.length, document.data.pageStarts ?? []).map((piece) => {
          const [before, mark, after] = marked(text, piece, start, end);
          const isPassage = mark.length > 0 && isFirst;
          if (isPassage) isFirst = false;
          return (
            <section key={piece.start} className="document__page" aria-label={piece.page ? say('page', piece.page) : undefined}>
              {piece.page && <h2 className="kern-title kern-title--small">{say('page', piece.page)}</h2>}
              <p className="document__text">
                {before}
                {mark && (
                  <mark ref={isPassage ? passage : undefined} tabIndex={isPassage ? -1 : undefined}>
                    {isPassage && <span className="kern-sr-only">{say('citedPassage')}: </span>}
                    {mark}
                  </mark>
                )}
                {after}
              </p>
            </section>
          );
        })}
    </Main>
  );
}
