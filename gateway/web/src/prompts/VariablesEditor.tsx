import { Button } from '../components/Button';
import { Select, TextArea, TextField } from '../components/Field';
import { useTexts } from '../i18n';
import type { Form } from './form';
import { variableTypes } from './names';
import { usePromptTexts } from './texts';

type Variable = Form['variables'][number];

/** What a prompt asks for, one after the other. */
export function VariablesEditor({
  variables,
  errorOf,
  onChange,
  onInsert,
}: {
  variables: Variable[];
  errorOf: (field: string) => string | undefined;
  onChange: (variables: Variable[]) => void;
  onInsert: (name: string) => void;
}) {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const set = (index: number, news: Partial<Variable>) =>
    onChange(variables.map((variable, other) => (other === index ? { ...variable, ...news } : variable)));
  const swap = (index: number, by: number) => {
    const next = [...variables];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    onChange(next);
  };
  return (
    <section>
      <h2 className="kern-heading-medium">{sayHere('variables')}</h2>
      <p className="kern-body">{variables.length === 0 ? sayHere('noVariables') : sayHere('variablesLead')}</p>
      {variables.map((variable, index) => {
        const called = variable.label || variable.name || String(index + 1);
        const at = `variables[${index}]`;
        return (
          <fieldset key={index} className="variable">
            <legend className="kern-title kern-title--small">{sayHere('variable', called)}</legend>
            <div className="row row--top">
              <TextField
                label={sayHere('variableLabel')}
                isOptional
                value={variable.label}
                maxLength={120}
                error={errorOf(`${at}.label`)}
                onChange={(event) => set(index, { label: event.target.value })}
              />
              <TextField
                label={sayHere('variableName')}
                required
                value={variable.name}
                maxLength={40}
                spellCheck={false}
                error={errorOf(`${at}.name`)}
                onChange={(event) => set(index, { name: event.target.value })}
              />
              <Select
                label={sayHere('variableType')}
                value={variable.type}
                options={Object.entries(variableTypes).map(([type, text]): [string, string] => [type, sayHere(text)])}
                onChange={(event) => set(index, { type: event.target.value as Variable['type'] })}
              />
              <TextField
                label={sayHere('variableLabelEn')}
                isOptional
                value={variable.labelEn ?? ''}
                maxLength={120}
                onChange={(event) => set(index, { labelEn: event.target.value })}
              />
            </div>
            {variable.type === 'choice' && (
              <TextArea
                label={sayHere('variableChoices')}
                hint={say('oneALine')}
                rows={3}
                value={variable.choices}
                error={errorOf(`${at}.choices`)}
                onChange={(event) => set(index, { choices: event.target.value })}
              />
            )}
            <div className="row">
              <label className="check">
                <input type="checkbox" checked={variable.required} onChange={(event) => set(index, { required: event.target.checked })} />{' '}
                {sayHere('required')}
              </label>
              {variable.name && (
                <Button
                  label={sayHere('insertVariable', `{{ ${variable.name} }}`)}
                  kind="tertiary"
                  onClick={() => onInsert(variable.name)}
                />
              )}
              <Button
                label={sayHere('moveUp', called)}
                kind="tertiary"
                icon="arrow-up"
                iconOnly
                disabled={index === 0}
                onClick={() => swap(index, -1)}
              />
              <Button
                label={sayHere('moveDown', called)}
                kind="tertiary"
                icon="arrow-down"
                iconOnly
                disabled={index === variables.length - 1}
                onClick={() => swap(index, 1)}
              />
              <Button
                label={sayHere('removeVariable', called)}
                kind="tertiary"
                icon="delete"
                iconOnly
                onClick={() => onChange(variables.filter((_, other) => other !== index))}
              />
            </div>
          </fieldset>
        );
      })}
      {variables.length < 40 && (
        <Button
          label={sayHere('addVariable')}
          icon="add"
          onClick={() => onChange([...variables, { name: '', type: 'text', label: '', required: true, choices: '' }])}
        />
      )}
    </section>
  );
}
