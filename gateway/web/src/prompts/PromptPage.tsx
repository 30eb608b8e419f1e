import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, getJson, sendJson } from '../api/client';
import type { Conversation, Page } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Problem } from '../components/Problem';
import { date, dateTime, language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { useNames } from './names';
import { Rate } from './Rate';
import { useRights } from './rights';
import { SubmitDialog } from './SubmitDialog';
import { usePromptTexts } from './texts';
import type { Prompt, Rendering, Submission } from './types';
import { valuesOf } from './values';
import { VariableField } from './VariableField';

/** A prompt as a form made of its variables; filled in, it is a text to send. Below, what can be done with the prompt itself. */
export default function PromptPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const { id } = useParams();
  const prompt = useQuery({ queryKey: ['template', id], queryFn: () => getJson<Prompt>(`/api/prompts/templates/${id}`) });
  if (!prompt.data)
    return (
      <Main title={say('library')}>
        {prompt.isPending && <p className="kern-body">{say('loading')}</p>}
        <Problem error={prompt.error} retry={() => void prompt.refetch()} />
      </Main>
    );
  const { title, titleEn, description, descriptionEn, deprecatedAt } = prompt.data;
  const english = language() === 'en';

  return (
    <Main title={(english && titleEn) || title} lead={(english && descriptionEn) || description}>
      <p>
        <Link className="kern-link" to="/library">
          {say('backToLibrary')}
        </Link>
      </p>
      {deprecatedAt ? <p className="kern-body">{sayHere('deprecated', date(deprecatedAt))}</p> : <Use prompt={prompt.data} />}
      <About prompt={prompt.data} />
    </Main>
  );
}

/** Filling in, reading what came of it, and asking. */
function Use({ prompt }: { prompt: Prompt }) {
  const say = useTexts();
  const navigate = useNavigate();
  const { id, variables } = prompt;
  const [typed, setTyped] = useState<Record<string, string>>({});
  const rendering = useMutation({
    mutationFn: (values: Record<string, unknown>) => sendJson<Rendering>('POST', `/api/prompts/templates/${id}/renderings`, { values }),
  });
  const wrong = rendering.error instanceof ApiError && rendering.error.field?.startsWith('values.') ? rendering.error : undefined;

  const ask = useMutation({
    mutationFn: async ({ text, documents, collections }: Rendering) => {
      // What the values name is what the answer shall rest on.
      if (collections.length > 0) {
        const choice = JSON.parse(localStorage.getItem('llmoin.choice') ?? '{"model":""}') as object;
        localStorage.setItem('llmoin.choice', JSON.stringify({ ...choice, sources: collections[0] }));
      }
      const begun =
        documents.length > 0
          ? await sendJson<Conversation>('POST', '/api/chat/conversations', { title: prompt.title.slice(0, 200), documentIds: documents })
          : undefined;
      sessionStorage.setItem(`llmoin.typed.${begun?.id ?? 'new'}`, text);
      await navigate(begun ? `/chat/${begun.id}` : '/chat');
    },
  });

  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          rendering.mutate(valuesOf(variables, typed));
        }}
      >
        {variables.map((variable) => (
          <VariableField
            key={variable.name}
            variable={variable}
            value={typed[variable.name] ?? ''}
            error={wrong?.field === `values.${variable.name}` ? wrong.message : undefined}
            onChange={(value) => setTyped((all) => ({ ...all, [variable.name]: value }))}
          />
        ))}
        <div className="row">
          <Button label={say('preview')} type="submit" kind="primary" disabled={rendering.isPending} />
        </div>
      </form>
      {!wrong && <Problem error={rendering.error} />}
      {rendering.data && (
        <section>
          <h2 className="kern-heading-medium">{say('promptText')}</h2>
          <pre className="prompt-text" tabIndex={0} aria-label={say('promptText')}>
            {rendering.data.text}
          </pre>
          <Button label={say('askWithPrompt')} kind="primary" disabled={ask.isPending} onClick={() => ask.mutate(rendering.data)} />
          <Problem error={ask.error} />
        </section>
      )}
    </>
  );
}

