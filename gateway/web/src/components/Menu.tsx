import { useEffect, useRef, type ReactNode } from 'react';

/**
 * What can be done with something, behind a button. A disclosure, not an ARIA menu: its entries are buttons and links, reached with the tab key.
 * Escape, a click beside it and the choice of an entry close it.
 */
export function Menu({ label, button, children }: { label?: string; button: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const closeFromOutside = (event: Event) => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    document.addEventListener('click', closeFromOutside);
    document.addEventListener('focusin', closeFromOutside);
    return () => {
      document.removeEventListener('click', closeFromOutside);
      document.removeEventListener('focusin', closeFromOutside);
    };
  }, []);
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      className="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        close();
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="kern-btn kern-btn--tertiary kern-btn--x-small" aria-label={label} title={label}>
        {button}
      </summary>
      <ul onClick={(event) => (event.target as HTMLElement).closest('button, a') && close()}>{children}</ul>
    </details>
  );
}
