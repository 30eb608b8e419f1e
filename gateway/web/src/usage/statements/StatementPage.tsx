import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getJson } from '../../api/client';
import { Downloads } from '../../components/Downloads';
import { Problem } from '../../components/Problem';
import { dateTime, money, number, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { monthName } from '../format';
import { useUsageTexts } from '../texts';
import type { Statement } from '../types';
import { Lines, Shares } from './Lines';

export default function StatementPage() {
  const say = useUsageTexts();
  const words = useTexts();
  const { id = '' } = useParams();
  const statement = useQuery({
    queryKey: ['statement', id],
    queryFn: ({ signal }) => getJson<Statement>(`/api/billing/statements/${id}`, signal),
  });
  const found = statement.data;
  if (!found)
    return (
      <Main title={say('statements')} lead={statement.isPending ? words('loading') : undefined}>
        <Problem error={statement.error} retry={() => void statement.refetch()} />
      </Main>
    );
  return (
    <Main
      title={say('statementOf', monthName(found.month))}
      lead={`${found.tenant}, ${say('closedAt')} ${dateTime(found.closedAt)}, ${say('net')} ${money(found.net)}`}
      wide
    >
      <Downloads files={[[`/api/billing/statements/${id}/csv`, say('asCsv')]]} />
      <Lines label={say('statementOf', monthName(found.month))} lines={found.lines} />
      <Shares lines={found.lines} />
      <section className="section">
        <h2 className="kern-heading-medium">{say('proof')}</h2>
        <p className="kern-body wrapped">{say('proofText', number(found.ledgerSeq), found.ledgerHash)}</p>
      </section>
    </Main>
  );
}