function About({ prompt }: { prompt: Prompt }) {
  const sayHere = usePromptTexts();
  const say = useTexts();
  const queries = useQueryClient();
  const rights = useRights();
  const { scopeName, functionName } = useNames();
  const [dialog, setDialog] = useState<'submit' | 'withdraw'>();
  const { id, version, publishedVersion } = prompt;
  const mayEdit = rights.mayEdit(prompt);
  const pending = useQuery({
    queryKey: ['submissions', 'of', id],
    queryFn: async () => (await getJson<Page<Submission>>(`/api/prompts/submissions?state=pending&templateId=${id}`)).items[0] ?? null,
    enabled: mayEdit,
  }).data;
  const withdraw = useMutation({
    mutationFn: () => sendJson('DELETE', `/api/prompts/templates/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['template', id] }),
    onSettled: () => setDialog(undefined),
  });
  const takeBack = useMutation({
    mutationFn: (submission: string) => sendJson('DELETE', `/api/prompts/submissions/${submission}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['submissions'] }),
  });

  return (
    <section className="about">
      <h2 className="kern-heading-medium">{sayHere('versionOf', version, date(prompt.savedAt))}</h2>
      <p className="kern-body">
        {scopeName(prompt.scope)} · {functionName(prompt.function)}
        {prompt.category && ` · ${prompt.category}`}
        {prompt.tags.length > 0 && ` · ${prompt.tags.join(', ')}`}
      </p>
      {mayEdit && publishedVersion !== version && (
        <p className="kern-body">{publishedVersion ? sayHere('publishedIs', publishedVersion) : sayHere('notPublished')}</p>
      )}
      {prompt.origin && <p className="kern-body">{sayHere('importedFrom', prompt.origin.publisher, dateTime(prompt.origin.importedAt))}</p>}
      {pending && (
        <p className="row">
          <span>{sayHere('pendingHere', pending.version, scopeName(pending.scope))}</span>
          {rights.isSubmitter(pending) && <Button label={sayHere('takeBack')} onClick={() => takeBack.mutate(pending.id)} />}
        </p>
      )}
      {!prompt.deprecatedAt && <Rate id={id} />}
      <p className="row">
        {mayEdit && (
          <Link className="kern-btn kern-btn--secondary" to={`/library/${id}/edit`}>
            <span className="kern-icon kern-icon--edit" aria-hidden="true" />
            <span className="kern-label">{sayHere('edit')}</span>
          </Link>
        )}
        <Link className="kern-btn kern-btn--secondary" to={`/library/${id}/versions`}>
          <span className="kern-label">{sayHere('versions')}</span>
        </Link>
        {mayEdit && !pending && <Button label={sayHere('submit')} onClick={() => setDialog('submit')} />}
        {rights.mayWithdraw(prompt) && <Button label={sayHere('withdraw')} kind="tertiary" onClick={() => setDialog('withdraw')} />}
      </p>
      <Problem error={withdraw.error ?? takeBack.error} />
      {dialog === 'submit' && (
        <SubmitDialog
          prompt={prompt}
          onClose={() => setDialog(undefined)}
          onDone={() => {
            setDialog(undefined);
            announce(sayHere('submitted'));
          }}
        />
      )}
      {dialog === 'withdraw' && (
        <Dialog
          title={sayHere('withdrawTitle', prompt.title)}
          action={sayHere('withdraw')}
          isBusy={withdraw.isPending}
          onClose={() => setDialog(undefined)}
          onAction={() => withdraw.mutate()}
        >
          <p className="kern-body">{sayHere('withdrawText')}</p>
        </Dialog>
      )}
      <p>
        <Link className="kern-link" to="/library">
          {say('backToLibrary')}
        </Link>
      </p>
    </section>
  );
}
