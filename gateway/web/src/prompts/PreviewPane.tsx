import { useEffect, useRef, useState } from 'react';
import type { TemplateVariable } from '../api/types';
import { useModels } from '../chat/useChoice';
import { Button } from '../components/Button';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { Markdown } from '../markdown/Markdown';
import { faultTexts, type Preview } from './preview';
import { usePromptTexts } from './texts';
import { tryText } from './tryText';
import { sourceId } from './values';
import { VariableField } from './VariableField';

/** What comes of a prompt while it is written: its text with sample values, and an answer to it. */
export function PreviewPane({
  shown,
  isEmpty,
  variables,
  sample,
  onSample,
}: {
  shown: Preview;
  isEmpty: boolean;
  variables: TemplateVariable[];
  sample: Record<string, string>;
  onSample: (sample: Record<string, string>) => void;
}) {
  const say = useTexts();
  const sayHere = usePromptTexts();
  return (
    <aside className="editor__preview" aria-label={say('preview')}>
      <h2 className="kern-heading-medium">{say('preview')}</h2>
      <p className="kern-body">{isEmpty ? sayHere('previewEmpty') : sayHere('previewLead')}</p>
      {shown.error && !isEmpty ? (
        <p className="kern-body" role="status">
          {sayHere(faultTexts[shown.error.kind], shown.error.about)}
        </p>
      ) : (
        !isEmpty && (
          <pre className="prompt-text" tabIndex={0} aria-label={say('promptText')}>
            {shown.text}
          </pre>
        )
      )}
      {variables.length > 0 && (
        <details>
          <summary>{sayHere('sample')}</summary>
          <div className="form">
            {variables.map((variable, index) => (
              <VariableField
                key={index}
                variable={{ ...variable, required: false }}
                value={sample[variable.name] ?? ''}
                onChange={(value) => onSample({ ...sample, [variable.name]: value })}
              />
            ))}
          </div>
        </details>
      )}
      {!isEmpty && !shown.error && (
        <TryOut
          text={shown.text}
          documents={variables.filter(({ type }) => type === 'document').map(({ name }) => sourceId(sample[name] ?? ''))}
          collections={variables.filter(({ type }) => type === 'collection').map(({ name }) => sourceId(sample[name] ?? ''))}
        />
      )}
    </aside>
  );
}

function TryOut({ text, documents, collections }: { text: string; documents: string[]; collections: string[] }) {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const models = useModels().data ?? [];
  const [model, setModel] = useState('');
  const [answer, setAnswer] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState<AbortController>();
  const last = useRef<AbortController>(undefined);
  useEffect(() => () => last.current?.abort(), []);
  const start = async () => {
    const stop = (last.current = new AbortController());
    setRunning(stop);
    setError(undefined);
    setAnswer('');
    try {
      await tryText({ model: model || (models[0]?.id ?? ''), text, documents, collections }, stop.signal, setAnswer);
    } catch (failure) {
      if (!stop.signal.aborted) setError(failure);
    }
    setRunning(undefined);
  };
  return (
    <section>
      <h3 className="kern-title">{sayHere('tryIt')}</h3>
      <p className="kern-body">{sayHere('tryLead')}</p>
      <div className="row row--bottom">
        <Select
          label={say('model')}
          value={model || (models[0]?.id ?? '')}
          options={models.map(({ id, name }) => [id, name ?? id])}
          onChange={(event) => setModel(event.target.value)}
        />
        {running ? (
          <Button label={say('stop')} icon="close" onClick={() => running.abort()} />
        ) : (
          <Button label={sayHere('tryStart')} disabled={models.length === 0} onClick={() => void start()} />
        )}
      </div>
      <Problem error={error} />
      {answer !== undefined && (
        <div className="message message--answer" aria-busy={!!running}>
          <span className="kern-badge kern-badge--info">
            <span className="kern-label kern-label--small">{say('generated')}</span>
          </span>{' '}
          {running && !answer && say('waiting')}
          <Markdown text={answer} />
        </div>
      )}
    </section>
  );
}
