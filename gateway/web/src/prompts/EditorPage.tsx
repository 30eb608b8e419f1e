import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, getJson, sendJson } from '../api/client';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Select, TextArea, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { check, emptyForm, formOf, inputOf, slug, variablesOf, type Form } from './form';
import { functions, useNames } from './names';
import { faultTexts, preview } from './preview';
import { PreviewPane } from './PreviewPane';
import { useRights } from './rights';
import { usePromptTexts } from './texts';
import type { Prompt } from './types';
import { useCategories } from './useCategories';
import { VariablesEditor } from './VariablesEditor';

/** A new prompt, or the next version of one. */
export default function EditorPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const { id } = useParams();
  const prompt = useQuery({
    queryKey: ['template', id],
    queryFn: () => getJson<Prompt>(`/api/prompts/templates/${id}`),
    enabled: !!id,
    // What is being edited stays as it was read; a newer version is noticed when it is saved.
    staleTime: Infinity,
  });
  if (id && !prompt.data)
    return (
      <Main title={say('library')}>
        {prompt.isPending && <p className="kern-body">{say('loading')}</p>}
        <Problem error={prompt.error} retry={() => void prompt.refetch()} />
      </Main>
    );
  return (
    <Main title={prompt.data ? sayHere('editTitle', prompt.data.title) : sayHere('newPrompt')} wide>
      <p>
        <Link className="kern-link" to={id ? `/library/${id}` : '/library'}>
          {id ? sayHere('backToPrompt') : say('backToLibrary')}
        </Link>
      </p>
      <Editor key={`${id} ${prompt.data?.version}`} prompt={prompt.data} />
    </Main>
  );
}

