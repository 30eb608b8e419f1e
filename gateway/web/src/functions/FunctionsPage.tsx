import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Page, RunView } from '../api/types';
import { useModels } from '../chat/useChoice';
import { Button } from '../components/Button';
import { Select, TextArea, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { dateTime, useTexts, type TextKey } from '../i18n';
import { Main } from '../layout/Main';
import { DocumentChoice } from '../sources/DocumentChoice';
import { functionNames, runState, type FunctionName } from './run';

const leads: Record<FunctionName, TextKey> = {
  summarise: 'summariseLead',
  research: 'researchLead',
  draft: 'draftLead',
  translate: 'translateLead',
};

const kinds: [kind: string, text: TextKey][] = [
  ['letter', 'kindLetter'],
  ['email', 'kindEmail'],
  ['note', 'kindNote'],
];

export default function FunctionsPage() {
  const say = useTexts();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const chosen = functionNames.find((name) => name === query.get('function')) ?? 'summarise';
  const models = useModels().data ?? [];
  const [model, setModel] = useState('');
  const [text, setText] = useState('');
  const [document, setDocument] = useState('');
  const [sentences, setSentences] = useState('6');
  const [style, setStyle] = useState('citizen');
  const [focus, setFocus] = useState('');
  const [kind, setKind] = useState('letter');
  const [target, setTarget] = useState('en');
  const [error, setError] = useState<unknown>();
  const runs = useQuery({ queryKey: ['runs'], queryFn: () => getJson<Page<RunView>>('/api/chat/runs?limit=20'), refetchInterval: 5000 });

  const order = () => {
    const common = { model: model || models[0]?.id };
    switch (chosen) {
      case 'summarise':
        return {
          ...common,
          documentIds: document ? [document] : undefined,
          text: document ? undefined : text,
          length: { unit: 'sentences', value: Number(sentences) },
          style,
          focus: focus || undefined,
        };
      case 'research':
        return { ...common, question: text, documentIds: document ? [document] : undefined };
      case 'draft':
        return { ...common, kind, keywords: text };
      case 'translate':
        return { ...common, target, text: document ? undefined : text, documentId: document || undefined };
    }
  };
  const start = async () => {
    setError(undefined);
    try {
      const { id } = await sendJson<{ id: string }>('POST', `/api/chat/runs/${chosen}`, order());
      await navigate(`/functions/${id}`);
    } catch (failure) {
      setError(failure);
    }
  };

  return (
    <Main title={say('functions')} lead={say('functionsLead')}>
      <div className="tabs" role="group" aria-label={say('functions')}>
        {functionNames.map((name) => (
          <Button
            key={name}
            label={say(name)}
            kind={name === chosen ? 'primary' : 'secondary'}
            aria-pressed={name === chosen}
            onClick={() => setQuery({ function: name })}
          />
        ))}
      </div>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <h2 className="kern-heading-medium">{say(chosen)}</h2>
        <p className="kern-body">{say(leads[chosen])}</p>
        {chosen !== 'draft' && <DocumentChoice label={say('documents')} value={document} onChange={setDocument} />}
        <TextArea
          label={say(chosen === 'research' ? 'researchQuestion' : 'inputText')}
          isOptional={chosen !== 'research' && chosen !== 'draft'}
          rows={8}
          value={text}
          required={chosen === 'research' || chosen === 'draft' || !document}
          onChange={(event) => setText(event.target.value)}
        />
        {chosen === 'summarise' && (
          <>
            <TextField
              label={say('length')}
              type="number"
              min={1}
              max={100}
              value={sentences}
              onChange={(event) => setSentences(event.target.value)}
            />
            <Select
              label={say('style')}
              value={style}
              options={[
                ['citizen', say('styleCitizen')],
                ['technical', say('styleTechnical')],
                ['plain', say('stylePlain')],
                ['bullets', say('styleBullets')],
              ]}
              onChange={(event) => setStyle(event.target.value)}
            />
            <TextField label={say('focus')} isOptional value={focus} maxLength={1000} onChange={(event) => setFocus(event.target.value)} />
          </>
        )}
        {chosen === 'draft' && (
          <Select
            label={say('draftKind')}
            value={kind}
            options={kinds.map(([value, text]): [string, string] => [value, say(text)])}
            onChange={(event) => setKind(event.target.value)}
          />
        )}
        {chosen === 'translate' && (
          <Select
            label={say('languageName')}
            value={target}
            options={['en', 'fr', 'pl', 'tr', 'uk', 'ar', 'ru', 'de'].map((code): [string, string] => [code, languageName(code)])}
            onChange={(event) => setTarget(event.target.value)}
          />
        )}
        <Select
          label={say('model')}
          value={model || (models[0]?.id ?? '')}
          options={models.map(({ id, name }) => [id, name ?? id])}
          onChange={(event) => setModel(event.target.value)}
        />
        <Button label={say('start')} kind="primary" type="submit" />
        <Problem error={error} />
      </form>
      <section>
        <h2 className="kern-heading-medium">{say('myRuns')}</h2>
        {runs.data?.items.length === 0 && <p className="kern-body">{say('noRuns')}</p>}
        <ul className="list">
          {runs.data?.items.map((run) => (
            <li key={run.id}>
              <Link className="kern-link" to={`/functions/${run.id}`}>
                {run.title || say('untitled')}
              </Link>{' '}
              <span className="kern-body kern-body--small">
                {runState(run, say)}, {dateTime(run.createdAt)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </Main>
  );
}

function languageName(code: string): string {
  return new Intl.DisplayNames([window.document.documentElement.lang], { type: 'language' }).of(code) ?? code;
}
