import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { queryOf, usePages } from '../../api/usePages';
import { List } from '../../components/List';
import { numeric } from '../../components/Table';
import { Problem } from '../../components/Problem';
import { dateTime, number } from '../../i18n';
import { Main } from '../../layout/Main';
import { PeriodChoice, usePeriod } from '../PeriodChoice';
import { isReadable, type Period } from '../periods';
import { purposeName } from '../purposes';
import { useUsageTexts } from '../texts';
import type { UsageEntry, UsageSummary } from '../types';
import { OwnBudgets } from './OwnBudgets';
import { OwnData } from './OwnData';

/** What one has used oneself, what is left, and what is stored of it. */
export default function OwnUsagePage() {
  const say = useUsageTexts();
  const { period } = usePeriod();
  return (
    <Main title={say('mine')} lead={say('mineLead')} wide>
      <OwnBudgets />
      <section className="section">
        <h2 className="kern-heading-medium">{say('area')}</h2>
        <div className="row row--bottom">
          <PeriodChoice />
        </div>
        {isReadable(period) && <Used period={period} />}
        <p className="kern-body kern-body--small">{say('tokenHint')}</p>
      </section>
      <OwnData />
    </Main>
  );
}

function Used({ period }: { period: Period }) {
  const say = useUsageTexts();
  const query = queryOf({ ...period });
  const summary = useQuery({
    queryKey: ['usage-summary', query],
    queryFn: ({ signal }) => getJson<UsageSummary>(`/api/billing/usage-summaries${query}`, signal),
  });
  const { list, items } = usePages<UsageEntry>('usage', '/api/billing/usage', { ...period });
  const days = summary.data?.days ?? [];
  const total = (count: (day: (typeof days)[number]) => number) => number(days.reduce((sum, day) => sum + count(day), 0));
  return (
    <>
      <Problem error={summary.error} />
      {days.length > 0 && (
        <ul className="tiles">
          <Figure name={say('requests')} value={total((day) => day.entries)} />
          <Figure name={say('tokensIn')} value={total((day) => day.promptTokens)} />
          <Figure name={say('tokensOut')} value={total((day) => day.completionTokens)} />
        </ul>
      )}
      <List
        pages={list}
        items={items}
        label={say('entries')}
        heads={[say('when'), say('purpose'), say('model'), numeric(say('tokensIn')), numeric(say('tokensOut'))]}
        empty={say('noUsage')}
      >
        {(entry) => (
          <tr key={entry.usageId} className="kern-table__row">
            <td className="kern-table__cell">{dateTime(entry.occurredAt)}</td>
            <td className="kern-table__cell">{purposeName(entry.purpose)}</td>
            <td className="kern-table__cell">{entry.model}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{number(entry.promptTokens)}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{number(entry.completionTokens)}</td>
          </tr>
        )}
      </List>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <li className="tile">
      <span className="kern-body kern-body--small">{name}</span>
      <br />
      <span className="figure__value">{value}</span>
    </li>
  );
}
