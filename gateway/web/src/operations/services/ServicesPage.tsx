import { useQueries, useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Problem } from '../../components/Problem';
import { numeric, Table } from '../../components/Table';
import { number } from '../../i18n';
import { Main } from '../../layout/Main';
import { useMe } from '../../session/session';
import { percent, seconds, shown } from '../../usage/format';
import type { Series, UsesFigures } from '../../usage/types';
import { useOperationsTexts } from '../texts';
import { probe, services } from './probe';

/** Whether services answer, and how long people waited and what failed, tenant by tenant. */
export default function ServicesPage() {
  const say = useOperationsTexts();
  const { dashboardUrl } = useMe();
  const probes = useQueries({
    queries: services.map(({ name, path }) => ({
      queryKey: ['service', name],
      queryFn: ({ signal }: { signal: AbortSignal }) => probe(path, signal),
      refetchInterval: 15_000,
      retry: false,
    })),
  });
  return (
    <Main title={say('services')} lead={say('servicesLead')} wide>
      <Button label={say('checkAgain')} icon="autorenew" onClick={() => probes.forEach((one) => void one.refetch())} />
      <Table label={say('services')} heads={[say('service'), say('state'), numeric(say('answerTime'))]}>
        {services.map(({ name, text }, place) => {
          const found = probes[place]?.data;
          return (
            <tr key={name} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {say(text)}
              </th>
              <td className="kern-table__cell">
                {found ? (
                  <span className={`kern-badge kern-badge--${found.answers ? 'success' : 'danger'}`}>
                    <span className={`kern-icon kern-icon--${found.answers ? 'success' : 'danger'}`} aria-hidden="true" />
                    <span className="kern-label kern-label--small">{say(found.answers ? 'answered' : 'silent')}</span>
                  </span>
                ) : (
                  say('checking')
                )}
              </td>
              <td className="kern-table__cell kern-table__cell--numeric">
                {found?.answers ? say('milliseconds', number(Math.round(found.milliseconds))) : '–'}
              </td>
            </tr>
          );
        })}
      </Table>
      <p className="kern-body kern-body--small">{say('servicesText')}</p>
      {dashboardUrl && (
        <a className="kern-link" href={dashboardUrl} target="_blank" rel="noreferrer">
          {say('dashboard')}
        </a>
      )}
      <Use />
    </Main>
  );
}

interface TenantsReport {
  minimumGroup: number;
  tenants: Series<UsesFigures>[];
  all: Series<UsesFigures>;
}

function Use() {
  const say = useOperationsTexts();
  const report = useQuery({
    queryKey: ['analytics', 'tenants'],
    queryFn: ({ signal }) => getJson<TenantsReport>('/api/billing/analytics/tenants?grouping=day', signal),
  });
  const rows = report.data
    ? [...report.data.tenants, { ...report.data.all, name: say('allTogether') }].filter((row) => row.overall.uses !== null)
    : [];
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('useTitle')}</h2>
      <Problem error={report.error} retry={() => void report.refetch()} />
      {report.data && <p className="kern-body">{say(rows.length > 0 ? 'useText' : 'nothingToShow', report.data.minimumGroup)}</p>}
      {rows.length > 0 && (
        <Table
          label={say('useTitle')}
          heads={[say('tenant'), ...[say('uses'), say('average'), '50 %', '90 %', '95 %', '99 %', say('errorRate')].map(numeric)]}
        >
          {rows.map(({ name, overall }) => (
            <tr key={name} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {name}
              </th>
              <td className="kern-table__cell kern-table__cell--numeric">{shown(overall.uses, number)}</td>
              {[overall.averageSeconds, overall.p50Seconds, overall.p90Seconds, overall.p95Seconds, overall.p99Seconds].map(
                (value, place) => (
                  <td key={place} className="kern-table__cell kern-table__cell--numeric">
                    {shown(value, seconds)}
                  </td>
                ),
              )}
              <td className="kern-table__cell kern-table__cell--numeric">{shown(overall.errorRate, percent)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
