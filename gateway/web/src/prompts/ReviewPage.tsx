import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { TextArea } from '../components/Field';
import { Problem } from '../components/Problem';
import { dateTime, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { DiffView } from './DiffView';
import { useNames } from './names';
import { useRights } from './rights';
import { stateTexts } from './ReviewsPage';
import { usePromptTexts } from './texts';
import type { Diff, Prompt, Submission } from './types';

/** One submission: what is new in it, and the second person's word. */
export default function ReviewPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const { scopeName, personName } = useNames();
  const rights = useRights();
  const { id } = useParams();
  const view = useQuery({
    queryKey: ['submission', id],
    queryFn: () => getJson<{ submission: Submission; template?: Prompt | null }>(`/api/prompts/submissions/${id}`),
  });
  if (!view.data)
    return (
      <Main title={sayHere('reviews')}>
        {view.isPending && <p className="kern-body">{say('loading')}</p>}
        <Problem error={view.error} retry={() => void view.refetch()} />
      </Main>
    );
  const { submission, template } = view.data;
  return (
    <Main title={sayHere('reviewTitle', template?.title ?? '')} wide>
      <p>
        <Link className="kern-link" to="/library/reviews">
          {sayHere('backToReviews')}
        </Link>
      </p>
      <p className="kern-body">
        {sayHere('submittedBy', personName(submission.submitter), dateTime(submission.submittedAt), scopeName(submission.scope))}
      </p>
      {submission.note && <blockquote className="kern-body">{submission.note}</blockquote>}
      {submission.state !== 'pending' && (
        <p className="kern-body">
          {sayHere(
            'decidedBy',
            sayHere(stateTexts[submission.state]),
            personName(submission.decider ?? ''),
            dateTime(submission.decidedAt ?? submission.submittedAt),
          )}
          {submission.reason && <q>{submission.reason}</q>}
        </p>
      )}
      {template ? <Content template={template} /> : <p className="kern-body">{sayHere('templateGone')}</p>}
      {submission.state === 'pending' &&
        (rights.mayDecide(submission) ? <Decide submission={submission} /> : <p className="kern-body">{sayHere('ownSubmission')}</p>)}
    </Main>
  );
}

function Content({ template: { id, version, publishedVersion, body, variables } }: { template: Prompt }) {
  const sayHere = usePromptTexts();
  const hasBefore = !!publishedVersion && publishedVersion !== version;
  const diff = useQuery({
    queryKey: ['diff', id, publishedVersion, version],
    queryFn: () => getJson<Diff>(`/api/prompts/templates/${id}/versions/${publishedVersion}/diff/${version}`),
    enabled: hasBefore,
  });
  return (
    <>
      {hasBefore ? (
        <section>
          <h2 className="kern-heading-medium">{sayHere('sinceVersion', publishedVersion)}</h2>
          <Problem error={diff.error} retry={() => void diff.refetch()} />
          {diff.data && <DiffView diff={diff.data} />}
        </section>
      ) : (
        !publishedVersion && <p className="kern-body">{sayHere('nothingPublished')}</p>
      )}
      <section>
        <h2 className="kern-heading-medium">{sayHere('wholeText')}</h2>
        <pre className="prompt-text" tabIndex={0} aria-label={sayHere('wholeText')}>
          {body}
        </pre>
        {variables.length > 0 && (
          <p className="kern-body">
            {sayHere('variables')}: {variables.map(({ label, name }) => label || name).join(', ')}
          </p>
        )}
      </section>
    </>
  );
}

function Decide({ submission }: { submission: Submission }) {
  const sayHere = usePromptTexts();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const decide = useMutation({
    mutationFn: (decision: 'approval' | 'rejection') =>
      sendJson<Submission>('POST', `/api/prompts/submissions/${submission.id}/${decision}`, { reason: reason.trim() || undefined }),
    onSuccess: async ({ state }) => {
      announce(sayHere(stateTexts[state]));
      for (const queryKey of [['submission', submission.id], ['submissions'], ['templates'], ['template', submission.templateId]])
        await queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()}>
      <TextArea
        label={sayHere('reason')}
        hint={sayHere('reasonHint')}
        isOptional
        rows={3}
        maxLength={1000}
        value={reason}
        error={isMissing && !reason.trim() ? sayHere('reasonMissing') : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="row">
        <Button label={sayHere('approve')} kind="primary" disabled={decide.isPending} onClick={() => decide.mutate('approval')} />
        <Button
          label={sayHere('sendBack')}
          disabled={decide.isPending}
          onClick={() => {
            setMissing(!reason.trim());
            if (reason.trim()) decide.mutate('rejection');
          }}
        />
      </div>
      <Problem error={decide.error} />
    </form>
  );
}
