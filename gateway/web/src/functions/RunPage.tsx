import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call, getJson, sendJson } from '../api/client';
import { serverEvents } from '../api/sse';
import type { RunView } from '../api/types';
import { Button } from '../components/Button';
import { TextArea } from '../components/Field';
import { Problem } from '../components/Problem';
import { sourcePath } from '../chat/sourcePath';
import { dateTime, language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { Markdown } from '../markdown/Markdown';
import { runState } from './run';

/** A run as it happens and its result: text, sources, what was read, what to check; edited, confirmed and exported here. */
export default function RunPage() {
  const say = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = useParams();
  const path = `/api/chat/runs/${id}`;
  const run = useQuery({ queryKey: ['run', id], queryFn: () => getJson<RunView>(path) });
  const isGoing = run.data?.status === 'waiting' || run.data?.status === 'running';
  const live = useProgress(path, isGoing, () => void queries.invalidateQueries({ queryKey: ['run', id] }));
  const [edited, setEdited] = useState<string>();
  const [error, setError] = useState<unknown>();
  const shown = isGoing && live ? { ...run.data, ...live } : run.data;

  const change = async (method: string, part: string, body?: unknown) => {
    setError(undefined);
    try {
      await sendJson(method, path + part, body, { 'If-Match': `"${run.data?.version}"` });
      setEdited(undefined);
      await queries.invalidateQueries({ queryKey: ['run', id] });
    } catch (failure) {
      setError(failure);
    }
  };
  if (!shown?.status)
    return (
      <Main title={say('functions')}>
        <Problem error={run.error} />
      </Main>
    );

  const citations = shown.result?.citations ?? [];
  const coverage = shown.result?.coverage ?? [];
  return (
    <Main title={shown.title || say('untitled')}>
      <p className="row">
        <Link className="kern-link" to="/functions">
          {say('backToFunctions')}
        </Link>
        <span role="status">{runState(shown as RunView, say)}</span>
        {isGoing && <Button label={say('stop')} icon="close" onClick={() => void change('POST', '/stop')} />}
      </p>
      {isGoing && <progress aria-label={say('status')} {...(shown.parts ? { value: shown.part ?? 0, max: shown.parts } : {})} />}
      {shown.error && <Problem error={new Error(language() === 'de' ? shown.error.textDe : shown.error.text)} />}
      <Problem error={error} />
      <section aria-busy={isGoing}>
        <h2 className="kern-heading-medium">{say('result')}</h2>
        <p>
          <span className="kern-badge kern-badge--info">
            <span className="kern-label kern-label--small">{say('generated')}</span>
          </span>{' '}
          {shown.status === 'completed' && (shown.confirmedAt ? say('confirmedAt', dateTime(shown.confirmedAt)) : say('notConfirmed'))}
        </p>
        {edited === undefined ? (
          <Markdown
            text={shown.text ?? ''}
            citations={new Set(citations.map(({ number }) => number))}
            onCitation={(number) => {
              const cited = citations.find((citation) => citation.number === number);
              if (cited) void navigate(sourcePath(cited));
            }}
          />
        ) : (
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              void change('PUT', '/text', { text: edited });
            }}
          >
            <TextArea label={say('editResult')} rows={20} value={edited} onChange={(event) => setEdited(event.target.value)} />
            <div className="row">
              <Button label={say('save')} kind="primary" type="submit" />
              <Button label={say('cancel')} onClick={() => setEdited(undefined)} />
            </div>
          </form>
        )}
        {!isGoing && edited === undefined && shown.status !== 'failed' && (
          <div className="row">
            <Button label={say('editResult')} icon="edit" onClick={() => setEdited(shown.text)} />
            {!shown.confirmedAt && (
              <Button label={say('confirmResult')} icon="check" onClick={() => void change('POST', '/confirmation')} />
            )}
            {['docx', 'pdf', 'md'].map((format) => (
              <a key={format} className="kern-link" download href={`${path}/export?format=${format}&language=${language()}`}>
                {format.toUpperCase()}
              </a>
            ))}
          </div>
        )}
      </section>
      {coverage.length > 0 && (
        <section>
          <h2 className="kern-heading-medium">{say('coverage')}</h2>
          <ul className="list">
            {coverage.map((document) => (
              <li key={document.documentId ?? document.title}>
                {say(
                  'coveragePages',
                  document.title ?? '',
                  (document.read ?? []).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', '),
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Main>
  );
}

type Progress = Pick<RunView, 'status' | 'phase' | 'part' | 'parts' | 'text'>;

/** Follows a run until its end; a stream that breaks is taken up again. */
function useProgress(path: string, isGoing: boolean, onEnd: () => void): Progress | undefined {
  const [progress, setProgress] = useState<Progress>();
  useEffect(() => {
    if (!isGoing) return;
    const stop = new AbortController();
    const follow = async () => {
      while (!stop.signal.aborted) {
        try {
          let text = '';
          const response = await call(`${path}/events`, { signal: stop.signal });
          if (!response.body) return;
          for await (const { data } of serverEvents(response.body)) {
            if (!data) continue;
            const news = JSON.parse(data) as Progress & { appends: boolean };
            text = news.appends ? text + news.text : news.text;
            setProgress({ ...news, text });
          }
          onEnd();
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 2000));
        }
      }
    };
    void follow();
    return () => stop.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- onEnd is new with every drawing and does the same
  }, [path, isGoing]);
  return progress;
}
