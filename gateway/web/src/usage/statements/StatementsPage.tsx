import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { getJson } from '../../api/client';
import { queryOf, usePages } from '../../api/usePages';
import { List } from '../../components/List';
import { numeric } from '../../components/Table';
import { Problem } from '../../components/Problem';
import { date, dateTime, money } from '../../i18n';
import { Main } from '../../layout/Main';
import { monthName } from '../format';
import { useUsageTexts } from '../texts';
import type { StatementHead, StatementPreview } from '../types';
import { Lines } from './Lines';

/** Closed months and what the running one costs so far; all tenants' where none is named. */
export default function StatementsPage({ tenant, base = '/usage' }: { tenant?: string; base?: string }) {
  const say = useUsageTexts();
  const { list, items } = usePages<StatementHead>('statements', '/api/billing/statements', { tenant });
  return (
    <Main title={say('statements')} lead={say('statementsLead')} wide>
      <List
        pages={list}
        items={items}
        label={say('statements')}
        empty={say('noStatements')}
        heads={[say('monthHead'), ...(tenant ? [] : [say('tenant')]), numeric(say('net')), say('closedAt')]}
      >
        {(statement) => (
          <tr key={statement.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              <Link className="kern-link" to={`${base}/statements/${statement.id}`}>
                {monthName(statement.month)}
              </Link>
            </th>
            {!tenant && <td className="kern-table__cell">{statement.tenant}</td>}
            <td className="kern-table__cell kern-table__cell--numeric">{money(statement.net)}</td>
            <td className="kern-table__cell">{date(statement.closedAt)}</td>
          </tr>
        )}
      </List>
      {tenant && <Running tenant={tenant} />}
    </Main>
  );
}

function Running({ tenant }: { tenant: string }) {
  const say = useUsageTexts();
  const preview = useQuery({
    queryKey: ['statement-preview', tenant],
    queryFn: ({ signal }) => getJson<StatementPreview>(`/api/billing/statements/preview${queryOf({ tenant })}`, signal),
  });
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('running')}</h2>
      <Problem error={preview.error} retry={() => void preview.refetch()} />
      {preview.data && (
        <p className="kern-body">
          {preview.data.lines.length === 0
            ? say('runningEmpty')
            : say('runningLead', dateTime(new Date(preview.dataUpdatedAt).toISOString()), money(preview.data.net))}
        </p>
      )}
      {preview.data && preview.data.lines.length > 0 && <Lines label={say('running')} lines={preview.data.lines} />}
    </section>
  );
}
