import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { useTexts } from '../i18n';

interface Common {
  label: string;
  isOptional?: boolean;
  hint?: string;
}

function Labelled({ label, isOptional, hint, id, children }: Common & { id: string; children: ReactNode }) {
  const say = useTexts();
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={id}>
        {label} {isOptional && <span className="kern-label__optional">- {say('optional')}</span>}
      </label>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children}
    </div>
  );
}

/** KERN's text field with its label. */
export function TextField({ label, isOptional, hint, ...rest }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, id }}>
      <input className="kern-form-input__input" id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
    </Labelled>
  );
}

export function TextArea({ label, isOptional, hint, ...rest }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, id }}>
      <textarea className="kern-form-input__input" id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
    </Labelled>
  );
}

export function Select({
  label,
  isOptional,
  hint,
  options,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement> & { options: [value: string, text: string][] }) {
  const id = useId();
  return (
    <Labelled {...{ label, isOptional, hint, id }}>
      <div className="kern-form-input__select-wrapper">
        <select className="kern-form-input__select" id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest}>
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
