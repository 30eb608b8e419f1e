import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { useTexts } from '../i18n';

interface Common {
  label: string;
  isOptional?: boolean;
  hint?: string;

  /** What is wrong with what stands in it. */
  error?: string;
}

function Labelled({ label, isOptional, hint, error, id, children }: Common & { id: string; children: ReactNode }) {
  const say = useTexts();
  return (
    <div className={`kern-form-input ${error ? 'kern-form-input--error' : ''}`}>
      <label className="kern-label" htmlFor={id}>
        {label} {isOptional && <span className="kern-label__optional">- {say('optional')}</span>}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children}
      {error && (
        <p className="kern-error" id={`${id}-error`}>
          <span className="kern-icon kern-icon--danger" aria-hidden="true" />
          <span className="kern-body">{error}</span>
        </p>
      )}
    </div>
  );
}

const described = (id: string, { hint, error }: Partial<Common>) => ({
  id,
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? true : undefined,
});

const input = (error?: string) => `kern-form-input__input ${error ? 'kern-form-input__input--error' : ''}`;

/** KERN's text field with its label. */
export function TextField({ label, isOptional, hint, error, ...rest }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, error, id }}>
      <input className={input(error)} {...described(id, { hint, error })} {...rest} />
    </Labelled>
  );
}

export function TextArea({ label, isOptional, hint, error, ...rest }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, error, id }}>
      <textarea className={input(error)} {...described(id, { hint, error })} {...rest} />
    </Labelled>
  );
}

export function Select({
  label,
  isOptional,
  hint,
  error,
  options,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement> & { options: [value: string, text: string][] }) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, error, id }}>
      <div className="kern-form-input__select-wrapper">
        <select
          className={`kern-form-input__select ${error ? 'kern-form-input__select--error' : ''}`}
          {...described(id, { hint, error })}
          {...rest}
        >
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </Labelled>
  );
}
