import { useId } from 'react';

/** Several that can be chosen together. */
export function Checks({
  legend,
  hint,
  error,
  options,
  chosen,
  onChange,
}: {
  legend: string;
  hint?: string;
  error?: string;
  options: { value: string; text: string; isDisabled?: boolean }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset className={`kern-fieldset ${error ? 'kern-fieldset--error' : ''}`} aria-describedby={described || undefined}>
      <legend className="kern-label">{legend}</legend>
      {hint && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="kern-fieldset__body">
        {options.map(({ value, text, isDisabled }) => (
          <div className="kern-form-check" key={value}>
            <input
              className="kern-form-check__checkbox"
              type="checkbox"
              id={`${id}-${value}`}
              checked={chosen.includes(value)}
              aria-invalid={error ? true : undefined}
              disabled={isDisabled}
              onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
            />
            <label className="kern-label" htmlFor={`${id}-${value}`}>
              {text}
            </label>
          </div>
        ))}
      </div>
      {error && (
        <p className="kern-error" id={`${id}-error`}>
          <span className="kern-icon kern-icon--danger" aria-hidden="true" />
          <span className="kern-body">{error}</span>
        </p>
      )}
    </fieldset>
  );
}
