import { useEffect, type ReactNode } from 'react';
import { useTexts } from '../i18n';

/** A page's content under its heading, which is its title too. */
export function Main({ title, lead, wide, children }: { title: string; lead?: string; wide?: boolean; children?: ReactNode }) {
  const say = useTexts();
  useEffect(() => {
    document.title = `${title} – ${say('appName')}`;
  }, [title, say]);
  return (
    <main id="content" tabIndex={-1} className={wide ? 'page page--wide' : 'page'}>
      <h1 className="kern-heading-large">{title}</h1>
      {lead && <p className="kern-body">{lead}</p>}
      {children}
    </main>
  );
}
