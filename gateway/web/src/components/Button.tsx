import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  kind?: 'primary' | 'secondary' | 'tertiary';
  icon?: string;

  /** Shows the icon alone; the label is read aloud. */
  iconOnly?: boolean;
}

/** KERN's button. */
export function Button({ label, kind = 'secondary', icon, iconOnly, className = '', type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={`kern-btn kern-btn--${kind} ${iconOnly ? 'kern-btn--x-small' : ''} ${className}`}
      title={iconOnly ? label : undefined}
      {...rest}
    >
      {icon && <span className={`kern-icon kern-icon--${icon}`} aria-hidden="true" />}
      <span className={`kern-label ${iconOnly ? 'kern-sr-only' : ''}`}>{label}</span>
    </button>
  );
}