function Editor({ prompt }: { prompt: Prompt | undefined }) {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { departments, isOwner } = useRights();
  const { scopeName, functionName } = useNames();
  const categories = useCategories();
  // What is typed outlives a reload and the end of the session.
  const place = `llmoin.prompt.${prompt?.id ?? 'new'}`;
  const [stored] = useState(() => sessionStorage.getItem(place));
  const [form, setForm] = useState<Form>(() => (stored ? (JSON.parse(stored) as Form) : prompt ? formOf(prompt) : emptyForm));
  const [sample, setSample] = useState<Record<string, string>>({});
  const [isChecked, setChecked] = useState(false);
  const [base, setBase] = useState(prompt?.version);
  const body = useRef<HTMLTextAreaElement>(null);
  const page = useRef<HTMLFormElement>(null);

  const change = (news: Partial<Form>) => {
    const next = { ...form, ...news };
    setForm(next);
    sessionStorage.setItem(place, JSON.stringify(next));
  };
  const save = useMutation({
    mutationFn: (version: number | undefined) =>
      prompt
        ? sendJson<Prompt>('PUT', `/api/prompts/templates/${prompt.id}`, inputOf(form, prompt), { 'If-Match': `"${version}"` })
        : sendJson<Prompt>('POST', '/api/prompts/templates', inputOf(form, undefined)),
    onSuccess: async (saved) => {
      sessionStorage.removeItem(place);
      queries.setQueryData(['template', saved.id], saved);
      await queries.invalidateQueries({ queryKey: ['templates'] });
      await queries.invalidateQueries({ queryKey: ['versions', saved.id] });
      announce(sayHere('saved', saved.version));
      await navigate(`/library/${saved.id}`);
    },
  });
  const refused = save.error instanceof ApiError ? save.error : undefined;
  const isStale = refused?.code === 'stale-version';
  const wrong = isChecked ? check(form) : {};
  const shownFields = ['name', 'title', 'titleEn', 'description', 'descriptionEn', 'category', 'tags', 'body', 'scope', 'function'];
  const variables = variablesOf(form);
  const shown = preview(form.body, variables, sample, (label) => sayHere('previewPlaceholder', label));
  const errorOf = (field: string) => {
    const text = wrong[field];
    if (text) return sayHere(text);
    if (refused?.field !== field) return undefined;
    return field === 'body' && shown.error ? sayHere(faultTexts[shown.error.kind], shown.error.about) : refused.message;
  };
  const isAtItsField = !!refused?.field && (shownFields.includes(refused.field) || refused.field.startsWith('variables['));

  const text = (field: 'title' | 'titleEn' | 'name' | 'category' | 'tags' | 'description' | 'descriptionEn') => ({
    value: form[field],
    error: errorOf(field),
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  const insert = (name: string) => {
    const at = body.current?.selectionStart ?? form.body.length;
    const end = body.current?.selectionEnd ?? at;
    change({ body: `${form.body.slice(0, at)}{{ ${name} }}${form.body.slice(end)}` });
    body.current?.focus();
  };

  return (
    <form
      className="editor"
      ref={page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (Object.keys(check(form)).length === 0) save.mutate(base);
        else setTimeout(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      }}
    >
      <div className="form">
        {stored && (
          <p className="row" role="status">
            {sayHere('restored')}
            <Button
              label={sayHere('discard')}
              onClick={() => {
                sessionStorage.removeItem(place);
                setForm(prompt ? formOf(prompt) : emptyForm);
              }}
            />
          </p>
        )}
        <TextField
          label={sayHere('fieldTitle')}
          required
          maxLength={120}
          {...text('title')}
          onChange={({ target }) =>
            change({ title: target.value, ...(!prompt && form.name === slug(form.title) ? { name: slug(target.value) } : {}) })
          }
        />
        <TextArea label={sayHere('fieldDescription')} isOptional rows={2} maxLength={1000} {...text('description')} />
        <div className="row row--bottom">
          <TextField label={say('category')} isOptional maxLength={60} list="categories" {...text('category')} />
          <datalist id="categories">
            {categories.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <Select
            label={sayHere('function')}
            value={form.function}
            options={functions.map((name): [string, string] => [name, functionName(name)])}
            onChange={(event) => change({ function: event.target.value })}
          />
          <Select
            label={sayHere('scope')}
            value={form.scope}
            error={errorOf('scope')}
            disabled={prompt && !isOwner(prompt)}
            options={[...new Set(['private', ...departments.map((one) => `department:${one}`), form.scope])].map(
              (scope): [string, string] => [scope, scopeName(scope)],
            )}
            onChange={(event) => change({ scope: event.target.value })}
          />
        </div>
        <label className="kern-form-input">
          <span className="kern-label">{sayHere('fieldBody')}</span>
          <span className="kern-hint" id="body-hint">
            {sayHere('fieldBodyHint')}
          </span>
          <textarea
            ref={body}
            className="kern-form-input__input"
            rows={14}
            maxLength={20_000}
            required
            value={form.body}
            aria-describedby="body-hint body-error"
            aria-invalid={errorOf('body') ? true : undefined}
            onChange={(event) => change({ body: event.target.value })}
          />
        </label>
        {errorOf('body') && (
          <p className="kern-error" id="body-error">
            <span className="kern-icon kern-icon--danger" aria-hidden="true" />
            <span className="kern-body">{errorOf('body')}</span>
          </p>
        )}
        {shown.undeclared.length > 0 && (
          <p className="row" role="status">
            {sayHere('declareMissing', shown.undeclared.join(', '))}
            <Button
              label={sayHere('declareThem')}
              onClick={() =>
                change({
                  variables: [
                    ...form.variables,
                    ...shown.undeclared.map((name) => ({ name, type: 'text' as const, label: '', required: true, choices: '' })),
                  ],
                })
              }
            />
          </p>
        )}
        <VariablesEditor variables={form.variables} errorOf={errorOf} onChange={(next) => change({ variables: next })} onInsert={insert} />
        <details open={!!(errorOf('name') ?? errorOf('tags')) || undefined}>
          <summary>{sayHere('advanced')}</summary>
          <div className="form">
            <TextField label={sayHere('fieldName')} hint={sayHere('fieldNameHint')} required maxLength={60} {...text('name')} />
            <TextField label={sayHere('fieldTags')} hint={sayHere('fieldTagsHint')} isOptional {...text('tags')} />
            <TextField label={sayHere('fieldTitleEn')} isOptional maxLength={120} {...text('titleEn')} />
            <TextArea label={sayHere('fieldDescriptionEn')} isOptional rows={2} maxLength={1000} {...text('descriptionEn')} />
          </div>
        </details>
        {isStale ? (
          <div className="kern-alert kern-alert--warning" role="alert">
            <div className="kern-alert__header">
              <span className="kern-icon kern-icon--warning" aria-hidden="true" />
              <span className="kern-title">{sayHere('staleTitle')}</span>
            </div>
            <div className="kern-alert__body">
              <p className="kern-body">{sayHere('staleText')}</p>
              <p className="row">
                <Link className="kern-link" to={`/library/${prompt?.id}/versions`}>
                  {sayHere('seeVersions')}
                </Link>
                <Button
                  label={sayHere('saveAnyway')}
                  onClick={() =>
                    void getJson<Prompt>(`/api/prompts/templates/${prompt?.id}`).then(({ version }) => {
                      setBase(version);
                      save.mutate(version);
                    })
                  }
                />
              </p>
            </div>
          </div>
        ) : (
          !isAtItsField && <Problem error={save.error} />
        )}
        <Button label={prompt ? sayHere('saveVersion') : say('save')} kind="primary" type="submit" disabled={save.isPending} />
      </div>
      <PreviewPane shown={shown} isEmpty={!form.body.trim()} variables={variables} sample={sample} onSample={setSample} />
    </form>
  );
}
