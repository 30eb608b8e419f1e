import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Downloads } from '../../components/Downloads';
import { Problem } from '../../components/Problem';
import { useTexts } from '../../i18n';
import { useUsageTexts } from '../texts';

/** A part of the analytics: its charts once they are there, its file, and what stands there while they are not. */
export function Figures<T>({
  title,
  text,
  csv,
  query,
  children,
}: {
  title: string;
  text?: string;
  csv?: string;
  query: UseQueryResult<T>;
  children: (report: T) => ReactNode;
}) {
  const say = useUsageTexts();
  const words = useTexts();
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{title}</h2>
      {text && <p className="kern-body">{text}</p>}
      <Problem error={query.error} retry={() => void query.refetch()} />
      {query.isPending && <p className="kern-body">{words('loading')}</p>}
      {query.data && children(query.data)}
      {query.data && csv && <Downloads files={[[csv, `${title}: ${say('asCsv')}`]]} />}
    </section>
  );
}
