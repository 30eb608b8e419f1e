import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Template, TemplateVariable } from '../api/types';
import { Button } from '../components/Button';
import { Select, TextArea, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { DocumentChoice } from '../sources/DocumentChoice';
import { useCollections } from '../chat/useChoice';
import { descriptionOf, titleOf } from './LibraryPage';
import { valuesOf } from './values';

/** A prompt as a form made of its variables; filled in, it is a text to send. */
export default function PromptPage() {
  const say = useTexts();
  const navigate = useNavigate();
  const { id } = useParams();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const template = useQuery({ queryKey: ['template', id], queryFn: () => getJson<Template>(`/api/prompts/templates/${id}`) });
  const rendering = useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      sendJson<{ text: string }>('POST', `/api/prompts/templates/${id}/renderings`, { values }),
  });
  if (!template.data)
    return (
      <Main title={say('library')}>
        <Problem error={template.error} />
      </Main>
    );
  const { variables } = template.data;

  return (
    <Main title={titleOf(template.data)} lead={descriptionOf(template.data)}>
      <p>
        <Link className="kern-link" to="/library">
          {say('backToLibrary')}
        </Link>
      </p>
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
            onChange={(value) => setTyped((all) => ({ ...all, [variable.name]: value }))}
          />
        ))}
        <Button label={say('preview')} type="submit" kind="primary" />
      </form>
      <Problem error={rendering.error} />
      {rendering.data && (
        <section>
          <h2 className="kern-heading-medium">{say('promptText')}</h2>
          <pre className="prompt-text" tabIndex={0}>
            {rendering.data.text}
          </pre>
          <Button
            label={say('askWithPrompt')}
            kind="primary"
            onClick={() => {
              sessionStorage.setItem('llmoin.typed.new', rendering.data.text);
              void navigate('/chat');
            }}
          />
        </section>
      )}
    </Main>
  );
}

function VariableField({ variable, value, onChange }: { variable: TemplateVariable; value: string; onChange: (value: string) => void }) {
  const say = useTexts();
  const collections = useCollections().data ?? [];
  const label = (language() === 'en' && variable.labelEn) || variable.label;
  const common = { label, isOptional: !variable.required, required: variable.required, value };
  const write = (event: { target: { value: string } }) => onChange(event.target.value);
  switch (variable.type) {
    case 'long-text':
      return <TextArea {...common} rows={6} onChange={write} />;
    case 'list':
      return <TextArea {...common} rows={4} hint={say('oneALine')} onChange={write} />;
    case 'choice':
      return (
        <Select
          {...common}
          options={[['', ''], ...(variable.choices ?? []).map((choice): [string, string] => [choice, choice])]}
          onChange={write}
        />
      );
    case 'boolean':
      return (
        <label className="check">
          <input type="checkbox" checked={value === 'true'} onChange={(event) => onChange(String(event.target.checked))} /> {label}
        </label>
      );
    case 'document':
      return <DocumentChoice label={label} isRequired={variable.required} value={value} onChange={onChange} />;
    case 'collection':
      return (
        <Select {...common} options={[['', ''], ...collections.map(({ id, name }): [string, string] => [id, name])]} onChange={write} />
      );
    default:
      return (
        <TextField
          {...common}
          type={variable.type === 'number' ? 'number' : variable.type === 'date' ? 'date' : 'text'}
          step="any"
          onChange={write}
        />
      );
  }
}
