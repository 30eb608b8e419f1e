import type { TemplateVariable } from '../api/types';
import { useCollections } from '../chat/useChoice';
import { Select, TextArea, TextField } from '../components/Field';
import { language, useTexts } from '../i18n';
import { DocumentChoice } from '../sources/DocumentChoice';
import { sourceId, sourceValue } from './values';

/** The field for one variable of a prompt, by its type. */
export function VariableField({
  variable,
  value,
  error,
  onChange,
}: {
  variable: TemplateVariable;
  value: string;
  error?: string;
  onChange: (value: string) => void;
}) {
  const say = useTexts();
  const collections = useCollections().data ?? [];
  const label = (language() === 'en' && variable.labelEn) || variable.label || variable.name;
  const common = { label, error, isOptional: !variable.required, required: variable.required, value };
  const write = (event: { target: { value: string } }) => onChange(event.target.value);
  switch (variable.type) {
    case 'long-text':
      return <TextArea {...common} rows={6} maxLength={50_000} onChange={write} />;
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
      return (
        <DocumentChoice
          label={label}
          isRequired={variable.required}
          value={sourceId(value)}
          onChange={(id, title) => onChange(sourceValue(id, title))}
        />
      );
    case 'collection':
      return (
        <Select
          {...common}
          value={sourceId(value)}
          options={[['', ''], ...collections.map(({ id, name }): [string, string] => [id, name])]}
          onChange={({ target }) => onChange(sourceValue(target.value, collections.find(({ id }) => id === target.value)?.name ?? ''))}
        />
      );
    default:
      return (
        <TextField
          {...common}
          type={variable.type === 'number' ? 'number' : variable.type === 'date' ? 'date' : 'text'}
          maxLength={1000}
          step="any"
          onChange={write}
        />
      );
  }
}
